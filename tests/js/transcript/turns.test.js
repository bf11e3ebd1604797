import assert from "node:assert/strict";
import { test } from "node:test";

import { copied } from "../../../static/js/text/copy-segments.js";
import { headings, nextUnnamedTurn, turnFrom, turnStart } from "../../../static/js/transcript/turns.js";

/** @param {...[string | null, string?]} lines who speaks, and "turn" or "sound" */
function docOf(...lines) {
  const byId = new Map(
    lines.map(([speaker, what], at) => [
      String(at),
      { speaker, new_turn: what === "turn", kind: what === "sound" ? "sound" : "speech" },
    ]),
  );
  return /** @type {any} */ ({ order: [...byId.keys()], byId });
}

test("a name stands where the speaker changes, and sounds change nothing", () => {
  const doc = docOf(
    ["Ann"],
    ["Ann"],
    [null, "sound"],
    ["Ann"],
    [null],
    [null],
    ["Bob"],
    ["Bob", "turn"],
    [null, "turn"],
  );
  assert.deepEqual(
    [...headings(doc)],
    [
      ["0", "Ann"],
      ["4", ""],
      ["6", "Bob"],
      ["7", "Bob"],
      ["8", ""],
    ],
  );
  assert.deepEqual([...headings(docOf([null], [null]))], []);
});

test("a name holds until the next turn or name", () => {
  const doc = docOf([null], [null], [null, "sound"], [null], [null, "turn"], [null], ["Ann"], ["Ann"]);
  assert.deepEqual(turnFrom(doc, "0"), ["0", "1", "3"]);
  assert.deepEqual(turnFrom(doc, "3"), ["3"]);
  assert.deepEqual(turnFrom(doc, "4"), ["4", "5"]);
  assert.deepEqual(turnFrom(doc, "6"), ["6", "7"]);
});

test("copied lines name who speaks where that changes", () => {
  const lines = [
    ["Ann", "a"],
    ["Ann", "b"],
    [null, "c"],
    ["Ann", "d"],
  ].map(([speaker, text]) => ({ speaker, text }));
  assert.equal(copied(/** @type {any} */ (lines)), "Ann: a\nb\nc\nAnn: d");
});

test("a turn begins at its mark, at another name, and not at a sound within it", () => {
  const doc = docOf([null, "turn"], [null], [null, "sound"], [null], ["Ann"], ["Ann", "turn"], ["Ann"]);
  assert.deepEqual(
    ["1", "3", "4", "6"].map((id) => turnStart(doc, id)),
    ["0", "0", "4", "5"],
  );
});

test("the next turn without a speaker is looked for behind, then from the top", () => {
  const doc = docOf([null, "turn"], [null], ["Ann"], [null, "turn"], [null, "sound"]);
  assert.deepEqual(
    ["0", "2", "3", null].map((id) => nextUnnamedTurn(doc, id)),
    ["3", "3", "0", "0"],
  );
  assert.equal(nextUnnamedTurn(docOf(["Ann"]), null), null);
  // A made-up name is none.
  assert.equal(nextUnnamedTurn(docOf(["Ann"], ["Speaker 2"], ["Speaker X"]), null), "1");
});
