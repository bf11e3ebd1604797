/** Writes a note on a segment: a small box in its row, until it is left. */

import { isComposing, make } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLElement} row
 * @param {string} note
 * @param {(note: string | null, isByKey: boolean) => void} onDone with the note, or null when nothing
 *   changes; by a key, and not by going elsewhere
 */
export function editNote(row, note, onDone) {
  const area = /** @type {HTMLTextAreaElement} */ (
    make("textarea", {
      class: "note-input",
      dir: "auto",
      "aria-label": strings.note,
      placeholder: strings.noteHint,
      rows: "2",
    })
  );
  area.value = note;
  const shown = /** @type {HTMLElement | null} */ (row.querySelector(".note"));
  if (shown) shown.hidden = true;
  let isDone = false;
  const finish = (/** @type {string | null} */ value, isByKey = false) => {
    if (isDone) return;
    isDone = true;
    area.remove();
    if (shown) shown.hidden = false;
    onDone(value === null || value.trim() === note ? null : value.trim(), isByKey);
  };
  area.addEventListener("blur", () => finish(area.value));
  area.addEventListener("keydown", (event) => {
    const isEnd = event.key === "Escape" || (event.key === "Enter" && !event.shiftKey);
    if (!isEnd || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Enter" ? area.value : null, true);
  });
  row.append(area);
  area.focus();
}
