/** Holds what the rooms' words are: the same in every language, with the same values in them. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Linter } from "../tools/js/node_modules/eslint/lib/api.js";
import wordsInStrings from "../tools/js/words-in-strings.js";

const PAGE = fileURLToPath(new URL("../../static/js", import.meta.url));
const files = readdirSync(PAGE, { recursive: true }).filter((name) => name.endsWith("strings.js"));

/** Each word of each file in a language, with which of the values given to it stand in it; made in a process of its own. */
function wordsIn(language) {
  const code = `
    Object.assign(globalThis, { document: { documentElement: { lang: "${language}" } } });
    Object.defineProperty(globalThis, "navigator", { value: { languages: ["${language}"] } });
    const words = {};
    function add(path, value) {
      if (typeof value === "object") for (const [key, inner] of Object.entries(value)) add(path + "." + key, inner);
      // Each is a number as well as a text.
      else if (typeof value === "function") add(path, value(...["701", "702", "703"].map((one) => new String(one))));
      else words[path] = { text: value, given: [...new Set(value.match(/70[123]/g))].sort() };
    }
    for (const file of ${JSON.stringify(files.map((file) => pathToFileURL(join(PAGE, file)).href))})
      for (const [name, value] of Object.entries(await import(file))) add(file + " " + name, value);
    console.log(JSON.stringify(words));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
}

test("each word is there in German, with the same values in it", () => {
  const [english, german] = [wordsIn("en"), wordsIn("de")];
  assert.ok(Object.keys(english).length > 300);
  // What some keys are called is for each language to say.
  const isCap = (path) => /strings\.caps\.\w+$/.test(path);
  const givenIn = (words) =>
    Object.entries(words).flatMap(([path, { given }]) => (isCap(path) ? [] : [`${path} ${given}`]));
  assert.deepEqual(givenIn(german), givenIn(english));
  const empty = Object.entries(german).filter(([path, { text }]) => !text.trim() && english[path].text.trim());
  assert.deepEqual(empty, []);
});

test("words of the page that stand elsewhere are found", () => {
  const linter = new Linter();
  const house = { rules: { words: wordsInStrings } };
  const found = (code) =>
    linter.verify(code, { plugins: { house }, rules: { "house/words": "error" } }).map(({ message }) => message);
  const loose = [
    'button.title = "Undo";',
    'announce(isIn ? "in the text" : "elsewhere");',
    "setText(part, `${count} words`, `Saved ${name}`);",
    'make("p", { "aria-label": "Close" }, "No speech.");',
    'throw new UserError(name + " is too large.");',
  ];
  assert.deepEqual(
    loose.map((code) => found(code).length > 0),
    loose.map(() => true),
  );
  const silent = [
    'import { a } from "./Some Place.js";',
    'make("button", { type: "button", class: "quiet small" });',
    'if (key === "Dead" || event.key === "Enter") find("[data-part=list] li").closest("dialog, form");',
    'headers.get("Retry-After"); const chord = "Ctrl+Shift+Z";',
  ];
  assert.deepEqual(silent.flatMap(found), []);
});
