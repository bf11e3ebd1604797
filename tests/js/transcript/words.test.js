import assert from "node:assert/strict";
import { test } from "node:test";
import {
  lastNotAbove,
  nextWordChange,
  sharedEnds,
  shiftedWords,
  wordAtOffset,
  wordAtTime,
  wordsIn,
} from "../../../static/js/transcript/words.js";

/** "so this is it", a word each half second */
const TEXT = "so this is it";
const WORDS = [
  [0, 2, 0, 400, 0, 0.9, 0],
  [3, 4, 500, 900, 0, 0.9, 0],
  [8, 2, 1000, 1400, 0, 0.9, 0],
  [11, 2, 3000, 3400, 0, 0.9, 0],
];
const places = (words) => words.map((word) => word && word.slice(0, 3));

test("the last item not above a value is found, before all of them none is", () => {
  const key = (item) => item;
  assert.equal(lastNotAbove([], 5, key), -1);
  assert.deepEqual(
    [-1, 0, 1, 2, 3, 9].map((value) => lastNotAbove([0, 2, 2, 3], value, key)),
    [-1, 0, 0, 2, 3, 3],
  );
});

test("a caret belongs to the word it touches, in a gap to the one before", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 7, 8, 13, 99].map((offset) => wordAtOffset(WORDS, offset)),
    [0, 0, 0, 1, 1, 2, 3, 3],
  );
  assert.equal(wordAtOffset([], 3), -1);
});

test("a word lingers through short silences and not through long ones", () => {
  assert.deepEqual(
    [0, 450, 500, 1700, 1751, 2999, 3000].map((time) => wordAtTime(WORDS, time)),
    [0, 0, 1, 2, -1, -1, 3],
  );
  assert.equal(wordAtTime(WORDS, -1), -1);
});

test("shared ends do not overlap", () => {
  assert.deepEqual(sharedEnds("aa", "aaa"), { prefix: 2, suffix: 0 });
  assert.deepEqual(sharedEnds("", "x"), { prefix: 0, suffix: 0 });
});

test("typing inside a word keeps its time and moves the words behind it", () => {
  assert.deepEqual(places(shiftedWords(WORDS, TEXT, "so thiis is it")), [
    [0, 2, 0],
    [3, 5, 500],
    [9, 2, 1000],
    [12, 2, 3000],
  ]);
});

test("a word put between two leaves both their times", () => {
  assert.deepEqual(places(shiftedWords(WORDS, TEXT, "so this surely is it")), [
    [0, 2, 0],
    [3, 4, 500],
    [15, 2, 1000],
    [18, 2, 3000],
  ]);
});

test("a word deleted has no place, its neighbours keep theirs", () => {
  assert.deepEqual(places(shiftedWords(WORDS, TEXT, "so is it")), [[0, 2, 0], null, [3, 2, 1000], [6, 2, 3000]]);
});

test("a word cut in two has no time until the server answers", () => {
  assert.deepEqual(places(shiftedWords(WORDS, TEXT, "so th is is it")), [[0, 2, 0], null, [9, 2, 1000], [12, 2, 3000]]);
});

test("an emptied text has no words, an unchanged one all", () => {
  assert.deepEqual(shiftedWords(WORDS, TEXT, ""), [null, null, null, null]);
  assert.deepEqual(shiftedWords(WORDS, TEXT, TEXT), WORDS);
});

test("between two changes the same word sounds", () => {
  const changes = [];
  for (let ms = -100; ms < Infinity; ms = nextWordChange(WORDS, ms)) changes.push([ms, wordAtTime(WORDS, ms)]);
  const starts = [
    [-100, -1],
    [0, 0],
    [500, 1],
    [1000, 2],
    [1750, -1],
    [3000, 3],
    [3750, -1],
  ];
  assert.deepEqual(changes, starts);
  assert.equal(nextWordChange([], 5), Infinity);
});

test("a stretch of the text is of the words it touches, a caret of its own", () => {
  const stretches = [
    { start: 4, end: 9 },
    { start: 7, end: 8 },
    { start: 8, end: 8 },
  ];
  const spans = stretches.map((at) => wordsIn(WORDS, at));
  assert.deepEqual(spans, [[1, 2], null, [2, 2]]);
  assert.equal(wordsIn([], { start: 0, end: 0 }), null);
});
