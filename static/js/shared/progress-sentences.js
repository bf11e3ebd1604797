/**
 * What is said of how far a recording is recognised. Pure; English only for now.
 *
 * @typedef {import("../transcript/transcript.js").Doc} Doc
 */

import { hasOwnText, isWhole, newestOf, NOTHING_MS } from "../transcript/progress.js";
import { isActive } from "../transcript/transcript.js";
import { clock, counted, coverageSentence } from "./format.js";

/** How many doubts there are, so far as there can be any. @param {Doc} doc @param {number} count */
export function doubtsSentence(doc, count) {
  if (!doc.has_doubts) return "Doubts …";
  const says = count ? counted(count, "doubt") : "No doubts";
  if (isWhole(doc)) return says;
  return doc.settled_ms > NOTHING_MS || count ? `${says} so far` : "Not recognised yet";
}

/** What the review says where nothing is at hand. @param {Doc} doc */
export const nothingSentence = (doc) =>
  isWhole(doc) ? "No doubts left." : "No doubts so far. More may appear as the recording is recognised.";

/** What stands where no text is. @param {Doc} doc */
export function emptySentence(doc) {
  if (doc.can_undo) return "No text left. Undo restores it.";
  if (isWhole(doc)) return "No speech was recognised in this recording.";
  const newest = newestOf(doc);
  return `No text yet.${newest && isActive(newest) ? " The transcript will appear here as it is recognised." : ""}`;
}

/**
 * How much of the text was recognised; of a text that was recognised only whether there is one.
 * @param {Doc} doc
 */
export function heardSentence(doc) {
  const { coverage } = doc;
  if (!coverage) return "";
  const isSilent = coverage.heard_words === 0 && isWhole(doc);
  if (isSilent) return "No speech was recognised in the recording.";
  if (!hasOwnText(doc)) return "";
  if (coverage.written_words === 0) return "The text contains no spoken words.";
  return coverageSentence(coverage, isWhole(doc));
}

/** An audio track as it is listed. @param {string} name @param {number} at */
export const trackName = (name, at) => (name ? `${at + 1} (${name})` : String(at + 1));

/** Which of several audio tracks is heard; empty where there is one. @param {Doc} doc */
export function trackSentence({ track, tracks }) {
  if (tracks.length < 2 || track === null) return "";
  return `Audio track ${trackName(tracks[track - 1] ?? "", track - 1)} of ${tracks.length} is used.`;
}

/** What a person should know who exports before the end; empty where there is nothing. @param {Doc} doc */
export function provisionalSentence(doc) {
  if (isWhole(doc)) return "";
  const isBegun = doc.settled_ms > NOTHING_MS;
  const until = isBegun ? `is recognised up to ${clock(doc.settled_ms)}` : "is not recognised yet";
  return hasOwnText(doc)
    ? `Times are provisional: the recording ${until}.`
    : `The text is incomplete: the recording ${until}.`;
}
