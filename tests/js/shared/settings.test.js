import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../../../static/js/keys/commands.js";
import { browserStorage, openSettings, settingsFrom } from "../../../static/js/shared/settings.js";
import { quietUntil } from "../../../static/js/playback/silence.js";
import { keysIn } from "../values.js";

test("settings are kept, and nonsense in the store counts as nothing", () => {
  const stored = new Map();
  const storage = { getItem: (name) => stored.get(name) ?? null, setItem: (name, value) => stored.set(name, value) };
  openSettings(storage).set({ rewind_ms: 500 });
  assert.equal(openSettings(storage).get().rewind_ms, 500);
  assert.deepEqual(settingsFrom("{broken"), settingsFrom(null));
  assert.equal(settingsFrom('{"rewind_ms": "much"}').rewind_ms, 0);
});

test("where the browser keeps nothing, settings hold as long as the page", () => {
  const refuse = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  globalThis.localStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  let refusals = 0;
  const storage = browserStorage(() => (refusals += 1));
  assert.equal(openSettings(storage).get().skipsSilence, false);
  openSettings(storage).set({ skipsSilence: true });
  assert.deepEqual([openSettings(storage).get().skipsSilence, refusals], [true, 1]);
  storage.removeItem("transcript-editor-settings");
  assert.equal(openSettings(storage).get().skipsSilence, false);
  delete globalThis.localStorage;
});

test("a key may be changed, not to one that types or is taken in the same place", () => {
  const table = keysIn(false);
  const split = table.find(({ command }) => command === "split");
  assert.match(refusal(table, split, "x"), /types a character/);
  assert.match(refusal(table, split, "Alt+R"), /Already used: Mark the segment/);
  assert.equal(refusal(table, split, "Ctrl+D"), null);
  assert.equal(refusal(table, split, "F9"), null);
  const changed = keysIn(false, {
    "split@text": "Ctrl+D",
    "sheet@page": "F2",
    "takeDoubt@queue": "W",
    "review@text": "F3",
  });
  const keysOfCommand = (command, where) => changed.find((one) => one.command === command && one.where === where).keys;
  assert.deepEqual(keysOfCommand("keys", "page"), ["F2"]);
  assert.deepEqual(keysOfCommand("useHeard", "review"), ["W"]);
  assert.deepEqual([keysOfCommand("markReviewed", "text"), keysOfCommand("review", "both")], [["F3"], ["Alt+Q"]]);
  assert.deepEqual(changed.find(({ command }) => command === "split").keys, ["Ctrl+D"]);
  assert.equal(
    refusal(
      changed,
      changed.find(({ command }) => command === "markReviewed"),
      "Ctrl+Enter",
    ),
    null,
  );
});

test("a silence is skipped to just before speech, a short one is not", () => {
  const pairs = new Int8Array(400).fill(0);
  for (let at = 120; at < 200; at += 1) [pairs[2 * at], pairs[2 * at + 1]] = [-60, 60];
  assert.equal(quietUntil(pairs, 1000, 100, 1000, 5), 2050);
  assert.equal(quietUntil(pairs, 1000, 100, 1500, 5), null);
  assert.equal(quietUntil(pairs, 1000, 100, 2300, 5), null);
  assert.equal(quietUntil(pairs, 1000, 100, 9000, 5), null);
});
