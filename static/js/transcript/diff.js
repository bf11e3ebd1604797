/**
 * What differs between two texts, word by word, and between two states of a transcript, segment by
 * segment. Pure.
 *
 * @typedef {{id: string, text: string, speaker: string | null}} Line
 * @typedef {{kind: "same" | "gone" | "new", text: string}} Part
 */

/** Longer texts are told as one change: the table below grows with the square. */
const MOST_WORDS = 600;

/**
 * The words and spaces of both texts in one row.
 * @param {string} before
 * @param {string} after
 * @returns {Part[]}
 */
export function wordDiff(before, after) {
  const [a, b] = [before, after].map(wordsAndSpaces);
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return joined([part("gone", before), part("new", after)]);
  const common = commonLengths(a, b);
  const parts = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push(part("same", a[i++]));
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1]))
      parts.push(part("gone", a[i++]));
    else parts.push(part("new", b[j++]));
  }
  return joined(parts);
}

/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** @param {string} text */
const wordsAndSpaces = (text) =>
  (text.match(/\s+|\S+/g) ?? []).flatMap((part) =>
    UNSPACED.test(part) ? Array.from(segmenter.segment(part), ({ segment }) => segment) : [part],
  );

/** @param {Part["kind"]} kind @param {string} text @returns {Part} */
const part = (kind, text) => ({ kind, text });

/** Lengths of the longest common rows of words from each pair of places on. @param {string[]} a @param {string[]} b */
function commonLengths(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/** Neighbours of one kind as one. @param {Part[]} parts */
function joined(parts) {
  /** @type {Part[]} */
  const all = [];
  for (const one of parts) {
    const last = all.at(-1);
    if (last?.kind === one.kind) last.text += one.text;
    else if (one.text) all.push({ ...one });
  }
  return all;
}

/**
 * The segments that differ, in the order of the text.
 * @param {readonly Line[]} past
 * @param {readonly Line[]} now
 * @returns {{past: Line | null, now: Line | null}[]}
 */
export function segmentDiff(past, now) {
  const there = new Set(now.map(({ id }) => id));
  const was = new Set(past.map(({ id }) => id));
  const rows = [];
  let [i, j] = [0, 0];
  while (i < past.length || j < now.length) {
    if (i < past.length && !there.has(past[i].id)) rows.push({ past: past[i++], now: null });
    else if (j < now.length && !was.has(now[j].id)) rows.push({ past: null, now: now[j++] });
    else rows.push({ past: past[i++] ?? null, now: now[j++] ?? null });
  }
  return rows.filter(({ past: a, now: b }) => a?.text !== b?.text || a?.speaker !== b?.speaker);
}
