/** What is said of doubts and of their review. */

import { inLanguage, number, plural } from "../shared/language.js";
import { isOfVoices } from "../transcript/doubts.js";

export const strings = inLanguage({
  en: {
    /** Kinds of doubts, in the order in which they are offered. */
    kinds: {
      different: "Heard differently",
      not_heard: "Not heard",
      not_written: "Missing from the text",
      repeated: "Repeated",
      spelling: "Inconsistent spelling",
      unsure: "Not sure",
      another_voice: "Another voice begins here",
      same_voice: "The same voice goes on",
      style: "Style",
    },
    nothingHeardHere: "Nothing was heard here",
    spelledDifferently: "Spelled differently elsewhere",
    bothReadings: (/** @type {string} */ written, /** @type {string} */ heard) =>
      `${written ? `Written: ${written}. ` : ""}${heard ? `Heard: ${heard}.` : "Nothing heard."}`,
    likelyWrong: (/** @type {string} */ share) => `${share} likely wrong`,
    isKept: "text kept",
    nothing: "nothing",
    useHeard: "Use heard",
    remove: "Remove",
    removeText: "Remove text",
    reopen: "Reopen",
    keepText: "Keep text",
    newTurn: (/** @type {string} */ name) => (name ? `New turn: ${name}` : "New turn"),
    noNewTurn: "No new turn",
    keepTurns: "Keep turns",
    noName: "without a name",
    fromWords: (/** @type {string} */ words) => `“${words} …”`,
    nowReads: (/** @type {string} */ text) => `Now reads ${text}`,
    removed: "Removed",
    kept: "Text kept",
    undone: "Undone",
    editHere: "Edit the text, then press Enter",
    noneLeft: "No doubts left",
    stillLoading: "Doubts are still loading",
    keptCount: (/** @type {number} */ count) => `Kept ${number(count)}`,
    more: (/** @type {number} */ count) => `and ${number(count)} more`,
    done: (/** @type {number} */ done, /** @type {number} */ all) => `${number(done)} of ${number(all)}`,
    soFar: (/** @type {string} */ fact) => `${fact} so far`,
    none: "No doubts",
    allDecided: "all decided",
    underAMinute: "less than a minute left",
    minutesLeft: (/** @type {number} */ minutes) =>
      plural(minutes, { one: "about a minute left", other: `about ${number(minutes)} minutes left` }),
  },
  de: {
    kinds: {
      different: "Anders gehört",
      not_heard: "Nicht gehört",
      not_written: "Fehlt im Text",
      repeated: "Wiederholt",
      spelling: "Uneinheitliche Schreibweise",
      unsure: "Unsicher",
      another_voice: "Hier beginnt eine andere Stimme",
      same_voice: "Dieselbe Stimme spricht weiter",
      style: "Stil",
    },
    nothingHeardHere: "Hier wurde nichts gehört",
    spelledDifferently: "Anderswo anders geschrieben",
    bothReadings: (written, heard) =>
      `${written ? `Geschrieben: ${written}. ` : ""}${heard ? `Gehört: ${heard}.` : "Nichts gehört."}`,
    likelyWrong: (share) => `zu ${share} falsch`,
    isKept: "Text behalten",
    nothing: "nichts",
    useHeard: "Gehörtes übernehmen",
    remove: "Entfernen",
    removeText: "Text entfernen",
    reopen: "Wieder öffnen",
    keepText: "Text behalten",
    newTurn: (name) => (name ? `Neuer Sprecher: ${name}` : "Neuer Sprecher"),
    noNewTurn: "Kein neuer Sprecher",
    keepTurns: "So lassen",
    noName: "ohne Namen",
    fromWords: (words) => `„${words} …“`,
    nowReads: (text) => `Lautet jetzt ${text}`,
    removed: "Entfernt",
    kept: "Text behalten",
    undone: "Rückgängig gemacht",
    editHere: "Bearbeiten Sie den Text und drücken Sie dann die Eingabetaste",
    noneLeft: "Keine Zweifel mehr",
    stillLoading: "Die Zweifel werden noch geladen",
    keptCount: (count) => `Behalten ${number(count)}`,
    more: (count) => `und ${number(count)} weitere`,
    done: (done, all) => `${number(done)} von ${number(all)}`,
    soFar: (fact) => `bisher ${fact}`,
    none: "Keine Zweifel",
    allDecided: "alle entschieden",
    underAMinute: "noch keine Minute",
    minutesLeft: (minutes) =>
      plural(minutes, { one: "noch etwa eine Minute", other: `noch etwa ${number(minutes)} Minuten` }),
  },
});

/** What taking a doubt does. @param {import("../transcript/transcript.js").Doubt} doubt @param {string} remove */
export function takeOf({ kind, heard }, remove) {
  if (kind === "another_voice") return strings.newTurn(heard);
  if (kind === "same_voice") return strings.noNewTurn;
  return heard ? strings.useHeard : remove;
}

/** What is said of a doubt that is gone to. @param {import("../transcript/transcript.js").Doubt} doubt */
export function saidOf(doubt) {
  const { kind, written, heard } = doubt;
  if (isOfVoices(doubt)) return `${strings.kinds[kind]}: ${strings.fromWords(written)}`;
  return strings.bothReadings(written, heard);
}
