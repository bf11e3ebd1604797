/**
 * The keys, as one table: what each does and where it holds. Pure.
 * In the text only chords that type nothing are taken, so that typing stays typing.
 *
 * @typedef {{keys: string[], where: "text" | "page" | "queue" | "both", action: string, says: string}} Key
 */

import { chordOf } from "./chords.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** A key's name in the settings. @param {Key} key */
export const idOfKey = ({ action, where }) => `${action}@${where}`;

/** What goes on while its key is held. All else is done once: a key held too long decides, joins and deletes nothing more. */
const GOES_ON = new Set([
  "back", "forward", "slower", "faster", "next", "chooseUp", "chooseDown", "undo", "redo",
  "earlier", "later", "frameEarlier", "frameLater", "first", "last",
]);

/** Whether holding a key does its action again and again. @param {string} action */
export const goesOn = (action) => GOES_ON.has(action);

/** Keys as a person changed them. @param {readonly Key[]} table @param {Record<string, string>} changed by `idOfKey` @returns {Key[]} */
export const withChanged = (table, changed) =>
  table.map((key) => (changed[idOfKey(key)] ? { ...key, keys: [changed[idOfKey(key)]] } : key));

/**
 * Why a chord cannot be given to a key; null where it can.
 * @param {readonly Key[]} table
 * @param {Key} key
 * @param {string} chord
 */
export function refusal(table, key, chord) {
  if (chord === "") return "This key types a character.";
  const typesNothing = /^(Ctrl|Alt)\+/.test(chord) || /^(Shift\+)?F\d+$/.test(chord) || chord === "Escape";
  const isInText = key.where === "text" || key.where === "both";
  if (isInText && !typesNothing) return "In the text, this key types a character. Add Ctrl or Alt (⌘ or ⌃⌥ on a Mac).";
  const meets = (/** @type {Key} */ other) => other.where === key.where || "both" === other.where || "both" === key.where;
  const other = table.find((one) => idOfKey(one) !== idOfKey(key) && meets(one) && one.keys.includes(chord));
  return other ? `Already used: ${other.says}` : null;
}

/** Chords that are other ones on a Mac, where the system or the browser takes those. */
const ELSEWHERE = { toggle: "Ctrl+Space", replace: "Ctrl+H", remove: "Alt+Delete", first: "Ctrl+Home", last: "Ctrl+End" };
const ON_MAC = { toggle: "Option+Space", replace: "Alt+F", remove: "Alt+Backspace", first: "Ctrl+ArrowUp", last: "Ctrl+ArrowDown" };

