/**
 * One caption as a row of the list: its number, in, out, duration, speed, its lines as they break, and what of
 * it breaks the rules.
 *
 * @typedef {import("./cues.js").Cue} Cue
 * @typedef {{element: HTMLElement, number: HTMLButtonElement, start: HTMLInputElement, end: HTMLInputElement,
 *   length: HTMLElement, speed: HTMLElement, mark: HTMLElement, text: HTMLTextAreaElement, grow: HTMLElement,
 *   faults: HTMLElement, index: number, cue: Cue | null, pieces: import("./cue-text.js").Piece[] | null,
 *   made: import("./cue-text.js").Piece[] | null, said: string}} CueRow
 *   pieces: where its text stands now; made: where it stood when it was made; said: the faults that are shown
 */

import { make, setText } from "../shared/dom.js";
import { decimal } from "../shared/language.js";
import { inPageWords } from "../shared/server-words.js";
import { brokenText, joined, onOneLine, textOfPieces } from "./cue-text.js";
import { faultSentence, markOf } from "./cues.js";
import { strings } from "./cue-strings.js";

/** Which part of a row a broken rule is about. @type {Record<string, "start" | "end" | "length" | "speed" | "text">} */
const ABOUT = { overlap: "end", gap: "end", min_ms: "length", max_ms: "length", speed: "speed", shot: "end" };

/** The part of a row where what breaks a rule is changed. @param {string} rule @returns {"end" | "text"} */
export const fieldFor = (rule) => (["end", "length"].includes(ABOUT[rule]) ? "end" : "text");

const field = (/** @type {string} */ name) =>
  make("input", {
    type: "text",
    class: `cue-${name}`,
    "data-field": name,
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
  });

/** @returns {CueRow} */
export function newCueRow() {
  const number = make("button", { type: "button", class: "quiet cue-number", "data-field": "number" });
  const [start, end] = [field("start"), field("end")];
  const length = make("span", { class: "cue-length" });
  const speed = make("span", { class: "cue-speed" });
  const mark = make("span", { class: "cue-mark", dir: "auto" });
  const text = make("textarea", {
    class: "cue-lines",
    "data-field": "text",
    rows: "1",
    dir: "auto",
    spellcheck: "true",
  });
  const grow = make("div", { class: "cue-grow" }, text);
  const faults = make("ul", { class: "cue-faults" });
  const body = make("div", { class: "cue-body" }, mark, grow, faults);
  const element = make("div", { class: "cue", role: "listitem" }, number, start, end, length, speed, body);
  return {
    ...{ element, number, start, end, length, speed, mark, text, grow, faults },
    ...{ index: -1, cue: null, pieces: null, made: null, said: "" },
  };
}

/**
 * A field that is being changed is left as it is; it is drawn once that is over.
 * @param {CueRow} row
 * @param {{cue: Cue, index: number, count: number, above: Cue | undefined, faults: readonly import("./cues.js").Violation[],
 *   pieces: import("./cue-text.js").Piece[] | null, isChanging(field: HTMLElement): boolean, language: string,
 *   clock: import("./cue-clock.js").CueClock}} shown
 */
export function showCue(row, { cue, index, count, above, faults, pieces, isChanging, language, clock }) {
  if (row.index !== index) showPlace(row, index);
  row.element.setAttribute("aria-setsize", String(count));
  const isSame = row.cue === cue;
  Object.assign(row, { cue, index });
  if (!isChanging(row.start)) setValue(row.start, clock.show(cue.start_ms));
  if (!isChanging(row.end)) setValue(row.end, clock.show(cue.end_ms));
  setText(row.length, clock.length(cue.start_ms, cue.end_ms));
  const speed = decimal((cue.chars * 1000) / (cue.end_ms - cue.start_ms), 1);
  setText(row.speed, speed);
  row.speed.title = strings.speed(speed);
  setText(row.mark, markOf(cue, above) || markInText(cue, row.pieces));
  if (!isChanging(row.text)) {
    row.pieces = pieces;
    row.text.readOnly = pieces === null;
    const text = pieces ? textOfPieces(pieces) : joined(cue.lines);
    // A text that is on its way breaks anew once captions are made of it.
    if (!isSame || onOneLine(row.text.value) !== text) setValue(row.text, brokenText(text, cue.lines));
    grown(row);
  }
  if (row.text.lang !== language) row.text.lang = language;
  showFaults(row, faults);
}

/** What the lines begin with that is not in the text, as marks of YouTube. @param {Cue} cue @param {CueRow["pieces"]} pieces */
function markInText({ lines }, pieces) {
  const [word] = pieces ? textOfPieces(pieces).split(/\s/) : [""];
  return lines.length > 0 && word ? lines[0].slice(0, Math.max(0, lines[0].indexOf(word))) : "";
}

/** @param {CueRow} row @param {number} index */
function showPlace({ element, number, start, end, text, faults }, index) {
  const at = index + 1;
  element.setAttribute("aria-posinset", String(at));
  element.setAttribute("aria-label", strings.rowOf(at));
  setText(number, String(at));
  number.setAttribute("aria-label", strings.play(at));
  start.setAttribute("aria-label", `${strings.in}, ${strings.rowOf(at)}`);
  end.setAttribute("aria-label", `${strings.out}, ${strings.rowOf(at)}`);
  text.setAttribute("aria-label", strings.textOf(at));
  faults.id = `cue-faults-${index}`;
  for (const one of [start, end, text]) one.setAttribute("aria-describedby", faults.id);
}

/** @param {HTMLInputElement | HTMLTextAreaElement} element @param {string} value */
function setValue(element, value) {
  if (element.value === value) return;
  const isHere = document.activeElement === element;
  const { selectionStart: from, selectionEnd: to } = element;
  element.value = value;
  if (isHere) element.setSelectionRange(from, to);
}

/** The field is as high as its text: what lies behind it has the same. @param {CueRow} row */
export function grown({ grow, text }) {
  if (grow.dataset.text !== text.value) grow.dataset.text = text.value;
}

/** @param {CueRow} row @param {readonly import("./cues.js").Violation[]} faults */
function showFaults(row, faults) {
  const said = faults.map((fault) => `${fault.severity} ${faultSentence(fault)} ${fault.fix}`).join("\n");
  if (row.said === said) return;
  row.said = said;
  const about = new Set(faults.map(({ rule }) => ABOUT[rule] ?? "text"));
  for (const name of /** @type {const} */ (["start", "end", "length", "speed", "text"]))
    row[name].classList.toggle("is-wrong", about.has(name));
  const changedIn = new Set(faults.map(({ rule }) => fieldFor(rule)));
  for (const name of /** @type {const} */ (["end", "text"]))
    row[name].setAttribute("aria-invalid", String(changedIn.has(name)));
  row.faults.replaceChildren(...faults.map(faultItem));
}

/** @param {import("./cues.js").Violation} fault */
function faultItem(fault) {
  const sentence = faultSentence(fault);
  const isWarning = fault.severity === "warning";
  const fix = make(
    "button",
    {
      type: "button",
      class: "small",
      "data-field": "fix",
      title: inPageWords(fault.fix ?? ""),
      ...(fault.end_ms === null ? {} : { "data-end": String(fault.end_ms) }),
      "aria-label": strings.fixThis(sentence),
    },
    strings.fix,
  );
  return make(
    "li",
    { class: `is-${fault.severity}` },
    make("span", {}, isWarning ? `${strings.warning} · ${sentence}` : sentence),
    fault.fix === null ? null : fix,
  );
}
