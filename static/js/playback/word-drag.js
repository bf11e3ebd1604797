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
export function createWordDrag({ session, attempt, isHeld, onChange }) {
  /** @type {Moved | null} */
  let moved = null;
  let timer = 0;
  const isThis = (/** @type {string} */ id, /** @type {number} */ index) => moved?.id === id && moved.index === index;

  /** What was sent and is not answered yet. @type {Set<Moved>} */
  const sent = new Set();
  /** @type {Promise<unknown>} */
  let sending = Promise.resolve();

  async function send(/** @type {Moved} */ one) {
    const { id, index, word, start_ms, end_ms } = one;
    await attempt(() => session.setTimes(id, word, { start_ms, end_ms }));
    sent.delete(one);
    if (moved === one) moved = null;
    // Where it was moved on meanwhile it is found again by the times that it has now.
    const now = session.shownWords(id)[index];
    for (const later of [...sent, moved]) if (now && later?.word === word) later.word = now;
    onChange();
  }

  /** Send what was moved, of one word one after the other; resolves when all of it has been answered. */
  function flush() {
    clearTimeout(timer);
    const one = moved;
    if (!one || sent.has(one) || isHeld()) return sending;
    const isOnItsWay = [...sent].some(({ word }) => word === one.word);
    sent.add(one);
    sending = isOnItsWay ? sending.then(() => send(one)) : Promise.all([sending, send(one)]);
    return sending;
  }

  /**
   * Where a word stands as it is shown; null where it has no time.
   * @param {string} id
   * @param {number} index
   * @param {Word | null} [word] where the words are at hand: to find them takes as long as there are words
   * @returns {Span | null}
   */
  function spanOf(id, index, word = session.shownWords(id)[index]) {
    if (moved && isThis(id, index)) return moved;
    return word ? { start_ms: startOf(word), end_ms: endOf(word) } : null;
  }

  /** Move a word of a segment, from where it is shown now or from `span`. */
  function move(
    /** @type {string} */ id,
    /** @type {number} */ index,
    /** @type {Part} */ part,
    /** @type {number} */ by_ms,
    span = spanOf(id, index),
  ) {
    const word = moved && isThis(id, index) ? moved.word : session.shownWords(id)[index];
    if (!word || !span) return;
    if (moved && moved.word !== word) void flush();
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
