import assert from "node:assert/strict";
import { test } from "node:test";
import { capsOf, chordOf, isWholeChord, learnSign, writtenChord } from "../../../static/js/keys/chords.js";
import { commandOf, refusal } from "../../../static/js/keys/commands.js";
import { keysIn } from "../values.js";

const press = (key, code = "", more = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
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

/** Control and Option, which are Alt on a Mac. */
const both = (key, code, more = {}) => alt(key, code, { ctrlKey: true, ...more });

test("on a Mac Option alone types letters, and begins them", () => {
  const typed = [
    ["å", "KeyA"],
    ["ß", "KeyS"],
    ["ç", "KeyC"],
    ["Dead", "KeyE"],
    ["Dead", "KeyU"],
    ["Dead", "KeyN"],
    ["®", "KeyR"],
    ["@", "KeyL"],
    ["€", "KeyE"],
    ["[", "Digit5"],
    ["¡", "Digit1"],
    ["≤", "Comma"],
    ["ł", "KeyL"],
    ["ы", "KeyS"],
  ];
  for (const [key, code] of typed) {
    for (const shiftKey of [false, true])
      assert.equal(chordOf(alt(key, code, { shiftKey }), mac([["l", "KeyL"]])), "", key);
    assert.equal(commandOf(keysIn(true), alt(key, code), "text", mac()), null, key);
  }
  assert.equal(refusal(keysIn(true), keysIn(true)[1], ""), "This key types a character.");
});

test("on every Mac Control and Option with a key are known by its place", () => {
  const found = [
    ["å", "KeyA"],
    ["˚", "KeyK"],
    ["œ", "KeyQ"],
    ["Dead", "KeyN"],
    ["e", "KeyE"],
    ["@", "KeyL"],
    ["¡", "Digit1"],
    ["≤", "Comma"],
    ["≥", "Period"],
  ];
  assert.deepEqual(
    found.map(([key, code]) => chordOf(both(key, code), mac())),
    ["Alt+A", "Alt+K", "Alt+Q", "Alt+N", "Alt+E", "Alt+L", "Alt+1", "Alt+,", "Alt+."],
  );
  assert.equal(chordOf(both("Ó", "KeyH", { shiftKey: true }), mac()), "Alt+Shift+H");
  assert.equal(chordOf(both("Backspace", "Backspace"), mac()), "Alt+Backspace");
  assert.equal(chordOf(alt("\u00a0", "Space"), mac()), "Option+Space");
  assert.equal(chordOf(alt("∂", "KeyD", { metaKey: true }), mac()), "Ctrl+D");
});

test("where a key has typed its letter, what is pressed with it follows the layout", () => {
  const azerty = mac([
    ["a", "KeyQ"],
    ["q", "KeyA"],
    [",", "KeyM"],
    ["m", "Semicolon"],
  ]);
  assert.equal(chordOf(both("æ", "KeyQ"), azerty), "Alt+A");
  assert.equal(chordOf(both("‡", "KeyA"), azerty), "Alt+Q");
  assert.equal(chordOf(both("∞", "KeyM"), azerty), "Alt+,");
  assert.equal(chordOf(both("µ", "Semicolon"), azerty), "Alt+M");
  assert.equal(chordOf(both("å", "KeyQ"), mac([["å", "KeyQ"]])), "Alt+Q");
});

test("elsewhere Alt with a letter follows the letter, the digit row its place, other scripts theirs", () => {
  assert.equal(chordOf(alt("a", "KeyQ")), "Alt+A");
  assert.equal(chordOf(alt(",", "KeyM")), "Alt+,");
  assert.equal(chordOf(alt("&", "Digit1")), "Alt+1");
  assert.equal(chordOf(alt("л", "KeyK")), "Alt+K");
  assert.equal(chordOf(press("я", "KeyZ", { ctrlKey: true })), "Ctrl+Z");
});

test("a Mac keeps the chords that the system needs", () => {
  const table = keysIn(true);
  const chords = new Set(table.flatMap(({ keys }) => keys));
  for (const taken of ["Ctrl+H", "Ctrl+Q", "Ctrl+W", "Ctrl+Space", "Ctrl+Y", "Option+ArrowLeft", "Option+Backspace"])
    assert.ok(!chords.has(taken), taken);
  assert.equal(commandOf(table, alt("ArrowLeft", "ArrowLeft"), "text", mac()), null);
  assert.equal(commandOf(table, alt("ArrowLeft", "ArrowLeft", { ctrlKey: true }), "text", mac()), "back");
});

test("keys are written as they are on the keyboard", () => {
  assert.deepEqual(capsOf("Ctrl+Shift+Z", true), ["⌘", "⇧", "Z"]);
  assert.deepEqual(
    [true, false].map((isMac) => writtenChord("Ctrl+Alt+ArrowUp", isMac)),
    ["⌘⌃⌥↑", "Ctrl+Alt+↑"],
  );
  assert.deepEqual([writtenChord("Alt+Enter", true), writtenChord("Alt+Enter", false)], ["⌃⌥↩", "Alt+Enter"]);
});

test("a modifier alone is no chord, a dead key with Option is one", () => {
  assert.deepEqual(
    [press("Alt", "AltLeft", { altKey: true }), press("Dead", "Backquote"), alt("Dead", "KeyN"), press("F9", "F9")].map(
      isWholeChord,
    ),
    [false, false, true, true],
  );
});
