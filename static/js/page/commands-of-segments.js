/** The commands that are about segments and words, as a part of the table in `commands.js`. */

import { chordOf } from "../keys/chords.js";
import { announce } from "../shared/dom.js";
import { reviewedCount, segmentAtTime, speakers } from "../transcript/transcript.js";
import { nextUnnamedTurn, turnStart } from "../transcript/turns.js";
import { frameOf } from "../transcript/words.js";
import { commandStrings } from "./command-strings.js";
import { strings } from "./strings.js";

const NUDGE_MS = 10;
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * @param {import("./commands.js").Parts} parts
 * @param {import("./commands.js").About} about
 * @param {import("./commands.js").Own} own
 * @returns {import("../keys/commands.js").Commands}
 */
export function segmentCommands(parts, { inText, onSegments, onPassage }, own) {
  const { session, selection, verbs, review, player, caret } = parts;
  const { nameSpeaker, writeNote, openSpeakers, lineMenu, copying, sameVoice } = parts;
  const doc = () => session.state().doc;
  const edge = (/** @type {number} */ index) => () => {
    const id = doc().order.at(index);
    if (id) verbs.focus(id, index ? session.shownText(id).length : 0);
  };
  return {
    nextSegment: {
      label: commandStrings.nextSegment,
      keys: { text: ["Enter"] },
      goesOn: true,
      ...inText(({ id }) => {
        if (review.finishTyping()) return;
        session.commit(id);
        verbs.typing.step(id, 1, "start");
      }),
    },
    split: {
      label: commandStrings.split,
      keys: { text: ["Ctrl+Enter"] },
      ...inText(({ id, offset }) => verbs.split(id, offset)),
      isEnabled: ({ place }) => place !== null && place.offset > 0,
    },
    nameSpeaker: {
      label: commandStrings.nameSpeaker,
      keys: { both: ["Alt+S"] },
      run({ target, place }) {
        const playing = segmentAtTime(doc(), player.time_ms());
        const id = place?.id ?? selection.ids()[0] ?? playing?.id;
        if (!id) return false;
        if (target?.closest("#chosen") || !place) verbs.focus(id, 0);
        if (!place && !player.isPlaying()) verbs.playFrom(id);
        return void nameSpeaker(id);
      },
    },
    assignSpeaker: {
      label: commandStrings.assignSpeaker,
      isOfKeys: true,
      keys: { text: DIGITS.map((digit) => `Alt+${digit}`) },
      ...onSegments((id, { press }) => press && verbs.assign(id, Number(chordOf(press).at(-1)), nameSpeaker)),
    },
    assignPlaying: {
      label: commandStrings.assignPlaying,
      isOfKeys: true,
      keys: { page: DIGITS },
      run({ press }) {
        const id = segmentAtTime(doc(), player.time_ms())?.id;
        if (id && press) void verbs.assign(turnStart(doc(), id), Number(chordOf(press).at(-1)), nameSpeaker);
      },
    },
    nextUnnamed: {
      label: commandStrings.nextUnnamed,
      keys: { both: ["Alt+Shift+N"] },
      run() {
        const playing = segmentAtTime(doc(), player.time_ms());
        const id = nextUnnamedTurn(doc(), caret()?.id ?? playing?.id ?? null);
        if (id === null) return announce(strings.allNamed);
        verbs.playFrom(id);
        if (caret()) verbs.focus(id, 0);
      },
    },
    carryName: { label: commandStrings.carryName, keys: { text: ["Alt+Y"] }, ...onSegments(sameVoice.carry) },
    hearVoice: { label: commandStrings.hearVoice, keys: { text: ["Alt+Shift+P"] }, ...onSegments(sameVoice.hear) },
    followVoices: {
      label: commandStrings.followVoices,
      keys: { both: ["Alt+Shift+Y"] },
      run: () => void sameVoice.follow(),
    },
    speakers: { label: commandStrings.speakers, keys: { both: ["Alt+Shift+S"] }, run: () => void openSpeakers() },
    findSpeakers: {
      label: commandStrings.findSpeakers,
      keys: { both: ["Alt+Shift+F"] },
      run: () => void openSpeakers({ isToFind: true }),
    },
    splitSpeaker: {
      label: commandStrings.splitSpeaker,
      keys: { both: ["Alt+Shift+D"] },
      isEnabled: () => speakers(doc()).length > 0,
      run({ place }) {
        const here = (place && doc().byId.get(place.id)) ?? segmentAtTime(doc(), player.time_ms());
        openSpeakers({ toSplit: here?.speaker ?? speakers(doc())[0] ?? null });
      },
    },
    newTurn: { label: commandStrings.newTurn, keys: { text: ["Alt+T"] }, ...inText(({ id }) => verbs.toggleTurn(id)) },
    markReviewed: { label: commandStrings.markReviewed, keys: { text: ["Alt+R"] }, ...onSegments(verbs.review) },
    nextUnreviewed: {
      label: commandStrings.nextUnreviewed,
      keys: { both: ["Alt+U"] },
      isEnabled: () => reviewedCount(doc()) < doc().order.length,
      run: () => void verbs.goToUnreviewed(caret()?.id ?? null),
    },
    changeKind: { label: commandStrings.changeKind, keys: { text: ["Alt+M"] }, ...onSegments(verbs.changeKind) },
    strike: {
      label: commandStrings.strike,
      keys: { text: ["Alt+Shift+X"] },
      ...onPassage((passage, { place, target }) => {
        const isCaret = place && place.start === place.offset && !selection.has(place.id) && passage.length === 1;
        const isWord = isCaret && !target?.closest("#line-menu");
        void verbs.strike(isWord ? [{ id: place.id, start: place.offset, end: place.offset }] : passage);
      }),
    },
    note: { label: commandStrings.note, keys: { text: ["Alt+N"] }, ...inText(({ id }) => writeNote(id)) },
    insertBelow: { label: commandStrings.insertBelow, keys: { text: ["Alt+I"] }, ...onSegments(verbs.insertBelow) },
    copyQuote: {
      label: commandStrings.copyQuote,
      keys: { text: ["Ctrl+Alt+C"] },
      ...onPassage((passage) => void copying.quote(passage)),
    },
    code: {
      label: commandStrings.code,
      keys: { both: ["Alt+Shift+K"] },
      run: (context) => void parts.openCodes(onPassage.in(context)),
    },
    saveClip: {
      label: commandStrings.saveClip,
      keys: { text: ["Ctrl+Alt+S"] },
      ...onPassage((passage) => void copying.clip(passage)),
    },
    copyLink: {
      label: commandStrings.copyLink,
      keys: { text: ["Ctrl+Alt+L"] },
      ...inText((place) => void copying.link(place)),
    },
    lineMenu: { label: commandStrings.lineMenu, keys: { text: ["Alt+O"] }, ...inText(({ id }) => lineMenu(id)) },
    choose: { label: commandStrings.choose, keys: { text: ["Alt+X"] }, ...inText(({ id }) => selection.toggle(id)) },
    chooseUp: {
      label: commandStrings.chooseUp,
      keys: { text: ["Alt+Shift+ArrowUp"] },
      goesOn: true,
      ...inText(({ id }) => verbs.extend(id, -1)),
    },
    chooseDown: {
      label: commandStrings.chooseDown,
      keys: { text: ["Alt+Shift+ArrowDown"] },
      goesOn: true,
      ...inText(({ id }) => verbs.extend(id, 1)),
    },
    chooseAll: { label: commandStrings.chooseAll, keys: { both: ["Alt+A"] }, run: () => void selection.all() },
    chooseNone: { label: commandStrings.chooseNone, run: () => void selection.clear() },
    chooseByTap: { label: commandStrings.chooseByTap, run: () => void parts.choose() },
    join: { label: commandStrings.join, keys: { text: ["Alt+J"] }, ...onSegments(verbs.join) },
    remove: { label: commandStrings.remove, keys: { text: [own.remove] }, ...onSegments(verbs.remove) },
    first: { label: commandStrings.first, keys: { text: [own.first] }, goesOn: true, run: edge(0) },
    last: { label: commandStrings.last, keys: { text: [own.last] }, goesOn: true, run: edge(-1) },
  };
}

