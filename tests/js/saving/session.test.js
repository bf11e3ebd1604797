import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, Unreachable } from "../../../static/js/server/api.js";
import { Unanswered } from "../../../static/js/server/http.js";
import { createSession } from "../../../static/js/saving/session.js";
import { segment, settle, whole } from "../values.js";

/** A server that answers when told to, and a session on it. */
function setUp(kept = []) {
  const sent = [];
  const timers = [];
  let stored = kept;
  const dismissedKeys = new Set();
  let ids = 0;
  const answer = () => new Promise((resolve, reject) => sent.push({ resolve, reject }));
  const server = {
    edit: (edit) => {
      const promise = answer();
      sent.at(-1).edit = edit;
      return promise;
    },
    undo: (edit_id) => {
      const promise = answer();
      sent.at(-1).edit_id = edit_id;
      return promise;
    },
    redo: answer,
    dismissDoubt: (doubt) => {
      const promise = answer();
      sent.at(-1).doubt = doubt;
      return promise;
    },
  };
  const browserStore = {
    storeEdits: (pending) => (stored = structuredClone(pending)),
    addDismissal: (key) => dismissedKeys.add(key),
    removeDismissal: (key) => dismissedKeys.delete(key),
  };
  const refused = [];
  const session = createSession(whole([segment("a", "one", 0), segment("b", "two", 1000)]), server, browserStore, {
    onChange() {},
    onRefused: ({ edit }, error) => refused.push([edit, error.body.current]),
    newId: () => `edit-${(ids += 1)}`,
    later: (run) => timers.push(run),
  });
  const type = (id, text) => (session.typed(id, text), session.commit(id));
  const take = async (index, id, text, revision, facts = {}) => {
    sent[index].resolve({ seq: 10 + index, removed: [], segments: [segment(id, text, 0, { revision, ...facts })] });
    await settle();
  };
  const refuse = async (index, error) => {
    sent[index].reject(error);
    await settle();
  };
  return { session, sent, timers, type, take, refuse, refused, stored: () => stored, dismissedKeys };
}

/** Decided on nothing. */
const said = (ids, facts) => () => ({ ids, facts });

test("a typed text is kept, sent with its base, and forgotten when taken", async () => {
  const { session, sent, type, take, stored } = setUp();
  type("a", "uno");
  assert.deepEqual(sent[0].edit, { kind: "text", segment_id: "a", base_revision: 1, text: "uno", edit_id: "edit-1" });
  assert.equal(stored()[0].edit.text, "uno");
  assert.equal(session.state().save, "saving");
  await take(0, "a", "uno", 2);
  assert.deepEqual(stored(), []);
  assert.equal(session.state().save, "saved");
  assert.equal(session.state().doc.byId.get("a").revision, 2);
});

test("text typed and typed back sends nothing", () => {
  const { session, sent, type } = setUp();
  type("a", "one");
  session.commit("b");
  assert.equal(sent.length, 0);
});

test("typing while an edit is on its way stands on that edit's result", async () => {
  const { sent, type, take } = setUp();
  type("a", "uno");
  type("a", "uno d");
  type("a", "uno due");
  assert.equal(sent.length, 1);
  await take(0, "a", "uno", 2);
  assert.equal(sent.length, 2);
  assert.deepEqual([sent[1].edit.text, sent[1].edit.base_revision], ["uno due", 2]);
});

test("text not committed while the answer comes stands on that answer too", async () => {
  const { session, sent, type, take } = setUp();
  type("a", "uno");
  session.typed("a", "uno, due");
  await take(0, "a", "uno", 2);
  assert.equal(session.shownText("a"), "uno, due");
  session.commit("a");
  assert.equal(sent[1].edit.base_revision, 2);
});

test("somebody else's change does not touch what is being typed, and is not overwritten", async () => {
  const { session, sent } = setUp();
  session.typed("a", "mine");
  session.receive({ seq: 5, removed: [], segments: [segment("a", "theirs", 0, { revision: 2 })] });
  assert.equal(session.shownText("a"), "mine");
  session.commit("a");
  assert.equal(sent[0].edit.base_revision, 1);
});

