import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, Unreachable } from "../../../static/js/server/http.js";
import { untilAnswered } from "../../../static/js/server/retry.js";

/** What comes of a question that meets these errors before it is answered, and how often it was asked. */
async function asked(context, errors, signal = new AbortController().signal) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let times = 0;
  const answer = untilAnswered(async () => {
    times += 1;
    if (errors.length > 0) throw errors.shift();
    return "here";
  }, signal);
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((go) => setImmediate(go));
    context.mock.timers.tick(30_000);
  }
  context.mock.timers.reset();
  return [await answer, times];
}

test("it is asked until the server answers", async (context) => {
  const failed = new ApiError(500, {}, {});
  assert.deepEqual(await asked(context, [new Unreachable(), failed, new Unreachable("", 5000)]), ["here", 4]);
});

test("nothing more is asked of a transcript that is gone, or by a page that is left", async (context) => {
  const gone = new ApiError(404, {}, { error: { kind: "transcript" } });
  assert.deepEqual(await asked(context, [gone]), [null, 1]);
  assert.deepEqual(await asked(context, [], AbortSignal.abort()), [null, 0]);
});

test("what is refused, or breaks, is thrown", async (context) => {
  for (const error of [new ApiError(422, { message: "No." }, {}), new TypeError("broken")])
    await assert.rejects(
      untilAnswered(() => Promise.reject(error), new AbortController().signal),
      error,
    );
});
