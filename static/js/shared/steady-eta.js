/** How long a job still takes, told steadily: each guess of the server moves the end a little. Knows no DOM. */

/** How much of a new guess is believed. */
const SHARE = 0.2;
/** From here on minutes are told in steps of five: nobody waits for one of thirty. */
const LONG_MS = 10 * 60_000;
const STEP_MS = 5 * 60_000;

/** @param {() => number} now in ms */
export function createSteadyEta(now) {
  let id = "";
  let end_ms = 0;
  /** The guess that was taken in last: an answer that brings it again is no news. */
  let guess_ms = -1;
  /**
   * @param {{id: string, eta_ms: number | null}} job
   * @returns {number | null} in ms; null where nothing is known yet
   */
  return (job) => {
    if (job.eta_ms === null || job.eta_ms === undefined) return null;
    const guessed_ms = now() + job.eta_ms;
    if (job.id !== id) end_ms = guessed_ms;
    else if (job.eta_ms !== guess_ms) end_ms += (guessed_ms - end_ms) * SHARE;
    [id, guess_ms] = [job.id, job.eta_ms];
    const left_ms = Math.max(0, end_ms - now());
    return left_ms >= LONG_MS ? Math.round(left_ms / STEP_MS) * STEP_MS : left_ms;
  };
}
