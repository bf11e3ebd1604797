/**
 * Which segments are of one voice, beside what the text names them. Pure.
 *
 * @typedef {{voice: number, name: string, segments: readonly string[]}} Voice
 * @typedef {import("./transcript.js").Doc} Doc
 */

import { isMadeUp } from "./turns.js";

/**
 * The segments to which a name can be carried from one that has it: those of the same voice that nobody has named.
 * @param {Doc} doc
 * @param {readonly Voice[]} voices
 * @param {string} id
 * @returns {readonly string[]}
 */
export function unnamedOfSameVoice(doc, voices, id) {
  const name = doc.byId.get(id)?.speaker ?? null;
  const own = voices.find(({ segments }) => segments.includes(id));
  return own ? stillUnnamed(doc, own.segments, name) : [];
}

/**
 * Those segments that can be given a name, as nobody has named them by now; none where the name itself is gone.
 * @param {Doc} doc
 * @param {readonly string[]} ids
 * @param {string | null} name
 */
export function stillUnnamed(doc, ids, name) {
  if (name === null) return [];
  return ids.filter((id) => {
    const segment = doc.byId.get(id);
    return segment && segment.speaker !== name && (segment.speaker === null || isMadeUp(segment.speaker));
  });
}

/**
 * The voices that speak under one name, with their segments, who speaks most first.
 * @param {Doc} doc
 * @param {readonly Voice[]} voices
 * @param {string} name
 * @returns {{voice: number, segments: readonly string[]}[]}
 */
export function voicesUnder(doc, voices, name) {
  return voices
    .map(({ voice, segments }) => ({ voice, segments: segments.filter((id) => doc.byId.get(id)?.speaker === name) }))
    .filter(({ segments }) => segments.length > 0)
    .sort((one, other) => other.segments.length - one.segments.length);
}

/**
 * The first made-up name that nobody has.
 * @param {readonly string[]} names
 * @param {(number: number) => string} madeUp
 */
export function freeName(names, madeUp) {
  let number = 1;
  while (names.includes(madeUp(number))) number += 1;
  return madeUp(number);
}

/**
 * A few of some segments, from all over the recording, to be heard one after the other.
 * @param {readonly string[]} ids
 */
export function samplesOf(ids, most = 5) {
  const step = Math.max(1, ids.length / most);
  const places = Array.from({ length: Math.min(most, ids.length) }, (_, at) => Math.floor(at * step));
  return places.map((place) => ids[place]);
}
