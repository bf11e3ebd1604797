/** The list of speakers: who speaks how often, by which key, and under which name. */

import { writtenChord } from "../keys/chords.js";
import { speakerTurns } from "../transcript/transcript.js";
import { arrange, find, isMac, make, setText } from "../shared/dom.js";
import { icon } from "../shared/icon.js";
import { toneOf } from "../text/segment-row.js";
import { problem } from "../shared/toast.js";
import { createSpeakerVoices } from "./speaker-voices.js";
import { strings } from "./strings.js";

/**
 * A speaker's row, by whose name it asks for another.
 * @param {string} named
 * @param {{onRename(from: string, to: string | null): void, onPlay(name: string): void, onSplit(name: string): void,
 *   canSplit(name: string): boolean}} actions
 */
function newRow(named, { onRename, onPlay, onSplit, canSplit }) {
  let name = named;
  const input = make("input", { value: name, autocomplete: "off", spellcheck: "false" });
  const key = make("span");
  const count = make("span", { class: "count" });
  const play = make("button", { type: "button", class: "quiet" }, icon("play"));
  play.addEventListener("click", () => onPlay(name));
  const split = make("button", { type: "button", class: "quiet", hidden: "" }, strings.split);
  split.addEventListener("click", () => onSplit(name));
  const known = make("button", { type: "button", class: "known", hidden: true });
  known.addEventListener("click", () => {
    input.value = known.dataset.name ?? "";
    input.dispatchEvent(new Event("change"));
    input.focus();
  });
  const dot = make("span", { class: "dot", "aria-hidden": "true" });
  const element = make("li", {}, key, dot, input, count, play, split, known);
  let isThere = true;
  const typed = () => input.value.trim();
  input.addEventListener("change", () => {
    if (typed() === name) return;
    if (isThere) onRename(name, typed() || null);
    else problem(strings.renamedMeanwhile(name, typed()));
  });
  return {
    element,
    typed,
    isHeld: () => input === document.activeElement && typed() !== name,
    /** Take the name that was given here. */
    take: () => (name = input.value = typed()),
    /** Offer the name of a known voice that the speaker sounds like, if any. */
    suggest(/** @type {ReadonlyMap<string, string>} */ names) {
      const found = names.get(name);
      known.hidden = found === undefined;
      known.dataset.name = found ?? "";
      setText(known, found === undefined ? "" : strings.soundsLike(found));
    },
    update(/** @type {number} */ turns, /** @type {number} */ index) {
      isThere = turns > 0;
      const chord = writtenChord(`Alt+${index + 1}`, isMac());
      key.replaceChildren(...(index < 9 ? [make("kbd", { title: strings.inText(chord) }, chord)] : []));
      input.setAttribute("aria-label", strings.speakerName(index + 1));
      play.hidden = !isThere;
      split.hidden = !canSplit(name);
      split.setAttribute("aria-label", strings.splitName(name));
      play.title = strings.playSpeaker(name);
      play.setAttribute("aria-label", play.title);
      setText(count, isThere ? strings.segments(turns) : strings.renamed);
      Object.assign(element.dataset, toneOf(index));
    },
  };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {{onRename(from: string, to: string | null): void, onPlay(name: string): void,
 *   onFind(count: number | null): void, doc(): import("../transcript/transcript.js").Doc,
 *   voices(): Promise<readonly import("../transcript/voices.js").Voice[] | null>, onPlaySegment(id: string): void,
 *   onGive(ids: readonly string[], speaker: string): void, signal: AbortSignal}} actions
 */
export function mountSpeakers(dialog, actions) {
  const { onRename, onPlay, onFind, voices, signal } = actions;
  const list = find("ul", dialog);
  const form = find("form", dialog);
  const count = /** @type {HTMLSelectElement} */ (find("[data-part=count]", form));
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      onFind(Number(count.value) || null);
      dialog.close();
    },
    { signal },
  );
  find("button", dialog).addEventListener("click", () => dialog.close(), { signal });
  const ofVoices = createSpeakerVoices(/** @type {HTMLElement} */ (find("[data-part=voices]", dialog)), {
    doc: actions.doc,
    onPlaySegment: actions.onPlaySegment,
    onSplit: actions.onGive,
  });
  const rowActions = { onRename, onPlay, onSplit: ofVoices.show, canSplit: ofVoices.canSplit };
  /** @type {Map<string, ReturnType<typeof newRow>>} */
  let rows = new Map();
  /** @type {object | null} */
  let shown = null;
  /** @type {ReadonlyMap<string, string>} */
  let known = new Map();

  /**
   * The rows of these speakers; who was renamed keeps the row, and so does what is being typed.
   * @param {ReadonlyMap<string, number>} turns
   */
  function rowsOf(turns) {
    const gone = [...rows].filter(([name]) => !turns.has(name)).map(([, row]) => row);
    const renamed = new Map(
      gone.filter((row) => turns.has(row.typed()) && !rows.has(row.typed())).map((row) => [row.typed(), row]),
    );
    for (const row of renamed.values()) row.take();
    const rest = [...rows].filter(([, row]) => gone.includes(row) && row.isHeld());
    return new Map(
      [...turns.keys()]
        .map((name) => /** @type {const} */ ([name, rows.get(name) ?? renamed.get(name) ?? newRow(name, rowActions)]))
        .concat(rest),
    );
  }

  /** The rows say which names have several voices. @param {string | null} toSplit whose voices are shown */
  async function learnVoices(toSplit) {
    ofVoices.hide();
    const found = await voices();
    if (!found || !dialog.open) return;
    ofVoices.take(found);
    shown = null;
    update(actions.doc());
    if (toSplit !== null) ofVoices.show(toSplit);
  }

  /** @param {import("../transcript/transcript.js").Doc} doc */
  function update(doc) {
    const turns = speakerTurns(doc);
    if (!dialog.open || turns === shown) return;
    shown = turns;
    rows = rowsOf(turns);
    [...rows].forEach(([name, row], index) => row.update(turns.get(name) ?? 0, index));
    for (const row of rows.values()) row.suggest(known);
    arrange(
      list,
      [...rows.values()].map(({ element }) => element),
    );
    find("[data-part=none]", dialog).hidden = turns.size > 0;
    find("[data-part=renaming]", dialog).hidden = turns.size === 0;
  }

  return {
    /** @param {{isToFind?: boolean, toSplit?: string | null}} [wanted] where the focus goes */
    open({ isToFind = false, toSplit = null } = {}) {
      rows = new Map();
      shown = null;
      known = new Map();
      dialog.showModal();
      if (isToFind) /** @type {HTMLElement} */ (find("[data-part=find]", form)).focus();
      void learnVoices(toSplit);
    },
    /** Offer names of known voices, by the speakers who sound like them. */
    suggest(/** @type {ReadonlyMap<string, string>} */ names) {
      known = names;
      for (const row of rows.values()) row.suggest(known);
    },
    update,
  };
}
