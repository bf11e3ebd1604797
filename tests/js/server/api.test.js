import assert from "node:assert/strict";
import { test } from "node:test";
import * as api from "../../../static/js/server/api.js";

globalThis.localStorage = { getItem: () => "me", setItem() {}, removeItem() {} };

test("an edit outlives the page unless it has more bytes than that may have", async () => {
  const asked = [];
  globalThis.fetch = async (path, options) => {
    asked.push(options.keepalive);
    return new Response("{}");
  };
  for (const text of ["a".repeat(59_000), "字".repeat(19_000), "字".repeat(22_000)]) await api.edit("t", { text });
  assert.deepEqual(asked, [true, true, false]);
});