test("an unanswered edit is sent again unchanged under its id, later typing behind it", async () => {
  const { session, sent, timers, type, take } = setUp();
  type("a", "uno");
  sent[0].reject(new Unreachable());
  await settle();
  assert.equal(session.state().save, "unreachable");
  type("a", "uno due");
  assert.equal(sent.length, 1);
  timers[0]();
  assert.deepEqual([sent[1].edit.edit_id, sent[1].edit.text], ["edit-1", "uno"]);
  await take(1, "a", "uno", 2);
  assert.deepEqual([sent[2].edit.edit_id, sent[2].edit.text, sent[2].edit.base_revision], ["edit-2", "uno due", 2]);
});

test("a conflict holds both texts; other segments go on; mine is saved over theirs", async () => {
  const { session, sent, type, take } = setUp();
  type("a", "mine");
  type("b", "due");
  const current = segment("a", "theirs", 0, { revision: 5 });
  sent[0].reject(new ApiError(409, { code: "edit_conflict" }, { current }));
  await settle();
  assert.equal(sent[1].edit.segment_id, "b");
  await take(1, "b", "due", 2);
  const choice = session.state().choices.get("a");
  assert.deepEqual([choice.edit.text, choice.current.text, session.state().save], ["mine", "theirs", "choice"]);
  await session.resolve(choice, "mine");
  assert.deepEqual([sent[2].edit.text, sent[2].edit.base_revision], ["mine", 5]);
});

test("what is typed while another strikes out or ticks the same text goes over that, with no choice to make", async () => {
  const { session, sent, type, take, refuse } = setUp();
  type("a", "one more");
  const conflict = (text, revision) =>
    new ApiError(409, { code: "edit_conflict" }, { current: segment("a", text, 0, { revision }) });
  await refuse(0, conflict("one", 5));
  assert.deepEqual([sent[1].edit.text, sent[1].edit.base_revision], ["one more", 5]);
  type("a", "one more and");
  await take(1, "a", "one more", 6);
  assert.deepEqual([sent[2].edit.text, sent[2].edit.base_revision], ["one more and", 6]);
  await refuse(2, conflict("theirs", 7));
  assert.deepEqual([session.state().save, session.state().choices.get("a").current.text], ["choice", "theirs"]);
});

test("theirs stands when chosen", async () => {
  const { session, sent, type } = setUp();
  type("a", "mine");
  const current = segment("a", "theirs", 0, { revision: 5 });
  sent[0].reject(new ApiError(409, { code: "edit_conflict" }, { current }));
  await settle();
  session.receive({ seq: 9, removed: [], segments: [current] });
  await session.resolve(session.state().choices.get("a"), "theirs");
  assert.deepEqual([session.shownText("a"), session.state().save], ["theirs", "saved"]);
});

test("text typed into a removed segment can be put back as a new one", async () => {
  const { session, sent, type } = setUp();
  type("b", "mine");
  sent[0].reject(new ApiError(409, { code: "edit_conflict" }, { current: null }));
  await settle();
  const choice = session.state().choices.get("b");
  const settled = session.resolve(choice, "mine");
  await settle();
  assert.deepEqual([sent[1].edit.kind, sent[1].edit.after_id, sent[1].edit.text], ["insert", "a", "mine"]);
  sent[1].resolve({ seq: 20, removed: ["b"], segments: [segment("n", "mine", 500)] });
  await settled;
  assert.equal(session.state().save, "saved");
});

test("an edit the server refuses stays, with the reason", async () => {
  const { session, sent, type } = setUp();
  type("a", "mine");
  sent[0].reject(new ApiError(422, { code: "invalid_value", message: "too long" }, {}));
  await settle();
  assert.deepEqual([session.state().choices.get("a").message, session.shownText("a")], ["too long", "mine"]);
});

test("edits found after a reload are sent", async () => {
  const { session, sent } = setUp();
  const edit = { kind: "text", segment_id: "a", base_revision: 1, text: "kept" };
  session.restore([{ edit_id: "old", edit, before: "one", after_id: null, state: "sending", tried: true }], []);
  assert.deepEqual(sent[0].edit, { ...edit, edit_id: "old" });
  assert.equal(session.shownText("a"), "kept");
});

test("undo waits for the typing before it", async () => {
  const { session, sent, take } = setUp();
  session.typed("a", "uno");
  const undone = session.undo();
  await settle();
  assert.equal(sent.length, 1);
  await take(0, "a", "uno", 2);
  assert.equal(sent.length, 2);
  await take(1, "a", "one", 3);
  await undone;
  assert.equal(session.state().doc.byId.get("a").text, "one");
});

