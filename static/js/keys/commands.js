/**
 * Commands, as one table: what each is called, what it does, whether it can be done now, and by which
 * keys. Keys, buttons, menus and the sheet of keys are fed from it. Pure.
 * In the text only chords that type nothing are taken, so that typing stays typing.
 *
 * @typedef {"both" | "text" | "review" | "page"} Where both: in the text and on the page
 * @typedef {{id: string, start: number, offset: number}} Place
 * @typedef {{place: Place | null, isInReview: boolean, target: Element | null,
 *   press: import("./chords.js").KeyPress | null}} Context what a command is about.
 *   place: the segment and the selection in it; press: the key, null by a button
 * @typedef {{label: string, labels?: Partial<Record<Where, string>>, keys?: Partial<Record<Where, string[]>>,
 *   run(context: Context): unknown, isEnabled?(context: Context): boolean, goesOn?: boolean, isOfKeys?: boolean}} Command
 *   labels: where it is called otherwise; run gives false where it leaves the key to the browser;
 *   isOfKeys: which key it is says what is meant, so that no button or list has it;
 *   goesOn: it is done again and again while its key is held. All else is done once: a key held too
 *   long decides, joins and deletes nothing more
 * @typedef {Record<string, Command>} Commands by id
 * @typedef {{command: string, where: Where, keys: string[], label: string}} Key
 */

import { chordOf, writtenChord } from "./chords.js";
import { earlyIdOf } from "./early-keys.js";
import { strings } from "./strings.js";

/** A key's name in the settings. @param {Key} key */
export const idOfKey = ({ command, where }) => `${command}@${where}`;

/**
 * All keys, with those that a person changed.
 * @param {Commands} commands
 * @param {Record<string, string>} [changed] by `idOfKey`
 * @returns {Key[]}
 */
export function keysOf(commands, changed = {}) {
  const all = Object.entries(commands).flatMap(([command, { label, labels = {}, keys = {} }]) =>
    /** @type {[Where, string[]][]} */ (Object.entries(keys)).map(([where, chords]) => ({
      command,
      where,
      keys: chords,
      label: labels[where] ?? label,
    })),
  );
  return all.map((key) => {
    const other = changed[idOfKey(key)] ?? changed[earlyIdOf(key)];
    return other ? { ...key, keys: [other] } : key;
  });
}

/**
 * The first key of a command as written on the keyboard; "" where it has none.
 * @param {readonly Key[]} table
 * @param {string} command
 * @param {Where} where the key of the review is named there alone
 * @param {boolean} isMac
 */
export function writtenKey(table, command, where, isMac) {
  const own = table.filter((key) => key.command === command);
  const key = own.find((one) => one.where === where) ?? own.find((one) => one.where !== "review");
  return writtenChord(key?.keys[0] ?? "", isMac);
}

/**
 * Why a chord cannot be given to a key; null where it can.
 * @param {readonly Key[]} table
 * @param {Key} key
 * @param {string} chord
 */
export function refusal(table, key, chord) {
  if (chord === "") return strings.typesCharacter;
  const typesNothing = /^(Ctrl|Alt)\+/.test(chord) || /^(Shift\+)?F\d+$/.test(chord) || chord === "Escape";
  const isInText = key.where === "text" || key.where === "both";
  if (isInText && !typesNothing) return strings.typesInText;
  const meets = (/** @type {Key} */ other) =>
    other.where === key.where || other.where === "both" || key.where === "both";
  const other = table.find((one) => idOfKey(one) !== idOfKey(key) && meets(one) && one.keys.includes(chord));
  return other ? strings.used(other.label) : null;
}

/**
 * Where keys are looked for, by where the focus is. What the review has no key for is as on the page.
 * "chosen": on the page, while segments are chosen, for which keys of the text hold, too.
 * @type {Record<"text" | "page" | "review" | "chosen", Where[]>}
 */
const LOOKED_FOR = {
  text: ["text", "both"],
  page: ["page", "both"],
  review: ["review", "both", "page"],
  chosen: ["page", "both", "text"],
};

/**
 * @param {readonly Key[]} table
 * @param {import("./chords.js").KeyPress} event
 * @param {keyof typeof LOOKED_FOR} place
 * @param {import("./chords.js").Layout} [layout]
 * @returns {string | null} the command's id
 */
export function commandOf(table, event, place, layout) {
  const chord = chordOf(event, layout);
  const found = LOOKED_FOR[place].map((there) =>
    table.find(({ keys, where }) => where === there && keys.includes(chord)),
  );
  return found.find((key) => key)?.command ?? null;
}
