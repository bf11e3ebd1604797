/** Names the speaker of a segment: its label becomes an input with the names known so far. */

import { isComposing, make } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLElement} label
 * @param {string} name
 * @param {readonly string[]} known
 * @param {(name: string | null, isByKey: boolean) => void} onDone with the name, or null when none was
 *   given; by a key, which may give the name that is there to others, and not by going elsewhere
 */
export function editSpeaker(label, name, known, onDone) {
  const list = make("datalist", { id: "known-speakers" }, ...known.map((value) => make("option", { value })));
  const input = make("input", {
    class: "speaker-input",
    value: name,
    list: "known-speakers",
    "aria-label": strings.speaker,
    placeholder: strings.speaker,
    autocomplete: "off",
  });
  const editor = make("span", { class: "speaker-edit" }, input, list);
  let isDone = false;
  const finish = (/** @type {string | null} */ value, isByKey = false) => {
    if (isDone) return;
    isDone = true;
    editor.replaceWith(label);
    const isLeft = value === null || (!isByKey && value.trim() === name);
    onDone(isLeft ? null : value.trim(), isByKey);
  };
  input.addEventListener("blur", () => finish(input.value));
  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Enter" ? input.value : null, true);
  });
  label.replaceWith(editor);
  input.focus();
  input.select();
}
