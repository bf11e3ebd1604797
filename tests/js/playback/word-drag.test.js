import assert from "node:assert/strict";
import { test } from "node:test";
import { docFromServer } from "../../../static/js/transcript/transcript.js";
import { createWordDrag } from "../../../static/js/playback/word-drag.js";
import { standingOf } from "../../../static/js/playback/word-boxes.js";
import { segment, settle, whole } from "../values.js";

/** A segment of two words, and what was sent of their times; each test sends what it moves, before the rest would. */
function setUp() {
  const doc = docFromServer(whole([segment("a", "one two", 1000)]));
  const sent = [];
  const held = { is: false };
  const session = {
    state: () => ({ doc }),
    shownWords: (id) => doc.byId.get(id).words,
    setTimes: (id, word, span) => new Promise((resolve) => sent.push({ word, span, resolve })),
  };
  const moving = createWordDrag({ session, attempt: (run) => run(), isHeld: () => held.is, onChange() {} });
  return { moving, sent, held, words: doc.byId.get("a").words };
}

test("nudges add up, are shown at once and sent as one", async () => {
  const { moving, sent, words } = setUp();
  moving.move("a", 0, "both", 10);
  moving.move("a", 0, "end", -20);
  assert.deepEqual([moving.isMoved(words[0]), moving.isMoved(words[1]), sent.length], [true, false, 0]);
  moving.flush();
  assert.deepEqual(
    sent.map(({ word, span }) => [word, span]),
    [[words[0], { start_ms: 1010, end_ms: 1080 }]],
  );
  assert.equal(moving.spanOf("a", 0).end_ms, 1080);
  sent[0].resolve();
  await settle();
  assert.deepEqual([moving.isAny(), moving.spanOf("a", 0)], [false, { start_ms: 1000, end_ms: 1090 }]);
});

test("another word sends the one before it, and a word that is held is not sent", () => {
  const { moving, sent, held, words } = setUp();
  moving.move("a", 0, "start", 10);
  moving.move("a", 1, "start", 10);
  assert.deepEqual(
    sent.map(({ word }) => word),
    [words[0]],
  );
  held.is = true;
  moving.flush();
  assert.equal(sent.length, 1);
  held.is = false;
  moving.flush();
  assert.deepEqual(sent[1].span, { start_ms: 1110, end_ms: 1190 });
});

test("what is moved again while it is on its way is sent again", async () => {
  const { moving, sent } = setUp();
  moving.move("a", 0, "both", 10);
  moving.flush();
  moving.move("a", 0, "both", 10);
  sent[0].resolve();
  await settle();
  assert.equal(moving.spanOf("a", 0).start_ms, 1020);
  moving.flush();
  assert.equal(sent[1].span.start_ms, 1020);
});

test("a word that is being moved is set by hand, guessed or not", () => {
  const placed = [0, 3, 1000, 1090, 1, null, 0];
  const heard = /** @type {import("../../../static/js/transcript/words.js").Word} */ ([0, 2, 0, 90, 0, 0.9, 0, 4]);
  const says = "heard, timed by its phones and PocketSphinx, which agree";
  assert.equal(standingOf(heard, false, true).origin, says);
  assert.deepEqual(standingOf(placed, true, true), { isByHand: true, isGuess: false, origin: "set manually" });
  assert.deepEqual(standingOf(placed, false, true), {
    isByHand: false,
    isGuess: true,
    origin: "estimated from its neighbours",
  });
});
