/**
 * Selecting over several segments. Each box is edited by itself, and browsers let no selection leave
 * what is edited; so all boxes are edited as one as long as such a selection lasts. It is the browser's
 * own: shown and read aloud as any, and input methods write over it. What is typed replaces it as one step.
 *
 * @typedef {{id: string, offset: number}} Place
 * @typedef {{id: string, start: number, end: number}} Part what is selected of a segment's text
 * @typedef {{boxOf(id: string): HTMLElement | null, between(from: string, to: string): string[],
 *   beside(id: string, by: -1 | 1): string | null, edge(by: -1 | 1): string | undefined,
 *   replaceAcross(parts: readonly Part[], text: string): Promise<unknown>,
 *   showNews(): void, undo(): void, redo(): void}} AcrossVerbs
 *   between: the segments that are shown from one to another, in their order; edge: the first (-1) or last shown
 */

import { mountAcrossInput } from "./across-input.js";
import { isFromRight, leadsOn, offsetBeside } from "./box-edges.js";
import { boxOf, offsetIn, placeAtPoint, placeCaret, rangeIn, rectangleAt, selectionIn, textOf } from "./caret.js";
import { isComposing, isMac } from "../shared/dom.js";

const idOf = (/** @type {Element} */ box) => /** @type {HTMLElement} */ (box.closest(".segment"))?.dataset.id ?? "";

/**
 * @param {HTMLElement} element holds the boxes
 * @param {AcrossVerbs} verbs
 * @param {ReturnType<typeof import("./type-ahead.js").createTypeAhead>} ahead
 * @param {AbortSignal} signal
 */
