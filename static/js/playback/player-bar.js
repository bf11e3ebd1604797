/** The bar that plays: buttons, time, speed, position, waveform, and the way back to the place. */

import { find, setText } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { SPEEDS } from "./player.js";
import { strings } from "./strings.js";

const SKIP_MS = 3000;
/** How far to go back on pause. */
const REWINDS_MS = [0, 500, 1000, 2000];

/**
 * @param {HTMLElement} element
 * @param {{player: ReturnType<typeof import("./player.js").createPlayer>,
 *   waveform: ReturnType<typeof import("./waveform.js").mountWaveform>,
 *   settings: ReturnType<typeof import("../shared/settings.js").openSettings>,
 *   onReturn(): void, signal: AbortSignal}} parts
 */
export function mountPlayerBar(element, { player, waveform, settings, onReturn, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  const [toggle, time, total, speed, seek, back] = ["toggle", "time", "total", "speed", "seek", "return"].map(part);
  for (const value of SPEEDS) speed.append(new Option(`${value}×`, String(value)));

  const does = (/** @type {HTMLElement} */ control, /** @type {string} */ event, /** @type {() => void} */ run) =>
    control.addEventListener(event, run, { signal });
  does(part("back"), "click", () => player.skip(-SKIP_MS));
  does(part("forward"), "click", () => player.skip(SKIP_MS));
  does(part("closer"), "click", () => waveform.zoom(1, player.time_ms()));
  does(part("wider"), "click", () => waveform.zoom(-1, player.time_ms()));
  does(speed, "change", () => player.setSpeed(Number(speed.value)));
  does(seek, "input", () => player.seek(Number(seek.value)));
  does(back, "click", onReturn);
  const [skip, skipStruck, rewind, more] = ["skip", "skip-struck", "rewind", "more"].map(part);
  does(more, "click", () => {
    const isOpen = element.classList.toggle("has-more");
    more.setAttribute("aria-expanded", String(isOpen));
  });
  for (const ms of REWINDS_MS)
    rewind.append(new Option(ms ? strings.secondsBack(ms / 1000) : strings.stay, String(ms)));
  const showSettings = () => {
    skip.setAttribute("aria-pressed", String(settings.get().skipsSilence));
    skipStruck.setAttribute("aria-pressed", String(settings.get().skipsStruck));
    rewind.value = String(settings.get().rewind_ms);
  };
  does(skip, "click", () => {
    settings.set({ skipsSilence: !settings.get().skipsSilence });
    showSettings();
  });
  does(skipStruck, "click", () => {
    settings.set({ skipsStruck: !settings.get().skipsStruck });
    showSettings();
  });
  does(rewind, "change", () => settings.set({ rewind_ms: Number(rewind.value) }));
  showSettings();

  return {
    /** When it shows another time. @param {number} time_ms */
    next: (time_ms) => (Math.floor(time_ms / 1000) + 1) * 1000,
    time(/** @type {number} */ time_ms) {
      setText(time, clock(time_ms));
      // While it plays the position moves with the seconds: each of its moves is drawn and told.
      const least_ms = player.isPlaying() ? 950 : 250;
      if (Math.abs(Number(seek.value) - time_ms) >= least_ms) {
        seek.value = String(time_ms);
        seek.setAttribute("aria-valuetext", strings.positionOf(clock(time_ms), clock(player.duration_ms())));
        seek.style.setProperty("--share", String(time_ms / Math.max(1, player.duration_ms())));
      }
      waveform.time(time_ms);
    },
    /** @param {{isAway: boolean, track: number | null, starts_ms: readonly number[]}} facts */
    update({ isAway, track, starts_ms }) {
      const isPlaying = player.isPlaying();
      element.classList.toggle("is-playing", isPlaying);
      toggle.setAttribute("aria-label", isPlaying ? strings.pause : strings.play);
      setText(total, clock(player.duration_ms()));
      seek.max = String(player.duration_ms());
      speed.value = String(player.speed());
      back.hidden = !isAway;
      part("loop").setAttribute("aria-pressed", String(player.isLooping()));
      waveform.update({ duration_ms: player.duration_ms(), track, starts_ms });
    },
  };
}
