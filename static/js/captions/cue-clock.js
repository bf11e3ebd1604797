/** Times of captions as a person wants to see and type them: to the millisecond, or as frames of a rate. Pure. */

import { frameAt, frameOfTimecode, frameStart, rateOf, RATES, timecode } from "../shared/frames.js";
import { parseClock, preciseClock } from "../shared/format.js";
import { decimal } from "../shared/language.js";
import { frameOf } from "../transcript/words.js";
import { strings } from "./cue-strings.js";

/** What a key moves a time by, in ms, without frames. */
const STEP_MS = 10;
const BIG_STEP_MS = 100;
/** What a key with Shift moves a time by where frames are shown. */
const BIG_STEP_FRAMES = 10;

/**
 * @typedef {{show(time_ms: number): string, length(start_ms: number, end_ms: number): string,
 *   read(text: string): number | null, noTime(text: string): string, slack_ms: number,
 *   onFrame(time_ms: number): number, step(time_ms: number, by: 1 | -1, isBig: boolean): number,
 *   byFrame(time_ms: number, by: 1 | -1): number}} CueClock
 *   onFrame: the nearest frame's beginning, or the time itself without a film; step: what an arrow key makes of a time;
 *   slack_ms: times that are no further apart may look the same
 */

/** What stands for the rate of the film, and for milliseconds. */
export const [FILM, MS] = ["film", "ms"];

/** The name of the rate that times are shown at; null for milliseconds. @param {string} shown @param {number | null | undefined} frame_us */
export const shownRate = (shown, frame_us) =>
  shown === FILM ? rateOf(frame_us) : Object.hasOwn(RATES, shown) ? shown : null;

/**
 * @param {string} shown the name of a rate, FILM or MS
 * @param {number | null | undefined} frame_us how long a frame of the film lasts
 * @returns {CueClock}
 */
export function cueClock(shown, frame_us) {
  const chosen = RATES[shownRate(shown, frame_us) ?? ""] ?? null;
  const film = RATES[rateOf(frame_us) ?? ""] ?? (frame_us ? { frames: 1e6, seconds: frame_us, counted: 0 } : null);
  const rate = chosen ?? film;
  const moved = (/** @type {number} */ time_ms, /** @type {number} */ frames) =>
    rate ? frameStart(rate, Math.max(0, frameAt(rate, time_ms) + frames)) : time_ms;
  /** @type {CueClock["byFrame"]} */
  const byFrame = (time_ms, by) => (rate ? moved(time_ms, by) : Math.max(0, time_ms + by * frameOf({ frame_us })));
  const onFrame = (/** @type {number} */ time_ms) => moved(Math.round(time_ms), 0);
  if (chosen)
    return {
      show: (time_ms) => timecode(chosen, frameAt(chosen, time_ms)),
      length(start_ms, end_ms) {
        const frames = frameAt(chosen, end_ms) - frameAt(chosen, start_ms);
        return `${Math.floor(frames / chosen.counted)}:${String(frames % chosen.counted).padStart(2, "0")}`;
      },
      read(text) {
        const frame = frameOfTimecode(chosen, text);
        if (frame !== null) return frameStart(chosen, frame);
        // Two or three numbers may be meant with frames or without.
        const time_ms = /[.,]\d+$/.test(text.trim()) ? parseClock(text) : null;
        return time_ms === null ? null : onFrame(time_ms);
      },
      noTime: (text) => strings.noTimecode(text, timecode(chosen, frameAt(chosen, 65_500))),
      slack_ms: Math.ceil((1000 * chosen.seconds) / chosen.frames / 2),
      onFrame,
      step: (time_ms, by, isBig) => moved(time_ms, by * (isBig ? BIG_STEP_FRAMES : 1)),
      byFrame,
    };
  return {
    show: preciseClock,
    length: (start_ms, end_ms) => strings.length(decimal((end_ms - start_ms) / 1000, 3)),
    read: parseClock,
    noTime: strings.noTime,
    slack_ms: 0,
    onFrame,
    step: (time_ms, by, isBig) => Math.max(0, time_ms + by * (isBig ? BIG_STEP_MS : STEP_MS)),
    byFrame,
  };
}
