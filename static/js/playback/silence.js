/** Silence in a recording, from its peaks: where a word may begin, and where speech goes on. Pure. */

/**
 * The quietest place near a time, where a word may begin or end; the time itself where no place is
 * much quieter.
 * @param {Int8Array} pairs (lowest, highest)
 * @param {number} from_ms time of the first pair
 * @param {number} level pairs a second
 * @param {number} time_ms
 * @param {number} radius_ms
 */
export function quietestNear(pairs, from_ms, level, time_ms, radius_ms) {
  const column = (/** @type {number} */ ms) => Math.round(((ms - from_ms) / 1000) * level);
  const loudness = (/** @type {number} */ at) => pairs[2 * at + 1] - pairs[2 * at];
  const here = column(time_ms);
  const reach = Math.floor((radius_ms / 1000) * level);
  if (here < 0 || 2 * here >= pairs.length) return time_ms;
  let best = here;
  for (let step = 1; step <= reach; step += 1) {
    for (const at of [here - step, here + step]) {
      if (at >= 0 && 2 * at < pairs.length && loudness(at) < loudness(best)) best = at;
    }
  }
  return loudness(best) * 2 <= loudness(here) && best !== here ? from_ms + Math.round((best * 1000) / level) : time_ms;
}

const SHORTEST_SILENCE_MS = 700;
/** A little of the silence is left, so that no word loses its beginning. */
const BEFORE_SPEECH_MS = 150;

/**
 * Where speech goes on after a silence that is long enough to skip; null where none is.
 * @param {Int8Array} pairs (lowest, highest)
 * @param {number} from_ms time of the first pair
 * @param {number} level pairs a second
 * @param {number} time_ms
 * @param {number} loud values from here on are no silence
 */
export function quietUntil(pairs, from_ms, level, time_ms, loud) {
  const first = Math.floor(((time_ms - from_ms) / 1000) * level);
  let at = first;
  while (at >= 0 && 2 * at < pairs.length && pairs[2 * at + 1] - pairs[2 * at] < 2 * loud) at += 1;
  const end_ms = from_ms + (at / level) * 1000 - BEFORE_SPEECH_MS;
  return end_ms - time_ms >= SHORTEST_SILENCE_MS ? Math.round(end_ms) : null;
}
