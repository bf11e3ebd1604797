/**
 * How far a recording is recognised. Pure.
 *
 * @typedef {import("./transcript.js").Doc} Doc
 * @typedef {import("./transcript.js").Segment} Segment
 */

import { originOf, startOf } from "./words.js";

/** The job that recognises. */
const KIND = "transcribe";
/** The server says this where it has begun, and nothing is recognised yet. */
export const NOTHING_MS = 1;
/** Times that somebody or something has heard. */
const HEARD = ["heard", "listened", "manual"];

/** Whether a person brought the text; else it is what was recognised. @param {Doc} doc */
export const hasOwnText = ({ imported }) => Boolean(imported?.format);

/** The newest recognition, if there was one. @param {Doc} doc */
export const newestOf = ({ jobs }) =>
  jobs
    .filter(({ kind }) => kind === KIND)
    .sort((a, b) => a.created_ms - b.created_ms)
    .at(-1);

/** Whether all of the recording is recognised. @param {Doc} doc */
export function isWhole(doc) {
  return newestOf(doc)?.state === "done" || doc.settled_ms >= (doc.media.duration_ms ?? Infinity);
}

/**
 * Whether a segment is yet to be recognised, so that its times are guesses.
 * @param {Doc} doc
 * @param {Segment} segment
 */
export function isAhead(doc, { words }) {
  const last = words.at(-1);
  if (!last || isWhole(doc) || startOf(last) < doc.settled_ms) return false;
  return !words.some((word) => HEARD.includes(originOf(word)));
}
