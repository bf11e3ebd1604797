/**
 * The doubt whose card is shown: that under the mouse, at the caret, or gone to; what its buttons do,
 * and the way from doubt to doubt through the text.
 */

import { placeCaret } from "../text/caret.js";
import { doubtAtPoint, mountDoubtCard, rangeOfDoubt } from "./doubt-card.js";
import { announce } from "../shared/dom.js";
import { doubtAtOffset, keyOf, nextDoubt, openDoubts } from "../transcript/doubts.js";
import { saidOf, strings } from "./strings.js";

/**
 * @typedef {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   text: ReturnType<typeof import("../text/text-view.js").mountText>,
 *   painter: ReturnType<typeof import("../text/highlights.js").createPainter>,
 *   doubtVerbs: ReturnType<typeof import("./doubt-commands.js").createDoubtVerbs>,
 *   caret(): {id: string, offset: number} | null, floor(): number,
 *   surface: HTMLElement, signal: AbortSignal}} Parts
 */

/** @param {HTMLElement} card @param {Parts} parts */
function createShownDoubt(card, { session, text, painter, doubtVerbs, caret, floor, surface, signal }) {
  /** @type {{id: string, doubt: import("../transcript/transcript.js").Doubt, range: Range} | null} */
  let here = null;

  const view = mountDoubtCard(card, {
    onHidden() {
      here = null;
      painter.doubt(null);
    },
    signal,
  });

  function doubtAt(/** @type {string} */ id, /** @type {number} */ offset) {
    const { doc, dismissed } = session.state();
    const segment = doc.byId.get(id);
    if (!segment || segment.doubts.length === 0) return null;
    return doubtAtOffset(segment, session.shownWords(id), offset, session.shownText(id), dismissed, doc);
  }

  function show(/** @type {string} */ id, /** @type {import("../transcript/transcript.js").Doubt} */ doubt) {
    const box = text.boxOf(id);
    const range = box && rangeOfDoubt(box, doubt, session.shownWords(id));
    if (!range) return;
    here = { id, doubt, range };
    painter.doubt(range);
    view.show(doubt, range.getBoundingClientRect(), floor());
  }

  function play() {
    if (here) doubtVerbs.playAround(here.doubt);
    return here !== null;
  }

  function useHeard() {
    if (!here) return false;
    const { id, doubt } = here;
    view.hide();
    const taken = doubtVerbs.useHeard(id, doubt);
    if (taken) placeCaret(taken.box, taken.caret);
    return taken !== null;
  }

  function keepText() {
    if (!here) return false;
    const { id, doubt } = here;
    view.hide();
    doubtVerbs.keepText(id, doubt);
    return true;
  }

  function isAtCaret() {
    const at = caret();
    return at !== null && here !== null && at.id === here.id && doubtAt(at.id, at.offset) === here.doubt;
  }

  followMouse(
    surface,
    (x, y) => {
      const hit = doubtAtPoint(x, y, { doubtAt, wordsOf: session.shownWords });
      if (hit && hit.doubt !== here?.doubt) show(hit.id, hit.doubt);
      else if (!hit && here && !isAtCaret()) view.hideSoon();
    },
    signal,
  );
  surface.addEventListener("input", view.hide, { signal });

  return {
    now: () => here,
    show,
    play,
    useHeard,
    keepText,
    hide: view.hide,
    isShown: view.isShown,
    /** The caret was moved by hand: show the doubt it is in. */
    caretAt(/** @type {string} */ id, /** @type {number} */ offset) {
      const doubt = doubtAt(id, offset);
      if (doubt) show(id, doubt);
      else view.hide();
    },
    /** Segments changed: a card whose doubt is gone goes too. */
    update() {
      if (!here) return;
      const segment = session.state().doc.byId.get(here.id);
      const key = segment && keyOf(segment, here.doubt);
      if (!segment?.doubts.some((doubt) => keyOf(segment, doubt) === key)) view.hide();
    },
  };
}

/**
 * Leads from doubt to doubt, and does what is asked of the one that is shown.
 * @param {HTMLElement} card
 * @param {Parts} parts
 */
export function createDoubtsInText(card, parts) {
  const { session, doubtVerbs, caret } = parts;
  const { now, show, ...shown } = createShownDoubt(card, parts);
  /** @type {{byId: object, dismissed: object, places: import("../transcript/doubts.js").Place[]} | null} */
  let found = null;

  /** All open doubts; gathered once for each state. */
  function places() {
    const { doc, dismissed } = session.state();
    if (found?.byId !== doc.byId || found.dismissed !== dismissed) {
      found = { byId: doc.byId, dismissed, places: openDoubts(doc, dismissed) };
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
      if (!place) return announce(doc.has_doubts ? strings.noneLeft : strings.stillLoading);
      const { segment, doubt } = place;
      const brought = doubtVerbs.bring(place);
      if (!brought) return;
      getSelection()?.removeAllRanges();
      doubtVerbs.goBefore(brought);
      show(segment.id, doubt);
      shown.play();
      announce(saidOf(doubt));
    },
    count: () => places().length,
  };
}

/**
 * Tells where a mouse is that presses nothing, at most once in a frame.
 * @param {HTMLElement} surface
 * @param {(x: number, y: number) => void} onPoint
 * @param {AbortSignal} signal
 */
function followMouse(surface, onPoint, signal) {
  let isAsked = false;
  surface.addEventListener(
    "pointermove",
    ({ pointerType, buttons, clientX, clientY }) => {
      if (pointerType !== "mouse" || buttons || isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        onPoint(clientX, clientY);
      });
    },
    { signal },
  );
}
