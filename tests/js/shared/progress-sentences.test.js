import assert from "node:assert/strict";
import { test } from "node:test";
import { docFromServer, jobToShow } from "../../../static/js/transcript/transcript.js";
import { openDoubts } from "../../../static/js/transcript/doubts.js";
import {
  doubtsSentence,
  emptySentence,
  heardSentence,
  nothingSentence,
  provisionalSentence,
} from "../../../static/js/shared/progress-sentences.js";
import { isAhead, isWhole } from "../../../static/js/transcript/progress.js";
import { segment, whole } from "../values.js";

const job = (state, created_ms = 1, kind = "transcribe") => ({ id: `${kind}${created_ms}`, kind, state, created_ms });
const at = (settled_ms, more = {}) => ({
  ...docFromServer(whole([segment("a", "one two", 0), segment("b", "three four", 1000)])),
  has_doubts: true,
  settled_ms,
  ...more,
});
const alone = { imported: { format: null } };

test("what lies behind the last recognised word is yet to be recognised, unless it was heard before", () => {
  const doc = at(1000);
  assert.deepEqual(
    doc.order.map((id) =>
      isAhead(doc, { ...doc.byId.get(id), words: doc.byId.get(id).words.map((word) => word.with(4, 1)) }),
    ),
    [false, true],
  );
  assert.equal(isAhead(doc, doc.byId.get("b")), false);
  assert.equal(isAhead(at(9000), doc.byId.get("b")), false);
  assert.equal(isAhead(doc, { words: [] }), false);
});

test("all is recognised at the end of the recording, or of the job", () => {
  assert.deepEqual([at(0), at(8999), at(9000)].map(isWhole), [false, false, true]);
  const jobs = (...states) => isWhole(at(8000, { jobs: states.map((state, n) => job(state, n)) }));
  assert.deepEqual(
    [jobs("done"), jobs("done", "cancelled"), jobs("failed", "done"), jobs("running")],
    [true, false, true, false],
  );
});

test("that there are no doubts is said only where there could be some", () => {
  const says = (doc, count) => doubtsSentence(doc, count);
  assert.deepEqual(
    [
      says(at(0, { has_doubts: false }), 0),
      says(at(1), 0),
      says(at(500), 0),
      says(at(500), 1),
      says(at(9000), 0),
      says(at(9000), 2),
    ],
    ["Doubts …", "Not recognised yet", "No doubts so far", "1 doubt so far", "No doubts", "2 doubts"],
  );
  assert.deepEqual(
    [at(500), at(9000)].map((doc) => /so far/.test(nothingSentence(doc))),
    [true, false],
  );
});

test("an empty page says whether something will come", () => {
  const says = (...states) => emptySentence(at(0, { jobs: states.map((state) => job(state)) }));
  assert.match(says("running"), /will appear here/);
  assert.equal(says("cancelled"), "No text yet.");
  assert.equal(says("done"), "No speech was recognised in this recording.");
  assert.match(emptySentence(at(9000, { can_undo: true })), /^No text left/);
});

test("how much was heard is said of a text that was brought, and whether nothing was", () => {
  const coverage = { written_share: 1, written_words: 4, heard_words: 4, unwritten_ms: 0 };
  assert.equal(heardSentence(at(9000, { coverage })), "100 % of the text was recognised.");
  assert.equal(heardSentence(at(500, { coverage })), "100 % of the text was recognised so far.");
  assert.equal(heardSentence(at(9000, { coverage, ...alone })), "");
  assert.match(
    heardSentence(at(9000, { coverage: { ...coverage, heard_words: 0 }, ...alone })),
    /^No speech was recognised/,
  );
  assert.match(
    heardSentence(at(9000, { coverage: { ...coverage, written_words: 0 } })),
    /^The text contains no spoken words/,
  );
});

test("an export before the end is told to be provisional", () => {
  assert.equal(provisionalSentence(at(9000)), "");
  assert.equal(
    provisionalSentence(at(61_000, { media: { duration_ms: 90_000 } })),
    "Times are provisional: the recording is recognised up to 1:01.",
  );
  assert.match(provisionalSentence(at(0, alone)), /^The text is incomplete: the recording is not recognised yet/);
});

test("words heard unsurely are doubts to walk to only where nobody wrote the text", () => {
  const doubts = [{ kind: "unsure", first_word: 0, last_word: 0, written: "one", heard: "one" }];
  const doc = docFromServer(whole([segment("a", "one two", 0, { doubts })]));
  assert.equal(openDoubts(doc, new Set()).length, 0);
  assert.equal(openDoubts({ ...doc, ...alone }, new Set()).length, 1);
});

test("listening again that failed is told, until it succeeds", () => {
  const failed = job("failed", 2, "listen");
  assert.equal(jobToShow([job("done"), failed]), failed);
  assert.equal(jobToShow([job("done"), failed, job("done", 3, "listen")]), null);
  assert.equal(jobToShow([job("running", 3), failed]).state, "running");
});
