import assert from "node:assert/strict";
import { test } from "node:test";
import { cueClock } from "../../../static/js/captions/cue-clock.js";
import { roomAt, timesFor } from "../../../static/js/captions/cue-times.js";
import { docFromServer } from "../../../static/js/transcript/transcript.js";
import { segment, whole } from "../values.js";

const clock = cueClock("ms", null);

const word = (offset, length, start_ms, end_ms) => [offset, length, start_ms, end_ms, 0, null, 0];
/** "one two" from 1 s to 2 s, and "three" from 3 s to 4 s, of 10 s. */
const doc = docFromServer({
  ...whole([
    segment("a", "one two", 0, { words: [word(0, 3, 1000, 1400), word(4, 3, 1500, 2000)] }),
    segment("b", "three", 0, { words: [word(0, 5, 3000, 4000)] }),
  ]),
  media: { name: "x", duration_ms: 10_000, has_video: false, frame_us: null },
});
const cue = (segment_id, first_word, last_word) => ({ parts: [{ segment_id, revision: 1, first_word, last_word }] });
const [A, B] = [cue("a", 0, 1), cue("b", 0, 0)];
const laid = (...given) => {
  const { laid, refused } = timesFor(doc, ...given, { clock });
  return laid ? [laid.word[0], laid.more, laid.start_ms, laid.end_ms] : refused;
};

test("the first word takes another in, and the last another out, alone where that is enough", () => {
  assert.deepEqual(laid(A, "start", 800), [0, 0, 800, 1400]);
  assert.deepEqual(laid(A, "start", 1450), [0, 0, 1450, 1470]);
  assert.deepEqual(laid(A, "end", 2900), [4, 0, 1500, 2900]);
  assert.deepEqual(laid(B, "start", 3500), [0, 0, 3500, 4000]);
});

test("beyond the next word all are laid into the new time", () => {
  assert.deepEqual(laid(A, "start", 1600), [0, 1, 1600, 2000]);
  assert.deepEqual(laid(A, "end", 1400), [0, 1, 1000, 1400]);
});

test("what would pass a neighbour or leave words no time is refused, with the time that is possible", () => {
  assert.match(laid(A, "start", 1990), /cannot begin after 0:01\.960/);
  assert.match(laid(A, "end", 1010), /cannot end before 0:01\.040/);
  assert.match(laid(A, "end", 3001), /cannot end after 0:03\.000/);
  assert.match(laid(B, "start", 1500), /cannot begin before 0:01\.520/);
  assert.match(laid(cue("gone", 0, 0), "end", 1500), /made anew/);
});

test("where later captions move along, nothing holds an out back, and an in takes all with it", () => {
  const { laid: out } = timesFor(doc, { ...A, end_ms: 2000 }, "end", 3500, { isRipple: true, clock });
  assert.deepEqual([out.word[0], out.start_ms, out.end_ms, out.below_by_ms], [4, 1500, 3500, 1500]);
  const { moved } = timesFor(doc, B, "start", 3900, { isRipple: true, clock });
  assert.deepEqual([moved.id, moved.word[0], moved.to_ms], ["b", 0, 3900]);
  assert.match(timesFor(doc, B, "start", 1500, { isRipple: true, clock }).refused, /cannot begin before 0:01\.520/);
  assert.match(
    timesFor(doc, { ...A, end_ms: 2000 }, "end", 1010, { isRipple: true, clock }).refused,
    /cannot end before/,
  );
});

test("a new caption goes where nobody speaks, until the next words", () => {
  assert.deepEqual(roomAt(doc, 300, clock.show), { after_id: null, start_ms: 300, end_ms: 1000 });
  assert.deepEqual(roomAt(doc, 2000, clock.show), { after_id: "a", start_ms: 2000, end_ms: 3000 });
  assert.deepEqual(roomAt(doc, 4000, clock.show), { after_id: "b", start_ms: 4000, end_ms: 6000 });
  assert.deepEqual(roomAt(doc, 9000, clock.show), { after_id: "b", start_ms: 9000, end_ms: 10_000 });
  assert.match(roomAt(doc, 1450, clock.show).refused, /Somebody speaks here/);
  assert.match(roomAt(doc, 2900, clock.show).refused, /the next words begin at 0:03\.000/);
});
