/**
 * The panel of the review: the doubt at hand with both readings, its buttons, filters and what
 * comes next. Only shows; what is done is the caller's.
 *
 * @typedef {import("./ranked-doubts.js").Entry} Entry
 */

import { find, make, setText, showAnew } from "../shared/dom.js";
import { inPageWords } from "../shared/server-words.js";
import { clock, percent } from "../shared/format.js";
import { isOfVoices, isWrittenAsHeard } from "../transcript/doubts.js";
import { number } from "../shared/language.js";
import { KINDS } from "./ranked-doubts.js";
import { strings, takeOf } from "./strings.js";

/** So many of the list are shown before and behind the doubt at hand. */
const [BEFORE, BEHIND] = [3, 40];

/**
 * @param {HTMLElement} panel
 * @param {{onGo(key: string): void, onKind(kind: string): void,
 *   onShowDismissed(): void, signal: AbortSignal}} actions
 */
export function mountReviewPanel(panel, { onGo, onKind, onShowDismissed, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, panel));
  panel.addEventListener(
    "click",
    ({ target }) => {
      const { command, key, kind } = (target instanceof Element && target.closest("button")?.dataset) || {};
      // The keys of the review go on, unless what the button does leads elsewhere.
      if (command) panel.focus();
      if (key) onGo(key);
      if (kind) onKind(kind);
    },
    { signal },
  );
  part("show-dismissed").addEventListener("click", onShowDismissed, { signal });
  const names = new Map(KINDS);
  const chips = new Map(
    KINDS.map(([kind, name]) => [kind, make("button", { type: "button", class: "chip", "data-kind": kind }, name)]),
  );
  part("kinds").prepend(...chips.values());
  const card = mountCard(panel);

  /** @type {unknown[]} */
  let listed = [];
  function showList(/** @type {readonly Entry[]} */ shown, /** @type {number} */ index) {
    if (listed[0] === shown && listed[1] === index) return;
    listed = [shown, index];
    const first = Math.max(0, index - BEFORE);
    const some = shown.slice(first, index + BEHIND);
    showAnew(
      part("list"),
      some.map((entry, n) => listItem(entry, first + n === index)),
    );
    const more = shown.length - first - some.length;
    setText(part("more"), more > 0 ? strings.more(more) : "");
  }

  return {
    panel,
    /**
     * @param {{entry: Entry | null, index: number, shown: readonly Entry[],
     *   counts: ReadonlyMap<string, number>, kinds: ReadonlySet<string>, showsDismissed: boolean,
     *   dismissed: number, progress: string, share: number, isLooping: boolean,
     *   isWaiting: boolean, nothing: string}} state isWaiting: for the doubts to come; nothing: what is said
     *   where none is at hand
     */
    update({
      nothing,
      entry,
      index,
      shown,
      counts,
      kinds,
      showsDismissed,
      dismissed,
      progress,
      share,
      isLooping,
      isWaiting,
    }) {
      card.update(entry, isWaiting);
      setText(part("nothing"), nothing);
      showList(shown, index);
      for (const [kind, chip] of chips) {
        const count = counts.get(kind) ?? 0;
        // Those of style are asked for only when they are wanted.
        chip.hidden = count === 0 && kind !== "style";
        setText(chip, count || kind !== "style" ? `${names.get(kind)} ${number(count)}` : `${names.get(kind)}`);
        chip.setAttribute("aria-pressed", String(kinds.has(kind)));
      }
      part("show-dismissed").hidden = dismissed === 0;
      setText(part("show-dismissed"), strings.keptCount(dismissed));
      part("show-dismissed").setAttribute("aria-pressed", String(showsDismissed));
      setText(part("progress"), progress);
      part("bar").value = share;
      find("[data-command=loop]", panel).setAttribute("aria-pressed", String(isLooping));
    },
  };
}

/** @param {Entry} entry @param {boolean} isHere */
function listItem({ doubt, key, isDismissed }, isHere) {
  const says = [
    make("span", { class: "queue-time" }, clock(doubt.start_ms)),
    make(
      "span",
      { class: "queue-says", dir: "auto" },
      ...(isOfVoices(doubt)
        ? [strings.fromWords(doubt.written)]
        : [make("del", {}, doubt.written || "—"), " ", make("ins", {}, doubt.heard || "—")]),
    ),
  ];
  const traits = {
    type: "button",
    "data-key": key,
    class: isDismissed ? "is-dismissed" : "",
    ...(isHere ? { "aria-current": "true" } : {}),
  };
  return make("li", { "data-item": key }, make("button", traits, ...says));
}

/** The doubt at hand, with both readings and what its buttons do. @param {HTMLElement} panel */
function mountCard(panel) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, panel));
  const button = (/** @type {string} */ command) =>
    /** @type {HTMLButtonElement} */ (find(`[data-command=${command}]`, panel));

  return {
    /** @param {import("./ranked-doubts.js").Entry | null} entry @param {boolean} isWaiting for the doubts to come */
    update(entry, isWaiting) {
      part("card").hidden = entry === null;
      part("nothing").hidden = entry !== null || isWaiting;
      if (!entry) return;
      const { doubt, isDismissed } = entry;
      setText(part("kind"), strings.kinds[doubt.kind] ?? "");
      setText(part("score"), isDismissed ? strings.isKept : strings.likelyWrong(percent(doubt.score)));
      setText(part("at"), clock(doubt.start_ms));
      setText(part("written"), doubt.written || strings.nothing);
      setText(part("heard"), doubt.heard || (isOfVoices(doubt) ? strings.noName : strings.nothing));
      part("written").classList.toggle("is-nothing", !doubt.written);
      part("heard").classList.toggle("is-nothing", !doubt.heard);
      setText(part("why"), inPageWords(doubt.why));
      setText(find("span", button("useHeard")), takeOf(doubt, strings.removeText));
      setText(
        find("span", button("keepText")),
        isDismissed ? strings.reopen : isOfVoices(doubt) ? strings.keepTurns : strings.keepText,
      );
      button("useHeard").hidden = isWrittenAsHeard(doubt);
    },
  };
}
