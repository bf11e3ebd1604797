/**
 * The dialog that has the recording listened to again: with another model, in another language, another track
 * of it.
 */

import { find } from "../shared/dom.js";
import { mountModelChoice } from "../shared/model-choice.js";
import { trackName } from "../shared/progress-sentences.js";
import { strings } from "./strings.js";

/** Chosen in the place of a track: all of them, of which each is a person's. */
const EACH_ALONE = "each-alone";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{models(): Promise<any>, listen(choice: {model: string, language: string | null, trusted: boolean, track: number | null,
 *   each_alone: boolean}): Promise<any>,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} actions
 */
export function mountRealign(dialog, { models, listen, attempt, signal }) {
  const choice = mountModelChoice(dialog, models);
  const track = /** @type {HTMLSelectElement} */ (find("[data-part=track]", dialog));
  const chosen = () => ({
    ...choice.chosen(),
    track: Number(track.value) || null,
    each_alone: track.value === EACH_ALONE,
  });
  find("[data-part=cancel]", dialog).addEventListener("click", () => dialog.close(), { signal });
  find("form", dialog).addEventListener("submit", () => attempt(() => listen(chosen())), { signal });
  return {
    /** @param {import("../transcript/transcript.js").Doc} doc */
    open({ model, language, order, media, track: heard, tracks }) {
      dialog.showModal();
      choice.offerTrust(order.length > 0);
      choice.tellLength(media.duration_ms);
      /** @type {HTMLElement} */ (find("[data-part=tracks]", dialog)).hidden = tracks.length < 2;
      track.replaceChildren(
        ...tracks.map((name, at) => new Option(trackName(name, at), String(at + 1))),
        new Option(strings.eachAlone, EACH_ALONE),
      );
      track.value = String(heard ?? "");
      void attempt(() => choice.load({ model, language: language ?? "" }));
    },
  };
}
