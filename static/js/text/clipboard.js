/**
 * Cutting, copying and pasting in the text. While the structure is being changed they happen in
 * their turn: what is cut then is not yet in the clipboard when it is pasted.
 */

import { boxOf } from "./caret.js";

/** Line breaks have no place in a segment. @param {string} text */
export const onOneLine = (text) => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " ");

/**
 * @param {(name: string, listener: (event: any) => void) => void} on
 * @param {ReturnType<typeof import("./type-ahead.js").createTypeAhead>} ahead
 * @param {{isAcross(): boolean, put(text: string): void, putInTurn(text: string): void,
 *   erase(box: HTMLElement, inputType: string): void}} input
 */
export function keepClipboard(on, ahead, input) {
  /** @type {{text: string} | null} */
  let held = null;

  on("paste", (event) => {
    if (!boxOf(event.target)) return;
    event.preventDefault();
    const taken = ahead.isHolding() ? held : null;
    // A picture is no text, and takes nothing away.
    const text = onOneLine(event.clipboardData?.getData("text/plain") ?? "");
    if (taken) ahead.hold(() => input.put(taken.text));
    else if (text) input.putInTurn(text);
  });

  for (const name of ["cut", "copy"]) {
    on(name, (event) => {
      const isHolding = ahead.isHolding();
      const box = boxOf(event.target);
      if (name === "cut" && !isHolding && input.isAcross()) {
        event.preventDefault();
        document.execCommand("copy");
        return input.put("");
      }
      if (box && isHolding) event.preventDefault();
      if (!box || !isHolding) return void (held = null);
      const taken = (held = { text: "" });
      ahead.hold(() => {
        const there = boxOf(document.activeElement);
        taken.text = String(getSelection());
        void navigator.clipboard?.writeText(taken.text);
        if (there && name === "cut") input.erase(there, "deleteByCut");
      });
    });
  }
}
