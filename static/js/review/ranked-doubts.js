/**
 * The queue of doubts: which there are, the worst first, and how long they will take. Pure.
 *
 * @typedef {import("../transcript/transcript.js").Doubt} Doubt
 * @typedef {import("../transcript/transcript.js").Segment} Segment
 * @typedef {{segment: Segment, doubt: Doubt, key: string, isDismissed: boolean}} Entry
 */

import { isDismissed, keyOf } from "../transcript/doubts.js";
import { strings } from "./strings.js";

/** Kinds in the order in which they are offered. */
export const KINDS = Object.entries(strings.kinds);

/**
 * All doubts, the worst first; of equal ones the earlier.
 * @param {import("../transcript/transcript.js").Doc} doc
 * @param {ReadonlySet<string>} unsent dismissed here, and the server does not know it yet
 * @returns {Entry[]}
 */
export function allEntries(doc, unsent) {
  const entries = [];
  for (const id of doc.order) {
    const segment = /** @type {Segment} */ (doc.byId.get(id));
    for (const doubt of segment.doubts) {
      entries.push({ segment, doubt, key: keyOf(segment, doubt), isDismissed: isDismissed(segment, doubt, unsent) });
    }
  }
  return entries.sort((a, b) => b.doubt.score - a.doubt.score);
}

/**
 * What is shown of them, and how many there are.
 * @param {readonly Entry[]} entries
 * @param {{kinds: ReadonlySet<string>, showsDismissed: boolean, gone: ReadonlySet<string>}} filter
 *   gone: keys of doubts that were corrected here, while the server works on it
 */
export function filtered(entries, { kinds, showsDismissed, gone }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const shown = [];
  let [open, dismissed] = [0, 0];
  for (const entry of entries) {
    if (gone.has(entry.key)) continue;
    const { kind } = entry.doubt;
    if (!entry.isDismissed) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (!kinds.has(kind)) continue;
    if (entry.isDismissed) dismissed += 1;
    else open += 1;
    if (showsDismissed || !entry.isDismissed) shown.push(entry);
  }
  return { shown, counts, open, dismissed };
}

/**
 * The next open doubt behind a place in the list; from the end it goes on at the top.
 * @param {readonly Entry[]} shown
 * @param {number} from where to begin, included
 * @returns {Entry | null}
 */
export function nextOpen(shown, from) {
  const round = (/** @type {number} */ n) => shown[(from + n) % shown.length];
  for (let n = 0; n < shown.length; n += 1) if (!round(n).isDismissed) return round(n);
  return null;
}

const FIRST_GUESS_MS = 8000;
const LONGEST_MS = 60_000;
const FEW = 3;

/** How long a decision takes: the middle of the last ones. @param {readonly number[]} took_ms */
export function paceOf(took_ms) {
  if (took_ms.length < FEW) return FIRST_GUESS_MS;
  const sorted = took_ms
    .slice(-20)
    .map((ms) => Math.min(ms, LONGEST_MS))
    .sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** @param {number} done @param {number} open @param {number} pace_ms @param {boolean} [isWhole] all doubts have come */
export function progressSentence(done, open, pace_ms, isWhole = true) {
  const soFar = (/** @type {string} */ fact) => (isWhole ? fact : strings.soFar(fact));
  if (done + open === 0) return soFar(strings.none);
  const minutes = Math.round((open * pace_ms) / 60_000);
  const left = open === 0 ? strings.allDecided : minutes < 1 ? strings.underAMinute : strings.minutesLeft(minutes);
  return `${soFar(strings.done(done, done + open))} · ${left}`;
}
