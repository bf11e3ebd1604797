import assert from "node:assert/strict";
import { test } from "node:test";
import { capsOf, chordOf, isWholeChord, learnSign, writtenChord } from "../../static/js/chords.js";
import { actionOf, keyTable, refusal } from "../../static/js/keys.js";

const press = (key, code = "", more = {}) => ({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
const alt = (key, code, more = {}) => press(key, code, { altKey: true, ...more });
const mac = (typed = []) => {
  const signs = new Map();
  for (const [key, code] of typed) learnSign(signs, press(key, code));
  return { isMac: true, signs };
};

test("chords are spelled by letter and sign", () => {
  assert.equal(chordOf(press("Z", "KeyZ", { ctrlKey: true, shiftKey: true })), "Ctrl+Shift+Z");
  assert.equal(chordOf(press("z", "KeyZ", { metaKey: true })), "Ctrl+Z");
  assert.equal(chordOf(press("1", "Digit1")), "1");
  assert.equal(chordOf(press("?", "Slash", { shiftKey: true })), "?");
  assert.equal(chordOf(press(" ", "Space", { ctrlKey: true })), "Ctrl+Space");
  assert.equal(chordOf(press("ArrowUp", "ArrowUp", { altKey: true, shiftKey: true })), "Alt+Shift+ArrowUp");
});

test("on every Mac Option with a key is known by its place", () => {
  const found = [["å", "KeyA"], ["˚", "KeyK"], ["œ", "KeyQ"], ["Dead", "KeyN"], ["Dead", "KeyE"], ["¡", "Digit1"], ["≤", "Comma"], ["≥", "Period"], ["\u00a0", "Space"]];
  assert.deepEqual(found.map(([key, code]) => chordOf(alt(key, code), mac())), ["Alt+A", "Alt+K", "Alt+Q", "Alt+N", "Alt+E", "Alt+1", "Alt+,", "Alt+.", "Alt+Space"]);
  assert.equal(chordOf(alt("Ó", "KeyH", { shiftKey: true }), mac()), "Alt+Shift+H");
  assert.equal(chordOf(alt("Backspace", "Backspace", { metaKey: true }), mac()), "Ctrl+Alt+Backspace");
});

test("where a key has typed its letter, Option with it follows the layout", () => {
  const azerty = mac([["a", "KeyQ"], ["q", "KeyA"], [",", "KeyM"], ["m", "Semicolon"]]);
  assert.equal(chordOf(alt("æ", "KeyQ"), azerty), "Alt+A");
  assert.equal(chordOf(alt("‡", "KeyA"), azerty), "Alt+Q");
  assert.equal(chordOf(alt("∞", "KeyM"), azerty), "Alt+,");
  assert.equal(chordOf(alt("µ", "Semicolon"), azerty), "Alt+M");
  assert.equal(chordOf(alt("å", "KeyQ"), mac([["å", "KeyQ"]])), "Alt+Q");
});

test("elsewhere Alt with a letter follows the letter, the digit row its place, other scripts theirs", () => {
  assert.equal(chordOf(alt("a", "KeyQ")), "Alt+A");
  assert.equal(chordOf(alt(",", "KeyM")), "Alt+,");
  assert.equal(chordOf(alt("&", "Digit1")), "Alt+1");
  assert.equal(chordOf(alt("л", "KeyK")), "Alt+K");
  assert.equal(chordOf(press("я", "KeyZ", { ctrlKey: true })), "Ctrl+Z");
});

test("signs that a Mac types with Option are typed", () => {
  const typed = [["@", "KeyL"], ["€", "KeyE"], ["[", "Digit5"], ["|", "Digit7"], ["}", "Digit9"]];
  for (const [key, code] of typed) assert.equal(actionOf(keyTable(true), alt(key, code), "text", mac()), null, key);
  assert.equal(refusal(keyTable(true), keyTable(true)[1], ""), "This key types something.");
  assert.equal(actionOf(keyTable(true), alt("¬", "KeyL"), "text", mac()), "loop");
});

test("a Mac keeps the chords that the system needs", () => {
  const table = keyTable(true);
  const chords = new Set(table.flatMap(({ keys }) => keys));
  for (const taken of ["Ctrl+H", "Ctrl+Q", "Ctrl+W", "Ctrl+Space", "Ctrl+Y", "Alt+ArrowLeft", "Alt+Backspace", "Alt+Delete"]) assert.ok(!chords.has(taken), taken);
  assert.equal(actionOf(table, alt("ArrowLeft", "ArrowLeft"), "text"), null);
  assert.equal(actionOf(table, alt("ArrowLeft", "ArrowLeft", { metaKey: true }), "text"), "back");
});

test("keys are written as they are on the keyboard", () => {
  assert.deepEqual(capsOf("Ctrl+Shift+Z", true), ["⌘", "⇧", "Z"]);
  assert.deepEqual([true, false].map((isMac) => writtenChord("Ctrl+Alt+ArrowUp", isMac)), ["⌘⌥↑", "Ctrl+Alt+↑"]);
  assert.deepEqual([writtenChord("Alt+Enter", true), writtenChord("Alt+Enter", false)], ["⌥↩", "Alt+Enter"]);
});

test("a modifier alone is no chord, a dead key with Option is one", () => {
  assert.deepEqual([press("Alt", "AltLeft", { altKey: true }), press("Dead", "Backquote"), alt("Dead", "KeyN"), press("F9", "F9")].map(isWholeChord), [false, false, true, true]);
});
