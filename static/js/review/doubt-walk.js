/** Leads from doubt to doubt through the text, and does what is asked of the one that is shown. */

import { createShownDoubt } from "./doubt-in-text.js";
import { bothReadings, nextDoubt, openDoubts } from "../transcript/doubts.js";
import { announce } from "../shared/dom.js";

/**
 * @param {HTMLElement} card
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   text: ReturnType<typeof import("../text/text-view.js").mountText>,
 *   painter: ReturnType<typeof import("../text/highlights.js").createPainter>,
 *   doubtVerbs: ReturnType<typeof import("./doubt-commands.js").createDoubtVerbs>,
 *   caret(): {id: string, offset: number} | null, floor(): number,
 *   surface: HTMLElement, signal: AbortSignal}} parts
 */
export function createDoubtWalk(card, parts) {
  const { session, doubtVerbs, caret } = parts;
  const { now, show, ...shown } = createShownDoubt(card, parts);
  /** @type {{byId: object, kept: object, places: import("../transcript/doubts.js").Place[]} | null} */
  let found = null;

  /** All open doubts; gathered once for each state. */
  function places() {
    const { doc, kept } = session.state();
    if (found?.byId !== doc.byId || found.kept !== kept) {
      found = { byId: doc.byId, kept, places: openDoubts(doc, kept) };
    }
    return found.places;
  }

  function caretPlace() {
    const at = caret();
    if (!at) return null;
    const words = session.shownWords(at.id);
    const word = words.findLastIndex((one) => one !== null && one[0] <= at.offset);
    return { id: at.id, word };
  }

  return {
    ...shown,
    /** Go to the next (1) or previous (-1) doubt, show it and play it. */
    walk(/** @type {-1 | 1} */ step) {
      const { doc } = session.state();
      const here = now();
      const from = here ? { id: here.id, word: here.doubt.first_word } : caretPlace();
      const place = nextDoubt(places(), doc, from, step);
      if (!place) return announce(doc.has_doubts ? "No doubts left" : "The doubts are not here yet");
      const { segment, doubt } = place;
      const found = doubtVerbs.bring(place);
      if (!found) return;
      getSelection()?.removeAllRanges();
      doubtVerbs.goBefore(found);
      show(segment.id, doubt);
      shown.hear();
      announce(bothReadings(doubt));
    },
    count: () => places().length,
  };
}
