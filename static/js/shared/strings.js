/** What the rooms of all pages say. */

import { inLanguage } from "./language.js";

export const strings = inLanguage({
  en: {
    justNow: "just now",
    ago: (/** @type {string} */ span) => `${span} ago`,
    timeLeft: (/** @type {string} */ span) => `about ${span} left`,
    recognised: (/** @type {string} */ share, /** @type {boolean} */ isAll) =>
      `${share} of the text was recognised${isAll ? "" : " so far"}`,
    missing: (/** @type {string} */ span) => `${span} of speech is missing from the text`,
  },
  de: {
    justNow: "gerade eben",
    ago: (span) => `vor ${span}`,
    timeLeft: (span) => `noch etwa ${span}`,
    recognised: (share, isAll) => `${isAll ? "" : "Bisher "}${share} des Textes ${isAll ? "wurden " : ""}erkannt`,
    missing: (span) => `${span} Gesprochenes fehlen im Text`,
  },
});
