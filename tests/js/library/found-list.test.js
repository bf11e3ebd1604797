import assert from "node:assert/strict";
import { test } from "node:test";
import { byTranscript } from "../../../static/js/library/found-list.js";

test("places are shown by transcript, the best first, in the order of their times", () => {
  const place = (transcript_id, start_ms) => ({ transcript_id, segment_id: "s", title: "", start_ms, text: "" });
  const found = [place("b", 29_000), place("a", 5000), place("b", null), place("b", 23_000)];
  const shown = byTranscript(found).map((places) => places.map((one) => [one.transcript_id, one.start_ms]));
  assert.deepEqual(shown, [
    [
      ["b", 23_000],
      ["b", 29_000],
      ["b", null],
    ],
    [["a", 5000]],
  ]);
});
