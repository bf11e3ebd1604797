import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn } from "../../../static/js/playback/word-boxes.js";

const upTo = (first, after) => Array.from({ length: after - first }, (_, index) => first + index);

test("of too many words those around the one at hand are drawn", () => {
  assert.deepEqual(drawn([3, 4, 5], 900), [3, 4, 5]);
  const many = upTo(100, 2100);
  assert.deepEqual(drawn(many, 0), upTo(100, 300));
  assert.deepEqual(drawn(many, 1000), upTo(900, 1100));
  assert.deepEqual(drawn(many, 5000), upTo(1900, 2100));
});
