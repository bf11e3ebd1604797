/** Names the speaker of a segment: its label becomes an input with the names known so far. */

import { make } from "./dom.js";

/**
 * @param {HTMLElement} label
 * @param {string} name
 * @param {readonly string[]} known
 * @param {(name: string | null) => void} onDone with the name, or null when nothing changes
 */
export function editSpeaker(label, name, known, onDone) {
  const list = make("datalist", { id: "speakers" }, ...known.map((value) => make("option", { value })));
  const input = make("input", {
    class: "speaker-input",
    value: name,
    list: "speakers",
    "aria-label": "Speaker",
    placeholder: "Speaker",
    autocomplete: "off",
  });
  const editor = make("span", { class: "speaker-edit" }, input, list);
  let isDone = false;
  const finish = (/** @type {string | null} */ value) => {
    if (isDone) return;
    isDone = true;
    editor.replaceWith(label);
    onDone(value === null || value.trim() === name ? null : value.trim());
  };
  input.addEventListener("blur", () => finish(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Enter" ? input.value : null);
  });
  label.replaceWith(editor);
  input.focus();
  input.select();
}
