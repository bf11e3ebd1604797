/**
 * Edits made here that the server has not taken yet, as a list of values, oldest first. Pure:
 * when to send and where to keep them is `sender.js`.
 *
 * An entry that was `tried` may have reached the server although no answer came; it is sent again
 * unchanged under its id, which the server applies once.
 * @typedef {"waiting" | "sending" | "conflict" | "refused"} State
 * @typedef {{edit_id: string, edit: {kind: string, segment_id: string, base_revision: number,
 *   text: string}, before: string, after_id: string | null, state: State, tried: boolean,
 *   current?: any, message?: string, bases?: Record<string, {text: string, was: Record<string, unknown>}>,
 *   had?: {start_ms: number, end_ms: number}}} Entry
 *   `before` is the text the typing began from; `after_id` the segment above; `current` what the server has in a conflict, null
 *   when the segment is gone; `bases`, of what is said of segments besides their text (see
 *   `pending-facts.js`): what each was as it was said; `had`, of times (see `pending-times.js`): those of
 *   their first word before
 * @typedef {readonly Entry[]} Pending
 */

import { isFacts, onRevisions } from "./pending-facts.js";
import { isTimes, onWordsOf } from "./pending-times.js";

const change = (/** @type {Pending} */ pending, /** @type {string} */ edit_id, /** @type {Partial<Entry>} */ facts) =>
  pending.map((entry) => (entry.edit_id === edit_id ? { ...entry, ...facts } : entry));

/**
 * The revision that what stands on a text is based on, once an edit of one's own is answered: the
 * answer's where it still has that text; else the one known before, so that the server compares.
 * @param {{revision: number, text: string}} base
 * @param {{revision: number, text: string}} answered
 */
export const rebased = (base, answered) =>
  answered.text.trim() === base.text.trim() ? answered.revision : base.revision;

/**
 * Add a segment's new text. An entry of the same segment takes it over that needs a decision, or has
 * not been sent while nothing was edited since: each step of its own stays one, in its order.
 * @param {Pending} pending
 * @param {{edit_id: string, segment_id: string, base_revision: number, before: string,
 *   text: string, after_id: string | null}} typed
 * @param {(edit_id: string) => boolean} [isFixed] whether something else was done since
 * @returns {Pending}
 */
export function withText(pending, typed, isFixed = () => false) {
  const { edit_id, segment_id, base_revision, before, text, after_id } = typed;
  const last = lastOf(pending, segment_id);
  const isNewest = last !== undefined && last === pending.at(-1) && !isFixed(last.edit_id);
  if (last && (isStuck(last) || (isNewest && last.state === "waiting" && !last.tried))) {
    return change(pending, last.edit_id, { edit: { ...last.edit, text } });
  }
  const edit = { kind: "text", segment_id, base_revision, text };
  return [...pending, { edit_id, edit, before, after_id, state: "waiting", tried: false }];
}

/**
 * The entry to send next; null while one is on its way. A segment whose edit needs a decision
 * keeps its later edits back, other segments go on.
 * @param {Pending} pending
 */
export function nextToSend(pending) {
  if (pending.some(({ state }) => state === "sending")) return null;
  const stuck = new Set(pending.filter(isStuck).map(({ edit }) => edit.segment_id));
  const isNext = (/** @type {Entry} */ entry) =>
    entry.state === "waiting" && (isFacts(entry) || !stuck.has(entry.edit.segment_id));
  return pending.find(isNext) ?? null;
}

/** @param {Entry} entry waits for a person's decision */
export const isStuck = ({ state }) => state === "conflict" || state === "refused";

/** @param {Pending} pending @param {string} edit_id */
export const sending = (pending, edit_id) => change(pending, edit_id, { state: "sending", tried: true });

/**
 * What stands there in place of a text that needs a decision, as far as it is known; null where the
 * segment is gone.
 * @param {Entry} entry
 * @param {{text: string, revision: number} | undefined} segment as it is known now
 */
export function theirsOf({ current }, segment) {
  if (current === null || !segment) return null;
  return current && current.revision > segment.revision ? current : segment;
}

/** No answer came. @param {Pending} pending @param {string} edit_id */
export const unanswered = (pending, edit_id) => change(pending, edit_id, { state: "waiting" });

/**
 * The server took it. Later entries of the same segments that were typed on top of it are based on
 * the revision it made.
 * @param {Pending} pending
 * @param {string} edit_id
 * @param {import("../transcript/transcript.js").Changes["segments"]} segments as answered
 */
