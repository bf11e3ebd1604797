/** The voices that speak under one name, each to be listened to, and to be split off with a name of its own. */

import { make } from "../shared/dom.js";
import { icon } from "../shared/icon.js";
import { speakers } from "../transcript/transcript.js";
import { freeName, samplesOf, voicesUnder } from "../transcript/voices.js";
import { strings } from "./strings.js";

/** @typedef {import("../transcript/voices.js").Voice} Voice */
/** @typedef {import("../transcript/transcript.js").Doc} Doc */

/**
 * @param {HTMLElement} box
 * @param {{doc(): Doc, onPlaySegment(id: string): void, onSplit(ids: readonly string[], speaker: string): void}} means
 */
export function createSpeakerVoices(box, { doc, onPlaySegment, onSplit }) {
  /** @type {readonly Voice[]} */
  let voices = [];

  /** A voice: heard in another place at each click, and split off unless it keeps the name. */
  function rowOf(/** @type {readonly string[]} */ ids, /** @type {number} */ at, /** @type {string} */ name) {
    const samples = samplesOf(ids);
    let next = 0;
    const play = make("button", { type: "button", class: "quiet" }, icon("play"));
    play.title = strings.playVoice(at + 1);
    play.setAttribute("aria-label", play.title);
    play.addEventListener("click", () => {
      onPlaySegment(samples[next % samples.length]);
      next += 1;
    });
    const split = make("button", { type: "button" }, strings.splitOff);
    split.addEventListener("click", () => {
      box.hidden = true;
      onSplit(ids, freeName(speakers(doc()), strings.madeUpName));
    });
    const count = make("span", { class: "count" }, strings.segments(ids.length));
    const keeps = make("span", { class: "count" }, strings.keepsName(name));
    return make("li", {}, play, count, at > 0 ? split : keeps);
  }

  return {
    take: (/** @type {readonly Voice[]} */ found) => void (voices = found),
    hide: () => void (box.hidden = true),
    canSplit: (/** @type {string} */ name) => voicesUnder(doc(), voices, name).length > 1,
    /** Show the voices of a name, with the focus at the first. */
    show(/** @type {string} */ name) {
      const found = voicesUnder(doc(), voices, name);
      const says = found.length > 1 ? strings.splitName(name) : strings.oneVoice(name);
      const rows = found.length > 1 ? found.map(({ segments }, at) => rowOf(segments, at, name)) : [];
      box.replaceChildren(make("h3", { tabindex: "-1" }, says), make("ul", {}, ...rows));
      box.hidden = false;
      /** @type {HTMLElement} */ (box.querySelector("button") ?? box.firstElementChild)?.focus();
    },
  };
}
