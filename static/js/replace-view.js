/**
 * Find and replace, and one correction everywhere: what is found is shown with its context, its
 * sound and a tick; what is ticked is corrected as one step.
 *
 * @typedef {{segment_id: string, revision: number, start: number, length: number, old: string,
 *   new: string, likeness: "exact" | "case" | "spelling" | "sound", score: number}} Place
 * @typedef {{old: string, new: string, is_similar?: boolean, is_pattern?: boolean,
 *   is_whole_word?: boolean}} Wanted
 */

import { bare } from "./correction.js";
import { announce, find, setText } from "./dom.js";
import { counted } from "./format.js";
import { mountPlaces } from "./places-view.js";

const WAIT_MS = 150;
const FLAGS = ["is_similar", "is_whole_word", "any_case", "is_pattern"];

/**
 * @param {HTMLDialogElement} dialog
 * @param {{search(body: object): Promise<{count: number, places: Place[]}>,
 *   textOf(segment_id: string): string, play(place: Place): void,
 *   correct(places: object[]): Promise<any>, signal: AbortSignal}} means
 */
export function mountReplace(dialog, { search, textOf, play, correct, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  const list = mountPlaces(part, { textOf, play, signal });
  let [timer, asked] = [0, 0];
  let onCorrected = () => {};

  const isOn = (/** @type {string} */ flag) => part(flag).checked && !part(flag).disabled;
  const body = () => ({ old: part("old").value, new: part("new").value, ...Object.fromEntries(FLAGS.map((flag) => [flag, isOn(flag)])) });

  async function look() {
    const number = ++asked;
    const wanted = body();
    for (const flag of FLAGS.slice(1)) part(flag).disabled = part("is_similar").checked;
    if (!wanted.old.trim()) return show([], 0, "");
    try {
      const found = await search(wanted);
      if (number === asked) show(found.places, found.count, "");
    } catch (error) {
      if (number === asked) show([], 0, error instanceof Error ? error.message : String(error));
    }
  }
  const lookSoon = () => {
    clearTimeout(timer);
    timer = Number(setTimeout(look, WAIT_MS));
  };

  function show(/** @type {Place[]} */ found, /** @type {number} */ count, /** @type {string} */ problem) {
    list.show(found);
    setText(part("problem"), problem);
    setText(part("count"), problem || !part("old").value.trim() ? "" : counted(count, "place"));
  }

  for (const name of ["old", "new"]) part(name).addEventListener("input", lookSoon, { signal });
  for (const flag of FLAGS) part(flag).addEventListener("change", look, { signal });
  part("close").addEventListener("click", () => dialog.close(), { signal });
  find("form", dialog).addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = list.ticked();
    if (chosen.length === 0) return;
    const wanted = chosen.map(({ segment_id, revision, start, length, new: text }) => ({ segment_id, base_revision: revision, start, length, new: text }));
    part("replace").disabled = true;
    if (!(await correct(wanted))) return look();
    dialog.close();
    announce(`Corrected in ${counted(chosen.length, "place")}`);
    onCorrected();
  }, { signal });

  return {
    /** @param {Wanted} [wanted] @param {() => void} [afterwards] runs once something was replaced */
    open(wanted, afterwards = () => {}) {
      onCorrected = afterwards;
      if (wanted) {
        part("old").value = (!wanted.is_pattern && bare(wanted.old)) || wanted.old;
        part("new").value = bare(wanted.new) || wanted.new;
        for (const flag of FLAGS) part(flag).checked = wanted[flag] ?? false;
      }
      show([], 0, "");
      dialog.showModal();
      part(wanted?.old && !wanted.new ? "new" : "old").focus();
      part("old").select();
      look();
    },
  };
}
