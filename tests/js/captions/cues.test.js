import assert from "node:assert/strict";
import { test } from "node:test";
import {
  NUMBERS,
  countsSentence,
  cuesAt,
  nextCueChange,
  presetNamed,
  readNumber,
  shownLines,
  shownNumber,
} from "../../../static/js/captions/cues.js";
import { strings } from "../../../static/js/captions/strings.js";

const cue = (start_ms, end_ms, more = {}) => ({
  start_ms,
  end_ms,
  lines: ["a", "b"],
  speaker: null,
  new_turn: false,
  kind: "speech",
  segment_id: "s",
  ...more,
});

test("the cues of a moment begin with it and are gone at their ends; those that overlap are all shown", () => {
  const cues = [cue(0, 900), cue(1000, 4000), cue(2000, 3000)];
  const shown = [-1, 0, 899, 900, 999, 1000, 2000, 2999, 3000, 4000].map((ms) =>
    cuesAt(cues, ms)
      .map((one) => cues.indexOf(one))
      .join(),
  );
  assert.deepEqual(shown, ["", "0", "0", "", "", "1", "1,2", "1,2", "1", ""]);
});

test("a name is shown where the speaker changes, else a dash for a turn", () => {
  const cues = [
    cue(0, 1, { speaker: "Ann", new_turn: true }),
    cue(1, 2, { speaker: "Ann" }),
    cue(2, 3, { new_turn: true }),
    cue(3, 4),
  ];
  assert.deepEqual(
    cues.map((one) => shownLines(cues, one)[0]),
    ["Ann: a", "a", "- a", "a"],
  );
  assert.equal(shownLines(cues, cues[0])[1], "b");
});

test("numbers of rules read back as they are shown", () => {
  const by = Object.fromEntries(NUMBERS.map((number) => [number.name, number]));
  for (const [name, value] of [
    ["line_chars", 42],
    ["chars_per_second", 17.5],
    ["min_ms", 833],
    ["max_ms", null],
    ["max_ms", 7000],
    ["gap_ms", 83],
  ]) {
    assert.equal(readNumber(shownNumber(value, by[name].per), by[name]), value);
  }
  assert.equal(readNumber("", by.line_chars), undefined);
  assert.equal(readNumber("x", by.max_ms), undefined);
  assert.equal(readNumber("1,5", by.min_ms), 1500);
});

test("broken rules are counted by name", () => {
  assert.equal(countsSentence({ errors: 0, warnings: 0, counts: {} }), "No rules broken");
  assert.equal(
    countsSentence({ errors: 2, warnings: 1, counts: { speed: 2, bad_break: 1 } }),
    "Too fast to read: 2 · Bad break: 1",
  );
});

test("broken rules and bad breaks are counted apart, those that are none not at all", () => {
  assert.deepEqual(
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [2, 3],
    ].map(([errors, warnings]) => strings.brokenRules(errors, warnings)),
    ["No rules broken", "1 broken rule", "1 warning", "2 broken rules, 3 warnings"],
  );
});

test("a name stands for a person's own rules before a preset, and for the first preset where there is none", () => {
  const rules = (name, lines) => ({ name, lines });
  const known = { presets: [rules("lines", 0), rules("bbc", 2)], own: [rules("bbc", 1)] };
  assert.deepEqual(
    ["bbc", "lines", "gone"].map((name) => presetNamed(known, name)),
    [rules("bbc", 1), rules("lines", 0), rules("lines", 0)],
  );
});

test("the screen changes where a cue begins or ends", () => {
  const cues = [cue(0, 900), cue(1000, 4000), cue(2000, 3000)];
  const changes = [-1, 0, 899, 900, 1000, 2500, 3000, 4000].map((ms) => nextCueChange(cues, ms));
  assert.deepEqual(changes, [0, 900, 900, 1000, 2000, 3000, 4000, Infinity]);
});
