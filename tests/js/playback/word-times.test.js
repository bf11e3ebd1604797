import assert from "node:assert/strict";
import { test } from "node:test";
import { docFromServer, lockedAbove, roomOf } from "../../../static/js/transcript/transcript.js";
import { parseClock, preciseClock } from "../../../static/js/shared/format.js";
import { quietestNear } from "../../../static/js/playback/silence.js";
import { movedSpan } from "../../../static/js/transcript/words.js";
import { segment, whole } from "../values.js";

const SPAN = { start_ms: 1000, end_ms: 1200 };
const ROOM = { low_ms: 800, high_ms: 1500 };

test("a word moves as a whole or at one edge, and stays between its neighbours", () => {
  assert.deepEqual(movedSpan(SPAN, "both", -50, ROOM), { start_ms: 950, end_ms: 1150 });
  assert.deepEqual(movedSpan(SPAN, "both", -900, ROOM), { start_ms: 800, end_ms: 1000 });
  assert.deepEqual(movedSpan(SPAN, "both", 900, ROOM), { start_ms: 1500, end_ms: 1700 });
  assert.deepEqual(movedSpan(SPAN, "start", 900, ROOM), { start_ms: 1180, end_ms: 1200 });
  assert.deepEqual(movedSpan(SPAN, "end", 900, ROOM), { start_ms: 1000, end_ms: 1500 });
  assert.deepEqual(movedSpan(SPAN, "end", -900, ROOM), { start_ms: 1000, end_ms: 1020 });
});

test("an edge goes to a place that is much quieter, else stays", () => {
  const pairs = Int8Array.from([-90, 90, -90, 90, -90, 90, -5, 5, -90, 90, -80, 80]);
  assert.equal(quietestNear(pairs, 5000, 100, 5012, 60), 5030);
  assert.equal(quietestNear(pairs, 5000, 100, 5012, 10), 5012);
  assert.equal(quietestNear(pairs, 5000, 100, 9000, 60), 9000);
});

test("the room of a word ends at its neighbours, also over a segment's edge", () => {
  const doc = docFromServer(whole([segment("a", "one two", 100), segment("b", "three", 1000)]));
  assert.deepEqual(roomOf(doc, "a", 1), { low_ms: 120, high_ms: 1000 });
  assert.deepEqual(roomOf(doc, "b", 0), { low_ms: 220, high_ms: 9000 });
  assert.deepEqual(roomOf(doc, "a", 0), { low_ms: 0, high_ms: 200 });
});

test("the anchor is the nearest word above that was set by hand", () => {
  const a = segment("a", "one two", 100);
  a.words[1][6] = 1;
  const doc = docFromServer(whole([a, segment("b", "three", 1000)]));
  assert.deepEqual(lockedAbove(doc, "b", 0), { segment_id: "a", word: 1, start_ms: 200, text: "two" });
  assert.equal(lockedAbove(doc, "a", 1), null);
});

test("times are read as they are written", () => {
  for (const ms of [0, 4350, 65_250, 3_725_007]) assert.equal(parseClock(preciseClock(ms)), ms);
  assert.deepEqual(["65.25", " 1:05,2 ", "1:2:3", "90:00", "soon", ""].map(parseClock), [
    65_250,
    65_200,
    3_723_000,
    5_400_000,
    null,
    null,
  ]);
  assert.deepEqual(["1:99:0", "1:60:00", "1:60", "0:99.5"].map(parseClock), [null, null, null, null]);
});
