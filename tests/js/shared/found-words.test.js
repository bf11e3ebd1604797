import assert from "node:assert/strict";
import { test } from "node:test";
import { foundWords } from "../../../static/js/shared/found-words.js";

const found = (text, query) => foundWords(text, query).map(({ start, end }) => text.slice(start, end));

test("words are found whole, the last one also where it is only begun", () => {
  assert.deepEqual(found("The cat, the Catalogue and a category.", "the cat"), [
    "The",
    "cat",
    "the",
    "Catalogue",
    "category",
  ]);
  assert.deepEqual(found("The cat, the Catalogue.", "cat the"), ["The", "cat", "the"]);
});

test("accents and case do not matter, and nothing sought is nothing found", () => {
  assert.deepEqual(found("Où est le CAFÉ ?", "cafe"), ["CAFÉ"]);
  assert.deepEqual(found("Où", "  ?"), []);
});