test("a split that cannot be sent loses no typing", async () => {
  const { session, sent, type } = setUp();
  type("a", "uno");
  const split = session.split("a", 1);
  sent[0].reject(new Unreachable());
  await assert.rejects(split, /cannot be reached/);
  assert.equal(session.shownText("a"), "uno");
});

const DOUBT = { kind: "different", written: "one", heard: "won", kept: false };

test("a kept doubt is decided at once, and forgotten here when the server has it", async () => {
  const { session, sent, dismissedKeys } = setUp();
  const now = segment("a", "one", 0, { doubts: [DOUBT] });
  session.dismiss(now, DOUBT);
  assert.deepEqual([session.state().dismissed.size, dismissedKeys.size], [1, 1]);
  assert.equal(session.state().save, "saving");
  assert.deepEqual(sent[0].doubt, { segment_id: "a", kind: "different", written: "one", heard: "won" });
  const doubts = [{ ...DOUBT, kept: true }];
  sent[0].resolve({ seq: 9, removed: [], segments: [segment("a", "one", 0, { doubts })] });
  await settle();
  assert.deepEqual([session.state().dismissed.size, dismissedKeys.size], [0, 0]);
  assert.equal(session.state().save, "saved");
  assert.equal(session.state().doc.byId.get("a").doubts[0].kept, true);
});

test("what the page holds back is not saved", () => {
  const { session } = setUp();
  const held = ["a word that is being moved"];
  session.holdsBack(() => held.length > 0);
  assert.equal(session.state().save, "saving");
  held.pop();
  assert.equal(session.state().save, "saved");
});

test("what reads all that is saved waits for what is held back, but not for ever", async () => {
  const { session, timers } = setUp();
  const held = ["a key"];
  session.holdsBack(() => held.length > 0);
  const ended = [];
  void session.whenAllSaved().then(() => ended.push("first"));
  await settle();
  assert.deepEqual([ended, timers.length], [[], 1]);
  held.pop();
  timers.pop()();
  await settle();
  assert.deepEqual(ended, ["first"]);
  held.push("what cannot be sent");
  void session.whenAllSaved().then(() => ended.push("second"));
  for (let step = 0; step < 60 && ended.length < 2; step += 1) {
    await settle();
    timers.pop()?.();
  }
  assert.equal(ended.length, 2);
});

test("the last of quick decisions on a doubt holds: the server hears of one after the other", async () => {
  const { session, sent, take, dismissedKeys } = setUp();
  const now = segment("a", "one", 0, { doubts: [DOUBT] });
  session.dismiss(now, DOUBT);
  const reopened = session.reopen(now, DOUBT);
  assert.deepEqual([session.state().dismissed.size, dismissedKeys.size], [0, 0]);
  await settle();
  assert.equal(sent.length, 1);
  await take(0, "a", "one", 1);
  assert.deepEqual([sent.length, sent[1].doubt.kept], [2, false]);
  const again = session.reopen(now, DOUBT);
  session.dismiss(now, DOUBT);
  await again;
  await take(1, "a", "one", 1);
  await reopened;
  assert.deepEqual([sent.length, sent[2].doubt.kept, session.state().dismissed.size], [3, undefined, 1]);
  await take(2, "a", "one", 1);
  assert.deepEqual([session.state().dismissed.size, dismissedKeys.size], [0, 0]);
});

test("a doubt kept while the server is away is sent when it answers again; a refused one is dropped", async () => {
  const { session, sent, dismissedKeys } = setUp();
  session.dismiss(segment("a", "one", 0), DOUBT);
  sent[0].reject(new Unreachable());
  await settle();
  assert.equal(dismissedKeys.size, 1);
  session.receive({ seq: 2, removed: [], segments: [] });
  assert.equal(sent.length, 2);
  sent[1].reject(new ApiError(404, { code: "not_found" }, {}));
  await settle();
  assert.deepEqual([session.state().dismissed.size, dismissedKeys.size], [0, 0]);
});

test("two actions at once go one after the other, each on the result of the one before", async () => {
  const { session, sent, take } = setUp();
  session.set(["a"], said(["a"], { reviewed: true }));
  session.set(["a"], said(["a"], { speaker: "Ann" }));
  await settle();
  assert.equal(sent.length, 1);
  await take(0, "a", "one", 2);
  assert.deepEqual([sent.length, sent[1].edit.base_revision], [2, 2]);
});

