/** Shows two texts of one segment, mine and the one meanwhile saved by somebody else, to choose. */

import { make } from "../shared/dom.js";
import { strings } from "./strings.js";

/** @param {string} title @param {string} text */
const version = (title, text) =>
  make(
    "div",
    { class: "version" },
    make("p", { class: "version-title" }, title),
    make("p", { class: "version-text", dir: "auto" }, text === "" ? strings.noText : text),
  );

/**
 * @typedef {{text: string, revision: number} | null} Theirs null where the segment is gone
 * @typedef {(entry: import("../saving/pending-edits.js").Entry, whose: "mine" | "theirs", theirs: Theirs) => void} OnResolve
 */

/**
 * @param {import("../saving/pending-edits.js").Entry} entry
 * @param {Theirs} theirs
 * @param {OnResolve} onResolve
 */
export function choicePanel(entry, theirs, onResolve) {
  const isGone = theirs === null;
  const isRefused = entry.state === "refused";
  const why = isRefused ? strings.notSaved(entry.message ?? "") : isGone ? strings.segmentGone : strings.changedByOther;
  const button = (/** @type {string} */ label, /** @type {"mine" | "theirs"} */ whose) =>
    make("button", { type: "button", onclick: () => onResolve(entry, whose, theirs) }, label);
  return make(
    "section",
    { class: "choice", "aria-label": strings.chooseVersion },
    make("p", { class: "why", role: "alert" }, why),
    make(
      "div",
      { class: "versions" },
      version(strings.yours, entry.edit.text),
      theirs && version(isRefused ? strings.savedBefore : strings.theirs, theirs.text),
    ),
    make(
      "div",
      { class: "buttons" },
      button(isRefused ? strings.tryAgain : isGone ? strings.restoreMine : strings.keepMine, "mine"),
      button(isRefused ? strings.discardMine : isGone ? strings.discard : strings.keepTheirs, "theirs"),
    ),
  );
}

/**
 * Typed texts whose segment is gone have no row of their own; they stand above the text.
 * @param {HTMLElement} element
 * @param {OnResolve} onResolve
 */
export function mountOrphans(element, onResolve) {
  /** @type {readonly import("../saving/pending-edits.js").Entry[]} */
  let shown = [];
  return {
    /** @param {import("../saving/session.js").State} state */
    update({ doc, choices }) {
      const orphans = [...choices.values()].filter(({ edit }) => !doc.byId.has(edit.segment_id));
      // What was being typed as the segment went joins its entry later.
      if (orphans.length === shown.length && orphans.every((entry, place) => entry === shown[place])) return;
      shown = orphans;
      element.replaceChildren(...orphans.map((entry) => choicePanel(entry, null, onResolve)));
    },
  };
}
