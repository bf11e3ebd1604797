/** Values as a person reads them. Pure. */

import { date, decimal } from "./language.js";
import { inPageWords } from "./server-words.js";
import { strings } from "./strings.js";

/** @param {number | null} time_ms as 1:05, or 1:02:05 from an hour on */
export function clock(time_ms) {
  if (time_ms === null || !Number.isFinite(time_ms)) return "–:––";
  const seconds = Math.max(0, Math.floor(time_ms / 1000));
  const pad = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** To the millisecond, as 1:05.250. @param {number} time_ms */
export const preciseClock = (time_ms) => `${clock(time_ms)}.${String(Math.round(time_ms) % 1000).padStart(3, "0")}`;

/** The inverse of `preciseClock`; takes "65.25" too, null where it is no time, as "1:75". @param {string} text */
export function parseClock(text) {
  const found = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!found) return null;
  const [h, m, s] = found.slice(1).map((part) => Number((part ?? "0").replace(",", ".")));
  if ((found[1] && m >= 60) || (found[2] && s >= 60)) return null;
  return Math.round(((h * 60 + m) * 60 + s) * 1000);
}

const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name among other facts: what is written from the right moves none of them. @param {string} name */
export const isolated = (name) => (FROM_THE_RIGHT.test(name) ? `\u2068${name}\u2069` : name);

/** @param {number} count */
export function bytes(count) {
  const units = ["B", "kB", "MB", "GB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value >= 100 || unit === 0 ? Math.round(value) : decimal(value, 1)} ${units[unit]}`;
}

/** @param {number} duration_ms in words, as "25 min" or "1 h 5 min" */
export function duration(duration_ms) {
  const minutes = Math.round(duration_ms / 60_000);
  if (duration_ms < 60_000) return `${Math.max(1, Math.round(duration_ms / 1000))} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number | null} eta_ms */
export const timeLeft = (eta_ms) => (eta_ms === null || eta_ms === undefined ? "" : strings.timeLeft(duration(eta_ms)));

/** @param {number} share in [0, 1]; never 100 % before all is done */
export const percent = (share) => `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;

/**
 * @param {number} then_ms
 * @param {number} now_ms
 */
export function ago(then_ms, now_ms) {
  const minutes = Math.floor((now_ms - then_ms) / 60_000);
  if (minutes < 1) return strings.justNow;
  if (minutes < 60) return strings.ago(`${minutes} min`);
  if (minutes < 24 * 60) return strings.ago(`${Math.floor(minutes / 60)} h`);
  return date(then_ms);
}

/**
 * What was heard of the text and written of the sound, in one sentence. At most two remarks follow it.
 * @param {null | {written_share: number, unwritten_ms: number, remarks?: {text: string}[]}} coverage
 */
export function coverageSentence(coverage, isAll = true) {
  if (!coverage || typeof coverage.written_share !== "number") return "";
  const heard = strings.recognised(percent(coverage.written_share), isAll);
  const missing = coverage.unwritten_ms || 0;
  const sentence = missing < 1000 ? `${heard}.` : `${heard}; ${strings.missing(duration(missing))}.`;
  return [sentence, ...(coverage.remarks || []).slice(0, 2).map((remark) => inPageWords(remark.text))].join(" ");
}