test("what is typed while an action is on its way waits for it and stands on its result", async () => {
  const { session, sent, type, take } = setUp();
  session.set(["a"], said(["a"], { reviewed: true }));
  await settle();
  type("a", "uno");
  assert.equal(sent.length, 1);
  await take(0, "a", "one", 2);
  assert.deepEqual([sent.length, sent[1].edit.text, sent[1].edit.base_revision], [2, "uno", 2]);
});

const theirs = (revision) => segment("a", "theirs", 0, { revision });
const receive = (session, revision) => session.receive({ seq: 5, removed: [], segments: [theirs(revision)] });

test("a split goes with the revision of the text that it was pressed on, whatever came meanwhile", async () => {
  const { session, sent, take } = setUp();
  session.set(["b"], said(["b"], { reviewed: true }));
  const split = session.split("a", 1);
  await settle();
  receive(session, 2);
  await take(0, "b", "two", 2);
  assert.deepEqual([sent[1].edit.text, sent[1].edit.base_revision], ["one", 1]);
  sent[1].reject(new ApiError(409, { code: "edit_conflict" }, { current: theirs(2) }));
  await assert.rejects(split, /Someone else changed/);
});

test("what is done with one's own text stands on the answer to it", async () => {
  const { session, sent, type, take } = setUp();
  type("a", "uno ");
  session.merge("a");
  session.set(["a", "b"], said(["a", "b"], { reviewed: true }));
  await take(0, "a", "uno", 2);
  assert.deepEqual([sent[1].edit.base_revision, sent[1].edit.next_revision, sent[1].edit.text], [2, 1, "uno "]);
});

test("typing on one's own edit is not sent over what another saved before its answer came", async () => {
  const { session, sent, timers, type } = setUp();
  type("a", "uno");
  sent[0].reject(new Unreachable());
  await settle();
  type("a", "uno due");
  timers[0]();
  // It had been saved, and the answer to it, sent again, tells what stands there now.
  sent[1].resolve({ seq: 9, removed: [], segments: [theirs(3)] });
  await settle();
  assert.deepEqual([sent[2].edit.text, sent[2].edit.base_revision], ["uno due", 1]);
});

test("what is typed on a text that a correction of one's own changed meanwhile is not sent over it", async () => {
  const { session, sent } = setUp();
  session.correct([]);
  await settle();
  session.typed("a", "one more");
  sent[0].resolve({ seq: 9, removed: [], segments: [segment("a", "won", 0, { revision: 2 })] });
  await settle();
  session.commit("a");
  assert.deepEqual([sent[1].edit.text, sent[1].edit.base_revision], ["one more", 1]);
});

test("what is typed after a conflict is the text that can be kept, over what is shown beside it", async () => {
  const { session, sent, type } = setUp();
  type("a", "mine");
  sent[0].reject(new ApiError(409, { code: "edit_conflict" }, { current: theirs(5) }));
  await settle();
  type("a", "mine too");
  receive(session, 7);
  const choice = session.state().choices.get("a");
  assert.equal(choice.edit.text, "mine too");
  await session.resolve(choice, "mine", theirs(6));
  assert.deepEqual([sent[1].edit.text, sent[1].edit.base_revision], ["mine too", 6]);
});

/** What the server says when it fails over a request. */
const failing = (status = 500) => new ApiError(status, { message: "something went wrong" }, {});

test("a failure of the server is tried again, told after five times, and then others go on", async () => {
  const { session, sent, timers, type, take } = setUp();
  type("a", "uno");
  type("b", "due");
  for (let attempt = 0; attempt < 4; attempt += 1) {
    sent.at(-1).reject(failing());
    await settle();
    assert.equal(session.state().save, "unreachable");
    session.receive({ seq: 1, removed: [], segments: [] });
    assert.equal(sent.length, attempt + 1);
    timers.at(-1)();
  }
  sent.at(-1).reject(failing());
  await settle();
  assert.equal(session.state().choices.get("a").message, "something went wrong");
  await take(5, "b", "due", 2);
  assert.equal(session.state().save, "choice");
});

