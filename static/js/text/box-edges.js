/** The edges of text boxes, over which arrows and deletion go on in the neighbour, as in one text. */

import { caretRectangle, offsetIn, placeAtPoint, placeCaret, selectionIn, textOf } from "./caret.js";

/**
 * Deleting over a box's edge joins it with its neighbour.
 * @param {string} inputType of the deletion, as the browser names it
 * @param {HTMLElement} box with the caret
 * @returns {"start" | "end" | null} at which edge; null within the box
 */
export function deletedEdge(inputType, box) {
  const selection = selectionIn(box);
  if (!selection || selection.start !== selection.end) return null;
  if (selection.start === 0 && /^delete.*Backward$/.test(inputType)) return "start";
  return selection.end === textOf(box).length && /^delete.*Forward$/.test(inputType) ? "end" : null;
}

/**
 * Whether a key leads on in a text: in one from the right, to the left.
 * @param {string} key ArrowLeft, ArrowRight, ArrowUp, ArrowDown, Home, or End
 * @param {boolean} isRtl whether the text is read from the right
 */
export const leadsOn = (key, isRtl) => /^(ArrowDown|End)$/.test(key) || key === (isRtl ? "ArrowLeft" : "ArrowRight");

/** @param {HTMLElement} box */
export const isFromRight = (box) => getComputedStyle(box).direction === "rtl";

/**
 * Arrows at a box's edge go on in its neighbour.
 * @param {string} key
 * @param {HTMLElement} box with the caret
 * @returns {[-1 | 1, "start" | "end" | "same"] | null} to which one, and where in it; null within the box
 */
export function stepOverEdge(key, box) {
  const selection = key.startsWith("Arrow") ? selectionIn(box) : null;
  if (!selection || selection.start !== selection.end) return null;
  const caret = caretRectangle(box);
  const around = box.getBoundingClientRect();
  if (key === "ArrowUp") return caret.top - around.top < caret.height ? [-1, "same"] : null;
  if (key === "ArrowDown") return around.bottom - caret.bottom < caret.height ? [1, "same"] : null;
  if (leadsOn(key, isFromRight(box))) return selection.end === textOf(box).length ? [1, "start"] : null;
  return selection.start === 0 ? [-1, "end"] : null;
}

/**
 * Put the caret into a box at its start, its end, or below where it stood.
 * @param {HTMLElement} box
 * @param {"start" | "end" | "same"} place
 * @param {number} x where it stood
 * @param {-1 | 1} by the direction it came from
 */
export function enterBox(box, place, x, by) {
  if (place !== "same") return placeCaret(box, place === "start" ? 0 : textOf(box).length);
  placeCaret(box, offsetBeside(box, x, by));
}

/**
 * Where a caret that goes up or down comes into a box, below or above where it stood.
 * @param {HTMLElement} box
 * @param {number} x where it stood
 * @param {-1 | 1} by the direction it came from
 */
export function offsetBeside(box, x, by) {
  box.scrollIntoView({ block: "nearest" });
  const around = box.getBoundingClientRect();
  const line = 12;
  const found = placeAtPoint(x, by > 0 ? around.top + line : around.bottom - line);
  const isInside = found && box.contains(found.node);
  return isInside ? offsetIn(box, found.node, found.offset) : by > 0 ? 0 : textOf(box).length;
}
