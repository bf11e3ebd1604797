/** Times as frames at the rates of film and television, and as their timecode. Pure. */

/**
 * Frames a second as a fraction, how many timecode counts, and whether it leaves some numbers out (SMPTE 12M).
 * @typedef {{frames: number, seconds: number, counted: number, isDrop?: boolean}} Rate
 */

/** By the names that the server knows, too. @type {Readonly<Record<string, Rate>>} */
export const RATES = {
  23.976: { frames: 24_000, seconds: 1001, counted: 24 },
  24: { frames: 24, seconds: 1, counted: 24 },
  25: { frames: 25, seconds: 1, counted: 25 },
  29.97: { frames: 30_000, seconds: 1001, counted: 30 },
  "29.97df": { frames: 30_000, seconds: 1001, counted: 30, isDrop: true },
  30: { frames: 30, seconds: 1, counted: 30 },
  50: { frames: 50, seconds: 1, counted: 50 },
  59.94: { frames: 60_000, seconds: 1001, counted: 60 },
  60: { frames: 60, seconds: 1, counted: 60 },
};
/** Their names, slow ones first. */
export const RATE_NAMES = ["23.976", "24", "25", "29.97", "29.97df", "30", "50", "59.94", "60"];

/** So far, of a frame's length, what a film tells may be off. */
const TOLD_SHARE = 0.0004;

/**
 * The rate of a film whose frames last so long; null where it is none of these, as where they last unequally.
 * @param {number | null | undefined} frame_us
 */
export function rateOf(frame_us) {
  if (!frame_us) return null;
  const lasts_us = (/** @type {Rate} */ { frames, seconds }) => (seconds / frames) * 1e6;
  return RATE_NAMES.find((name) => Math.abs(lasts_us(RATES[name]) / frame_us - 1) < TOLD_SHARE) ?? null;
}

/** The frame that is nearest to a time, counted from 0. @param {Rate} rate @param {number} time_ms */
export const frameAt = ({ frames, seconds }, time_ms) => Math.round((time_ms * frames) / (1000 * seconds));

/** When a frame begins, to the millisecond. @param {Rate} rate @param {number} frame */
export const frameStart = ({ frames, seconds }, frame) => Math.round((frame * 1000 * seconds) / frames);

/** A frame as 01:02:03:04, of drop-frame as 01:02:03;04. @param {Rate} rate @param {number} frame */
export function timecode({ counted, isDrop }, frame) {
  let number = frame;
  if (isDrop) {
    const [tens, rest] = [Math.floor(frame / 17_982), frame % 17_982];
    number += 18 * tens + 2 * Math.max(0, Math.floor((rest - 2) / 1798));
  }
  const seconds = Math.floor(number / counted);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, number % counted];
  const [h, m, s, f] = parts.map((part) => String(part).padStart(2, "0"));
  return `${h}:${m}:${s}${isDrop ? ";" : ":"}${f}`;
}

/**
 * The inverse of `timecode`; null where there is no such frame, as 00:01:00;00.
 * @param {Rate} rate
 * @param {string} text
 */
export function frameOfTimecode({ counted, isDrop }, text) {
  const found = /^(\d{1,3}):(\d{1,2}):(\d{1,2})[:;.](\d{1,2})$/.exec(text.trim());
  if (!found) return null;
  const [h, m, s, f] = found.slice(1).map(Number);
  if (m >= 60 || s >= 60 || f >= counted) return null;
  const minutes = h * 60 + m;
  if (isDrop && s === 0 && f < 2 && minutes % 10 > 0) return null;
  const dropped = isDrop ? 2 * (minutes - Math.floor(minutes / 10)) : 0;
  return (minutes * 60 + s) * counted + f - dropped;
}
