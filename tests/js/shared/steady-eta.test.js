import assert from "node:assert/strict";
import { test } from "node:test";
import { createSteadyEta } from "../../../static/js/shared/steady-eta.js";

const MIN_MS = 60_000;

test("guesses that jump move the end little by little, and the same guess again does not", () => {
  let now_ms = 0;
  const left = createSteadyEta(() => now_ms);
  const told = [4, 34, 34, 19].map((minutes) => {
    now_ms += 1000;
    return Math.round((left({ id: "a", eta_ms: minutes * MIN_MS }) ?? 0) / MIN_MS);
  });
  assert.deepEqual(told, [4, 10, 10, 10]);
});

test("the time goes on between two guesses, and another job begins anew", () => {
  let now_ms = 0;
  const left = createSteadyEta(() => now_ms);
  assert.equal(left({ id: "a", eta_ms: 90_000 }), 90_000);
  now_ms = 30_000;
  assert.equal(left({ id: "a", eta_ms: 90_000 }), 60_000);
  assert.equal(left({ id: "b", eta_ms: 5000 }), 5000);
  assert.equal(left({ id: "b", eta_ms: null }), null);
});
