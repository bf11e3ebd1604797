/** What each action of the key table does; each says whether it took the key. */

import { chordOf } from "./chords.js";
import { frameOf } from "../transcript/words.js";

const STEP_MS = 2000;
const NUDGE_MS = 10;

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   player: ReturnType<typeof import("../playback/player.js").createPlayer>,
 *   verbs: ReturnType<typeof import("../text/text-commands.js").createVerbs>,
 *   selection: ReturnType<typeof import("../text/chosen-segments.js").createSelection>,
 *   caret(): {id: string, start: number, offset: number} | null, nameSpeaker(id: string): void,
 *   writeNote(id: string): void,
 *   walk: ReturnType<typeof import("../review/doubt-in-text.js").createDoubtWalk>,
 *   times: ReturnType<typeof import("../playback/word-times.js").mountWordTimes>,
 *   openMove(id: string, word: number): void, openSpeakers(): void,
 *   openHistory(): void, openCaptions(): void, openSheet(): void,
 *   queue: ReturnType<typeof import("../page/review.js").mountQueue>,
 *   openFind(): void, isInFind(): boolean, openEverywhere(): void, openNames(): void}} parts
 */
export function createKeyActions({ session, selection, player, verbs, caret, nameSpeaker, writeNote, walk, times, openMove, openSpeakers, openHistory, openCaptions, openSheet, queue, openFind, isInFind, openEverywhere, openNames }) {
  const inText = (/** @type {(at: {id: string, start: number, offset: number}) => unknown} */ run) => () => {
    const at = caret();
    if (at) run(at);
    return at !== null;
  };
  /** About the segment with the caret, else about those that are chosen. */
  const onSegments = (/** @type {(id: string) => unknown} */ run) => () => {
    const id = caret()?.id ?? selection.ids()[0];
    if (id) run(id);
    return id !== undefined;
  };
  const yes = (/** @type {() => unknown} */ run) => () => (run(), true);
  const onWord = (/** @type {(id: string, word: number) => unknown} */ run) =>
    inText(({ id, offset }) => run(id, verbs.wordAt(id, offset)));
  const isInQueue = (/** @type {Event} */ { target }) => target instanceof Element && target.closest("#queue") !== null;
  /** Within the panel of the review a key is about the doubt at hand. */
  const inQueue = (/** @type {() => unknown} */ there, /** @type {(event: KeyboardEvent) => boolean} */ elsewhere) =>
    (/** @type {KeyboardEvent} */ event) => (isInQueue(event) ? (there(), true) : elsewhere(event));
  const edge = (/** @type {number} */ index) => yes(() => {
    const id = session.state().doc.order.at(index);
    if (id) verbs.focus(id, index ? session.shownText(id).length : 0);
  });
  /** Close the panel that has the focus, or put aside what is open over the text; whether there was anything. */
  function leave(/** @type {Element} */ target) {
    const panel = target.closest("#queue, #captions");
    if (panel) (panel.id === "queue" ? queue.toggle : openCaptions)();
    if (panel) return true;
    const isShown = walk.isShown();
    if (isShown) walk.hide();
    return selection.clear() || isShown;
  }
  /** @type {Record<string, (event: KeyboardEvent) => boolean>} */
  const actions = {
    toggle: yes(player.toggle),
    leave: ({ target }) => {
      const isLeft = target instanceof Element && leave(target);
      // Elsewhere the key means to close something, which may just have closed by itself.
      if (!isLeft && caret()) player.toggle();
      return true;
    },
    back: yes(() => player.skip(-STEP_MS)),
    forward: yes(() => player.skip(STEP_MS)),
    slower: yes(() => player.stepSpeed(-1)),
    faster: yes(() => player.stepSpeed(1)),
    playHere: inText(verbs.playHere),
    loop: inQueue(queue.loop, yes(verbs.loop)),
    nextDoubt: () => (queue.isOpen() ? queue.next() : walk.walk(1), true),
    previousDoubt: () => (queue.isOpen() ? queue.previous() : walk.walk(-1), true),
    hearDoubt: inQueue(queue.again, walk.hear),
    takeDoubt: inQueue(queue.take, walk.take),
    keepDoubt: inQueue(queue.keep, walk.keep),
    typeDoubt: yes(queue.type),
    queue: yes(queue.toggle),
    everywhere: inQueue(queue.everywhere, yes(openEverywhere)),
    // Where it is open already the browser's own search is what is left to ask for.
    replace: ({ key }) => (key.toLowerCase() === "f" && isInFind() ? false : (openFind(), true)),
    names: yes(openNames),
    next: inText(({ id }) => queue.finishTyping() || (session.commit(id), verbs.typing.step(id, 1, "start"))),
    split: inText(({ id, offset }) => verbs.split(id, offset)),
    speaker: onSegments(nameSpeaker),
    assignSpeaker: (event) => onSegments((id) => verbs.assign(id, Number(chordOf(event).at(-1)), nameSpeaker))(),
    speakers: yes(openSpeakers),
    history: yes(openHistory),
    note: inText(({ id }) => writeNote(id)),
    choose: inText(({ id }) => selection.toggle(id)),
    chooseUp: inText(({ id }) => verbs.extend(id, -1)),
    chooseDown: inText(({ id }) => verbs.extend(id, 1)),
    chooseAll: yes(selection.all),
    join: onSegments(verbs.join),
    remove: onSegments(verbs.remove),
    frameEarlier: onWord((id, word) => times.nudge(id, word, -frameOf(session.state().doc.media))),
    frameLater: onWord((id, word) => times.nudge(id, word, frameOf(session.state().doc.media))),
    letGo: inText(verbs.letGo),
    captions: yes(openCaptions),
    turn: inText(({ id }) => verbs.toggleTurn(id)),
    times: onWord(times.open),
    earlier: onWord((id, word) => times.nudge(id, word, -NUDGE_MS)),
    later: onWord((id, word) => times.nudge(id, word, NUDGE_MS)),
    move: onWord(openMove),
    review: onSegments(verbs.review),
    kind: onSegments(verbs.changeKind),
    nextUnreviewed: yes(() => verbs.goToUnreviewed(caret()?.id ?? null)),
    undo: (event) => {
      if (isInQueue(event)) return queue.undo(), true;
      verbs.typing.undo();
      return true;
    },
    redo: yes(verbs.typing.redo),
    first: edge(0),
    last: edge(-1),
    sheet: yes(openSheet),
  };
  return (/** @type {string} */ action, /** @type {KeyboardEvent} */ event) => actions[action](event);
}
