/** What a person can do in the text, as verbs: each joins session, text and player. */

import { enterBox } from "./box-edges.js";
import { caretRectangle, placeCaret } from "./caret.js";
import { neighbour } from "../transcript/transcript.js";
import { announce, isInField } from "../shared/dom.js";
import { createPlayingVerbs } from "./play-commands.js";
import { createSegmentVerbs } from "./segment-commands.js";
import { offer, toast } from "../shared/toast.js";
import { sharedEnds } from "../transcript/words.js";
import { strings } from "./strings.js";

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   text: ReturnType<typeof import("./text-view.js").mountText>,
 *   player: ReturnType<typeof import("../playback/player.js").createPlayer>,
 *   attempt(run: () => Promise<any>, typed?: string): Promise<any>,
 *   structure(run: () => Promise<unknown>, isUndo?: boolean): Promise<unknown>,
 *   inTurn(run: () => unknown): Promise<unknown>,
 *   onNamed(id: string): void,
 *   composed(): Promise<unknown>,
 *   reveal(id: string): void,
 *   place(): {id: string, start: number, offset: number},
 *   doubts(): ReturnType<typeof import("../review/doubt-in-text.js").createDoubtsInText>}} parts
 */
export function createVerbs({
  session,
  selection,
  text,
  player,
  attempt,
  structure,
  inTurn,
  onNamed,
  composed,
  reveal,
  place,
  doubts,
}) {
  const doc = () => session.state().doc;
  const playing = createPlayingVerbs({ session, player, place });
  const segment = createSegmentVerbs({ session, selection, attempt, structure, inTurn, onNamed, focus, land });

  /** Put the caret into a segment, and the segment into view. */
  function focus(/** @type {string} */ id, /** @type {number} */ offset) {
    text.update(session.state());
    const box = text.boxOf(id);
    if (!box) return;
    reveal(id);
    placeCaret(box, offset);
    box.scrollIntoView({ block: "nearest" });
  }

  /** Put the caret where a change of the structure leads, once no word is being composed. */
  async function land(/** @type {string} */ id, /** @type {number} */ offset) {
    await composed();
    if (!isInField() && text.isShown()) focus(id, offset);
  }

  async function merge(/** @type {string} */ id, /** @type {"start" | "end"} */ at) {
    const first = at === "end" ? doc().byId.get(id) : neighbour(doc(), id, -1);
    const second = first && neighbour(doc(), first.id, 1);
    if (!first || !second) return null;
    const tail = session.shownText(second.id).trim();
    if (!(await attempt(() => session.merge(first.id)))) return false;
    await land(first.id, session.shownText(first.id).length - tail.length);
    return announce(strings.joined);
  }

  async function split(/** @type {string} */ id, /** @type {number} */ offset) {
    const shown = session.shownText(id);
    const isBetween = [shown.slice(0, offset), shown.slice(offset)].every((part) => part.trim() !== "");
    if (!isBetween) return announce(strings.whereToSplit);
    if (!(await attempt(() => session.split(id, offset)))) return false;
    const next = neighbour(doc(), id, 1);
    if (next) await land(next.id, 0);
    return announce(strings.split);
  }

  /** Undo or redo, and show where. */
  async function travel(/** @type {"undo" | "redo"} */ way) {
    const typed = way === "undo" ? session.dropSpaces() : null;
    if (typed) return void showAsShown(typed);
    session.commitAll();
    const before = doc().byId;
    const changes = await attempt(session[way]);
    if (!changes) return null;
    if (changes.wasUnseen) offer(strings.undoneElsewhere, { label: strings.redo, run: typing.redo });
    const changed = placeOf(changes, before);
    if (changed) await land(changed.id, changed.offset);
    return announce(way === "undo" ? strings.undone : strings.redone);
  }

  /** Spaces at its ends are left in a box that has the caret, until they are taken back. */
  function showAsShown(/** @type {string} */ id) {
    const [box, shown] = [text.boxOf(id), session.shownText(id)];
    if (!box) return;
    box.textContent = shown;
    placeCaret(box, shown.length);
  }

  /** The next segment that is shown. */
  function beside(/** @type {string} */ id, /** @type {-1 | 1} */ by) {
    let to = neighbour(doc(), id, by);
    while (to && text.isLeftOut(to.id)) to = neighbour(doc(), to.id, by);
    return to?.id ?? null;
  }

  /**
   * Put a text in place of what is selected over several segments, in one step; what is left of the
   * first and the last stays theirs.
   * @param {readonly import("./across.js").Part[]} parts
   * @param {string} added
   */
  async function replaceAcross(parts, added) {
    const [first, last] = [parts[0], parts[parts.length - 1]];
    const { order } = doc();
    const ids = order.slice(order.indexOf(first.id), order.indexOf(last.id) + 1);
    if (ids.length !== parts.length) return toast(strings.acrossHidden);
    const before = session.shownText(first.id).slice(0, first.start) + added;
    const behind = session.shownText(last.id).slice(last.end);
    const next = neighbour(doc(), last.id, 1) ?? neighbour(doc(), first.id, -1);
    if (!(await attempt(() => session.replaceRun(ids, before, behind), added.trim()))) return false;
    if (before.trim()) await land(first.id, before.length);
    else if (behind.trim()) await land(last.id, 0);
    else if (next) await land(next.id, 0);
    if (before.trim() && before !== before.trimEnd()) keepSpace(first.id, before);
    return announce(added ? strings.replacedAcross : strings.deleted);
  }
  /** The server takes spaces from the end of a text; what is typed next goes on behind them. */
  function keepSpace(/** @type {string} */ id, /** @type {string} */ typed) {
    const box = text.boxOf(id);
    if (!box || box !== document.activeElement || session.shownText(id) !== typed.trimEnd()) return;
    box.textContent = typed;
    placeCaret(box, typed.length);
  }

  function step(/** @type {string} */ id, /** @type {-1 | 1} */ by, /** @type {"start" | "end" | "same"} */ side) {
    const to = beside(id, by);
    const box = text.boxOf(id);
    const target = to && text.boxOf(to);
    if (!box || !target) return;
    enterBox(target, side, caretRectangle(box).left, by);
    target.scrollIntoView({ block: "nearest" });
  }

  const typing = {
    typed: session.typed,
    commit: session.commit,
    commitAll: session.commitAll,
    leave: session.leave,
    begin: session.begin,
    shownText: session.shownText,
    showNews: () => text.showNews(session.state()),
    active: text.activate,
    merge,
    step,
    undo: () => void structure(() => travel("undo"), true),
    redo: () => void structure(() => travel("redo")),
    boxOf: text.boxOf,
    beside,
    edge(/** @type {-1 | 1} */ by) {
      const shown = (/** @type {string} */ id) => !text.isLeftOut(id);
      return by < 0 ? doc().order.find(shown) : doc().order.findLast(shown);
    },
    between(/** @type {string} */ from, /** @type {string} */ to) {
      const { order } = doc();
      const [first, last] = [order.indexOf(from), order.indexOf(to)].sort((a, b) => a - b);
      return order.slice(first, last + 1).filter((id) => !text.isLeftOut(id));
    },
    replaceAcross,
    caretMoved(/** @type {string} */ id, /** @type {number} */ offset, /** @type {"click" | "key"} */ how) {
      const time_ms = how === "click" ? playing.timeAt(id, offset) : null;
      if (time_ms !== null) player.seek(time_ms);
      doubts().caretAt(id, offset);
    },
  };

  /** Choose segments one by one, beginning with this one, and go along. */
  function extend(/** @type {string} */ id, /** @type {-1 | 1} */ by) {
    session.commit(id);
    focus(selection.extend(id, by), 0);
  }

  /** Let the times of the selected words go, or that of the word at the caret. */
  function letGo(/** @type {{id: string, start: number, offset: number}} */ { id, start, offset }) {
    const first = playing.wordAt(id, start);
    const last = start < offset ? playing.wordAt(id, offset - 1) : first;
    const done = attempt(() => session.letGo(id, first, last)).then((changes) => {
      if (changes) announce(changes.segments.length > 0 ? strings.unlocked : strings.nothingUnlocked);
      return changes !== null;
    });
    return inTurn(() => done);
  }

  return {
    typing,
    focus,
    extend,
    letGo,
    split: (/** @type {string} */ id, /** @type {number} */ offset) => structure(() => split(id, offset)),
    /** Another speaker begins within a segment; the caret stays where it is. */
    splitTurn: (/** @type {string} */ id, /** @type {number} */ offset, /** @type {string | null} */ speaker) =>
      structure(async () => {
        const changes = await attempt(() => session.split(id, offset, { speaker }));
        if (changes) announce(speaker ?? strings.split);
        return changes !== null;
      }),
    ...playing,
    ...segment,
  };
}

/**
 * Where a change shows: at the start of what has come, at the seam of what was joined, behind what
 * was written; null where segments only went.
 * @param {import("../transcript/transcript.js").Changes} changes
 * @param {ReadonlyMap<string, import("../transcript/transcript.js").Segment>} before
 */
function placeOf({ segments, removed }, before) {
  const come = segments.find(({ id }) => !before.has(id));
  if (come) return { id: come.id, offset: 0 };
  const [changed] = segments;
  if (!changed) return null;
  const joined = before.get(removed[0])?.text.length;
  const behind = joined ?? sharedEnds(before.get(changed.id)?.text ?? "", changed.text).suffix;
  return { id: changed.id, offset: Math.max(0, changed.text.length - behind) };
}
