import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, correctionOf } from "../../../static/js/transcript/correction.js";
import { createDoubtList } from "../../../static/js/review/doubt-list.js";
import { createDecisions, createTally } from "../../../static/js/review/decisions.js";
import { docFromServer } from "../../../static/js/transcript/transcript.js";
import { isOfVoices, isWrittenAsHeard, keyOf } from "../../../static/js/transcript/doubts.js";
import { allEntries, filtered, nextOpen, paceOf, progressSentence } from "../../../static/js/review/ranked-doubts.js";
import { saidOf, strings, takeOf } from "../../../static/js/review/strings.js";
import { openSettings } from "../../../static/js/shared/settings.js";
import { segment, whole } from "../values.js";

const doubt = (kind, written, score, kept = false) => ({
  kind,
  first_word: 0,
  last_word: 0,
  written,
  heard: "x",
  score,
  start_ms: 0,
  end_ms: 1,
  why: "",
  kept,
});
const DOC = docFromServer(
  whole([
    segment("a", "one two", 0, { doubts: [doubt("different", "one", 0.5), doubt("unsure", "two", 0.2)] }),
    segment("b", "three four", 1000, {
      doubts: [doubt("not_heard", "three", 0.9), doubt("different", "four", 0.7, true)],
    }),
  ]),
);
const ALL = new Set(["different", "not_heard", "unsure"]);
const written = (entries) => entries.map(({ doubt: { written: text } }) => text);

test("the worst doubt comes first, and what was decided here counts as decided", () => {
  const entries = allEntries(DOC, new Set());
  assert.deepEqual(written(entries), ["three", "four", "one", "two"]);
  assert.deepEqual(
    entries.map(({ isDismissed }) => isDismissed),
    [false, true, false, false],
  );
  const unsent = new Set([keyOf(DOC.byId.get("a"), DOC.byId.get("a").doubts[0])]);
  assert.deepEqual(
    allEntries(DOC, unsent).map(({ isDismissed }) => isDismissed),
    [false, true, true, false],
  );
});

test("what is said of a doubt about a voice, and what taking it does", () => {
  const voice = { ...doubt("another_voice", "one two", 0.6), heard: "Bob" };
  assert.equal(saidOf(voice), "Another voice begins here: “one two …”");
  assert.deepEqual(
    [voice, { ...voice, heard: "" }, { ...voice, kind: "same_voice" }].map((one) => takeOf(one, "Remove")),
    ["New turn: Bob", "New turn", "No new turn"],
  );
  assert.deepEqual([takeOf(doubt("different", "one", 0.5), "Remove"), isOfVoices(voice)], ["Use heard", true]);
  const alike = { ...voice, heard: voice.written };
  assert.deepEqual([isWrittenAsHeard(alike), isWrittenAsHeard({ ...alike, kind: "unsure" })], [false, true]);
});

test("a turn that could not be saved is a doubt as before, and no step to undo", async () => {
  const entry = { key: "a", segment: { id: "a" }, doubt: doubt("another_voice", "one", 0.6), isDismissed: false };
  const done = [];
  const tally = createTally();
  const { useHeard } = createDecisions({
    session: {},
    tally,
    list: {
      indexOf: () => 0,
      after: () => null,
      find: () => entry,
      drop: (key) => done.push(`drop ${key}`),
      bringBack: (key) => done.push(`back ${key}`),
    },
    doubtVerbs: { useHeard: () => ({ saved: Promise.resolve(false) }) },
    current: { entry: () => entry, go: (to) => done.push(to && to.key) },
  });
  useHeard();
  assert.equal(tally.isEmpty(), false);
  await new Promise(setImmediate);
  assert.deepEqual([tally.isEmpty(), done], [true, ["drop a", null, "back a", "a"]]);
});

