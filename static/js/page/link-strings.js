/** What is said of links that are shared. */

import { counted, inLanguage } from "../shared/language.js";

export const linkStrings = inLanguage({
  en: {
    onlyHere:
      "Only this computer reaches this editor, so a link works nowhere else. To share with others, run the editor on a server.",
    withSound: "Text and recording",
    withoutSound: "Text only",
    pseudonyms: "with pseudonyms",
    until: (/** @type {string} */ day) => `until ${day}`,
    ended: (/** @type {string} */ day) => `ended ${day}`,
    forGood: "until removed",
    made: (/** @type {string} */ when, /** @type {string | null} */ by) => `made ${when}${by ? ` by ${by}` : ""}`,
    opened: (/** @type {number} */ count, /** @type {string} */ last) =>
      count === 0 ? "not opened yet" : `opened ${counted(count, "time", "times")}, last ${last}`,
    remove: (/** @type {string} */ made) => `Remove the link ${made}`,
  },
  de: {
    onlyHere:
      "Diesen Editor erreicht nur dieser Computer, deshalb funktioniert ein Link nur hier. Um mit anderen zu teilen, betreiben Sie den Editor auf einem Server.",
    withSound: "Text und Aufnahme",
    withoutSound: "Nur Text",
    pseudonyms: "mit Pseudonymen",
    until: (day) => `bis ${day}`,
    ended: (day) => `abgelaufen: ${day}`,
    forGood: "bis er entfernt wird",
    made: (when, by) => `erstellt ${when}${by ? ` von ${by}` : ""}`,
    opened: (count, last) => (count === 0 ? "noch nicht geöffnet" : `${count}-mal geöffnet, zuletzt ${last}`),
    remove: (made) => `Link entfernen, ${made}`,
  },
});
