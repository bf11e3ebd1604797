/**
 * Turns what a person does in the text boxes into verbs. Boxes are input devices: plain typing is
 * left to the browser and read back; whatever would leave a box or put structure into it (Enter,
 * pasted lines, deletion over an edge) is stopped here and becomes a verb.
 *
 * @typedef {{typed(id: string, text: string): void, commit(id: string): void,
 *   commitAll(): void, leave(id: string): void, showNews(): void, begin(id: string): void, shownText(id: string): string,
 *   merge(id: string, at: "start" | "end"): Promise<unknown>, step(id: string, by: -1 | 1,
 *   place: "start" | "end" | "same"): void, caretMoved(id: string, offset: number,
 *   how: "click" | "key"): void, active(id: string): void} &
 *   import("./across.js").AcrossVerbs} Verbs
 *   `showNews` shows at once what has come meanwhile, so that what is typed next is typed on it;
 *   `begin` says that what is shown now is what will be typed on
 */

import { mountAcross } from "./across.js";
import { deletedEdge, stepOverEdge } from "./box-edges.js";
import { boxOf, placeCaret, selectionIn, textOf, typeText } from "./caret.js";
import { keepClipboard, onOneLine } from "./clipboard.js";
import { isComposing } from "../shared/dom.js";
import { eraseIn, holdClicks, isForBox, pressAgain } from "./replay.js";
import { createTypeAhead } from "./type-ahead.js";

const IDLE_MS = 600;
/** @type {Record<string, string>} */
const DELETING = { Backspace: "deleteContentBackward", Delete: "deleteContentForward" };

/** @param {HTMLElement} box */
export const idOf = (box) => /** @type {HTMLElement} */ (box.parentElement).dataset.id ?? "";

/** @typedef {(name: string, listener: (event: any) => void) => void} On */
/** @typedef {ReturnType<typeof createTypeAhead>} TypeAhead */

/**
 * @param {HTMLElement} element holds the boxes
 * @param {Verbs} verbs
 * @param {AbortSignal} signal
 * @param {() => void} onRest all changes that were asked for are made
 */
export function mountTyping(element, verbs, signal, onRest) {
  /** @type {On} */
  const on = (name, listener) => element.addEventListener(name, listener, { signal });
  const ahead = createTypeAhead(onRest);
  // Before all else that listens to keys: what is selected over several boxes is its own matter.
  const across = mountAcross(element, verbs, ahead, signal);
  const { last } = followCaret(on, verbs);
  const input = createInput(verbs, ahead, last, across);
  const { isComposingIn, composed } = readBoxes(on, verbs, ahead, input);
  const isWritten = (/** @type {Element} */ box) => isComposingIn(box) || across.isComposingIn(box);
  keepInBoxes(on, verbs, ahead, input);
  holdClicks(ahead, signal);

  return {
    structure: ahead.run,
    inTurn: ahead.inTurn,
    last,
    isComposingIn: isWritten,
    composed,
    isAnyHeld: ahead.isAnyHeld,
    isWorking: ahead.isWorking,
    across,
    /**
     * Hold a key in the text back while the structure is being changed; whether it was.
     * @param {KeyboardEvent} event
     * @param {string | null} action what it means to the page
     */
    holds(event, action) {
      if (!ahead.isHolding() || !boxOf(event.target) || !(action || isForBox(event))) return false;
      ahead.hold(() => pressAgain(event, input.erase), action === "undo");
      return true;
    },
    /** The box with the caret and where in it, null when the focus is elsewhere. */
    caret() {
      const box = boxOf(document.activeElement);
      const selection = box && selectionIn(box);
      return box && selection ? { box, id: idOf(box), start: selection.start, offset: selection.end } : null;
    },
  };
}

/**
 * Puts text in and takes it out where the caret is: now, or in its turn.
 * @param {Verbs} verbs
 * @param {TypeAhead} ahead
 * @param {() => {id: string, start: number, offset: number}} last
 * @param {ReturnType<typeof mountAcross>} across
 */
