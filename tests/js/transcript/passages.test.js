import assert from "node:assert/strict";
import test from "node:test";

import { clipSpan } from "../../../static/js/transcript/passages.js";

/** Words as [start, end] in ms, by segment. */
const docOf = (/** @type {number[][][]} */ ...segments) => {
  const byId = new Map(
    segments.map((words, at) => [String(at), { words: words.map(([start, end], index) => [index, 1, start, end]) }]),
  );
  return /** @type {any} */ ({ order: [...byId.keys()], byId });
};

test("a clip has a little more than its words", () => {
  const doc = docOf([[1000, 1500]], [[5000, 5400]]);
  assert.deepEqual(clipSpan(doc, [{ start_ms: 1000, end_ms: 1500 }]), { start_ms: 920, end_ms: 1660 });
  assert.deepEqual(clipSpan(doc, [{ start_ms: 5000, end_ms: 5400 }]), { start_ms: 4920, end_ms: 5560 });
});

test("a clip has nothing of the words beside it", () => {
  const doc = docOf([[0, 960]], [[1000, 1500]], [[1540, 2000]]);
  assert.deepEqual(clipSpan(doc, [{ start_ms: 1000, end_ms: 1500 }]), { start_ms: 960, end_ms: 1540 });
  const overlapping = docOf([[0, 1200]], [[1000, 1500]], [[1400, 2000]]);
  assert.deepEqual(clipSpan(overlapping, [{ start_ms: 1000, end_ms: 1500 }]), { start_ms: 1000, end_ms: 1660 });
});

test("parts without times count for nothing", () => {
  assert.equal(clipSpan(docOf([]), [null]), null);
  const doc = docOf([[1000, 1500]]);
  assert.deepEqual(clipSpan(doc, [null, { start_ms: 1000, end_ms: 1500 }]), { start_ms: 920, end_ms: 1660 });
});