test("kinds, kept and corrected doubts are left out, and counted", () => {
  const entries = allEntries(DOC, new Set());
  const none = new Set();
  const { shown, counts, open, dismissed } = filtered(entries, {
    kinds: new Set(["different", "not_heard"]),
    showsDismissed: false,
    gone: none,
  });
  assert.deepEqual([written(shown), open, dismissed, counts.get("unsure")], [["three", "one"], 2, 1, 1]);
  const gone = new Set([entries[0].key]);
  assert.deepEqual(written(filtered(entries, { kinds: ALL, showsDismissed: true, gone }).shown), [
    "four",
    "one",
    "two",
  ]);
});

test("the next open doubt is looked for to the end and then from the top", () => {
  const { shown } = filtered(allEntries(DOC, new Set()), { kinds: ALL, showsDismissed: true, gone: new Set() });
  assert.equal(nextOpen(shown, 1).doubt.written, "one");
  assert.equal(nextOpen(shown, 4).doubt.written, "three");
  assert.equal(nextOpen([], 0), null);
});

test("what is left is told by the pace of the last decisions", () => {
  assert.equal(paceOf([1000, 9000]), 8000);
  assert.equal(paceOf([2000, 90_000_000, 6000]), 6000);
  assert.equal(progressSentence(34, 86, 6300), "34 of 120 · about 9 minutes left");
  assert.equal(progressSentence(0, 8, 8000), "0 of 8 · about a minute left");
  assert.equal(progressSentence(3, 0, 8000), "3 of 3 · all decided");
  assert.equal(progressSentence(0, 0, 8000), "No doubts");
});

test("a correction is the words that were put for others", () => {
  assert.deepEqual(correctionOf("so a clevency, of scale", "so equivalency, of scale"), {
    old: "a clevency",
    new: "equivalency",
  });
  assert.deepEqual(correctionOf("I met Alad.", "I met Elad."), { old: "Alad", new: "Elad" });
  assert.equal(correctionOf("and", "and so"), null);
  assert.equal(correctionOf("so, yes", "so yes"), null);
  assert.equal(correctionOf("same", "same"), null);
});

test("a place is shown with a few words around it", () => {
  const text = `${"word ".repeat(20)}HERE ${"more ".repeat(20)}`;
  const { before, behind } = contextOf(text, 100, 4);
  assert.match(before, /^… (word )+$/);
  assert.match(behind, /^( more)+ …$/);
  assert.deepEqual(contextOf("a b c", 2, 1), { before: "a ", behind: " c" });
});

test("decisions are counted and timed, and one that is taken back is neither", () => {
  let clock = 0;
  const tally = createTally(() => clock);
  for (const [how, took] of [
    ["edit", 1000],
    ["keep", 2000],
    ["edit", 9000],
  ]) {
    tally.begin();
    clock += took;
    tally.add({ how, entry: how });
  }
  assert.equal(tally.pace_ms(), 2000);
  assert.equal(tally.takeBack().how, "edit");
  assert.deepEqual([tally.pace_ms(), tally.isEmpty()], [8000, false]);
});

test("what was corrected here is left out, until it is brought back or the server has it", () => {
  let doc = DOC;
  const list = createDoubtList(
    { state: () => ({ doc, dismissed: new Set() }) },
    openSettings({ getItem: () => null, setItem() {} }),
  );
  const [first] = list.sift().shown;
  list.drop(first.key);
  assert.deepEqual([list.indexOf(first), list.find(first.key)?.key], [-1, first.key]);
  assert.notEqual(list.worst()?.key, first.key);
  assert.equal(list.corrected(), 1);
  list.bringBack(first.key);
  assert.equal(list.indexOf(first), 0);
  doc = { ...DOC, corrected: 34 };
  assert.equal(list.corrected(), 34);
  list.toggleKind(first.doubt.kind);
  assert.equal(list.indexOf(first), -1);
});

test("a doubt is told with both readings, as far as there are two", () => {
  const told = [
    ["suit", "sort"],
    ["suit", ""],
    ["", "sort"],
  ].map(([written, heard]) => strings.bothReadings(written, heard));
  assert.deepEqual(told, ["Written: suit. Heard: sort.", "Written: suit. Nothing heard.", "Heard: sort."]);
});
