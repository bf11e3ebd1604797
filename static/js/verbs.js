/** What a person can do in the text, as verbs: each joins session, text and player. */

import { caretRectangle, placeCaret } from "./caret.js";
import { neighbour, nextUnreviewed, speakers } from "./document.js";
import { announce } from "./dom.js";
import { chordOf } from "./keys.js";
import { enterBox } from "./typing.js";
import { endOf, offsetAfter, offsetOf, sharedEnds, startOf, wordAtOffset } from "./words.js";

const STEP_MS = 2000;
const NUDGE_MS = 10;

/**
 * @param {{session: ReturnType<typeof import("./session.js").createSession>,
 *   text: ReturnType<typeof import("./text-view.js").mountText>,
 *   player: ReturnType<typeof import("./player.js").createPlayer>,
 *   attempt(run: () => Promise<any>): Promise<any>,
 *   structure(run: () => Promise<unknown>): Promise<unknown>,
 *   reveal(id: string): void,
 *   place(): {id: string, start: number, offset: number},
 *   doubts(): ReturnType<typeof import("./doubt-walk.js").createDoubtWalk>}} parts
 */
export function createVerbs({ session, text, player, attempt, structure, reveal, place, doubts }) {
  const doc = () => session.state().doc;

  /** Put the caret into a segment, and the segment into view. */
  function focus(/** @type {string} */ id, /** @type {number} */ offset) {
    text.update(session.state());
    const box = text.boxOf(id);
    if (!box) return;
    reveal(id);
    placeCaret(box, offset);
    box.scrollIntoView({ block: "nearest" });
  }

  /** The time at an offset of a segment's text as shown; null where none is known. */
  function timeAt(/** @type {string} */ id, /** @type {number} */ offset) {
    const words = session.shownWords(id).filter((word) => word !== null);
    const word = words[wordAtOffset(words, offset)];
    return word ? startOf(word) : null;
  }

  /** Index of the word at an offset of a segment as shown; those without a time do not count. */
  const wordAt = (/** @type {string} */ id, /** @type {number} */ offset) =>
    session.shownWords(id).findLastIndex((word, index) => word !== null && (index === 0 || offsetOf(word) <= offset));

  function playFrom(/** @type {string} */ id, offset = 0) {
    const time_ms = timeAt(id, offset);
    if (time_ms === null) return announce("This text has no time yet");
    player.seek(time_ms);
    player.play();
  }

  /** First and last ms of the words that a stretch of a segment touches; the whole segment where it is empty. */
  function spanOf(/** @type {string} */ id, /** @type {number} */ start, /** @type {number} */ end) {
    const words = session.shownWords(id).filter((word) => word !== null);
    const touched = words.filter((word) => offsetOf(word) < end && offsetAfter(word) > start);
    const span = touched.length ? touched : words;
    return span.length ? { start_ms: startOf(span[0]), end_ms: Math.max(...span.map(endOf)) } : null;
  }

  /** Play what is selected, else from the caret on. */
  function playHere(/** @type {{id: string, start: number, offset: number}} */ { id, start, offset }) {
    const span = start < offset ? spanOf(id, start, offset) : null;
    if (span) player.playSpan(span.start_ms, span.end_ms);
    else playFrom(id, offset);
  }

  /** Play the selection or the segment again and again, until called once more. */
  function loop() {
    if (player.isLooping()) return player.pause();
    const { id, start, offset } = place();
    const span = spanOf(id, start, offset);
    if (span) player.playSpan(span.start_ms, span.end_ms, { isLoop: true });
    announce(span ? "Playing again and again" : "This text has no time yet");
  }

  async function merge(/** @type {string} */ id, /** @type {"start" | "end"} */ at) {
    const first = at === "end" ? doc().byId.get(id) : neighbour(doc(), id, -1);
    const second = first && neighbour(doc(), first.id, 1);
    if (!first || !second) return;
    const tail = session.shownText(second.id).trim();
    const done = await attempt(() => session.merge(first.id));
    if (!done) return;
    focus(first.id, session.shownText(first.id).length - tail.length);
    announce("Joined");
  }

  async function split(/** @type {string} */ id, /** @type {number} */ offset) {
    if (!(await attempt(() => session.split(id, offset)))) return;
    const next = neighbour(doc(), id, 1);
    if (next) focus(next.id, 0);
    announce("Split");
  }

  /** Undo or redo, and show where. */
  async function travel(/** @type {"undo" | "redo"} */ way) {
    session.commitAll();
    const before = doc().byId;
    const changes = await attempt(session[way]);
    const changed = changes?.segments[0];
    if (!changed) return;
    const then = before.get(changed.id)?.text ?? "";
    focus(changed.id, changed.text.length - sharedEnds(then, changed.text).suffix);
    announce(way === "undo" ? "Undone" : "Done again");
  }

  function step(/** @type {string} */ id, /** @type {-1 | 1} */ by, /** @type {"start" | "end" | "same"} */ place) {
    let to = neighbour(doc(), id, by);
    while (to && text.isLeftOut(to.id)) to = neighbour(doc(), to.id, by);
    const box = text.boxOf(id);
    const target = to && text.boxOf(to.id);
    if (!box || !target) return;
    enterBox(target, place, caretRectangle(box).left, by);
    target.scrollIntoView({ block: "nearest" });
  }

  /** Tick a segment as reviewed, or take the tick away. */
  async function review(/** @type {string} */ id) {
    const reviewed = !doc().byId.get(id)?.reviewed;
    if (await attempt(() => session.set(id, { reviewed }))) announce(reviewed ? "Reviewed" : "Not reviewed");
  }

  /** Speech becomes a sound, like music or laughter, and the other way. */
  async function changeKind(/** @type {string} */ id) {
    const kind_of_segment = doc().byId.get(id)?.kind === "sound" ? "speech" : "sound";
    if (await attempt(() => session.set(id, { kind_of_segment }))) {
      announce(kind_of_segment === "sound" ? "Now a sound" : "Now speech");
    }
  }

  function goToUnreviewed(/** @type {string | null} */ from) {
    const id = nextUnreviewed(doc(), from);
    if (id) focus(id, 0);
    else announce("All segments are reviewed");
  }

  const typing = {
    typed: session.typed,
    commit: session.commit,
    hasUncommitted: session.hasUncommitted,
    active: text.activate,
    merge,
    step,
    undo: () => void structure(() => travel("undo")),
    redo: () => void structure(() => travel("redo")),
    caretMoved(/** @type {string} */ id, /** @type {number} */ offset, /** @type {"click" | "key"} */ how) {
      const time_ms = how === "click" ? timeAt(id, offset) : null;
      if (time_ms !== null) player.seek(time_ms);
      doubts().caretAt(id, offset);
    },
  };

  /**
   * Actions of the key table; each says whether it took the key.
   * @param {{caret(): {id: string, start: number, offset: number} | null, nameSpeaker(id: string): void,
   *   walk: ReturnType<typeof import("./doubt-walk.js").createDoubtWalk>,
   *   times: ReturnType<typeof import("./word-times.js").mountWordTimes>,
   *   openMove(id: string, word: number): void, openSpeakers(): void,
   *   openHistory(): void, openSheet(): void}} parts
   */
  function keys({ caret, nameSpeaker, walk, times, openMove, openSpeakers, openHistory, openSheet }) {
    const inText = (/** @type {(at: {id: string, start: number, offset: number}) => unknown} */ run) => () => {
      const at = caret();
      if (at) run(at);
      return at !== null;
    };
    const yes = (/** @type {() => unknown} */ run) => () => (run(), true);
    const onWord = (/** @type {(id: string, word: number) => unknown} */ run) =>
      inText(({ id, offset }) => run(id, wordAt(id, offset)));
    const edge = (/** @type {number} */ index) => yes(() => {
      const id = doc().order.at(index);
      if (id) focus(id, index ? session.shownText(id).length : 0);
    });
    /** Speaker 1, 2 ... by order of appearance; a number nobody has yet asks for the name. */
    const assign = (/** @type {string} */ id, /** @type {number} */ number) => {
      const speaker = speakers(doc())[number - 1];
      if (speaker === undefined) return nameSpeaker(id);
      attempt(() => session.set(id, { speaker })).then((done) => done && announce(speaker));
    };
    /** @type {Record<string, (event: KeyboardEvent) => boolean>} */
    const actions = {
      toggle: ({ key }) => (key === "Escape" && walk.isShown() ? walk.hide() : player.toggle(), true),
      back: yes(() => player.skip(-STEP_MS)),
      forward: yes(() => player.skip(STEP_MS)),
      slower: yes(() => player.stepSpeed(-1)),
      faster: yes(() => player.stepSpeed(1)),
      playHere: inText(playHere),
      loop: yes(loop),
      nextDoubt: yes(() => walk.walk(1)),
      previousDoubt: yes(() => walk.walk(-1)),
      hearDoubt: walk.hear,
      takeDoubt: walk.take,
      keepDoubt: walk.keep,
      next: inText(({ id }) => (session.commit(id), step(id, 1, "start"))),
      split: inText(({ id, offset }) => structure(() => split(id, offset))),
      speaker: inText(({ id }) => nameSpeaker(id)),
      assignSpeaker: (event) => inText(({ id }) => assign(id, Number(chordOf(event).at(-1))))(),
      speakers: yes(openSpeakers),
      history: yes(openHistory),
      turn: inText(({ id }) => attempt(() => session.set(id, { new_turn: !doc().byId.get(id)?.new_turn }))),
      times: onWord(times.open),
      earlier: onWord((id, word) => times.nudge(id, word, -NUDGE_MS)),
      later: onWord((id, word) => times.nudge(id, word, NUDGE_MS)),
      move: onWord(openMove),
      review: inText(({ id }) => review(id)),
      kind: inText(({ id }) => changeKind(id)),
      nextUnreviewed: yes(() => goToUnreviewed(caret()?.id ?? null)),
      undo: () => {
        const at = caret();
        if (at && session.hasUncommitted(at.id)) return false;
        typing.undo();
        return true;
      },
      redo: yes(typing.redo),
      first: edge(0),
      last: edge(-1),
      sheet: yes(openSheet),
    };
    return (/** @type {string} */ action, /** @type {KeyboardEvent} */ event) => actions[action](event);
  }

  return { typing, keys, focus, playFrom, loop, wordAt, review, goToUnreviewed };
}
