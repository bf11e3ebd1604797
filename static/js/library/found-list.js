/** The places in all transcripts that hold what is sought: by transcript, in the order of their times, each a link there. */

import { make } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { foundWords } from "../shared/found-words.js";
import { strings } from "./strings.js";

/** So many letters are shown before the first word found. */
const BEFORE = 60;

/** @typedef {{transcript_id: string, segment_id: string, title: string, start_ms: number | null, text: string,
 * kind: "text" | "note" | "speaker"}} Found */

/**
 * The transcripts in the order of their best places, and the places of each by time.
 * @param {readonly Found[]} found best first
 * @returns {Found[][]}
 */
export function byTranscript(found) {
  /** @type {Map<string, Found[]>} */
  const groups = new Map();
  for (const one of found) groups.set(one.transcript_id, [...(groups.get(one.transcript_id) ?? []), one]);
  const time = (/** @type {Found} */ { start_ms }) => start_ms ?? Infinity;
  return [...groups.values()].map((places) => places.sort((a, b) => time(a) - time(b)));
}

/**
 * @param {HTMLElement} list
 * @param {readonly Found[]} found
 * @param {string} query
 * @param {(id: string) => string} pageOf
 */
export function showFound(list, found, query, pageOf) {
  list.hidden = found.length === 0;
  list.replaceChildren(
    ...byTranscript(found).map((places) =>
      make(
        "li",
        {},
        make("a", { href: pageOf(places[0].transcript_id) }, places[0].title),
        make("ul", {}, ...places.map((one) => placeItem(one, query, pageOf))),
      ),
    ),
  );
}

/** @param {Found} found @param {string} query @param {(id: string) => string} pageOf */
function placeItem({ transcript_id, segment_id, start_ms, text, kind }, query, pageOf) {
  // A name or a note is not in the words: its segment is played from where it begins.
  const hash = new URLSearchParams({ s: segment_id, q: kind === "text" ? query : "" });
  const href = `${pageOf(transcript_id)}#${hash}`;
  const time = make("span", { class: "when" }, start_ms === null ? "" : clock(start_ms));
  const label = kind === "text" ? [] : [make("span", { class: "kind" }, strings.foundKinds[kind])];
  return make(
    "li",
    {},
    make("a", { class: "place", href }, time, ...label, make("span", { dir: "auto" }, ...marked(text, query))),
  );
}

/** A text from shortly before the first word found, with what was found marked. @param {string} text @param {string} query */
function marked(text, query) {
  const places = foundWords(text, query);
  const from = places.length > 0 && places[0].start > BEFORE ? text.indexOf(" ", places[0].start - BEFORE) + 1 : 0;
  /** @type {(Node | string)[]} */
  const parts = from > 0 ? ["… "] : [];
  let at = from;
  for (const { start, end } of places) {
    parts.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}
