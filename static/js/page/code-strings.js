/** What is said of codes. */

import { counted, inLanguage } from "../shared/language.js";

export const codeStrings = inLanguage({
  en: {
    passages: (/** @type {number} */ count) => counted(count, "passage", "passages"),
    passagesOf: (/** @type {string} */ code) => `Passages with the code ${code}`,
    nothingSelected: "Nothing is selected: put the caret into the text, or select words, to give a code.",
    about: (/** @type {string} */ text) => `“${text}”`,
    nameOf: (/** @type {string} */ code) => `Name of the code ${code}`,
    colourOf: (/** @type {string} */ code) => `Another colour for ${code}`,
    show: (/** @type {string} */ code) => `Show the passages with ${code}`,
    remove: (/** @type {string} */ code) => `Remove the code ${code} everywhere`,
  },
  de: {
    passages: (count) => counted(count, "Stelle", "Stellen"),
    passagesOf: (code) => `Stellen mit dem Code ${code}`,
    nothingSelected:
      "Nichts ist markiert: Setzen Sie die Schreibmarke in den Text, oder markieren Sie Wörter, um einen Code zu vergeben.",
    about: (text) => `„${text}“`,
    nameOf: (code) => `Name des Codes ${code}`,
    colourOf: (code) => `Andere Farbe für ${code}`,
    show: (code) => `Stellen mit ${code} zeigen`,
    remove: (code) => `Code ${code} überall entfernen`,
  },
});
