/** The bar above the text: title, coverage, doubts, save state, export; and the job's progress. */

import { isActive, jobToShow } from "../transcript/transcript.js";
import { FORMATS, presetOptions } from "../captions/cues.js";
import { announce, find, isComposing, make, setText } from "../shared/dom.js";
import { focusBefore } from "../shared/focus.js";
import { Told } from "../shared/told-error.js";
import { counted, percent, timeLeft } from "../shared/format.js";
import { doubtsSentence, heardSentence, provisionalSentence, trackSentence } from "../transcript/progress.js";

/** @type {Record<string, (state: import("../saving/session.js").State) => string>} */
const SAVE = {
  saved: () => "Saved",
  saving: () => "Saving …",
  unreachable: ({ why, isKept }) => `${why} ${isKept ? "Your typing is kept in this browser" : "Your typing is kept only while this page is open"}`,
  choice: () => "A text waits for your choice",
  gone: () => "Deleted: nothing is saved any more",
};

/** Whether captions were brought that are late or early. @param {import("../transcript/transcript.js").Doc} doc */
const isMendable = ({ coverage, imported }) =>
  ["srt", "vtt"].includes(imported?.format) && (coverage?.remarks ?? []).some((/** @type {any} */ { kind }) => kind === "drift");

/** What a person's own file may be in to be given back corrected. */
const GIVEN_BACK = ["srt", "vtt", "txt", "ass", "ttml"];

/**
 * @param {HTMLElement} element
 * @param {{onTitle(title: string, was: string): void, onDoubt(step: -1 | 1): void, onQueue(): void, onKeys(): void,
 *   onUndo(): void, onRedo(): void, onMend(): void, mendedAddress: string, settled(): Promise<unknown>,
 *   onDownload(address: string): unknown, exportAddress(format: string, preset: string): string,
 *   presets(): Promise<import("../captions/cues.js").Presets>,
 *   lint(preset: string): Promise<{errors: number, warnings: number}>,
 *   chosenPreset: {get(): string, set(name: string): void}, toText(): void, signal: AbortSignal}} actions
 */
export function mountTop(element, actions) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  const { signal } = actions;
  const on = (/** @type {string} */ name, /** @type {string} */ event, /** @type {(event: any) => void} */ run) =>
    part(name).addEventListener(event, run, { signal });

  on("title", "focus", () => (seenTitle = part("title").value));
  on("title", "change", () => actions.onTitle(part("title").value.trim(), seenTitle));
  on("title", "keydown", (event) => {
    if (isComposing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    if (event.key === "Escape") part("title").value = shownTitle;
    part("title").blur();
  });
  on("previous", "click", () => actions.onDoubt(-1));
  on("next", "click", () => actions.onDoubt(1));
  on("doubts", "click", actions.onQueue);
  on("keys", "click", actions.onKeys);
  on("undo", "click", actions.onUndo);
  on("redo", "click", actions.onRedo);
  on("mend", "click", actions.onMend);
  on("mended", "click", (event) => {
    event.preventDefault();
    actions.onDownload(actions.mendedAddress);
  });
  part("mended").href = actions.mendedAddress;
  mountExport(part("export"), actions);

  let said = "";
  let seenTitle = "";
  let shownTitle = "";
  return {
    /**
     * @param {import("../saving/session.js").State} state
     * @param {number} doubtCount
     */
    update(state, doubtCount) {
      const { doc, save } = state;
      if (document.activeElement !== part("title")) part("title").value = doc.title;
      shownTitle = doc.title;
      document.title = `${doc.title} · Transcript Editor`;
      setText(part("heading"), doc.title);
      setText(part("coverage"), `${heardSentence(doc)} ${trackSentence(doc)}`.trim());
      part("drift").hidden = !isMendable(doc);
      setText(part("provisional"), provisionalSentence(doc));
      setText(part("doubts"), doubtsSentence(doc, doubtCount));
      for (const name of ["previous", "next"]) part(name).disabled = doubtCount === 0;
      part("undo").disabled = !doc.can_undo && save === "saved";
      part("redo").disabled = !doc.can_redo;
      const original = part("export").querySelector("[data-format=original]");
      original.parentElement.hidden = !GIVEN_BACK.includes(doc.imported?.format);
      const says = SAVE[save](state);
      setText(part("save"), says);
      part("save").dataset.state = save;
      if (says !== said && save !== "saving" && said !== "") announce(says);
      if (save !== "saving") said = says;
    },
  };
}

