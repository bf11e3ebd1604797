/** What a person says about segments besides their text: reviewed, speech or sound, by whom, a note. */

import { neighbour, nextUnreviewed, speakers } from "../transcript/transcript.js";
import { announce } from "../shared/dom.js";
import { counted } from "../shared/format.js";
import { turnFrom } from "../transcript/turns.js";

/**
 * All that is said of a chosen segment is said of all that are chosen.
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   attempt(run: () => Promise<any>): Promise<any>,
 *   structure(run: () => Promise<unknown>): Promise<unknown>,
 *   focus(id: string, offset: number): void,
 *   land(id: string, offset: number): Promise<void>}} parts
 */
export function createSegmentVerbs({ session, selection, attempt, structure, focus, land }) {
  const doc = () => session.state().doc;
  const segmentOf = (/** @type {string} */ id) => doc().byId.get(id);
  /** The segment, or all chosen ones where it is one of them. */
  const meant = (/** @type {string} */ id) => (selection.has(id) ? selection.ids() : [id]);
  const many = (/** @type {readonly string[]} */ ids) => (ids.length > 1 ? `: ${counted(ids.length, "segment")}` : "");

  async function set(/** @type {string} */ id, /** @type {object} */ facts, /** @type {string} */ says, ids = meant(id)) {
    if (await attempt(() => session.set(ids, facts))) announce(says + many(ids));
  }

  /** Tick as reviewed, or take the tick away where all have it. */
  function review(/** @type {string} */ id) {
    const reviewed = !meant(id).every((one) => segmentOf(one)?.reviewed);
    return set(id, { reviewed }, reviewed ? "Reviewed" : "Not reviewed");
  }

  /** Speech becomes a sound, like music or laughter, and the other way. */
  function changeKind(/** @type {string} */ id) {
    const kind_of_segment = segmentOf(id)?.kind === "sound" ? "speech" : "sound";
    return set(id, { kind_of_segment }, kind_of_segment === "sound" ? "Now a sound" : "Now speech");
  }

  /** Name the speaker of the chosen segments, else of the turn that begins here. */
  function setSpeaker(/** @type {string} */ id, /** @type {string | null} */ speaker) {
    const all = selection.has(id) ? selection.ids() : turnFrom(doc(), id);
    const ids = all.filter((one) => segmentOf(one)?.speaker !== speaker);
    return ids.length ? set(id, { speaker }, speaker ?? "No speaker", ids) : null;
  }

  /** Speaker 1, 2 ... by order of appearance; false where nobody has the number yet. */
  function assign(/** @type {string} */ id, /** @type {number} */ number) {
    const speaker = speakers(doc())[number - 1];
    if (speaker !== undefined) setSpeaker(id, speaker);
    return speaker !== undefined;
  }

  const toggleTurn = (/** @type {string} */ id) => attempt(() => session.set([id], { new_turn: !segmentOf(id)?.new_turn }));
  const note = (/** @type {string} */ id, /** @type {string} */ text) => attempt(() => session.set([id], { note: text }));

  function goToUnreviewed(/** @type {string | null} */ from) {
    const id = nextUnreviewed(doc(), from);
    if (id) focus(id, 0);
    else announce("All segments are reviewed");
  }

  /** Delete the segment, or all that are chosen, and go on beside them. */
  async function remove(/** @type {string} */ id) {
    const ids = meant(id);
    const gone = new Set(ids);
    const { order } = doc();
    const at = order.indexOf(ids[0]);
    const beside = order.slice(at).find((one) => !gone.has(one)) ?? order.slice(0, at).findLast((one) => !gone.has(one));
    if (!(await attempt(() => session.remove(ids)))) return false;
    selection.clear();
    announce(`Deleted${many(ids)}`);
    return beside && land(beside, 0);
  }

  /** Make the chosen segments one, or this one and the one below. */
  async function join(/** @type {string} */ id) {
    const below = neighbour(doc(), id, 1);
    const ids = meant(id).length > 1 ? meant(id) : below ? [id, below.id] : [];
    if (ids.length === 0) return null;
    if (!(await attempt(() => session.mergeAll(ids)))) return false;
    selection.clear();
    await land(ids[0], 0);
    return announce(`Joined${many(ids)}`);
  }

  return {
    review, changeKind, setSpeaker, assign, toggleTurn, note, goToUnreviewed,
    remove: (/** @type {string} */ id) => structure(() => remove(id)),
    join: (/** @type {string} */ id) => structure(() => join(id)),
  };
}
