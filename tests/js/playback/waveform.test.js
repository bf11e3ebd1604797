import assert from "node:assert/strict";
import { test } from "node:test";
import { levelFor } from "../../../static/js/playback/peaks.js";
import { marksIn, turnOf, windowAround, windowFor, zoomed } from "../../../static/js/playback/waveform.js";

test("the waveform's window stays until the time leaves it, and ends with the recording", () => {
  assert.equal(windowFor(0, 30_000, 27_000, 100_000), 0);
  assert.equal(windowFor(0, 30_000, 28_000, 100_000), 25_600);
  assert.equal(windowFor(0, 30_000, 99_000, 100_000), 70_000);
  assert.equal(windowFor(70_000, 30_000, 99_500, 100_000), 70_000);
  assert.deepEqual([levelFor(30_000, 1200), levelFor(36_000_000, 1200)], [100, 1]);
});

test("a stretch is shown as near as it goes in whole, a third of the rest before it", () => {
  assert.deepEqual(windowAround(10_000, 11_000), { from_ms: 9667, span_ms: 2000 });
  assert.deepEqual(windowAround(10_000, 12_000), { from_ms: 9000, span_ms: 5000 });
  assert.deepEqual(windowAround(100, 1100), { from_ms: 0, span_ms: 2000 });
});

test("a segment wider than any window begins the widest", () => {
  assert.deepEqual(windowAround(10_000, 250_000), { from_ms: 10_000, span_ms: 180_000 });
});

test("each step of the zoom has the time in its middle, within the recording", () => {
  assert.deepEqual(zoomed(30_000, 1, 50_000, 100_000), { from_ms: 45_000, span_ms: 10_000 });
  assert.deepEqual(zoomed(30_000, -1, 50_000, 100_000), { from_ms: 20_000, span_ms: 60_000 });
  assert.deepEqual(zoomed(2_000, 1, 500, 100_000), { from_ms: 0, span_ms: 2_000 });
  assert.deepEqual(zoomed(180_000, -1, 50_000, 100_000), { from_ms: 0, span_ms: 180_000 });
});

test("a window as wide as its recording is one step from the next", () => {
  assert.deepEqual(zoomed(6800, 1, 3000, 6800), { from_ms: 500, span_ms: 5000 });
  assert.deepEqual(zoomed(6800, -1, 3000, 6800), { from_ms: 0, span_ms: 30_000 });
});

test("a window turns its page before its end, the last one never", () => {
  assert.equal(turnOf({ from_ms: 10_000, span_ms: 10_000 }, 60_000), 19_200);
  assert.equal(turnOf({ from_ms: 50_000, span_ms: 10_000 }, 60_000), Infinity);
});

test("only what begins within the window is marked in it", () => {
  assert.deepEqual(marksIn([900, 1000, 1500, 2500, 3000], { from_ms: 1000, span_ms: 2000 }), [0.25, 0.75]);
});
