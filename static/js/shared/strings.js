/** What the rooms of all pages say. */

import { counted, inLanguage, number } from "./language.js";

export const strings = inLanguage({
  en: {
    justNow: "just now",
    ago: (/** @type {string} */ span) => `${span} ago`,
    timeLeft: (/** @type {string} */ span) => `about ${span} left`,
    recognised: (/** @type {string} */ share, /** @type {boolean} */ isAll) =>
      `${share} of the text was recognised${isAll ? "" : " so far"}`,
    missing: (/** @type {string} */ span) => `${span} of speech is missing from the text`,

    unknownError:
      "Something went wrong in this page. What you typed is kept. Reload the page; if it happens again, report it to the person who runs the server.",
    dismiss: "Dismiss",
    copied: "Copied",
    copyRefused: "This browser does not allow the page to copy. Select the text and copy it by hand.",

    detect: "Detect",
    installed: (/** @type {string} */ model) => `${model} is already installed.`,
    toDownload: (/** @type {string} */ model, /** @type {string} */ size) =>
      `${model} (${size}) will be downloaded first, once.`,
    englishOnly: "English only",
    download: (/** @type {string} */ size) => `${size} to download`,
    takes: (/** @type {string} */ span, /** @type {boolean} */ isMeasured) =>
      `${isMeasured ? "about" : "roughly"} ${span}`,
    here: (/** @type {string} */ span) => `Takes ${span} on this computer.`,
    forAnHour: (/** @type {string} */ span) => `Takes ${span} for each hour of a recording.`,
    /** The sizes of models as qualities: what each is called, and what it is for. */
    qualities: /** @type {Record<string, {called: string, meaning: string}>} */ ({
      tiny: { called: "Fastest", meaning: "For a first look: many errors." },
      base: { called: "Fast", meaning: "For clear speech, and to align a text that you have." },
      small: { called: "Careful", meaning: "For most recordings, also with accents." },
      medium: { called: "More careful", meaning: "For noise, accents and languages other than English." },
      "large-v3": { called: "Most careful", meaning: "The fewest errors, and the most time." },
      "large-v3-turbo": { called: "Most careful, quicker", meaning: "Nearly the fewest errors, in less time." },
    }),

    /** What is done in a job, by its phase. */
    phases: /** @type {Record<string, string>} */ ({
      "": "Starting",
      decode: "Preparing sound",
      download: "Downloading model",
      load: "Loading model",
      hear: "Transcribing",
      align: "Aligning",
      listen: "Checking doubts",
      speakers: "Finding speakers",
      shots: "Finding shot changes",
      words: "Speakers found; waiting for the words",
      burn: "Drawing captions",
      cut: "Copying the sound",
    }),
    queued: "Waiting in the queue",
    triedAgain: (/** @type {string} */ reason) => `Tried again soon: ${reason}`,
    cancelled: "Cancelled",
    stopped: (/** @type {string} */ reason) => `Stopped: ${reason}`,
    noReason: "for an unknown reason.",
    serverFault: "something went wrong on the server; see its log.",

    doubtsUnknown: "Doubts …",
    doubts: (/** @type {number} */ count) => (count ? counted(count, "doubt", "doubts") : "No doubts"),
    soFar: (/** @type {string} */ fact) => `${fact} so far`,
    notRecognised: "Not recognised yet",
    noDoubtsLeft: "No doubts left.",
    noDoubtsYet: "No doubts so far. More may appear as the recording is recognised.",
    noTextLeft: "No text left. Undo restores it.",
    noSpeechHere: "No speech was recognised in this recording.",
    noTextYet: "No text yet.",
    textComes: "The transcript will appear here as it is recognised.",
    noSpeech: "No speech was recognised in the recording.",
    noWords: "The text contains no spoken words.",
    trackUsed: (/** @type {string} */ name, /** @type {number} */ count) =>
      `Audio track ${name} of ${number(count)} is used.`,
    provisionalTimes: (/** @type {string | null} */ until) =>
      `Times are provisional: the recording is ${until ? `recognised up to ${until}` : "not recognised yet"}.`,
    provisionalText: (/** @type {string | null} */ until) =>
      `The text is incomplete: the recording is ${until ? `recognised up to ${until}` : "not recognised yet"}.`,
  },
  de: {
    justNow: "gerade eben",
    ago: (span) => `vor ${span}`,
    timeLeft: (span) => `noch etwa ${span}`,
    recognised: (share, isAll) => `${isAll ? "" : "Bisher "}${share} des Textes ${isAll ? "wurden " : ""}erkannt`,
    missing: (span) => `${span} Gesprochenes fehlen im Text`,

    unknownError:
      "Auf dieser Seite ist etwas schiefgegangen. Was Sie eingegeben haben, bleibt erhalten. Laden Sie die Seite neu; wenn es wieder geschieht, melden Sie es der Person, die den Server betreibt.",
    dismiss: "Ausblenden",
    copied: "Kopiert",
    copyRefused: "Dieser Browser lässt die Seite nicht kopieren. Markieren Sie den Text und kopieren Sie ihn von Hand.",

    detect: "Automatisch",
    installed: (model) => `${model} ist bereits installiert.`,
    toDownload: (model, size) => `${model} (${size}) wird zuerst heruntergeladen, einmalig.`,
    englishOnly: "nur Englisch",
    download: (size) => `${size} herunterzuladen`,
    takes: (span, isMeasured) => `${isMeasured ? "etwa" : "grob geschätzt"} ${span}`,
    here: (span) => `Dauert auf diesem Computer ${span}.`,
    forAnHour: (span) => `Dauert ${span} je Stunde Aufnahme.`,
    qualities: {
      tiny: { called: "Am schnellsten", meaning: "Für einen ersten Blick: viele Fehler." },
      base: { called: "Schnell", meaning: "Für deutliche Sprache und um einen vorhandenen Text zuzuordnen." },
      small: { called: "Sorgfältig", meaning: "Für die meisten Aufnahmen, auch mit Akzent." },
      medium: { called: "Sorgfältiger", meaning: "Für Lärm, Akzente und andere Sprachen als Englisch." },
      "large-v3": { called: "Am sorgfältigsten", meaning: "Die wenigsten Fehler, die längste Dauer." },
      "large-v3-turbo": {
        called: "Am sorgfältigsten, schneller",
        meaning: "Beinahe so wenige Fehler, in kürzerer Zeit.",
      },
    },

    phases: {
      "": "Beginnt",
      decode: "Ton wird vorbereitet",
      download: "Modell wird heruntergeladen",
      load: "Modell wird geladen",
      hear: "Wird transkribiert",
      align: "Text wird zugeordnet",
      listen: "Zweifel werden geprüft",
      speakers: "Sprecher werden gesucht",
      shots: "Schnitte werden gesucht",
      words: "Sprecher gefunden; wartet auf die Wörter",
      burn: "Untertitel werden gezeichnet",
      cut: "Ton wird kopiert",
    },
    queued: "Wartet in der Warteschlange",
    triedAgain: (reason) => `Wird bald erneut versucht: ${reason}`,
    cancelled: "Abgebrochen",
    stopped: (reason) => `Angehalten: ${reason}`,
    noReason: "Grund unbekannt.",
    serverFault: "Auf dem Server ist etwas schiefgegangen; siehe sein Protokoll.",

    doubtsUnknown: "Zweifel …",
    doubts: (count) => (count ? counted(count, "Zweifel", "Zweifel") : "Keine Zweifel"),
    soFar: (fact) => `Bisher ${fact.charAt(0).toLowerCase()}${fact.slice(1)}`,
    notRecognised: "Noch nicht erkannt",
    noDoubtsLeft: "Keine Zweifel mehr.",
    noDoubtsYet: "Bisher keine Zweifel. Weitere können dazukommen, während die Aufnahme erkannt wird.",
    noTextLeft: "Kein Text mehr da. „Rückgängig“ stellt ihn wieder her.",
    noSpeechHere: "In dieser Aufnahme wurde keine Sprache erkannt.",
    noTextYet: "Noch kein Text.",
    textComes: "Das Transkript erscheint hier, während es erkannt wird.",
    noSpeech: "In der Aufnahme wurde keine Sprache erkannt.",
    noWords: "Der Text enthält keine gesprochenen Wörter.",
    trackUsed: (name, count) => `Tonspur ${name} von ${number(count)} wird verwendet.`,
    provisionalTimes: (until) =>
      `Die Zeiten sind vorläufig: Die Aufnahme ist ${until ? `bis ${until} erkannt` : "noch nicht erkannt"}.`,
    provisionalText: (until) =>
      `Der Text ist unvollständig: Die Aufnahme ist ${until ? `bis ${until} erkannt` : "noch nicht erkannt"}.`,
  },
});
