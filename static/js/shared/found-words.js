/** Where a text has the words that were looked for, as the search in all transcripts finds them. Pure. */

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Without accents, in lower case. @param {string} text */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * The words of a query in a text, the last of them perhaps begun only.
 *
 * foundWords("Où est-il ?", "ou") gives [{start: 0, end: 2}]
 * @param {string} text
 * @param {string} query
 * @returns {{start: number, end: number}[]} in order
 */
export function foundWords(text, query) {
  const sought = [...query.matchAll(WORD)].map(([word]) => folded(word));
  const begun = sought.at(-1);
  const isSought = (/** @type {string} */ word) =>
    sought.includes(word) || (begun !== undefined && word.startsWith(begun));
  return [...text.matchAll(WORD)]
    .filter(([word]) => isSought(folded(word)))
    .map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
}
