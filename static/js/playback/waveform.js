/** Draws the recording from its peaks: a window around the time, and the whole. */

import { oncePerFrame } from "../shared/dom.js";
import { createHead } from "./head.js";
import { createPeaks } from "./peaks.js";
import { drawRuler, RULER_PX } from "./ruler.js";
import { quietestNear, quietUntil } from "./silence.js";

const SPANS_MS = [2_000, 5_000, 10_000, 30_000, 60_000, 180_000];
/** The window turns its page when playback has passed this share of it. */
const PAGE_AT = 0.92;

/** Where it is lower, the sound needs all of it. */
const LEAST_RULED_PX = 56;

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
 * When a window turns its page; Infinity for the last of a recording.
 * @param {{from_ms: number, span_ms: number}} view
 * @param {number} duration_ms
 */
export const turnOf = ({ from_ms, span_ms }, duration_ms) =>
  from_ms + span_ms >= duration_ms ? Infinity : from_ms + PAGE_AT * span_ms;

/**
 * The window that shows a stretch, as near as it goes in whole.
 * @param {number} start_ms
 * @param {number} end_ms
 */
export function windowAround(start_ms, end_ms) {
  const length_ms = end_ms - start_ms;
  const span_ms = SPANS_MS.find((one_ms) => one_ms >= length_ms * 1.2) ?? SPANS_MS[SPANS_MS.length - 1];
  const before_ms = Math.max(0, span_ms - length_ms) / 3;
  return { from_ms: Math.max(0, Math.round(start_ms - before_ms)), span_ms };
}

/**
 * The window one step nearer or farther, with a time in its middle.
 * @param {number} span_ms
 * @param {-1 | 1} by
 * @param {number} time_ms
 * @param {number} duration_ms
 */
export function zoomed(span_ms, by, time_ms, duration_ms) {
  const now = SPANS_MS.findIndex((one_ms) => one_ms >= span_ms);
  const next_ms = SPANS_MS[Math.max(0, Math.min(SPANS_MS.length - 1, now - by))];
  return { from_ms: Math.max(0, Math.min(time_ms - next_ms / 2, duration_ms - next_ms)), span_ms: next_ms };
}

/**
 * Times that a window shows, as shares of its width.
 * @param {readonly number[]} times_ms
 * @param {{from_ms: number, span_ms: number}} view
 */
export const marksIn = (times_ms, { from_ms, span_ms }) =>
  times_ms
    .filter((time_ms) => time_ms > from_ms && time_ms < from_ms + span_ms)
    .map((time_ms) => (time_ms - from_ms) / span_ms);

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Int8Array} pairs
 * @param {string} color
 * @param {number} loudest the highest value of the whole recording, drawn at full height
 * @param {{marks?: number[], markColor?: string, top?: number}} [options] marks: shares of the width;
 *   top: CSS pixels that stay free above
 * @returns {CanvasRenderingContext2D | null}
 */
function draw(canvas, pairs, color, loudest, { marks = [], markColor = color, top: free = 0 } = {}) {
  const scale = devicePixelRatio || 1;
  const width = (canvas.width = Math.round(canvas.clientWidth * scale));
  const whole = (canvas.height = Math.round(canvas.clientHeight * scale));
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.fillStyle = markColor;
  for (const share of marks) context.fillRect(Math.round(share * width), 0, Math.max(1, scale), whole);
  context.translate(0, free * scale);
  const height = whole - free * scale;
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
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}

/**
 * @param {{strip: HTMLElement, near: HTMLCanvasElement, whole: HTMLCanvasElement,
 *   head: HTMLElement}} parts head: the mark of the time in the near window
 * @param {{span_ms: number, pace(): number, onZoom(span_ms: number): void, peaks(level: number, start_ms: number, end_ms: number): Promise<Int8Array | null>,
 *   onSeek(time_ms: number): void, signal: AbortSignal}} actions
 *   span_ms: how much the near window shows to start with; pace: how fast the time goes now; onZoom: somebody wants to see so much from now on
 */
