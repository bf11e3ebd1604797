/**
 * Find and replace, and one correction everywhere: what is found is shown in the text and in a list,
 * with its time, its context, its sound and a tick; what is ticked is corrected as one step.
 *
 * What is done is what the fields say when the key is pressed, also where the list does not yet.
 *
 * @typedef {{segment_id: string, revision: number, start: number, length: number, old: string,
 *   new: string, likeness: "exact" | "case" | "spelling" | "sound", score: number,
 *   ends?: {segment_id: string, end: number} | null}} Place `ends`: it goes on in a later segment
 * @typedef {{old: string, new: string, is_similar?: boolean, is_pattern?: boolean,
 *   is_whole_word?: boolean, match_case?: boolean}} Wanted
 */

import { bare } from "../transcript/correction.js";
import { find, isComposing, make, setText } from "../shared/dom.js";
import { mountPlaces } from "./found-places.js";
import { strings } from "./strings.js";

const WAIT_MS = 150;
const FLAGS = /** @type {const} */ (["is_similar", "is_whole_word", "match_case", "is_pattern"]);

/**
 * @param {HTMLDialogElement} dialog
 * @param {{search(body: object): Promise<{count: number, places: Place[]}>, speakers(): string[],
 *   plays: {get(): boolean, set(plays: boolean): void},
 *   textOf(segment_id: string): string, timeOf(place: Place): number | null, play(place: Place, isInContext?: boolean): void,
 *   first(places: readonly Place[], by: -1 | 1, from: Place | null): number, show(place: Place | null): void, enter(place: Place): void,
 *   correct(places: object[]): Promise<any>, onCorrected(count: number, isDeleted: boolean, changes: any): void,
 *   signal: AbortSignal}} means
 *   plays: whether what is found plays; first: the index of the place to begin with, after another or after the caret; show: mark it in the text; enter: put the caret there
 */
