/** A job in one line: what it does and how far it is, or why it failed; and the bar that shows it. */

import { isActive, jobToShow } from "../transcript/transcript.js";
import { announce, find, setText } from "./dom.js";
import { percent, timeLeft } from "./format.js";
import { inPageWords } from "./server-words.js";
import { createSteadyEta } from "./steady-eta.js";
import { strings } from "./strings.js";

/**
 * The running job, or why it failed.
 * @param {HTMLElement} element
 * @param {{onCancel(job_id: string): void, onRetry(job_id: string): void, signal: AbortSignal}} actions
 */
export function mountJob(element, { onCancel, onRetry, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  let job = /** @type {import("../transcript/transcript.js").Job | null} */ (null);
  let saidPhase = "";
  const steadyEta = createSteadyEta(() => performance.now());
  part("cancel").addEventListener("click", () => job && onCancel(job.id), { signal });
  part("retry").addEventListener("click", () => job && onRetry(job.id), { signal });

  return {
    /** @param {readonly import("../transcript/transcript.js").Job[]} jobs */
    update(jobs) {
      job = jobToShow(jobs);
      element.hidden = job === null;
      if (!job) return;
      const isOver = !isActive(job);
      element.classList.toggle("is-over", isOver);
      element.classList.toggle("is-failed", job.state === "failed");
      part("bar").hidden = isOver;
      part("bar").value = job.fraction;
      setText(part("phase"), describe({ ...job, eta_ms: steadyEta(job) }));
      part("cancel").hidden = isOver;
      part("retry").hidden = !isOver;
      if (job.phase !== saidPhase) announce(part("phase").textContent);
      saidPhase = job.phase;
    },
  };
}

/** A job in one line. @param {import("../transcript/transcript.js").Job} job */
export function describe(job) {
  if (job.state === "queued") return job.error ? strings.triedAgain(reasonOf(job.error)) : strings.queued;
  if (job.state === "cancelled") return strings.cancelled;
  if (job.state === "failed") return strings.stopped(reasonOf(job.error));
  const facts = [strings.phases[job.phase] ?? job.phase, job.message, percent(job.fraction), timeLeft(job.eta_ms)];
  return facts.filter(Boolean).join(" · ");
}

/**
 * Why a job failed; of faults of the program only its log says more.
 * @param {{code: string, message: string} | null} error
 */
function reasonOf(error) {
  if (!error) return strings.noReason;
  return error.code === "internal" ? strings.serverFault : inPageWords(error.message);
}
