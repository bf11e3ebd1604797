import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../static/js/server/api.js";
import { bringAll } from "../../../static/js/library/import-files.js";
import { filesIn, isSystemFile } from "../../../static/js/library/drops.js";
import { createChoice, paired, titleFrom } from "../../../static/js/library/new-choice.js";
import { UserError } from "../../../static/js/shared/user-error.js";

const file = (name) => ({ name, size: 4, lastModified: 1 });

/** A choice whose files are what their endings say; texts wait until `server.texts` lets them. */
function choiceOf(server = {}) {
  const asked = { discarded: [], projects: [] };
  const choice = createChoice({
    kindOf: async ({ name }) => {
      if (name.endsWith(".pdf")) throw new UserError(`${name}: this is a PDF`);
      return name.endsWith(".mp3") ? "recording" : name.endsWith(".transcript") ? "project" : "text";
    },
    uploadText: async ({ name }) => (await server.texts, `upload of ${name}`),
    preview: async () => {
      if (server.problem) throw new UserError(server.problem);
      return { encoding: "utf-8" };
    },
    textKinds: async () => [],
    lengthOf: async ({ size }) => server.length?.(size) ?? null,
    discard: (id) => asked.discarded.push(id),
    onProject: ({ name }) => asked.projects.push(name),
    onChange() {},
  });
  const shown = () =>
    choice.state().items.map(({ recording, text }) => [recording?.name ?? null, text?.text.file.name ?? null]);
  return { choice, asked, shown };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("all that comes is taken, given to what it belongs to, or told of", async () => {
  const { choice, asked, shown } = choiceOf();
  await choice.add(["b.mp3", "a.srt", "notes.txt", "a.mp3", "c.pdf", "old.transcript", "c.mp3"].map(file));
  await settled();
  assert.deepEqual(shown(), [
    ["b.mp3", null],
    ["a.mp3", "a.srt"],
    ["c.mp3", null],
  ]);
  const { others, refused, reason } = choice.state();
  assert.deepEqual(
    [others.map(({ text }) => text.file.name), refused, asked.projects],
    [["notes.txt"], ["c.pdf: this is a PDF"], ["old.transcript"]],
  );
  assert.equal(reason, "notes.txt has no recording yet: choose one, or remove the text.");
  choice.give(others[0], choice.state().items[1]);
  assert.deepEqual(shown()[1], ["a.mp3", "notes.txt"]);
  choice.leaveOut(choice.state().others[0]);
  assert.deepEqual([choice.state().reason, asked.discarded], ["", ["upload of a.srt"]]);
  // The same file again is the same.
  await choice.add([file("a.mp3")]);
  assert.equal(shown().length, 3);
});

test("one recording and one text belong together, in whatever order they come", async () => {
  for (const order of [
    ["talk.mp3", "words.txt"],
    ["words.txt", "talk.mp3"],
  ]) {
    const { choice, shown } = choiceOf();
    for (const name of order) await choice.add([file(name)]);
    assert.deepEqual(shown(), [["talk.mp3", "words.txt"]]);
  }
});

test("nothing starts before the text is there and read", async () => {
  let arrive = () => {};
  const { choice } = choiceOf({ texts: new Promise((resolve) => (arrive = resolve)) });
  assert.equal(choice.state().reason, "Choose a recording.");
  const added = choice.add([file("talk.mp3"), file("talk.txt")]);
  assert.equal(choice.state().reason, "Checking files …");
  await added;
  assert.equal(choice.state().reason, "Reading talk.txt …");
  arrive();
  await settled();
  assert.equal(choice.state().reason, "");

  const refusing = choiceOf({ problem: "this is an ELAN file" });
  await refusing.choice.add([file("talk.mp3"), file("talk.txt")]);
  await settled();
  const { items, reason } = refusing.choice.state();
  assert.deepEqual(
    [reason, items[0].text.text.problem],
    ["talk.txt cannot be read: remove it or choose another text.", "talk.txt: this is an ELAN file"],
  );
});

test("what is not used any more is removed at the server", async () => {
  const { choice, asked } = choiceOf();
  await choice.add([file("a.mp3"), file("a.txt"), file("b.mp3")]);
  await settled();
  choice.state().items[1].upload = "b";
  choice.close();
  assert.deepEqual(asked.discarded, ["b", "upload of a.txt"]);
});

test("each recording is brought; what is refused says why, and keeps what arrived", async () => {
  const { choice } = choiceOf();
  await choice.add([file("a.mp3"), file("b.mp3"), file("c.mp3"), file("c.txt")]);
  await settled();
  const made = [];
  const failures = {
    "a.mp3": [new ApiError(404, {}, {})],
    "b.mp3": [new ApiError(507, { message: "its disk is full." }, {})],
  };
  const uploads = [];
  const server = {
    uploadRecording: async ({ name }) => (uploads.push(name), name),
    create: async ({ media_upload, text_upload }) => {
      const error = failures[media_upload]?.shift();
      if (error) throw error;
      return { id: `${media_upload} ${text_upload}` };
    },
  };
  const options = {
    signal: new AbortController().signal,
    onProgress() {},
    onMade: (item, id) => (made.push(id), choice.done(item)),
  };
  await bringAll(choice.state().items, () => ({}), server, options);
  assert.deepEqual(made, ["a.mp3 null", "c.mp3 upload of c.txt"]);
  const [left] = choice.state().items;
  assert.deepEqual([left.problem, uploads], ["b.mp3: its disk is full.", ["a.mp3", "a.mp3", "b.mp3", "c.mp3"]]);
  await bringAll([left], () => ({}), server, options);
  assert.deepEqual([made[2], uploads.length], ["b.mp3 null", 4]);
});

test("files in dropped folders are found, but for what the system left there", async () => {
  const of = (name) => ({ isFile: true, isDirectory: false, file: (resolve) => resolve(file(name)) });
  const folder = (...entries) => {
    const parts = [entries.slice(0, 1), entries.slice(1), []];
    return {
      isFile: false,
      isDirectory: true,
      createReader: () => ({ readEntries: (resolve) => resolve(parts.shift()) }),
    };
  };
  const found = await filesIn(folder(of("a.mp3"), of(".DS_Store"), folder(of("b.mp3"), of("b.txt"))));
  assert.deepEqual(
    found.map(({ name }) => name),
    ["a.mp3", "b.mp3", "b.txt"],
  );
  assert.deepEqual(await filesIn(null), []);
});

test("texts go with the recordings of their names", () => {
  const cases = [
    [
      ["a.mp3", "b.mp3"],
      ["b.txt", "A.SRT"],
      [
        [1, 0],
        [0, 1],
      ],
    ],
    [
      ["talk.mp3", "talk.en.mp3"],
      ["talk.en.srt", "talk.srt"],
      [
        [1, 0],
        [0, 1],
      ],
    ],
    [["talk.mp3"], ["talk.mp3.srt", "talk.txt", "talker.txt"], [[0, 1]]],
    [["talk.mp3", "talk.wav"], ["talk.txt"], [[0, 0]]],
    [["caf\u00e9.mp3"], ["cafe\u0301.txt"], [[0, 0]]],
    [["a.mp3", "b.mp3"], ["notes.txt"], []],
    [[], ["a.txt"], []],
  ];
  for (const [recordings, texts, pairs] of cases)
    assert.deepEqual(
      paired(recordings, texts).sort((x, y) => x[1] - y[1]),
      pairs,
    );
  assert.equal(titleFrom("no_priors_100.final.mp3"), "no priors 100.final");
  assert.deepEqual(
    [".DS_Store", "Thumbs.db", "talk.mp3"].map((name) => isSystemFile({ name })),
    [true, true, false],
  );
});
