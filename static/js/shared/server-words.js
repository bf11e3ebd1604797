/**
 * What the server says, in the language of the page. The server speaks English; a page in another language has its
 * sentences with it, `{}` where they differ (`static/server.*.json`). What is not there stays as it was said.
 */

/** Longer is no sentence, but somebody's text. */
const LONGEST = 2000;

/** @typedef {{said: RegExp, means: string, length: number}} Sentence */

/**
 * @param {Record<string, string>} table from sentences of the server to those of the page
 * @returns {(said: string) => string}
 */
export function wordsFrom(table) {
  const sentences = Object.entries(table)
    .map(([said, means]) => sentenceOf(said, means))
    // Of two that fit, the one that says more.
    .sort((a, b) => b.length - a.length);

  /** A whole sentence, and what differs in it. @param {string} said @returns {string | null} */
  function whole(said) {
    for (const one of sentences) {
      const found = one.said.exec(said);
      if (!found) continue;
      let at = 0;
      return one.means.replaceAll("{}", () => words(found[(at += 1)]));
    }
    return null;
  }

  /** @param {string} said @returns {string} */
  function words(said) {
    if (said.length > LONGEST) return said;
    return whole(said) ?? parts(said, PARTS) ?? named(said) ?? said;
  }

  /** Several sentences, or several reasons, each by itself. @param {string} said @param {readonly RegExp[]} between @returns {string | null} */
  function parts(said, [between, ...others]) {
    if (!between) return null;
    const each = said.split(between);
    if (each.length === 1) return parts(said, others);
    return each.map((part, at) => (at % 2 ? part : words(part))).join("");
  }

  /** What is said of a file or a field, behind its name. @param {string} said @returns {string | null} */
  function named(said) {
    const at = said.indexOf(": ");
    return at < 0 ? null : `${said.slice(0, at)}: ${words(said.slice(at + 2))}`;
  }

  return words;
}

/** Between sentences, and between reasons. */
const PARTS = [/(?<=[.!?])( )(?=[\p{Lu}“])/u, /(; )/];

/** @param {string} said @param {string} means @returns {Sentence} */
function sentenceOf(said, means) {
  const plain = said.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { said: new RegExp(`^${plain.join("([^]*?)")}$`, "u"), means, length: said.replaceAll("{}", "").length };
}

/** @type {((said: string) => string) | null} */
let known = null;

/** What the server said, in the words of the page. @param {string} said */
export function inPageWords(said) {
  if (typeof document === "undefined") return said;
  known ??= wordsFrom(JSON.parse(document.querySelector("#server-words")?.textContent ?? "{}"));
  return known(said);
}
