/** A caption's text as it stands in segments, and what becomes of these where a person writes another one. Pure. */

import { offsetAfter, offsetOf, sharedEnds } from "../transcript/words.js";

/**
 * @typedef {{id: string, text: string, start: number, end: number}} Piece
 *   from `start` to `end` of a segment's whole `text`
 */

/** Scripts in which words stand without spaces, and their signs. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}、。，！？：；「」『』（）ー]{2}/u;

/** What stands between two lines where they are one. @param {string} above @param {string} below */
const seam = (above, below) =>
  !above || !below || UNSPACED.test([...above].at(-1) + String.fromCodePoint(below.codePointAt(0) ?? 32)) ? "" : " ";

/** Lines as one text. @param {readonly string[]} lines */
export const joined = (lines) =>
  lines.map((line) => line.trim()).reduce((above, line) => above + seam(above, line) + line, "");

/** What was typed in a field of lines, as a text. @param {string} typed */
export const onOneLine = (typed) => joined(typed.split("\n"));

/**
 * Where a caption's words stand; null where a segment is not any more as it was when the caption was made.
 * @param {import("./cues.js").Cue} cue
 * @param {(id: string) => import("../transcript/transcript.js").Segment | undefined} segmentOf
 * @returns {Piece[] | null}
 */
export function piecesOf({ parts }, segmentOf) {
  const pieces = parts.map(({ segment_id, revision, first_word, last_word }) => {
    const segment = segmentOf(segment_id);
    const [first, last] = [segment?.words[first_word], segment?.words[last_word]];
    if (!segment || segment.revision !== revision || !first || !last) return null;
    return { id: segment_id, text: segment.text, start: offsetOf(first), end: offsetAfter(last) };
  });
  return allOf(pieces);
}

/**
 * The pieces in the texts that are there now; null where what they held was changed, too.
 * @param {readonly Piece[]} pieces
 * @param {(id: string) => string} textOf
 */
export function movedPieces(pieces, textOf) {
  return allOf(pieces.map((piece) => moved(piece, textOf(piece.id))));
}

/** @param {Piece} piece @param {string} text */
function moved(piece, text) {
  const { prefix, suffix } = sharedEnds(piece.text, text);
  const by = text.length - piece.text.length;
  if (by === 0 && prefix === text.length) return piece;
  if (piece.end <= prefix) return { ...piece, text };
  if (piece.start >= piece.text.length - suffix)
    return { ...piece, text, start: piece.start + by, end: piece.end + by };
  return null;
}

/** @template T @param {(T | null)[]} items @returns {T[] | null} */
const allOf = (items) => (items.includes(null) ? null : /** @type {T[]} */ (items));

const shownOf = (/** @type {Piece} */ { text, start, end }) => text.slice(start, end);

/** The text of a caption. @param {readonly Piece[]} pieces */
export const textOfPieces = (pieces) => joined(pieces.map(shownOf));

/**
 * The segment and the place in it that stands in a caption's text at an offset; null behind its end.
 * @param {readonly Piece[]} pieces
 * @param {number} offset
 */
export function placeIn(pieces, offset) {
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const shown = shownOf(piece);
    if (offset <= at + shown.length) return { id: piece.id, offset: piece.start + offset - at };
    at += shown.length + seamBehind(pieces, index).length;
  }
  return null;
}

/** What stands between a piece and the next in a caption's text. @param {readonly Piece[]} pieces @param {number} index */
const seamBehind = (pieces, index) =>
  index < pieces.length - 1 ? seam(shownOf(pieces[index]), shownOf(pieces[index + 1])) : "";

/**
 * A caption's text with line breaks where its lines end; those that hold more than the text, as marks of YouTube,
 * are not looked for. Where words beside it are struck out, lines may have other capitals and marks than the text.
 * @param {string} text
 * @param {readonly string[]} lines
 */
export function brokenText(text, lines) {
  let rest = text;
  /** @type {string[]} */
  const below = [];
  for (const line of lines.slice(1).reverse()) {
    const found = [line, line.replace(/^- /, "")].find((one) => one && rest.endsWith(one));
    if (found === undefined) break;
    below.unshift(found);
    rest = rest.slice(0, -found.length).trimEnd();
  }
  if (below.length === lines.length - 1 && (lines.length === 0 || lines[0].endsWith(rest)))
    return [rest, ...below].join("\n");
  return lettersOf(lines.join("")) === lettersOf(text) ? lines.join("\n") : text;
}

/** What is the same where only capitals, marks and spaces differ; brackets of sounds are none. @param {string} text */
const lettersOf = (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}()[\]]/gu, "");

/**
 * The pieces with another text; each keeps what stays of it, and what is new goes where the first change is.
 * @param {readonly Piece[]} pieces
 * @param {string} text on one line
 * @returns {Piece[]}
 */
export function rewritten(pieces, text) {
  const before = textOfPieces(pieces);
  const { prefix, suffix } = sharedEnds(before, text);
  const [until, fresh] = [before.length - suffix, text.slice(prefix, text.length - suffix)];
  let at = 0;
  let isPut = false;
  /** What the pieces above made of each segment's text. @type {Map<string, Piece>} */
  const made = new Map();
  const written = pieces.map((piece, index) => {
    const shown = shownOf(piece);
    const end = at + shown.length;
    const isHere = !isPut && (prefix <= end || index === pieces.length - 1);
    const kept = [shown.slice(0, Math.max(0, prefix - at)), shown.slice(Math.max(0, until - at))];
    isPut ||= isHere;
    at = end + seamBehind(pieces, index).length;
    // Around words that are struck out, several pieces are of one segment.
    const above = made.get(piece.id);
    const by = above ? above.text.length - piece.text.length : 0;
    const here = above ? { ...piece, text: above.text, start: piece.start + by, end: piece.end + by } : piece;
    const one = withShown(here, (kept[0] + (isHere ? fresh : "") + kept[1]).trim());
    made.set(piece.id, one);
    return one;
  });
  return written.map((one) => ({ ...one, text: made.get(one.id)?.text ?? one.text }));
}

/** Where nothing stays no second space does. @param {Piece} piece @param {string} shown @returns {Piece} */
function withShown({ id, text, start, end }, shown) {
  const [above, below] = [text.slice(0, start), text.slice(end)];
  const behind = shown === "" && (above === "" || above.endsWith(" ")) ? below.trimStart() : below;
  return { id, text: above + shown + behind, start, end: start + shown.length };
}
