/**
 * The panel of the review: the doubt at hand with both readings, its buttons, filters and what
 * comes next. Only shows; what is done is the caller's.
 *
 * @typedef {import("./queue.js").Entry} Entry
 */

import { find, make, setText } from "./dom.js";
import { clock, percent } from "./format.js";
import { KINDS } from "./queue.js";

/** So many of the list are shown before and behind the doubt at hand. */
const [BEFORE, BEHIND] = [3, 40];
const NAMES = new Map(KINDS);

/**
 * @param {HTMLElement} panel
 * @param {{onVerb(verb: string): void, onGo(key: string): void, onKind(kind: string): void,
 *   onShowKept(): void, onClose(): void, signal: AbortSignal}} actions
 */
export function mountQueueView(panel, { onVerb, onGo, onKind, onShowKept, onClose, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, panel));
  part("close").addEventListener("click", onClose, { signal });
  panel.addEventListener("click", ({ target }) => {
    const { verb, key, kind } = (target instanceof Element && target.closest("button")?.dataset) || {};
    if (verb) onVerb(verb);
    if (key) onGo(key);
    if (kind) onKind(kind);
  }, { signal });
  part("show-kept").addEventListener("click", onShowKept, { signal });
  const chips = new Map(KINDS.map(([kind, name]) => [kind, make("button", { type: "button", class: "chip", "data-kind": kind }, name)]));
  part("kinds").prepend(...chips.values());

  /** @param {Entry | null} entry @param {boolean} isWaiting */
  function showCard(entry, isWaiting) {
    part("card").hidden = entry === null;
    part("nothing").hidden = entry !== null || isWaiting;
    if (!entry) return;
    const { doubt, isKept } = entry;
    setText(part("kind"), NAMES.get(doubt.kind) ?? "");
    setText(part("score"), isKept ? "kept as written" : `${percent(doubt.score)} likely an error`);
    setText(part("at"), clock(doubt.start_ms));
    setText(part("written"), doubt.written || "nothing");
    setText(part("heard"), doubt.heard || "nothing");
    part("written").classList.toggle("is-nothing", !doubt.written);
    part("heard").classList.toggle("is-nothing", !doubt.heard);
    setText(part("why"), doubt.why);
    setText(find("[data-verb=take] span", panel), doubt.heard ? "Take what was heard" : "Remove what is written");
    setText(find("[data-verb=keep] span", panel), isKept ? "Open it again" : "Keep what is written");
    find("[data-verb=take]", panel).hidden = doubt.heard === doubt.written;
    /** @type {HTMLButtonElement} */ (find("[data-verb=everywhere]", panel)).disabled = !doubt.written;
  }

  function item(/** @type {Entry} */ { doubt, key, isKept }, /** @type {boolean} */ isHere) {
    const says = [
      make("span", { class: "queue-time" }, clock(doubt.start_ms)),
      make("span", { class: "queue-says", dir: "auto" }, make("del", {}, doubt.written || "—"), " ", make("ins", {}, doubt.heard || "—")),
    ];
    const traits = { type: "button", "data-key": key, class: isKept ? "is-kept" : "", ...(isHere ? { "aria-current": "true" } : {}) };
    return make("li", {}, make("button", traits, ...says));
  }

  /** @type {unknown[]} */
  let listed = [];
  function showList(/** @type {readonly Entry[]} */ shown, /** @type {number} */ index) {
    if (listed[0] === shown && listed[1] === index) return;
    listed = [shown, index];
    const first = Math.max(0, index - BEFORE);
    const some = shown.slice(first, index + BEHIND);
    part("list").replaceChildren(...some.map((entry, n) => item(entry, first + n === index)));
    const more = shown.length - first - some.length;
    setText(part("more"), more > 0 ? `and ${more.toLocaleString("en")} more` : "");
  }

  return {
    panel,
    /**
     * @param {{entry: Entry | null, index: number, shown: readonly Entry[],
     *   counts: ReadonlyMap<string, number>, kinds: ReadonlySet<string>, showsKept: boolean,
     *   kept: number, progress: string, share: number, isLooping: boolean, canUndo: boolean,
     *   isWaiting: boolean}} state isWaiting: for the doubts to come
     */
    update({ entry, index, shown, counts, kinds, showsKept, kept, progress, share, isLooping, canUndo, isWaiting }) {
      showCard(entry, isWaiting);
      showList(shown, index);
      for (const [kind, chip] of chips) {
        const count = counts.get(kind) ?? 0;
        chip.hidden = count === 0;
        setText(chip, `${NAMES.get(kind)} ${count.toLocaleString("en")}`);
        chip.setAttribute("aria-pressed", String(kinds.has(kind)));
      }
      part("show-kept").hidden = kept === 0;
      setText(part("show-kept"), `Kept ${kept.toLocaleString("en")}`);
      part("show-kept").setAttribute("aria-pressed", String(showsKept));
      setText(part("progress"), progress);
      part("bar").value = share;
      find("[data-verb=loop]", panel).setAttribute("aria-pressed", String(isLooping));
      /** @type {HTMLButtonElement} */ (find("[data-verb=undo]", panel)).disabled = !canUndo;
    },
  };
}
