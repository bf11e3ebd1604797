/** The peaks of a recording as the server gives them: a window of it, and the whole. */

const LEVELS = [1, 4, 20, 100];
const AGAIN_MS = 4000;
const FULL_SCALE = 128;
/** Recordings quieter than this stay small in the picture, instead of showing their noise. */
const QUIETEST = 12;

const USUAL_PX = 800;

/**
 * A stretch of peaks: lowest and highest value in turn, `level` pairs a second.
 * @typedef {{pairs: Int8Array<ArrayBufferLike>, level: number, from_ms: number}} Stretch
 */

/** The coarsest level that still gives each pixel its own pair. */
export const levelFor = (/** @type {number} */ span_ms, /** @type {number} */ pixels) =>
  LEVELS.find((level) => (span_ms / 1000) * level >= pixels) ?? LEVELS[LEVELS.length - 1];

/**
 * @param {{peaks(level: number, start_ms: number, end_ms: number): Promise<Int8Array | null>,
 *   onNear(): void, onCome(): void, signal: AbortSignal}} means
 *   onNear: another window is asked for; onCome: there is something new to draw
 */
export function createPeaks({ peaks, onNear, onCome, signal }) {
  let nearKey = "";
  let wholeKey = "";
  /** @type {Stretch} */
  let near = { pairs: new Int8Array(), level: 0, from_ms: 0 };
  /** @type {Int8Array<ArrayBufferLike>} */
  let whole = new Int8Array();
  let loudest = FULL_SCALE;

  /** Peaks come some time after the recording. */
  function again(/** @type {() => void} */ ask) {
    const timer = setTimeout(ask, AGAIN_MS);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  return {
    /** Another track is heard: what was asked for is asked for again. */
    forget: () => void (nearKey = wholeKey = ""),
    near: () => near,
    whole: () => whole,
    /** The highest value of the whole recording. */
    loudest: () => loudest,
    /**
     * Ask for a window, unless it is the one asked for last.
     * @param {() => {from_ms: number, span_ms: number, duration_ms: number, pixels: number}} windowNow
     */
    async fetchNear(windowNow) {
      const { from_ms, span_ms, duration_ms, pixels } = windowNow();
      // Where it is not shown, silence is still looked for in it.
      const level = levelFor(span_ms, pixels || USUAL_PX);
      const key = `${from_ms}:${span_ms}:${duration_ms}:${level}`;
      if (key === nearKey || duration_ms === 0) return;
      nearKey = key;
      onNear();
      const pairs = await peaks(level, from_ms, Math.min(from_ms + span_ms, duration_ms)).catch(() => null);
      if (key !== nearKey) return;
      near = { pairs: padded(pairs ?? new Int8Array(), Math.round((span_ms / 1000) * level)), level, from_ms };
      if (!pairs)
        again(() => {
          nearKey = "";
          return this.fetchNear(windowNow);
        });
      onCome();
    },
    /**
     * Ask for the whole recording, unless it was asked for.
     * @param {() => {duration_ms: number, pixels: number}} wholeNow
     */
    async fetchWhole(wholeNow) {
      const { duration_ms, pixels } = wholeNow();
      const key = `${duration_ms}`;
      if (key === wholeKey || duration_ms === 0) return;
      wholeKey = key;
      const pairs = await peaks(levelFor(duration_ms, pixels), 0, duration_ms).catch(() => null);
      whole = pairs ?? new Int8Array();
      loudest = whole.reduce((most, value) => Math.max(most, Math.abs(value)), QUIETEST);
      if (!pairs)
        again(() => {
          wholeKey = "";
          return this.fetchWhole(wholeNow);
        });
      onCome();
    },
  };
}

/** A short recording fills only a part of the window. @param {Int8Array} pairs @param {number} count */
function padded(pairs, count) {
  const full = new Int8Array(count * 2);
  full.set(pairs.subarray(0, count * 2));
  return full;
}
