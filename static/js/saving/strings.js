/** What is said of changes that cannot be made just now. */

import { inLanguage } from "../shared/language.js";

export const strings = inLanguage({
  en: {
    unreachable: "The server cannot be reached.",
    gone: "This transcript was deleted permanently and can no longer be changed.",
    segmentChanged: "Someone else changed this segment in the meantime. Nothing was done; check it and try again.",
    textChanged: "The text was changed in another tab or by someone else. Nothing was done; check it and try again.",
    timeChanged: "This word's time has changed in the meantime. Try again.",
    noWords: "There are no words here.",
    kept: (/** @type {string} */ why) => `${why} What you typed is kept; try again later.`,
    chooseFirst: "First choose which version of this segment to keep.",
  },
  de: {
    unreachable: "Der Server ist nicht erreichbar.",
    gone: "Dieses Transkript wurde endgültig gelöscht und lässt sich nicht mehr ändern.",
    segmentChanged:
      "Jemand anderes hat dieses Segment inzwischen geändert. Nichts wurde getan; sehen Sie nach und versuchen Sie es erneut.",
    textChanged:
      "Der Text wurde in einem anderen Tab oder von jemand anderem geändert. Nichts wurde getan; sehen Sie nach und versuchen Sie es erneut.",
    timeChanged: "Die Zeit dieses Wortes hat sich inzwischen geändert. Versuchen Sie es erneut.",
    noWords: "Hier gibt es keine Wörter.",
    kept: (why) => `${why} Was Sie eingegeben haben, bleibt erhalten; versuchen Sie es später erneut.`,
    chooseFirst: "Wählen Sie zuerst, welche Version dieses Segments Sie behalten möchten.",
  },
});
