import assert from "node:assert/strict";
import { test } from "node:test";
import { isShownAlready, wasUnseen } from "../../../static/js/transcript/unseen.js";
import { segment } from "../values.js";

const shown = new Map(["a", "b"].map((id) => [id, segment(id, id, 0)]));
const answer = (segments, removed = []) => ({ segments, removed });

test("times that were mended show nothing new, another text, name, segment or one that went does", () => {
  assert.ok(isShownAlready(shown, answer([segment("a", "a", 500, { revision: 2 })], ["c"])));
  for (const other of [segment("a", "x", 0), segment("a", "a", 0, { speaker: "Ann" }), segment("c", "c", 0)])
    assert.ok(!isShownAlready(shown, answer([other])));
  assert.ok(!isShownAlready(shown, answer([], ["a"])));
});

test("what was undone was never shown where all stands as it did and a revision lies between", () => {
  assert.ok(wasUnseen(shown, answer([segment("a", "a", 0, { revision: 3 })])));
  assert.ok(!wasUnseen(shown, answer([segment("a", "a", 500, { revision: 2 })])));
  assert.ok(!wasUnseen(shown, answer([segment("a", "x", 0, { revision: 3 })])));
  assert.ok(!wasUnseen(shown, answer([])));
  // The line below comes along, for its doubts.
  assert.ok(wasUnseen(shown, answer([segment("a", "a", 0, { revision: 3 }), segment("b", "b", 0)])));
});
