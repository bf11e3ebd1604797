import assert from "node:assert/strict";
import { test } from "node:test";

import { createSelection } from "../../../static/js/text/chosen-segments.js";

const ORDER = ["a", "b", "c", "d", "e"];

function fresh(order = ORDER) {
  let changes = 0;
  const selection = createSelection({ order: () => order, onChange: () => (changes += 1) });
  return { selection, changes: () => changes };
}

test("segments are chosen one by one, and given in the order of the text", () => {
  const { selection, changes } = fresh();
  selection.toggle("d");
  selection.toggle("a");
  assert.deepEqual(selection.ids(), ["a", "d"]);
  selection.toggle("d");
  assert.deepEqual(selection.ids(), ["a"]);
  assert.equal(changes(), 3);
});

test("a stretch is drawn out, back in and over its beginning", () => {
  const { selection } = fresh();
  assert.equal(selection.extend("c", 1), "c");
  assert.equal(selection.extend("c", 1), "d");
  assert.equal(selection.extend("d", 1), "e");
  assert.equal(selection.extend("e", 1), "e");
  assert.deepEqual(selection.ids(), ["c", "d", "e"]);
  ["e", "d", "c"].forEach((id) => selection.extend(id, -1));
  assert.deepEqual(selection.ids(), ["b", "c"]);
});

test("all up to a place are chosen from where it began", () => {
  const { selection } = fresh();
  selection.toggle("d");
  selection.reach("b");
  assert.deepEqual(selection.ids(), ["b", "c", "d"]);
  selection.reach("e");
  assert.deepEqual(selection.ids(), ["d", "e"]);
});

test("what is gone from the text is chosen no more", () => {
  const order = [...ORDER];
  const { selection } = fresh(order);
  selection.all();
  order.splice(1, 2);
  assert.deepEqual(selection.ids(), ["a", "d", "e"]);
  assert.equal(selection.clear(), true);
  assert.equal(selection.clear(), false);
});

test("while segments are picked by touch nothing else need be chosen, and letting go ends it", () => {
  const { selection, changes } = fresh();
  selection.pick();
  assert.deepEqual([selection.isPicking(), selection.ids(), changes()], [true, [], 1]);
  selection.toggle("b");
  selection.pick("b");
  selection.pick("d");
  assert.deepEqual(selection.ids(), ["b", "d"]);
  assert.equal(selection.clear(), true);
  assert.deepEqual([selection.isPicking(), selection.ids()], [false, []]);
  selection.pick();
  assert.equal(selection.clear(), true);
  assert.equal(selection.clear(), false);
});
