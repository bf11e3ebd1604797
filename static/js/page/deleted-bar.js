/** Says that the transcript is in the trash, or deleted for good, and what can be done then. */

import { factsOf } from "../saving/pending-facts.js";
import { announce, find, make, saveAs, setText } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLElement} element
 * @param {{restore(): unknown, copy(text: string): unknown, text(): string, title(): string}} means
 */
export function mountDeleted(element, { restore, copy, text, title }) {
  const button = (/** @type {string} */ label, /** @type {() => unknown} */ onclick) =>
    make("button", { type: "button", onclick }, label);
  const putBack = button(strings.restore, restore);
  const taking = [
    button(strings.copyText, () => copy(text())),
    button(strings.saveAsFile, () => saveAs(`${title()}.txt`, `${text()}\n`, "text/plain")),
  ];
  const why = make("p", {});
  element.append(why, make("div", { class: "buttons" }, putBack, ...taking));
  let said = "";
  return {
    /** @param {import("../saving/session.js").State} state */
    update({ doc, save }) {
      const says = save === "gone" ? strings.gone : (doc.deleted_ms ?? null) !== null ? strings.inTrash : "";
      element.hidden = says === "";
      putBack.hidden = says === strings.gone;
      for (const one of taking) one.hidden = says !== strings.gone;
      setText(why, says);
      if (says && says !== said) announce(says);
      said = says;
    },
  };
}

/**
 * What was typed here and never saved, where the transcript itself cannot be opened.
 * @param {readonly import("../saving/pending-edits.js").Entry[]} edits
 */
export function showUnsaved(edits) {
  const box = find("#failed [data-part=unsaved]");
  box.hidden = edits.length === 0;
  const typed = edits.map(({ edit }) => edit.text ?? factsOf(edit).speaker ?? factsOf(edit).note ?? "");
  find("pre", box).textContent = typed.filter(Boolean).join("\n\n");
}
