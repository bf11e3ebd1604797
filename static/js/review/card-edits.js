/** The doubt at hand in the panel of the review, with both readings and what its buttons do. */

import { find, setText } from "../shared/dom.js";
import { clock, percent } from "../shared/format.js";
import { KIND_NAMES } from "./ranked-doubts.js";

/** @param {HTMLElement} panel */
export function mountQueueCard(panel) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, panel));
  const button = (/** @type {string} */ verb) => /** @type {HTMLButtonElement} */ (find(`[data-verb=${verb}]`, panel));

  return {
    /** @param {import("./ranked-doubts.js").Entry | null} entry @param {boolean} isWaiting for the doubts to come */
    update(entry, isWaiting) {
      part("card").hidden = entry === null;
      part("nothing").hidden = entry !== null || isWaiting;
      if (!entry) return;
      const { doubt, isKept } = entry;
      setText(part("kind"), KIND_NAMES.get(doubt.kind) ?? "");
      setText(part("score"), isKept ? "kept as written" : `${percent(doubt.score)} likely an error`);
      setText(part("at"), clock(doubt.start_ms));
      setText(part("written"), doubt.written || "nothing");
      setText(part("heard"), doubt.heard || "nothing");
      part("written").classList.toggle("is-nothing", !doubt.written);
      part("heard").classList.toggle("is-nothing", !doubt.heard);
      setText(part("why"), doubt.why);
      setText(find("span", button("take")), doubt.heard ? "Take what was heard" : "Remove what is written");
      setText(find("span", button("keep")), isKept ? "Open it again" : "Keep what is written");
      button("take").hidden = doubt.heard === doubt.written;
      button("everywhere").disabled = !doubt.written;
    },
  };
}
