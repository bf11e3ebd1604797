import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { commandOf, idOfKey } from "../../../static/js/keys/commands.js";
import { commandsIn, keysIn } from "../values.js";

const page = readFileSync(new URL("../../../static/editor.html", import.meta.url), "utf8");
const namedIn = (trait) => [...page.matchAll(new RegExp(`${trait}="([^"]+)"`, "g"))].map((found) => found[1]);

test("each button runs a command that there is, and each key cap is of a key", () => {
  for (const isMac of [false, true]) {
    const commands = commandsIn(isMac);
    assert.deepEqual(
      namedIn("data-command").filter((id) => !commands[id]),
      [],
    );
    const keys = keysIn(isMac).map(idOfKey);
    assert.deepEqual(
      namedIn("data-key-of").filter((id) => !keys.includes(id)),
      [],
    );
  }
});

test("whoever cannot find a key has a button, or a key of each command", () => {
  const buttons = namedIn("data-command");
  const hidden = Object.entries(commandsIn(false)).filter(([id, { keys }]) => !keys && !buttons.includes(id));
  assert.deepEqual(hidden, []);
});

const press = (key, more = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test("no key that types something is taken in the text", () => {
  const table = keysIn(false);
  for (const key of ["k", "j", "l", " ", "?", "K", ","]) assert.equal(commandOf(table, press(key), "text"), null);
  assert.equal(commandOf(table, press("k"), "page"), "play");
  assert.equal(commandOf(table, press("Escape"), "text"), "close");
  assert.equal(commandOf(table, press("Enter", { ctrlKey: true }), "text"), "split");
});

test("each chord has one meaning in each place", () => {
  for (const isMac of [true, false]) {
    for (const place of ["text", "page"]) {
      const chords = keysIn(isMac)
        .filter(({ where }) => where === "both" || where === place)
        .flatMap(({ keys }) => keys);
      assert.equal(new Set(chords).size, chords.length);
    }
  }
});
