/** What the bar above the text does: the title is changed, and the text exported as it stands. */

import * as api from "../server/api.js";
import { shownRate } from "../captions/cue-clock.js";
import { saveFile } from "../shared/dom.js";
import { problem } from "../shared/toast.js";
import { rateOf } from "../shared/frames.js";
import { timesOf } from "./rules.js";
import { createRename } from "./title.js";

/** @param {import("./page.js").Page} page */
export function topActions(page) {
  const { id, session, attempt, settings } = page;
  /** What is typed is in what is exported. */
  const whenSaved = session.whenAllSaved;
  return {
    mendedAddress: api.mendedAddress(id),
    onTitle: createRename(page),
    whenSaved,
    onDownload: (/** @type {string} */ address) =>
      attempt(async () => {
        await whenSaved();
        const { name, blob, remarks } = await api.download(address);
        saveFile(name, blob);
        if (remarks) problem(`${name}: ${remarks}.`);
      }),
    exportAddress: (
      /** @type {string} */ format,
      /** @type {string} */ preset,
      /** @type {Record<string, string>} */ choices = {},
    ) => api.exportAddress(id, format, preset, choices),
    presets: api.presets,
    lint: (/** @type {string} */ preset) => api.lint(id, preset),
    /** The one at which captions are shown, else the film's. */
    frameRate() {
      const { frame_us } = session.state().doc.media;
      return shownRate(timesOf(settings, id).get(), frame_us) ?? rateOf(frame_us) ?? "25";
    },
    chosenPreset: { get: () => settings.get().preset, set: (/** @type {string} */ preset) => settings.set({ preset }) },
  };
}
