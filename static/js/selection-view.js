/** The bar that shows how many segments are chosen, and what can be done with all of them. */

import { announce, find, setText } from "./dom.js";
import { counted } from "./format.js";

/**
 * @param {HTMLElement} element
 * @param {{selection: ReturnType<typeof import("./selection.js").createSelection>,
 *   verbs: Record<string, () => void>, signal: AbortSignal}} means verbs by the buttons' `data-verb`
 */
export function mountSelection(element, { selection, verbs, signal }) {
  let said = 0;
  element.addEventListener("click", ({ target }) => {
    const verb = target instanceof Element && target.closest("button")?.dataset.verb;
    if (verb) verbs[verb]();
  }, { signal });
  return {
    update() {
      const count = selection.ids().length;
      element.hidden = count === 0;
      document.body.classList.toggle("has-chosen", count > 0);
      setText(find("[data-part=count]", element), `${counted(count, "segment")} chosen`);
      if (count !== said) announce(count ? `${counted(count, "segment")} chosen` : "Nothing chosen");
      said = count;
    },
  };
}