export function mountAcross(element, verbs, ahead, signal) {
  const on = (
    /** @type {EventTarget} */ target,
    /** @type {string} */ name,
    /** @type {(event: any) => void} */ listener,
  ) => target.addEventListener(name, listener, { signal });
  const joined = createJoined(element);
  /** The box in which the button of the mouse went down. @type {HTMLElement | null} */
  let down = null;
  /** What was selected over segments last, for buttons that took the focus. @type {Part[] | null} */
  let held = null;

  /** The place in a text of one in the page; beside the text of a row, its nearer end. @returns {Place | null} */
  function placeOf(/** @type {Node | null} */ node, /** @type {number} */ offset) {
    const row = (node instanceof Element ? node : node?.parentElement)?.closest(".segment");
    const box = /** @type {HTMLElement | null | undefined} */ (row?.querySelector(".box"));
    if (!node || !box || !element.contains(box)) return null;
    if (box.contains(node)) return { id: idOf(box), offset: offsetIn(box, node, offset) };
    const range = new Range();
    range.setStart(node, offset);
    return { id: idOf(box), offset: range.comparePoint(box, 0) > 0 ? 0 : textOf(box).length };
  }
  function bounds() {
    const selection = getSelection();
    if (!selection) return null;
    const anchor = placeOf(selection.anchorNode, selection.anchorOffset);
    const head = placeOf(selection.focusNode, selection.focusOffset);
    return anchor && head && { anchor, head };
  }
  const across = () => {
    const found = bounds();
    return found && found.anchor.id !== found.head.id ? found : null;
  };

  /** The parts of segments that are selected now; null where the selection is within one. */
  function parts() {
    const found = across();
    if (!found) return null;
    const ids = verbs.between(found.anchor.id, found.head.id);
    const [first, last] = ids[0] === found.anchor.id ? [found.anchor, found.head] : [found.head, found.anchor];
    return ids.map((id) => ({
      id,
      start: id === first.id ? first.offset : 0,
      end: id === last.id ? last.offset : textOf(/** @type {HTMLElement} */ (verbs.boxOf(id))).length,
    }));
  }

  function select(/** @type {Place} */ anchor, /** @type {Place} */ head) {
    const [from, to] = [verbs.boxOf(anchor.id), verbs.boxOf(head.id)];
    if (!from || !to) return;
    joined.set(from !== to || down !== null ? [from, to] : []);
    const [base, end] = [rangeIn(from, anchor.offset, anchor.offset), rangeIn(to, head.offset, head.offset)];
    getSelection()?.setBaseAndExtent(base.startContainer, base.startOffset, end.startContainer, end.startOffset);
    if (!down) focusHead();
  }
  /** Keys and commands look for a box that has the focus, and browsers give it to what is edited as one. */
  function focusHead() {
    const found = bounds();
    if (!found || !joined.isWhole()) return;
    verbs.boxOf(found.head.id)?.focus({ preventScroll: true });
    if (across()) return;
    // WebKit puts the caret where the focus goes.
    joined.giveUp();
    select(found.anchor, found.head);
  }
  /** Put the caret at an end of what is selected. */
  function collapse(/** @type {readonly Part[]} */ selected, /** @type {-1 | 1} */ by) {
    const part = selected[by < 0 ? 0 : selected.length - 1];
    const box = verbs.boxOf(part.id);
    joined.set([]);
    if (box) placeCaret(box, by < 0 ? part.start : part.end);
  }
  function replace(/** @type {readonly Part[]} */ selected, /** @type {string} */ text) {
    collapse(selected, -1);
    void ahead.run(() => verbs.replaceAcross(selected, text));
  }

  const input = mountAcrossInput((name, listener) => on(element, name, listener), {
    parts,
    boxOf: verbs.boxOf,
    replace,
    undo: verbs.undo,
    redo: verbs.redo,
    selectAgain(selected) {
      const [first, last] = [selected[0], selected[selected.length - 1]];
      select({ id: first.id, offset: first.start }, { id: last.id, offset: last.end });
    },
  });

  /** Where Shift with a key leads; null where that stays within the box. @returns {Place | null} */
  function reached(/** @type {KeyboardEvent} */ { key, ctrlKey, metaKey }, /** @type {Place} */ { id, offset }) {
    const box = verbs.boxOf(id);
    if (!box) return null;
    const length = textOf(box).length;
    const toEdge = { Home: -1, End: 1, ...(isMac() && { ArrowUp: -1, ArrowDown: 1 }) }[key];
    if (toEdge && (ctrlKey || metaKey)) return endOf(verbs.edge(/** @type {-1 | 1} */ (toEdge)), toEdge > 0);
    if (key === "ArrowUp" || key === "ArrowDown") {
      const [by, caret, around] = [key === "ArrowUp" ? -1 : 1, rectangleAt(box, offset), box.getBoundingClientRect()];
      const isWithin = by < 0 ? caret.top - around.top >= caret.height : around.bottom - caret.bottom >= caret.height;
      const other = isWithin ? null : verbs.beside(id, /** @type {-1 | 1} */ (by));
      const there = other && verbs.boxOf(other);
      return there ? { id: other, offset: offsetBeside(there, caret.left, /** @type {-1 | 1} */ (by)) } : null;
    }
    if (key === "Home" || key === "End") return null;
    const isForward = leadsOn(key, isFromRight(box));
    if (offset !== (isForward ? length : 0)) return null;
    return endOf(verbs.beside(id, isForward ? 1 : -1), !isForward);
  }
  function endOf(/** @type {string | null | undefined} */ id, /** @type {boolean} */ isEnd) {
    const box = id ? verbs.boxOf(id) : null;
    return id && box ? { id, offset: isEnd ? textOf(box).length : 0 } : null;
  }

  /** Draw the selection out or in by a key; whether that was done here. */
  function extend(/** @type {KeyboardEvent} */ event) {
    const found = bounds();
    if (!found) return false;
    const head = reached(event, found.head);
    const isAcross = found.anchor.id !== found.head.id;
    if (!head && !isAcross) return false;
    select(found.anchor, head ?? withinBox(event, found.head));
    verbs.boxOf((head ?? found.head).id)?.scrollIntoView({ block: "nearest" });
    return true;
  }
  /** Where a key leads within a box that is not edited by itself now. */
  function withinBox(/** @type {KeyboardEvent} */ { key, ctrlKey, altKey }, /** @type {Place} */ before) {
    const box = verbs.boxOf(before.id);
    const isForward = leadsOn(key, box !== null && isFromRight(box));
    const byWord = (isMac() ? altKey : ctrlKey) ? "word" : "character";
    const by = /^(Home|End)$/.test(key) ? "lineboundary" : /Up|Down/.test(key) ? "line" : byWord;
    const way = { ArrowLeft: "left", ArrowRight: "right" }[key] ?? (isForward ? "forward" : "backward");
    getSelection()?.modify("extend", way, by);
    const now = bounds()?.head;
    return (now?.id === before.id ? now : endOf(before.id, isForward)) ?? before;
  }

  /** What a key does to a selection over segments; whether it does anything. */
  function press(/** @type {KeyboardEvent} */ event, /** @type {Part[]} */ selected, /** @type {HTMLElement} */ box) {
    const { key, ctrlKey, metaKey, altKey } = event;
    const isSigned = event.getModifierState?.("AltGraph");
    const isPlain = isSigned || !(ctrlKey || metaKey || altKey);
    const isCut = key === "Delete" ? event.shiftKey && !isMac() : (ctrlKey || metaKey) && key.toLowerCase() === "x";
    if (isCut) {
      // By the listener of copying, since what is not edited cannot be cut.
      document.execCommand("copy");
      replace(selected, "");
    } else if (key === "Backspace" || key === "Delete") replace(selected, "");
    else if (isPlain && [...key].length === 1) replace(selected, key);
    else if (key === "Escape") collapse(selected, 1);
    else if (isPlain && /^Arrow/.test(key)) collapse(selected, leadsOn(key, isFromRight(box)) ? 1 : -1);
    else return false;
    return true;
  }

  on(element, "keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || ahead.isHolding() || isComposing(event)) return;
    // What is selected is counted in the text as it is, not as it was drawn last.
    verbs.showNews();
    const isMoving = /^(Arrow|Home$|End$)/.test(event.key);
    const selected = parts();
    const isDone = selected ? !(event.shiftKey && isMoving) && press(event, selected, box) : selectAll(event, box);
    if (!isDone && !(event.shiftKey && isMoving && !isCommand(event) && extend(event))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  /** The whole text, where a box is selected whole already. */
  function selectAll(/** @type {KeyboardEvent} */ { key, ctrlKey, metaKey, altKey }, /** @type {HTMLElement} */ box) {
    const inBox = key.toLowerCase() === "a" && (ctrlKey || metaKey) && !altKey ? selectionIn(box) : null;
    if (!inBox || inBox.start > 0 || inBox.end < textOf(box).length) return false;
    const [first, last] = [endOf(verbs.edge(-1), false), endOf(verbs.edge(1), true)];
    if (!first || !last || first.id === last.id) return false;
    select(first, last);
    return true;
  }

  on(element, "mousedown", (event) => {
    if (event.button !== 0) return;
    const box = boxOf(event.target);
    const from = event.shiftKey && box ? bounds()?.anchor : null;
    if (box && from && from.id !== idOf(box)) {
      event.preventDefault();
      return select(from, pointIn(box, event));
    }
    joined.set([]);
    down = box;
  });
  on(document, "mousemove", (event) => {
    if (down && !(event.buttons & 1)) down = null;
    if (!down) return;
    const row = document.elementFromPoint(event.clientX, event.clientY)?.closest(".segment");
    const box = /** @type {HTMLElement | null | undefined} */ (row?.querySelector(".box"));
    const from = box && element.contains(box) && (box !== down || joined.isSet()) ? bounds()?.anchor : null;
    if (box && from) select(from, pointIn(box, event));
  });
  on(document, "mouseup", () => {
    down = null;
    settle();
  });
  on(element, "dragstart", (event) => across() && event.preventDefault());
  on(document, "selectionchange", settle);
  function settle() {
    if (down || input.isComposing()) return;
    const selected = parts();
    if (!selected) joined.set([]);
    else if (document.activeElement === element) focusHead();
    if (selected || bounds()) held = selected;
  }

  return {
    isComposingIn: input.isComposingIn,
    /** What is selected over several segments; null where the selection is within one. */
    parts,
    /** The same, also where a button took the focus since. */
    lastParts: () => parts() ?? held?.filter(({ id }) => verbs.boxOf(id)) ?? null,
    isAcross: () => across() !== null,
    /** Put a text in place of what is selected over several segments; whether there was such. */
    replaceSelected(/** @type {string} */ text) {
      const selected = parts();
      if (selected) replace(selected, text);
      return selected !== null;
    },
  };
}

/** Shift and Alt choose whole segments, and move words. @param {KeyboardEvent} event */
const isCommand = ({ altKey, ctrlKey }) => altKey && !(isMac() && !ctrlKey);

/**
 * All boxes edited as one, or, where a browser cannot have that, some of them not edited for a while.
 * @param {HTMLElement} element holds them
 */
function createJoined(element) {
  let canBeWhole = true;
  /** @type {Set<HTMLElement>} */
  let ends = new Set();
  function edit(/** @type {HTMLElement} */ one, /** @type {string} */ how) {
    if (one.contentEditable !== how) one.contentEditable = how;
  }
  /** Let a selection go from one of these boxes to the other; none of them: each box is edited by itself. */
  function set(/** @type {HTMLElement[]} */ boxes) {
    const before = ends;
    ends = new Set(boxes);
    if (canBeWhole && before.size > 0 !== ends.size > 0) {
      edit(element, ends.size > 0 ? "plaintext-only" : "inherit");
      // Chromium gives the focus to what was edited until the styles are read.
      void element.offsetHeight;
    }
    if (canBeWhole) return;
    for (const box of before) if (!ends.has(box)) edit(box, "plaintext-only");
    for (const box of ends) edit(box, "false");
  }
  return {
    set,
    isSet: () => ends.size > 0,
    isWhole: () => canBeWhole && ends.size > 0,
    giveUp() {
      set([]);
      canBeWhole = false;
    },
  };
}

/** The place in a box that is nearest to the pointer. @param {HTMLElement} box @param {MouseEvent} event @returns {Place} */
function pointIn(box, { clientX, clientY }) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const within = (/** @type {number} */ at, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.min(Math.max(at, low + 1), high - 1);
  const place = placeAtPoint(within(clientX, left, right), within(clientY, top, bottom));
  const isInside = place && box.contains(place.node);
  return { id: idOf(box), offset: isInside ? offsetIn(box, place.node, place.offset) : textOf(box).length };
}
