/** What is said of keys. */

import { counted, inLanguage } from "../shared/language.js";

export const strings = inLanguage({
  en: {
    /** What stands on keys, where it is not as browsers name them. */
    caps: /** @type {Record<string, string>} */ ({ Escape: "Esc" }),
    or: "or",
    /** Where keys hold. */
    places: { both: "Everywhere", text: "In the text", review: "In the review", page: "Outside the text" },
    click: "Click",
    joinAtStart: "At the start of a segment: join it with the previous one",
    joinAtEnd: "At the end of a segment: join it with the next one",
    moveThere: "Move the caret and playback there",
    change: "Change",
    changeOne: (/** @type {string} */ label) => `Change shortcut: ${label}`,
    pressNew: (/** @type {string} */ label) => `Press the new shortcut for: ${label}. Esc cancels.`,
    allReset: "All shortcuts were reset",
    goTo: (/** @type {string} */ time) => `Go to ${time}`,
    found: (/** @type {number} */ count) => counted(count, "command", "commands"),
    typesCharacter: "This key types a character.",
    typesInText: "In the text, this key types a character. Add Ctrl or Alt (⌘ or ⌃⌥ on a Mac).",
    used: (/** @type {string} */ label) => `Already used: ${label}`,
  },
  de: {
    caps: {
      Escape: "Esc",
      Ctrl: "Strg",
      Shift: "Umschalt",
      Enter: "Eingabe",
      Space: "Leertaste",
      Delete: "Entf",
      Backspace: "Rücktaste",
      Home: "Pos1",
      End: "Ende",
      PageUp: "Bild↑",
      PageDown: "Bild↓",
    },
    or: "oder",
    places: { both: "Überall", text: "Im Text", review: "Beim Prüfen", page: "Außerhalb des Textes" },
    click: "Klick",
    joinAtStart: "Am Anfang eines Segments: mit dem vorherigen verbinden",
    joinAtEnd: "Am Ende eines Segments: mit dem nächsten verbinden",
    moveThere: "Einfügemarke und Wiedergabe dorthin setzen",
    change: "Ändern",
    changeOne: (label) => `Tastenkürzel ändern: ${label}`,
    pressNew: (label) => `Drücken Sie das neue Tastenkürzel für: ${label}. Esc bricht ab.`,
    allReset: "Alle Tastenkürzel wurden zurückgesetzt",
    goTo: (time) => `Gehe zu ${time}`,
    found: (count) => counted(count, "Befehl", "Befehle"),
    typesCharacter: "Diese Taste schreibt ein Zeichen.",
    typesInText: "Im Text schreibt diese Taste ein Zeichen. Nehmen Sie Strg oder Alt dazu (⌘ oder ⌃⌥ auf dem Mac).",
    used: (label) => `Schon vergeben: ${label}`,
  },
});
