/** What is said of finding, replacing, names and the glossary. */

import { counted, inLanguage, number } from "../shared/language.js";

export const strings = inLanguage({
  en: {
    /** How a place is like what is looked for. */
    likeness: { exact: "", case: "different case", spelling: "different spelling", sound: "sounds alike" },
    selectNone: "Select none",
    selectAll: "Select all",
    replaceAt: (/** @type {string} */ time) => `Replace at ${time}`,
    play: "Play",
    playWords: (/** @type {string} */ words) => `Play: ${words}`,
    moreMatches: (/** @type {number} */ count) =>
      `and ${counted(count, "more match", "more matches")}, selected likewise`,
    places: (/** @type {number} */ count, /** @type {boolean} */ isMore) =>
      `${isMore ? "more than " : ""}${counted(count, "place", "places")}`,
    placeOf: (/** @type {number} */ at, /** @type {number} */ count) => `${number(at)} of ${number(count)}`,
    replace: (/** @type {number} */ count) => (count ? `Replace ${number(count)}` : "Replace"),
    delete: (/** @type {number} */ count) => (count ? `Delete ${number(count)}` : "Delete"),
    noDuplicates: "No name has several spellings.",
    useEverywhere: (/** @type {string} */ name) => `Use “${name}” everywhere …`,
    heard: "heard",
    findSimilar: "Find it and similar words …",
    addToGlossary: "Add to the glossary",
    addOne: (/** @type {string} */ name) => `Add ${name} to the glossary`,
    termsSaved: (/** @type {number} */ count) => `${counted(count, "term", "terms")} saved`,
  },
  de: {
    likeness: {
      exact: "",
      case: "andere Groß-/Kleinschreibung",
      spelling: "andere Schreibweise",
      sound: "klingt ähnlich",
    },
    selectNone: "Keine auswählen",
    selectAll: "Alle auswählen",
    replaceAt: (time) => `Bei ${time} ersetzen`,
    play: "Abspielen",
    playWords: (words) => `Abspielen: ${words}`,
    moreMatches: (count) => `und ${counted(count, "weiterer Treffer", "weitere Treffer")}, ebenso ausgewählt`,
    places: (count, isMore) => `${isMore ? "mehr als " : ""}${counted(count, "Stelle", "Stellen")}`,
    placeOf: (at, count) => `${number(at)} von ${number(count)}`,
    replace: (count) => (count ? `${number(count)} ersetzen` : "Ersetzen"),
    delete: (count) => (count ? `${number(count)} löschen` : "Löschen"),
    noDuplicates: "Kein Name hat mehrere Schreibweisen.",
    useEverywhere: (name) => `Überall „${name}“ verwenden …`,
    heard: "gehört",
    findSimilar: "Zusammen mit ähnlichen Wörtern suchen …",
    addToGlossary: "Ins Glossar aufnehmen",
    addOne: (name) => `${name} ins Glossar aufnehmen`,
    termsSaved: (count) => `${counted(count, "Begriff", "Begriffe")} gespeichert`,
  },
});
