/** What is said of files that take long to make: films with captions, cut sound, pseudonyms. */

import { inLanguage } from "../shared/language.js";

export const strings = inLanguage({
  en: {
    film: {
      title: "Captions into the film",
      hint: "Draws the captions into the picture of a copy, where nobody can switch them off. The sound stays as it is.",
    },
    sound: {
      title: "Sound without struck-out words",
      hint: "Makes a copy of the sound in which struck-out words are cut out, and the names below are covered by a tone. The recording stays as it is.",
    },
    text: {
      title: "Text with pseudonyms",
      hint: "Writes a file in which the names below are replaced, also in notes, codes and the title. The transcript stays as it is. Read the report and the file before you give it away.",
    },
    mp3: "MP3 (small)",
    wav: "WAV (for editing)",
    download: (/** @type {string} */ name) => `Download ${name}`,
    ready: (/** @type {string} */ title) => `${title}: ready to download.`,
    show: "Show",
  },
  de: {
    film: {
      title: "Untertitel ins Bild",
      hint: "Zeichnet die Untertitel in das Bild einer Kopie, wo sie niemand abschalten kann. Der Ton bleibt, wie er ist.",
    },
    sound: {
      title: "Ton ohne gestrichene Wörter",
      hint: "Macht eine Kopie des Tons, aus der gestrichene Wörter herausgeschnitten sind und in der ein Ton die Namen unten überdeckt. Die Aufnahme bleibt, wie sie ist.",
    },
    text: {
      title: "Text mit Pseudonymen",
      hint: "Schreibt eine Datei, in der die Namen unten ersetzt sind, auch in Notizen, Codes und Titel. Das Transkript bleibt, wie es ist. Lesen Sie Bericht und Datei, bevor Sie sie weitergeben.",
    },
    mp3: "MP3 (klein)",
    wav: "WAV (zum Bearbeiten)",
    download: (name) => `${name} herunterladen`,
    ready: (title) => `${title}: bereit zum Herunterladen.`,
    show: "Zeigen",
  },
});
