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

/** A sound between two lines that nobody makes. @param {Segment} segment */
const isPassedOver = ({ kind, speaker, new_turn }) => kind === "sound" && speaker === null && !new_turn;

/**
 * The segment with which the turn begins that a segment is in.
 * @param {Doc} doc
 * @param {string} id
 */
export function turnStart(doc, id) {
  const { speaker } = /** @type {Segment} */ (doc.byId.get(id));
  let start = id;
  for (const above of doc.order.slice(0, doc.order.indexOf(id) + 1).reverse()) {
    const segment = /** @type {Segment} */ (doc.byId.get(above));
    if (isPassedOver(segment) && above !== id) continue;
    if (segment.speaker !== speaker) break;
    start = above;
    if (segment.new_turn) break;
  }
  return start;
}

/** Whether a name is one that a voice is given until somebody knows better. @param {string | null} name */
export const isMadeUp = (name) => name !== null && /^Speaker [1-9][0-9]?$/u.test(name);

/**
 * The beginning of the next turn that has no speaker, or one with a made-up name, behind a segment, then from the top; null where all have one.
 * @param {Doc} doc
 * @param {string | null} from
 */
export function nextUnnamedTurn(doc, from) {
  const segmentOf = (/** @type {string} */ id) => /** @type {Segment} */ (doc.byId.get(id));
  // Nobody is changed from at the top, so that no heading stands there.
  const top = doc.order.find((id) => !isPassedOver(segmentOf(id)));
  const begun = headings(doc);
  const isUnnamed = (/** @type {string} */ id) => {
    const { speaker, kind } = segmentOf(id);
    return (speaker === null || isMadeUp(speaker)) && kind !== "sound" && (id === top || begun.has(id));
  };
  const at = from === null ? 0 : doc.order.indexOf(from) + 1;
  return [...doc.order.slice(at), ...doc.order.slice(0, at)].find(isUnnamed) ?? null;
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
    if (isPassedOver(segment)) continue;
    if (segment.new_turn || segment.speaker !== speaker) break;
    turn.push(next);
  }
  return turn;
}
