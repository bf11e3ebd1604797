/** Draws the recording from its peaks: a window around the time, and the whole. */

import { oncePerFrame } from "./dom.js";
import { createPeaks } from "./peaks.js";
import { quietestNear, quietUntil } from "./words.js";

const SPANS_MS = [2_000, 5_000, 10_000, 30_000, 60_000, 180_000];
/** The window turns its page when playback has passed this share of it. */
const PAGE_AT = 0.92;

/** Below this share of the loudest value there is silence. */
const QUIET_SHARE = 0.05;

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
  const sound = createPeaks({ peaks, onNear: onView, onCome: () => paint(), signal });
  const windowNow = () => ({ from_ms, span_ms: SPANS_MS[span], duration_ms, pixels: near.clientWidth });
  const fetchNear = () => sound.fetchNear(windowNow);

  const color = (/** @type {string} */ name) => getComputedStyle(strip).getPropertyValue(name).trim();
  const paint = oncePerFrame(() => {
    const to_ms = from_ms + SPANS_MS[span];
    const inside = starts_ms.filter((start) => start > from_ms && start < to_ms);
    const marks = inside.map((start) => (start - from_ms) / SPANS_MS[span]);
    draw(near, sound.near().pairs, color("--wave"), sound.loudest(), { marks, markColor: color("--wave-mark") });
    draw(whole, sound.whole(), color("--wave-far"), sound.loudest());
  });

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
      sound.fetchWhole(() => ({ duration_ms, pixels: whole.clientWidth }));
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
    quietUntil(/** @type {number} */ time_ms) {
      const { pairs, from_ms, level } = sound.near();
      return quietUntil(pairs, from_ms, level, time_ms, sound.loudest() * QUIET_SHARE);
    },
    /** A quiet place near a time, if there is one; see `quietestNear`. */
    quietest(/** @type {number} */ time_ms, /** @type {number} */ radius_ms) {
      const { pairs, from_ms, level } = sound.near();
      return quietestNear(pairs, from_ms, level, time_ms, radius_ms);
    },
  };
}
