/** Turns of the text: who speaks from where on, as the exports mark it. Pure. */

/**
 * @typedef {import("./transcript.js").Doc} Doc
 * @typedef {import("./transcript.js").Segment} Segment
 */

/** @type {WeakMap<object, ReadonlyMap<string, string>>} */
const known = new WeakMap();

/**
 * The segments over which a name stands, or "" for a change to somebody without one; computed once
 * for each state of the segments. A sound between two lines changes nothing.
 * @param {Doc} doc
 */
export function headings(doc) {
  let found = known.get(doc.byId);
  if (found) return found;
  /** @type {Map<string, string>} */
  const made = new Map();
  /** @type {string | null} */
  let now = null;
  for (const id of doc.order) {
    const { speaker, new_turn, kind } = /** @type {Segment} */ (doc.byId.get(id));
    const isOther = speaker !== now && (speaker !== null || kind !== "sound");
    if (!new_turn && !isOther) continue;
    made.set(id, speaker ?? "");
    now = speaker;
  }
  found = made;
  known.set(doc.byId, found);
  return found;
}

/**
 * What a name holds for that is given to a segment: until the next turn, or the next other name.
 * Sounds between belong to nobody.
 * @param {Doc} doc
 * @param {string} id
 */
export function turnFrom(doc, id) {
  const { speaker } = /** @type {Segment} */ (doc.byId.get(id));
  const turn = [id];
  for (const next of doc.order.slice(doc.order.indexOf(id) + 1)) {
    const segment = /** @type {Segment} */ (doc.byId.get(next));
    const isPassedOver = segment.kind === "sound" && segment.speaker === null && !segment.new_turn;
    if (isPassedOver) continue;
    if (segment.new_turn || segment.speaker !== speaker) break;
    turn.push(next);
  }
  return turn;
}
