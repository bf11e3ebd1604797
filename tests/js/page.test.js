import assert from "node:assert/strict";
import { test } from "node:test";
import { isSystemFile } from "../../static/js/library/drops.js";
import { paired, titleFrom } from "../../static/js/library/new-choice.js";
import { bytes, clock, counted, coverageSentence, duration, percent } from "../../static/js/shared/format.js";
import { commandOf } from "../../static/js/keys/commands.js";
import { levelFor } from "../../static/js/playback/peaks.js";
import { onOneLine } from "../../static/js/text/clipboard.js";
import { marksIn, windowAround, windowFor, zoomed } from "../../static/js/playback/waveform.js";
import { keysIn } from "./values.js";

const press = (key, more = {}) => ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("times, sizes and shares read as people write them", () => {
  assert.deepEqual([0, 65_000, 3_725_000, null].map(clock), ["0:00", "1:05", "1:02:05", "–:––"]);
  assert.deepEqual([0, 999, 1_500, 145_000_000, 3_090_000_000].map(bytes), ["0 B", "999 B", "1.5 kB", "145 MB", "3.1 GB"]);
  assert.deepEqual([200, 45_000, 1_500_000, 3_900_000].map(duration), ["1 s", "45 s", "25 min", "1 h 5 min"]);
  assert.deepEqual([0, 0.999, 1].map(percent), ["0 %", "99 %", "100 %"]);
  assert.deepEqual([counted(1, "doubt"), counted(1200, "doubt")], ["1 doubt", "1,200 doubts"]);
});

test("coverage is one sentence, and none where nothing is known", () => {
  assert.equal(coverageSentence({ written_share: 0.963, unwritten_ms: 12_000 }), "96 % of the text was recognised; 12 s of speech is missing from the text.");
  assert.equal(coverageSentence({ written_share: 1, unwritten_ms: 0 }), "100 % of the text was recognised.");
  assert.equal(coverageSentence({ written_share: 0.5, unwritten_ms: 0, remarks: [{ text: "It is late." }] }), "50 % of the text was recognised. It is late.");
  assert.equal(coverageSentence(null), "");
});

test("texts go with the recordings of their names", () => {
  const cases = [
    [["a.mp3", "b.mp3"], ["b.txt", "A.SRT"], [[1, 0], [0, 1]]],
    [["talk.mp3", "talk.en.mp3"], ["talk.en.srt", "talk.srt"], [[1, 0], [0, 1]]],
    [["talk.mp3"], ["talk.mp3.srt", "talk.txt", "talker.txt"], [[0, 1]]],
    [["talk.mp3", "talk.wav"], ["talk.txt"], [[0, 0]]],
    [["caf\u00e9.mp3"], ["cafe\u0301.txt"], [[0, 0]]],
    [["a.mp3", "b.mp3"], ["notes.txt"], []],
    [[], ["a.txt"], []],
  ];
  for (const [recordings, texts, pairs] of cases) assert.deepEqual(paired(recordings, texts).sort((x, y) => x[1] - y[1]), pairs);
  assert.equal(titleFrom("no_priors_100.final.mp3"), "no priors 100.final");
  assert.deepEqual([".DS_Store", "Thumbs.db", "talk.mp3"].map((name) => isSystemFile({ name })), [true, true, false]);
});

test("no key that types something is taken in the text", () => {
  const table = keysIn(false);
  for (const key of ["k", "j", "l", " ", "?", "K", ","]) assert.equal(commandOf(table, press(key), "text"), null);
  assert.equal(commandOf(table, press("k"), "page"), "play");
  assert.equal(commandOf(table, press("Escape"), "text"), "close");
  assert.equal(commandOf(table, press("Enter", { ctrlKey: true }), "text"), "split");
});

test("each chord has one meaning in each place", () => {
  for (const isMac of [true, false]) {
    for (const place of ["text", "page"]) {
      const chords = keysIn(isMac).filter(({ where }) => where === "both" || where === place).flatMap(({ keys }) => keys);
      assert.equal(new Set(chords).size, chords.length);
    }
  }
});

test("pasted lines become one", () => {
  assert.equal(onOneLine("one\r\n  two\n\nthree"), "one two three");
});

test("the waveform's window stays until the time leaves it, and ends with the recording", () => {
  assert.equal(windowFor(0, 30_000, 27_000, 100_000), 0);
  assert.equal(windowFor(0, 30_000, 28_000, 100_000), 25_600);
  assert.equal(windowFor(0, 30_000, 99_000, 100_000), 70_000);
  assert.equal(windowFor(70_000, 30_000, 99_500, 100_000), 70_000);
  assert.deepEqual([levelFor(30_000, 1200), levelFor(36_000_000, 1200)], [100, 1]);
});

test("a stretch is shown as near as it goes in whole, a third of the rest before it", () => {
  assert.deepEqual(windowAround(10_000, 11_000), { from_ms: 9667, span_ms: 2000 });
  assert.deepEqual(windowAround(10_000, 12_000), { from_ms: 9000, span_ms: 5000 });
  assert.deepEqual(windowAround(100, 1100), { from_ms: 0, span_ms: 2000 });
});

test("a segment wider than any window begins the widest", () => {
  assert.deepEqual(windowAround(10_000, 250_000), { from_ms: 10_000, span_ms: 180_000 });
});

test("each step of the zoom has the time in its middle, within the recording", () => {
  assert.deepEqual(zoomed(30_000, 1, 50_000, 100_000), { from_ms: 45_000, span_ms: 10_000 });
  assert.deepEqual(zoomed(30_000, -1, 50_000, 100_000), { from_ms: 20_000, span_ms: 60_000 });
  assert.deepEqual(zoomed(2_000, 1, 500, 100_000), { from_ms: 0, span_ms: 2_000 });
  assert.deepEqual(zoomed(180_000, -1, 50_000, 100_000), { from_ms: 0, span_ms: 180_000 });
});

test("only what begins within the window is marked in it", () => {
  assert.deepEqual(marksIn([900, 1000, 1500, 2500, 3000], { from_ms: 1000, span_ms: 2000 }), [0.25, 0.75]);
});
