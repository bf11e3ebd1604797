/** The dialog that moves everything from a word on, or stretches what lies before it. */

import { lockedAbove } from "../transcript/transcript.js";
import { find, setText } from "../shared/dom.js";
import { parseClock, preciseClock } from "../shared/format.js";
import { offsetAfter, offsetOf, startOf } from "../transcript/words.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{onMove(id: string, word: import("../transcript/words.js").Word, to_ms: number,
 *   anchor: {segment_id: string | null, word: number} | null): void, signal: AbortSignal}} actions
 */
export function mountMove(dialog, { onMove, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  /**
   * @type {{id: string, word: import("../transcript/words.js").Word, anchor: {segment_id: string | null, word: number}} | null}
   */
  let here = null;

  part("to").addEventListener("input", () => part("to").setCustomValidity(""), { signal });
  part("cancel").addEventListener("click", () => dialog.close(), { signal });
  find("form", dialog).addEventListener(
    "submit",
    (event) => {
      const to_ms = parseClock(part("to").value);
      if (to_ms === null || !here) {
        event.preventDefault();
        part("to").setCustomValidity(strings.enterTime);
        return part("to").reportValidity();
      }
      onMove(here.id, here.word, to_ms, part("stretch").checked ? here.anchor : null);
    },
    { signal },
  );

  return {
    /**
     * @param {import("../transcript/transcript.js").Doc} doc
     * @param {string} id
     * @param {number} index of the word
     * @param {number} to_ms where it should begin, to start with
     */
    open(doc, id, index, to_ms) {
      const segment = doc.byId.get(id);
      const word = segment?.words[index];
      if (!segment || !word) return;
      const locked = lockedAbove(doc, id, index);
      here = {
        id,
        word,
        anchor: locked ? { segment_id: locked.segment_id, word: locked.word } : { segment_id: null, word: 0 },
      };
      const text = segment.text.slice(offsetOf(word), offsetAfter(word));
      setText(part("now"), strings.beginsAt(text, preciseClock(startOf(word))));
      setText(
        part("anchor"),
        locked ? strings.lastManual(locked.text, preciseClock(locked.start_ms)) : strings.recordingStart,
      );
      part("to").value = preciseClock(to_ms);
      part("rest").checked = true;
      dialog.showModal();
      part("to").select();
    },
  };
}
