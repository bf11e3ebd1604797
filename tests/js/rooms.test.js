/** Holds the floors of the page's house: its rooms import only downwards, and each file has its room; its styles too. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = join(ROOT, "static/js");

/** Rooms by floor, lowest first. A room imports rooms of lower floors only; types are named from anywhere. */
const FLOORS = [
  ["transcript"],
  ["shared"],
  ["server"],
  ["captions", "keys", "saving"],
  ["library", "text"],
  ["find", "playback", "review"],
  ["page"],
];
/** Each puts a page together of rooms, and stands in none. */
const PAGES = ["editor-page.js", "library-page.js", "login-page.js"];

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => name.replaceAll("\\", "/"));
const files = filesIn(PAGE);
const roomOf = (file) => (file.includes("/") ? dirname(file) : "");
const floorOf = (room) => FLOORS.findIndex((rooms) => rooms.includes(room));
/** What a file imports, as files. */
const importsOf = (file) => {
  const code = readFileSync(join(PAGE, file), "utf8");
  const paths = [...code.matchAll(/^(?:import|export)\s[^"';]*?from "([^"]+)";|^import "([^"]+)";/gm)].map(
    (found) => found[1] ?? found[2],
  );
  return paths.map((path) => relative(PAGE, join(PAGE, dirname(file), path)).replaceAll("\\", "/"));
};

test("each file stands in a room, or puts a page together", () => {
  const astray = files.filter((file) => (roomOf(file) ? floorOf(roomOf(file)) < 0 : !PAGES.includes(file)));
  assert.deepEqual(astray, []);
  const empty = FLOORS.flat().filter((room) => !files.some((file) => roomOf(file) === room));
  assert.deepEqual(empty, []);
});

test("tests stand in the rooms of what they test", () => {
  const tests = filesIn(join(ROOT, "tests/js")).filter(
    (name) => name.endsWith(".test.js") && !name.startsWith("rooms.") && !name.startsWith("strings."),
  );
  assert.deepEqual(
    tests.filter((name) => !files.includes(name.replace(".test.js", ".js"))),
    [],
  );
});

test("rooms import downwards only", () => {
  const upwards = files.filter(roomOf).flatMap((file) =>
    importsOf(file)
      .filter(
        (other) =>
          roomOf(other) !== roomOf(file) &&
          !(floorOf(roomOf(other)) >= 0 && floorOf(roomOf(other)) < floorOf(roomOf(file))),
      )
      .map((other) => `${file} imports ${other}`),
  );
  assert.deepEqual(upwards, []);
});

test("no file imports itself by way of others", () => {
  const done = new Set();
  const circles = [];
  function follow(file, way) {
    if (way.includes(file)) return void circles.push([...way.slice(way.indexOf(file)), file].join(" -> "));
    if (done.has(file)) return;
    for (const other of importsOf(file)) follow(other, [...way, file]);
    done.add(file);
  }
  files.forEach((file) => follow(file, []));
  assert.deepEqual(circles, []);
});

test("the house on one page names every room", () => {
  const page = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
  assert.deepEqual(
    FLOORS.flat().filter((room) => !page.includes(`\`js/${room}\``)),
    [],
  );
});

test("the file of icons holds those that are used, and no more", () => {
  const there = readFileSync(join(ROOT, "static/icons.svg"), "utf8").matchAll(/<symbol id="([^"]+)"/g);
  const page = readFileSync(join(ROOT, "static/editor.html"), "utf8").matchAll(/"\/static\/icons\.svg#([^"]+)"/g);
  const made = files.flatMap((file) => [...readFileSync(join(PAGE, file), "utf8").matchAll(/\bicon\("([^"]+)"\)/g)]);
  const used = new Set([...page, ...made].map((found) => found[1]));
  assert.deepEqual([...there].map((found) => found[1]).sort(), [...used].sort());
});

const sheets = readdirSync(join(ROOT, "static/css"));
const styleOf = (sheet) => readFileSync(join(ROOT, "static/css", sheet), "utf8");

test("pages ask for each style sheet, the shared ones first", () => {
  const asked = ["editor.html", "index.html", "login.html"].map((name) => {
    const html = readFileSync(join(ROOT, "static", name), "utf8");
    return [...html.matchAll(/<link rel="stylesheet" href="\/static\/css\/([^"]+)"/g)].map((found) => found[1]);
  });
  assert.deepEqual([...new Set(asked.flat())].sort(), sheets.sort());
  for (const names of asked) assert.deepEqual(names.slice(0, 2), ["base.css", "shared.css"]);
});

test("styles take layers, radii and gaps from the scales", () => {
  const loose = /^ +(?:z-index: -?\d|(?:border-radius|(?:row-|column-)?gap): .*\drem).*$/gm;
  const found = sheets.flatMap((sheet) => [...styleOf(sheet).matchAll(loose)].map(([line]) => sheet + line));
  assert.deepEqual(found, []);
  const named = new Set([...styleOf("base.css").matchAll(/^ +(--[\w-]+):/gm)].map((found) => found[1]));
  const scales = /var\((--(?:space|radius|size|text|layer)-[\w-]+)\)/g;
  const unknown = sheets.flatMap((sheet) => [...styleOf(sheet).matchAll(scales)].map((found) => found[1]));
  assert.deepEqual(
    unknown.filter((name) => !named.has(name)),
    [],
  );
});

test("styles go the way the page is read, but where they show time or the middle", () => {
  const ways =
    /^ +(?:(?:left|right): (?!50%)|(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)).*$/gm;
  const sides = /^ +(?:margin|padding|inset): (?:(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+[ ;]){4}$/gm;
  const ofTime = ["playback.css", "word-times.css", "cue-times.css"];
  const found = sheets
    .filter((sheet) => !ofTime.includes(sheet))
    .flatMap((sheet) =>
      [ways, sides].flatMap((loose) => styleOf(sheet).match(loose) ?? []).map((line) => sheet + line),
    );
  assert.deepEqual(found, []);
});
