/**
 * Edits of many segments or words, as the API takes them. Pure.
 *
 * @typedef {import("../transcript/transcript.js").Doc} Doc
 */

import { codesOf, isStruck, wordsIn } from "../transcript/words.js";
import { NotNow } from "./sender.js";
import { strings } from "./strings.js";

/**
 * @param {readonly {id: string, start: number, end: number}[]} parts
 * @param {string} code
 * @param {Doc} doc
 * @param {(id: string) => number} revisionOf
 */
export function codeEdit(parts, code, doc, revisionOf) {
  const { places, words } = placesIn(parts, doc, revisionOf);
  return { kind: "code", code, places, coded: !words.every((word) => codesOf(word).includes(code)) };
}

/**
 * @param {readonly {id: string, start: number, end: number}[]} parts
 * @param {Doc} doc
 * @param {(id: string) => number} revisionOf
 */
export function strikeEdit(parts, doc, revisionOf) {
  const { places, words } = placesIn(parts, doc, revisionOf);
  return { kind: "strike", places, struck: !words.every(isStruck) };
}

/**
 * The words of stretches of segments, as the API names them.
 * @param {readonly {id: string, start: number, end: number}[]} parts
 * @param {Doc} doc
 * @param {(id: string) => number} revisionOf
 */
function placesIn(parts, doc, revisionOf) {
  const found = parts.flatMap(({ id, start, end }) => {
    const words = doc.byId.get(id)?.words ?? [];
    const span = wordsIn(words, { start, end });
    return span ? [{ id, span, words: words.slice(span[0], span[1] + 1) }] : [];
  });
  if (found.length === 0) throw new NotNow(strings.noWords);
  const places = found.map(({ id, span: [first_word, last_word] }) => ({
    segment_id: id,
    base_revision: revisionOf(id),
    first_word,
    last_word,
  }));
  return { places, words: found.flatMap(({ words }) => words) };
}

/**
 * An edit of many segments, as the API takes it.
 * @param {string} kind
 * @param {readonly string[]} ids
 * @param {(id: string) => number} revisionOf
 */
export function manyOf(kind, ids, revisionOf, facts = {}) {
  const segments = ids.map((segment_id) => ({ segment_id, base_revision: revisionOf(segment_id) }));
  return { kind, segments, ...facts };
}

/**
 * @param {{ids: readonly string[], facts: object}} said
 * @param {(id: string) => number} revisionOf
 */
export function factsEdit({ ids, facts }, revisionOf) {
  const [segment_id] = ids;
  if (ids.length > 1) return manyOf("set_many", ids, revisionOf, facts);
  return { kind: "set", segment_id, base_revision: revisionOf(segment_id), ...facts };
}
