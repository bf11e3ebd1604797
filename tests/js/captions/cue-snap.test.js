import assert from "node:assert/strict";
import { test } from "node:test";
import { cuesIn } from "../../../static/js/captions/cue-boxes.js";
import { edgesNear, snapped } from "../../../static/js/captions/cue-snap.js";

const cues = [
  { start_ms: 0, end_ms: 900 },
  { start_ms: 1000, end_ms: 2000 },
  { start_ms: 3000, end_ms: 4000 },
];
const near = { gap_ms: 80, head_ms: 1500 };

test("an edge is drawn to its neighbour, with the least gap and without, and to the play head", () => {
  assert.deepEqual(edgesNear(cues, 1, "start", near), [980, 900, 1500]);
  assert.deepEqual(edgesNear(cues, 1, "end", near), [2920, 3000, 1500]);
  assert.deepEqual(edgesNear(cues, 2, "end", near), [1500]);
  const means = { edges: [2920, 3000], ms_per_px: 5, onFrame: Math.round };
  assert.deepEqual(
    [2884, 2885, 2955, 2960, 3035, 3036].map((ms) => snapped(ms, means)),
    [2884, 2920, 2920, 2960, 3000, 3036],
  );
});

test("elsewhere it goes to a frame", () => {
  const onFrame = (time_ms) => Math.round(time_ms / 40) * 40;
  assert.equal(snapped(1010, { edges: [], ms_per_px: 5, onFrame }), 1000);
});

test("a stretch shows what overlaps it, also what lasts into it from long before", () => {
  const long = [{ start_ms: 0, end_ms: 5000 }, ...cues];
  const at = (from_ms, span_ms) => cuesIn(long, { from_ms, span_ms });
  assert.deepEqual(at(2500, 400), []);
  assert.deepEqual(cuesIn(cues, { from_ms: 950, span_ms: 2050 }), [1]);
  assert.deepEqual(cuesIn(cues, { from_ms: 950, span_ms: 2051 }), [1, 2]);
  assert.deepEqual(cuesIn([], { from_ms: 0, span_ms: 2000 }), []);
});
