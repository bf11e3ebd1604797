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

/** @typedef {(name: string, listener: (event: any) => void) => void} On */

/**
 * @param {HTMLElement} element holds the boxes
 * @param {Verbs} verbs
 * @param {AbortSignal} signal
 */
export function mountTyping(element, verbs, signal) {
  /** @type {On} */
  const on = (name, listener) => element.addEventListener(name, listener, { signal });
  const structure = createStructure((held) => boxOf(document.activeElement) && typeText(held));
  const { last } = followCaret(on, verbs);
  const { isComposingIn } = readBoxes(on, verbs);
  keepInBoxes(on, verbs, structure);

  return {
    structure: structure.run,
    last,
    isComposingIn,
    /** The box with the caret and where in it, null when the focus is elsewhere. */
    caret() {
      const box = boxOf(document.activeElement);
      const selection = box && selectionIn(box);
      return box && selection ? { box, id: idOf(box), start: selection.start, offset: selection.end } : null;
    },
  };
}

/**
 * Runs changes of structure; what is typed meanwhile is put in where the caret then is.
 * @param {(held: string) => void} putIn
 */
export function createStructure(putIn) {
  /** Letters typed while the segment is being split or joined; they go in afterwards. */
  let held = "";
  let isBusy = false;

  return {
    isBusy: () => isBusy,
    hold: (/** @type {string} */ letters) => void (held += letters),
    async run(/** @type {() => Promise<unknown>} */ change) {
      isBusy = true;
      held = "";
      try {
        await change();
      } finally {
        isBusy = false;
        if (held) putIn(held);
        held = "";
      }
    },
  };
}

/** Says where the caret goes by hand, and keeps where it was. @param {On} on @param {Verbs} verbs */
function followCaret(on, verbs) {
  let last = { id: "", start: 0, offset: 0 };

  on("focusin", ({ target }) => {
    const box = boxOf(target);
    if (box) verbs.active(idOf(box));
  });
  on("focusout", ({ target }) => {
    const box = boxOf(target);
    const selection = box && selectionIn(box);
    if (box && selection) last = { id: idOf(box), start: selection.start, offset: selection.end };
  });
  on("click", (event) => {
    const box = boxOf(event.target);
    const selection = box && selectionIn(box);
    if (!box || !selection || event.detail > 1 || selection.start !== selection.end) return;
    verbs.caretMoved(idOf(box), selection.start, "click");
  });
  on("keyup", (event) => {
    const box = boxOf(event.target);
    const selection = box && selectionIn(box);
    if (box && selection && /^(Arrow|Home|End|Page)/.test(event.key)) {
      verbs.caretMoved(idOf(box), selection.start, "key");
    }
  });

  return {
    /** The selection where the focus was last in the text, as while a button has it. */
    last: () => last,
  };
}

/** Reads back what the browser put into a box. @param {On} on @param {Verbs} verbs */
function readBoxes(on, verbs) {
  /** @type {HTMLElement | null} */
  let composing = null;
  let idle = 0;

  /** Take a box's text as the person's. @param {HTMLElement} box */
  function read(box) {
    putOnOneLine(box);
    verbs.typed(idOf(box), textOf(box));
    clearTimeout(idle);
    idle = Number(setTimeout(() => composing ?? verbs.commit(idOf(box)), IDLE_MS));
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
  on("focusout", ({ target }) => {
    const box = boxOf(target);
    if (box && !composing) verbs.commit(idOf(box));
  });

  return { isComposingIn: (/** @type {Element} */ box) => composing === box };
}

/** Take line breaks out of a box; the caret stays where it is. @param {HTMLElement} box */
function putOnOneLine(box) {
  const text = textOf(box);
  if (!/[\r\n\u2028\u2029]/.test(text)) return;
  const caret = selectionIn(box)?.end ?? text.length;
  const before = onOneLine(text.slice(0, caret));
  box.textContent = before + onOneLine(text.slice(caret));
  placeCaret(box, before.length);
}

/**
 * Stops what would leave a box or put structure into it, and makes it a verb.
 * @param {On} on
 * @param {Verbs} verbs
 * @param {ReturnType<typeof createStructure>} structure
 */
function keepInBoxes(on, verbs, structure) {
  on("beforeinput", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing) return;
    if (structure.isBusy()) {
      if (event.inputType === "insertText") structure.hold(event.data ?? "");
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
    structure.run(() => verbs.merge(idOf(box), edge));
  });

  on("paste", (event) => {
    if (!boxOf(event.target)) return;
    event.preventDefault();
    if (!structure.isBusy()) typeText(onOneLine(event.clipboardData?.getData("text/plain") ?? ""));
  });

  on("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    // An emptied box gives no beforeinput for Backspace, so its edge is handled here.
    if (event.key === "Backspace" && textOf(box) === "" && !structure.isBusy()) {
      event.preventDefault();
      return void structure.run(() => verbs.merge(idOf(box), "start"));
    }
    const step = event.shiftKey ? null : stepOverEdge(event.key, box);
    if (!step) return;
    event.preventDefault();
    verbs.step(idOf(box), ...step);
  });
}
