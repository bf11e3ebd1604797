/**
 * Plays the recording. One of the two borders where seconds become milliseconds: the media element
 * counts in seconds, everything else here in milliseconds.
 */

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/**
 * @param {HTMLMediaElement} media
 * @param {{duration_ms: number, onTime(time_ms: number): void, onState(): void,
 *   onFailed(): void, signal: AbortSignal}} options
 *   `duration_ms` counts until the media element knows its own; `onTime` comes at frame rate while
 *   playing and after each jump
 */
export function createPlayer(media, { duration_ms, onTime, onState, onFailed, signal }) {
  let span_end_ms = Infinity;
  let frame = 0;
  const time_ms = () => Math.round(media.currentTime * 1000);

  const tick = () => {
    if (time_ms() >= span_end_ms) api.pause();
    onTime(time_ms());
    frame = media.paused ? 0 : requestAnimationFrame(tick);
  };
  const on = (/** @type {string} */ name, /** @type {() => void} */ listener) =>
    media.addEventListener(name, listener, { signal });

  on("play", () => (cancelAnimationFrame(frame), tick(), onState()));
  on("pause", () => (onTime(time_ms()), onState()));
  on("ended", onState);
  on("seeked", () => onTime(time_ms()));
  on("loadedmetadata", onState);
  on("ratechange", onState);
  on("error", onFailed);
  signal.addEventListener("abort", () => (cancelAnimationFrame(frame), media.pause()));

  const api = {
    time_ms,
    duration_ms: () => (Number.isFinite(media.duration) ? Math.round(media.duration * 1000) : duration_ms),
    isPlaying: () => !media.paused,
    speed: () => media.playbackRate,
    play() {
      span_end_ms = Infinity;
      // The promise is refused when another jump or pause overtakes it, which is no failure.
      media.play().catch(() => onState());
    },
    pause() {
      span_end_ms = Infinity;
      media.pause();
    },
    toggle: () => (media.paused ? api.play() : api.pause()),
    seek(/** @type {number} */ to_ms) {
      span_end_ms = Infinity;
      media.currentTime = Math.max(0, Math.min(to_ms, api.duration_ms())) / 1000;
      onTime(time_ms());
    },
    skip: (/** @type {number} */ by_ms) => api.seek(time_ms() + by_ms),
    /** Play a stretch and stop. */
    playSpan(/** @type {number} */ start_ms, /** @type {number} */ end_ms) {
      api.seek(start_ms);
      api.play();
      span_end_ms = end_ms;
    },
    setSpeed(/** @type {number} */ speed) {
      media.preservesPitch = true;
      media.playbackRate = speed;
    },
    /** One step faster (1) or slower (-1). */
    stepSpeed(/** @type {-1 | 1} */ by) {
      const at = SPEEDS.findIndex((speed) => speed >= media.playbackRate);
      api.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))]);
    },
    /** Try the recording again, as when a playable copy has been made. */
    reload: () => media.load(),
  };
  return api;
}
