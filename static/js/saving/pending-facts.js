/**
 * What was said of segments besides their text (who speaks, a note, a tick) and could not be sent at
 * once: entries among the pending edits. Pure.
 *
 * @typedef {import("./pending-edits.js").Entry} Entry
 * @typedef {import("../transcript/transcript.js").Doc} Doc
 * @typedef {import("../transcript/transcript.js").Segment} Segment
 * @typedef {Record<string, unknown>} Facts as fields of a segment
 */

import { isTimes, onWordsOf, timedWords } from "./pending-times.js";

/** Fields of an edit that says something of segments, and what a segment calls them. */
const FIELDS = /** @type {const} */ ([
  ["speaker", "speaker"],
  ["note", "note"],
  ["reviewed", "reviewed"],
  ["new_turn", "new_turn"],
  ["kind_of_segment", "kind"],
]);
/** What is said of a text as it stands: it does not hold for another one. */
const OF_TEXT = ["reviewed"];

/** Whether an entry says something of segments, or of their words. @param {Entry} entry */
export const isFacts = ({ edit }) => edit.kind !== "text";

/**
 * The segments that an edit is about, each with its base.
 * @param {any} edit
 * @returns {{segment_id: string, base_revision: number}[]}
 */
export const placesOf = (edit) => edit.segments ?? [edit];

/** What an edit says. @param {any} edit @returns {Facts} */
export const factsOf = (edit) =>
  Object.fromEntries(FIELDS.filter(([field]) => field in edit).map(([field, name]) => [name, edit[field]]));

/**
 * @param {object} edit as the server takes it, of kind "set" or "set_many", with its `edit_id`
 * @param {(id: string) => {text: string, revision: number}} shown
 * @param {Doc} doc
 * @param {boolean} tried whether it may have reached the server
 * @returns {Entry}
 */
export function factsEntry(edit, shown, doc, tried) {
  const { edit_id, ...rest } = /** @type {any} */ (edit);
  const names = Object.keys(factsOf(rest));
  const bases = placesOf(rest).map(({ segment_id }) => {
    const segment = /** @type {any} */ (doc.byId.get(segment_id));
    const was = Object.fromEntries(names.map((name) => [name, segment?.[name]]));
    return [segment_id, { text: shown(segment_id).text, was }];
  });
  return { edit_id, edit: rest, before: "", after_id: null, state: "waiting", tried, bases: Object.fromEntries(bases) };
}

/**
 * The same on other revisions.
 * @param {Entry} entry
 * @param {(place: {segment_id: string, base_revision: number}) => number} revisionOf
 * @returns {Entry}
 */
export function onRevisions(entry, revisionOf) {
  const revised = (/** @type {any} */ place) => ({ ...place, base_revision: revisionOf(place) });
  const { segments, ...edit } = /** @type {any} */ (entry.edit);
  return { ...entry, edit: segments ? { ...edit, segments: segments.map(revised) } : revised(edit) };
}

/**
 * What to send where somebody else changed a segment meanwhile, or removed it: the same, if it was
 * something that this says nothing of, or there are others; null where it says another thing of the
 * segment, or of its text as it was.
 * @param {Entry} entry
 * @param {Segment | null} current
 * @param {string | undefined} gone the segment, where it was removed
 * @returns {Entry | null}
 */
export function overOthers(entry, current, gone) {
  if (!current) return withoutPlace(entry, gone);
  if (isTimes(entry)) return timesOverOthers(entry, current);
  const was = entry.bases?.[current.id]?.was;
  const isSame = (/** @type {[string, unknown]} */ [name, value]) =>
    !OF_TEXT.includes(name) && /** @type {any} */ (current)[name] === value;
  if (!was || !Object.entries(was).every(isSame)) return null;
  const revised = onRevisions(entry, ({ segment_id, base_revision }) =>
    segment_id === current.id ? current.revision : base_revision,
  );
  return { ...revised, state: "waiting", tried: false };
}

/** @param {Entry} entry @param {Segment} current @returns {Entry | null} null where the words have other times by now */
function timesOverOthers(entry, current) {
  const again = current.revision === entry.edit.base_revision ? null : onWordsOf(entry, current);
  return again && { ...again, state: "waiting", tried: false };
}

/** @param {Entry} entry @param {string | undefined} id @returns {Entry | null} null where nothing is left */
function withoutPlace(entry, id) {
  const { segments = [] } = /** @type {any} */ (entry.edit);
  const rest = segments.filter((/** @type {any} */ { segment_id }) => segment_id !== id);
  if (rest.length === 0 || rest.length === segments.length) return null;
  return { ...entry, edit: /** @type {any} */ ({ ...entry.edit, segments: rest }), state: "waiting", tried: false };
}

/**
 * The text as it will be once these are sent.
 * @param {Doc} doc
 * @param {readonly Entry[]} entries
 * @returns {Doc}
 */
export function withFacts(doc, entries) {
  const byId = new Map(doc.byId);
  for (const entry of entries) {
    const { edit } = entry;
    for (const { segment_id } of placesOf(edit)) {
      const segment = byId.get(segment_id);
      // Other words tell those who show it that more than its doubts differ.
      const words = segment && (isTimes(entry) ? timedWords(entry, segment.words) : [...segment.words]);
      if (segment && words) byId.set(segment_id, { ...segment, ...factsOf(edit), words });
    }
  }
  return { ...doc, byId };
}
