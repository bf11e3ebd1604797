/**
 * Places where the text and the sound disagree, seen from the page: where they stand in the text,
 * which comes next, and what the text becomes when the heard wording is taken. Pure.
 *
 * @typedef {import("./words.js").Word} Word
 * @typedef {import("./transcript.js").Doubt} Doubt
 * @typedef {import("./transcript.js").Segment} Segment
 * @typedef {import("./transcript.js").Doc} Doc
 * @typedef {{segment: Segment, doubt: Doubt}} Place
 */

import { hasOwnText } from "./progress.js";
import { offsetAfter, offsetOf } from "./words.js";

/** Same doubt, same key, also after a reload; a changed reading is a new doubt. */
export const keyOf = (/** @type {Segment} */ segment, /** @type {Doubt} */ doubt) =>
  [segment.id, doubt.kind, doubt.written, doubt.heard].join("\u0000");

/**
 * What is too much to be marked in the text: words in another style and, where the text was there before
 * the recording was recognised, words heard as they are written, only not surely.
 * @param {Doubt} doubt
 * @param {Doc} doc
 */
export const isQuiet = ({ kind }, doc) => kind === "style" || (kind === "unsure" && hasOwnText(doc));

/** Whether it is about who speaks, not about what is said. @param {Doubt} doubt */
export const isOfVoices = ({ kind }) => kind === "another_voice" || kind === "same_voice";

/** Whether there is nothing else to take. @param {Doubt} doubt */
export const isWrittenAsHeard = (doubt) => !isOfVoices(doubt) && doubt.heard === doubt.written;

/**
 * Whether somebody has decided that the text is right there.
 * @param {Segment} segment
 * @param {Doubt} doubt
 * @param {ReadonlySet<string>} dismissed those decided here that the server does not know of yet
 */
export const isDismissed = (segment, doubt, dismissed) => doubt.kept || dismissed.has(keyOf(segment, doubt));

/**
 * Whether it is to be marked in the text: nobody has decided about it yet.
 * @param {Segment} segment
 * @param {Doubt} doubt
 * @param {ReadonlySet<string>} dismissed
 * @param {Doc} doc
 */
export const isOpen = (segment, doubt, dismissed, doc) =>
  !isQuiet(doubt, doc) && !isDismissed(segment, doubt, dismissed);

/**
 * Put in the doubts of all segments, judged at `seq`. A segment heard of since has newer ones.
 * @param {Doc} doc
 * @param {{seq: number, segments: readonly import("./transcript.js").Spelled[]}} judged
 * @returns {Doc}
 */
export function withDoubts(doc, { seq, segments }) {
  const byId = new Map(doc.byId);
  for (const { id, revision, doubts } of segments) {
    const segment = byId.get(id);
    const isAsJudged = segment?.revision === revision && (doc.seen.get(id) ?? 0) <= seq;
    if (segment && isAsJudged) byId.set(id, { ...segment, doubts });
  }
  return { ...doc, byId, has_doubts: true };
}

/**
 * Put in the doubts of segments in which a name is spelled otherwise than elsewhere, and take out
 * those that were put in before.
 * @param {Doc} doc
 * @param {readonly import("./transcript.js").Spelled[]} spelled
 * @returns {Doc}
 */
export function withSpelled(doc, spelled) {
  const added = new Map(spelled.map((one) => [one.id, one]));
  const byId = new Map(doc.byId);
  for (const [id, segment] of doc.byId) {
    const one = added.get(id);
    const { plain, ...bare } = segment;
    if (one && one.revision === segment.revision)
      byId.set(id, { ...segment, doubts: one.doubts, plain: plain ?? segment.doubts });
    else if (plain) byId.set(id, { ...bare, doubts: plain });
  }
  const isSame = [...byId].every(([id, segment]) => doc.byId.get(id) === segment);
  return isSame ? doc : { ...doc, byId };
}

/**
 * Where a doubt stands in the text. Missing words have no place of their own: the gap with the
 * letter on each side stands for them.
 * @param {readonly (Word | null)[]} words of the segment as shown
 * @param {Doubt} doubt
 * @param {number} textLength
 * @returns {{start: number, end: number} | null} null when its words are gone
 */
export function rangeOf(words, doubt, textLength) {
  if (doubt.last_word >= doubt.first_word) {
    const first = words[doubt.first_word];
    const last = words[doubt.last_word];
    return first && last ? { start: offsetOf(first), end: offsetAfter(last) } : null;
  }
  const before = words[doubt.first_word - 1];
  const after = words[doubt.first_word];
  if (!before && !after) return null;
  const start = before ? offsetAfter(before) - 1 : Math.max(0, offsetOf(/** @type {Word} */ (after)) - 1);
  const end = after ? offsetOf(after) + 1 : textLength;
  return { start: Math.max(0, start), end: Math.max(end, start + 1) };
}

