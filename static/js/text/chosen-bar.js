/** The bar that shows how many segments are chosen, and what can be done with all of them. */

import { announce, find, setText } from "../shared/dom.js";
import { counted } from "../shared/format.js";

/**
 * @param {HTMLElement} element
 * @param {{selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   verbs: Record<string, () => void>, onLeave(): void, around(change: () => void): void, signal: AbortSignal}} means
 *   verbs by the buttons' `data-verb`; onLeave: the bar goes, and with it what has the focus;
 *   around: what changes rows' heights, so that the text stays in its place
 */
export function mountSelection(element, { selection, verbs, onLeave, around, signal }) {
  let said = "Nothing selected";
  element.addEventListener("click", ({ target }) => {
    const verb = target instanceof Element && target.closest("button")?.dataset.verb;
    if (verb) verbs[verb]();
  }, { signal });
  return {
    /** Put the focus into the bar. */
    focus() {
      element.hidden = false;
      /** @type {HTMLElement} */ (find("[data-verb=clear]", element)).focus();
    },
    update() {
      const count = selection.ids().length;
      const isPicking = selection.isPicking();
      const isOver = count === 0 && !isPicking;
      if (isOver && element.contains(document.activeElement)) onLeave();
      element.hidden = isOver;
      const { classList } = document.body;
      // Rows are as high as a finger then.
      if (classList.contains("is-picking") !== isPicking) around(() => classList.toggle("is-picking"));
      for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (element.querySelectorAll("button:not([data-verb=clear])"))) button.disabled = count === 0;
      const says = count ? `${counted(count, "segment")} selected` : isPicking ? "Tap segments to select them" : "Nothing selected";
      setText(find("[data-part=count]", element), says);
      if (says !== said) announce(says);
      said = says;
    },
  };
}
