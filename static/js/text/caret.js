/**
 * Between a text box's DOM and plain offsets. Never assumes one text node: browsers split them,
 * and leave a `<br>` in an emptied box.
 */

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
export const boxOf = (target) => (target instanceof Element ? target.closest(".box") : null);

/** @param {HTMLElement} box */
export const textOf = (box) => box.textContent ?? "";

/**
 * Offset in a box's text of a place in its DOM.
 * @param {HTMLElement} box
 * @param {Node} node
 * @param {number} offset
 */
export function offsetIn(box, node, offset) {
  if (node === box.firstChild && node.nodeType === Node.TEXT_NODE) return offset;
  const range = new Range();
  range.setStart(box, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/**
 * The selection inside a box, null when it is elsewhere.
 * @param {HTMLElement} box
 */
export function selectionIn(box) {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  return {
    start: offsetIn(box, range.startContainer, range.startOffset),
    end: offsetIn(box, range.endContainer, range.endOffset),
  };
}

/**
 * DOM place of an offset.
 * @param {HTMLElement} box
 * @param {number} offset
 * @returns {[Node, number]}
 */
function placeOf(box, offset) {
  let left = offset;
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  let last = null;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const length = /** @type {Text} */ (node).length;
    if (left <= length) return [node, left];
    left -= length;
    last = node;
  }
  return last ? [last, /** @type {Text} */ (last).length] : [box, 0];
}

/**
 * Keep the end of a selection over several boxes that lies in this one: new text would throw it to its start.
 * @param {HTMLElement} box
 * @returns {((moved: (offset: number) => number) => void) | null} called with the new text; null where none lies in it
 */
export function endsIn(box) {
  const selection = getSelection();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
  if (!selection || !anchorNode || !focusNode || selection.isCollapsed) return null;
  const isAnchor = box.contains(anchorNode);
  if (isAnchor === box.contains(focusNode)) return null;
  const offset = isAnchor ? offsetIn(box, anchorNode, anchorOffset ?? 0) : offsetIn(box, focusNode, focusOffset ?? 0);
  return (moved) => {
    const [node, at] = placeOf(box, moved(offset));
    if (isAnchor) selection.setBaseAndExtent(node, at, focusNode, focusOffset ?? 0);
    else selection.setBaseAndExtent(anchorNode, anchorOffset ?? 0, node, at);
  };
}

/** @param {HTMLElement} box @param {number} start @param {number} end */
export function rangeIn(box, start, end) {
  const range = new Range();
  range.setStart(...placeOf(box, start));
  range.setEnd(...placeOf(box, end));
  return range;
}

/** Focus a box with the caret at an offset. @param {HTMLElement} box @param {number} offset */
export function placeCaret(box, offset, end = offset) {
  box.focus({ preventScroll: true });
  const range = rangeIn(box, offset, end);
  getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/**
 * The text place under a point of the window.
 * @param {number} x
 * @param {number} y
 * @returns {{node: Node, offset: number} | null}
 */
export function placeAtPoint(x, y) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place && { node: place.offsetNode, offset: place.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/**
 * Where the caret stands in the window. @param {HTMLElement} box
 */
export const caretRectangle = (box) => rectangleAt(box, selectionIn(box)?.end ?? 0);

/**
 * Where an offset of a box's text stands in the window: at the letter behind it, since at a soft line
 * break the caret's own rectangle may be that of the line above. Falls back to the box where it is empty.
 * @param {HTMLElement} box
 * @param {number} at
 */
export function rectangleAt(box, at) {
  const length = textOf(box).length;
  const letter = at < length ? rangeIn(box, at, at + 1) : rangeIn(box, Math.max(0, length - 1), length);
  const rectangle = [...letter.getClientRects()].at(-1);
  if (length > 0 && rectangle) {
    const isRtl = getComputedStyle(box).direction === "rtl";
    const x = at < length !== isRtl ? rectangle.left : rectangle.right;
    return new DOMRect(x, rectangle.top, 0, rectangle.height);
  }
  const around = box.getBoundingClientRect();
  return new DOMRect(around.left, around.top, 0, Math.min(around.height, 24));
}

/** Put text in place of the selection, so that the browser's own undo knows it. */
export const typeText = (/** @type {string} */ text) => document.execCommand("insertText", false, text);

/** So many letters tell a place well enough. */
const TELLING = 12;

/**
 * Where a place in a text is in what became of that when it was split, joined, or typed into
 * beside the place; null where it is not in it.
 *
 * foundAgain("one two", 5, "so two") gives 4, as "wo" stands behind it
 * @param {string} text
 * @param {number} offset
 * @param {string} now
 */
export function foundAgain(text, offset, now) {
  const [before, after] = [text.slice(0, offset), text.slice(offset)];
  if (now.startsWith(before)) return offset;
  const tail = after || before.slice(-Math.min(TELLING, now.length));
  return tail && now.endsWith(tail) ? now.length - after.length : null;
}
