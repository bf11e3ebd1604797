/** The choice of how times of captions are shown: to the millisecond, or as frames of the film or of another rate. */

import { RATE_NAMES, rateOf } from "../shared/frames.js";
import { cueClock, FILM, MS, shownRate } from "./cue-clock.js";
import { strings } from "./cue-strings.js";

/**
 * @param {HTMLSelectElement} select
 * @param {{chosen: {get(): string, set(shown: string): void}, frame_us(): number | null | undefined,
 *   onChange(): void, signal: AbortSignal}} means
 */
export function mountClockChoice(select, { chosen, frame_us, onChange, signal }) {
  let made_us = frame_us();
  let clock = cueClock(chosen.get(), made_us);

  function offer() {
    const rate = rateOf(made_us);
    const names = [MS, ...(rate ? [FILM] : []), ...RATE_NAMES];
    const label = (/** @type {string} */ name) =>
      name === MS ? strings.milliseconds : name === FILM ? strings.filmFrames(rate ?? "") : strings.frames(name);
    select.replaceChildren(...names.map((name) => new Option(label(name), name)));
    select.value = chosen.get() === FILM && !rate ? MS : chosen.get();
  }
  select.addEventListener(
    "change",
    () => {
      chosen.set(select.value);
      clock = cueClock(select.value, made_us);
      onChange();
    },
    { signal },
  );
  offer();

  return {
    clock() {
      // The film may be looked at only after the page is there.
      if (frame_us() !== made_us) {
        made_us = frame_us();
        clock = cueClock(chosen.get(), made_us);
        offer();
      }
      return clock;
    },
    /** Whether times are shown as frames. */
    isInFrames: () => shownRate(chosen.get(), made_us) !== null,
  };
}
