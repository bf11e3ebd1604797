/**
 * Codes: what a researcher says that passages are about. They are names on words. Pure.
 *
 * @typedef {import("./words.js").Word} Word
 * @typedef {import("./transcript.js").Doc} Doc
 * @typedef {{id: string, start: number, end: number}} Part
 * @typedef {{parts: Part[], text: string, speaker: string | null, start_ms: number, end_ms: number}} Passage
 */

import { codesOf, endOf, offsetAfter, offsetOf, startOf } from "./words.js";

/** So many colours there are. */
export const CODE_TONES = 8;

/**
 * Each code with words [first, last] in a row that have it, in their order.
 * @param {readonly (Word | null)[]} words
 */
export function codeRuns(words) {
  /** @type {{code: string, first: number, last: number}[]} */
  const runs = [];
  // Most segments have none, and all of a long text are looked through after each edit.
  if (!words.some((word) => word?.[9])) return runs;
  /** @type {Map<string, {code: string, first: number, last: number}>} */
  let open = new Map();
  words.forEach((word, at) => {
    const codes = word ? codesOf(word) : [];
    /** @type {typeof open} */
    const now = new Map();
    for (const code of codes) {
      const run = open.get(code) ?? { code, first: at, last: at };
      if (!open.has(code)) runs.push(run);
      run.last = at;
      now.set(code, run);
    }
    open = now;
  });
  return runs;
}

/** @type {WeakMap<object, Map<string, Passage[]>>} */
const known = new WeakMap();

/**
 * The coded passages by code, in the order of the alphabet; one goes on over the end of a segment.
 * @param {Doc} doc
 * @returns {ReadonlyMap<string, Passage[]>}
 */
export function codedPassages({ order, byId }) {
  const before = known.get(byId);
  if (before) return before;
  /** @type {Map<string, Passage[]>} */
  const found = new Map();
  /** Those that reach the end of the segment above. @type {Map<string, Passage>} */
  let open = new Map();
  for (const id of order) {
    const segment = byId.get(id);
    if (!segment || segment.words.length === 0) continue;
    /** @type {typeof open} */
    const reaching = new Map();
    for (const { code, first, last } of codeRuns(segment.words)) {
      const [start, end] = [offsetOf(segment.words[first]), offsetAfter(segment.words[last])];
      const part = { id, start, end };
      const end_ms = Math.max(...segment.words.slice(first, last + 1).map(endOf));
      const above = first === 0 ? open.get(code) : undefined;
      const text = segment.text.slice(start, end);
      const passage = above ?? {
        parts: [],
        text: "",
        speaker: segment.speaker,
        start_ms: startOf(segment.words[first]),
        end_ms,
      };
      const own = found.get(code) ?? [];
      if (!above) own.push(passage);
      found.set(code, own);
      passage.parts.push(part);
      passage.text += (above ? " " : "") + text;
      passage.end_ms = Math.max(passage.end_ms, end_ms);
      if (last === segment.words.length - 1) reaching.set(code, passage);
    }
    open = reaching;
  }
  const sorted = new Map([...found].sort(([a], [b]) => a.localeCompare(b)));
  known.set(byId, sorted);
  return sorted;
}

/**
 * The colour of each code: the one it was given, else one that few have.
 * @param {readonly string[]} codes
 * @param {Readonly<Record<string, number>>} chosen
 * @returns {Map<string, number>}
 */
export function codeTones(codes, chosen) {
  /** @type {Map<string, number>} */
  const tones = new Map();
  const counts = Array(CODE_TONES).fill(0);
  const give = (/** @type {string} */ code, /** @type {number} */ tone) => {
    tones.set(code, tone);
    counts[tone] += 1;
  };
  const isTone = (/** @type {unknown} */ tone) =>
    Number.isInteger(tone) && Number(tone) >= 0 && Number(tone) < CODE_TONES;
  for (const code of codes) if (Object.hasOwn(chosen, code) && isTone(chosen[code])) give(code, chosen[code]);
  for (const code of codes) if (!tones.has(code)) give(code, counts.indexOf(Math.min(...counts)));
  return tones;
}
