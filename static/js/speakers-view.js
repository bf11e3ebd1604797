/** The list of speakers: who speaks how often, by which key, and under which name. */

import { writtenChord } from "./chords.js";
import { speakerTurns } from "./document.js";
import { find, isMac, make } from "./dom.js";
import { counted } from "./format.js";
import { toneOf } from "./segment-row.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{onRename(from: string, to: string | null): void, signal: AbortSignal}} actions
 */
export function mountSpeakers(dialog, { onRename, signal }) {
  const list = find("ul", dialog);
  find("button", dialog).addEventListener("click", () => dialog.close(), { signal });

  const row = (/** @type {[string, number]} */ [name, turns], /** @type {number} */ index) => {
    const input = make("input", { value: name, "aria-label": `Name of speaker ${index + 1}`, autocomplete: "off", spellcheck: "false" });
    input.addEventListener("change", () => input.value.trim() !== name && onRename(name, input.value.trim() || null));
    const chord = writtenChord(`Alt+${index + 1}`, isMac());
    const key = index < 9 ? make("kbd", { title: `${chord} in the text` }, chord) : make("span");
    return make("li", { "data-tone": toneOf(index).tone, "data-sign": toneOf(index).sign }, key, make("span", { class: "dot", "aria-hidden": "true" }), input, make("span", { class: "count" }, counted(turns, "segment")));
  };

  /** @type {object | null} */
  let shown = null;
  return {
    open: () => dialog.showModal(),
    /** @param {import("./document.js").Doc} doc */
    update(doc) {
      const turns = speakerTurns(doc);
      if (!dialog.open || turns === shown) return;
      shown = turns;
      list.replaceChildren(...[...turns].map(row));
      find("[data-part=none]", dialog).hidden = turns.size > 0;
    },
  };
}
