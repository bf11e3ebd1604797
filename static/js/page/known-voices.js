/** Voices known again: the list of them, switched off and deleted there, and who sounds like one. */

import * as api from "../server/api.js";
import { find, make, setText } from "../shared/dom.js";
import { icon } from "../shared/icon.js";
import { ago } from "../shared/format.js";
import { strings } from "./strings.js";

/**
 * @typedef {{id: string, name: string, is_on: boolean, spoken_ms: number, created_ms: number, heard_ms: number}} Voice
 * @typedef {{is_wanted: boolean, voices: Voice[]}} Known
 * @param {import("./page.js").Page} page
 * @param {(names: ReadonlyMap<string, string>) => void} onSuggested the names of known voices, by the speakers
 *   without a name who sound like them
 */
export function mountKnownVoices({ id: transcript_id, attempt, signal }, onSuggested) {
  const element = find("#speakers [data-part=known]");
  const wanted = /** @type {HTMLInputElement} */ (find("[data-part=wanted]", element));
  const rows = find("ul", element);

  function show(/** @type {Known} */ { is_wanted, voices }) {
    wanted.checked = is_wanted;
    rows.replaceChildren(...voices.map(rowOf));
    find("[data-part=no-voices]", element).hidden = voices.length > 0;
  }

  function rowOf(/** @type {Voice} */ { id, name, is_on, heard_ms }) {
    const on = make("input", { type: "checkbox", checked: is_on });
    on.addEventListener("change", () => attempt(async () => show(await api.offerVoice(id, on.checked))));
    const heard = make("span", { class: "hint" });
    setText(heard, strings.lastHeard(ago(heard_ms, Date.now())));
    const gone = make("button", { type: "button", class: "quiet" }, icon("close"));
    gone.title = strings.deleteVoice(name);
    gone.setAttribute("aria-label", gone.title);
    gone.addEventListener("click", () =>
      attempt(async () => {
        await api.deleteVoice(id);
        await load();
        wanted.focus();
      }),
    );
    return make("li", {}, make("label", {}, on, make("span", {}, name)), heard, gone);
  }

  /** Show what is known, once the speakers named so far are learned, and whom the others sound like. */
  async function load() {
    let known = await api.knownVoices();
    let found = new Map();
    if (known.is_wanted) {
      /** @type {{suggestions: {speaker: string, name: string}[]}} */
      const { suggestions } = await api.suggestVoices(transcript_id);
      found = new Map(suggestions.map(({ speaker, name }) => [speaker, name]));
      known = await api.knownVoices();
    }
    show(known);
    onSuggested(found);
  }

  wanted.addEventListener(
    "change",
    () =>
      attempt(async () => {
        show(await api.wantKnownVoices(wanted.checked));
        await load();
      }),
    { signal },
  );
  return { load: () => attempt(load) };
}
