/**
 * Keys and clicks that were held back are done again. What the page's own listeners leave of a key
 * is done as the browser would have done it.
 */

import { deletedEdge } from "./box-edges.js";
import { foundAgain, placeCaret, selectionIn, textOf } from "./caret.js";
import { isInField, isMac } from "../shared/dom.js";

/**
 * @typedef {{key: string, code: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} Press
 */

const isChooseAll = (/** @type {Press} */ { key, ctrlKey, metaKey }) =>
  (ctrlKey || metaKey) && key.toLowerCase() === "a";

/** Whether a key moves the caret, selects or deletes, and does so by itself in a text box. @param {Press} press */
export const isForBox = (press) =>
  /^(Arrow|Home$|End$|Page|Backspace$|Delete$|Enter$)/.test(press.key) || isChooseAll(press);

/**
 * @param {Press} press
 * @param {(box: HTMLElement, inputType: string) => void} erase
 */
export function pressAgain(press, erase) {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = press;
  const focus = document.activeElement;
  const event = new KeyboardEvent("keydown", {
    key,
    code,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
    bubbles: true,
    cancelable: true,
  });
  const isLeftToBrowser = focus?.dispatchEvent(event);
  const box = /** @type {HTMLElement | null | undefined} */ (focus?.closest(".box"));
  if (!isLeftToBrowser || !box) return;
  const deletion = deletionOf(press);
  if (deletion) erase(box, deletion);
  else if (isChooseAll(press)) getSelection()?.selectAllChildren(box);
  else moveCaret(press);
}

const isByWord = (/** @type {Press} */ { ctrlKey, altKey }) => (isMac() ? altKey : ctrlKey);

/** As the browser names it; null where a key deletes nothing. @param {Press} press */
function deletionOf(press) {
  const types = {
    Backspace: ["deleteContentBackward", "deleteWordBackward"],
    Delete: ["deleteContentForward", "deleteWordForward"],
  }[press.key];
  return types?.[Number(isByWord(press))] ?? null;
}

/** @param {Press} press */
function moveCaret(press) {
  const move = /** @type {Record<string, [string, string]>} */ ({
    ArrowLeft: ["left", isByWord(press) ? "word" : "character"],
    ArrowRight: ["right", isByWord(press) ? "word" : "character"],
    ArrowUp: ["backward", "line"],
    ArrowDown: ["forward", "line"],
    Home: ["backward", "lineboundary"],
    End: ["forward", "lineboundary"],
  })[press.key];
  if (!move) return;
  const [way, by] = press.metaKey ? [move[0], "lineboundary"] : move;
  getSelection()?.modify(press.shiftKey ? "extend" : "move", way, by);
}

/**
 * Delete as a key does, within a box; at its edge it is joined with its neighbour.
 * @param {HTMLElement} box
 * @param {string} inputType as the browser names it
 * @param {(edge: "start" | "end") => void} join
 */
export function eraseIn(box, inputType, join) {
  const edge = deletedEdge(inputType, box);
  if (edge) return join(edge);
  const way = inputType.endsWith("Backward") ? "backward" : "forward";
  const selection = selectionIn(box);
  const isCaret = selection && selection.start === selection.end;
  if (isCaret && inputType.includes("Word")) getSelection()?.modify("extend", way, "word");
  else if (isCaret && inputType.includes("Line")) getSelection()?.modify("extend", way, "lineboundary");
  document.execCommand(way === "backward" ? "delete" : "forwardDelete");
}

/** @typedef {ReturnType<typeof import("../text/type-ahead.js").createTypeAhead>} TypeAhead */

/**
 * Where the caret or the focus is put by the mouse while the structure is being changed, it is
 * after that, too.
 * @param {TypeAhead} ahead
 * @param {AbortSignal} signal
 */
export function holdClicks(ahead, signal) {
  document.addEventListener(
    "click",
    () => {
      const focus = /** @type {HTMLElement | null} */ (document.activeElement);
      const box = /** @type {HTMLElement | null | undefined} */ (focus?.closest(".box"));
      const selection = box && selectionIn(box);
      if (!ahead.isHolding() || !focus) return;
      if (box && selection) holdPlace(ahead, box, selection);
      else ahead.hold(() => isInField() || focus.focus());
    },
    { signal, capture: true },
  );
}

/**
 * Put the caret back in its turn, into the box or what became of it.
 * @param {TypeAhead} ahead
 * @param {HTMLElement} box
 * @param {{start: number, end: number}} selection
 */
function holdPlace(ahead, box, { start, end }) {
  const text = textOf(box);
  const beside = (/** @type {number} */ by) => {
    const boxes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".box"))];
    return boxes[boxes.indexOf(box) + by] ?? box;
  };
  const above = beside(-1);
  ahead.hold(() => {
    if (isInField()) return;
    for (const one of box.isConnected ? [box, beside(1)] : [above]) {
      const [from, to] = [start, end].map((offset) => foundAgain(text, offset, textOf(one)));
      if (from !== null && to !== null) return placeCaret(one, from, to);
    }
    if (box.isConnected) placeCaret(box, Math.min(start, textOf(box).length));
  });
}
