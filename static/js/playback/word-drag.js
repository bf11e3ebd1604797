/**
 * The word whose time is being changed here: where it stands now, until it has been sent after a
 * short rest. Knows no DOM.
 *
 * @typedef {import("../transcript/words.js").Word} Word
 * @typedef {"start" | "end" | "both"} Part
 * @typedef {{start_ms: number, end_ms: number}} Span
 * @typedef {Span & {id: string, index: number, word: Word}} Moved
 */

import { roomOf } from "../transcript/transcript.js";
import { endOf, movedSpan, startOf } from "../transcript/words.js";

const REST_MS = 500;

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   attempt(run: () => Promise<any>): Promise<any>, isHeld(): boolean, onChange(): void}} means
 *   isHeld: it is being dragged, and not sent before it is let go
 */
export function createMoving({ session, attempt, isHeld, onChange }) {
  /** @type {Moved | null} */
  let moved = null;
  let timer = 0;
  const isThis = (/** @type {string} */ id, /** @type {number} */ index) => moved?.id === id && moved.index === index;

  /** Send what was moved. */
  async function flush() {
    clearTimeout(timer);
    if (!moved || isHeld()) return;
    const sent = moved;
    await attempt(() => session.setTimes(sent.id, sent.word, { start_ms: sent.start_ms, end_ms: sent.end_ms }));
    if (moved === sent) moved = null;
    onChange();
  }

  /** Where a word stands as it is shown; null where it has no time. @returns {Span | null} */
  function spanOf(/** @type {string} */ id, /** @type {number} */ index) {
    if (moved && isThis(id, index)) return moved;
    const word = session.shownWords(id)[index];
    return word ? { start_ms: startOf(word), end_ms: endOf(word) } : null;
  }

  /** Move a word of a segment, from where it is shown now or from `span`. */
  function move(/** @type {string} */ id, /** @type {number} */ index, /** @type {Part} */ part, /** @type {number} */ by_ms, span = spanOf(id, index)) {
    const word = moved && isThis(id, index) ? moved.word : session.shownWords(id)[index];
    if (!word || !span) return;
    if (moved && moved.word !== word) flush();
    moved = { id, index, word, ...movedSpan(span, part, by_ms, roomOf(session.state().doc, id, index)) };
    clearTimeout(timer);
    timer = Number(setTimeout(flush, REST_MS));
    onChange();
  }

  return {
    flush,
    spanOf,
    move,
    /** Whether there is one that was moved and not sent yet. */
    isAny: () => moved !== null,
    /** Whether it is this one. */
    isMoved: (/** @type {Word} */ word) => moved?.word === word,
  };
}
