/** Finds commands by some of their letters. Pure. */

/** Letters without their signs, in lower case: "é" is found by "e". @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * How well a word typed fits a text: 2 where a word of it begins so, 1 where it is inside, 0 where it is not.
 * @param {string} typed
 * @param {string} text plain
 * @returns {number}
 */
function fit(typed, text) {
  const at = text.indexOf(typed);
  if (at < 0) return 0;
  return text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed)) ? 2 : 1;
}

/**
 * The entries that have all that is typed, the best first; all of them in their order where nothing is.
 * @template {{label: string, keys: string}} Entry
 * @param {string} query words, or parts of them, in any order
 * @param {readonly Entry[]} entries keys: as written beside the label
 * @returns {Entry[]}
 */
export function matching(query, entries) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const scored = entries.map((entry) => {
    const [label, keys] = [plain(entry.label), plain(entry.keys)];
    const fits = words.map((word) => 2 * fit(word, label) || Math.min(1, fit(word, keys)));
    const isFirst = words.length > 0 && label.startsWith(words[0]);
    return { entry, score: fits.includes(0) ? -1 : fits.reduce((sum, one) => sum + one, isFirst ? 1 : 0) };
  });
  return scored
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