test("a transcript deleted for good keeps what is typed, and asks for nothing more", async () => {
  const { session, sent, type, stored } = setUp();
  type("a", "uno");
  sent[0].reject(new ApiError(404, { code: "not_found" }, { error: { kind: "transcript" } }));
  await settle();
  assert.equal(session.state().save, "gone");
  type("a", "uno due");
  assert.deepEqual([sent.length, session.shownText("a"), stored().at(-1).edit.text], [1, "uno due", "uno due"]);
  await assert.rejects(session.undo(), /deleted permanently/);
});

test("one refused decision does not stop the others, a failure comes again behind them", async () => {
  const { session, sent, dismissedKeys, timers, take } = setUp();
  const { byId } = session.state().doc;
  const doubt = { kind: "different", written: "one", heard: "won" };
  for (const heard of ["won", "wan", "when"]) session.dismiss(byId.get("a"), { ...doubt, heard });
  sent[0].reject(new ApiError(422, {}, {}));
  await settle();
  sent[1].reject(failing());
  await settle();
  assert.equal(dismissedKeys.size, 2);
  timers.at(-1)();
  assert.equal(sent[2].doubt.heard, "when");
  await take(2, "a", "one", 1);
  await take(3, "a", "one", 1);
  assert.deepEqual([dismissedKeys.size, session.state().dismissed.size], [0, 0]);
});

test("what is typed after an action goes after it, also where that still waits itself", async () => {
  const { session, sent, type, take } = setUp();
  type("b", "due");
  session.set(["a"], said(["a"], { reviewed: true }));
  type("a", "uno");
  await take(0, "b", "due", 2);
  assert.deepEqual([sent[1].edit.kind, sent[1].edit.base_revision], ["set", 1]);
  await take(1, "a", "one", 2);
  assert.deepEqual([sent[2].edit.text, sent[2].edit.base_revision], ["uno", 2]);
  session.set(["a"], said(["a"], { reviewed: false }));
  type("a", "uno due");
  await take(2, "a", "uno", 3);
  await take(3, "a", "uno", 4);
  assert.deepEqual([sent[3].edit.kind, sent[4].edit.text, sent[4].edit.base_revision], ["set", "uno due", 4]);
  await take(4, "a", "uno due", 5);
  assert.equal(session.state().save, "saved");
});

test("an action that is not answered is sent again as it was, and what was typed since goes behind it", async () => {
  const { session, sent, type, take } = setUp();
  const split = session.split("a", 3);
  await settle();
  type("b", "due");
  sent[0].reject(new Unanswered());
  await settle();
  assert.equal(session.state().save, "unreachable");
  assert.deepEqual(sent[1].edit, sent[0].edit);
  await take(1, "a", "one", 2);
  await split;
  assert.deepEqual([sent[2].edit.text, sent.length], ["due", 3]);
  await take(2, "b", "due", 2);
  assert.equal(session.state().save, "saved");

  const undone = assert.rejects(session.undo(), /does not respond/);
  for (const index of [3, 4, 5]) {
    await settle();
    sent[index].reject(new Unanswered());
  }
  await undone;
  assert.equal(new Set(sent.slice(3).map(({ edit_id }) => edit_id)).size, 1);
  assert.equal(sent.length, 6);
});

test("spaces at the ends are shown, and counted, until the caret leaves or somebody else's text comes", async () => {
  const { session, sent, type, take } = setUp();
  type("a", " one more ");
  await take(0, "a", "one more", 2);
  assert.deepEqual([session.shownText("a"), session.state().texts.get("a")], [" one more ", " one more "]);
  session.split("a", 4).catch(() => {});
  await settle();
  assert.deepEqual([sent[1].edit.text, sent[1].edit.offset, sent[1].edit.base_revision], [" one more ", 4, 2]);
  session.leave("a");
  assert.deepEqual([session.shownText("a"), session.state().texts.size], ["one more", 0]);
  type("b", "two ");
  session.receive({ seq: 20, removed: [], segments: [segment("b", "three", 1000, { revision: 3 })] });
  sent[1].reject(new Unreachable());
  await settle();
  sent[2].resolve({ seq: 19, removed: [], segments: [segment("b", "two", 1000, { revision: 2 })] });
  await settle();
  assert.equal(session.shownText("b"), "three");
});

const speakerOf = (session, id) => session.state().doc.byId.get(id).speaker;
const conflictWith = (current) => new ApiError(409, { code: "edit_conflict" }, { current });

