import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, isTelling } from "../../../static/js/page/also-places.js";

test("a name or a term may be meant elsewhere, a common word or a long passage may not", () => {
  const telling = [
    ["clevency", "equivalency"],
    ["AMI", "Ami"],
    ["Alad Cohen", "Elad Kohn"],
  ];
  const not = [
    ["the", "a"],
    ["one two three four five", "six"],
    ["clevency", ""],
  ];
  const isMeant = ([old, instead]) => isTelling({ old, new: instead });
  assert.deepEqual(telling.map(isMeant), [true, true, true]);
  assert.deepEqual(not.map(isMeant), [false, false, false]);
});

test("whole words are counted as they are written", () => {
  assert.equal(countOf(["Alad, Alads and alad", "so Alad said (Alad)", ""], "Alad"), 3);
  assert.equal(countOf(["C++ and C+", "(C++)"], "C++"), 2);
  assert.equal(countOf(["Оля и Оля2"], "Оля"), 1);
  const signs = String.raw`x-y \^$.*+?()[]{}|/-`;
  assert.equal(countOf([signs], signs), 1);
});
