/**
 * Turns what a person does in the text boxes into verbs. Boxes are input devices: plain typing is
 * left to the browser and read back; whatever would leave a box or put structure into it (Enter,
 * pasted lines, deletion over an edge) is stopped here and becomes a verb.
 *
 * @typedef {{typed(id: string, text: string): void, commit(id: string): void,
 *   merge(id: string, at: "start" | "end"): Promise<unknown>, step(id: string, by: -1 | 1,
 *   place: "start" | "end" | "same"): void, caretMoved(id: string, offset: number,
 *   how: "click" | "key"): void, active(id: string): void, undo(): void, redo(): void,
 *   hasUncommitted(id: string): boolean}} Verbs
 */

import { deletedEdge, stepOverEdge } from "./box-edges.js";
import { placeCaret, selectionIn, textOf, typeText } from "./caret.js";

const IDLE_MS = 600;

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
const boxOf = (target) => (target instanceof Element ? target.closest(".box") : null);

/** @param {HTMLElement} box */
export const idOf = (box) => /** @type {HTMLElement} */ (box.parentElement).dataset.id ?? "";

/** Line breaks have no place in a segment. @param {string} text */
export const onOneLine = (text) => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " ");

/**
 * @param {HTMLElement} element holds the boxes
 * @param {Verbs} verbs
 * @param {AbortSignal} signal
 */
export function mountTyping(element, verbs, signal) {
  /** @type {HTMLElement | null} */
  let composing = null;
  /** Letters typed while the segment is being split or joined; they go in afterwards. */
  let held = "";
  let isBusy = false;
  let idle = 0;
  let last = { id: "", start: 0, offset: 0 };
  const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ listener) =>
    element.addEventListener(name, listener, { signal });

  /** Take a box's text as the person's. @param {HTMLElement} box */
  function read(box) {
    const text = textOf(box);
    if (/[\r\n\u2028\u2029]/.test(text)) {
      const caret = selectionIn(box)?.end ?? text.length;
      const before = onOneLine(text.slice(0, caret));
      box.textContent = before + onOneLine(text.slice(caret));
      placeCaret(box, before.length);
    }
    verbs.typed(idOf(box), textOf(box));
    clearTimeout(idle);
    idle = Number(setTimeout(() => composing ?? verbs.commit(idOf(box)), IDLE_MS));
  }

  /** Run a change of structure; what is typed meanwhile is put in where the caret then is. */
  async function structure(/** @type {() => Promise<unknown>} */ run) {
    isBusy = true;
    held = "";
    try {
      await run();
    } finally {
      isBusy = false;
      if (held && boxOf(document.activeElement)) typeText(held);
      held = "";
    }
  }

  on("compositionstart", ({ target }) => (composing = boxOf(target)));
  on("compositionend", ({ target }) => {
    composing = null;
    const box = boxOf(target);
    if (box) read(box);
  });
  on("input", (event) => {
    const box = boxOf(event.target);
    if (box && !event.isComposing && !composing) read(box);
  });

  on("beforeinput", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing) return;
    if (isBusy) {
      if (event.inputType === "insertText") held += event.data ?? "";
      return event.preventDefault();
    }
    if (event.inputType.startsWith("format") || /^insert(Paragraph|LineBreak)$/.test(event.inputType)) {
      return event.preventDefault();
    }
    if (/^history(Undo|Redo)$/.test(event.inputType) && !verbs.hasUncommitted(idOf(box))) {
      event.preventDefault();
      event.inputType === "historyUndo" ? verbs.undo() : verbs.redo();
    }
    const edge = deletedEdge(event.inputType, box);
    if (!edge) return;
    event.preventDefault();
    structure(() => verbs.merge(idOf(box), edge));
  });

  on("paste", (event) => {
    if (!boxOf(event.target)) return;
    event.preventDefault();
    if (!isBusy) typeText(onOneLine(event.clipboardData?.getData("text/plain") ?? ""));
  });

  on("focusin", ({ target }) => {
    const box = boxOf(target);
    if (box) verbs.active(idOf(box));
  });
  on("focusout", ({ target }) => {
    const box = boxOf(target);
    const selection = box && selectionIn(box);
    if (box && selection) last = { id: idOf(box), start: selection.start, offset: selection.end };
    if (box && !composing) verbs.commit(idOf(box));
  });

  on("click", (event) => {
    const box = boxOf(event.target);
    const selection = box && selectionIn(box);
    if (!box || !selection || event.detail > 1 || selection.start !== selection.end) return;
    verbs.caretMoved(idOf(box), selection.start, "click");
  });

  on("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    // An emptied box gives no beforeinput for Backspace, so its edge is handled here.
    if (event.key === "Backspace" && textOf(box) === "" && !isBusy) {
      event.preventDefault();
      return void structure(() => verbs.merge(idOf(box), "start"));
    }
    const step = event.shiftKey ? null : stepOverEdge(event.key, box);
    if (!step) return;
    event.preventDefault();
    verbs.step(idOf(box), ...step);
  });
  on("keyup", (event) => {
    const box = boxOf(event.target);
    const selection = box && selectionIn(box);
    if (box && selection && /^(Arrow|Home|End|Page)/.test(event.key)) {
      verbs.caretMoved(idOf(box), selection.start, "key");
    }
  });

  return {
    structure,
    /** The selection where the focus was last in the text, as while a button has it. */
    last: () => last,
    isComposingIn: (/** @type {Element} */ box) => composing === box,
    /** The box with the caret and where in it, null when the focus is elsewhere. */
    caret() {
      const box = boxOf(document.activeElement);
      const selection = box && selectionIn(box);
      return box && selection ? { box, id: idOf(box), start: selection.start, offset: selection.end } : null;
    },
  };
}
