import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brokenText,
  movedPieces,
  onOneLine,
  piecesOf,
  placeIn,
  rewritten,
  textOfPieces,
} from "../../../static/js/captions/cue-text.js";
import { segment } from "../values.js";

const piece = (text, shown, id = "a") => {
  const start = text.indexOf(shown);
  return { id, text, start, end: start + shown.length };
};
const texts = (pieces) => pieces.map(({ text }) => text);

test("a caption's words stand in its segments; in others than it was made of they are not looked for", () => {
  const [a, b] = [segment("a", "one two three", 0, { revision: 2 }), segment("b", "four five", 3000)];
  const byId = new Map([
    ["a", a],
    ["b", b],
  ]);
  const parts = [
    { segment_id: "a", revision: 2, first_word: 1, last_word: 2 },
    { segment_id: "b", revision: b.revision, first_word: 0, last_word: 0 },
  ];
  const pieces = piecesOf({ parts }, (id) => byId.get(id));
  assert.deepEqual(pieces, [piece("one two three", "two three"), piece("four five", "four", "b")]);
  assert.equal(textOfPieces(pieces), "two three four");
  for (const other of [{ revision: 1 }, { last_word: 3 }, { segment_id: "gone" }])
    assert.equal(
      piecesOf({ parts: [{ ...parts[0], ...other }] }, (id) => byId.get(id)),
      null,
    );
});

test("pieces move with what is written around them, and are lost where they were changed themselves", () => {
  const pieces = [piece("one two three", "two")];
  const moved = (text) => movedPieces(pieces, () => text)?.map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(
    ["one two three", "number one two three", "one two four", "two three", "one too three", "one"].map(moved),
    [["two"], ["two"], ["two"], ["two"], undefined, undefined],
  );
});

test("words that are struck out stay in the text where what stands around them is changed", () => {
  const whole = "Um, one two uh three four";
  const around = [piece(whole, "one two"), piece(whole, "three four")];
  assert.equal(textOfPieces(around), "one two three four");
  for (const [typed, becomes] of [
    ["one too three four", "Um, one too uh three four"],
    ["one two three", "Um, one two uh three"],
    ["1 2 3 4 5", "Um, 1 2 3 4 5 uh "],
    ["one two really three five", "Um, one two uh really three five"],
  ]) {
    const now = rewritten(around, typed);
    assert.deepEqual(texts(now), [becomes, becomes]);
    assert.equal(textOfPieces(now), typed);
  }
  // What an export says is shown, also where a capital goes on to the next word.
  assert.equal(brokenText("one two three four", ["One two", "three four."]), "One two\nthree four.");
});

test("a text breaks where the lines of its caption do", () => {
  assert.equal(brokenText("one two three", ["one two", "three"]), "one two\nthree");
  assert.equal(brokenText("Yes. No.", ["- Yes.", "- No."]), "Yes.\nNo.");
  assert.equal(brokenText("今日は天気です", ["今日は", "天気です"]), "今日は\n天気です");
  assert.equal(brokenText("(music) loud", [">> [music]", "[loud]"]), "(music) loud");
});

test("lines are one text: with a space, but not within scripts that have none", () => {
  assert.equal(onOneLine("one two \n\n three"), "one two three");
  assert.equal(onOneLine("今日は\n天気です\nABC"), "今日は天気です ABC");
});

test("another text changes what it has to, and only there", () => {
  const whole = "one two three four";
  assert.deepEqual(texts(rewritten([piece(whole, "two three")], "two, really three")), ["one two, really three four"]);
  assert.deepEqual(texts(rewritten([piece(whole, "two three")], "")), ["one four"]);
  assert.deepEqual(texts(rewritten([piece(whole, "one two")], "")), ["three four"]);
  const both = [piece("one two", "two"), piece("three four", "three", "b")];
  assert.deepEqual(texts(rewritten(both, "two tree")), ["one two", "tree four"]);
  assert.deepEqual(texts(rewritten(both, "to three")), ["one to", "three four"]);
  assert.deepEqual(texts(rewritten(both, "nothing")), ["one nothing", "four"]);
  assert.deepEqual(texts(rewritten(both, "two and three")), ["one two", "and three four"]);
});

test("a place in a caption's text is found in its segment, with a space between two and without", () => {
  const spaced = [piece("one two", "two"), piece("three four", "three", "b")];
  assert.deepEqual(placeIn(spaced, 3), { id: "a", offset: 7 });
  assert.deepEqual(placeIn(spaced, 5), { id: "b", offset: 1 });
  const unspaced = [piece("東京", "東京"), piece("大阪", "大阪", "b")];
  assert.deepEqual(placeIn(unspaced, 3), { id: "b", offset: 1 });
  assert.equal(placeIn(unspaced, 9), null);
});
