/** The sheet of keys, and the one listener that turns chords into actions. */

import { find, make, setText } from "./dom.js";
import { actionOf, capsOf, chordOf, idOfKey, isWholeChord, keyTable, refusal, withChanged } from "./keys.js";

const GROUPS = [
  ["both", "Everywhere"],
  ["text", "In the text"],
  ["queue", "In the review"],
  ["page", "Outside the text"],
];
const MORE = [
  ["Backspace", "At a segment's start: join it with the one above"],
  ["Delete", "At a segment's end: join it with the one below"],
  ["Click", "Put the caret there, and the playback too"],
];

const row = (/** @type {string[][]} */ chords, /** @type {string} */ says, { change = /** @type {HTMLElement | string} */ (""), between = " or " } = {}) =>
  make(
    "tr",
    {},
    make("td", {}, ...chords.flatMap((caps, index) => [index ? between : null, ...caps.map((cap) => make("kbd", {}, cap))])),
    make("td", {}, says),
    make("td", {}, change),
  );

/** Of a row of keys its first and last. @param {string[]} keys */
const fewOf = (keys) => (keys.length > 3 ? [keys[0], keys[keys.length - 1]] : keys);

/** Where the focus is: in the text, in another field, or on the page. */
function placeOf(/** @type {Element | null} */ focus) {
  if (focus?.closest(".box")) return "text";
  if (focus?.closest("#queue")) return "queue";
  return focus?.matches("input:not([type=range]), select, textarea") ? "field" : "page";
}

/** Keys that a control under the focus needs for itself. */
function isForControl(/** @type {KeyboardEvent} */ { key, target }) {
  const element = /** @type {Element} */ (target);
  if (element.matches("button, a, summary")) return key === " " || key === "Enter";
  return element.matches("input[type=range]") && key.startsWith("Arrow");
}

/**
 * @param {HTMLDialogElement} sheet
 * @param {{run(action: string, event: KeyboardEvent): boolean,
 *   settings: ReturnType<typeof import("./settings.js").openSettings>, signal: AbortSignal}} means
 *   run says whether it took the key
 */
export function mountKeys(sheet, { run, settings, signal }) {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const table = () => withChanged(keyTable(isMac), settings.get().keys);
  const change = mountChanging(sheet, { table, settings, onChanged: show, signal });

  function show() {
    find("[data-part=rows]", sheet).replaceChildren(...GROUPS.map(([where, title]) => {
      const keys = table().filter((key) => key.where === where);
      const rows = keys.map((key) => row(fewOf(key.keys).map((chord) => capsOf(chord, isMac)), key.says, { change: changer(key), between: key.keys.length > 3 ? " … " : " or " }));
      const more = where === "text" ? MORE.map(([cap, says]) => row([[cap]], says)) : [];
      return make("section", {}, make("h3", {}, title), make("table", {}, make("tbody", {}, ...rows, ...more)));
    }));
  }
  const changer = (/** @type {import("./keys.js").Key} */ key) =>
    key.keys.length > 3 ? "" : make("button", { type: "button", class: "quiet", "aria-label": `Change the key: ${key.says}`, title: "Change", onclick: (event) => change(key, event.currentTarget) }, "✎");
  show();
  find("button", sheet).addEventListener("click", () => sheet.close(), { signal });
  addEventListener("keydown", (event) => {
    const place = placeOf(document.activeElement);
    const isElsewhere = event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]");
    if (isElsewhere || isForControl(event)) return;
    const action = actionOf(table(), event, place === "field" ? "page" : place);
    if (!action || (place === "field" && event.key !== "Escape" && !event.altKey && !(event.ctrlKey && event.code === "Space"))) return;
    if (run(action, event)) event.preventDefault();
  }, { signal });
}

/**
 * Gives a key another chord: the next one that is pressed.
 * @param {HTMLDialogElement} sheet
 * @param {{table(): import("./keys.js").Key[], settings: ReturnType<typeof import("./settings.js").openSettings>,
 *   onChanged(): void, signal: AbortSignal}} means
 */
function mountChanging(sheet, { table, settings, onChanged, signal }) {
  const says = find("[data-part=changing]", sheet);
  /** @type {import("./keys.js").Key | null} */
  let waiting = null;

  const set = (/** @type {Record<string, string>} */ keys) => {
    settings.set({ keys });
    onChanged();
  };
  function end(/** @type {string} */ text) {
    waiting = null;
    setText(says, text);
  }
  sheet.addEventListener("keydown", (event) => {
    if (!waiting || !isWholeChord(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return end("");
    const chord = chordOf(event);
    const why = refusal(table(), waiting, chord);
    if (why) return setText(says, `${chord}: ${why}`);
    set({ ...settings.get().keys, [idOfKey(waiting)]: chord });
    end(`${waiting.says}: ${chord}`);
  }, { signal });
  sheet.addEventListener("close", () => end(""), { signal });
  find("[data-part=reset]", sheet).addEventListener("click", () => (set({}), end("All keys are as they were")), { signal });

  return (/** @type {import("./keys.js").Key} */ key, /** @type {HTMLElement} */ button) => {
    waiting = key;
    button.focus();
    setText(says, `Press the new key for: ${key.says}. Esc leaves it.`);
  };
}
