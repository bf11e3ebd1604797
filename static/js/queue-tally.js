/** What was decided in the review, how long each took, and how many doubts were corrected in all. Knows no DOM. */

import { paceOf } from "./queue.js";

/** @typedef {{how: "keep" | "edit", entry: import("./queue.js").Entry}} Decision */

/**
 * @param {ReturnType<typeof import("./settings.js").openSettings>} settings
 * @param {string} transcript_id
 * @param {() => number} [now] in ms
 */
export function createTally(settings, transcript_id, now = () => performance.now()) {
  /** @type {Decision[]} */
  let decisions = [];
  /** @type {number[]} */
  let took_ms = [];
  let since_ms = 0;
  const corrected = () => settings.get().corrected[transcript_id] ?? 0;
  const count = (/** @type {-1 | 1} */ by) =>
    settings.set({ corrected: { ...settings.get().corrected, [transcript_id]: Math.max(0, corrected() + by) } });

  return {
    /** A doubt is shown. */
    begin: () => void (since_ms = now()),
    add(/** @type {Decision} */ decision) {
      decisions = [...decisions, decision];
      took_ms = [...took_ms, now() - since_ms];
      if (decision.how === "edit") count(1);
    },
    /** The last decision, which is one no more. @returns {Decision | undefined} */
    takeBack() {
      const last = decisions.at(-1);
      decisions = decisions.slice(0, -1);
      took_ms = took_ms.slice(0, -1);
      return last;
    },
    /** What counted as corrected does not. */
    discount: () => count(-1),
    corrected,
    pace_ms: () => paceOf(took_ms),
    isEmpty: () => decisions.length === 0,
  };
}
