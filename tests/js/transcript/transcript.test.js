import assert from "node:assert/strict";
import { test } from "node:test";
import {
  docFromServer,
  jobToShow,
  neighbour,
  segmentAtTime,
  speakers,
  struckUntil,
  timeline,
  withChanges,
  withJob,
} from "../../../static/js/transcript/transcript.js";
import { withDoubts } from "../../../static/js/transcript/doubts.js";
import { segment, whole } from "../values.js";

const start = () =>
  docFromServer(whole([segment("a", "one", 0), segment("b", "two", 1000), segment("c", "three", 2000)]));
const changes = (seq, segments, removed = []) => ({ seq, segments, removed });

test("a changed segment replaces the old one, the order stays the same array", () => {
  const doc = start();
  const next = withChanges(doc, changes(2, [segment("b", "deux", 1000, { revision: 2 })]));
  assert.equal(next.byId.get("b").text, "deux");
  assert.equal(next.order, doc.order);
  assert.equal(doc.byId.get("b").text, "two");
});

test("a new segment takes its place by position, a removed one goes", () => {
  const next = withChanges(start(), changes(2, [segment("x", "new", 1500, { position: 25 })], ["a"]));
  assert.deepEqual(next.order, ["b", "x", "c"]);
});

test("an answer without news leaves the segments the same", () => {
  const doc = withChanges(start(), changes(5, [], ["b"]));
  const same = withChanges(doc, changes(6, [], []), { isComplete: true });
  assert.deepEqual([same.byId === doc.byId, same.seen === doc.seen, same.seq], [true, true, 6]);
});

test("doubts come later, and newer ones stay", () => {
  const judged = (id, revision = 1) => ({ id, revision, doubts: [`of ${id}`] });
  const doc = withChanges(
    start(),
    changes(3, [segment("b", "two", 1000, { doubts: ["newer"] }), segment("c", "drei", 2000, { revision: 2 })]),
  );
  const full = withDoubts(doc, { seq: 2, segments: [judged("a"), judged("b"), judged("c"), judged("gone")] });
  assert.deepEqual(
    full.order.map((id) => full.byId.get(id).doubts),
    [["of a"], ["newer"], []],
  );
  assert.deepEqual([doc.has_doubts, full.has_doubts, full.seq], [false, true, doc.seq]);
  assert.deepEqual(withDoubts(start(), { seq: 2, segments: [judged("a", 2)] }).byId.get("a").doubts, []);
});

test("an answer overtaken by a newer one changes nothing", () => {
  const newer = withChanges(start(), changes(5, [segment("b", "newest", 1000)]));
  const late = withChanges(newer, changes(4, [segment("b", "older", 1000)], []));
  assert.equal(late.byId.get("b").text, "newest");
  const gone = withChanges(withChanges(start(), changes(5, [], ["b"])), changes(4, [segment("b", "older", 1000)]));
  assert.deepEqual(gone.order, ["a", "c"]);
});

test("only an answer that misses nothing moves the number to ask from", () => {
  const edited = withChanges(start(), changes(7, [segment("a", "mine", 0)]));
  assert.equal(edited.seq, 1);
  assert.equal(withChanges(edited, changes(8, []), { isComplete: true }).seq, 8);
});

test("undo and redo are as the newest answer says", () => {
  const doc = withChanges(start(), { ...changes(5, []), can_undo: true });
  assert.equal(withChanges(doc, { ...changes(4, []), can_undo: false }).can_undo, true);
});

test("the segment at a time is the last begun, segments without words do not count", () => {
  const doc = docFromServer(whole([segment("a", "one", 0), segment("m", "(music)", null), segment("b", "two", 1000)]));
  assert.deepEqual(
    [0, 999, 1000, 9000].map((time) => segmentAtTime(doc, time)?.id),
    ["a", "a", "b", "b"],
  );
  assert.equal(segmentAtTime(doc, -1), null);
  assert.equal(timeline(doc), timeline(doc));
});

test("neighbours end at both ends of the text", () => {
  const doc = start();
  assert.deepEqual([neighbour(doc, "a", -1), neighbour(doc, "a", 1)?.id, neighbour(doc, "c", 1)], [null, "b", null]);
});

test("speakers are named in the order they appear", () => {
  const doc = docFromServer(
    whole([
      segment("a", "x", 0, { speaker: "Sarah" }),
      segment("b", "x", 1, { speaker: "Elad" }),
      segment("c", "x", 2, { speaker: "Sarah" }),
    ]),
  );
  assert.deepEqual(speakers(doc), ["Sarah", "Elad"]);
});

test("the job shown is the one at work, else the newest that did not end well", () => {
  const job = (id, state, created_ms) => ({ id, state, created_ms });
  assert.equal(jobToShow([]), null);
  assert.equal(jobToShow([job("new", "done", 2), job("old", "failed", 1)]), null);
  assert.equal(jobToShow([job("new", "failed", 2), job("old", "done", 1)]).id, "new");
  assert.equal(jobToShow([job("new", "failed", 2), job("old", "running", 1)]).id, "old");
  assert.deepEqual(withJob({ jobs: [job("a", "running", 1)] }, job("a", "done", 1)).jobs, [job("a", "done", 1)]);
});

test("struck-out words are skipped as far as they reach, through whole segments", () => {
  const struck = (one, ...at) => ({ ...one, words: one.words.map((word, n) => [...word, 0, Number(at.includes(n))]) });
  const lines = [struck(segment("a", "one um", 0), 1), struck(segment("b", "er", 1000), 0), segment("c", "two", 2000)];
  const doc = docFromServer(whole(lines));
  assert.deepEqual(
    [50, 120, 1050, 1095, 2010].map((time_ms) => struckUntil(doc, time_ms)),
    [null, 1090, 1090, null, null],
  );
});
