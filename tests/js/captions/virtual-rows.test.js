import assert from "node:assert/strict";
import { test } from "node:test";
import { createOffsets } from "../../../static/js/captions/virtual-rows.js";

test("rows begin where those above end, and are found by their height", () => {
  const offsets = createOffsets([10, 20, 30]);
  assert.deepEqual([0, 1, 2].map(offsets.top), [0, 10, 30]);
  assert.deepEqual([-5, 0, 9, 10, 29, 30, 99].map(offsets.at), [0, 0, 0, 1, 1, 2, 2]);
  assert.equal(offsets.total(), 60);
  assert.equal(createOffsets([]).at(10), 0);
});

test("heights that are measured move what is below", () => {
  const offsets = createOffsets([10, 20, 30]);
  assert.equal(offsets.correct(new Map([[1, 20.2]])), false);
  assert.equal(offsets.correct(new Map([[1, 50]])), true);
  assert.deepEqual([offsets.top(2), offsets.total(), offsets.at(59)], [60, 90, 1]);
});
