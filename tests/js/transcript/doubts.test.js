import assert from "node:assert/strict";
import { test } from "node:test";
import { docFromServer } from "../../../static/js/transcript/transcript.js";
import {
  doubtAtOffset,
  dressed,
  keyOf,
  nextDoubt,
  openDoubts,
  rangeOf,
  withHeard,
} from "../../../static/js/transcript/doubts.js";
import { segment, whole } from "../values.js";

const doubt = (first_word, last_word, written, heard) => ({
  kind: "different",
  first_word,
  last_word,
  written,
  heard,
  score: 0.8,
  start_ms: 0,
  end_ms: 1,
  why: "",
});
const CLEVENCY = segment("a", "the clevency, is clear", 0, { doubts: [doubt(1, 1, "clevency,", "equivalency")] });
const MISSING = doubt(2, 1, "", "really");

test("what was heard takes over outer punctuation and capital of what was written", () => {
  assert.equal(dressed("clevency,", "equivalency"), "equivalency,");
  assert.equal(dressed("“Alad”", "elad."), "“Elad”");
  assert.equal(dressed("SHOUT!", "shouts"), "shouts!");
});

test("taking what was heard replaces just these words", () => {
  assert.deepEqual(withHeard(CLEVENCY.text, CLEVENCY.words, CLEVENCY.doubts[0]), {
    text: "the equivalency, is clear",
    caret: 16,
  });
});

test("taking missing words puts them between their neighbours, or at the ends", () => {
  assert.equal(withHeard(CLEVENCY.text, CLEVENCY.words, MISSING).text, "the clevency, really is clear");
  assert.equal(withHeard(CLEVENCY.text, CLEVENCY.words, doubt(0, -1, "", "so")).text, "so the clevency, is clear");
  assert.equal(withHeard(CLEVENCY.text, CLEVENCY.words, doubt(4, 3, "", "now")).text, "the clevency, is clear now");
  assert.equal(withHeard("", [], doubt(0, -1, "", "so")).text, "so");
});

test("taking silence removes the words and one space", () => {
  assert.equal(withHeard(CLEVENCY.text, CLEVENCY.words, doubt(1, 1, "clevency,", "")).text, "the is clear");
  assert.equal(withHeard(CLEVENCY.text, CLEVENCY.words, doubt(0, 0, "the", "")).text, "clevency, is clear");
});

test("a doubt whose words were typed away has no place", () => {
  assert.equal(rangeOf([null, null], doubt(1, 1, "x", "y"), 5), null);
  assert.equal(withHeard("x", [null, null], doubt(1, 1, "x", "y")), null);
});

test("missing words stand at the gap, one letter to each side", () => {
  assert.deepEqual(rangeOf(CLEVENCY.words, MISSING, CLEVENCY.text.length), { start: 12, end: 15 });
});

test("the doubt under a caret is found unless it was kept", () => {
  const at = (offset, kept) => doubtAtOffset(CLEVENCY, CLEVENCY.words, offset, CLEVENCY.text, kept);
  assert.equal(at(5, new Set()), CLEVENCY.doubts[0]);
  assert.equal(at(2, new Set()), null);
  assert.equal(at(5, new Set([keyOf(CLEVENCY, CLEVENCY.doubts[0])])), null);
});

test("the walk goes round in the order of the text", () => {
  const other = segment("b", "two words", 1000, { doubts: [doubt(0, 0, "two", "too")] });
  const doc = docFromServer(whole([CLEVENCY, other]));
  const places = openDoubts(doc, new Set());
  const walk = (from, step) => nextDoubt(places, doc, from, step)?.segment.id;
  assert.equal(walk(null, 1), "a");
  assert.equal(walk({ id: "a", word: 1 }, 1), "b");
  assert.equal(walk({ id: "b", word: 0 }, 1), "a");
  assert.equal(walk({ id: "a", word: 0 }, -1), "b");
  assert.equal(nextDoubt([], doc, null, 1), null);
});

test("of another style all is taken, with its marks and capitals", () => {
  const style = { ...doubt(1, 1, "clevency,", "Clevency."), kind: "style" };
  assert.equal(withHeard(CLEVENCY.text, CLEVENCY.words, style).text, "the Clevency. is clear");
  assert.deepEqual(openDoubts(docFromServer(whole([{ ...CLEVENCY, doubts: [style] }])), new Set()), []);
});
