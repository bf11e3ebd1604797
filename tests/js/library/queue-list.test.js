import assert from "node:assert/strict";
import { test } from "node:test";
import { beforeWhich } from "../../../static/js/library/queue-list.js";

test("a job moves among those that wait, and tells before which one", () => {
  const jobs = ["r", "a", "b", "c"].map((job_id) => ({ job_id, is_running: job_id === "r" }));
  assert.equal(beforeWhich(jobs, 3, 1), "a");
  assert.equal(beforeWhich(jobs, 1, 2), "c");
  assert.equal(beforeWhich(jobs, 1, 3), null);
  for (const [from, to] of [
    [1, 0],
    [0, 1],
    [2, 2],
    [3, 4],
    [9, 1],
  ])
    assert.equal(beforeWhich(jobs, from, to), undefined);
  assert.equal(beforeWhich(jobs.slice(0, 1), 0, 0), undefined);
});
