import assert from "node:assert/strict";
import { test } from "node:test";
import { createCodeColours } from "../../../static/js/page/code-colours.js";

const word = [0, 3, 0, 100, 0, null, 0, 0, 0, "Sea"];
const segment = { id: "a", text: "sea", words: [word], speaker: null };
const doc = { order: ["a"], byId: new Map([["a", segment]]) };

test("a colour chosen while the server is away stays, also as others are told, and the last one is sent last", async () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  const sent = [];
  const colours = createCodeColours({
    load: async () => ({ Sea: 1 }),
    save: (tones) => new Promise((answer) => waiting.push(() => (sent.push(tones.Sea), answer({ ...tones })))),
  });
  await colours.refresh();
  const painted = [colours.paint("Sea", 5), colours.paint("Sea", 6)];
  await colours.refresh();
  assert.equal(colours.of(doc).get("Sea"), 6);
  for (const one of painted) {
    await new Promise((go) => setImmediate(go));
    waiting.shift()?.();
    await one;
    assert.equal(colours.of(doc).get("Sea"), 6);
  }
  assert.deepEqual(sent, [5, 6]);
});
