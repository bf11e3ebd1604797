/**
 * What browsers put in place of a selection over several segments by themselves: what an input method
 * composes, and what comes without a key, as from the keyboard of a phone. It becomes one step, too.
 */

import { rangeIn, textOf } from "./caret.js";
import { onOneLine } from "./clipboard.js";

/**
 * @typedef {import("./across.js").Part} Part
 * @param {(name: string, listener: (event: any) => void) => void} on
 * @param {{parts(): Part[] | null, boxOf(id: string): HTMLElement | null, selectAgain(parts: readonly Part[]): void,
 *   replace(parts: readonly Part[], text: string): void, undo(): void, redo(): void}} means
 */
export function mountAcrossInput(on, { parts, boxOf, selectAgain, replace, undo, redo }) {
  /** What is being written over, and the box that shows it meanwhile. @type {{selected: Part[], box: HTMLElement, before: string} | null} */
  let composing = null;

  on("compositionstart", (event) => {
    const selected = parts();
    const box = selected && boxOf(selected[0].id);
    if (!box) return;
    event.stopImmediatePropagation();
    composing = { selected, box, before: textOf(box) };
    // The browser writes where the selection is, and would write over rows.
    const { startContainer, startOffset, endContainer, endOffset } = rangeIn(box, selected[0].start, selected[0].end);
    getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  });
  on("compositionend", (event) => {
    if (!composing) return;
    event.stopImmediatePropagation();
    const { selected, box, before } = composing;
    composing = null;
    box.textContent = before;
    if (event.data) replace(selected, onOneLine(event.data));
    else selectAgain(selected);
  });
  on("beforeinput", (event) => {
    const { inputType, data, dataTransfer } = event;
    // A line that was taken away while something was composed in it ends that without a word.
    if (composing && !composing.box.isConnected) composing = null;
    if (composing) return event.stopImmediatePropagation();
    const selected = parts();
    if (!selected || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (inputType === "historyUndo") return undo();
    if (inputType === "historyRedo") return redo();
    const text = onOneLine(data ?? dataTransfer?.getData("text/plain") ?? "");
    if (inputType.startsWith("delete") || (inputType.startsWith("insert") && text)) replace(selected, text);
  });
  on("input", (event) => composing && event.stopImmediatePropagation());

  return {
    isComposing: () => composing !== null,
    isComposingIn: (/** @type {Element} */ box) => composing?.box === box,
  };
}
