/** The list of speakers: who speaks how often, by which key, and under which name. */

import { writtenChord } from "../keys/chords.js";
import { speakerTurns } from "../transcript/transcript.js";
import { arrange, find, isMac, make, setText } from "../shared/dom.js";
import { icon } from "../shared/icon.js";
import { toneOf } from "../text/segment-row.js";
import { problem } from "../shared/toast.js";
import { strings } from "./strings.js";

/**
 * A speaker's row, by whose name it asks for another.
 * @param {string} named
 * @param {{onRename(from: string, to: string | null): void, onPlay(name: string): void}} actions
 */
function newRow(named, { onRename, onPlay }) {
  let name = named;
  const input = make("input", { value: name, autocomplete: "off", spellcheck: "false" });
  const key = make("span");
  const count = make("span", { class: "count" });
  const play = make("button", { type: "button", class: "quiet" }, icon("play"));
  play.addEventListener("click", () => onPlay(name));
  const element = make("li", {}, key, make("span", { class: "dot", "aria-hidden": "true" }), input, count, play);
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
    update(/** @type {number} */ turns, /** @type {number} */ index) {
      isThere = turns > 0;
      const chord = writtenChord(`Alt+${index + 1}`, isMac());
      key.replaceChildren(...(index < 9 ? [make("kbd", { title: strings.inText(chord) }, chord)] : []));
      input.setAttribute("aria-label", strings.speakerName(index + 1));
      play.hidden = !isThere;
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
 *   onFind(count: number | null): void, signal: AbortSignal}} actions
 */
export function mountSpeakers(dialog, { onRename, onPlay, onFind, signal }) {
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
  /** @type {Map<string, ReturnType<typeof newRow>>} */
  let rows = new Map();
  /** @type {object | null} */
  let shown = null;

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
        .map(
          (name) =>
            /** @type {const} */ ([name, rows.get(name) ?? renamed.get(name) ?? newRow(name, { onRename, onPlay })]),
        )
        .concat(rest),
    );
  }

  return {
    open(/** @type {boolean} */ isToFind) {
      rows = new Map();
      shown = null;
      dialog.showModal();
      if (isToFind) /** @type {HTMLElement} */ (find("[data-part=find]", form)).focus();
    },
    /** @param {import("../transcript/transcript.js").Doc} doc */
    update(doc) {
      const turns = speakerTurns(doc);
      if (!dialog.open || turns === shown) return;
      shown = turns;
      rows = rowsOf(turns);
      [...rows].forEach(([name, row], index) => row.update(turns.get(name) ?? 0, index));
      arrange(
        list,
        [...rows.values()].map(({ element }) => element),
      );
      find("[data-part=none]", dialog).hidden = turns.size > 0;
    },
  };
}
