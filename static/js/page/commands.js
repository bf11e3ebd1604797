/**
 * All that a person can do in the editor page by keys, buttons and menus, as one table; see
 * `keys/commands.js`. The parts of the page do it, this says what it is called and what it is about.
 */

import { NUDGES, segmentCommands, timeCommands } from "./commands-of-segments.js";
import { commandStrings } from "./command-strings.js";

const STEP_MS = 2000;

/** @typedef {typeof ELSEWHERE} Own */

/** Chords that are other ones on a Mac, where the system or the browser takes those. */
const ELSEWHERE = {
  play: "Ctrl+Space",
  find: "Ctrl+H",
  remove: "Alt+Delete",
  first: "Ctrl+Home",
  last: "Ctrl+End",
  redo: ["Ctrl+Shift+Z", "Ctrl+Y"],
};
const ON_MAC = {
  play: "Option+Space",
  find: "Alt+F",
  remove: "Alt+Backspace",
  first: "Ctrl+ArrowUp",
  last: "Ctrl+ArrowDown",
  redo: ["Ctrl+Shift+Z"],
};

/**
 * @typedef {import("../keys/commands.js").Commands} Commands
 * @typedef {import("../keys/commands.js").Context} Context
 * @typedef {import("../keys/commands.js").Place} Place
 * @typedef {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   player: ReturnType<typeof import("../playback/player.js").createPlayer>,
 *   verbs: ReturnType<typeof import("../text/text-commands.js").createVerbs>,
 *   selection: ReturnType<typeof import("../text/chosen-segments.js").createSelection>,
 *   typing: ReturnType<typeof import("../text/typing.js").mountTyping>,
 *   caret(): Place | null, nameSpeaker(id: string): void, writeNote(id: string): void, choose(): void,
 *   walk: ReturnType<typeof import("../review/doubt-in-text.js").createDoubtsInText>,
 *   times: ReturnType<typeof import("../playback/word-times.js").mountWordTimes>,
 *   timesMode: ReturnType<typeof import("../playback/times-mode.js").createTimesMode>,
 *   review: ReturnType<typeof import("./review.js").mountReview>,
 *   finding: ReturnType<typeof import("./find.js").mountFinding>,
 *   openMove(id: string, word: number): void, openSpeakers(wanted?: {isToFind?: boolean, toSplit?: string | null}): void, openCodes(parts: readonly import("../text/across.js").Part[] | null): void, openHistory(): void, openLinks(): void,
 *   openCaptions(): void, cueList(): void, goToFault(step: 1 | -1): void, fixFault(): unknown, addCue(): void, openKeys(): void, openNames(): void, openFillers(): void, openRealign(): void, openExport(): void,
 *   openMake(made: import("./make-dialog.js").Made): void,
 *   sameVoice: ReturnType<typeof import("./same-voice.js").createSameVoice>,
 *   openPalette(): void, lineMenu(id: string): void, copying: ReturnType<typeof import("./copying.js").createCopying>,
 *   mendTimes(): void}} Parts
 */

/** @param {Parts} parts @param {boolean} isMac there Control and Option together are Alt @returns {Commands} */
export function createCommands(parts, isMac) {
  const own = isMac ? ON_MAC : ELSEWHERE;
  const about = createAbout(parts);
  const all = {
    ...playCommands(parts, about, own),
    ...doubtCommands(parts, about),
    ...findCommands(parts, about, own),
    ...segmentCommands(parts, about, own),
    ...timeCommands(parts, about),
    ...pageCommands(parts, own),
  };
  return finishingMoves(all, parts.times);
}

/** @typedef {ReturnType<typeof createAbout>} About */

/** What commands are about, and whether that is there. @param {Parts} parts */
function createAbout({ selection, verbs, typing, session }) {
  const whole = (/** @type {string} */ id) => ({ id, start: 0, end: session.shownText(id).length });
  function passageIn(/** @type {Context} */ { place, target }) {
    const chosen = selection.ids();
    if (chosen.length > 0 && (!place || selection.has(place.id))) return chosen.map(whole);
    const parts = typing.across.lastParts();
    // The menu of a line beside what is selected is about its line.
    const isBeside = target?.closest("#line-menu") && !parts?.some(({ id }) => id === place?.id);
    if (parts?.length && !isBeside) return parts;
    if (!place) return null;
    const { id, start, offset } = place;
    return [start < offset ? { id, start, end: offset } : whole(id)];
  }
  const idOf = (/** @type {Context} */ { place }) => place?.id ?? selection.ids()[0];
  const inText = (/** @type {(at: Place) => unknown} */ run) => ({
    isEnabled: (/** @type {Context} */ { place }) => place !== null,
    run(/** @type {Context} */ { place }) {
      if (place) run(place);
      return place !== null;
    },
  });
  return {
    inText,
    /** About the segment with the caret, else about those that are chosen. */
    onSegments: (/** @type {(id: string, context: Context) => unknown} */ run) => ({
      isEnabled: (/** @type {Context} */ context) => idOf(context) !== undefined,
      run(/** @type {Context} */ context) {
        const id = idOf(context);
        if (id !== undefined) run(id, context);
        return id !== undefined;
      },
    }),
    /** About what is selected, also over several segments, else the segments that are chosen, else that of the caret. */
    onPassage: Object.assign(
      (/** @type {(parts: import("../text/across.js").Part[], context: Context) => unknown} */ run) => ({
        isEnabled: (/** @type {Context} */ context) => passageIn(context) !== null,
        run(/** @type {Context} */ context) {
          const parts = passageIn(context);
          if (parts) run(parts, context);
          return parts !== null;
        },
      }),
      { in: passageIn },
    ),
    onWord: (/** @type {(id: string, word: number) => unknown} */ run) =>
      inText(({ id, offset }) => run(id, verbs.wordAt(id, offset))),
    /** Within the panel of the review it is about the doubt at hand. */
    inReview:
      (/** @type {() => unknown} */ there, /** @type {() => unknown} */ elsewhere) =>
      (/** @type {Context} */ { isInReview }) =>
        isInReview ? void there() : elsewhere(),
  };
}

