import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { idOfKey } from "../../static/js/keys/commands.js";
import { commandsIn, keysIn } from "./values.js";

const page = readFileSync(new URL("../../static/editor.html", import.meta.url), "utf8");
const namedIn = (trait) => [...page.matchAll(new RegExp(`${trait}="([^"]+)"`, "g"))].map((found) => found[1]);

test("each button runs a command that there is, and each key cap is of a key", () => {
  for (const isMac of [false, true]) {
    const commands = commandsIn(isMac);
    assert.deepEqual(namedIn("data-command").filter((id) => !commands[id]), []);
    const keys = keysIn(isMac).map(idOfKey);
    assert.deepEqual(namedIn("data-key-of").filter((id) => !keys.includes(id)), []);
  }
});

test("whoever cannot find a key has a button, or a key of each command", () => {
  const buttons = namedIn("data-command");
  const hidden = Object.entries(commandsIn(false)).filter(([id, { keys }]) => !keys && !buttons.includes(id));
  assert.deepEqual(hidden, []);
});

test("no chord means two things in one place", () => {
  for (const isMac of [false, true]) {
    const keys = keysIn(isMac);
    const taken = keys.flatMap(({ where, keys: chords }) => chords.map((chord) => `${where} ${chord}`));
    assert.equal(new Set(taken).size, taken.length);
  }
});
