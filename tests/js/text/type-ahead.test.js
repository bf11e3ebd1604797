import assert from "node:assert/strict";
import { test } from "node:test";
import { foundAgain } from "../../../static/js/text/caret.js";
import { createTypeAhead } from "../../../static/js/text/type-ahead.js";
import { settle } from "../values.js";

/** Changes of structure that end when told to, and what was done in which order. */
function setUp() {
  const did = [];
  const ends = [];
  const rests = [];
  const ahead = createTypeAhead(() => rests.push(ahead.isWorking()));
  const change = (name) => () => {
    did.push(name);
    return new Promise((resolve, reject) => ends.push({ resolve, reject }));
  };
  const end = async (index, result = true) => {
    ends[index].resolve(result);
    await settle();
  };
  const type = (text) => ahead.hold(() => did.push([text, ahead.isHolding()]));
  return { ahead, did, ends, change, end, type, rests };
}

test("what is typed during a change of structure goes in once, when it is over", async () => {
  const { ahead, did, change, end, type, rests } = setUp();
  ahead.run(change("split"));
  assert.equal(ahead.isHolding(), true);
  type("so");
  type(" on");
  assert.deepEqual(did, ["split"]);
  assert.deepEqual([ahead.isWorking(), rests], [true, []]);
  await end(0);
  assert.deepEqual(rests, [false]);
  assert.deepEqual([did, ahead.isHolding()], [["split", ["so", false], [" on", false]], false]);
});

test("changes go one after the other, with what was typed between them between them", async () => {
  const { ahead, did, change, end, type } = setUp();
  ahead.run(change("split"));
  type("a");
  ahead.hold(() => void ahead.run(change("split again")));
  type("b");
  ahead.run(change("undo"));
  type("c");
  await end(0);
  assert.deepEqual(
    did.flat().filter((one) => one !== false),
    ["split", "a", "split again"],
  );
  await end(1);
  assert.deepEqual(
    did
      .flat()
      .filter((one) => one !== false)
      .slice(3),
    ["b", "undo"],
  );
  await end(2);
  assert.deepEqual(did.at(-1), ["c", false]);
});

test("after a change that cannot be done one undo is let go and no letter is lost", async () => {
  const { ahead, did, ends, change, end, type } = setUp();
  ahead.run(change("split"));
  type("x");
  ahead.hold(() => did.push("undo"), true);
  ahead.hold(() => did.push("next"));
  await end(0, false);
  assert.deepEqual([did, ahead.isHolding()], [["split", ["x", false], "next"], false]);
  const ran = ahead.run(change("join"));
  type("y");
  ends[1].reject(new Error("broken"));
  await assert.rejects(ran, /broken/);
  await settle();
  assert.deepEqual([did.at(-1), ahead.isHolding()], [["y", false], false]);
});

test("what leaves the text as it is keeps its turn, and nobody who types waits for it", async () => {
  const { ahead, did, change, end, type } = setUp();
  ahead.inTurn(change("name"));
  ahead.inTurn(change("name again"));
  assert.deepEqual([did, ahead.isHolding(), ahead.isAnyHeld()], [["name"], false, true]);
  ahead.run(change("split"));
  assert.equal(ahead.isHolding(), true);
  type("x");
  await end(0);
  ahead.hold(() => did.push("undo"), true);
  await end(1, false);
  await end(2);
  assert.deepEqual([did, ahead.isHolding()], [["name", "name again", "split", ["x", false]], false]);
});

test("a place is found again in what became of its text", () => {
  const text = "five six seven eight";
  const cases = [
    [4, "five six", 4],
    [8, "five six", 8],
    [14, "five six", null],
    [14, "so seven eight", 8],
    [20, "five six", null],
    [20, "seven eight", 11],
    [11, "three four five six seven eight", 22],
    [0, "seven eight", 0],
  ];
  for (const [offset, now, found] of cases) assert.equal(foundAgain(text, offset, now), found, `${offset} in ${now}`);
});
