/** The recordings that wait to be recognised, in the order of their turns, which can be changed by button and by drag. */

import { announce, find, make } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @typedef {{job_id: string, transcript_id: string, title: string, is_running: boolean}} Queued
 * @typedef {{move(job_id: string, before: string | null): Promise<unknown>, pageOf(id: string): string}} Actions
 */

/**
 * The job before which a moved one comes; null: it comes last, undefined: it stays. Pure.
 * @param {readonly Queued[]} jobs
 * @param {number} from
 * @param {number} to where it then is, among all
 */
export function beforeWhich(jobs, from, to) {
  const first = jobs.findIndex(({ is_running }) => !is_running);
  const isWaiting = (/** @type {number} */ at) => first >= 0 && at >= first && at < jobs.length;
  if (!isWaiting(from) || !isWaiting(to) || from === to) return undefined;
  return jobs[to < from ? to : to + 1]?.job_id ?? null;
}

/** @param {HTMLElement} section @param {Actions} actions */
export function mountQueue(section, { move, pageOf }) {
  const list = find("ol", section);
  /** @type {readonly Queued[]} */
  let jobs = [];
  /** What is shown, and the job that is dragged. */
  let [shown, dragged] = ["", ""];

  async function put(/** @type {number} */ from, /** @type {number} */ to, /** @type {"up" | "down" | null} */ by) {
    const before = beforeWhich(jobs, from, to);
    if (before === undefined) return;
    const { job_id, title } = jobs[from];
    await move(job_id, before);
    const at = jobs.findIndex((one) => one.job_id === job_id);
    if (at < 0) return;
    announce(strings.isAt(title, at + 1));
    if (by === null) return;
    const buttons = [...list.children[at].querySelectorAll("button")];
    (buttons.find((one) => one.dataset.by === by && !one.disabled) ?? buttons.find((one) => !one.disabled))?.focus();
  }

  /** @param {Queued} job @param {number} at */
  function row({ job_id, transcript_id, title, is_running }, at) {
    const link = make("a", { href: pageOf(transcript_id), dir: "auto" }, title);
    if (is_running) return make("li", {}, link, make("span", { class: "hint" }, strings.isRecognised));
    const button = (/** @type {"up" | "down"} */ by, /** @type {number} */ to) =>
      make(
        "button",
        {
          type: "button",
          class: "quiet",
          "data-by": by,
          "aria-label": strings.moveOne[by](title),
          disabled: beforeWhich(jobs, at, to) === undefined,
          onclick: () => void put(at, to, by),
        },
        strings.move[by],
      );
    const item = make("li", { draggable: "true" }, link, button("up", at - 1), button("down", at + 1));
    item.addEventListener("dragstart", (event) => {
      dragged = job_id;
      event.dataTransfer?.setData("text/plain", title);
    });
    item.addEventListener("dragend", () => {
      dragged = "";
      draw();
    });
    item.addEventListener("dragover", (event) => dragged && event.preventDefault());
    item.addEventListener("drop", (event) => {
      const from = jobs.findIndex((one) => one.job_id === dragged);
      if (from < 0) return;
      event.preventDefault();
      void put(
        from,
        jobs.findIndex((one) => one.job_id === job_id),
        null,
      );
    });
    return item;
  }

  function draw() {
    // A row that is dragged stays, whatever comes meanwhile.
    if (dragged !== "") return;
    section.hidden = jobs.filter(({ is_running }) => !is_running).length < 2;
    const now = JSON.stringify(jobs);
    if (now === shown) return;
    shown = now;
    const held = /** @type {HTMLElement | null} */ (document.activeElement?.closest("#queue li button"));
    const label = held?.getAttribute("aria-label");
    list.replaceChildren(...jobs.map(row));
    if (!label) return;
    const buttons = [...list.querySelectorAll("button")].filter((one) => !one.disabled);
    (buttons.find((one) => one.ariaLabel === label) ?? buttons[0])?.focus();
  }
  return {
    update(/** @type {readonly Queued[]} */ next) {
      jobs = next;
      draw();
    },
  };
}
