/** The bar that shows how many segments are chosen, and what can be done with all of them. */

import { announce, find, setText } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLElement} element
 * @param {{selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   onLeave(): void, around(change: () => void): void}} means
 *   onLeave: the bar goes, and with it what has the focus;
 *   around: what changes rows' heights, so that the text stays in its place
 */
export function mountSelection(element, { selection, onLeave, around }) {
  let said = strings.nothingSelected;
  return {
    /** Put the focus into the bar. */
    focus() {
      element.hidden = false;
      /** @type {HTMLElement} */ (find("[data-command=chooseNone]", element)).focus();
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
      const says = count ? strings.selected(count) : isPicking ? strings.tapToSelect : strings.nothingSelected;
      setText(find("[data-part=count]", element), says);
      if (says !== said) announce(says);
      said = says;
    },
  };
}
