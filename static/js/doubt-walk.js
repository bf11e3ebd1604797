/** Leads from doubt to doubt and does what the card's buttons say. */

import { placeCaret } from "./caret.js";
import { doubtAtPoint, mountDoubtCard, rangeOfDoubt } from "./doubt-view.js";
import { doubtAtOffset, keyOf, nextDoubt, openDoubts, withHeard } from "./doubts.js";
import { announce } from "./dom.js";

/** A doubt is heard with this much of the sound around it. */
const AROUND_MS = 1000;

/**
 * @param {HTMLElement} card
 * @param {{session: ReturnType<typeof import("./session.js").createSession>,
 *   text: ReturnType<typeof import("./text-view.js").mountText>,
 *   painter: ReturnType<typeof import("./highlights.js").createPainter>,
 *   player: ReturnType<typeof import("./player.js").createPlayer>,
 *   reveal(id: string): void, caret(): {id: string, offset: number} | null, floor(): number,
 *   surface: HTMLElement, signal: AbortSignal}} parts
 */
export function createDoubtWalk(card, { session, text, painter, player, reveal, caret, floor, surface, signal }) {
  /** @type {{id: string, doubt: import("./document.js").Doubt, range: Range} | null} */
  let here = null;
  /** @type {{byId: object, kept: object, places: import("./doubts.js").Place[]} | null} */
  let found = null;

  const view = mountDoubtCard(card, {
    onHear: () => hear(),
    onTake: () => take(),
    onKeep: () => keep(),
    onHidden: () => ((here = null), painter.doubt(null)),
    signal,
  });

  /** All open doubts; gathered once for each state. */
  function places() {
    const { doc, kept } = session.state();
    if (found?.byId !== doc.byId || found.kept !== kept) {
      found = { byId: doc.byId, kept, places: openDoubts(doc, kept) };
    }
    return found.places;
  }

  function doubtAt(/** @type {string} */ id, /** @type {number} */ offset) {
    const { doc, kept } = session.state();
    const segment = doc.byId.get(id);
    if (!segment || segment.doubts.length === 0) return null;
    return doubtAtOffset(segment, session.shownWords(id), offset, session.shownText(id), kept);
  }

  function show(/** @type {string} */ id, /** @type {import("./document.js").Doubt} */ doubt) {
    const box = text.boxOf(id);
    const range = box && rangeOfDoubt(box, doubt, session.shownWords(id));
    if (!range) return;
    here = { id, doubt, range };
    painter.doubt(range);
    view.show(doubt, range.getBoundingClientRect(), floor());
  }

  const playAround = (/** @type {import("./document.js").Doubt} */ { start_ms, end_ms }, isLoop = false) =>
    player.playSpan(start_ms - AROUND_MS, end_ms + AROUND_MS, { isLoop });

  function hear() {
    if (here) playAround(here.doubt);
    return here !== null;
  }

  /** Put what was heard in the place of what is written; gives the place behind it, null where the words are gone. */
  function takeAt(/** @type {string} */ id, /** @type {import("./document.js").Doubt} */ doubt) {
    const box = text.boxOf(id);
    const taken = withHeard(session.shownText(id), session.shownWords(id), doubt);
    if (!taken || !box) return null;
    box.textContent = taken.text;
    session.typed(id, taken.text);
    session.commit(id);
    announce(doubt.heard ? `Now reads ${doubt.heard}` : "Removed");
    return { box, caret: taken.caret };
  }

  function take() {
    if (!here) return false;
    const { id, doubt } = here;
    view.hide();
    const taken = takeAt(id, doubt);
    if (taken) placeCaret(taken.box, taken.caret);
    return taken !== null;
  }

  function keepAt(/** @type {string} */ id, /** @type {import("./document.js").Doubt} */ doubt) {
    const segment = session.state().doc.byId.get(id);
    if (segment) session.keep(segment, doubt);
    announce("Kept as written");
  }

  function keep() {
    if (!here) return false;
    const { id, doubt } = here;
    view.hide();
    keepAt(id, doubt);
    return true;
  }

  /** Bring a doubt into view and mark it in the text; gives its box and range, null where its words are gone. */
  function bring({ segment, doubt }) {
    const box = text.boxOf(segment.id);
    const range = box && rangeOfDoubt(box, doubt, session.shownWords(segment.id));
    if (!box || !range) return null;
    reveal(segment.id);
    text.rowOf(segment.id)?.scrollIntoView({ block: "center" });
    painter.doubt(range);
    return { box, range };
  }

  /** Go to the next (1) or previous (-1) doubt, show it and play it. */
  function walk(/** @type {-1 | 1} */ step) {
    const { doc } = session.state();
    const from = here ? { id: here.id, word: here.doubt.first_word } : caretPlace();
    const place = nextDoubt(places(), doc, from, step);
    if (!place) return announce(doc.has_doubts ? "No doubts left" : "The doubts are not here yet");
    const { segment, doubt } = place;
    const found = bring(place);
    if (!found) return;
    getSelection()?.removeAllRanges();
    placeCaret(found.box, offsetOfRange(found.box, found.range));
    show(segment.id, doubt);
    hear();
    announce(bothReadings(doubt));
  }

  /** Select the words of a doubt, for typing over them. */
  function select(/** @type {import("./doubts.js").Place} */ place) {
    const found = bring(place);
    if (!found) return false;
    const start = offsetOfRange(found.box, found.range);
    placeCaret(found.box, start);
    if (place.doubt.written) getSelection()?.extend(found.range.endContainer, found.range.endOffset);
    return true;
  }

  function caretPlace() {
    const at = caret();
    if (!at) return null;
    const words = session.shownWords(at.id);
    const word = words.findLastIndex((one) => one !== null && one[0] <= at.offset);
    return { id: at.id, word };
  }

  let isHovering = false;
  surface.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerType !== "mouse" || event.buttons || isHovering) return;
      isHovering = true;
      requestAnimationFrame(() => {
        isHovering = false;
        const hit = doubtAtPoint(event.clientX, event.clientY, { doubtAt, wordsOf: session.shownWords });
        if (hit && hit.doubt !== here?.doubt) show(hit.id, hit.doubt);
        else if (!hit && here && !isAtCaret()) view.hideSoon();
      });
    },
    { signal },
  );
  surface.addEventListener("input", view.hide, { signal });

  function isAtCaret() {
    const at = caret();
    return at !== null && here !== null && at.id === here.id && doubtAt(at.id, at.offset) === here.doubt;
  }

  return {
    walk,
    hear,
    take,
    keep,
    takeAt,
    keepAt,
    playAround,
    bring,
    select,
    /** Mark no doubt. */
    unmark: () => painter.doubt(null),
    count: () => places().length,
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

/** A doubt for the ear. @param {import("./document.js").Doubt} doubt */
export const bothReadings = ({ written, heard }) =>
  `${written ? `Written: ${written}. ` : ""}${heard ? `Heard: ${heard}.` : "Nothing heard."}`;

/** @param {HTMLElement} box @param {Range} range */
function offsetOfRange(box, range) {
  const before = new Range();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return before.toString().length;
}
