/** What is said of the server and of who is logged in. */

import { inLanguage } from "../shared/language.js";

export const strings = inLanguage({
  en: {
    failed: (/** @type {number} */ status) => `The server reported an error (${status}). Try again in a moment.`,
    unreachable: "The server cannot be reached.",
    unanswered: "The server does not respond.",
    busy: "The server is busy.",
    unreadable: (/** @type {string} */ name) =>
      `${name}: cannot be read. It was moved or changed, or it is a folder. Choose it again.`,
    logOut: "Log out",
    viewOnly: "View only",
    logInAgain: "Log in again",
    loggedOut: "You are logged out.",
    typingKept: "What you type is kept in this browser.",
    mayOnlyView: "You can view this transcript but not change it.",
  },
  de: {
    failed: (status) => `Der Server meldet einen Fehler (${status}). Versuchen Sie es gleich noch einmal.`,
    unreachable: "Der Server ist nicht erreichbar.",
    unanswered: "Der Server antwortet nicht.",
    busy: "Der Server ist ausgelastet.",
    unreadable: (name) =>
      `${name}: lässt sich nicht lesen. Die Datei wurde verschoben oder geändert, oder es ist ein Ordner. Wählen Sie sie noch einmal aus.`,
    logOut: "Abmelden",
    viewOnly: "Nur ansehen",
    logInAgain: "Erneut anmelden",
    loggedOut: "Sie sind abgemeldet.",
    typingKept: "Was Sie eingeben, bleibt in diesem Browser erhalten.",
    mayOnlyView: "Sie können dieses Transkript ansehen, aber nicht ändern.",
  },
});
