import assert from "node:assert/strict";
import { test } from "node:test";
import { foundWords } from "../../../static/js/shared/found-words.js";

const found = (text, query) => foundWords(text, query).map(({ start, end }) => text.slice(start, end));

test("words are found whole, the last one also where it is only begun", () => {
  assert.deepEqual(found("The cat, the Catalogue and a category.", "the cat"), ["The cat", "the Catalogue"]);
  assert.deepEqual(found("A cat, the category.", "cat the"), ["cat, the"]);
  assert.deepEqual(found("The dog, a cat, the Catalogue.", "dog cat"), ["dog", "cat", "Catalogue"]);
});

test("accents and case do not matter, and nothing sought is nothing found", () => {
  assert.deepEqual(found("Où est le CAFÉ ?", "cafe"), ["CAFÉ"]);
  assert.deepEqual(found("Où", "  ?"), []);
});

test("words in a row are found as they were typed, or as they are quoted", () => {
  const text = "Which is it? Things which, is both: which is";
  assert.deepEqual(found(text, "things which is"), ["Things which, is"]);
  assert.deepEqual(found(text, "which is bo"), ["which, is both"]);
  assert.deepEqual(found(text, '"which is" it'), ["Which is", "it", "which, is", "which is"]);
  assert.deepEqual(found(text, "„is both“"), ["is both"]);
  assert.deepEqual(found(text, '"it bo"'), []);
  assert.deepEqual(found(text, "both things"), ["Things", "both"]);
});

test("of a phrase that goes on in the next line the beginning is found", () => {
  assert.deepEqual(found("are they things which", "things which matter"), ["things which"]);
  assert.deepEqual(found("things which are", "things which is"), []);
});
