import assert from "node:assert/strict";
import { test } from "node:test";
import { rulerOf } from "../../../static/js/playback/ruler.js";

const labels = (view, width_px) => rulerOf(view, width_px).map(({ label }) => label);

test("the ruler has round times at distances that have room for them", () => {
  assert.deepEqual(labels({ from_ms: 0, span_ms: 30_000 }, 500), ["0:00", "0:05", "0:10", "0:15", "0:20", "0:25"]);
  assert.deepEqual(labels({ from_ms: 59_400, span_ms: 1000 }, 400), ["0:59.4", "0:59.6", "0:59.8", "1:00.0", "1:00.2"]);
  assert.deepEqual(labels({ from_ms: 3_595_000, span_ms: 10_000 }, 160), ["59:55", "1:00:00"]);
});

test("a time stands at its share of the window", () => {
  assert.deepEqual(rulerOf({ from_ms: 2500, span_ms: 2000 }, 200), [
    { share: 0.25, label: "0:03" },
    { share: 0.75, label: "0:04" },
  ]);
});

test("a window wider than any distance has few times", () => {
  assert.ok(labels({ from_ms: 0, span_ms: 36_000_000 }, 10).length <= 120);
});
