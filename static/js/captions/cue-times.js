/** Which words get which times where a caption is to begin or end at another time. Pure. */

import { roomOf } from "../transcript/transcript.js";
import { endOf, MIN_WORD_MS, startOf } from "../transcript/words.js";
import { strings } from "./cue-strings.js";

/**
 * @typedef {{id: string, word: import("../transcript/words.js").Word, more: number, start_ms: number,
 *   end_ms: number, below_by_ms: number}} Laid a word, and so many behind it, are laid into a time, and what is below moves
 * @typedef {{id: string, word: import("../transcript/words.js").Word, to_ms: number}} Moved a word begins then, and
 *   all below moves along
 */

/**
 * The first or last word alone takes the new time where that leaves the next one alone; else the caption's words of
 * that segment are laid into its new time, in the proportions they have.
 * @param {import("../transcript/transcript.js").Doc} doc in which the caption's segments have the texts it was made of
 * @param {import("./cues.js").Cue} cue
 * @param {"start" | "end"} edge
 * @param {number} asked_ms
 * @param {{isRipple?: boolean, clock: Pick<import("./cue-clock.js").CueClock, "show" | "slack_ms">}} means
 *   isRipple: all later captions move along; what looks the same on the clock as the room's bound is that
 * @returns {{laid: Laid} | {moved: Moved} | {refused: string}}
 */
export function timesFor(doc, cue, edge, asked_ms, { isRipple = false, clock }) {
  const part = cue.parts.at(edge === "start" ? 0 : -1);
  const words = part && doc.byId.get(part.segment_id)?.words.slice(part.first_word, part.last_word + 1);
  if (!part || !words?.length) return { refused: strings.madeAnew };
  const { segment_id: id } = part;
  const [first, last] = [words[0], words[words.length - 1]];
  const { low_ms, high_ms } = roomFor(doc, cue, edge, words);
  const [least_ms, most_ms] = [low_ms - clock.slack_ms, high_ms + clock.slack_ms];
  const isWithin = low_ms <= high_ms && asked_ms >= least_ms && asked_ms <= most_ms;
  const to_ms = isWithin ? Math.min(Math.max(asked_ms, low_ms), high_ms) : asked_ms;
  if (to_ms < low_ms) return { refused: strings.notBefore(edge, clock.show(low_ms)) };
  if (isRipple && edge === "start") return { moved: { id, word: first, to_ms } };
  if (to_ms > high_ms && !isRipple) return { refused: strings.notAfter(edge, clock.show(high_ms)) };
  const below_by_ms = isRipple ? to_ms - cue.end_ms : 0;
  if (edge === "start") {
    const isAlone = words.length > 1 && to_ms <= startOf(words[1]);
    const end_ms = isAlone ? Math.max(endOf(first), to_ms + MIN_WORD_MS) : endOf(last);
    return { laid: { id, word: first, more: isAlone ? 0 : words.length - 1, start_ms: to_ms, end_ms, below_by_ms } };
  }
  const isAlone = to_ms >= startOf(last) + MIN_WORD_MS;
  const [word, more] = isAlone ? [last, 0] : [first, words.length - 1];
  return { laid: { id, word, more, start_ms: startOf(word), end_ms: to_ms, below_by_ms } };
}

/**
 * Between which times an edge of a caption may lie.
 * @param {import("../transcript/transcript.js").Doc} doc
 * @param {import("./cues.js").Cue} cue
 * @param {"start" | "end"} edge
 * @param {readonly import("../transcript/words.js").Word[]} words of the segment at that edge
 */
function roomFor(doc, { parts }, edge, words) {
  const part = parts[edge === "start" ? 0 : parts.length - 1];
  const least_ms = MIN_WORD_MS * words.length;
  if (edge === "start") {
    const { low_ms } = roomOf(doc, part.segment_id, part.first_word);
    return { low_ms, high_ms: endOf(words[words.length - 1]) - least_ms };
  }
  const { high_ms } = roomOf(doc, part.segment_id, part.last_word);
  return { low_ms: startOf(words[0]) + least_ms, high_ms };
}

/** A caption without its own end lasts so long. */
const NEW_MS = 2000;
/** Less is not worth a caption. */
const LEAST_MS = 200;

/**
 * Where a new caption goes that begins at a time: below which segment, and until when. It is refused where somebody
 * speaks.
 * @param {import("../transcript/transcript.js").Doc} doc
 * @param {number} time_ms
 * @param {(time_ms: number) => string} show
 * @returns {{after_id: string | null, start_ms: number, end_ms: number} | {refused: string}}
 */
export function roomAt(doc, time_ms, show) {
  /** @type {string | null} */
  let after_id = null;
  let next_ms = doc.media.duration_ms || Infinity;
  let speaksUntil_ms = 0;
  for (const id of doc.order) {
    const words = doc.byId.get(id)?.words ?? [];
    if (words.length > 0 && startOf(words[0]) > time_ms) {
      next_ms = startOf(words[0]);
      break;
    }
    after_id = id;
    speaksUntil_ms = Math.max(speaksUntil_ms, ...words.map(endOf));
  }
  if (speaksUntil_ms > time_ms) return { refused: strings.speechHere };
  if (next_ms - time_ms < LEAST_MS) return { refused: strings.noRoomHere(show(next_ms)) };
  return { after_id, start_ms: time_ms, end_ms: Math.min(time_ms + NEW_MS, next_ms) };
}
