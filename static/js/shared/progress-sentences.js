/**
 * What is said of how far a recording is recognised. Pure.
 *
 * @typedef {import("../transcript/transcript.js").Doc} Doc
 */

import { hasOwnText, isWhole, newestOf, NOTHING_MS } from "../transcript/progress.js";
import { isActive } from "../transcript/transcript.js";
import { clock, coverageSentence } from "./format.js";
import { strings } from "./strings.js";

/** How many doubts there are, so far as there can be any. @param {Doc} doc @param {number} count */
export function doubtsSentence(doc, count) {
  if (!doc.has_doubts) return strings.doubtsUnknown;
  const says = strings.doubts(count);
  if (isWhole(doc)) return says;
  return doc.settled_ms > NOTHING_MS || count ? strings.soFar(says) : strings.notRecognised;
}

/** What the review says where nothing is at hand. @param {Doc} doc */
export const nothingSentence = (doc) => (isWhole(doc) ? strings.noDoubtsLeft : strings.noDoubtsYet);

/** What stands where no text is. @param {Doc} doc */
export function emptySentence(doc) {
  if (doc.can_undo) return strings.noTextLeft;
  if (isWhole(doc)) return strings.noSpeechHere;
  const newest = newestOf(doc);
  return newest && isActive(newest) ? `${strings.noTextYet} ${strings.textComes}` : strings.noTextYet;
}

/**
 * How much of the text was recognised; of a text that was recognised only whether there is one.
 * @param {Doc} doc
 */
export function heardSentence(doc) {
  const { coverage } = doc;
  if (!coverage) return "";
  const isSilent = coverage.heard_words === 0 && isWhole(doc);
  if (isSilent) return strings.noSpeech;
  if (!hasOwnText(doc)) return "";
  if (coverage.written_words === 0) return strings.noWords;
  return coverageSentence(coverage, isWhole(doc));
}

/** An audio track as it is listed. @param {string} name @param {number} at */
export const trackName = (name, at) => (name ? `${at + 1} (${name})` : String(at + 1));

/** Which of several audio tracks is heard; empty where there is one. @param {Doc} doc */
export function trackSentence({ track, tracks }) {
  if (tracks.length < 2 || track === null) return "";
  return strings.trackUsed(trackName(tracks[track - 1] ?? "", track - 1), tracks.length);
}

/** What a person should know who exports before the end; empty where there is nothing. @param {Doc} doc */
export function provisionalSentence(doc) {
  if (isWhole(doc)) return "";
  const until = doc.settled_ms > NOTHING_MS ? clock(doc.settled_ms) : null;
  return hasOwnText(doc) ? strings.provisionalTimes(until) : strings.provisionalText(until);
}
