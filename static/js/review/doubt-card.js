/** The small card at a doubt: what was heard, how sure, and what to do about it. */

import { placeAtPoint, offsetIn, rangeIn } from "../text/caret.js";
import { isOfVoices, rangeOf } from "../transcript/doubts.js";
import { find, setText } from "../shared/dom.js";
import { inPageWords } from "../shared/server-words.js";
import { percent } from "../shared/format.js";
import { strings, takeOf } from "./strings.js";

const HIDE_AFTER_MS = 350;

/** @param {import("../transcript/transcript.js").Doubt} doubt */
function titleOf(doubt) {
  const { kind, heard } = doubt;
  if (isOfVoices(doubt)) return strings.kinds[kind];
  if (kind === "not_heard" || heard === "") return strings.nothingHeardHere;
  if (kind === "spelling") return strings.spelledDifferently;
  return kind === "not_written" ? strings.kinds.not_written : strings.kinds.different;
}

/**
 * @param {HTMLElement} card
 * @param {{onHidden(): void, signal: AbortSignal}} actions
 */
export function mountDoubtCard(card, { onHidden, signal }) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part="${name}"]`, card));
  let timer = 0;
  card.addEventListener("pointerenter", () => clearTimeout(timer), { signal });
  card.addEventListener("pointerleave", () => hideSoon(), { signal });

  function hide() {
    clearTimeout(timer);
    if (card.hidden) return;
    card.hidden = true;
    onHidden();
  }
  function hideSoon() {
    clearTimeout(timer);
    timer = Number(setTimeout(hide, HIDE_AFTER_MS));
  }

  /** Below the words, or above them where the player would cover it. */
  function place(/** @type {DOMRect} */ around, /** @type {number} */ floor) {
    const { width, height } = card.getBoundingClientRect();
    const left = Math.max(8, Math.min(around.left, document.documentElement.clientWidth - width - 8));
    const below = around.bottom + 6;
    const top = below + height > floor ? around.top - height - 6 : below;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  return {
    hide,
    hideSoon,
    isShown: () => !card.hidden,
    /**
     * @param {import("../transcript/transcript.js").Doubt} doubt
     * @param {DOMRect} around
     * @param {number} floor where the player begins
     */
    show(doubt, around, floor) {
      clearTimeout(timer);
      setText(part("title"), titleOf(doubt));
      setText(part("heard"), doubt.heard ? `“${doubt.heard}”` : "");
      setText(part("why"), inPageWords(doubt.why));
      setText(part("score"), strings.likelyWrong(percent(doubt.score)));
      setText(part("take"), takeOf(doubt, strings.remove));
      setText(part("keep"), isOfVoices(doubt) ? strings.keepTurns : strings.keepText);
      card.hidden = false;
      place(around, floor);
    },
  };
}

/**
 * The doubt painted under a point of the window.
 * @param {number} x
 * @param {number} y
 * @param {{doubtAt(id: string, offset: number): import("../transcript/transcript.js").Doubt | null,
 *   wordsOf(id: string): readonly (import("../transcript/words.js").Word | null)[]}} lookup
 * @returns {{id: string, doubt: import("../transcript/transcript.js").Doubt, range: Range} | null}
 */
export function doubtAtPoint(x, y, lookup) {
  const found = placeAtPoint(x, y);
  const box = /** @type {HTMLElement | null | undefined} */ (found?.node.parentElement?.closest(".box"));
  if (!found || !box) return null;
  const id = /** @type {HTMLElement} */ (box.parentElement).dataset.id ?? "";
  const doubt = lookup.doubtAt(id, offsetIn(box, found.node, found.offset));
  const range = doubt && rangeOfDoubt(box, doubt, lookup.wordsOf(id));
  const isOver =
    range &&
    [...range.getClientRects()].some((r) => x >= r.left - 2 && x <= r.right + 2 && y >= r.top - 2 && y <= r.bottom + 4);
  return doubt && range && isOver ? { id, doubt, range } : null;
}

/**
 * @param {HTMLElement} box
 * @param {import("../transcript/transcript.js").Doubt} doubt
 * @param {readonly (import("../transcript/words.js").Word | null)[]} words as shown
 */
export function rangeOfDoubt(box, doubt, words) {
  const length = box.textContent?.length ?? 0;
  const place = rangeOf(words, doubt, length);
  return place && rangeIn(box, place.start, Math.min(place.end, length));
}
