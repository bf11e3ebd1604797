import assert from "node:assert/strict";
import test from "node:test";

import { codedPassages, codeRuns, codeTones } from "../../../static/js/transcript/codes.js";

/** Words of one letter each, with codes by letter. */
const words = (/** @type {string[]} */ ...codes) =>
  codes.map((own, at) => /** @type {any} */ ([2 * at, 1, 100 * at, 100 * at + 90, 0, 1, 0, 0, 0, [...own].join("\n")]));

test("runs of a code end at words without it and at those that are gone", () => {
  assert.deepEqual(codeRuns([...words("A", "AB", "B"), null, ...words("B")]), [
    { code: "A", first: 0, last: 1 },
    { code: "B", first: 1, last: 2 },
    { code: "B", first: 4, last: 4 },
  ]);
});

test("passages go on over segments, and over those without words", () => {
  const segments = { a: words("", "A"), b: words(), c: words("A", "A", ""), d: words("A") };
  const byId = new Map(
    Object.entries(segments).map(([id, own]) => [
      id,
      { id, words: own, speaker: id, text: own.map((_, at) => "vwxyz"[at]).join(" ") },
    ]),
  );
  const passages = codedPassages(/** @type {any} */ ({ order: [...byId.keys()], byId }));
  assert.deepEqual(passages.get("A"), [
    {
      parts: [
        { id: "a", start: 2, end: 3 },
        { id: "c", start: 0, end: 3 },
      ],
      text: "w v w",
      speaker: "a",
      start_ms: 100,
      end_ms: 190,
    },
    { parts: [{ id: "d", start: 0, end: 1 }], text: "v", speaker: "d", start_ms: 0, end_ms: 90 },
  ]);
});

test("a code keeps the colour it was given, others get one that few have", () => {
  assert.deepEqual([...codeTones(["a", "b", "c"], { b: 0, c: 99, d: 1 })].sort(), [
    ["a", 1],
    ["b", 0],
    ["c", 2],
  ]);
  assert.equal(codeTones(["toString"], {}).get("toString"), 0);
});