test("a name given while the server is away is shown, kept, and sent behind what was typed", async () => {
  const { session, sent, timers, type, take, refuse, stored } = setUp();
  type("a", "uno");
  await refuse(0, new Unreachable());
  assert.equal(await session.set(["a", "b"], said(["a", "b"], { speaker: "Ann" })), null);
  assert.deepEqual([speakerOf(session, "a"), speakerOf(session, "b"), session.shownText("a")], ["Ann", "Ann", "uno"]);
  assert.deepEqual([stored().length, session.state().save], [2, "unreachable"]);
  await assert.rejects(session.undo(), /What you typed is kept/);
  timers.at(-1)();
  await take(1, "a", "uno", 2);
  const { kind, segments, speaker } = sent[2].edit;
  assert.deepEqual([kind, speaker, segments.map((one) => one.base_revision)], ["set_many", "Ann", [2, 1]]);
  assert.equal(speakerOf(session, "a"), "Ann");
  await take(2, "a", "uno", 3, { speaker: "Ann" });
  assert.deepEqual([stored(), session.state().save, speakerOf(session, "a")], [[], "saved", "Ann"]);
});

test("one that was never answered is sent as it was, and text typed since stands on its answer", async () => {
  const { session, sent, timers, type, take, refuse } = setUp();
  const named = session.set(["a"], said(["a"], { speaker: "Ann" }));
  await settle();
  await refuse(0, new Unreachable());
  await named;
  assert.deepEqual(sent[1].edit, sent[0].edit);
  type("a", "uno");
  await refuse(1, new Unreachable());
  timers.at(-1)();
  await take(2, "a", "one", 2, { speaker: "Ann" });
  assert.deepEqual([sent[3].edit.text, sent[3].edit.base_revision], ["uno", 2]);
});

test("a name that the server fails over is tried again, and told with the reason where it is refused", async () => {
  const { session, sent, timers, take, refuse, refused } = setUp();
  const named = session.set(["a"], said(["a"], { speaker: "Ann" }));
  await settle();
  await refuse(0, failing());
  await named;
  await refuse(1, failing());
  timers.at(-1)();
  await take(2, "a", "one", 2, { speaker: "Ann" });
  assert.deepEqual([speakerOf(session, "a"), session.state().save], ["Ann", "saved"]);
  const refusal = session.set(["a"], said(["a"], { speaker: "Anna" }));
  await settle();
  await refuse(3, failing(422));
  await refusal;
  await refuse(4, failing(422));
  assert.deepEqual(
    [sent.length, refused.length, refused[0][0].speaker, speakerOf(session, "a")],
    [5, 1, "Anna", "Ann"],
  );
});

test("a name found after a reload is shown and sent", async () => {
  const before = setUp();
  const named = before.session.set(["a"], said(["a"], { speaker: "Ann" }));
  await settle();
  await before.refuse(0, new Unreachable());
  await named;
  const { session, sent, take, stored } = setUp();
  session.restore(before.stored(), []);
  assert.deepEqual([sent[0].edit, speakerOf(session, "a")], [before.sent[0].edit, "Ann"]);
  await take(0, "a", "one", 2, { speaker: "Ann" });
  assert.deepEqual([stored(), speakerOf(session, "a")], [[], "Ann"]);
});

test("a name for several goes to those that are left", async () => {
  const { session, sent, refuse, refused } = setUp();
  const named = session.set(["a", "b"], said(["a", "b"], { speaker: "Ann" }));
  await settle();
  await refuse(0, new Unreachable());
  await named;
  const gone = (id) => new ApiError(409, { code: "edit_conflict" }, { error: { segment_id: id }, current: null });
  await refuse(1, gone("b"));
  assert.deepEqual([sent[2].edit.segments, sent[2].edit.speaker], [[{ segment_id: "a", base_revision: 1 }], "Ann"]);
  await refuse(2, gone("a"));
  assert.deepEqual([refused.length, sent.length, session.state().save], [1, 3, "saved"]);
});

