/**
 * One segment's row: its time, its speaker, the editable box of plain text, the tick, a note.
 *
 * @typedef {import("../transcript/transcript.js").Segment} Segment
 * @typedef {{row: HTMLElement, time: HTMLElement, speaker: HTMLElement, box: HTMLElement,
 *   tick: HTMLElement, segment: Segment | null, text: string | null, choice: object | null}} Shown
 */

import { endsIn, placeCaret, selectionIn, textOf } from "./caret.js";
import { startOfSegment } from "../transcript/transcript.js";
import { make, setText } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { codesOf, isStruck, sharedEnds } from "../transcript/words.js";
import { strings } from "./strings.js";

/** Colours of speakers; from the ninth on they come again, beside another sign. */
const TONES = 8;
/** Signs in which a speaker's colour is shown. */
const SIGNS = 4;

const template = make(
  "div",
  { class: "segment", role: "group" },
  make("button", { class: "time", type: "button", tabindex: "-1" }),
  make("button", { class: "speaker is-empty", type: "button", tabindex: "-1", dir: "auto" }),
  make("div", {
    class: "box",
    contenteditable: "plaintext-only",
    role: "textbox",
    "aria-multiline": "true",
    tabindex: "-1",
    dir: "auto",
    lang: "",
    spellcheck: "true",
  }),
  make("button", {
    class: "tick",
    type: "button",
    tabindex: "-1",
    "aria-label": strings.reviewed,
    title: strings.reviewed,
  }),
);

/**
 * A speaker's colour and sign by the order of appearance, as the style sheet knows them.
 * @param {number | null} index
 */
export const toneOf = (index) =>
  index === null
    ? { tone: "", sign: "" }
    : { tone: String(index % TONES), sign: String(Math.floor(index / TONES) % SIGNS) };

/** A row, still empty. @param {string} id @returns {Shown} */
export function newRow(id) {
  const row = /** @type {HTMLElement} */ (template.cloneNode(true));
  row.dataset.id = id;
  const [time, speaker, box, tick] = /** @type {HTMLElement[]} */ ([...row.children]);
  return { row, time, speaker, box, tick, segment: null, text: null, choice: null };
}

/**
 * Where a caret goes when the text around it changes: along with the side it stands on, and from
 * inside the change to its end.
 * @param {string} before
 * @param {string} after
 * @param {number} caret
 */
function movedCaret(before, after, caret) {
  const { prefix, suffix } = sharedEnds(before, after);
  if (caret <= prefix) return caret;
  if (caret >= before.length - suffix) return caret + after.length - before.length;
  return after.length - suffix;
}

/** Show a text; the caret stays where it is in it. @param {HTMLElement} box @param {string} text */
export function showText(box, text) {
  const before = textOf(box);
  if (before === text) return;
  const isFocused = document.activeElement === box;
  const selection = isFocused ? selectionIn(box) : null;
  const keepEnds = selection ? null : endsIn(box);
  box.textContent = text;
  if (selection) placeCaret(box, movedCaret(before, text, selection.end));
  else keepEnds?.((offset) => movedCaret(before, text, offset));
}

/** Show all of a segment but its text. */
export function showSegment(
  /** @type {Shown} */ shown,
  /** @type {Segment} */ segment,
  /** @type {boolean} */ isChosen,
) {
  const { row, time, box, tick } = shown;
  const at = clock(startOfSegment(segment));
  setText(time, at);
  time.setAttribute("aria-label", strings.playFrom(at));
  box.setAttribute("aria-label", segment.speaker ? `${segment.speaker}, ${at}` : strings.textAt(at));
  row.classList.toggle("is-sound", segment.kind === "sound");
  row.classList.toggle("is-reviewed", segment.reviewed);
  tick.setAttribute("aria-pressed", String(segment.reviewed));
  showLabel(shown, segment, isChosen);
  showNote(row, segment.note);
}

/**
 * Show who speaks from here on.
 * @param {Shown} shown
 * @param {string | undefined} heading "" for somebody without a name, none where nothing changes
 */
export function showHeading({ row, speaker }, heading) {
  const is = { turn: heading !== undefined, unnamed: heading === "" };
  setText(speaker, heading || (is.unnamed ? strings.newSpeaker : strings.addSpeaker));
  if (row.classList.contains("is-turn") !== is.turn) row.classList.toggle("is-turn", is.turn);
  if (row.classList.contains("is-unnamed-turn") !== is.unnamed) row.classList.toggle("is-unnamed-turn", is.unnamed);
  if (speaker.classList.contains("is-empty") === Boolean(heading)) speaker.classList.toggle("is-empty", !heading);
}

/** Tell whether the segment is yet to be recognised, and its time is but a guess. */
export function showAhead(/** @type {Shown} */ { row, time }, /** @type {boolean} */ isAhead) {
  if (row.classList.contains("is-ahead") === isAhead) return;
  row.classList.toggle("is-ahead", isAhead);
  time.title = isAhead ? strings.estimatedTime : "";
}

/** Say what the row is and whether it is chosen. */
export function showLabel(
  /** @type {Shown} */ { row },
  /** @type {Segment} */ segment,
  /** @type {boolean} */ isChosen,
) {
  const codes = [...new Set(segment.words.flatMap(codesOf))];
  const struck = segment.words.filter(isStruck).length;
  const says = [
    segment.reviewed ? strings.isReviewed : "",
    struck ? strings.hasStruck(struck) : "",
    codes.length > 0 ? strings.hasCodes(codes.join(", ")) : "",
    isChosen ? strings.isSelected : "",
  ].filter(Boolean);
  const named = segment.kind === "sound" ? strings.soundAt : strings.segmentAt;
  row.setAttribute("aria-label", [named(clock(startOfSegment(segment))), ...says].join(", "));
}

function showNote(/** @type {HTMLElement} */ row, /** @type {string} */ note) {
  let shown = row.querySelector(".note");
  if (!note) return shown?.remove();
  if (!shown)
    row.append(
      (shown = make("button", { class: "note", type: "button", tabindex: "-1", dir: "auto", title: strings.editNote })),
    );
  setText(shown, note);
  shown.setAttribute("aria-label", strings.noteOf(note));
}

/** For spelling, fonts and voices; "" where the language is not known. */
export function showLanguage(/** @type {Shown} */ { box }, /** @type {string} */ language) {
  if (box.lang !== language) box.lang = language;
}

/** Each speaker's label has a colour and a sign of its own, beside the name. */
export function showTone(/** @type {Shown} */ { row }, /** @type {number | null} */ index) {
  const { tone, sign } = toneOf(index);
  if ((row.dataset.tone ?? "") !== tone) row.dataset.tone = tone;
  if ((row.dataset.sign ?? "") !== sign) row.dataset.sign = sign;
}
