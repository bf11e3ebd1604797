import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ApiError,
  Unanswered,
  Unreachable,
  fileNameOf,
  remarksOf,
  json,
  request,
  waitOf,
} from "../../../static/js/server/http.js";
import { ownUndo } from "../../../static/js/saving/own-undo.js";

/** @param {number} status @param {object | string} body @param {Record<string, string>} [headers] */
const answering = (status, body, headers = {}) => {
  globalThis.localStorage = { getItem: () => "me", setItem() {}, removeItem() {} };
  globalThis.fetch = async () =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  return request("/api/x").catch((error) => error);
};

test("answers that pass are as good as none, and say how long to wait", async () => {
  for (const status of [408, 429, 502, 503, 504]) assert.ok((await answering(status, "<html>")) instanceof Unreachable);
  const busy = await answering(503, { error: { message: "others are saving just now" } }, { "Retry-After": "7" });
  assert.deepEqual([busy.message, busy.wait_ms], ["others are saving just now", 7000]);
  assert.equal(waitOf("Mon, 30 Nov 2026 00:00:09 GMT", Date.parse("2026-11-30T00:00:04Z")), 5000);
  assert.deepEqual([waitOf("soon"), waitOf(null), waitOf("Mon, 30 Nov 2020 00:00:09 GMT")], [0, 0, 0]);
});

test("what may be sent again is given up after its deadline, also in the middle of an answer", async () => {
  const never = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  for (const hang of [never, async (signal) => ({ ok: true, json: () => never(signal) })]) {
    globalThis.fetch = (_, { signal }) => hang(signal);
    await assert.rejects(json("POST", "/api/x", {}, { deadline_ms: 1 }), Unanswered);
  }
  globalThis.fetch = async () => new Response("{}");
  assert.deepEqual(await json("GET", "/api/x", undefined, { deadline_ms: 1 }), {});
});

test("a failure of the server may pass, a refusal does not", async () => {
  const failed = await answering(500, "<html>");
  assert.ok(failed instanceof ApiError && failed.mayPass);
  assert.equal((await answering(507, { error: { message: "the disk is full" } })).mayPass, true);
  const gone = await answering(404, { error: { code: "not_found", kind: "transcript", message: "gone" } });
  assert.deepEqual([gone.mayPass, gone.isGone, gone.message], [false, true, "gone"]);
  assert.equal((await answering(404, { error: { kind: "segment" } })).isGone, false);
});

test("the undo after one that somebody stands in the way of goes on with the one before", async () => {
  const asked = [];
  const blocked = new ApiError(409, { code: "undo_blocked" }, { error: { revision_id: 7 } });
  const server = ownUndo({
    edit: async () => ({}),
    redo: async () => ({}),
    undo: async ({ before }) => {
      asked.push(before);
      if (before === null) throw blocked;
      return {};
    },
  });
  await assert.rejects(server.undo(), blocked);
  await server.undo();
  await server.undo();
  await server.edit({});
  await assert.rejects(server.undo(), blocked);
  assert.deepEqual(asked, [null, 7, 7, null]);
});

test("a file has the name that the server gives it", () => {
  assert.equal(fileNameOf("attachment; filename=Talk.srt"), "Talk.srt");
  assert.equal(fileNameOf("attachment; filename=\"a b.srt\"; filename*=UTF-8''%C3%A4%20b.srt"), "ä b.srt");
  assert.equal(fileNameOf(""), "transcript");
  const remarks = [
    "2 are left out",
    "Left out as not said: 3 of the text's lines (“Dr. Lee …”)",
    "sounds are left out",
  ];
  assert.deepEqual(remarksOf(encodeURIComponent(remarks.join(". "))), remarks);
});
