/**
 * Places where a word stands, each with its context, its sound and a tick.
 *
 * @typedef {import("./replace-view.js").Place} Place
 */

import { contextOf } from "./correction.js";
import { make, setText } from "./dom.js";
import { counted } from "./format.js";

const MOST_ROWS = 300;
const LIKENESS = { exact: "", case: "other case", spelling: "other spelling", sound: "sounds alike" };

/**
 * @param {(name: string) => any} part of the dialog: `places`, `more`, `all` and `replace`
 * @param {{textOf(segment_id: string): string, play(place: Place): void, signal: AbortSignal}} means
 */
export function mountPlaces(part, { textOf, play, signal }) {
  /** @type {Place[]} */
  let places = [];
  /** @type {Set<number>} */
  let ticked = new Set();

  function showTicked() {
    setText(part("replace"), ticked.size ? `Replace ${ticked.size.toLocaleString("en")}` : "Replace");
    part("replace").disabled = ticked.size === 0;
    part("all").hidden = places.length < 2;
    setText(part("all"), ticked.size === places.length ? "Tick none" : "Tick all");
  }

  function row(/** @type {Place} */ place, /** @type {number} */ index) {
    const { before, behind } = contextOf(textOf(place.segment_id), place.start, place.length);
    const box = make("input", { type: "checkbox", checked: ticked.has(index), "data-index": String(index) });
    const says = make("span", { class: "place-text", dir: "auto" }, before, make("del", {}, place.old), place.new ? " " : "", make("ins", {}, place.new), behind);
    const likeness = make("span", { class: "place-likeness" }, LIKENESS[place.likeness]);
    const hear = make("button", { type: "button", class: "quiet", "aria-label": `Play: ${before}${place.old}${behind}`, title: "Play", onclick: () => play(place) }, "▶");
    return make("li", {}, make("label", {}, box, says), likeness, hear);
  }

  part("places").addEventListener("change", (/** @type {any} */ { target }) => {
    const index = Number(target.dataset.index);
    if (target.checked) ticked.add(index);
    else ticked.delete(index);
    showTicked();
  }, { signal });
  part("all").addEventListener("click", () => {
    ticked = new Set(ticked.size === places.length ? [] : places.keys());
    for (const box of part("places").querySelectorAll("input")) box.checked = ticked.has(Number(box.dataset.index));
    showTicked();
  }, { signal });

  return {
    /** Show other places; those that only sound alike are not ticked. */
    show(/** @type {Place[]} */ found) {
      places = found;
      ticked = new Set(found.flatMap(({ likeness }, index) => (likeness === "sound" ? [] : [index])));
      part("places").replaceChildren(...found.slice(0, MOST_ROWS).map(row));
      const more = found.length - MOST_ROWS;
      setText(part("more"), more > 0 ? `and ${counted(more, "more place")}, ticked alike` : "");
      showTicked();
    },
    ticked: () => places.filter((_, index) => ticked.has(index)),
  };
}
