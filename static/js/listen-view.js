/** The dialog that has the recording listened to again, with another model or in another language. */

import { find } from "./dom.js";
import { mountModelChoice } from "./model-choice.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{models(): Promise<any>, listen(choice: {model: string, language: string | null, trusted: boolean}): Promise<any>,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} actions
 */
export function mountListen(dialog, { models, listen, attempt, signal }) {
  const choice = mountModelChoice(dialog, models);
  find("[data-part=cancel]", dialog).addEventListener("click", () => dialog.close(), { signal });
  find("form", dialog).addEventListener("submit", () => attempt(() => listen(choice.chosen())), { signal });
  return {
    /** @param {import("./document.js").Doc} doc */
    open({ model, language, order }) {
      dialog.showModal();
      choice.offerTrust(order.length > 0);
      attempt(() => choice.load({ model, language: language ?? "" }));
    },
  };
}
