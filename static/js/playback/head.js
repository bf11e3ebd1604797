/**
 * The line at the time in the waveform. While the sound plays the browser moves it by itself, from
 * here to the end of the window; it is set anew only where it would be elsewhere than the sound.
 */

/** A line that is so far off is set anew: less is not seen. */
const SLACK_MS = 40;

/** @param {HTMLElement} head as wide as the window it stands in, with its line at the left */
export function createHead(head) {
  /** @type {{animation: Animation, from_ms: number, pace: number, view: object} | null} */
  let run = null;

  const at = (/** @type {number} */ time_ms, /** @type {{from_ms: number, span_ms: number}} */ view) =>
    `translateX(${((time_ms - view.from_ms) / view.span_ms) * 100}%)`;
  /** Where the moving line is. */
  function shown_ms() {
    if (!run) return NaN;
    return run.from_ms + Number(run.animation.currentTime ?? 0) * run.pace;
  }
  function stop() {
    run?.animation.cancel();
    run = null;
  }

  /**
   * @param {number} time_ms
   * @param {{from_ms: number, span_ms: number}} view the window; another object where it has changed
   * @param {number} pace how fast the time goes; 0 while it stands
   */
  return function place(time_ms, view, pace) {
    const end_ms = view.from_ms + view.span_ms;
    if (pace === 0 || time_ms >= end_ms) {
      stop();
      head.style.transform = at(time_ms, view);
      return;
    }
    const isRight = run?.view === view && run.pace === pace && Math.abs(shown_ms() - time_ms) <= SLACK_MS * pace;
    if (isRight) return;
    stop();
    // Where motion is reduced by style, that is for transitions; this is the time itself.
    const frames = [{ transform: at(time_ms, view) }, { transform: at(end_ms, view) }];
    const animation = head.animate(frames, { duration: (end_ms - time_ms) / pace, fill: "forwards" });
    run = { animation, from_ms: time_ms, pace, view };
  };
}
