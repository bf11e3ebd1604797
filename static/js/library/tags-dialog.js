/** The dialog that gives transcripts tags: those they have can be taken away, new ones are typed. */

import { find, make, setText } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @typedef {{id: string, title: string, tags: readonly string[]}} Tagged
 * @param {HTMLDialogElement} dialog
 * @param {(ids: string[], change: {add: string[], remove: string[]}) => Promise<boolean>} onChange
 *   gives whether the server has it
 */
export function mountTags(dialog, onChange) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  /** @type {readonly Tagged[]} */
  let about = [];
  find("form", dialog).addEventListener("submit", async (event) => {
    // It stays open until the server has what was typed.
    event.preventDefault();
    const boxes = /** @type {HTMLInputElement[]} */ ([...part("given").querySelectorAll("input")]);
    const add = tagsIn(part("new").value);
    // A box that stands for a tag of some only was not touched.
    const isIn = (/** @type {HTMLInputElement} */ { indeterminate, checked }) => !indeterminate && checked;
    const isOut = (/** @type {HTMLInputElement} */ { indeterminate, checked }) => !indeterminate && !checked;
    const remove = boxes.filter(isOut).map(({ value }) => value);
    const given = boxes.filter((box) => isIn(box) && !box.defaultChecked).map(({ value }) => value);
    const isSame = add.length + remove.length + given.length === 0;
    const change = { add: [...given, ...add], remove: remove.filter((tag) => !add.includes(tag)) };
    const ids = about.map(({ id }) => id);
    if (isSame || (await onChange(ids, change))) dialog.close();
  });
  part("cancel").addEventListener("click", () => dialog.close());
  return {
    /** @param {readonly Tagged[]} transcripts @param {readonly string[]} known all tags of the library */
    open(transcripts, known) {
      about = transcripts;
      const [first] = transcripts;
      setText(part("what"), transcripts.length === 1 ? first.title : strings.transcripts(transcripts.length));
      const used = [...new Set(transcripts.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
      part("given").replaceChildren(...used.map((tag) => boxFor(tag, transcripts)));
      part("given").hidden = used.length === 0;
      find("#tags-known", dialog).replaceChildren(
        ...known.filter((tag) => !used.includes(tag)).map((tag) => new Option(tag, tag)),
      );
      part("new").value = "";
      dialog.showModal();
      part("new").focus();
    },
  };
}

/** @param {string} tag @param {readonly Tagged[]} transcripts */
function boxFor(tag, transcripts) {
  const count = transcripts.filter(({ tags }) => tags.includes(tag)).length;
  const isOfAll = count === transcripts.length;
  const box = make("input", { type: "checkbox", value: tag, checked: isOfAll });
  box.indeterminate = !isOfAll;
  return make("li", {}, make("label", { class: "choose" }, box, make("span", { dir: "auto" }, tag)));
}

/** The tags in what was typed, each once. @param {string} text */
export const tagsIn = (text) => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim().replace(/\s+/g, " "))
      .filter(Boolean),
  ),
];