function createInput(verbs, ahead, last, across) {
  const erase = (/** @type {HTMLElement} */ box, /** @type {string} */ inputType) =>
    eraseIn(box, inputType, (edge) => void ahead.run(() => verbs.merge(idOf(box), edge)));

  function put(/** @type {string} */ text) {
    verbs.showNews();
    if (across.replaceSelected(text)) return;
    if (document.activeElement?.matches(".box, input, textarea")) return void typeText(text);
    // Nothing takes letters there; they still go where the caret was.
    const { id, start, offset } = last();
    const before = verbs.shownText(id);
    verbs.typed(id, before.slice(0, start) + text + before.slice(offset));
    verbs.commit(id);
  }

  const putInTurn = (/** @type {string} */ text) => (ahead.isHolding() ? ahead.hold(() => put(text)) : put(text));
  return { erase, put, putInTurn, isAcross: across.isAcross };
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

/**
 * Reads back what the browser put into a box.
 * @param {On} on
 * @param {Verbs} verbs
 * @param {TypeAhead} ahead
 * @param {ReturnType<typeof createInput>} input
 */
function readBoxes(on, verbs, ahead, input) {
  /** @type {HTMLElement | null} */
  let composing = null;
  let idle = 0;
  /** @type {(() => void)[]} */
  let waiting = [];

  /** Take a box's text as the person's. @param {HTMLElement} box */
  function read(box) {
    putOnOneLine(box);
    // Browsers leave a line break in an emptied box.
    if (textOf(box) === "" && box.firstChild) box.replaceChildren();
    verbs.typed(idOf(box), textOf(box));
    clearTimeout(idle);
    // Not this box alone: others remove one under the caret, and not all browsers tell of it.
    idle = Number(setTimeout(() => composing ?? verbs.commitAll(), IDLE_MS));
  }

  function endComposing() {
    composing = null;
    waiting.forEach((go) => go());
    waiting = [];
  }

  on("compositionstart", ({ target }) => {
    composing = boxOf(target);
    if (composing && !ahead.isHolding()) verbs.begin(idOf(composing));
  });
  on("compositionend", ({ target, data }) => {
    const box = boxOf(target);
    if (box && ahead.isHolding()) {
      // It was written into a text that is being split or joined.
      box.textContent = verbs.shownText(idOf(box));
      input.putInTurn(data);
    } else if (box) read(box);
    endComposing();
  });
  on("input", (event) => {
    const box = boxOf(event.target);
    if (box && !event.isComposing && !composing) read(box);
  });
  on("focusout", ({ target }) => {
    const box = boxOf(target);
    if (composing) endComposing();
    // It still has the focus where the person only looks at another window.
    if (box) (box === document.activeElement ? verbs.commit : verbs.leave)(idOf(box));
  });

  return {
    isComposingIn: (/** @type {Element} */ box) => composing === box,
    /** No word is being composed: then the caret may be put elsewhere. */
    composed: () => new Promise((resolve) => (composing ? waiting.push(() => resolve(undefined)) : resolve(undefined))),
  };
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
 * Stops what would leave a box or put structure into it, and makes it a verb; while the structure
 * is being changed, all of it waits.
 * @param {On} on
 * @param {Verbs} verbs
 * @param {TypeAhead} ahead
 * @param {ReturnType<typeof createInput>} input
 */
function keepInBoxes(on, verbs, ahead, input) {
  /** What is held of an event of the browser's. @param {InputEvent} event @param {HTMLElement} box */
  function hold({ inputType, data, dataTransfer }, box) {
    const there = () => boxOf(document.activeElement) ?? box;
    if (inputType.startsWith("delete")) return ahead.hold(() => input.erase(there(), inputType));
    const text = data ?? dataTransfer?.getData("text/plain");
    if (inputType.startsWith("insert") && text) input.putInTurn(onOneLine(text));
  }

  on("beforeinput", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing) return;
    if (/^history(Undo|Redo)$/.test(event.inputType)) {
      event.preventDefault();
      return event.inputType === "historyUndo" ? verbs.undo() : verbs.redo();
    }
    if (event.inputType.startsWith("format") || /^insert(Paragraph|LineBreak)$/.test(event.inputType)) {
      return event.preventDefault();
    }
    if (ahead.isHolding()) {
      event.preventDefault();
      return hold(event, box);
    }
    verbs.showNews();
    if (!deletedEdge(event.inputType, box)) return;
    event.preventDefault();
    input.erase(box, event.inputType);
  });

  keepClipboard(on, ahead, input);

  on("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || ahead.isHolding() || isComposing(event)) return;
    verbs.showNews();
    // Where there is nothing to delete in the box, some browsers give no beforeinput.
    const edge = event.altKey || event.shiftKey ? null : deletedEdge(DELETING[event.key] ?? "", box);
    if (edge) {
      event.preventDefault();
      return void ahead.run(() => verbs.merge(idOf(box), edge));
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? null : stepOverEdge(event.key, box);
    if (!step) return;
    event.preventDefault();
    verbs.step(idOf(box), ...step);
  });
}
