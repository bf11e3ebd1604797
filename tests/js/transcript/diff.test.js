import assert from "node:assert/strict";
import { test } from "node:test";
import { correctionOf } from "../../../static/js/transcript/correction.js";
import { segmentDiff, wordDiff } from "../../../static/js/transcript/diff.js";

const line = (id, text, speaker = null) => ({ id, text, speaker });

test("words that went and came stand between those that stayed", () => {
  assert.deepEqual(wordDiff("it works suit differently", "it works sort differently"), [
    { kind: "same", text: "it works " },
    { kind: "gone", text: "suit" },
    { kind: "new", text: "sort" },
    { kind: "same", text: " differently" },
  ]);
  assert.deepEqual(wordDiff("", "so"), [{ kind: "new", text: "so" }]);
  assert.deepEqual(wordDiff("so", "so"), [{ kind: "same", text: "so" }]);
});

test("words that no space parts are told, too", () => {
  const cases = [
    ["我今天去学校", "我昨天去学校", "今天", "昨天"],
    ["今日は良い天気です。", "今日は悪い天気です。", "良い", "悪い"],
    ["OK 我们明天见", "OK 我们后天见", "明天", "后天"],
    ["ฉันชอบกินข้าว", "ฉันชอบกินปลา", "ข้าว", "ปลา"],
  ];
  for (const [before, after, gone, come] of cases) {
    const told = wordDiff(before, after)
      .filter(({ kind }) => kind !== "same")
      .map(({ text }) => text);
    assert.deepEqual(told, [gone, come], before);
    assert.deepEqual(correctionOf(before, after), { old: gone, new: come });
  }
});

test("both sides can be read off any difference", () => {
  const words = ["so", "every", "day", "counts", "a"];
  let seed = 7;
  const chance = () => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 300; round += 1) {
    const text = () => Array.from({ length: chance() % 8 }, () => words[chance() % 5]).join(" ");
    const [a, b] = [text(), text()];
    const side = (kind) =>
      wordDiff(a, b)
        .filter((part) => part.kind !== kind)
        .map((part) => part.text)
        .join("");
    assert.deepEqual([side("new"), side("gone")], [a, b]);
  }
});

test("segments that differ are told in order, also those on one side only", () => {
  const past = [line("a", "one two"), line("b", "three"), line("d", "five")];
  const now = [line("a", "one"), line("n", "two"), line("b", "three", "Ann"), line("d", "five")];
  assert.deepEqual(
    segmentDiff(past, now).map((row) => [row.past?.text ?? null, row.now?.text ?? null]),
    [
      ["one two", "one"],
      [null, "two"],
      ["three", "three"],
    ],
  );
  assert.deepEqual(segmentDiff(now, now), []);
});
