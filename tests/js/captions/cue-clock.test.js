import assert from "node:assert/strict";
import { test } from "node:test";
import { cueClock, shownRate } from "../../../static/js/captions/cue-clock.js";
import { frameAt, frameOfTimecode, frameStart, rateOf, RATES, timecode } from "../../../static/js/shared/frames.js";

test("each frame has a timecode of its own, and drop-frame leaves two out each minute but the tenth", () => {
  for (const [name, rate] of Object.entries(RATES))
    for (const frame of [0, 1, 1799, 1800, 17_981, 17_982, 107_892, 5_183_999, 2_589_407]) {
      assert.equal(frameOfTimecode(rate, timecode(rate, frame)), frame, `${name} ${frame}`);
      assert.equal(frameAt(rate, frameStart(rate, frame)), frame, `${name} ${frame}`);
    }
  const drop = RATES["29.97df"];
  assert.deepEqual(
    [1799, 1800, 17_982, 107_892].map((frame) => timecode(drop, frame)),
    ["00:00:59;29", "00:01:00;02", "00:10:00;00", "01:00:00;00"],
  );
  assert.deepEqual(
    ["00:01:00;01", "00:10:00;01", "00:00:01;30", "00:60:00;00", "1:2", "soon"].map((text) =>
      frameOfTimecode(drop, text),
    ),
    [null, 17_983, null, null, null, null],
  );
});

test("a film tells its rate, unless its frames last unequally", () => {
  const rates = [41_708, 41_667, 40_000, 33_367, 33_333, 20_000, 16_683, 16_667, 34_120, 0, null].map(rateOf);
  assert.deepEqual(rates, ["23.976", "24", "25", "29.97", "30", "50", "59.94", "60", null, null, null]);
  assert.equal(shownRate("film", 33_367), "29.97");
  assert.equal(shownRate("film", null), null);
  assert.equal(shownRate("constructor", 40_000), null);
});

test("times are read, moved and shown as frames, and land on these hours into a film", () => {
  const clock = cueClock("25", 33_367);
  assert.equal(clock.show(65_519), "00:01:05:13");
  assert.equal(clock.length(1000, 2480), "1:12");
  assert.deepEqual(["00:01:05:12", "1:05.49", "65.5", "1:05:12", "00:00:00:25", "-1"].map(clock.read), [
    65_480,
    65_480,
    65_520,
    null,
    null,
    null,
  ]);
  assert.deepEqual(
    [clock.onFrame(1010), clock.step(1010, 1, false), clock.step(1010, -1, true), clock.byFrame(0, -1)],
    [1000, 1040, 600, 0],
  );
  // Frames of 33.367 ms, as microseconds round them, would be 36 ms off.
  assert.equal(cueClock("ms", 33_367).onFrame(3_600_014), 3_600_030);
  assert.equal(cueClock("film", null).show(65_519), "1:05.519");
});
