/**
 * Times of words given by hand that could not be sent at once: entries among the pending edits. Their words are
 * found again by the times they had, since texts that are sent before may give them other places. Pure.
 *
 * @typedef {import("./pending-edits.js").Entry} Entry
 * @typedef {import("../transcript/transcript.js").Segment} Segment
 * @typedef {import("../transcript/words.js").Word} Word
 */

import { endOf, ORIGINS, startOf } from "../transcript/words.js";

/** Whether an entry gives words times. @param {Entry} entry */
export const isTimes = ({ edit }) => edit.kind === "times";

/**
 * @param {object} edit as the server takes it, of kind "times", with its `edit_id`
 * @param {Word} word the first of those that it is about, as it was shown
 * @param {string} text of its segment, as it was shown
 * @param {boolean} tried whether it may have reached the server
 * @returns {Entry}
 */
export function timesEntry(edit, word, text, tried) {
  const { edit_id, ...rest } = /** @type {any} */ (edit);
  const bases = { [rest.segment_id]: { text, was: {} } };
  const had = { start_ms: startOf(word), end_ms: endOf(word) };
  return { edit_id, edit: rest, before: "", after_id: null, state: "waiting", tried, bases, had };
}

/**
 * With another entry kept: times of the same words take the place of those given just before, if those were not sent.
 * @param {readonly Entry[]} pending
 * @param {Entry} entry
 */
export function withKept(pending, entry) {
  const last = pending.at(-1);
  const isMovedOn =
    last &&
    isTimes(last) &&
    isTimes(entry) &&
    last.state === "waiting" &&
    !last.tried &&
    !entry.tried &&
    isSame(last, entry);
  if (!isMovedOn) return [...pending, entry];
  const { start_ms, end_ms } = /** @type {any} */ (entry.edit);
  return [...pending.slice(0, -1), { ...last, edit: { ...last.edit, start_ms, end_ms } }];
}

/** Whether two entries are about the same words. @param {Entry} one @param {Entry} other */
function isSame({ edit: one }, { edit: other }) {
  const fields = /** @type {const} */ (["segment_id", "first_word", "last_word"]);
  return fields.every((name) => /** @type {any} */ (one)[name] === /** @type {any} */ (other)[name]);
}

const indexIn = (/** @type {Entry} */ { had }, /** @type {readonly Word[]} */ words) =>
  words.findIndex((word) => startOf(word) === had?.start_ms && endOf(word) === had?.end_ms);

/**
 * The same for a segment as it is now.
 * @param {Entry} entry
 * @param {Pick<Segment, "revision" | "words">} segment
 * @returns {Entry | null} null where its words have other times by now
 */
export function onWordsOf(entry, { revision, words }) {
  const { first_word: before, last_word: last, ...rest } = /** @type {any} */ (entry.edit);
  const first_word = indexIn(entry, words);
  const last_word = last + first_word - before;
  if (first_word < 0 || last_word >= words.length) return null;
  return { ...entry, edit: { ...rest, first_word, last_word, base_revision: revision } };
}

/**
 * A segment's words as they will be once it is sent; those inside keep their proportions.
 * @param {Entry} entry
 * @param {readonly Word[]} words
 * @returns {Word[]}
 */
export function timedWords(entry, words) {
  const { first_word, last_word, start_ms, end_ms } = /** @type {any} */ (entry.edit);
  const first = indexIn(entry, words);
  const last = first + last_word - first_word;
  if (first < 0 || last >= words.length) return [...words];
  const from_ms = startOf(words[first]);
  const scale = (end_ms - start_ms) / Math.max(1, endOf(words[last]) - from_ms);
  const laid = (/** @type {number} */ at_ms) => start_ms + Math.round((at_ms - from_ms) * scale);
  return words.map((word, at) => {
    if (at < first || at > last) return word;
    const [offset, length, start, end, , , , ...rest] = word;
    return [offset, length, laid(start), laid(end), ORIGINS.indexOf("manual"), null, 1, ...rest];
  });
}
