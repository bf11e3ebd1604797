/** What a transcript can be written as, by what people write it for. Pure. */

import { strings } from "./strings.js";

/** @typedef {readonly [keyof typeof strings.formats, string]} Format its name, and what people call it */

/** @param {(keyof typeof strings.formats)[]} names @returns {Format[]} */
const called = (...names) => names.map((name) => [name, strings.formats[name]]);

/** A person's own file, with the corrections in it. */
export const [ORIGINAL] = called("original");

/** @type {readonly {purpose: keyof typeof strings.purposes, formats: readonly Format[]}[]} */
const BY_PURPOSE = [
  { purpose: "captions", formats: called("srt", "vtt", "vtt-words", "ttml", "ass", "lrc") },
  {
    purpose: "podcast",
    formats: [
      ...called("podcast", "podcast-vtt", "podcast-srt", "podcast-html", "podcast-ttml"),
      ...called("chapters", "chapters-youtube", "chapters-podlove", "show-notes"),
    ],
  },
  {
    purpose: "editing",
    formats: called("csv", "tsv", "audacity", "reaper", "edl", "fcpxml", "otio", "edl-cut", "fcpxml-cut", "otio-cut"),
  },
  { purpose: "research", formats: called("eaf", "textgrid", "exb", "cha", "f4", "codes", "codes-json") },
  { purpose: "broadcast", formats: called("stl", "scc", "ebu-tt-d", "imsc") },
  { purpose: "documents", formats: called("html", "txt", "md", "docx", "json") },
];

/** The formats of each purpose, and what people call it. */
export const PURPOSES = BY_PURPOSE.map((one) => ({ ...one, label: strings.purposes[one.purpose] }));
