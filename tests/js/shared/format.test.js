import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, clock, coverageSentence, duration, percent } from "../../../static/js/shared/format.js";
import { counted } from "../../../static/js/shared/language.js";

test("times, sizes and shares read as people write them", () => {
  assert.deepEqual([0, 65_000, 3_725_000, null].map(clock), ["0:00", "1:05", "1:02:05", "–:––"]);
  assert.deepEqual([0, 999, 1_500, 145_000_000, 3_090_000_000].map(bytes), [
    "0 B",
    "999 B",
    "1.5 kB",
    "145 MB",
    "3.1 GB",
  ]);
  assert.deepEqual([200, 45_000, 1_500_000, 3_900_000].map(duration), ["1 s", "45 s", "25 min", "1 h 5 min"]);
  assert.deepEqual([0, 0.999, 1].map(percent), ["0 %", "99 %", "100 %"]);
  assert.deepEqual(
    [1, 1200].map((count) => counted(count, "doubt", "doubts")),
    ["1 doubt", "1,200 doubts"],
  );
});

test("coverage is one sentence, and none where nothing is known", () => {
  assert.equal(
    coverageSentence({ written_share: 0.963, unwritten_ms: 12_000 }),
    "96 % of the text was recognised; 12 s of speech is missing from the text.",
  );
  assert.equal(coverageSentence({ written_share: 1, unwritten_ms: 0 }), "100 % of the text was recognised.");
  assert.equal(
    coverageSentence({ written_share: 0.5, unwritten_ms: 0, remarks: [{ text: "It is late." }] }),
    "50 % of the text was recognised. It is late.",
  );
  assert.equal(coverageSentence(null), "");
});
