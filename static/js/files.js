/** Tells recordings from texts by name and type. Pure. */

const TEXT_ENDINGS = /\.(txt|md|docx|srt|vtt|sbv|ttml|dfxp|itt|xml|ass|ssa|json|json3|srv[123])$/i;
const LARGEST_TEXT_BYTES = 20_000_000;

/** @param {{name: string, type: string, size: number}} file */
export const isText = ({ name, type, size }) =>
  TEXT_ENDINGS.test(name) || (type.startsWith("text/") && size < LARGEST_TEXT_BYTES);

/**
 * The first recording and the first text among files; null where there is none.
 * @template {{name: string, type: string, size: number}} F
 * @param {readonly F[]} files
 * @returns {{recording: F | null, text: F | null}}
 */
export const sorted = (files) => ({
  recording: files.find((file) => !isText(file)) ?? null,
  text: files.find(isText) ?? null,
});

/** A file's name without its ending, as a title. @param {string} name */
export const titleFrom = (name) => name.replace(/\.[^.]+$/, "").replaceAll("_", " ").trim();
