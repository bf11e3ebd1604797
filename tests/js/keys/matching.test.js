import assert from "node:assert/strict";
import { test } from "node:test";
import { matching } from "../../../static/js/keys/matching.js";

const entries = [
  { label: "Play or pause", keys: "Ctrl+Space" },
  { label: "Name the speaker", keys: "Alt+S" },
  { label: "Split the segment at the caret", keys: "Ctrl+Enter" },
  { label: "Café: next", keys: "" },
];
const found = (query) => matching(query, entries).map(({ label }) => label);

test("what begins as it is typed comes before what only has it", () => {
  assert.deepEqual(found("sp"), ["Split the segment at the caret", "Name the speaker", "Play or pause"]);
  assert.deepEqual(found("pe"), ["Name the speaker"]);
});

test("words come in any order and need not be whole, nor have their signs", () => {
  assert.deepEqual(found("caret spl"), ["Split the segment at the caret"]);
  assert.deepEqual(found("CAFE"), ["Café: next"]);
  assert.deepEqual(found("alt+s"), ["Name the speaker"]);
  assert.deepEqual(found("nothing of it"), []);
});

test("where nothing is typed all stand in their order", () => {
  assert.deepEqual(matching("  ", entries), entries);
});
