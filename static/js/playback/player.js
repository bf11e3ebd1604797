/**
 * Plays the recording. One of the two borders where seconds become milliseconds: the media element
 * counts in seconds, everything else here in milliseconds.
 */

/** So long at most it plays on without a look at the time: a stalled line is seen, and a jump elsewhere. */
const LOOK_MS = 250;
/** Silence is found as it comes. */
const LISTEN_MS = 60;
const SOON_MS = 4;
/** `readyState` from which on the time goes: the next moment is there, too. */
const MOVING = 3;

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/**
 * @param {HTMLMediaElement} media
 * @param {{duration_ms: number, onTime(time_ms: number): void, onState(): void,
 *   onFailed(): void, onSpeed(speed: number): void, habits(): {rewind_ms: number, skipsSilence: boolean, skipsStruck: boolean, speed: number},
 *   quietUntil(time_ms: number): number | null, struckUntil(time_ms: number): number | null, nextChange(time_ms: number): number, signal: AbortSignal}} options
 *   `quietUntil` gives the end of a silence worth skipping, `struckUntil` that of struck-out words; `duration_ms` counts until the media element knows its own; `nextChange` tells when the page
 *   shows something else than at a time; `onTime` comes then while playing, and after each jump
 */
export function createPlayer(media, options) {
  const { duration_ms, onTime, onState, onFailed, onSpeed, habits, quietUntil, struckUntil, nextChange, signal } =
    options;
  const NONE = { start_ms: 0, end_ms: Infinity };
  /** The stretch being played; playback stops at its end, or begins it again. */
  let span = NONE;
  let isLooping = false;
  let timer = 0;
  /** Where a recording goes on that could not be played. */
  let resume_s = 0;
  const time_ms = () => Math.round(media.currentTime * 1000);

  /** Stop at the end of what is played, and skip what is not to be heard. */
  const keepTime = () => {
    if (time_ms() >= span.end_ms) endOfSpan();
    if (span !== NONE) return;
    const { skipsSilence, skipsStruck } = habits();
    const to_ms = (skipsStruck && !media.paused && struckUntil(time_ms())) || (skipsSilence && quietUntil(time_ms()));
    if (to_ms) media.currentTime = to_ms / 1000;
  };
  /** How long nothing changes: as a rule until the next word, not sixty times a second. */
  const rest_ms = () => {
    const now_ms = time_ms();
    const change_ms = (Math.min(nextChange(now_ms), span.end_ms) - now_ms) / media.playbackRate;
    const most_ms = habits().skipsSilence && span === NONE ? LISTEN_MS : LOOK_MS;
    return Math.max(SOON_MS, Math.min(most_ms, change_ms));
  };
  const tick = () => {
    clearTimeout(timer);
    keepTime();
    onTime(time_ms());
    if (!media.paused) timer = Number(setTimeout(tick, rest_ms()));
  };
  function endOfSpan() {
    if (isLooping) media.currentTime = span.start_ms / 1000;
    else media.pause();
  }
  const on = (/** @type {string} */ name, /** @type {() => void} */ listener) =>
    media.addEventListener(name, listener, { signal });

  on("play", () => {
    tick();
    onState();
  });
  // What began to play only now, or goes on after a jump, is looked at from there.
  on("playing", tick);
  on("waiting", () => onTime(time_ms()));
  // A hidden tab has its timers held back.
  on("timeupdate", () => document.hidden && keepTime());
  on("pause", () => {
    onTime(time_ms());
    onState();
  });
  on("ended", onState);
  on("seeked", tick);
  on("loadedmetadata", () => {
    resume_s = 0;
    onState();
  });
  on("ratechange", () => {
    tick();
    onState();
  });
  on("error", onFailed);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    media.pause();
  });

  function applySpeed(/** @type {number} */ speed) {
    media.preservesPitch = true;
    // Else loading would set it back.
    [media.defaultPlaybackRate, media.playbackRate] = [speed, speed];
  }
  applySpeed(SPEEDS.includes(habits().speed) ? habits().speed : 1);

  const api = {
    time_ms,
    duration_ms: () => (Number.isFinite(media.duration) ? Math.round(media.duration * 1000) : duration_ms),
    isPlaying: () => !media.paused,
    /** How fast the time goes now: nothing while it is paused, or waits for the recording. */
    pace: () => (media.paused || media.seeking || media.readyState < MOVING ? 0 : media.playbackRate),
    speed: () => media.playbackRate,
    isLooping: () => isLooping,
    play() {
      [span, isLooping] = [NONE, false];
      // The promise is refused when another jump or pause overtakes it, which is no failure.
      media.play().catch(() => onState());
    },
    /** Stop, and go back a little, as the person likes it, so that the thread is found again. */
    pause() {
      [span, isLooping] = [NONE, false];
      media.pause();
      if (habits().rewind_ms) media.currentTime = Math.max(0, time_ms() - habits().rewind_ms) / 1000;
    },
    toggle: () => (media.paused ? api.play() : api.pause()),
    seek(/** @type {number} */ to_ms) {
      [span, isLooping] = [NONE, false];
      media.currentTime = Math.max(0, Math.min(to_ms, api.duration_ms())) / 1000;
      onTime(time_ms());
    },
    skip: (/** @type {number} */ by_ms) => api.seek(time_ms() + by_ms),
    /** Play a stretch and stop, or play it again and again. */
    playSpan(/** @type {number} */ start_ms, /** @type {number} */ end_ms, { isLoop = false } = {}) {
      api.seek(start_ms);
      api.play();
      [span, isLooping] = [{ start_ms: Math.max(0, start_ms), end_ms }, isLoop];
      onState();
    },
    setSpeed(/** @type {number} */ speed) {
      applySpeed(speed);
      onSpeed(speed);
    },
    /** One step faster (1) or slower (-1). */
    stepSpeed(/** @type {-1 | 1} */ by) {
      const at = SPEEDS.findIndex((speed) => speed >= media.playbackRate);
      api.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))]);
    },
    /** Go on with another file at the same place, as when a copy has been made that plays. */
    take(/** @type {string} */ address) {
      const wasPlaying = !media.paused && media.error === null;
      resume_s = media.currentTime || resume_s;
      media.src = address;
      media.currentTime = resume_s;
      if (wasPlaying) media.play().catch(() => onState());
    },
  };
  return api;
}
