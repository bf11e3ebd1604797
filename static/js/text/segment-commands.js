/** What a person says about segments besides their text: reviewed, speech or sound, by whom, a note. */

import { neighbour, nextUnreviewed, speakers } from "../transcript/transcript.js";
import { announce } from "../shared/dom.js";
import { counted } from "../shared/format.js";
import { turnFrom } from "../transcript/turns.js";

/**
 * All that is said of a chosen segment is said of all that are chosen; what is said is decided in its
 * turn, once all that was said before has been answered.
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   attempt(run: () => Promise<any>): Promise<any>,
 *   structure(run: () => Promise<unknown>): Promise<unknown>,
 *   inTurn(run: () => unknown): Promise<unknown>,
 *   focus(id: string, offset: number): void,
 *   land(id: string, offset: number): Promise<void>}} parts
 */
export function createSegmentVerbs({ session, selection, attempt, structure, inTurn, focus, land }) {
  const doc = () => session.state().doc;
  const segmentOf = (/** @type {string} */ id) => doc().byId.get(id);
  /** The segment, or all chosen ones where it is one of them. */
  const meant = (/** @type {string} */ id) => (selection.has(id) ? selection.ids() : [id]);
  const many = (/** @type {readonly string[]} */ ids) => (ids.length > 1 ? `: ${counted(ids.length, "segment")}` : "");

  async function set(/** @type {readonly string[]} */ ids, /** @type {object} */ facts, /** @type {string} */ says) {
    if (!(await attempt(() => session.set(ids, facts)))) return false;
    if (says) announce(says + many(ids));
    return true;
  }

  /** Tick as reviewed, or take the tick away where all have it. */
  function review(/** @type {readonly string[]} */ ids) {
    const reviewed = !ids.every((one) => segmentOf(one)?.reviewed);
    return set(ids, { reviewed }, reviewed ? "Reviewed" : "Not reviewed");
  }

  /** Speech becomes a sound, like music or laughter, and the other way. */
  function changeKind(/** @type {string} */ id, /** @type {readonly string[]} */ ids) {
    const kind_of_segment = segmentOf(id)?.kind === "sound" ? "speech" : "sound";
    return set(ids, { kind_of_segment }, kind_of_segment === "sound" ? "Now a sound" : "Now speech");
  }

  /** Name the speaker of the chosen segments, else of the turn that begins here. */
  function setSpeaker(/** @type {string} */ id, /** @type {readonly string[]} */ chosen, /** @type {string | null} */ speaker) {
    const turn = segmentOf(id) ? turnFrom(doc(), id) : [id];
    const all = chosen.length > 0 ? chosen : turn;
    const ids = all.filter((one) => segmentOf(one)?.speaker !== speaker);
    return ids.length ? set(ids, { speaker }, speaker ?? "No speaker") : null;
  }

  /** The chosen segments where this is one of them. */
  const chosenWith = (/** @type {string} */ id) => (selection.has(id) ? selection.ids() : []);

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
    goToUnreviewed,
    review(/** @type {string} */ id) {
      const ids = meant(id);
      return inTurn(() => review(ids));
    },
    changeKind(/** @type {string} */ id) {
      const ids = meant(id);
      return inTurn(() => changeKind(id, ids));
    },
    setSpeaker(/** @type {string} */ id, /** @type {string | null} */ speaker) {
      const chosen = chosenWith(id);
      return inTurn(() => setSpeaker(id, chosen, speaker));
    },
    /** Speaker 1, 2 ... by order of appearance; where nobody has the number yet, the name is asked for. */
    assign(/** @type {string} */ id, /** @type {number} */ number, /** @type {(id: string) => void} */ askName) {
      const chosen = chosenWith(id);
      const shown = speakers(doc())[number - 1];
      return inTurn(() => {
        const speaker = shown ?? speakers(doc())[number - 1];
        return speaker === undefined ? askName(id) : setSpeaker(id, chosen, speaker);
      });
    },
    toggleTurn: (/** @type {string} */ id) => inTurn(() => set([id], { new_turn: !segmentOf(id)?.new_turn }, "")),
    note: (/** @type {string} */ id, /** @type {string} */ text) => inTurn(() => set([id], { note: text }, "")),
    remove: (/** @type {string} */ id) => structure(() => remove(id)),
    join: (/** @type {string} */ id) => structure(() => join(id)),
  };
}
