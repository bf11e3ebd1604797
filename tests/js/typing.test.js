import assert from "node:assert/strict";
import { test } from "node:test";
import { createStructure } from "../../static/js/typing.js";

/** A change of structure that ends when told to, and what was put in behind it. */
function setUp() {
  const put = [];
  const ends = [];
  const structure = createStructure((held) => put.push([held, structure.isBusy()]));
  return { structure, put, ends, change: () => new Promise((resolve, reject) => ends.push({ resolve, reject })) };
}

test("what is typed during a change of structure goes in once, when it is over", async () => {
  const { structure, put, ends, change } = setUp();
  const ran = structure.run(change);
  assert.equal(structure.isBusy(), true);
  structure.hold("so");
  structure.hold(" on");
  ends[0].resolve();
  await ran;
  assert.deepEqual([put, structure.isBusy()], [[["so on", false]], false]);
  const again = structure.run(change);
  ends[1].resolve();
  await again;
  assert.equal(put.length, 1);
});

test("a change that is refused loses no letter", async () => {
  const { structure, put, ends, change } = setUp();
  const ran = structure.run(change);
  structure.hold("x");
  ends[0].reject(new Error("not now"));
  await assert.rejects(ran, /not now/);
  assert.deepEqual([put, structure.isBusy()], [[["x", false]], false]);
});
