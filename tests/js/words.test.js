import assert from "node:assert/strict";
import test from "node:test";
import { lastNotAbove, wordAtOffset, wordAtTime } from "../../static/js/words.js";

const WORDS = [
  [0, 3, 1000, 1400, 0, 0.9, 0],
  [4, 5, 1500, 1900, 0, 0.9, 0],
  [10, 2, 3000, 3200, 1, null, 0],
];

test("a caret belongs to the word it touches, or to the one before it", () => {
  assert.deepEqual([0, 3, 4, 9, 12].map((at) => wordAtOffset(WORDS, at)), [0, 0, 1, 1, 2]);
  assert.equal(wordAtOffset([], 0), -1);
});

test("a word sounds from its start and a little past its end", () => {
  assert.deepEqual([0, 1000, 1450, 1600, 2600, 3100].map((ms) => wordAtTime(WORDS, ms)), [
    -1, 0, 0, 1, -1, 2,
  ]);
});

test("the last item not above a value is found, or none", () => {
  assert.equal(lastNotAbove([1, 3, 5], 4, (item) => item), 1);
  assert.equal(lastNotAbove([1, 3, 5], 0, (item) => item), -1);
});
