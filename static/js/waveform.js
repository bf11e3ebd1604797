/** Draws the recording from the server's peaks: a window around the time, and the whole. */

import { oncePerFrame } from "./dom.js";
import { quietestNear, quietUntil } from "./words.js";

const LEVELS = [1, 4, 20, 100];
const SPANS_MS = [2_000, 5_000, 10_000, 30_000, 60_000, 180_000];
const AGAIN_MS = 4000;
/** The window turns its page when playback has passed this share of it. */
const PAGE_AT = 0.92;

const FULL_SCALE = 128;
/** Recordings quieter than this stay small in the picture, instead of showing their noise. */
const QUIETEST = 12;
/** Below this share of the loudest value there is silence. */
const QUIET_SHARE = 0.05;

/** The coarsest level that still gives each pixel its own pair. */
export const levelFor = (/** @type {number} */ span_ms, /** @type {number} */ pixels) =>
  LEVELS.find((level) => (span_ms / 1000) * level >= pixels) ?? LEVELS[LEVELS.length - 1];

/**
 * Where a window of `span_ms` stands so that a time is in it; it stays while the time is inside.
 * @param {number} from_ms where it stands
 * @param {number} span_ms
 * @param {number} time_ms
 * @param {number} duration_ms
 */
export function windowFor(from_ms, span_ms, time_ms, duration_ms) {
  const share = (time_ms - from_ms) / span_ms;
  const isLast = from_ms + span_ms >= duration_ms;
  if (share >= 0 && (share < PAGE_AT || (isLast && share <= 1))) return from_ms;
  return Math.max(0, Math.min(time_ms - span_ms * 0.08, duration_ms - span_ms));
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Int8Array} pairs
 * @param {string} color
 * @param {number} loudest the highest value of the whole recording, drawn at full height
 * @param {{marks?: number[], markColor?: string}} [options] marks: shares of the width
 */
function draw(canvas, pairs, color, loudest, { marks = [], markColor = color } = {}) {
  const scale = devicePixelRatio || 1;
  const width = (canvas.width = Math.round(canvas.clientWidth * scale));
  const height = (canvas.height = Math.round(canvas.clientHeight * scale));
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = markColor;
  for (const share of marks) context.fillRect(Math.round(share * width), 0, Math.max(1, scale), height);
  context.fillStyle = color;
  const count = pairs.length / 2;
  const column = Math.max(1, Math.round(scale));
  for (let x = 0; x < width && count > 0; x += column) {
    const first = Math.floor((x / width) * count);
    const after = Math.max(first + 1, Math.floor(((x + column) / width) * count));
    let [low, high] = [0, 0];
    for (let pair = first; pair < after && pair < count; pair += 1) {
      low = Math.min(low, pairs[2 * pair]);
      high = Math.max(high, pairs[2 * pair + 1]);
    }
    const top = (1 - high / loudest) * (height / 2);
    const tall = Math.max(scale, ((high - low) / (2 * loudest)) * height);
    context.fillRect(x, top, column, tall);
  }
}

/**
 * @param {{strip: HTMLElement, near: HTMLCanvasElement, whole: HTMLCanvasElement,
 *   head: HTMLElement}} parts head: the mark of the time in the near window
 * @param {{peaks(level: number, start_ms: number, end_ms: number): Promise<Int8Array>,
 *   onSeek(time_ms: number): void, onView(): void, signal: AbortSignal}} actions
 *   onView: the near window shows another stretch now
 */
