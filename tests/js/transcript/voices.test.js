import assert from "node:assert/strict";
import { test } from "node:test";
import {
  freeName,
  samplesOf,
  stillUnnamed,
  unnamedOfSameVoice,
  voicesUnder,
} from "../../../static/js/transcript/voices.js";
import { segment } from "../values.js";

const doc = (...speakers) => ({
  byId: new Map(speakers.map((speaker, at) => [`s${at}`, segment(`s${at}`, "x", 0, { speaker })])),
});
const voices = [
  { voice: 1, name: "", segments: ["s0", "s2", "s4", "s5"] },
  { voice: 0, name: "", segments: ["s1", "s3"] },
];

test("a name is carried to what nobody has named, of the same voice alone", () => {
  const said = doc("Ada", null, "Speaker 2", "Speaker 1", null, "Bob");
  assert.deepEqual(unnamedOfSameVoice(said, voices, "s0"), ["s2", "s4"]);
  assert.deepEqual(unnamedOfSameVoice(said, voices, "s1"), []);
  assert.deepEqual(unnamedOfSameVoice(said, [], "s0"), []);
  // Segments that have gone meanwhile.
  assert.deepEqual(unnamedOfSameVoice(doc("Ada", null, null), voices, "s0"), ["s2"]);
});

test("what was named meanwhile keeps its name, and a name that was taken back goes nowhere", () => {
  const now = doc("Ada", null, "Speaker 2", "Bob");
  assert.deepEqual(stillUnnamed(now, ["s1", "s2", "s3", "s9"], "Ada"), ["s1", "s2"]);
  assert.deepEqual(stillUnnamed(now, ["s1", "s2"], null), []);
});

test("the voices under a name are told, who speaks most first", () => {
  const said = doc("Ada", "Ada", "Ada", "Ada", "Bob", null);
  const under = voicesUnder(said, [...voices].reverse(), "Ada");
  assert.deepEqual(under, [
    { voice: 0, segments: ["s1", "s3"] },
    { voice: 1, segments: ["s0", "s2"] },
  ]);
  assert.deepEqual(voicesUnder(said, voices, "Cleo"), []);
});

test("samples come from all over the recording, and a free name is the first that nobody has", () => {
  const ids = Array.from({ length: 10 }, (_, at) => `s${at}`);
  assert.deepEqual(samplesOf(ids, 3), ["s0", "s3", "s6"]);
  assert.deepEqual(samplesOf(["a"]), ["a"]);
  const madeUp = (number) => `Speaker ${number}`;
  assert.equal(freeName(["Speaker 1", "Ada", "Speaker 3"], madeUp), "Speaker 2");
});