export function taken(pending, edit_id, segments) {
  const answered = new Map(segments.map((segment) => [segment.id, segment]));
  return pending
    .filter((entry) => entry.edit_id !== edit_id)
    .map((entry) => {
      if (entry.state !== "waiting" || entry.tried) return entry;
      if (isTimes(entry)) return onAnswered(entry, answered.get(entry.edit.segment_id));
      if (isFacts(entry)) return rebasedFacts(entry, answered);
      const segment = answered.get(entry.edit.segment_id);
      if (!segment) return entry;
      const base_revision = rebased({ revision: entry.edit.base_revision, text: entry.before }, segment);
      return { ...entry, edit: { ...entry.edit, base_revision } };
    });
}

/** Where its words have other times by now, the server is to say so. @param {Entry} entry @param {any} segment */
const onAnswered = (entry, segment) => (segment && onWordsOf(entry, segment)) ?? entry;

/** @param {Entry} entry @param {ReadonlyMap<string, {revision: number, text: string}>} answered */
const rebasedFacts = (entry, answered) =>
  onRevisions(entry, ({ segment_id, base_revision: revision }) => {
    const segment = answered.get(segment_id);
    return segment ? rebased({ revision, text: entry.bases?.[segment_id]?.text ?? "" }, segment) : revision;
  });

/**
 * The same text again, where somebody else changed only what is said of the one it was typed on: struck
 * out, coded or timed words, a tick.
 * @param {Entry | undefined} entry
 * @param {{text: string, revision: number} | null} current
 * @returns {Entry | null} null where there is another text, or none
 */
export function overSameText(entry, current) {
  if (entry?.edit.kind !== "text" || !current || current.revision === entry.edit.base_revision) return null;
  if (current.text.trim() !== entry.before.trim()) return null;
  return { ...entry, edit: { ...entry.edit, base_revision: current.revision }, state: "waiting", tried: false };
}

/**
 * Somebody else changed the segment, or removed it: later typing joins the entry, for one choice.
 * @param {Pending} pending
 * @param {string} edit_id
 * @param {any} current
 */
export const conflicting = (pending, edit_id, current) =>
  joined(change(pending, edit_id, { state: "conflict", current }), edit_id);

/** @param {Pending} pending @param {string} edit_id @param {string} message why not */
export const refused = (pending, edit_id, message) =>
  joined(change(pending, edit_id, { state: "refused", message }), edit_id);

/** @param {Pending} pending @param {string} edit_id */
function joined(pending, edit_id) {
  const conflict = /** @type {Entry} */ (pending.find((entry) => entry.edit_id === edit_id));
  const segment_id = conflict.edit.segment_id;
  const last = /** @type {Entry} */ (lastOf(pending, segment_id));
  return change(pending, edit_id, { edit: { ...conflict.edit, text: last.edit.text } }).filter(
    (entry) => isFacts(entry) || entry.edit.segment_id !== segment_id || entry.edit_id === edit_id,
  );
}

/** Another entry in its place. @param {Pending} pending @param {Entry} entry */
export const withEntry = (pending, entry) => pending.map((one) => (one.edit_id === entry.edit_id ? entry : one));

/** @param {Pending} pending @param {string} edit_id */
export const without = (pending, edit_id) => pending.filter((entry) => entry.edit_id !== edit_id);

/**
 * Edits found in the browser's store, as after a reload: an interrupted one is sent again.
 * @param {readonly Entry[]} stored
 * @returns {Pending}
 */
export const restored = (stored) =>
  stored.map((entry) => (entry.state === "sending" ? { ...entry, state: "waiting" } : entry));

/**
 * The last edit of a segment's text that is not taken yet.
 * @param {Pending} pending
 * @param {string} segment_id
 */
export const lastOf = (pending, segment_id) =>
  pending.findLast((entry) => !isFacts(entry) && entry.edit.segment_id === segment_id);

/**
 * The save state of the whole page.
 * @param {Pending} pending
 * @param {boolean} isReachable
 * @returns {"saved" | "saving" | "unreachable" | "choice"}
 */
export function saveState(pending, isReachable) {
  if (!isReachable) return "unreachable";
  if (pending.some((entry) => !isStuck(entry))) return "saving";
  return pending.length > 0 ? "choice" : "saved";
}