export function mountWaveform({ strip, near, whole, head }, { span_ms, pace, onZoom, peaks, onSeek, signal }) {
  /** @type {(() => void)[]} */
  const watchers = [];
  const onView = () => watchers.forEach((tell) => tell());
  let view = { from_ms: 0, span_ms: SPANS_MS.find((one_ms) => one_ms >= span_ms) ?? SPANS_MS[SPANS_MS.length - 1] };
  let duration_ms = 0;
  /** @type {number | null} */
  let track = null;
  let head_ms = 0;
  /** @type {readonly number[]} */
  let starts_ms = [];
  const sound = createPeaks({ peaks, onNear: onView, onCome: () => paint(), signal });
  const fetchNear = () => sound.fetchNear(() => ({ ...view, duration_ms, pixels: near.clientWidth }));

  const color = (/** @type {string} */ name) => getComputedStyle(strip).getPropertyValue(name).trim();
  const paint = oncePerFrame(() => {
    const top = near.clientHeight >= LEAST_RULED_PX ? RULER_PX : 0;
    const marks = marksIn(starts_ms, view);
    const looks = { marks, markColor: color("--wave-mark"), top };
    const context = draw(near, sound.near().pairs, color("--wave"), sound.loudest(), looks);
    const font = `11px ${getComputedStyle(strip).fontFamily}`;
    if (context && top) drawRuler(context, view, { width_px: near.clientWidth, color: color("--muted"), font });
    draw(whole, sound.whole(), color("--wave-far"), sound.loudest());
  });

  const placeLine = createHead(head);
  /** The mark stands at its time in whatever the window shows; outside of that it is not seen. */
  const placeHead = () => placeLine(head_ms, view, pace());
  /** No window is wider than the recording. */
  const within = (/** @type {number} */ wide_ms) =>
    duration_ms > 0 ? Math.min(wide_ms, Math.max(duration_ms, SPANS_MS[0])) : wide_ms;
  function show(/** @type {{from_ms: number, span_ms: number}} */ { from_ms, span_ms: wide_ms }) {
    view = { from_ms, span_ms: within(wide_ms) };
    void fetchNear();
    placeHead();
  }
  function resize() {
    void fetchNear();
    paint();
    placeHead();
    onView();
  }

  listenToPointer(near, (share) => onSeek(view.from_ms + share * view.span_ms), signal);
  watchLooks(strip, { onSize: resize, onColors: paint, signal });

  return {
    /** Moves the mark, draws only when the window turns its page. */
    time(/** @type {number} */ time_ms) {
      head_ms = time_ms;
      const from_ms = windowFor(view.from_ms, view.span_ms, time_ms, duration_ms);
      if (from_ms !== view.from_ms) show({ ...view, from_ms });
      else placeHead();
    },
    /** @param {{duration_ms: number, track: number | null, starts_ms: readonly number[]}} facts */
    update(facts) {
      if (facts.track !== track) sound.forget();
      const isSame = facts.starts_ms === starts_ms && facts.duration_ms === duration_ms;
      ({ duration_ms, track, starts_ms } = facts);
      if (within(view.span_ms) !== view.span_ms) show({ ...view, from_ms: 0 });
      void fetchNear();
      void sound.fetchWhole(() => ({ duration_ms, pixels: whole.clientWidth }));
      if (!isSame) paint();
    },
    zoom(/** @type {-1 | 1} */ by, /** @type {number} */ time_ms) {
      show(zoomed(view.span_ms, by, time_ms, duration_ms));
      onZoom(view.span_ms);
      this.time(time_ms);
    },
    view: () => view,
    /** When it shows another stretch by itself. */
    next: () => turnOf(view, duration_ms),
    /** Be told when the near window shows another stretch. */
    watch: (/** @type {() => void} */ tell) => void watchers.push(tell),
    /** Show a stretch as near as now, unless it is seen. */
    reveal(/** @type {number} */ start_ms, /** @type {number} */ end_ms) {
      const { from_ms, span_ms: wide_ms } = view;
      if (start_ms >= from_ms && end_ms <= from_ms + wide_ms) return;
      const before_ms = Math.max(wide_ms * 0.1, (wide_ms - (end_ms - start_ms)) / 2);
      show({ from_ms: Math.max(0, Math.min(start_ms - before_ms, duration_ms - wide_ms)), span_ms: wide_ms });
    },
    /** Show a stretch. */
    fit: (/** @type {number} */ start_ms, /** @type {number} */ end_ms) => show(windowAround(start_ms, end_ms)),
    ...quietPlaces(sound),
  };
}

/**
 * A press or a drag on the canvas, as a share of its width.
 * @param {HTMLCanvasElement} canvas
 * @param {(share: number) => void} onShare
 * @param {AbortSignal} signal
 */
function listenToPointer(canvas, onShare, signal) {
  const tell = (/** @type {PointerEvent} */ event) => {
    const { left, width } = canvas.getBoundingClientRect();
    onShare((event.clientX - left) / width);
  };
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      canvas.setPointerCapture(event.pointerId);
      tell(event);
    },
    { signal },
  );
  canvas.addEventListener("pointermove", (event) => event.buttons === 1 && tell(event), { signal });
}

/**
 * What asks for a new picture of the same sound.
 * @param {HTMLElement} strip
 * @param {{onSize(): void, onColors(): void, signal: AbortSignal}} actions
 */
function watchLooks(strip, { onSize, onColors, signal }) {
  const sizes = new ResizeObserver(onSize);
  sizes.observe(strip);
  signal.addEventListener("abort", () => sizes.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onColors, { signal });
}

/** Where it is quiet in the near window. @param {ReturnType<typeof createPeaks>} sound */
function quietPlaces(sound) {
  return {
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
