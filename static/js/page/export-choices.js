/** What can be chosen of an exported file, beside the formats of each purpose. */

import { make } from "../shared/dom.js";
import { RATE_NAMES } from "../shared/frames.js";
import { strings } from "./strings.js";

const said = strings.exported;
/** Times in documents, as the server names them; seconds come every so often. */
const TIMES = ["", "none", "segment", "turn", "15", "30", "60", "300"];
const COLUMNS = /** @type {const} */ ([
  "number",
  "start",
  "end",
  "duration",
  "start_ms",
  "end_ms",
  "speaker",
  "text",
  "kind",
  "note",
  "reviewed",
]);

/**
 * @typedef {{part: HTMLElement, chosen(): Record<string, string>, prefer?(rate: string): void}} Choice
 *   prefer: frames a second to begin with, until others are chosen
 * @typedef {"captions" | "broadcast" | "podcast" | "editing" | "research" | "documents"} Purpose
 */

/**
 * @param {string} label
 * @param {Record<string, string>} chosen where its tick is another than at first
 * @param {boolean} isTicked at first
 * @returns {Choice}
 */
function box(label, chosen, isTicked = false) {
  const input = make("input", { type: "checkbox" });
  input.checked = isTicked;
  const part = make("label", { class: "ticks" }, input, label);
  return { part, chosen: () => (input.checked === isTicked ? {} : chosen) };
}

/**
 * @param {string} label
 * @param {string} name
 * @param {readonly (readonly [string, string])[]} values
 * @param {string} usual
 * @returns {Choice}
 */
function list(label, name, values, usual) {
  const select = make("select", {});
  select.append(...values.map(([value, text]) => new Option(text, value, false, value === usual)));
  const part = make("label", { class: "choice-of" }, label, select);
  return { part, chosen: () => (select.value === usual ? {} : { [name]: select.value }) };
}

/** The columns of a table; none ticked are the usual ones. @returns {Choice} */
function columns() {
  const boxes = COLUMNS.map((name) => ({ name, input: make("input", { type: "checkbox" }) }));
  const labels = boxes.map(({ name, input }) => make("label", { class: "ticks" }, input, said.columns[name]));
  const all = make("div", { role: "group", "aria-label": said.columnsOf, hidden: true }, ...labels);
  const head = make("button", { type: "button", "aria-expanded": "false" }, said.columnsOf);
  head.addEventListener("click", () => {
    all.hidden = !all.hidden;
    head.setAttribute("aria-expanded", String(!all.hidden));
  });
  const part = make("div", {}, head, all);
  const ticked = () => boxes.filter(({ input }) => input.checked).map(({ name }) => name);
  return {
    part,
    /** @returns {Record<string, string>} */
    chosen: () => (ticked().length > 0 ? { columns: ticked().join() } : {}),
  };
}

const struck = () => box(said.struck, { struck: "true" });
const notes = (/** @type {string} */ label) => box(label, { notes: "true" });
/** @returns {Choice & {prefer(rate: string): void}} */
function frames() {
  const rates = RATE_NAMES.map((rate) => /** @type {const} */ ([rate, said.frames(rate)]));
  const made = list(said.frameRate, "frame_rate", rates, "25");
  const select = /** @type {HTMLSelectElement} */ (made.part.querySelector("select"));
  let isChosen = false;
  select.addEventListener("change", () => (isChosen = true));
  const prefer = (/** @type {string} */ rate) => void (isChosen || (select.value = rate));
  return { ...made, prefer };
}

/** That captions begin and end on frames, and on which. @returns {Choice} */
function onFrames() {
  const [ticked, rate] = [box(said.onFrames, { on_frames: "true" }), frames()];
  rate.part.hidden = true;
  ticked.part.addEventListener("change", () => (rate.part.hidden = !ticked.chosen().on_frames));
  return {
    part: make("div", {}, ticked.part, rate.part),
    prefer: rate.prefer,
    /** @returns {Record<string, string>} */
    chosen: () => (ticked.chosen().on_frames ? { ...ticked.chosen(), ...rate.chosen() } : {}),
  };
}

/** @type {Record<Purpose, () => Choice[]>} */
const CHOICES = {
  captions: () => [struck(), onFrames()],
  broadcast: () => [frames()],
  podcast: () => [],
  editing: () => [frames(), notes(said.markerNotes), columns()],
  research: () => [struck()],
  documents: () => [
    list(
      said.times,
      "times",
      TIMES.map((time) => [time, said.timesAt[time] ?? said.every(Number(time))]),
      "",
    ),
    box(said.speakers, { speakers: "false" }, true),
    notes(said.notes),
    box(said.numbers, { line_numbers: "true" }),
    struck(),
  ],
};

/**
 * The controls of a purpose, and what is chosen with them, as the address of an export has it.
 * @param {Purpose} purpose
 */
export function choicesOf(purpose) {
  const choices = CHOICES[purpose]();
  return {
    parts: choices.map(({ part }) => part),
    /** @returns {Record<string, string>} */
    chosen: () => Object.assign({}, ...choices.map(({ chosen }) => chosen())),
    prefer: (/** @type {string} */ rate) => choices.forEach((one) => one.prefer?.(rate)),
  };
}
