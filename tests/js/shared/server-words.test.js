import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { wordsFrom } from "../../../static/js/shared/server-words.js";

const german = wordsFrom(JSON.parse(readFileSync(new URL("../../../static/server.de.json", import.meta.url), "utf-8")));

test("sentences of the server are said in German, with what differs in them", () => {
  const said = {
    "heard “equivalency”, sure (90%); fits the sound better than the text":
      "„equivalency“ gehört, sicher (90 %); passt besser zum Ton als der Text",
    "talk.mp3: it is empty (0 bytes). Copy it again from the original.":
      "talk.mp3: Die Datei ist leer (0 Byte). Kopieren Sie sie noch einmal vom Original.",
    "From 1:05 to 2:10, the recording does not match the 40 words starting with “and so it is”.":
      "Von 1:05 bis 2:10 passt die Aufnahme nicht zu den 40 Wörtern ab „and so it is“.",
    "Your captions were 1.2 s late from 0:00, 3.5 s late from 12:40 on.":
      "Ihre Untertitel waren 1.2 s zu spät ab 0:00, 3.5 s zu spät ab 12:40.",
    "Anna changed the title in the meantime. Your change was not saved. It is now “Two”. Change it again to use yours.":
      "Anna hat inzwischen etwas geändert: Titel. Ihre Änderung wurde nicht gespeichert. Jetzt steht dort „Two“. Ändern Sie es noch einmal, damit Ihre gilt.",
    "The database is busy. Try again in a moment.":
      "Die Datenbank ist beschäftigt. Versuchen Sie es gleich noch einmal.",
    "Deepgram JSON with word times, 2 speakers": "Deepgram JSON mit Wortzeiten, 2 Sprecher",
    "a Word document (DOCX) without times": "ein Word-Dokument (DOCX) ohne Zeiten",
    "STL holds 9 captions; 2 are left out": "STL fasst 9 Untertitel; 2 fehlen",
    "Left out as not said: 3 of the text's lines (“Dr. Lee …”)":
      "Weggelassen, weil es niemand sagt: 3 Zeilen des Textes („Dr. Lee …“)",
    "talk.zip: its file rows.json has been altered. Use another copy.":
      "talk.zip: Die Datei rows.json darin wurde verändert. Nehmen Sie eine andere Kopie.",
    "sounds the same; capitals differ": "klingt gleich; andere Großschreibung",
    "42 ms to the next, 83 needed": "42 ms bis zum nächsten, 83 nötig",
  };
  for (const [english, words] of Object.entries(said)) assert.equal(german(english), words);
});

test("what has no words in German stays as it was said, names in it whatever they are", () => {
  for (const said of ["", "Ready.", "a (b [c: $&", "x ".repeat(5000)]) assert.equal(german(said), said);
  assert.equal(german("$& (1).mp3: it is a picture."), "$& (1).mp3: Das ist ein Bild.");
});
