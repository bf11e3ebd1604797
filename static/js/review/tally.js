/** What was decided in the review here, and how long each took. Knows no DOM. */

import { paceOf } from "./ranked-doubts.js";

/** @typedef {{how: "keep" | "edit", entry: import("./ranked-doubts.js").Entry}} Decision */

/** @param {() => number} [now] in ms */
export function createTally(now = () => performance.now()) {
  /** @type {Decision[]} */
  let decisions = [];
  /** @type {number[]} */
  let took_ms = [];
  let since_ms = 0;

  return {
    /** A doubt is shown. */
    begin: () => void (since_ms = now()),
    add(/** @type {Decision} */ decision) {
      decisions = [...decisions, decision];
      took_ms = [...took_ms, now() - since_ms];
    },
    /** The last decision, which is one no more. @returns {Decision | undefined} */
    takeBack() {
      const last = decisions.at(-1);
      decisions = decisions.slice(0, -1);
      took_ms = took_ms.slice(0, -1);
      return last;
    },
    pace_ms: () => paceOf(took_ms),
    isEmpty: () => decisions.length === 0,
  };
}
