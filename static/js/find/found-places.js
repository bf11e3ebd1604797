/**
 * Places where a word stands, each with its time, its context, its sound and a tick.
 *
 * @typedef {import("./replace-dialog.js").Place} Place
 */

import { contextOf } from "../transcript/correction.js";
import { make, setText, showAnew } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { icon } from "../shared/icon.js";
import { strings } from "./strings.js";

const MOST_ROWS = 300;

/** The same place in another answer. @param {Place} place */
const keyOf = ({ segment_id, start, old }) => `${segment_id} ${start} ${old}`;

/** Whether a correction would change it. @param {Place} place */
const isChanged = (place) => place.old !== place.new;

/**
 * @param {(name: string) => any} part of the dialog: `places`, `more` and `all`
 * @param {{textOf(segment_id: string): string, timeOf(place: Place): number | null, play(place: Place): void,
 *   onGo(index: number): void, onTicked(): void, signal: AbortSignal}} means
 */
export function mountPlaces(part, { textOf, timeOf, play, onGo, onTicked, signal }) {
  /** @type {readonly Place[]} */
  let places = [];
  /** What is not to be replaced. @type {Set<string>} */
  let left = new Set();
  const ticked = () => places.filter((place) => isChanged(place) && !left.has(keyOf(place)));

  function showTicked() {
    const can = places.filter(isChanged).length;
    part("all").hidden = can < 2;
    setText(part("all"), ticked().length === can ? strings.selectNone : strings.selectAll);
    onTicked();
  }

  function row(/** @type {Place} */ place, /** @type {number} */ index) {
    const { before, behind } = contextOf(textOf(place.segment_id), place.start, place.length);
    const at = clock(timeOf(place));
    const box = make("input", {
      type: "checkbox",
      "aria-label": strings.replaceAt(at),
      checked: !left.has(keyOf(place)),
      disabled: !isChanged(place),
      "data-index": String(index),
    });
    const found = place.new
      ? [make("del", {}, place.old), " ", make("ins", {}, place.new)]
      : [make("mark", {}, place.old)];
    const text = make(
      "span",
      { class: "place-text", dir: "auto" },
      before,
      ...(isChanged(place) ? found : [make("mark", {}, place.old)]),
      behind,
    );
    const go = make(
      "button",
      { type: "button", class: "place-go", onclick: () => onGo(index) },
      make("span", { class: "place-time" }, at),
      text,
    );
    const likeness = make("span", { class: "place-likeness" }, strings.likeness[place.likeness]);
    const hear = make(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": strings.playWords(`${before}${place.old}${behind}`),
        title: strings.play,
        onclick: () => play(place),
      },
      icon("play"),
    );
    return make("li", { "data-item": keyOf(place) }, box, go, likeness, hear);
  }

  part("places").addEventListener(
    "change",
    (/** @type {any} */ { target }) => {
      const key = keyOf(places[Number(target.dataset.index)]);
      if (target.checked) left.delete(key);
      else left.add(key);
      showTicked();
    },
    { signal },
  );
  part("all").addEventListener(
    "click",
    () => {
      const isAll = ticked().length === places.filter(isChanged).length;
      left = new Set(isAll ? places.map(keyOf) : []);
      for (const box of part("places").querySelectorAll("input")) box.checked = !isAll;
      showTicked();
    },
    { signal },
  );

  return {
    /**
     * Show other places; those that only sound alike are not ticked.
     * @param {readonly Place[]} found
     * @param {{isSame: boolean}} search whether the same was looked for: what had no tick has none then
     */
    show(found, { isSame }) {
      places = found;
      if (!isSame) left = new Set(found.filter(({ likeness }) => likeness === "sound").map(keyOf));
      showAnew(part("places"), found.slice(0, MOST_ROWS).map(row));
      const more = found.length - MOST_ROWS;
      setText(part("more"), more > 0 ? strings.moreMatches(more) : "");
      showTicked();
    },
    /** Mark the one that is shown in the text; -1 for none. */
    mark(/** @type {number} */ index) {
      part("places").querySelector("[aria-current]")?.removeAttribute("aria-current");
      const item = part("places").children[index];
      item?.setAttribute("aria-current", "true");
      if (!item) return;
      // The list alone: scrolling into view would move the fields out of it.
      const { scrollTop, clientHeight } = part("places");
      const top = Math.min(item.offsetTop, Math.max(scrollTop, item.offsetTop + item.offsetHeight - clientHeight));
      part("places").scrollTop = top;
    },
    ticked,
  };
}