export function mountReplace(
  dialog,
  { search, speakers, plays, textOf, timeOf, play, first, show, enter, correct, onCorrected, signal },
) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  const list = mountPlaces(part, { textOf, timeOf, play, onGo: goTo, onTicked: showButtons, signal });
  let [timer, asked] = [0, 0];
  /** What is found, and by what; `at` is the one shown in the text. */
  let found = { by: "", places: /** @type {readonly Place[]} */ ([]), count: 0, at: -1 };
  /** The place shown last, from which the next search goes on. @type {Place | null} */
  let here = null;
  let isHeld = false;
  let afterwards = () => {};

  const isOn = (/** @type {string} */ flag) => part(flag).checked && !part(flag).disabled;
  function body() {
    const { match_case, ...flags } = Object.fromEntries(FLAGS.map((flag) => [flag, isOn(flag)]));
    const speaker = part("speaker").value;
    return {
      old: part("old").value,
      new: part("new").value,
      any_case: !match_case && !flags.is_similar,
      ...(speaker && { speaker }),
      ...flags,
    };
  }
  const isFresh = () => found.by === JSON.stringify(body());

  /** Look for what the fields say; an answer that was overtaken changes nothing. */
  async function look() {
    clearTimeout(timer);
    const number = ++asked;
    const wanted = body();
    for (const flag of FLAGS.slice(1)) part(flag).disabled = part("is_similar").checked;
    let [answer, problem] = [{ places: /** @type {Place[]} */ ([]), count: 0 }, ""];
    try {
      if (wanted.old.trim()) answer = await search(wanted);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (number === asked) take(JSON.stringify(wanted), answer, problem);
  }
  const lookSoon = () => {
    clearTimeout(timer);
    timer = Number(setTimeout(look, WAIT_MS));
    showButtons();
  };

  function take(
    /** @type {string} */ by,
    /** @type {{places: readonly Place[], count: number}} */ { places, count },
    /** @type {string} */ problem,
  ) {
    const isSame = by === found.by;
    const shown = found.places[found.at];
    const at = places.findIndex((one) => shown && one.segment_id === shown.segment_id && one.start === shown.start);
    found = { by, places, count, at: isSame ? at : -1 };
    list.show(places, { isSame });
    list.mark(found.at);
    setText(part("problem"), problem);
    showCount();
  }

  function showCount() {
    const { places, count, at } = found;
    const all = strings.places(places.length, count > places.length);
    const says = at < 0 ? all : strings.placeOf(at + 1, places.length);
    setText(part("count"), part("problem").textContent || !part("old").value.trim() ? "" : says);
  }

  /** Replacing by nothing has a name and a button of its own. */
  function showButtons() {
    const count = list.ticked().length;
    const isDeletion = part("new").value === "";
    for (const name of /** @type {const} */ (["replace", "delete"])) {
      setText(part(name), strings[name](count));
      part(name).disabled = count === 0;
      part(name).hidden = isDeletion !== (name === "delete");
    }
  }

  function goTo(/** @type {number} */ index) {
    found.at = index;
    here = found.places[index] ?? null;
    list.mark(index);
    showCount();
    show(here);
    if (here && part("plays").checked && part("new").value === "") play(here, true);
  }

  /** To the next or the previous place; the round goes on at the other end. */
  async function step(/** @type {-1 | 1} */ by) {
    const wanted = JSON.stringify(body());
    // A look may be overtaken by one for the same, as when the text changes meanwhile.
    while (!isFresh()) {
      await look();
      if (JSON.stringify(body()) !== wanted) return;
    }
    const { places, at } = found;
    if (places.length === 0) return;
    goTo(at < 0 ? first(places, by, here) : (at + by + places.length) % places.length);
  }

  /** While something is replaced the fields stay as they are. */
  function hold(/** @type {boolean} */ value) {
    isHeld = value;
    for (const name of ["old", "new"]) part(name).readOnly = value;
  }

  async function replace() {
    if (isHeld) return;
    const isDeletion = part("new").value === "";
    hold(true);
    try {
      while (!isFresh()) await look();
      const chosen = list.ticked();
      if (chosen.length === 0) return;
      const changes = await correct(
        chosen.map(({ segment_id, revision, start, length, new: text }) => ({
          segment_id,
          base_revision: revision,
          start,
          length,
          new: text,
        })),
      );
      if (!changes) return look();
      close();
      onCorrected(chosen.length, isDeletion, changes);
      afterwards();
    } finally {
      hold(false);
    }
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    show(null);
    found = { ...found, at: -1 };
    document.body.classList.remove("has-find");
    dialog.close();
  }
  /** Leave for the place that was found last. */
  function leave() {
    const place = found.places[found.at];
    close();
    if (place) enter(place);
  }

  function pressed(/** @type {KeyboardEvent} */ event) {
    if (isComposing(event) || event.defaultPrevented) return;
    const isInField = event.target === part("old") || event.target === part("new");
    if (event.key !== "Escape" && !(event.key === "Enter" && isInField)) return;
    event.preventDefault();
    if (event.key === "Escape") return leave();
    if (event.target === part("new") && part("new").value !== "") return void replace();
    void step(event.shiftKey ? -1 : 1);
  }

  for (const name of ["old", "new"]) part(name).addEventListener("input", lookSoon, { signal });
  for (const name of [...FLAGS, "speaker"]) part(name).addEventListener("change", look, { signal });
  part("plays").addEventListener("change", () => plays.set(part("plays").checked), { signal });
  part("close").addEventListener("click", leave, { signal });
  part("next").addEventListener("click", () => step(1), { signal });
  part("previous").addEventListener("click", () => step(-1), { signal });
  for (const name of ["replace", "delete"]) part(name).addEventListener("click", replace, { signal });
  find("form", dialog).addEventListener("submit", (event) => event.preventDefault(), { signal });
  dialog.addEventListener("keydown", pressed, { signal });

  /** Whose words are looked through: of all, or of one. */
  function offerSpeakers() {
    const [anyone] = part("speaker").options;
    const names = speakers();
    const chosen = part("speaker").value;
    part("speaker").replaceChildren(anyone, ...names.map((name) => make("option", { value: name }, name)));
    part("speaker").value = names.includes(chosen) ? chosen : "";
    part("speaker").parentElement.hidden = names.length === 0;
  }

  /** @type {object | null} */
  let shownIn = null;
  return {
    /** Whether the field has the focus that is typed into first. */
    isInField: () => document.activeElement === part("old"),
    /** Something was changed: what was found may have moved. @param {import("../transcript/transcript.js").Doc} doc */
    update({ byId }) {
      if (byId === shownIn) return;
      shownIn = byId;
      if (!dialog.open || isHeld) return;
      if (document.activeElement?.closest(".box")) lookSoon();
      else void look();
    },
    /** @param {Wanted} [wanted] @param {() => void} [then] runs once something was replaced */
    open(wanted, then = () => {}) {
      afterwards = then;
      if (wanted) {
        part("old").value = (!wanted.is_pattern && bare(wanted.old)) || wanted.old;
        part("new").value = bare(wanted.new) || wanted.new;
        for (const flag of FLAGS) part(flag).checked = wanted[flag] ?? false;
      }
      here = null;
      part("plays").checked = plays.get();
      offerSpeakers();
      take("", { places: [], count: 0 }, "");
      document.body.classList.add("has-find");
      if (!dialog.open) dialog.show();
      part(wanted?.old && wanted.is_similar && !wanted.new ? "new" : "old").focus();
      part("old").select();
      void look();
    },
  };
}
