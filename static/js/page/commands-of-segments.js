/** The commands that are about segments and words, as a part of the table in `commands.js`. */

import { chordOf } from "../keys/chords.js";
import { reviewedCount } from "../transcript/transcript.js";
import { frameOf } from "../transcript/words.js";

const NUDGE_MS = 10;
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * @param {import("./commands.js").Parts} parts
 * @param {import("./commands.js").About} about
 * @param {import("./commands.js").Own} own
 * @returns {import("../keys/commands.js").Commands}
 */
export function segmentCommands(parts, { inText, onSegments }, own) {
  const { session, selection, verbs, review, caret, nameSpeaker, writeNote, openSpeakers, lineMenu, copying } = parts;
  const doc = () => session.state().doc;
  const edge = (/** @type {number} */ index) => () => {
    const id = doc().order.at(index);
    if (id) verbs.focus(id, index ? session.shownText(id).length : 0);
  };
  return {
    nextSegment: {
      label: "Save, and go to the next segment",
      keys: { text: ["Enter"] },
      goesOn: true,
      ...inText(({ id }) => {
        if (review.finishTyping()) return;
        session.commit(id);
        verbs.typing.step(id, 1, "start");
      }),
    },
    split: {
      label: "Split the segment at the caret",
      keys: { text: ["Ctrl+Enter"] },
      ...inText(({ id, offset }) => verbs.split(id, offset)),
      isEnabled: ({ place }) => place !== null && place.offset > 0,
    },
    nameSpeaker: {
      label: "Name the speaker",
      keys: { text: ["Alt+S"] },
      ...onSegments((id, { target }) => {
        if (target?.closest("#chosen")) verbs.focus(id, 0);
        nameSpeaker(id);
      }),
    },
    assignSpeaker: {
      label: "Assign speaker 1, 2 …",
      isOfKeys: true,
      keys: { text: DIGITS.map((digit) => `Alt+${digit}`) },
      ...onSegments((id, { press }) => press && verbs.assign(id, Number(chordOf(press).at(-1)), nameSpeaker)),
    },
    speakers: { label: "Speakers", keys: { both: ["Alt+Shift+S"] }, run: () => void openSpeakers() },
    newTurn: {
      label: "Start or end a speaker turn here",
      keys: { text: ["Alt+T"] },
      ...inText(({ id }) => verbs.toggleTurn(id)),
    },
    markReviewed: {
      label: "Mark the segment as reviewed or not reviewed",
      keys: { text: ["Alt+R"] },
      ...onSegments(verbs.review),
    },
    nextUnreviewed: {
      label: "Next segment not reviewed",
      keys: { both: ["Alt+U"] },
      isEnabled: () => reviewedCount(doc()) < doc().order.length,
      run: () => void verbs.goToUnreviewed(caret()?.id ?? null),
    },
    changeKind: {
      label: "Mark the segment as sound (such as music) or speech",
      keys: { text: ["Alt+M"] },
      ...onSegments(verbs.changeKind),
    },
    note: { label: "Add or edit a note", keys: { text: ["Alt+N"] }, ...inText(({ id }) => writeNote(id)) },
    insertBelow: {
      label: "Insert an empty segment below",
      keys: { text: ["Alt+I"] },
      ...onSegments(verbs.insertBelow),
    },
    copyQuote: {
      label: "Copy as a quote, with speaker and time",
      keys: { text: ["Ctrl+Alt+C"] },
      ...onSegments((id) => void copying.quote(id)),
    },
    copyLink: {
      label: "Copy a link to this moment",
      keys: { text: ["Ctrl+Alt+L"] },
      ...inText((place) => void copying.link(place)),
    },
    lineMenu: {
      label: "Show what can be done to this line",
      keys: { text: ["Alt+O"] },
      ...inText(({ id }) => lineMenu(id)),
    },
    choose: {
      label: "Select or deselect the segment; commands then apply to all selected segments",
      keys: { text: ["Alt+X"] },
      ...inText(({ id }) => selection.toggle(id)),
    },
    chooseUp: {
      label: "Extend the selection up",
      keys: { text: ["Alt+Shift+ArrowUp"] },
      goesOn: true,
      ...inText(({ id }) => verbs.extend(id, -1)),
    },
    chooseDown: {
      label: "Extend the selection down",
      keys: { text: ["Alt+Shift+ArrowDown"] },
      goesOn: true,
      ...inText(({ id }) => verbs.extend(id, 1)),
    },
    chooseAll: { label: "Select all segments", keys: { both: ["Alt+A"] }, run: () => void selection.all() },
    chooseNone: { label: "Clear selection", run: () => void selection.clear() },
    chooseByTap: { label: "Select segments", run: () => void parts.choose() },
    join: {
      label: "Join the selected segments, or this one with the next",
      keys: { text: ["Alt+J"] },
      ...onSegments(verbs.join),
    },
    remove: {
      label: "Delete the segment, or all selected segments",
      keys: { text: [own.remove] },
      ...onSegments(verbs.remove),
    },
    first: { label: "First segment", keys: { text: [own.first] }, goesOn: true, run: edge(0) },
    last: { label: "Last segment", keys: { text: [own.last] }, goesOn: true, run: edge(-1) },
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
export function timeCommands({ session, verbs, times, openMove }, { inText, onWord }) {
  const frame = () => frameOf(session.state().doc.media);
  const nudge = (/** @type {string} */ label, /** @type {string} */ key, /** @type {() => number} */ by_ms) => ({
    label,
    keys: { text: [key] },
    goesOn: true,
    ...onWord((id, word) => times.nudge(id, word, by_ms())),
  });
  return {
    wordTimes: {
      label:
        "Word timing: arrow keys move by 10 ms, with Shift by 100 ms, comma and full stop by a frame; Delete unlocks",
      keys: { text: ["Alt+W"] },
      ...onWord(times.open),
    },
    frameEarlier: nudge("Move word one frame earlier", "Alt+,", () => -frame()),
    frameLater: nudge("Move word one frame later", "Alt+.", frame),
    unlockTimes: {
      label: "Unlock this word's time so that it is realigned",
      keys: { text: ["Alt+Shift+L"] },
      ...inText(verbs.letGo),
    },
    earlier: nudge("Move word 10 ms earlier", "Alt+Shift+ArrowLeft", () => -NUDGE_MS),
    later: nudge("Move word 10 ms later", "Alt+Shift+ArrowRight", () => NUDGE_MS),
    moveTimes: { label: "Shift times from this word on", keys: { text: ["Alt+Shift+W"] }, ...onWord(openMove) },
  };
}
