/** What is said in the bars, menus and dialogs of the editor page; its commands are in `command-strings.js`. */

import { counted, inLanguage, number } from "../shared/language.js";

export const strings = inLanguage({
  en: {
    /** Whether what is typed is saved. */
    save: {
      saved: "Saved",
      saving: "Saving …",
      keptHere: "What you typed is kept in this browser",
      keptInPage: "What you typed is kept only while this page is open",
      choice: "Choose which version to keep",
      gone: "Deleted: changes are not saved",
    },
    reviewed: (/** @type {number} */ done, /** @type {number} */ all) => `${number(done)} of ${number(all)} reviewed`,
    uncheckedRules: "The rules could not be checked.",
    /** What can be chosen of an exported document. */
    exported: {
      times: "With times",
      notes: "With notes (in Word as comments)",
      numbers: "With line numbers (Word, text)",
    },
    nothingToFix: "Nothing to fix: everything in your file was recognised.",
    timesFixed: (/** @type {number} */ count) => `Times fixed in ${counted(count, "segment", "segments")}`,
    loadingDoubts: "Loading doubts …",
    taught: (/** @type {string} */ terms) => `${terms} added to the glossary. Can be undone.`,
    alsoIn: (/** @type {string} */ text, /** @type {number} */ count) =>
      `“${text}” also in ${counted(count, "other place", "other places")}`,
    showPlaces: "Show",
    transcribed: "The transcription is complete.",
    willNotify: "You will be notified when the transcription ends.",
    mayNotNotify: "This browser does not allow the page to notify you.",
    dismissPlaces: "Dismiss",
    quoted: (/** @type {string} */ text) => `“${text}”`,
    nothing: "nothing",
    undo: "Undo",
    tryAgain: "Try again",
    restore: "Restore",
    replaced: (/** @type {number} */ count) => `${number(count)} replaced.`,
    deleted: (/** @type {number} */ count) => `${number(count)} deleted.`,

    inTrash: "This transcript is in the trash. You can still read and edit it until the trash is emptied.",
    gone: "This transcript was deleted permanently, in another window or by someone else. Nothing you type can be saved. Keep a copy of what you need:",
    copyText: "Copy the text",
    saveAsFile: "Save as a file",
    notOpened: "The transcript could not be opened.",
    notStored:
      "This browser stores nothing for this page. What you type is saved on the server; anything not yet saved is lost when you close the page.",
    noSettings: "This browser stores no settings: they last until you close this page.",
    notAdded: (/** @type {string} */ name, /** @type {number} */ more) =>
      `${name || "It"}${more ? ` and ${number(more)} more were` : " was"} not added: to make new transcripts, drop the files on the list of transcripts.`,

    noTimes: "This text has no times yet.",
    quoteCopied: "Copied with speaker and time.",
    linkCopied: (/** @type {string} */ time) => `Copied: a link to ${time}.`,
    cutting: "Cutting the sound …",
    clipSaved: (/** @type {string} */ from, /** @type {string} */ to) => `Saved: the sound from ${from} to ${to}.`,
    momentGone: "This link leads to a segment that no longer exists.",

    segmentChanged: "Someone else changed this segment in the meantime. Nothing was done; check it and try again.",
    /** What a person types beside the text. */
    changed: {
      title: (/** @type {string} */ theirs, /** @type {string} */ mine) =>
        `Someone else changed the title to ${theirs} in the meantime. Yours is ${mine}.`,
      speaker: (/** @type {string} */ theirs, /** @type {string} */ mine) =>
        `Someone else changed the speaker to ${theirs} in the meantime. Yours is ${mine}.`,
      note: (/** @type {string} */ theirs, /** @type {string} */ mine) =>
        `Someone else changed the note to ${theirs} in the meantime. Yours is ${mine}.`,
    },
    useMine: "Use mine",
    segmentGone: (/** @type {string} */ written) => `The segment you wrote this for no longer exists: ${written}`,
    youTyped: (/** @type {string} */ why, /** @type {string} */ typed) => `${why} You typed ${typed}.`,

    /** What steps of each kind are called. */
    steps: /** @type {Record<string, string>} */ ({
      text: "Text",
      split: "Split",
      merge: "Joined",
      set: "Speaker, note or mark",
      insert: "Added",
      delete: "Removed",
      times: "Times",
      break: "Line breaks",
      replace: "Restored",
      correct: "Corrected everywhere",
      speakers: "Speakers found",
      strike: "Struck out or restored",
    }),
    /** What was done to the whole. */
    deeds: /** @type {Record<string, string>} */ ({
      title: "Title",
      delete: "Moved to the trash",
      restore: "Restored from the trash",
      forget: "Version name removed",
    }),
    undoneStep: (/** @type {string} */ step) => `Undone: ${step.toLowerCase()}`,
    redoneStep: (/** @type {string} */ step) => `Redone: ${step.toLowerCase()}`,
    isUndone: (/** @type {string} */ step) => `${step} (undone)`,
    undoneBy: (/** @type {string | null} */ author, /** @type {string} */ step) =>
      `Undone by ${author ?? "someone else"} (${step.toLowerCase()})`,
    redoneBy: (/** @type {string | null} */ author, /** @type {string} */ step) =>
      `Redone by ${author ?? "someone else"} (${step.toLowerCase()})`,
    moreSegments: (/** @type {number} */ count) => `and ${counted(count, "more segment", "more segments")}`,
    stepsBefore: (/** @type {number} */ count) => `and ${counted(count, "more step", "more steps")} before it`,
    show: "Show",
    original: "Original",
    changedMeanwhile:
      "This text has changed in the meantime and is shown as it is now. Restore again if you still want to.",
    differing: (/** @type {number} */ count) =>
      `${counted(count, "segment differs", "segments differ")} from the current version`,
    same: "Same as the current version",
    removeVersion: (/** @type {string} */ name) => `Remove the version name ${name}`,
    notThere: "not there",
    restoreText: (/** @type {string} */ text) => `Restore: ${text}`,

    renamedMeanwhile: (/** @type {string} */ name, /** @type {string} */ typed) =>
      `Someone else renamed “${name}” in the meantime, so “${typed}” was not used. Type it again to rename that speaker.`,
    inText: (/** @type {string} */ chord) => `${chord} in the text`,
    speakerName: (/** @type {number} */ at) => `Name of speaker ${number(at)}`,
    segments: (/** @type {number} */ count) => counted(count, "segment", "segments"),
    renamed: "renamed",
    playSpeaker: (/** @type {string} */ name) => `Play ${name}`,
    allNamed: "Every turn has a speaker.",
  },
  de: {
    save: {
      saved: "Gespeichert",
      saving: "Wird gespeichert …",
      keptHere: "Was Sie eingegeben haben, bleibt in diesem Browser erhalten",
      keptInPage: "Was Sie eingegeben haben, bleibt nur erhalten, solange diese Seite offen ist",
      choice: "Wählen Sie, welche Version Sie behalten möchten",
      gone: "Gelöscht: Änderungen werden nicht gespeichert",
    },
    reviewed: (done, all) => `${number(done)} von ${number(all)} geprüft`,
    uncheckedRules: "Die Regeln konnten nicht geprüft werden.",
    exported: {
      times: "Mit Zeiten",
      notes: "Mit Notizen (in Word als Kommentare)",
      numbers: "Mit Zeilennummern (Word, Text)",
    },
    nothingToFix: "Nichts zu korrigieren: Alles in Ihrer Datei wurde erkannt.",
    timesFixed: (count) => `Zeiten in ${counted(count, "Segment", "Segmenten")} korrigiert`,
    loadingDoubts: "Zweifel werden geladen …",
    taught: (terms) => `Ins Glossar aufgenommen: ${terms}. Lässt sich rückgängig machen.`,
    alsoIn: (text, count) => `„${text}“ auch an ${counted(count, "anderen Stelle", "anderen Stellen")}`,
    showPlaces: "Zeigen",
    transcribed: "Die Transkription ist fertig.",
    willNotify: "Sie werden benachrichtigt, wenn die Transkription endet.",
    mayNotNotify: "Dieser Browser erlaubt der Seite keine Benachrichtigungen.",
    dismissPlaces: "Verwerfen",
    quoted: (text) => `„${text}“`,
    nothing: "nichts",
    undo: "Rückgängig",
    tryAgain: "Erneut versuchen",
    restore: "Wiederherstellen",
    replaced: (count) => `${number(count)} ersetzt.`,
    deleted: (count) => `${number(count)} gelöscht.`,

    inTrash:
      "Dieses Transkript ist im Papierkorb. Sie können es noch lesen und bearbeiten, bis der Papierkorb geleert wird.",
    gone: "Dieses Transkript wurde endgültig gelöscht, in einem anderen Fenster oder von jemand anderem. Was Sie eingeben, lässt sich nicht speichern. Heben Sie auf, was Sie brauchen:",
    copyText: "Text kopieren",
    saveAsFile: "Als Datei speichern",
    notOpened: "Das Transkript konnte nicht geöffnet werden.",
    notStored:
      "Dieser Browser speichert nichts für diese Seite. Was Sie eingeben, wird auf dem Server gespeichert; was noch nicht gespeichert ist, geht beim Schließen der Seite verloren.",
    noSettings: "Dieser Browser speichert keine Einstellungen: Sie gelten, bis Sie diese Seite schließen.",
    notAdded: (name, more) =>
      `${name || "Die Datei"}${more ? ` und ${counted(more, "weitere Datei", "weitere Dateien")} wurden` : " wurde"} nicht hinzugefügt: Legen Sie Dateien für neue Transkripte auf der Liste der Transkripte ab.`,

    noTimes: "Dieser Text hat noch keine Zeiten.",
    quoteCopied: "Mit Sprecher und Zeit kopiert.",
    linkCopied: (time) => `Kopiert: ein Link zu ${time}.`,
    cutting: "Ton wird ausgeschnitten …",
    clipSaved: (from, to) => `Gespeichert: der Ton von ${from} bis ${to}.`,
    momentGone: "Dieser Link führt zu einem Segment, das es nicht mehr gibt.",

    segmentChanged:
      "Jemand anderes hat dieses Segment inzwischen geändert. Nichts wurde getan; sehen Sie nach und versuchen Sie es erneut.",
    changed: {
      title: (theirs, mine) => `Jemand anderes hat den Titel inzwischen in ${theirs} geändert. Ihrer ist ${mine}.`,
      speaker: (theirs, mine) => `Jemand anderes hat den Sprecher inzwischen in ${theirs} geändert. Ihrer ist ${mine}.`,
      note: (theirs, mine) => `Jemand anderes hat die Notiz inzwischen in ${theirs} geändert. Ihre ist ${mine}.`,
    },
    useMine: "Meine Angabe verwenden",
    segmentGone: (written) => `Das Segment, für das Sie das geschrieben haben, gibt es nicht mehr: ${written}`,
    youTyped: (why, typed) => `${why} Ihre Eingabe: ${typed}.`,

    steps: {
      text: "Text",
      split: "Geteilt",
      merge: "Verbunden",
      set: "Sprecher, Notiz oder Markierung",
      insert: "Hinzugefügt",
      delete: "Entfernt",
      times: "Zeiten",
      break: "Zeilenumbrüche",
      replace: "Wiederhergestellt",
      correct: "Überall korrigiert",
      speakers: "Sprecher gefunden",
      strike: "Gestrichen oder wiederhergestellt",
    },
    deeds: {
      title: "Titel",
      delete: "In den Papierkorb verschoben",
      restore: "Aus dem Papierkorb geholt",
      forget: "Versionsname entfernt",
    },
    undoneStep: (step) => `Rückgängig gemacht: ${step}`,
    redoneStep: (step) => `Wiederholt: ${step}`,
    isUndone: (step) => `${step} (rückgängig gemacht)`,
    undoneBy: (author, step) => `Von ${author ?? "jemand anderem"} rückgängig gemacht (${step})`,
    redoneBy: (author, step) => `Von ${author ?? "jemand anderem"} wiederholt (${step})`,
    moreSegments: (count) => `und ${counted(count, "weiteres Segment", "weitere Segmente")}`,
    stepsBefore: (count) => `und davor ${counted(count, "weiterer Schritt", "weitere Schritte")}`,
    show: "Anzeigen",
    original: "Original",
    changedMeanwhile:
      "Dieser Text hat sich inzwischen geändert und wird gezeigt, wie er jetzt ist. Stellen Sie ihn noch einmal wieder her, wenn Sie das weiterhin möchten.",
    differing: (count) => `${counted(count, "Segment weicht", "Segmente weichen")} von der aktuellen Version ab`,
    same: "Wie die aktuelle Version",
    removeVersion: (name) => `Versionsnamen ${name} entfernen`,
    notThere: "nicht vorhanden",
    restoreText: (text) => `Wiederherstellen: ${text}`,

    renamedMeanwhile: (name, typed) =>
      `Jemand anderes hat „${name}“ inzwischen umbenannt, deshalb wurde „${typed}“ nicht verwendet. Geben Sie den Namen noch einmal ein, um diesen Sprecher umzubenennen.`,
    inText: (chord) => `${chord} im Text`,
    speakerName: (at) => `Name von Sprecher ${number(at)}`,
    segments: (count) => counted(count, "Segment", "Segmente"),
    renamed: "umbenannt",
    playSpeaker: (name) => `${name} abspielen`,
    allNamed: "Jeder Beitrag hat einen Sprecher.",
  },
});
