/** Where the shots of the film begin: found on request, told in the panel, and drawn on the waveform. */

import { arrange, find, make, setText } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { untilAnswered } from "../server/retry.js";
import { isActive } from "../transcript/transcript.js";
import { strings } from "./strings.js";

/** More lines are a grey area. */
const MOST_LINES = 200;

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} lines over the waveform
 * @param {{doc(): import("../transcript/transcript.js").Doc, shots(): Promise<{until_ms: number, starts_ms: number[]}>,
 *   find(): Promise<any>, waveform: Pick<ReturnType<typeof import("../playback/waveform.js").mountWaveform>, "view" | "watch">,
 *   onFound(): void, attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 *   onFound: captions are judged anew
 */
export function mountShots(panel, lines, { doc, shots, find: search, waveform, onFound, attempt, signal }) {
  const part = (/** @type {string} */ name) => find(`[data-part="${name}"]`, panel);
  let found = { until_ms: 0, starts_ms: /** @type {readonly number[]} */ ([]) };
  /** How the jobs stood when it was asked for last. @type {string | null} */
  let known = null;
  const jobsNow = () => doc().jobs.filter(({ kind }) => kind === "shots");
  const isWorking = () => jobsNow().some(isActive);

  async function load() {
    const answer = await untilAnswered(shots, signal);
    if (!answer) return;
    found = answer;
    show();
    draw();
    onFound();
  }

  function show() {
    part("film").hidden = !doc().media.has_video;
    const { until_ms, starts_ms } = found;
    const isWhole = until_ms >= (doc().media.duration_ms ?? 0);
    const until = strings.shotsUntil(starts_ms.length, clock(until_ms));
    setText(part("shots"), until_ms === 0 ? strings.noShotsYet : isWhole ? strings.shots(starts_ms.length) : until);
    setText(part("find-shots"), until_ms === 0 ? strings.findShots : isWhole ? strings.findAgain : strings.goOn);
    part("find-shots").hidden = isWorking();
  }

  function draw() {
    const { from_ms, span_ms } = waveform.view();
    const seen = found.starts_ms.filter((at_ms) => at_ms >= from_ms && at_ms < from_ms + span_ms);
    const shown = seen.length > MOST_LINES ? [] : seen;
    arrange(
      lines,
      shown.map((at_ms) => {
        const line = make("span", {});
        line.style.left = `${((at_ms - from_ms) / span_ms) * 100}%`;
        return line;
      }),
    );
  }

  part("find-shots").addEventListener("click", () => attempt(search), { signal });
  waveform.watch(draw);

  return {
    starts_ms: () => found.starts_ms,
    /** Jobs may have begun or ended. */
    update() {
      show();
      const now = jobsNow()
        .map(({ id, state }) => `${id} ${state}`)
        .join();
      if (now === known) return;
      known = now;
      if (isWorking()) return;
      void attempt(load);
    },
  };
}
