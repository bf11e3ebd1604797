/** What is done with any doubt, where its words stand in the text. */

import { placeCaret } from "../text/caret.js";
import { rangeOfDoubt } from "./doubt-card.js";
import { isOfVoices, rangeOf, withHeard } from "../transcript/doubts.js";
import { announce } from "../shared/dom.js";
import { strings } from "./strings.js";

/** A doubt is heard with this much of the sound around it. */
const AROUND_MS = 1000;

/**
 * @typedef {import("../transcript/transcript.js").Doubt} Doubt
 * @typedef {import("../transcript/doubts.js").Place} Place
 */

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   text: ReturnType<typeof import("../text/text-view.js").mountText>,
 *   painter: ReturnType<typeof import("../text/highlights.js").createPainter>,
 *   player: ReturnType<typeof import("../playback/player.js").createPlayer>, reveal(id: string): void,
 *   verbs: Pick<ReturnType<typeof import("../text/text-commands.js").createVerbs>, "splitTurn" | "changeTurn">}} parts
 */
export function createDoubtVerbs({ session, text, painter, player, reveal, verbs }) {
  /** Bring a doubt into view and mark it in the text; gives its box and range, null where its words are gone. */
  function bring(/** @type {Place} */ { segment, doubt }) {
    const box = text.boxOf(segment.id);
    const range = box && rangeOfDoubt(box, doubt, session.shownWords(segment.id));
    if (!box || !range) return null;
    reveal(segment.id);
    text.rowOf(segment.id)?.scrollIntoView({ block: "center" });
    painter.doubt(range);
    return { box, range };
  }

  /** Let the turns follow the voices; gives the place, null where the words are gone, and whether it was saved. */
  function followVoice(/** @type {string} */ id, /** @type {Doubt} */ doubt) {
    const box = text.boxOf(id);
    const shown = session.shownText(id);
    const range = rangeOf(session.shownWords(id), doubt, shown.length);
    if (!box || !range) return null;
    const speaker = doubt.heard || null;
    const isTurn = doubt.kind === "another_voice";
    const saved =
      isTurn && doubt.first_word > 0
        ? verbs.splitTurn(id, range.start, speaker)
        : verbs.changeTurn(id, speaker, isTurn);
    return { box, caret: range.start, saved };
  }

  /** Put the caret before the words of a doubt. */
  const goBefore = (/** @type {{box: HTMLElement, range: Range}} */ { box, range }) =>
    placeCaret(box, offsetOfRange(box, range));

  return {
    bring,
    /** Mark no doubt. */
    unmark: () => painter.doubt(null),
    playAround: (/** @type {Doubt} */ { start_ms, end_ms }, isLoop = false) =>
      player.playSpan(start_ms - AROUND_MS, end_ms + AROUND_MS, { isLoop }),
    /** Put what was heard in the place of what is written; gives the place behind it, null where the words are gone. */
    useHeard(/** @type {string} */ id, /** @type {Doubt} */ doubt) {
      if (isOfVoices(doubt)) return followVoice(id, doubt);
      const box = text.boxOf(id);
      const taken = withHeard(session.shownText(id), session.shownWords(id), doubt);
      if (!taken || !box) return null;
      box.textContent = taken.text;
      session.typed(id, taken.text);
      session.commit(id);
      announce(doubt.heard ? strings.nowReads(doubt.heard) : strings.removed);
      return { box, caret: taken.caret, saved: null };
    },
    keepText(/** @type {string} */ id, /** @type {Doubt} */ doubt) {
      const segment = session.state().doc.byId.get(id);
      if (segment) session.dismiss(segment, doubt);
      announce(strings.kept);
    },
    goBefore,
    /** Select the words of a doubt, for typing over them. */
    select(/** @type {Place} */ place) {
      const found = bring(place);
      if (!found) return false;
      goBefore(found);
      if (place.doubt.written) getSelection()?.extend(found.range.endContainer, found.range.endOffset);
      return true;
    },
  };
}

/** @param {HTMLElement} box @param {Range} range */
function offsetOfRange(box, range) {
  const before = new Range();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return before.toString().length;
}
