/**
 * The dialog that has the recording listened to again: with another model, in another language, another track
 * of it.
 */

import { find } from "../shared/dom.js";
import { mountModelChoice } from "../shared/model-choice.js";
import { trackName } from "../shared/progress-sentences.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{models(): Promise<any>, listen(choice: {model: string, language: string | null, trusted: boolean, track: number | null}): Promise<any>,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} actions
 */
export function mountRealign(dialog, { models, listen, attempt, signal }) {
  const choice = mountModelChoice(dialog, models);
  const track = /** @type {HTMLSelectElement} */ (find("[data-part=track]", dialog));
  const chosen = () => ({ ...choice.chosen(), track: Number(track.value) || null });
  find("[data-part=cancel]", dialog).addEventListener("click", () => dialog.close(), { signal });
  find("form", dialog).addEventListener("submit", () => attempt(() => listen(chosen())), { signal });
  return {
    /** @param {import("../transcript/transcript.js").Doc} doc */
    open({ model, language, order, media, track: heard, tracks }) {
      dialog.showModal();
      choice.offerTrust(order.length > 0);
      choice.tellLength(media.duration_ms);
      /** @type {HTMLElement} */ (find("[data-part=tracks]", dialog)).hidden = tracks.length < 2;
      track.replaceChildren(...tracks.map((name, at) => new Option(trackName(name, at), String(at + 1))));
      track.value = String(heard ?? "");
      void attempt(() => choice.load({ model, language: language ?? "" }));
    },
  };
}
