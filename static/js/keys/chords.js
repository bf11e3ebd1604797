/**
 * What a key event spells, as "Ctrl+Shift+Z", and how that is written on a keyboard. Pure.
 *
 * A letter or sign is the one that the layout tells. On a Mac Option types letters ("å" on the A) and
 * begins them ("´" on the E), so there Control and Option together are what is Alt elsewhere; a letter
 * beside them is the one that the key typed before, else the one of its place.
 *
 * @typedef {{key: string, code: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean,
 *   shiftKey: boolean}} KeyPress
 * @typedef {{isMac: boolean, signs: ReadonlyMap<string, string>}} Layout
 *   signs: by the key's place (`code`), what it typed
 */

import { strings } from "./strings.js";

/** A layout that nothing is known of. @type {Layout} */
export const PLAIN = { isMac: false, signs: new Map() };

const isLetter = (/** @type {string} */ key) => /^[a-z]$/i.test(key);
const isPlain = (/** @type {string} */ key) => /^[!-~]$/.test(key);
const MODIFIERS = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "Process"]);

/** Signs of places that mostly hold no letter. @type {Record<string, string>} */
const SIGNS = { Comma: ",", Period: "." };

/**
 * Modifiers alone are the beginning of a chord; a dead key is whole only where it types nothing.
 * @param {KeyPress} press
 */
export const isWholeChord = ({ key, altKey }) => !MODIFIERS.has(key) && (key !== "Dead" || altKey);

/**
 * Learn what a key types from a press of it alone.
 * @param {Map<string, string>} signs
 * @param {KeyPress} press
 */
export function learnSign(signs, { key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  const isAlone = !(ctrlKey || metaKey || altKey || shiftKey);
  if (isAlone && code && isPlain(key)) signs.set(code, key);
}

/**
 * The modifiers of a press. Command counts as Ctrl; on a Mac Option alone is no Alt.
 * @param {KeyPress} press
 * @param {boolean} isMac
 */
function modifiersOf({ ctrlKey, metaKey, altKey }, isMac) {
  if (!isMac || !altKey) return { isCtrl: ctrlKey || metaKey, isAlt: altKey, isOption: false };
  return { isCtrl: metaKey, isAlt: ctrlKey, isOption: !ctrlKey && !metaKey };
}

/**
 * @param {KeyPress} press
 * @param {Layout} [layout]
 * @returns {string} "" where the press types a sign, or begins one
 */
export function chordOf(press, layout = PLAIN) {
  const { isCtrl, isAlt, isOption } = modifiersOf(press, layout.isMac);
  const sign = signOf(press, layout);
  const name = press.key === " " || press.code === "Space" ? "Space" : (sign?.toUpperCase() ?? press.key);
  const isNamed = name.length > 1 || sign !== undefined;
  if (isOption && (name.length === 1 || name === "Dead")) return "";
  const held = (isCtrl ? "Ctrl+" : "") + (isAlt ? "Alt+" : "") + (isOption ? "Option+" : "");
  return held + (press.shiftKey && isNamed ? "Shift+" : "") + name;
}

/**
 * The letter or sign of a key where Shift is told beside it; undefined where the key has a name, or
 * Shift made the sign ("?"). With Alt the digit row counts by place: layouts put other signs there.
 * @param {KeyPress} press
 * @param {Layout} layout
 */
function signOf({ key, code, altKey }, { isMac, signs }) {
  const digit = altKey && /^Digit(\d)$/.exec(code)?.[1];
  if (digit) return digit;
  const isOther = isMac && altKey && code.startsWith("Key");
  if (!isOther && (isPlain(key) || (key.length > 1 && key !== "Dead"))) return isLetter(key) ? key : undefined;
  return (altKey ? (signs.get(code) ?? SIGNS[code]) : undefined) ?? /^Key(.)$/.exec(code)?.[1];
}

/** @type {Record<string, string>} */
const CAPS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", ...strings.caps };
/** @type {Record<string, string>} */
const MAC_CAPS = { ...CAPS, Ctrl: "⌘", Alt: "⌃ ⌥", Option: "⌥", Shift: "⇧", Enter: "↩", Backspace: "⌫", Delete: "⌦" };

/** A chord as its key caps. @param {string} chord @param {boolean} isMac */
export const capsOf = (chord, isMac) =>
  chord.split("+").flatMap((part) => ((isMac ? MAC_CAPS : CAPS)[part] ?? part).split(" "));

/** A chord in one line: "Ctrl+Z", on a Mac "⌘Z". @param {string} chord @param {boolean} isMac */
export const writtenChord = (chord, isMac) => capsOf(chord, isMac).join(isMac ? "" : "+");
