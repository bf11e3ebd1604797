import assert from "node:assert/strict";
import { test } from "node:test";

import { leadsOn } from "../../../static/js/text/box-edges.js";

test("in a text from the right the left arrow leads on, and lines and ends are as in any", () => {
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
  const on = (/** @type {boolean} */ isRtl) => keys.filter((key) => leadsOn(key, isRtl));
  assert.deepEqual(on(false), ["ArrowRight", "ArrowDown", "End"]);
  assert.deepEqual(on(true), ["ArrowLeft", "ArrowDown", "End"]);
});
