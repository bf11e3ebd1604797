/** The panel of the captions beside the text: its place between the bars, and what it asks for. */

import * as api from "../server/api.js";
import { mountCaptions } from "../captions/captions-panel.js";
import { FILM, MS } from "../captions/cue-clock.js";
import { find } from "../shared/dom.js";

/**
 * The panel of the captions and their rules.
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 */
export function mountRules(
  { id, session, settings, attempt, ceiling, floor, signal },
  { player, strip, waveform },
  { verbs, place: placeNow, onReveal },
) {
  const panel = find("#captions");
  const place = () => {
    panel.style.setProperty("--ceiling", `${ceiling()}px`);
    panel.style.setProperty("--floor", `${innerHeight - floor()}px`);
  };
  const watch = new ResizeObserver(place);
  [find("#top"), find("#player"), document.body].forEach((element) => watch.observe(element));
  signal.addEventListener("abort", () => watch.disconnect());
  const captions = mountCaptions(panel, find("#cues"), {
    presets: () => api.presets(session.state().doc.language),
    save: api.savePreset,
    read: api.readPreset,
    forget: api.forgetPreset,
    unsaved: {
      get: () => ("name" in settings.get().rules ? /** @type {any} */ ({ shot_ms: 0, ...settings.get().rules }) : null),
      set: (rules) => settings.set({ rules: rules ?? {} }),
    },
    captions: (rules) => api.captions(id, rules),
    fix: session.breakAnew,
    film: {
      shots: () => api.shots(id),
      find: async () => session.job(await api.findShots(id)),
      lines: find("#shot-lines"),
    },
    show: strip.show,
    goTo: (segment_id, start_ms) => {
      player.seek(start_ms);
      if (segment_id) verbs.focus(segment_id, 0);
    },
    list: { session, player, waveform, boxes: find("#cue-times"), times: timesOf(settings, id), ceiling, floor },
    onClose(segment_id) {
      const { id: last_id, offset } = placeNow();
      if (segment_id === null) verbs.focus(last_id, offset);
      else verbs.focus(segment_id, 0);
    },
    attempt,
    signal,
  });
  strip.watch(captions.time);
  onReveal(captions.leaveList);
  return captions;
}

/** Of so many transcripts the frames that were chosen for them are known. */
const MOST_RATES = 200;

/**
 * How times of captions are shown: at a rate that was chosen for this transcript, else as one did last.
 * @param {import("./page.js").Page["settings"]} settings
 * @param {string} id
 */
export function timesOf(settings, id) {
  return {
    get: () => settings.get().cueRates[id] ?? settings.get().cueTimes,
    set(/** @type {string} */ shown) {
      const others = Object.entries(settings.get().cueRates).filter(([one]) => one !== id);
      const own = shown === FILM || shown === MS ? [] : [[id, shown]];
      const cueRates = Object.fromEntries([...others.slice(1 - MOST_RATES), ...own]);
      settings.set({ cueRates, ...(own.length > 0 ? {} : { cueTimes: shown }) });
    },
  };
}
