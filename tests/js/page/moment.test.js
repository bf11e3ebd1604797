import assert from "node:assert/strict";
import { test } from "node:test";
import { linkedTime, momentIn } from "../../../static/js/page/moment.js";

test("an address leads to a time in each of its forms, or to a segment", () => {
  const times = { "#t=16:50": 1_010_000, "#t=1:02:03": 3_723_000, "#t=90": 90_000, "#t=12.5s": 12_500 };
  for (const [hash, time_ms] of Object.entries(times)) assert.deepEqual(momentIn(hash), { time_ms });
  assert.deepEqual(momentIn("#s=a1-B_2"), { id: "a1-B_2", query: "", isSought: false });
  assert.deepEqual(momentIn("#s=a&q=so+%26+so"), { id: "a", query: "so & so", isSought: true });
  assert.deepEqual(momentIn("#s=a&q="), { id: "a", query: "", isSought: true });
});

test("what is no moment leads nowhere", () => {
  for (const hash of ["", "#text", "#t=", "#t=soon", "#t=-5", "#s="]) assert.equal(momentIn(hash), null);
});

test("a link leads to what begins at a time, not to what ends there", () => {
  assert.deepEqual([0, 5000, 5200, 61_234, 3_599_990].map(linkedTime), ["0:00", "0:05", "0:05.2", "1:01.3", "1:00:00"]);
});
