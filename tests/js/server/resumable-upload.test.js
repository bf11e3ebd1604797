import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, Unreachable } from "../../../static/js/server/api.js";
import { fingerprint, pieceAt, pieceSizes, upload, waitBefore } from "../../../static/js/server/resumable-upload.js";

const FILE = Object.assign(new Blob(["0123456789"]), { name: "talk.mp3", lastModified: 7 });

/** A server that takes pieces, and fails as `failures` says: by count of sends. */
function fakeServer(failures = {}, data = "") {
  const server = { data, sends: 0, created: 0 };
  server.create = async () => ((server.created += 1), "up1");
  server.offset = async (id) => {
    if (id !== "up1") throw new ApiError(404, {}, {});
    return server.data.length;
  };
  server.discarded = [];
  server.discard = async (id) => server.discarded.push(id);
  server.send = async (id, offset, piece) => {
    const failure = failures[(server.sends += 1)];
    if (failure === "lost before") throw new Unreachable();
    if (offset !== server.data.length) throw new ApiError(409, {}, {});
    server.data += await piece.text();
    if (failure === "lost after") throw new Unreachable();
    return server.data.length;
  };
  return server;
}

function fakeMemory(known = {}) {
  const values = new Map(Object.entries(known));
  return {
    values,
    get: (key) => values.get(key) ?? null,
    set: (key, id) => values.set(key, id),
    forget: (key) => values.delete(key),
  };
}

const send = (server, memory = fakeMemory(), more = {}) => {
  const told = [];
  const options = {
    server,
    memory,
    signal: new AbortController().signal,
    pieceBytes: 4,
    wait: async () => {},
    onProgress: (sent, isWaiting) => told.push([sent, isWaiting]),
    ...more,
  };
  return upload(FILE, options).then((id) => ({ id, told }));
};

test("pieces follow each other to the end", () => {
  assert.deepEqual(
    [pieceAt(0, 10, 4), pieceAt(8, 10, 4), pieceAt(10, 10, 4), pieceAt(0, 0)],
    [{ start: 0, end: 4 }, { start: 8, end: 10 }, null, null],
  );
  assert.deepEqual([1, 2, 5, 9].map(waitBefore), [1000, 2000, 15000, 15000]);
});

test("a file arrives whole, with its progress", async () => {
  const server = fakeServer();
  const { id, told } = await send(server);
  assert.deepEqual([id, server.data], ["up1", "0123456789"]);
  assert.deepEqual(told, [
    [0, false],
    [4, false],
    [8, false],
    [10, false],
  ]);
});

test("after a loss it goes on where the server stands, whether or not the piece had arrived", async () => {
  for (const failure of ["lost before", "lost after"]) {
    const server = fakeServer({ 2: failure });
    const { told } = await send(server);
    assert.equal(server.data, "0123456789");
    assert.equal(server.created, 1);
    assert.ok(told.some(([, isWaiting]) => isWaiting));
  }
});

test("the same file chosen again goes on with its upload", async () => {
  const server = fakeServer({}, "01234");
  const memory = fakeMemory({ [fingerprint(FILE)]: "up1" });
  await send(server, memory);
  assert.deepEqual([server.data, server.created, memory.values.size], ["0123456789", 0, 0]);
});

test("an upload the server no longer knows begins anew", async () => {
  const server = fakeServer();
  await send(server, fakeMemory({ [fingerprint(FILE)]: "gone" }));
  assert.deepEqual([server.data, server.created], ["0123456789", 1]);
});

test("a refusal ends it, an abort too", async () => {
  const refusing = {
    ...fakeServer(),
    send: async () => {
      throw new ApiError(413, { message: "too large" }, {});
    },
  };
  await assert.rejects(send(refusing), /too large/);
  const stop = new AbortController();
  const lost = {
    ...fakeServer(),
    send: async () => {
      throw new Unreachable();
    },
  };
  const memory = fakeMemory();
  await assert.rejects(send(lost, memory, { signal: stop.signal, wait: async () => stop.abort() }), {
    name: "AbortError",
  });
  // What arrived of it is not kept, nor gone on with.
  assert.deepEqual([lost.discarded, memory.values.size], [["up1"], 0]);
});

test("smaller pieces follow a loss, larger ones what arrives", () => {
  const sizes = pieceSizes(8_000_000);
  const seen = [sizes.now()];
  for (const step of ["lost", "lost", "arrived", "arrived", "arrived", "arrived", "lost", "lost", "lost"]) {
    sizes[step]();
    seen.push(sizes.now());
  }
  assert.deepEqual(
    seen,
    [8_000_000, 2_000_000, 500_000, 500_000, 500_000, 500_000, 1_000_000, 250_000, 131_072, 131_072],
  );
  const small = pieceSizes(4);
  small.lost();
  assert.equal(small.now(), 4);
});

test("an upload that another tab used up begins anew, one that it sends is waited for", async () => {
  const server = fakeServer();
  const answers = [new ApiError(423, {}, {}), new ApiError(404, {}, {})];
  const { send: really } = server;
  server.send = async (...given) => {
    const error = answers.shift();
    if (error?.status === 404) server.data = "";
    if (error) throw error;
    return really(...given);
  };
  const offset = server.offset;
  server.offset = async (id) => {
    if (server.sends === 0 && answers.length === 0 && server.created === 1) throw new ApiError(404, {}, {});
    return offset(id);
  };
  await send(server);
  assert.deepEqual([server.data, server.created], ["0123456789", 2]);
});

test("a file that was moved meanwhile is told of, not waited for", async () => {
  const gone = Object.assign(new Blob(["0123"]), { name: "talk.mp3", lastModified: 7 });
  gone.slice = () => ({
    arrayBuffer: async () => {
      throw new DOMException("gone", "NotReadableError");
    },
  });
  const lost = {
    ...fakeServer(),
    send: async () => {
      throw new Unreachable();
    },
  };
  const options = { server: lost, memory: fakeMemory(), signal: new AbortController().signal, onProgress() {} };
  await assert.rejects(upload(gone, options), /talk.mp3: cannot be read. It was moved/);
});
