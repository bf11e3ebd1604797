/**
 * Filler words of the text, to be heard and struck out together.
 *
 * @typedef {{text: string, is_sure: boolean, segment_id: string, revision: number, first_word: number,
 *   last_word: number, start_ms: number, end_ms: number, before: string, written: string, after: string}} Filler
 */

import { find, make, setText } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { icon } from "../shared/icon.js";
import { strings } from "./strings.js";

/** So many places of a filler are shown at once. */
const SHOWN = 100;

/**
 * @param {HTMLDialogElement} dialog
 * @param {{fillers(): Promise<Filler[]>, play(filler: Filler): void,
 *   strike(fillers: readonly Filler[]): Promise<unknown>, attempt(run: () => Promise<any>): Promise<any>,
 *   signal: AbortSignal}} means strike gives null where it could not be done
 */
export function mountFillers(dialog, { fillers, play, strike, attempt, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  const on = (/** @type {string} */ name, /** @type {() => unknown} */ run) =>
    part(name).addEventListener("click", run, { signal });
  /** Those that are found, and of them those that shall go. @type {Filler[]} */
  let found = [];
  /** @type {Set<Filler>} */
  let chosen = new Set();
  /** How often it was asked for them. */
  let asking = 0;

  function tell() {
    setText(part("strike"), strings.strikeOut(chosen.size));
    part("strike").disabled = chosen.size === 0;
  }

  /** @param {Filler} filler @param {() => void} onTicked */
  function placeItem(filler, onTicked) {
    const input = make("input", { type: "checkbox" });
    input.checked = chosen.has(filler);
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(filler);
      else chosen.delete(filler);
      onTicked();
      tell();
    });
    const said = make("span", { dir: "auto", class: "spoken" }, `${filler.before} `, make("b", {}, filler.written));
    said.append(` ${filler.after}`);
    return make(
      "li",
      {},
      make("label", { class: "ticks" }, input, said),
      playButton(strings.playAt(clock(filler.start_ms)), () => play(filler), clock(filler.start_ms)),
    );
  }

  /** @param {readonly Filler[]} places of one filler */
  function groupItem(places) {
    const input = make("input", { type: "checkbox" });
    const showTick = () => {
      const count = places.filter((one) => chosen.has(one)).length;
      input.checked = count === places.length;
      input.indeterminate = count > 0 && count < places.length;
    };
    showTick();
    const list = make("ul", { hidden: true });
    let shown = 0;
    const more = make("button", { type: "button", class: "quiet small" }, strings.showMore);
    const fill = () => {
      list.replaceChildren(...places.slice(0, shown).map((one) => placeItem(one, showTick)));
      if (shown < places.length) list.append(make("li", {}, more));
    };
    more.addEventListener("click", () => {
      const before = shown;
      shown += SHOWN;
      fill();
      list.children[before]?.querySelector("input")?.focus();
    });
    input.addEventListener("change", () => {
      for (const one of places) {
        if (input.checked) chosen.add(one);
        else chosen.delete(one);
      }
      fill();
      tell();
    });
    let next = 0;
    const hear = () => play(places[next++ % places.length]);
    const unfold = make(
      "button",
      { type: "button", class: "quiet small", "aria-expanded": "false" },
      strings.showPlaces,
    );
    unfold.addEventListener("click", () => {
      list.hidden = !list.hidden;
      unfold.setAttribute("aria-expanded", String(!list.hidden));
      shown ||= SHOWN;
      fill();
    });
    const [{ text }] = places;
    const named = make("span", { dir: "auto", class: "spoken" }, text);
    const label = make("label", { class: "ticks" }, input, named, ` ${strings.times(places.length)}`);
    return make("li", {}, make("div", { class: "row" }, label, playButton(strings.playNext(text), hear), unfold), list);
  }

  async function show() {
    const asked = (asking += 1);
    const answer = await fillers();
    // Meanwhile it may have been opened anew.
    if (asked !== asking) return;
    found = answer;
    chosen = new Set(found.filter(({ is_sure }) => is_sure));
    /** @type {Map<string, Filler[]>} */
    const groups = new Map();
    for (const one of found) {
      const same = groups.get(one.text);
      if (same) same.push(one);
      else groups.set(one.text, [one]);
    }
    const sorted = [...groups.values()].sort(
      (a, b) => Number(b[0].is_sure) - Number(a[0].is_sure) || b.length - a.length,
    );
    part("groups").replaceChildren(...sorted.map(groupItem));
    part("none").hidden = found.length > 0;
    tell();
  }

  on("close", () => dialog.close());
  on("strike", async () => {
    const done = await attempt(() => strike(found.filter((one) => chosen.has(one))));
    if (done) dialog.close();
  });

  return {
    open() {
      part("groups").replaceChildren();
      part("none").hidden = true;
      // What was chosen when it was open last stands elsewhere by now.
      chosen = new Set();
      tell();
      dialog.showModal();
      void attempt(show);
    },
  };
}

/** @param {string} label @param {() => void} onclick */
function playButton(label, onclick, says = "") {
  const traits = { type: "button", class: "quiet small", "aria-label": label, title: label, onclick };
  return make("button", traits, icon("play"), says);
}
