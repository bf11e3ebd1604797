/** What a person says about segments besides their text: reviewed, speech or sound, by whom, a note. */

import { neighbour, nextUnreviewed, speakers } from "../transcript/transcript.js";
import { announce } from "../shared/dom.js";
import { turnFrom } from "../transcript/turns.js";
import { codesOf, isStruck } from "../transcript/words.js";
import { strings } from "./strings.js";

/** @typedef {{ids: readonly string[], facts: object, says: string}} Said what of which, and what is announced */

/**
 * All that is said of a chosen segment is said of all that are chosen. It goes behind what was typed
 * before; what is said is decided then, once all that was pressed before has been answered.
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   attempt(run: () => Promise<any>, typed?: string): Promise<any>,
 *   structure(run: () => Promise<unknown>): Promise<unknown>,
 *   inTurn(run: () => unknown): Promise<unknown>, onNamed(id: string): void,
 *   focus(id: string, offset: number): void,
 *   land(id: string, offset: number): Promise<void>}} parts
 */
export function createSegmentVerbs({ session, selection, attempt, structure, inTurn, onNamed, focus, land }) {
  const doc = () => session.state().doc;
  const segmentOf = (/** @type {string} */ id) => doc().byId.get(id);
  /** The segment, or all chosen ones where it is one of them. */
  const meant = (/** @type {string} */ id) => (selection.has(id) ? selection.ids() : [id]);
  const many = (/** @type {readonly string[]} */ ids) => (ids.length > 1 ? `: ${strings.segments(ids.length)}` : "");

  /**
   * Say something of segments; an undo waits for it, and is let go where it is only kept for later.
   * @param {readonly string[]} ids
   * @param {() => Said} decide called in its turn
   */
  function say(ids, decide) {
    /** @type {Said} */
    let said = { ids, facts: {}, says: "" };
    const sent = attempt(async () => {
      const changes = await session.set(ids, () => (said = decide()));
      if (said.says) announce(said.says + many(said.ids));
      return changes !== null;
    });
    return inTurn(async () => Boolean(await sent));
  }

  /** Name the speaker of the chosen segments, else of the turn that begins here. */
  function setSpeaker(/** @type {string} */ id, /** @type {string | null} */ speaker) {
    const chosen = chosenWith(id);
    const meantNow = () => (chosen.length > 0 ? chosen : segmentOf(id) ? turnFrom(doc(), id) : [id]);
    const said = say(meantNow(), () => {
      const all = meantNow();
      const others = all.filter((one) => segmentOf(one)?.speaker !== speaker);
      return { ids: others.length > 0 ? others : all, facts: { speaker }, says: speaker ?? strings.noSpeaker };
    });
    void said.then((isDone) => isDone && onNamed(id));
    return said;
  }

  /** Another speaker (null: without a name) begins with a segment; with `isTurn` false the one above goes on. */
  function changeTurn(/** @type {string} */ id, /** @type {string | null} */ speaker, isTurn = true) {
    const ids = !isTurn && segmentOf(id) ? turnFrom(doc(), id) : [id];
    return say(ids, () => ({ ids, facts: { speaker, new_turn: isTurn }, says: speaker ?? strings.noSpeaker }));
  }

  /** The chosen segments where this is one of them. */
  const chosenWith = (/** @type {string} */ id) => (selection.has(id) ? selection.ids() : []);

  function goToUnreviewed(/** @type {string | null} */ from) {
    const id = nextUnreviewed(doc(), from);
    if (id) focus(id, 0);
    else announce(strings.allReviewed);
  }

  /** Delete the segment, or all that are chosen, and go on beside them. */
  async function remove(/** @type {string} */ id) {
    const ids = meant(id);
    const gone = new Set(ids);
    const { order } = doc();
    const at = order.indexOf(ids[0]);
    const beside =
      order.slice(at).find((one) => !gone.has(one)) ?? order.slice(0, at).findLast((one) => !gone.has(one));
    if (!(await attempt(() => session.remove(ids)))) return false;
    selection.clear();
    announce(strings.deleted + many(ids));
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
    return announce(strings.joined + many(ids));
  }

  /** Put an empty segment below, of the same speaker, and go there. */
  async function insertBelow(/** @type {string} */ id) {
    const before = doc().byId;
    const changes = await attempt(() => session.insertBelow(id, segmentOf(id)?.speaker ?? null));
    const made = changes?.segments.find((/** @type {{id: string}} */ one) => !before.has(one.id));
    if (!made) return false;
    await land(made.id, 0);
    return announce(strings.inserted);
  }

  const struckIn = (/** @type {import("../transcript/transcript.js").Segment | undefined} */ segment) =>
    segment?.words.filter(isStruck).length ?? 0;

  return {
    goToUnreviewed,
    setSpeaker,
    changeTurn,
    insertBelow: (/** @type {string} */ id) => structure(() => insertBelow(id)),
    /** Tick as reviewed, or take the tick away where all have it. */
    review(/** @type {string} */ id) {
      const ids = meant(id);
      return say(ids, () => {
        const reviewed = !ids.every((one) => segmentOf(one)?.reviewed);
        return { ids, facts: { reviewed }, says: reviewed ? strings.reviewed : strings.notReviewed };
      });
    },
    /** Speech becomes a sound, like music or laughter, and the other way. */
    changeKind(/** @type {string} */ id) {
      const ids = meant(id);
      return say(ids, () => {
        const isSound = segmentOf(id)?.kind !== "sound";
        return {
          ids,
          facts: { kind_of_segment: isSound ? "sound" : "speech" },
          says: isSound ? strings.markedSound : strings.markedSpeech,
        };
      });
    },
    /** Speaker 1, 2 ... by order of appearance; where nobody has the number yet, the name is asked for. */
    assign(/** @type {string} */ id, /** @type {number} */ number, /** @type {(id: string) => void} */ askName) {
      const numbered = () => speakers(doc())[number - 1];
      const nameOrAsk = () => (numbered() === undefined ? askName(id) : void setSpeaker(id, numbered()));
      return numbered() === undefined ? inTurn(nameOrAsk) : setSpeaker(id, numbered());
    },
    toggleTurn: (/** @type {string} */ id) =>
      say([id], () => ({ ids: [id], facts: { new_turn: !segmentOf(id)?.new_turn }, says: "" })),
    note: (/** @type {string} */ id, /** @type {string} */ text) =>
      say([id], () => ({ ids: [id], facts: { note: text }, says: "" })),
    /** Strike words out, or restore them where all are struck out; where a part is empty, the word at the caret. */
    strike(/** @type {readonly import("./across.js").Part[]} */ parts) {
      const before = new Map(parts.map(({ id }) => [id, struckIn(segmentOf(id))]));
      const sent = attempt(() => session.strike(parts)).then((changes) => {
        /** @type {import("../transcript/transcript.js").Segment[]} */
        const segments = changes?.segments ?? [];
        // What comes along unchanged counts for nothing.
        const more = segments.reduce((sum, one) => sum + struckIn(one) - (before.get(one.id) ?? struckIn(one)), 0);
        if (changes) announce(more > 0 ? strings.struck(more) : strings.restored(-more));
        return changes !== null;
      });
      return inTurn(() => sent);
    },
    /** Give words a code, or take it from them where all have it. */
    code(/** @type {readonly import("./across.js").Part[]} */ parts, /** @type {string} */ code) {
      const sent = attempt(() => session.code(parts, code), code).then((changes) => {
        /** @type {import("../transcript/transcript.js").Segment[]} */
        const segments = changes?.segments ?? [];
        const isGiven = segments.some(({ words }) => words.some((word) => codesOf(word).includes(code)));
        if (changes) announce((isGiven ? strings.coded : strings.uncoded)(code));
        return changes !== null;
      });
      return inTurn(() => sent);
    },
    remove: (/** @type {string} */ id) => structure(() => remove(id)),
    join: (/** @type {string} */ id) => structure(() => join(id)),
  };
}
