/** What the list of captions says. */

import { inLanguage, number } from "../shared/language.js";

/** @typedef {"start" | "end"} Edge */

export const strings = inLanguage({
  en: {
    rowOf: (/** @type {number} */ at) => `Caption ${number(at)}`,
    play: (/** @type {number} */ at) => `Play caption ${number(at)}`,
    in: "In",
    out: "Out",
    edgeOf: (/** @type {Edge} */ edge, /** @type {number} */ at) =>
      `${edge === "start" ? "In" : "Out"} of caption ${number(at)}, on the waveform`,
    textOf: (/** @type {number} */ at) => `Text of caption ${number(at)}`,
    length: (/** @type {string} */ seconds) => `${seconds} s`,
    speed: (/** @type {string} */ chars) => `${chars} characters a second`,
    warning: "Warning",
    fix: "Fix",
    fixThis: (/** @type {string} */ sentence) => `Fix: ${sentence}`,

    madeAnew: "The captions are being made anew. Try again.",
    changedElsewhere: "The text of this caption was changed meanwhile. Check it and try again.",
    noTime: (/** @type {string} */ typed) => `“${typed}” is no time. Write it as 1:05.250.`,
    noTimecode: (/** @type {string} */ typed, /** @type {string} */ as) =>
      `“${typed}” is no time at these frames a second. Write it as ${as}.`,
    milliseconds: "Milliseconds",
    frames: (/** @type {string} */ rate) => `Frames, ${rate.replace("df", " drop-frame")}`,
    filmFrames: (/** @type {string} */ rate) => `The film’s frames, ${rate}`,
    notBefore: (/** @type {Edge} */ edge, /** @type {string} */ time) =>
      edge === "start"
        ? `This caption cannot begin before ${time}: the words above it begin there.`
        : `This caption cannot end before ${time}: its words need that time.`,
    notAfter: (/** @type {Edge} */ edge, /** @type {string} */ time) =>
      edge === "start"
        ? `This caption cannot begin after ${time}: its words need the time until it ends.`
        : `This caption cannot end after ${time}: the next words begin there.`,
    byRules: (/** @type {Edge} */ edge, /** @type {string} */ time) =>
      `By the rules of this preset the caption ${edge === "start" ? "begins" : "ends"} at ${time}.`,
    speechHere: "Somebody speaks here. Move to a pause to add a caption, or split this one.",
    noRoomHere: (/** @type {string} */ time) => `There is no room here: the next words begin at ${time}.`,
    newAt: (/** @type {string} */ time) => `New caption at ${time}`,
    added: "Caption added",
    split: "Split",
    splitBetween: "Place the caret between two words to split a caption.",
    breakBetween: "Place the caret between two words to break a line.",
    rulesBreak: "This preset chooses the breaks. To break by hand, choose the preset “My line breaks”.",
    noFaults: "No rules are broken.",
    nothingToFix: "Nothing here can be fixed by itself.",
    endsAt: (/** @type {number} */ at, /** @type {string} */ time) => `Caption ${number(at)} ends at ${time}`,
    faultOf: (/** @type {number} */ at, /** @type {number} */ count, /** @type {string} */ sentences) =>
      `Fault ${number(at)} of ${number(count)}. ${sentences}`,
  },
  de: {
    rowOf: (at) => `Untertitel ${number(at)}`,
    play: (at) => `Untertitel ${number(at)} abspielen`,
    in: "Beginn",
    out: "Ende",
    edgeOf: (edge, at) => `${edge === "start" ? "Beginn" : "Ende"} von Untertitel ${number(at)}, in der Wellenform`,
    textOf: (at) => `Text von Untertitel ${number(at)}`,
    length: (seconds) => `${seconds} s`,
    speed: (chars) => `${chars} Zeichen je Sekunde`,
    warning: "Warnung",
    fix: "Beheben",
    fixThis: (sentence) => `Beheben: ${sentence}`,

    madeAnew: "Die Untertitel werden gerade neu gebildet. Versuchen Sie es noch einmal.",
    changedElsewhere:
      "Der Text dieses Untertitels wurde inzwischen geändert. Prüfen Sie ihn und versuchen Sie es noch einmal.",
    noTime: (typed) => `„${typed}“ ist keine Zeit. Schreiben Sie sie wie 1:05.250.`,
    noTimecode: (typed, as) =>
      `„${typed}“ ist bei so vielen Bildern je Sekunde keine Zeit. Schreiben Sie sie wie ${as}.`,
    milliseconds: "Millisekunden",
    frames: (rate) => `Bilder, ${rate.replace("df", " Drop-Frame")}`,
    filmFrames: (rate) => `Bilder des Films, ${rate}`,
    notBefore: (edge, time) =>
      edge === "start"
        ? `Dieser Untertitel kann nicht vor ${time} beginnen: Dort beginnen die Wörter darüber.`
        : `Dieser Untertitel kann nicht vor ${time} enden: So lange brauchen seine Wörter.`,
    notAfter: (edge, time) =>
      edge === "start"
        ? `Dieser Untertitel kann nicht nach ${time} beginnen: Seine Wörter brauchen die Zeit bis zu seinem Ende.`
        : `Dieser Untertitel kann nicht nach ${time} enden: Dort beginnen die nächsten Wörter.`,
    byRules: (edge, time) =>
      `Nach den Regeln dieser Vorgabe ${edge === "start" ? "beginnt" : "endet"} der Untertitel bei ${time}.`,
    speechHere:
      "Hier wird gesprochen. Gehen Sie für einen neuen Untertitel in eine Pause, oder teilen Sie diesen Untertitel.",
    noRoomHere: (time) => `Hier ist kein Platz: Die nächsten Wörter beginnen bei ${time}.`,
    newAt: (time) => `Neuer Untertitel bei ${time}`,
    added: "Untertitel hinzugefügt",
    split: "Geteilt",
    splitBetween: "Setzen Sie den Cursor zwischen zwei Wörter, um einen Untertitel zu teilen.",
    breakBetween: "Setzen Sie den Cursor zwischen zwei Wörter, um eine Zeile umzubrechen.",
    rulesBreak:
      "Diese Vorgabe bestimmt die Umbrüche. Um von Hand umzubrechen, wählen Sie die Vorgabe „Meine Zeilenumbrüche“.",
    noFaults: "Alle Regeln sind eingehalten.",
    nothingToFix: "Hier lässt sich nichts von selbst beheben.",
    endsAt: (at, time) => `Untertitel ${number(at)} endet bei ${time}`,
    faultOf: (at, count, sentences) => `Verstoß ${number(at)} von ${number(count)}. ${sentences}`,
  },
});
