/** The sheet of keys, and the one listener that turns chords into actions. */

import { find, make } from "./dom.js";
import { actionOf, capsOf, keyTable } from "./keys.js";

const GROUPS = [
  ["both", "Everywhere"],
  ["text", "In the text"],
  ["page", "Outside the text"],
];
const MORE = [
  ["Backspace", "At a segment's start: join it with the one above"],
  ["Delete", "At a segment's end: join it with the one below"],
  ["Click", "Put the caret there, and the playback too"],
];

const row = (/** @type {string[][]} */ chords, /** @type {string} */ says) =>
  make(
    "tr",
    {},
    make("td", {}, ...chords.flatMap((caps, index) => [index ? " or " : null, ...caps.map((cap) => make("kbd", {}, cap))])),
    make("td", {}, says),
  );

/** Of a row of keys its first and last. @param {string[]} keys */
const fewOf = (keys) => (keys.length > 3 ? [keys[0], keys[keys.length - 1]] : keys);

/** Where the focus is: in the text, in another field, or on the page. */
function placeOf(/** @type {Element | null} */ focus) {
  if (focus?.closest(".box")) return "text";
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
 * @param {(action: string, event: KeyboardEvent) => boolean} run says whether it took the key
 * @param {AbortSignal} signal
 */
export function mountKeys(sheet, run, signal) {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const table = keyTable(isMac);
  const body = find("[data-part=rows]", sheet);
  for (const [where, title] of GROUPS) {
    const keys = table.filter((key) => key.where === where);
    const rows = keys.map(({ keys, says }) => row(fewOf(keys).map((chord) => capsOf(chord, isMac)), says));
    const more = where === "text" ? MORE.map(([cap, says]) => row([[cap]], says)) : [];
    body.append(
      make("section", {}, make("h3", {}, title), make("table", {}, make("tbody", {}, ...rows, ...more))),
    );
  }
  find("button", sheet).addEventListener("click", () => sheet.close(), { signal });
  addEventListener(
    "keydown",
    (event) => {
      const place = placeOf(document.activeElement);
      const isElsewhere = event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]");
      if (isElsewhere || isForControl(event)) return;
      const action = actionOf(table, event, place === "text" ? "text" : "page");
      if (!action || (place === "field" && event.key !== "Escape" && !event.altKey && !(event.ctrlKey && event.code === "Space"))) return;
      if (run(action, event)) event.preventDefault();
    },
    { signal },
  );
}
