/** What is said of playing and of the times of words. */

import { inLanguage, number } from "../shared/language.js";

export const strings = inLanguage({
  en: {
    play: "Play",
    pause: "Pause",
    positionOf: (/** @type {string} */ time, /** @type {string} */ duration) => `${time} of ${duration}`,
    stay: "stay",
    secondsBack: (/** @type {number} */ seconds) => `${seconds === 0.5 ? "½" : number(seconds)} s back`,

    enterTime: "Enter a time such as 1:05.250",
    beginsAt: (/** @type {string} */ word, /** @type {string} */ time) => `“${word}” begins at ${time}.`,
    lastManual: (/** @type {string} */ word, /** @type {string} */ time) =>
      `“${word}” at ${time}, the last time set manually,`,
    recordingStart: "the start of the recording",

    /** The parts of a word's time that can be moved. */
    parts: {
      both: (/** @type {string} */ word) => `Time of “${word}”`,
      start: (/** @type {string} */ word) => `Start of “${word}”`,
      end: (/** @type {string} */ word) => `End of “${word}”`,
    },
    timeOf: (/** @type {string} */ word, /** @type {string} */ origin) => `“${word}”: ${origin}`,
    /** Where a word's time comes from. */
    manual: "set manually",
    origins: /** @type {Record<string, string>} */ ({
      heard: "heard",
      listened: "realigned",
      imported: "from your file",
      manual: "set manually, then unlocked",
    }),
    /** What found the time in the sound. */
    aligners: /** @type {Record<string, string>} */ ({
      attention: "timed by Whisper",
      phones: "timed by its phones",
      pocketsphinx: "timed by PocketSphinx",
      both: "timed by its phones and PocketSphinx, which agree",
      ctc: "timed by your CTC model",
    }),
    estimated: "estimated from its neighbours",
    staysEstimated:
      "estimated from its neighbours; not realigned, as no model is installed or realigning is switched off",
  },
  de: {
    play: "Abspielen",
    pause: "Pause",
    positionOf: (time, duration) => `${time} von ${duration}`,
    stay: "bleiben",
    secondsBack: (seconds) => `${seconds === 0.5 ? "½" : number(seconds)} s zurück`,

    enterTime: "Geben Sie eine Zeit wie 1:05.250 ein",
    beginsAt: (word, time) => `„${word}“ beginnt bei ${time}.`,
    lastManual: (word, time) => `„${word}“ bei ${time}, der letzten von Hand gesetzten Zeit,`,
    recordingStart: "dem Anfang der Aufnahme",

    parts: {
      both: (word) => `Zeit von „${word}“`,
      start: (word) => `Anfang von „${word}“`,
      end: (word) => `Ende von „${word}“`,
    },
    timeOf: (word, origin) => `„${word}“: ${origin}`,
    manual: "von Hand gesetzt",
    origins: {
      heard: "gehört",
      listened: "neu zugeordnet",
      imported: "aus Ihrer Datei",
      manual: "von Hand gesetzt, dann freigegeben",
    },
    aligners: {
      attention: "Zeit von Whisper",
      phones: "Zeit nach den Lauten",
      pocketsphinx: "Zeit von PocketSphinx",
      both: "Zeit nach den Lauten und von PocketSphinx, die übereinstimmen",
      ctc: "Zeit von Ihrem CTC-Modell",
    },
    estimated: "nach den Nachbarwörtern geschätzt",
    staysEstimated:
      "nach den Nachbarwörtern geschätzt; wird nicht neu zugeordnet, weil kein Modell installiert oder das Zuordnen abgeschaltet ist",
  },
});
