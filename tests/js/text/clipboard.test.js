import assert from "node:assert/strict";
import { test } from "node:test";
import { onOneLine } from "../../../static/js/text/clipboard.js";

test("pasted lines become one", () => {
  assert.equal(onOneLine("one\r\n  two\n\nthree"), "one two three");
});
