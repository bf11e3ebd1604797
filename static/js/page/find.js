/** Finding in the editor page: shows in the text what is found, and replaces it in one step. */

import * as api from "../server/api.js";
import { placeCaret, rangeIn } from "../text/caret.js";
import { speakers } from "../transcript/transcript.js";
import { correctionOf } from "../transcript/correction.js";
import { find } from "../shared/dom.js";
import { mountReplace } from "../find/replace-dialog.js";
import { offer } from "../shared/toast.js";
import { strings } from "./strings.js";

/** @typedef {import("../find/replace-dialog.js").Place} Place */

/** So much at least is heard of what is found. */
const CONTEXT_MS = 3_000;

/**
 * Find and replace, and what opens it: a key, a doubt, the selection, or the correction made last.
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 */
export function mountFinding(page, playing, writing) {
  const { id, session, attempt, signal } = page;
  const { text, typing, verbs, place } = writing;
  const element = /** @type {HTMLDialogElement} */ (find("#replace"));
  let endOffer = () => {};
  /** @type {object | null} what came of the replacement that can be undone by the message */
  let offered = null;

  function onCorrected(/** @type {number} */ count, /** @type {boolean} */ isDeletion, /** @type {object} */ changes) {
    offered = changes;
    endOffer = offer(isDeletion ? strings.deleted(count) : strings.replaced(count), {
      label: strings.undo,
      run: verbs.typing.undo,
    });
  }

  const dialog = mountReplace(element, {
    async search(body) {
      // What is being typed is not torn from the writer's hands.
      if (!typing.caret()) session.commitAll();
      await session.whenSaved();
      return api.places(id, body);
    },
    speakers: () => speakers(session.state().doc),
    plays: { get: () => page.settings.get().playsFound, set: (playsFound) => page.settings.set({ playsFound }) },
    textOf: session.shownText,
    timeOf: ({ segment_id, start }) => verbs.timeAt(segment_id, start),
    play({ segment_id, start, length, ends }, isInContext = false) {
      const span = verbs.spanOf(segment_id, start, start + length);
      const last = ends ? verbs.spanOf(ends.segment_id, 0, ends.end) : span;
      if (!span || !last) return;
      const least_ms = isInContext ? span.start_ms + CONTEXT_MS : 0;
      playing.player.playSpan(span.start_ms, Math.max(span.end_ms, last.end_ms, least_ms));
    },
    first: (places, by, from) =>
      firstOf(places, by, session.state().doc.order, from ? { id: from.segment_id, offset: from.start } : place()),
    show: showing(page, { ...playing, ...writing, dialog: element }),
    enter({ segment_id, start, length }) {
      const box = text.boxOf(segment_id);
      if (box) placeCaret(box, start, start + length);
    },
    correct: (places) => attempt(() => session.correct(places)),
    onCorrected,
    signal,
  });

  const openReplace = (
    /** @type {import("../find/replace-dialog.js").Wanted | undefined} */ wanted = undefined,
    afterwards = () => {},
  ) => dialog.open(wanted, afterwards);
  const selected = () => session.shownText(place().id).slice(place().start, place().offset).trim();

  return {
    openReplace,
    /** Look for the selected words, if there are such. */
    openFind() {
      const old = typing.caret() ? selected() : "";
      openReplace(old ? { old, new: "" } : undefined);
    },
    isInFind: dialog.isInField,
    /** The selected words or, where nothing is selected, the last correction. */
    openEverywhere() {
      if (selected()) return openReplace({ old: selected(), new: "", is_similar: true });
      session.commitAll();
      const change = session.lastChange();
      openReplace({ old: "", new: "", ...(change && correctionOf(change.before, change.after)), is_similar: true });
    },
    update(/** @type {import("../saving/session.js").State} */ { doc }) {
      dialog.update(doc);
      // Undo would take back something else by now.
      if (offered && session.lastTaken() !== offered) endOffer();
    },
  };
}

/**
 * Marks a place in the text, and brings it where neither bars nor the dialog cover it.
 * @param {import("./page.js").Page} page
 * @param {{text: import("./page.js").Writing["text"], reveal(id: string): void,
 *   painter: import("./page.js").Playing["painter"], dialog: HTMLElement}} means
 */
function showing({ ceiling, floor }, { text, reveal, painter, dialog }) {
  return (/** @type {Place | null} */ place) => {
    const box = place && text.boxOf(place.segment_id);
    if (!box) return painter.found(null);
    reveal(place.segment_id);
    box.scrollIntoView({ block: "center" });
    const range = rangeIn(box, place.start, place.start + place.length);
    const end = place.ends && text.boxOf(place.ends.segment_id);
    painter.found(range, place.ends && end ? rangeIn(end, 0, place.ends.end) : null);
    const [here, cover] = [range.getBoundingClientRect(), dialog.getBoundingClientRect()];
    const isBeside = cover.left > here.right || cover.right < here.left;
    const top = isBeside ? ceiling() : Math.max(ceiling(), cover.bottom);
    if (here.top < top || here.bottom > floor())
      scrollBy({ top: here.top - top - (floor() - top) / 3, behavior: "instant" });
  };
}

/**
 * Of places in the order of the text the first behind a place (1), or the last before it (-1); the
 * round goes on at the other end.
 * @param {readonly Place[]} places
 * @param {-1 | 1} by
 * @param {readonly string[]} order of the segments
 * @param {{id: string, offset: number}} from
 */
export function firstOf(places, by, order, from) {
  const rank = new Map(order.map((id, index) => [id, index]));
  const line = rank.get(from.id) ?? 0;
  const isBehind = (/** @type {Place} */ { segment_id, start }) =>
    segment_id === from.id ? start >= from.offset : (rank.get(segment_id) ?? 0) > line;
  const behind = places.findIndex(isBehind);
  if (by > 0) return Math.max(0, behind);
  return (behind < 0 ? places.length : behind || places.length) - 1;
}