/**
 * @param {Segment} segment
 * @param {readonly (Word | null)[]} words as shown
 * @param {number} offset
 * @param {string} text as shown
 * @param {ReadonlySet<string>} dismissed
 * @param {Doc} doc
 * @returns {Doubt | null}
 */
export function doubtAtOffset(segment, words, offset, text, dismissed, doc) {
  const found = segment.doubts.find((doubt) => {
    if (!isOpen(segment, doubt, dismissed, doc)) return false;
    const range = rangeOf(words, doubt, text.length);
    return range !== null && offset >= range.start && offset <= range.end;
  });
  return found ?? null;
}

/**
 * All open doubts in the order of the text.
 * @param {Doc} doc
 * @param {ReadonlySet<string>} dismissed
 * @returns {Place[]}
 */
export function openDoubts(doc, dismissed) {
  const places = [];
  for (const id of doc.order) {
    const segment = /** @type {Segment} */ (doc.byId.get(id));
    for (const doubt of segment.doubts) {
      if (isOpen(segment, doubt, dismissed, doc)) places.push({ segment, doubt });
    }
  }
  return places;
}

/**
 * The doubt after or before a place in the text; the round goes on at the other end.
 * @param {readonly Place[]} places
 * @param {Doc} doc
 * @param {{id: string, word: number} | null} from
 * @param {-1 | 1} step
 * @returns {Place | null}
 */
export function nextDoubt(places, doc, from, step) {
  if (places.length === 0) return null;
  if (!from) return step > 0 ? places[0] : places[places.length - 1];
  const rank = new Map(doc.order.map((id, index) => [id, index]));
  const here = rank.get(from.id) ?? -1;
  const isAfter = (/** @type {Place} */ { segment, doubt }) => {
    const there = rank.get(segment.id) ?? -1;
    return there > here || (there === here && doubt.first_word > from.word);
  };
  const isBefore = (/** @type {Place} */ { segment, doubt }) => {
    const there = rank.get(segment.id) ?? -1;
    return there < here || (there === here && doubt.first_word < from.word);
  };
  return step > 0 ? (places.find(isAfter) ?? places[0]) : (places.findLast(isBefore) ?? places[places.length - 1]);
}

const EDGES = /^([\p{P}\p{S}]*)(.*?)([\p{P}\p{S}]*)$/su;

/**
 * The heard wording in the dress of the written one: its outer punctuation, its capital.
 *
 * dressed("clevency,", "equivalency") === "equivalency,"
 * @param {string} written
 * @param {string} heard
 */
export function dressed(written, heard) {
  const [, opening, core, closing] = /** @type {RegExpExecArray} */ (EDGES.exec(written));
  const [, , bare] = /** @type {RegExpExecArray} */ (EDGES.exec(heard.trim()));
  const isCapital = core !== "" && core[0] !== core[0].toLowerCase() && core !== core.toUpperCase();
  const first = isCapital ? bare.slice(0, 1).toUpperCase() : bare.slice(0, 1);
  return opening + first + bare.slice(1) + closing;
}

/** Of another style all is taken, of other words only the words. @param {string} written @param {Doubt} doubt */
function wordingOf(written, { kind, heard }) {
  if (heard.trim() === "" || kind === "style") return heard.trim();
  return dressed(written, heard);
}

/**
 * The segment's text with what was heard in place of what is written.
 * @param {string} text
 * @param {readonly (Word | null)[]} words
 * @param {Doubt} doubt
 * @returns {{text: string, caret: number} | null} caret after the new words; null when the words
 *   are gone
 */
export function withHeard(text, words, doubt) {
  if (doubt.last_word < doubt.first_word) return withInsertion(text, words, doubt);
  const range = rangeOf(words, doubt, text.length);
  if (!range) return null;
  const wording = wordingOf(text.slice(range.start, range.end), doubt);
  if (wording === "") {
    const before = text.slice(0, range.start).trimEnd();
    const after = text.slice(range.end);
    return { text: before === "" ? after.trimStart() : before + after, caret: before.length };
  }
  const before = text.slice(0, range.start) + wording;
  return { text: before + text.slice(range.end), caret: before.length };
}

/**
 * @param {string} text
 * @param {readonly (Word | null)[]} words
 * @param {Doubt} doubt
 */
function withInsertion(text, words, doubt) {
  const previous = words[doubt.first_word - 1];
  const at = previous ? offsetAfter(previous) : 0;
  const before = text.slice(0, at) + (at > 0 ? " " : "") + doubt.heard.trim();
  const after = text.slice(at).trimStart();
  return { text: after === "" ? before : `${before} ${after}`, caret: before.length };
}