/** @param {boolean} isMac there Control and Option together are Alt @returns {Key[]} */
export function keyTable(isMac) {
  const own = isMac ? ON_MAC : ELSEWHERE;
  return [
    { keys: [own.toggle], where: "both", action: "toggle", says: "Play or pause" },
    { keys: ["Escape"], where: "both", action: "leave", says: "Close what is open; otherwise play or pause" },
    { keys: ["Space", "K"], where: "page", action: "toggle", says: "Play or pause" },
    { keys: ["Alt+ArrowLeft"], where: "both", action: "back", says: "Back 2 seconds" },
    { keys: ["Alt+ArrowRight"], where: "both", action: "forward", says: "Forward 2 seconds" },
    { keys: ["J", "ArrowLeft"], where: "page", action: "back", says: "Back 2 seconds" },
    { keys: ["L", "ArrowRight"], where: "page", action: "forward", says: "Forward 2 seconds" },
    { keys: ["Alt+ArrowDown"], where: "both", action: "slower", says: "Slower" },
    { keys: ["Alt+ArrowUp"], where: "both", action: "faster", says: "Faster" },
    { keys: ["Alt+P"], where: "both", action: "playHere", says: "Play the selection, or from the caret" },
    { keys: ["Alt+L"], where: "both", action: "loop", says: "Loop the selection or the segment" },
    { keys: ["Ctrl+."], where: "both", action: "nextDoubt", says: "Next doubt, and play it" },
    { keys: ["Ctrl+,"], where: "both", action: "previousDoubt", says: "Previous doubt, and play it" },
    { keys: ["Alt+H"], where: "both", action: "hearDoubt", says: "Play the doubt again" },
    { keys: ["Alt+Enter"], where: "both", action: "takeDoubt", says: "Use heard" },
    { keys: ["Alt+K"], where: "both", action: "keepDoubt", says: "Keep text" },
    { keys: ["Alt+Q"], where: "both", action: "queue", says: "Review doubts, most likely errors first" },
    { keys: ["ArrowRight", "ArrowDown", "N"], where: "queue", action: "nextDoubt", says: "Next doubt" },
    { keys: ["ArrowLeft", "ArrowUp", "P"], where: "queue", action: "previousDoubt", says: "Previous doubt" },
    { keys: ["Space", "H"], where: "queue", action: "hearDoubt", says: "Play again" },
    { keys: ["L"], where: "queue", action: "loop", says: "Loop" },
    { keys: ["S"], where: "queue", action: "slower", says: "Slower" },
    { keys: ["F"], where: "queue", action: "faster", says: "Faster" },
    { keys: ["T", "Enter"], where: "queue", action: "takeDoubt", says: "Use heard" },
    { keys: ["K"], where: "queue", action: "keepDoubt", says: "Keep text, or reopen the doubt" },
    { keys: ["E"], where: "queue", action: "typeDoubt", says: "Edit the text; Enter returns to the review" },
    { keys: ["A"], where: "queue", action: "everywhere", says: "Correct it everywhere" },
    { keys: ["U", "Ctrl+Z"], where: "queue", action: "undo", says: "Undo the last decision" },
    { keys: ["Alt+E"], where: "both", action: "everywhere", says: "Replace the selection, or repeat the last correction, everywhere" },
    { keys: ["Ctrl+F", own.replace], where: "both", action: "replace", says: "Find and replace" },
    { keys: ["Alt+G"], where: "both", action: "names", says: "Names and glossary" },
    { keys: ["Enter"], where: "text", action: "next", says: "Save, and go to the next segment" },
    { keys: ["Ctrl+Enter"], where: "text", action: "split", says: "Split the segment at the caret" },
    { keys: ["Alt+S"], where: "text", action: "speaker", says: "Name the speaker" },
    { keys: DIGITS.map((digit) => `Alt+${digit}`), where: "text", action: "assignSpeaker", says: "Assign speaker 1, 2 …" },
    { keys: ["Alt+Shift+S"], where: "both", action: "speakers", says: "Speakers" },
    { keys: ["Alt+T"], where: "text", action: "turn", says: "Start or end a speaker turn here" },
    { keys: ["Alt+R"], where: "text", action: "review", says: "Mark the segment as reviewed or not reviewed" },
    { keys: ["Alt+U"], where: "both", action: "nextUnreviewed", says: "Next segment not reviewed" },
    { keys: ["Alt+M"], where: "text", action: "kind", says: "Mark the segment as sound (such as music) or speech" },
    { keys: ["Alt+N"], where: "text", action: "note", says: "Add or edit a note" },
    { keys: ["Alt+X"], where: "text", action: "choose", says: "Select or deselect the segment; commands then apply to all selected segments" },
    { keys: ["Alt+Shift+ArrowUp"], where: "text", action: "chooseUp", says: "Extend the selection up" },
    { keys: ["Alt+Shift+ArrowDown"], where: "text", action: "chooseDown", says: "Extend the selection down" },
    { keys: ["Alt+A"], where: "both", action: "chooseAll", says: "Select all segments" },
    { keys: ["Alt+J"], where: "text", action: "join", says: "Join the selected segments, or this one with the next" },
    { keys: [own.remove], where: "text", action: "remove", says: "Delete the segment, or all selected segments" },
    { keys: ["Alt+W"], where: "text", action: "times", says: "Word timing: arrow keys move by 10 ms, with Shift by 100 ms, comma and full stop by a frame; Delete unlocks" },
    { keys: ["Alt+,"], where: "text", action: "frameEarlier", says: "Move word one frame earlier" },
    { keys: ["Alt+."], where: "text", action: "frameLater", says: "Move word one frame later" },
    { keys: ["Alt+Shift+L"], where: "text", action: "letGo", says: "Unlock this word's time so that it is realigned" },
    { keys: ["Alt+Shift+ArrowLeft"], where: "text", action: "earlier", says: "Move word 10 ms earlier" },
    { keys: ["Alt+Shift+ArrowRight"], where: "text", action: "later", says: "Move word 10 ms later" },
    { keys: ["Alt+Shift+W"], where: "text", action: "move", says: "Shift times from this word on" },
    { keys: ["Alt+Shift+H"], where: "both", action: "history", says: "History: changes and earlier versions" },
    { keys: ["Alt+C"], where: "both", action: "captions", says: "Captions: preview, rules and broken rules" },
    { keys: ["Ctrl+Z"], where: "both", action: "undo", says: "Undo" },
    { keys: isMac ? ["Ctrl+Shift+Z"] : ["Ctrl+Shift+Z", "Ctrl+Y"], where: "both", action: "redo", says: "Redo" },
    { keys: [own.first], where: "text", action: "first", says: "First segment" },
    { keys: [own.last], where: "text", action: "last", says: "Last segment" },
    { keys: ["?"], where: "page", action: "sheet", says: "Show keyboard shortcuts" },
    { keys: ["Ctrl+/"], where: "both", action: "sheet", says: "Show keyboard shortcuts" },
  ];
}

/**
 * @param {readonly Key[]} table
 * @param {import("./chords.js").KeyPress} event
 * @param {"text" | "page" | "queue" | "chosen"} place where the focus is; what the queue has no key for is as on the page.
 *   "chosen": on the page, while segments are chosen, for which keys of the text hold, too
 * @param {import("./chords.js").Layout} [layout]
 * @returns {string | null} the action
 */
export function actionOf(table, event, place, layout) {
  const chord = chordOf(event, layout);
  const places = { queue: ["queue", "both", "page"], chosen: ["page", "both", "text"] }[/** @type {string} */ (place)] ?? [place, "both"];
  const found = places.map((there) => table.find(({ keys, where }) => where === there && keys.includes(chord)));
  return found.find((key) => key)?.action ?? null;
}
