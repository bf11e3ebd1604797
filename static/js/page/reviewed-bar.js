/** How much of the text is reviewed, the way to the rest, and a view of the rest alone. */

import { reviewedCount } from "../transcript/transcript.js";
import { find, setText } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLElement} element
 * @param {{isOnlyUnreviewed(): boolean, onFilter(isOnly: boolean): void, signal: AbortSignal}} means
 */
export function mountReviewedBar(element, { isOnlyUnreviewed, onFilter, signal }) {
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLButtonElement} */ (find(`[data-part="${name}"]`, element));
  const filter = part("unreviewed");
  filter.addEventListener("click", () => onFilter(!isOnlyUnreviewed()), { signal });

  return {
    /** @param {import("../transcript/transcript.js").Doc} doc */
    update(doc) {
      const [done, all] = [reviewedCount(doc), doc.order.length];
      setText(part("reviewed"), strings.reviewed(done, all));
      filter.setAttribute("aria-pressed", String(isOnlyUnreviewed()));
      filter.hidden = done === 0 && !isOnlyUnreviewed();
      element.hidden = all === 0;
    },
  };
}
