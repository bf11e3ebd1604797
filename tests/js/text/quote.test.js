import assert from "node:assert/strict";
import { test } from "node:test";
import { quoteOf } from "../../../static/js/text/quote.js";

test("what one speaker says in a row is one quotation, with the time of its start", () => {
  const parts = [
    { text: "We knew. ", speaker: "Ann", start_ms: 61_500 },
    { text: "", speaker: null, start_ms: null },
    { text: "All of us.", speaker: "Ann", start_ms: 64_000 },
    { text: "Really?", speaker: null, start_ms: 3_700_000 },
    { text: "Yes.", speaker: "Ann", start_ms: null },
  ];
  assert.equal(quoteOf(parts), "“We knew. All of us.” – Ann, 1:01\n“Really?” – 1:01:40\n“Yes.” – Ann");
});
