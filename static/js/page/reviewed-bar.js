/** How much of the text is reviewed, the way to the rest, and a view of the rest alone. */

import { reviewedCount } from "../transcript/transcript.js";
import { announce, find, setText } from "../shared/dom.js";

/**
 * @param {HTMLElement} element
 * @param {{onNext(): void, onFilter(isOnly: boolean): void, signal: AbortSignal}} actions
 */
export function mountReview(element, { onNext, onFilter, signal }) {
  const part = (/** @type {string} */ name) => /** @type {HTMLButtonElement} */ (find(`[data-part="${name}"]`, element));
  const filter = part("unreviewed");
  let isOnly = false;

  function set(/** @type {boolean} */ value) {
    isOnly = value;
    filter.setAttribute("aria-pressed", String(isOnly));
    onFilter(isOnly);
    announce(isOnly ? "Reviewed segments are hidden" : "All segments are shown");
  }
  filter.addEventListener("click", () => set(!isOnly), { signal });
  part("next-unreviewed").addEventListener("click", onNext, { signal });

  return {
    showAll: () => isOnly && set(false),
    /** @param {import("../transcript/transcript.js").Doc} doc */
    update(doc) {
      const [done, all] = [reviewedCount(doc), doc.order.length];
      setText(part("reviewed"), `${done.toLocaleString("en")} of ${all.toLocaleString("en")} reviewed`);
      part("next-unreviewed").disabled = done === all;
      element.hidden = all === 0;
    },
  };
}