/**
 * Times that were moved are sent before anything else is done.
 * @param {Commands} commands
 * @param {Parts["times"]} times
 * @returns {Commands}
 */
function finishingMoves(commands, times) {
  const finishing = Object.entries(commands).map(([id, command]) => {
    if (NUDGES.includes(id)) return [id, command];
    const run = (/** @type {Context} */ context) => {
      times.finish();
      return command.run(context);
    };
    return [id, { ...command, run }];
  });
  return Object.fromEntries(finishing);
}

/** @param {Parts} parts @param {About} about @param {Own} own @returns {Commands} */
function playCommands(
  { player, verbs, review, selection, walk, openCaptions, cueList, caret },
  { inText, inReview },
  own,
) {
  /** Close the panel that has the focus, or put aside what is open over the text; whether there was anything. */
  function close(/** @type {Element} */ target) {
    const panel = target.closest("#queue, #captions, #cues");
    if (panel?.id === "queue") review.toggle();
    if (panel?.id === "captions") openCaptions();
    if (panel?.id === "cues") cueList();
    if (panel) return true;
    const isShown = walk.isShown();
    if (isShown) walk.hide();
    return selection.clear() || isShown;
  }
  return {
    play: {
      label: commandStrings.play,
      keys: { both: [own.play], page: ["Space", "K"] },
      run: () => void player.toggle(),
    },
    close: {
      label: commandStrings.close,
      keys: { both: ["Escape"] },
      run({ target }) {
        const isClosed = target !== null && close(target);
        // Elsewhere the key means to close something, which may just have closed by itself.
        if (!isClosed && caret()) player.toggle();
      },
    },
    back: {
      label: commandStrings.back,
      keys: { both: ["Alt+ArrowLeft"], page: ["J", "ArrowLeft"] },
      goesOn: true,
      run: () => void player.skip(-STEP_MS),
    },
    forward: {
      label: commandStrings.forward,
      keys: { both: ["Alt+ArrowRight"], page: ["L", "ArrowRight"] },
      goesOn: true,
      run: () => void player.skip(STEP_MS),
    },
    slower: {
      label: commandStrings.slower,
      keys: { both: ["Alt+ArrowDown"], review: ["S"] },
      goesOn: true,
      run: () => void player.stepSpeed(-1),
    },
    faster: {
      label: commandStrings.faster,
      keys: { both: ["Alt+ArrowUp"], review: ["F"] },
      goesOn: true,
      run: () => void player.stepSpeed(1),
    },
    playHere: { label: commandStrings.playHere, keys: { both: ["Alt+P"] }, ...inText(verbs.playHere) },
    loop: {
      label: commandStrings.loop,
      labels: { review: commandStrings.loopInReview },
      keys: { both: ["Alt+L"], review: ["L"] },
      run: inReview(review.loop, () => void verbs.loop()),
    },
  };
}

/** @param {Parts} parts @param {About} about @returns {Commands} */
function doubtCommands({ review, walk }, { inReview }) {
  const isAny = (/** @type {Context} */ { isInReview }) => isInReview || walk.count() > 0;
  return {
    nextDoubt: {
      label: commandStrings.nextDoubt,
      labels: { review: commandStrings.nextDoubtInReview },
      keys: { both: ["Ctrl+."], review: ["ArrowRight", "ArrowDown", "N"] },
      isEnabled: isAny,
      run: () => void (review.isOpen() ? review.next() : walk.walk(1)),
    },
    previousDoubt: {
      label: commandStrings.previousDoubt,
      labels: { review: commandStrings.previousDoubtInReview },
      keys: { both: ["Ctrl+,"], review: ["ArrowLeft", "ArrowUp", "P"] },
      isEnabled: isAny,
      run: () => void (review.isOpen() ? review.previous() : walk.walk(-1)),
    },
    playDoubt: {
      label: commandStrings.playDoubt,
      labels: { review: commandStrings.playDoubtInReview },
      keys: { both: ["Alt+H"], review: ["Space", "H"] },
      run: inReview(review.play, walk.play),
    },
    useHeard: {
      label: commandStrings.useHeard,
      keys: { both: ["Alt+Enter"], review: ["T", "Enter"] },
      run: inReview(review.useHeard, walk.useHeard),
    },
    keepText: {
      label: commandStrings.keepText,
      labels: { review: commandStrings.keepTextInReview },
      keys: { both: ["Alt+K"], review: ["K"] },
      run: inReview(review.keepText, walk.keepText),
    },
    typeDoubt: { label: commandStrings.typeDoubt, keys: { review: ["E"] }, run: () => void review.type() },
    review: { label: commandStrings.review, keys: { both: ["Alt+Q"] }, run: () => void review.toggle() },
  };
}

