/**
 * Words inside one segment's text: which one stands at an offset or sounds at a time, and where
 * they go while the text is being typed. Pure. Offsets count UTF-16 units, as strings here do.
 *
 * A word is the server's compact list; read it with the accessors below.
 * @typedef {[number, number, number, number, number, number | null, number, number?, number?, string?]} Word
 *   offset, length, start_ms, end_ms, index of its origin, confidence, locked, index of its aligner, struck, its codes
 *   with line breaks between
 */

export const ORIGINS = ["heard", "placed", "listened", "imported", "manual"];

const ALIGNERS = ["", "attention", "phones", "pocketsphinx", "both", "ctc"];

export const startOf = (/** @type {Word} */ word) => word[2];
export const endOf = (/** @type {Word} */ word) => word[3];
export const offsetOf = (/** @type {Word} */ word) => word[0];
export const originOf = (/** @type {Word} */ word) => ORIGINS[word[4]];
/** What found its time in the sound; "" where that is not known, or where nothing did. @param {Word} word */
export const alignerOf = (word) => ALIGNERS[word[7] ?? 0];
export const isLocked = (/** @type {Word} */ word) => word[6] === 1;
export const isStruck = (/** @type {Word} */ word) => word[8] === 1;
/** What a researcher says that it is about. @param {Word} word */
export const codesOf = (word) => (word[9] ? word[9].split("\n") : []);
export const offsetAfter = (/** @type {Word} */ word) => word[0] + word[1];

/** Whether a word's time comes from its place in the text alone. @param {Word} word */
export const isGuessed = (word) => originOf(word) === "placed" && !isLocked(word);

/**
 * Index of the last item whose key is not above `value`; -1 when all are.
 * @template T
 * @param {readonly T[]} items in rising order of key
 * @param {number} value
 * @param {(item: T) => number} key
 */
export function lastNotAbove(items, value, key) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(items[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The word at a caret offset: the one it touches, else the one before it, else the first.
 * @param {readonly Word[]} words
 * @param {number} offset
 * @returns {number} -1 only without words
 */
export function wordAtOffset(words, offset) {
  if (words.length === 0) return -1;
  return Math.max(0, lastNotAbove(words, offset, offsetOf));
}

/**
 * The words that a stretch of the text touches, from first to last; where it is empty the one at the
 * caret.
 * @param {readonly Word[]} words
 * @param {{start: number, end: number}} stretch
 * @returns {[number, number] | null} null without words
 */
export function wordsIn(words, { start, end }) {
  if (words.length === 0) return null;
  if (start === end) return [wordAtOffset(words, start), wordAtOffset(words, start)];
  const last = words.findLastIndex((word) => offsetOf(word) < end);
  const first = words.findIndex((word) => offsetAfter(word) > start);
  return first >= 0 && first <= last ? [first, last] : null;
}

const LINGER_MS = 350;

/**
 * The word sounding at a time. It goes on counting for `linger_ms` after its end, so that the mark
 * does not flicker in the short silences of speech.
 * @param {readonly Word[]} words
 * @param {number} time_ms
 */
export function wordAtTime(words, time_ms, linger_ms = LINGER_MS) {
  const index = lastNotAbove(words, time_ms, startOf);
  return index >= 0 && time_ms < endOf(words[index]) + linger_ms ? index : -1;
}

/**
 * When another word than at a time sounds by `wordAtTime`, or none any more; Infinity where that is all.
 * @param {readonly Word[]} words
 * @param {number} time_ms
 */
export function nextWordChange(words, time_ms, linger_ms = LINGER_MS) {
  const index = lastNotAbove(words, time_ms, startOf);
  const next_ms = index + 1 < words.length ? startOf(words[index + 1]) : Infinity;
  const end_ms = index >= 0 ? endOf(words[index]) + linger_ms : Infinity;
  return time_ms < end_ms ? Math.min(next_ms, end_ms) : next_ms;
}

/**
 * How long a frame lasts, in whole ms: of the film, or 40 ms where there is none.
 * @param {{frame_us?: number | null}} media
 */
export const frameOf = ({ frame_us }) => (frame_us ? Math.max(1, Math.round(frame_us / 1000)) : 40);

/** No word is shorter than this. */
export const MIN_WORD_MS = 20;

/**
 * The span of one word, moved as a whole or at one edge, kept between its neighbours: its start
 * stays behind that of the word before and not behind that of the word after it.
 * @param {{start_ms: number, end_ms: number}} span as it stands
 * @param {"start" | "end" | "both"} part
 * @param {number} by_ms
 * @param {{low_ms: number, high_ms: number}} room start of the word before, start of the one after
 */
export function movedSpan({ start_ms, end_ms }, part, by_ms, { low_ms, high_ms }) {
  const within = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.max(low, Math.min(value, Math.max(low, high)));
  if (part === "end") {
    const furthest = Math.max(high_ms, end_ms);
    return { start_ms, end_ms: within(end_ms + by_ms, start_ms + MIN_WORD_MS, furthest) };
  }
  const latest = part === "start" ? Math.min(high_ms, end_ms - MIN_WORD_MS) : high_ms;
  const start = within(start_ms + by_ms, low_ms, latest);
  return { start_ms: start, end_ms: part === "both" ? end_ms + start - start_ms : end_ms };
}

/**
 * How much two texts share at both ends.
 * @param {string} before
 * @param {string} after
 * @returns {{prefix: number, suffix: number}}
 */
export function sharedEnds(before, after) {
  const most = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < most && before[prefix] === after[prefix]) prefix += 1;
  let suffix = 0;
  while (suffix < most - prefix && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) {
    suffix += 1;
  }
  return { prefix, suffix };
}

/**
 * Words of a text while it is being typed: those before the change stay, those after it move,
 * a single word touched by it keeps its time and takes the new letters, others have no time until
 * the server answers.
 * @param {readonly Word[]} words of `before`
 * @param {string} before
 * @param {string} after
 * @returns {(Word | null)[]} one for each of `words`, null where the word is gone
 */
export function shiftedWords(words, before, after) {
  if (before === after) return [...words];
  const { prefix, suffix } = sharedEnds(before, after);
  const shift = after.length - before.length;
  const changeEnd = before.length - suffix;
  const isWhole = (/** @type {string | undefined} */ now, /** @type {string | undefined} */ then) =>
    now === undefined || now === then || /\s/.test(now);
  const staysBefore = (/** @type {Word} */ word) =>
    offsetAfter(word) <= prefix && isWhole(after[offsetAfter(word)], before[offsetAfter(word)]);
  const staysAfter = (/** @type {Word} */ word) =>
    offsetOf(word) >= changeEnd && isWhole(after[offsetOf(word) + shift - 1], before[offsetOf(word) - 1]);
  const touched = words.filter((word) => !staysBefore(word) && !staysAfter(word));
  return words.map((word) => {
    const [offset, length, ...rest] = word;
    if (staysBefore(word)) return word;
    if (staysAfter(word)) return [offset + shift, length, ...rest];
    const start = Math.min(offset, prefix);
    const end = Math.max(offset + length, changeEnd) + shift;
    const isOneWord = touched.length === 1 && end > start && !/\s/.test(after.slice(start, end));
    return isOneWord ? [start, end - start, ...rest] : null;
  });
}
