import assert from "node:assert/strict";
import { test } from "node:test";
import { anyOf } from "../../../static/js/transcript/correction.js";
import { docFromServer, withChanges } from "../../../static/js/transcript/transcript.js";
import { withSpelled } from "../../../static/js/transcript/doubts.js";
import { createSpellingDoubts } from "../../../static/js/saving/spelling-doubts.js";
import { segment, settle, whole } from "../values.js";

const DOC = docFromServer(whole([segment("a", "one two", 0, { doubts: ["plain"] }), segment("b", "three", 1000)]));
const doubtsOf = (doc) => doc.order.map((id) => doc.byId.get(id).doubts);

test("doubts about spellings are put in, changed and taken out again", () => {
  const spelled = withSpelled(DOC, [{ id: "a", revision: 1, doubts: ["plain", "spelling"] }]);
  assert.deepEqual(doubtsOf(spelled), [["plain", "spelling"], []]);
  const other = withSpelled(spelled, [{ id: "b", revision: 1, doubts: ["other"] }]);
  assert.deepEqual(doubtsOf(other), [["plain"], ["other"]]);
  assert.deepEqual(doubtsOf(withSpelled(other, [])), [["plain"], []]);
});

test("a segment that was changed meanwhile keeps the doubts it came with", () => {
  const now = withChanges(DOC, { seq: 2, segments: [segment("a", "one", 0, { revision: 2 })], removed: [] });
  assert.deepEqual(doubtsOf(withSpelled(now, [{ id: "a", revision: 1, doubts: ["spelling"] }])), [[], []]);
});

test("where nothing is new the document is the same", () => {
  assert.equal(withSpelled(DOC, []), DOC);
});

test("spellings are asked for once the text changed, and more seldom where that takes long", async () => {
  const waits = [];
  let runs = [];
  let [clock, asked, isBusy] = [0, 0, true];
  const doubts = createSpellingDoubts({
    names: async () => ((clock += 400), { segments: [++asked] }),
    take: (segments) => assert.deepEqual(segments, [asked]),
    isBusy: () => isBusy,
    later: (run, wait_ms) => (waits.push(wait_ms), runs.push(run)),
    now: () => clock,
  });
  doubts.update(1);
  assert.equal(runs.length, 0);
  isBusy = false;
  doubts.update(1);
  doubts.update(2);
  assert.deepEqual(waits, [0]);
  runs.shift()();
  await settle();
  doubts.update(2);
  doubts.update(2);
  assert.deepEqual(waits, [0, 4000]);
});

test("an expression for any of some texts takes the longest first", () => {
  assert.equal(anyOf(["no", "no-priers.com"]), String.raw`no\-priers\.com|no`);
});
