import assert from "node:assert/strict";
import { test } from "node:test";
import { titleOf } from "../../../static/js/page/job-end.js";

test("the title of the tab tells how far the transcription is, and its end until it is seen", () => {
  assert.equal(titleOf("Talk", { fraction: 0.374 }, false), "37 % · Talk");
  assert.equal(titleOf("Talk", undefined, true), "✓ Talk");
  assert.equal(titleOf("Talk", undefined, false), "Talk · Transcript Editor");
});