/** What moves a word bit by bit. */
export const NUDGES = ["earlier", "later", "frameEarlier", "frameLater"];

/**
 * The times of words.
 * @param {import("./commands.js").Parts} parts
 * @param {import("./commands.js").About} about
 * @returns {import("../keys/commands.js").Commands}
 */
export function timeCommands({ session, verbs, times, timesMode, openMove }, { inText, onWord }) {
  const frame = () => frameOf(session.state().doc.media);
  const nudge = (/** @type {string} */ label, /** @type {string} */ key, /** @type {() => number} */ by_ms) => ({
    label,
    keys: { text: [key] },
    goesOn: true,
    ...onWord((id, word) => times.nudge(id, word, by_ms())),
  });
  return {
    timesMode: { label: commandStrings.timesMode, keys: { both: ["Alt+B"] }, run: () => void timesMode.toggle() },
    wordTimes: { label: commandStrings.wordTimes, keys: { text: ["Alt+W"] }, ...onWord(times.open) },
    frameEarlier: nudge(commandStrings.frameEarlier, "Alt+,", () => -frame()),
    frameLater: nudge(commandStrings.frameLater, "Alt+.", frame),
    unlockTimes: { label: commandStrings.unlockTimes, keys: { text: ["Alt+Shift+L"] }, ...inText(verbs.letGo) },
    earlier: nudge(commandStrings.earlier, "Alt+Shift+ArrowLeft", () => -NUDGE_MS),
    later: nudge(commandStrings.later, "Alt+Shift+ArrowRight", () => NUDGE_MS),
    moveTimes: { label: commandStrings.moveTimes, keys: { text: ["Alt+Shift+W"] }, ...onWord(openMove) },
  };
}
