/** Recordings and texts that came together: which text goes with which recording, by their names. Pure. */

/** A name as it is compared: without its ending. @param {string} name */
const stem = (name) => name.normalize("NFC").toLowerCase().replace(/\.[^.]+$/, "");

/** The same name, then one that goes on behind a dot, as talk.en.srt beside talk.mp3. */
const FITS = [
  (/** @type {string} */ text, /** @type {string} */ recording) => stem(text) === stem(recording),
  (/** @type {string} */ text, /** @type {string} */ recording) => stem(text).startsWith(`${stem(recording)}.`),
];

/**
 * Which text goes with which recording, by their names: pairs of their places in the lists.
 * @param {readonly string[]} recordings
 * @param {readonly string[]} texts
 * @returns {[number, number][]}
 */
export function paired(recordings, texts) {
  /** @type {Map<number, number>} */
  const textOf = new Map();
  const longestFirst = [...recordings.keys()].sort((a, b) => recordings[b].length - recordings[a].length);
  for (const fits of FITS) {
    for (const [at, text] of texts.entries()) {
      if ([...textOf.values()].includes(at)) continue;
      const found = longestFirst.find((one) => !textOf.has(one) && fits(text, recordings[one]));
      if (found !== undefined) textOf.set(found, at);
    }
  }
  return [...textOf];
}

/** A file's name without its ending, as a title. @param {string} name */
export const titleFrom = (name) => name.replace(/\.[^.]+$/, "").replaceAll("_", " ").trim();

/** What a system leaves in folders for itself. @param {{name: string}} file */
export const isSystemFile = ({ name }) => /^(\..*|Thumbs\.db|desktop\.ini)$/i.test(name);
