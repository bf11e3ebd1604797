/** Whether an answer of the server tells anything that was not shown: an edit of another tab or person. Pure. */

/** @typedef {import("./transcript.js").Segment} Segment */

const FACTS = /** @type {const} */ (["text", "speaker", "kind", "new_turn", "reviewed", "note"]);

/** @param {Segment} one @param {Segment | undefined} other */
const saysSame = (one, other) => FACTS.every((fact) => (one[fact] ?? "") === (other?.[fact] ?? ""));

/**
 * Whether segments stand as they were shown, but for their times.
 * @param {ReadonlyMap<string, Segment>} byId
 * @param {{segments: readonly Segment[], removed: readonly string[]}} changes
 */
export const isShownAlready = (byId, { segments, removed }) =>
  segments.every((segment) => byId.has(segment.id) && saysSame(segment, byId.get(segment.id))) &&
  !removed.some((id) => byId.has(id));

/**
 * Whether something was undone that was never shown: each step is a revision, and one is missing here. What comes
 * along for its doubts alone is at the revision that is shown.
 * @param {ReadonlyMap<string, Segment>} byId as it was shown before
 * @param {{segments: readonly Segment[], removed: readonly string[]}} changes
 */
export function wasUnseen(byId, changes) {
  const revised = changes.segments.filter(({ id, revision }) => revision !== byId.get(id)?.revision);
  return (
    revised.length > 0 &&
    isShownAlready(byId, changes) &&
    revised.every(({ id, revision }) => revision > (byId.get(id)?.revision ?? 0) + 1)
  );
}