export function mountWaveform({ strip, near, whole, head }, { peaks, onSeek, onView, signal }) {
  let span = SPANS_MS.indexOf(30_000);
  let from_ms = 0;
  let duration_ms = 0;
  /** @type {readonly number[]} */
  let starts_ms = [];
  let loudest = FULL_SCALE;
  let nearKey = "";
  let wholeKey = "";
  /** @type {Int8Array<ArrayBufferLike>} */
  let nearPairs = new Int8Array();
  let nearLevel = 0;
  let nearFrom_ms = 0;
  /** @type {Int8Array<ArrayBufferLike>} */
  let wholePairs = new Int8Array();

  const color = (/** @type {string} */ name) => getComputedStyle(strip).getPropertyValue(name).trim();
  const paint = oncePerFrame(() => {
    const to_ms = from_ms + SPANS_MS[span];
    const inside = starts_ms.filter((start) => start > from_ms && start < to_ms);
    const marks = inside.map((start) => (start - from_ms) / SPANS_MS[span]);
    draw(near, nearPairs, color("--wave"), loudest, { marks, markColor: color("--wave-mark") });
    draw(whole, wholePairs, color("--wave-far"), loudest);
  });

  async function fetchNear() {
    const key = `${from_ms}:${span}:${duration_ms}`;
    if (key === nearKey || duration_ms === 0) return;
    nearKey = key;
    onView();
    const level = levelFor(SPANS_MS[span], near.clientWidth);
    const end_ms = from_ms + SPANS_MS[span];
    const pairs = await peaks(level, from_ms, Math.min(end_ms, duration_ms)).catch(() => null);
    if (key !== nearKey) return;
    [nearLevel, nearFrom_ms] = [level, Number(key.split(":", 1))];
    nearPairs = padded(pairs ?? new Int8Array(), Math.round((SPANS_MS[span] / 1000) * level));
    if (!pairs) again(() => ((nearKey = ""), fetchNear()));
    paint();
  }

  async function fetchWhole() {
    const key = `${duration_ms}`;
    if (key === wholeKey || duration_ms === 0) return;
    wholeKey = key;
    const pairs = await peaks(levelFor(duration_ms, whole.clientWidth), 0, duration_ms).catch(() => null);
    wholePairs = pairs ?? new Int8Array();
    loudest = wholePairs.reduce((most, value) => Math.max(most, Math.abs(value)), QUIETEST);
    if (!pairs) again(() => ((wholeKey = ""), fetchWhole()));
    paint();
  }

  /** Peaks come some time after the recording. */
  function again(/** @type {() => void} */ ask) {
    const timer = setTimeout(ask, AGAIN_MS);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  /** A short recording fills only a part of the window. */
  function padded(/** @type {Int8Array} */ pairs, /** @type {number} */ count) {
    const full = new Int8Array(count * 2);
    full.set(pairs.subarray(0, count * 2));
    return full;
  }

  const seekAt = (/** @type {PointerEvent} */ event) => {
    const { left, width } = near.getBoundingClientRect();
    onSeek(from_ms + ((event.clientX - left) / width) * SPANS_MS[span]);
  };
  near.addEventListener("pointerdown", (event) => (near.setPointerCapture(event.pointerId), seekAt(event)), { signal });
  near.addEventListener("pointermove", (event) => event.buttons === 1 && seekAt(event), { signal });
  const sizes = new ResizeObserver(() => (paint(), onView()));
  sizes.observe(strip);
  signal.addEventListener("abort", () => sizes.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint, { signal });

  return {
    /** At frame rate: moves the mark, draws only when the window turns its page. */
    time(/** @type {number} */ time_ms) {
      const next = windowFor(from_ms, SPANS_MS[span], time_ms, duration_ms);
      if (next !== from_ms) {
        from_ms = next;
        fetchNear();
      }
      const share = (time_ms - from_ms) / SPANS_MS[span];
      head.style.transform = `translateX(${share * near.clientWidth}px)`;
    },
    /** @param {{duration_ms: number, starts_ms: readonly number[]}} facts */
    update(facts) {
      const isSame = facts.starts_ms === starts_ms && facts.duration_ms === duration_ms;
      ({ duration_ms, starts_ms } = facts);
      fetchNear();
      fetchWhole();
      if (!isSame) paint();
    },
    zoom(/** @type {-1 | 1} */ by, /** @type {number} */ time_ms) {
      span = Math.max(0, Math.min(SPANS_MS.length - 1, span - by));
      from_ms = Math.max(0, Math.min(time_ms - SPANS_MS[span] / 2, duration_ms - SPANS_MS[span]));
      fetchNear();
      this.time(time_ms);
    },
    view: () => ({ from_ms, span_ms: SPANS_MS[span] }),
    /** Show a stretch, as near as it goes in whole. */
    fit(/** @type {number} */ start_ms, /** @type {number} */ end_ms) {
      const wide_ms = (end_ms - start_ms) * 1.2;
      span = Math.max(0, SPANS_MS.findIndex((span_ms) => span_ms >= wide_ms));
      from_ms = Math.max(0, Math.round(start_ms - (SPANS_MS[span] - end_ms + start_ms) / 3));
      fetchNear();
    },
    /** The end of a silence worth skipping; see the function of this name. */
    quietUntil: (/** @type {number} */ time_ms) => quietUntil(nearPairs, nearFrom_ms, nearLevel, time_ms, loudest * QUIET_SHARE),
    /** A quiet place near a time, if there is one; see `quietestNear`. */
    quietest: (/** @type {number} */ time_ms, /** @type {number} */ radius_ms) =>
      quietestNear(nearPairs, nearFrom_ms, nearLevel, time_ms, radius_ms),
  };
}
