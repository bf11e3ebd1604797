/** Playing from the text: where its words are in time, and what is played from there. */

import { announce } from "../shared/dom.js";
import { endOf, offsetAfter, offsetOf, startOf, wordAtOffset } from "../transcript/words.js";
import { strings } from "./strings.js";

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   player: ReturnType<typeof import("../playback/player.js").createPlayer>,
 *   place(): {id: string, start: number, offset: number}}} parts
 */
export function createPlayingVerbs({ session, player, place }) {
  /** The time at an offset of a segment's text as shown; null where none is known. */
  function timeAt(/** @type {string} */ id, /** @type {number} */ offset) {
    const words = session.shownWords(id).filter((word) => word !== null);
    const word = words[wordAtOffset(words, offset)];
    return word ? startOf(word) : null;
  }

  /** Index of the word at an offset of a segment as shown; those without a time do not count. */
  const wordAt = (/** @type {string} */ id, /** @type {number} */ offset) =>
    session.shownWords(id).findLastIndex((word, index) => word !== null && (index === 0 || offsetOf(word) <= offset));

  function playFrom(/** @type {string} */ id, offset = 0) {
    const time_ms = timeAt(id, offset);
    if (time_ms === null) return announce(strings.noTimes);
    player.seek(time_ms);
    player.play();
  }

  /** First and last ms of the words that a stretch of a segment touches; the whole segment where it is empty. */
  function spanOf(/** @type {string} */ id, /** @type {number} */ start, /** @type {number} */ end) {
    const words = session.shownWords(id).filter((word) => word !== null);
    const touched = start < end ? words.filter((word) => offsetOf(word) < end && offsetAfter(word) > start) : [];
    const span = touched.length ? touched : words;
    return span.length ? { start_ms: startOf(span[0]), end_ms: Math.max(...span.map(endOf)) } : null;
  }

  /** Play what is selected, else from the caret on. */
  function playHere(/** @type {{id: string, start: number, offset: number}} */ { id, start, offset }) {
    const span = start < offset ? spanOf(id, start, offset) : null;
    if (span) player.playSpan(span.start_ms, span.end_ms);
    else playFrom(id, offset);
  }

  /** Play one segment alone. */
  function playSegment(/** @type {string} */ id) {
    const span = spanOf(id, 0, 0);
    if (span) player.playSpan(span.start_ms, span.end_ms);
  }

  /** Loop the selection or the segment, until called once more. */
  function loop() {
    if (player.isLooping()) return player.pause();
    const { id, start, offset } = place();
    const span = spanOf(id, start, offset);
    if (span) player.playSpan(span.start_ms, span.end_ms, { isLoop: true });
    announce(span ? strings.looping : strings.noTimes);
  }

  return { timeAt, wordAt, spanOf, playFrom, playHere, playSegment, loop };
}
