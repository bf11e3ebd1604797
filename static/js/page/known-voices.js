/** Voices known again: the list of them, switched off and deleted there, and who sounds like one. */

import * as api from "../server/api.js";
import { announce, find, make, setText, showAnew } from "../shared/dom.js";
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
    showAnew(rows, voices.map(rowOf));
    find("[data-part=no-voices]", element).hidden = voices.length > 0;
  }

  function rowOf(/** @type {Voice} */ { id, name, is_on, heard_ms }) {
    const on = make("input", { type: "checkbox", checked: is_on });
    on.addEventListener("change", () => attempt(async () => show(await api.offerVoice(id, on.checked))));
    const heard = make("span", { class: "hint" });
    setText(heard, strings.lastHeard(ago(heard_ms, Date.now())));
    const remove = () =>
      attempt(async () => {
        await api.deleteVoice(id);
        await load();
        wanted.focus();
        announce(strings.voiceDeleted(name));
      });
    return make(
      "li",
      { "data-item": id },
      make("label", {}, on, make("bdi", {}, name)),
      heard,
      askedTwice(name, remove),
    );
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

/**
 * A button that asks before it deletes a voice, in its own place, since nothing brings that back.
 * @param {string} name
 * @param {() => unknown} remove
 */
function askedTwice(name, remove) {
  const button = make("button", { type: "button", class: "quiet" });
  let isAsked = false;
  function show(/** @type {boolean} */ isToAsk) {
    isAsked = isToAsk;
    button.classList.toggle("danger", isAsked);
    button.replaceChildren(isAsked ? strings.deleteForGood : icon("close"));
    button.title = isAsked ? strings.deleteVoiceForGood(name) : strings.deleteVoice(name);
    button.setAttribute("aria-label", button.title);
  }
  show(false);
  button.addEventListener("click", () => (isAsked ? void remove() : show(true)));
  button.addEventListener("blur", () => show(false));
  button.addEventListener("keydown", (event) => {
    if (!isAsked || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    show(false);
  });
  return button;
}