test("a name goes over a text that another wrote meanwhile, never over another's name or a tick over a text", async () => {
  const { session, sent, refuse, refused } = setUp();
  const theirText = segment("a", "theirs", 0, { revision: 4 });
  const named = session.set(["a"], said(["a"], { speaker: "Ann" }));
  await settle();
  await refuse(0, conflictWith(theirText));
  await named;
  await refuse(1, conflictWith(theirText));
  assert.deepEqual([sent[2].edit.base_revision, sent[2].edit.speaker], [4, "Ann"]);
  const theirName = segment("a", "theirs", 0, { revision: 5, speaker: "Ben" });
  await refuse(2, conflictWith(theirName));
  assert.deepEqual([refused.length, refused[0][0].speaker, refused[0][1]], [1, "Ann", theirName]);
  assert.deepEqual([session.state().save, speakerOf(session, "a")], ["saved", null]);

  const ticked = session.set(["b"], said(["b"], { reviewed: true }));
  await settle();
  await refuse(3, conflictWith(segment("b", "theirs", 1000, { revision: 2 })));
  await ticked;
  await refuse(4, conflictWith(segment("b", "theirs", 1000, { revision: 2 })));
  assert.deepEqual([refused.length, sent.length, session.state().doc.byId.get("b").reviewed], [2, 5, false]);
});

const timesOf = (session, id) => session.shownWords(id).map(([, , start_ms, end_ms]) => [start_ms, end_ms]);
const wordOf = (session, id, index) => session.shownWords(id)[index];

test("a time given while the server is away is shown, moved on, kept, and goes to its word behind what was typed", async () => {
  const { session, sent, timers, type, take, refuse, stored } = setUp();
  type("b", "two more");
  await refuse(0, new Unreachable());
  for (const start_ms of [1020, 1040]) {
    const span = { start_ms, end_ms: 1090 };
    assert.equal(await session.setTimes("b", wordOf(session, "b", 0), span), null);
    assert.deepEqual(timesOf(session, "b")[0], [start_ms, 1090]);
  }
  assert.equal(stored().length, 2);

  const after = setUp();
  after.session.restore(stored(), []);
  assert.deepEqual(timesOf(after.session, "b")[0], [1040, 1090]);

  timers.at(-1)();
  // The server finds that another word comes before.
  const [first, second] = segment("b", "so two", 900).words;
  const now = [first, [second[0], second[1], 1000, 1090, 0, 0.9, 0]];
  await take(1, "b", "so two", 2, { words: now });
  const { kind, base_revision, first_word, last_word, start_ms, end_ms } = sent[2].edit;
  assert.deepEqual([kind, base_revision, first_word, last_word, start_ms, end_ms], ["times", 2, 1, 1, 1040, 1090]);
  await take(2, "b", "so two", 3, { words: [first, [3, 3, 1040, 1090, 4, null, 1]] });
  assert.deepEqual([stored(), session.state().save, timesOf(session, "b")[1]], [[], "saved", [1040, 1090]]);
});

test("a time goes over what another wrote elsewhere in the segment, and is told where they timed the word", async () => {
  const { session, sent, refuse, refused } = setUp();
  const timed = session.setTimes("a", wordOf(session, "a", 0), { start_ms: 10, end_ms: 90 });
  await settle();
  const theirText = segment("a", "one else", 0, { revision: 2 });
  await refuse(0, conflictWith(theirText));
  assert.equal(await timed, null);
  await refuse(1, conflictWith(theirText));
  assert.deepEqual([sent[2].edit.base_revision, sent[2].edit.first_word], [2, 0]);
  await refuse(2, conflictWith(segment("a", "one else", 5, { revision: 3 })));
  assert.deepEqual([refused.length, refused[0][0].start_ms, session.state().save], [1, 10, "saved"]);

  const impossible = session.setTimes("b", wordOf(session, "b", 0), { start_ms: 0, end_ms: 90 });
  await settle();
  await Promise.all([assert.rejects(impossible, ApiError), refuse(3, failing(422))]);
  assert.deepEqual([sent.length, session.state().save], [4, "saved"]);
});

test("words that are laid into a time keep their proportions while that is kept", async () => {
  const { session, refuse } = setUp();
  session.receive({
    seq: 3,
    removed: [],
    segments: [segment("a", "one two", 0, { revision: 2 })],
    reverts: [],
    jobs: [],
  });
  const laid = session.setTimes("a", wordOf(session, "a", 0), { start_ms: 100, end_ms: 480 }, 1);
  await settle();
  await refuse(0, new Unreachable());
  await laid;
  assert.deepEqual(timesOf(session, "a"), [
    [100, 280],
    [300, 480],
  ]);
});
