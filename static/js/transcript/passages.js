/** Passages: stretches of the text that begin and end anywhere, also over several segments. Pure. */

import { endOf, startOf } from "./words.js";

/** So much before and behind what is said belongs to it, where nobody else speaks. */
const BEFORE_MS = 80;
const BEHIND_MS = 160;

/**
 * From when to when a passage is heard whole, in ms: a little more than its words, and nothing of others.
 * @param {import("./transcript.js").Doc} doc
 * @param {readonly ({start_ms: number, end_ms: number} | null)[]} spans of its parts, null without times
 * @returns {{start_ms: number, end_ms: number} | null} null where no part has times
 */
export function clipSpan(doc, spans) {
  const timed = spans.filter((span) => span !== null);
  if (timed.length === 0) return null;
  const first_ms = Math.min(...timed.map(({ start_ms }) => start_ms));
  const last_ms = Math.max(...timed.map(({ end_ms }) => end_ms));
  let [low_ms, high_ms] = [0, last_ms + BEHIND_MS];
  for (const id of doc.order) {
    for (const word of doc.byId.get(id)?.words ?? []) {
      if (startOf(word) < first_ms) low_ms = Math.max(low_ms, Math.min(endOf(word), first_ms));
      if (startOf(word) >= last_ms) high_ms = Math.min(high_ms, startOf(word));
    }
  }
  return { start_ms: Math.max(low_ms, first_ms - BEFORE_MS), end_ms: high_ms };
}
