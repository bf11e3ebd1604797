/** Draws the caption of the moment: over the video, or in a strip of the player for sound. */

import { make } from "../shared/dom.js";
import { cuesAt, nextCueChange, shownLines } from "./cues.js";

/** @param {{screen: HTMLElement, player: HTMLElement}} places */
export function createCaptionStrip({ screen, player }) {
  const strip = make("div", { class: "caption", "aria-hidden": "true", dir: "auto" });
  /** @type {readonly import("./cues.js").Cue[] | null} null while captions are not shown */
  let cues = null;
  /** @type {readonly import("./cues.js").Cue[]} */
  let shown = [];
  let last_ms = 0;
  /** @type {(cue: import("./cues.js").Cue | null) => void} */
  let onCue = () => {};

  function draw() {
    const all = cues ?? [],
      now = cuesAt(all, last_ms);
    if (now.length === shown.length && now.every((cue, index) => cue === shown[index])) return;
    shown = now;
    strip.replaceChildren(...now.flatMap((cue) => shownLines(all, cue).map((line) => make("span", {}, line))));
    onCue(now.at(-1) ?? null);
  }

  return {
    /** Tell of the cue of the moment, each time that another one is shown. */
    watch: (/** @type {typeof onCue} */ listener) => void (onCue = listener),
    speaks: (/** @type {string} */ language) => (strip.lang = language),
    time(/** @type {number} */ time_ms) {
      last_ms = time_ms;
      if (cues) draw();
    },
    /** When it shows something else than at a time. */
    next: (/** @type {number} */ time_ms) => (cues ? nextCueChange(cues, time_ms) : Infinity),
    /** @param {readonly import("./cues.js").Cue[] | null} next @param {number} [lines] room that is kept */
    show(next, lines = 2) {
      cues = next;
      if (!cues) return strip.remove();
      const place = screen.hidden ? player : screen;
      if (strip.parentElement !== place) place.prepend(strip);
      strip.style.setProperty("--lines", String(lines));
      draw();
    },
  };
}
