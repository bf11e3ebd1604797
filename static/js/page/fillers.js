/** Filler words: the dialog that lists them, plays them, and strikes them out as one edit. */

import * as api from "../server/api.js";
import { find } from "../shared/dom.js";
import { offer } from "../shared/toast.js";
import { mountFillers } from "../find/fillers-dialog.js";
import { strings } from "./strings.js";

/** What is heard before and after a filler. */
const AROUND_MS = 1500;

/**
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 */
export function mountFillersHere({ id, session, attempt, signal }, { player }, { verbs }) {
  return mountFillers(/** @type {HTMLDialogElement} */ (find("#fillers")), {
    async fillers() {
      await session.whenAllSaved();
      return api.fillers(id);
    },
    play: ({ start_ms, end_ms }) => player.playSpan(Math.max(0, start_ms - AROUND_MS), end_ms + AROUND_MS),
    async strike(fillers) {
      const changes = await session.strikePlaces(
        fillers.map(({ segment_id, revision, first_word, last_word }) => ({
          segment_id,
          base_revision: revision,
          first_word,
          last_word,
        })),
      );
      offer(strings.struckOut(fillers.length), { label: strings.undo, run: verbs.typing.undo });
      return changes;
    },
    attempt,
    signal,
  });
}