/** @param {Parts} parts @param {About} about @param {Own} own @returns {Commands} */
function findCommands({ review, finding, openNames, openFillers }, { inReview }, own) {
  return {
    correctEverywhere: {
      label: commandStrings.correctEverywhere,
      labels: { review: commandStrings.correctEverywhereInReview },
      keys: { both: ["Alt+E"], review: ["A"] },
      isEnabled: ({ isInReview }) => !isInReview || review.canCorrectEverywhere(),
      run: inReview(review.everywhere, () => void finding.openEverywhere()),
    },
    find: {
      label: commandStrings.find,
      keys: { both: ["Ctrl+F", own.find] },
      run({ press }) {
        // Where it is open already the browser's own search is what is left to ask for.
        if (press?.key.toLowerCase() === "f" && finding.isInFind()) return false;
        return void finding.openFind();
      },
    },
    names: { label: commandStrings.names, keys: { both: ["Alt+G"] }, run: () => void openNames() },
    fillers: { label: commandStrings.fillers, run: () => void openFillers() },
  };
}

/** @param {Parts} parts @param {Own} own @returns {Commands} */
function pageCommands(parts, own) {
  const { session, verbs, review, openHistory, openCaptions, openKeys, openPalette, openRealign, mendTimes } = parts;
  const canUndo = () => session.state().doc.can_undo || session.state().save !== "saved";
  return {
    exportFile: {
      label: commandStrings.exportFile,
      keys: { both: ["Alt+Shift+E"] },
      run: () => void parts.openExport(),
    },
    makeFilm: {
      label: commandStrings.makeFilm,
      isEnabled: () => session.state().doc.media.has_video,
      run: () => void parts.openMake("film"),
    },
    makeSound: { label: commandStrings.makeSound, run: () => void parts.openMake("sound") },
    makeText: { label: commandStrings.makeText, run: () => void parts.openMake("text") },
    history: { label: commandStrings.history, keys: { both: ["Alt+Shift+H"] }, run: () => void openHistory() },
    share: { label: commandStrings.share, run: () => void parts.openLinks() },
    captions: { label: commandStrings.captions, keys: { both: ["Alt+C"] }, run: () => void openCaptions() },
    cueList: { label: commandStrings.cueList, keys: { both: ["Alt+Shift+C"] }, run: () => void parts.cueList() },
    nextFault: {
      label: commandStrings.nextFault,
      keys: { both: ["Alt+V"] },
      goesOn: true,
      run: () => void parts.goToFault(1),
    },
    previousFault: {
      label: commandStrings.previousFault,
      keys: { both: ["Alt+Shift+V"] },
      goesOn: true,
      run: () => void parts.goToFault(-1),
    },
    fixFault: {
      label: commandStrings.fixFault,
      keys: { both: ["Alt+Shift+M"] },
      goesOn: true,
      run: () => void parts.fixFault(),
    },
    addCue: { label: commandStrings.addCue, keys: { both: ["Alt+Shift+I"] }, run: () => void parts.addCue() },
    realign: { label: commandStrings.realign, run: () => void openRealign() },
    mendTimes: { label: commandStrings.mendTimes, run: () => void mendTimes() },
    undo: {
      label: commandStrings.undo,
      labels: { review: commandStrings.undoInReview },
      keys: { both: ["Ctrl+Z"], review: ["U", "Ctrl+Z"] },
      goesOn: true,
      isEnabled: ({ isInReview }) => (isInReview ? review.canUndo() : canUndo()),
      run: ({ isInReview }) => void (isInReview ? review.undo() : verbs.typing.undo()),
    },
    redo: {
      label: commandStrings.redo,
      keys: { both: own.redo },
      goesOn: true,
      isEnabled: () => session.state().doc.can_redo,
      run: () => void verbs.typing.redo(),
    },
    palette: { label: commandStrings.palette, keys: { both: ["Ctrl+K"] }, run: () => void openPalette() },
    keys: { label: commandStrings.keys, keys: { page: ["?"], both: ["Ctrl+/"] }, run: () => void openKeys() },
  };
}