/** @param {HTMLDetailsElement} menu @param {Parameters<typeof mountTop>[1]} actions */
function mountExport(menu, { onDownload, settled, exportAddress, presets, lint, chosenPreset, toText, signal }) {
  const close = mountClosing(menu, { toText, signal });
  const preset = /** @type {HTMLSelectElement} */ (find("select", menu));
  preset.append(...presetOptions([...new Set(["lines", chosenPreset.get()])].map((name) => ({ name })), chosenPreset.get()));
  const offer = async () => {
    const { presets: ours, own } = await presets();
    preset.replaceChildren(...presetOptions([...ours, ...own], preset.value));
  };
  const download = (/** @type {Event} */ event, /** @type {string} */ format) => {
    event.preventDefault();
    onDownload(exportAddress(format, preset.value));
    close();
  };
  find("ul", menu).append(
    ...FORMATS.map(([format, label]) =>
      make("li", {}, make("a", { href: exportAddress(format, "lines"), "data-format": format, onclick: (event) => download(event, format) }, label)),
    ),
  );
  const counts = make("p", { role: "status", "data-part": "lint" });
  find("ul", menu).before(counts);
  const count = async () => {
    if (!menu.open) return;
    const asked = preset.value;
    let said = "The rules could not be checked.";
    try {
      await settled();
      await offer();
      const { errors, warnings } = await lint(asked);
      said = `${counted(errors, "broken rule")}, ${counted(warnings, "bad line break")}`;
    } catch (error) {
      if (!(error instanceof Told)) throw error;
    } finally {
      if (asked === preset.value) setText(counts, said);
    }
  };
  menu.addEventListener("toggle", count, { signal });
  preset.addEventListener("change", () => (chosenPreset.set(preset.value), count()), { signal });
}

/**
 * A menu of buttons; each closes it, gives the focus back and runs its verb.
 * @param {HTMLDetailsElement} menu
 * @param {Record<string, () => void>} verbs by the buttons' `data-verb`
 * @param {{toText(): void, signal: AbortSignal}} means
 */
export function mountMenu(menu, verbs, { toText, signal }) {
  const close = mountClosing(menu, { toText, signal });
  menu.addEventListener("click", ({ target }) => {
    const verb = target instanceof Element && target.closest("button")?.dataset.verb;
    if (!verb) return;
    close();
    verbs[verb]();
  }, { signal });
}

/**
 * A menu closes when something else is pressed, or Escape, wherever the focus is.
 * @param {HTMLDetailsElement} menu
 * @param {{toText(): void, signal: AbortSignal}} means
 * @returns {() => void} closes it and gives the focus back
 */
function mountClosing(menu, { toText, signal }) {
  const focusBack = focusBefore(menu, { isOpen: () => menu.open, toText, signal });
  const close = () => {
    menu.open = false;
    focusBack();
  };
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.contains(/** @type {Node} */ (target))) menu.open = false;
  }, { signal });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open || document.querySelector("dialog:modal")) return;
    event.stopPropagation();
    close();
  }, { capture: true, signal });
  return close;
}

/**
 * The running job, or why it failed.
 * @param {HTMLElement} element
 * @param {{onCancel(job_id: string): void, onRetry(job_id: string): void, signal: AbortSignal}} actions
 */
export function mountJob(element, { onCancel, onRetry, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  let job = /** @type {import("../transcript/transcript.js").Job | null} */ (null);
  let saidPhase = "";
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
      setText(part("phase"), describe(job));
      part("cancel").hidden = isOver;
      part("retry").hidden = !isOver;
      if (job.phase !== saidPhase) announce(part("phase").textContent);
      saidPhase = job.phase;
    },
  };
}

/** What is done in a job, by its phase. @type {Record<string, string>} */
const PHASES = {
  "": "Beginning",
  decode: "Reading the sound",
  download: "Downloading the model",
  load: "Loading the model",
  hear: "Listening",
  align: "Placing the words",
  listen: "Listening to what is in doubt",
};

/** A job in one line. @param {import("../transcript/transcript.js").Job} job */
export function describe(job) {
  if (job.state === "queued") return "Waiting for its turn";
  if (job.state === "cancelled") return "Cancelled";
  if (job.state === "failed") return `Stopped: ${reasonOf(job.error)}`;
  const facts = [PHASES[job.phase] ?? job.phase, job.message, percent(job.fraction), timeLeft(job.eta_ms)];
  return facts.filter(Boolean).join(" · ");
}

/** Why a job failed; of faults of the program only its log says more. @param {{code: string, message: string} | null} error */
function reasonOf(error) {
  if (!error) return "for an unknown reason.";
  return error.code === "internal" ? "something went wrong in the program. Its log says what." : error.message;
}
