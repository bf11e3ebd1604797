/** Where a text has what was looked for, as the search in all transcripts finds it. Pure. */

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const TERM = /"([^"]*)("|$)|[^\s"]+/g;
const QUOTES = /[“”„«»]/g;

/** Without accents, in lower case. @param {string} text */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {string} text */
const wordsOf = (text) => [...text.matchAll(WORD)].map(({ index, 0: word }) => ({ index, word, plain: folded(word) }));

/**
 * @typedef {{start: number, end: number}} Place
 * @typedef {{words: string[], isBegun: boolean, isQuoted: boolean}} Term words in a row, the last perhaps begun only
 */

/** @param {string} query @returns {Term[]} */
function termsIn(query) {
  const found = [...query.replace(QUOTES, '"').matchAll(TERM)].map(({ 0: whole, 1: quoted, 2: end }) => ({
    words: wordsOf(quoted ?? whole).map(({ plain }) => plain),
    isBegun: end !== '"',
    isQuoted: quoted !== undefined,
  }));
  const terms = found.filter(({ words }) => words.length > 0);
  return terms.map((term, at) => ({ ...term, isBegun: term.isBegun && at === terms.length - 1 }));
}

/**
 * Places of words in a row.
 * @param {ReturnType<typeof wordsOf>} there
 * @param {Pick<Term, "words" | "isBegun">} term
 */
function placesOf(there, { words, isBegun }) {
  /** @type {Place[]} */
  const places = [];
  const isSame = (/** @type {string} */ plain, /** @type {number} */ at) =>
    isBegun && at === words.length - 1 ? plain.startsWith(words[at]) : plain === words[at];
  for (let first = 0; first + words.length <= there.length; first += 1) {
    if (!words.every((_, at) => isSame(there[first + at].plain, at))) continue;
    const last = there[first + words.length - 1];
    places.push({ start: there[first].index, end: last.index + last.word.length });
    first += words.length - 1;
  }
  return places;
}

/**
 * The longest beginning of a phrase that a text ends with; it goes on in the next line.
 * @param {ReturnType<typeof wordsOf>} there
 * @param {readonly string[]} words
 */
function headAtEnd(there, words) {
  for (let count = Math.min(words.length - 1, there.length); count > 0; count -= 1) {
    const [found] = placesOf(there.slice(-count), { words: words.slice(0, count), isBegun: false });
    if (found) return [found];
  }
  return [];
}

/**
 * What a query asks for in a text: the phrase as it was typed, if it is there, else its words, the last of them
 * perhaps begun only; what is in quotes only as it stands there.
 *
 * foundWords("Où est-il ?", "ou") gives [{start: 0, end: 2}]
 * @param {string} text
 * @param {string} query
 * @returns {Place[]} in order
 */
export function foundWords(text, query) {
  const terms = termsIn(query);
  const there = wordsOf(text);
  const each = terms.flatMap((term) => placesOf(there, term)).sort((a, b) => a.start - b.start);
  if (terms.length === 0) return [];
  const isOnePhrase = terms.length === 1 || terms.every(({ isQuoted }) => !isQuoted);
  const words = terms.flatMap((term) => term.words);
  if (!isOnePhrase || words.length < 2) return each;
  const whole = placesOf(there, { words, isBegun: terms[terms.length - 1].isBegun });
  if (whole.length > 0) return whole;
  const hasAll = terms.every((term) => placesOf(there, term).length > 0);
  return hasAll ? each : headAtEnd(there, words);
}
