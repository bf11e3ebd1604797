/** Marks the word and the segment being spoken, touching only what changed. */

import { rangeIn } from "../text/caret.js";
import { nextStart, segmentAtTime } from "../transcript/transcript.js";
import { nextWordChange, offsetAfter, offsetOf, wordAtTime } from "../transcript/words.js";

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   text: {rowOf(id: string): HTMLElement | null, boxOf(id: string): HTMLElement | null},
 *   painter: ReturnType<typeof import("../text/highlights.js").createPainter>,
 *   onSegment(): void}} parts
 */
export function createPlayhead({ session, text, painter, onSegment }) {
  let id = "";
  let word = -1;
  let last_ms = 0;

  function enter(/** @type {string} */ next) {
    if (next === id) return;
    text.rowOf(id)?.classList.remove("is-current");
    id = next;
    word = -1;
    text.rowOf(id)?.classList.add("is-current");
    onSegment();
  }

  function mark(/** @type {number} */ index) {
    if (index === word) return;
    word = index;
    const box = text.boxOf(id);
    const place = index >= 0 ? session.shownWords(id)[index] : null;
    painter.word(box && place ? rangeIn(box, offsetOf(place), offsetAfter(place)) : null);
  }

  return {
    row: () => text.rowOf(id),
    /** When another word or segment is marked than at a time. */
    next(/** @type {number} */ time_ms) {
      const { doc } = session.state();
      const words = segmentAtTime(doc, time_ms)?.words ?? [];
      return Math.min(nextStart(doc, time_ms), nextWordChange(words, time_ms));
    },
    time(/** @type {number} */ time_ms) {
      last_ms = time_ms;
      const segment = segmentAtTime(session.state().doc, time_ms);
      enter(segment?.id ?? "");
      mark(segment ? wordAtTime(segment.words, time_ms) : -1);
    },
    /** A segment was drawn anew; its mark stood on the old text. */
    refresh(/** @type {string} */ shown) {
      if (shown !== id) return;
      word = -1;
      this.time(last_ms);
      text.rowOf(id)?.classList.add("is-current");
    },
  };
}
