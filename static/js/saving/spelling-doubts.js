/**
 * Keeps the doubts about spellings up to date. They come from the whole text, so they are asked
 * for a little after it changed, the more seldom the longer the answer takes. Knows no DOM.
 */

const REST_MS = 1500;
/** The server works on them no more than a tenth of the time. */
const SHARE = 10;

/**
 * @param {{names(): Promise<{segments: import("../transcript/transcript.js").Spelled[]}>,
 *   take(segments: import("../transcript/transcript.js").Spelled[]): void, isBusy(): boolean,
 *   later(run: () => void, wait_ms: number): void, now(): number}} means
 *   isBusy: a job is changing the text's times and doubts
 */
export function createSpellingDoubts({ names, take, isBusy, later, now }) {
  /** @type {unknown} */
  let known = null;
  let isWaiting = false;
  let wait_ms = 0;

  async function ask() {
    isWaiting = false;
    const started_ms = now();
    const answer = await names().catch(() => null);
    wait_ms = Math.max(REST_MS, SHARE * (now() - started_ms));
    if (answer) take(answer.segments);
  }

  return {
    /** The texts may have changed; they have where `texts` is another. */
    update(/** @type {unknown} */ texts) {
      if (texts === known || isWaiting || isBusy()) return;
      known = texts;
      isWaiting = true;
      later(ask, wait_ms);
    },
  };
}
