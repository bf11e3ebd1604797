/** The sheet of keys, and the one listener that turns chords into actions. */

import { capsOf, chordOf, isWholeChord, learnSign, writtenChord } from "./chords.js";
import { find, isComposing, isMac, make, setText } from "../shared/dom.js";
import { actionOf, goesOn, idOfKey, keyTable, refusal, withChanged } from "./key-table.js";

const GROUPS = [
  ["both", "Everywhere"],
  ["text", "In the text"],
  ["queue", "In the review"],
  ["page", "Outside the text"],
];
const MORE = [
  ["Backspace", "At the start of a segment: join it with the previous one"],
  ["Delete", "At the end of a segment: join it with the next one"],
  ["Click", "Move the caret and playback there"],
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
  if (focus?.closest("dialog")) return "field";
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
 * @param {{run(action: string, event: KeyboardEvent): boolean, hasChosen(): boolean,
 *   holds(event: KeyboardEvent, action: string | null): boolean,
 *   settings: ReturnType<typeof import("../shared/settings.js").openSettings>, signal: AbortSignal}} means
 *   run says whether it took the key, holds whether the text takes it later
 */
export function mountKeys(sheet, { run, hasChosen, holds, settings, signal }) {
  /** @type {Map<string, string>} */
  const signs = new Map();
  const layout = { isMac: isMac(), signs };
  const table = () => withChanged(keyTable(layout.isMac), settings.get().keys);
  const change = mountChanging(sheet, { table, layout, settings, onChanged: show, signal });

  function show() {
    showHints(table(), layout.isMac);
    find("[data-part=rows]", sheet).replaceChildren(...GROUPS.map(([where, title]) => {
      const keys = table().filter((key) => key.where === where);
      const rows = keys.map((key) => row(fewOf(key.keys).map((chord) => capsOf(chord, layout.isMac)), key.says, { change: changer(key), between: key.keys.length > 3 ? " … " : " or " }));
      const more = where === "text" ? MORE.map(([cap, says]) => row([[cap]], says)) : [];
      return make("section", {}, make("h3", {}, title), make("table", {}, make("tbody", {}, ...rows, ...more)));
    }));
  }
  const changer = (/** @type {import("./key-table.js").Key} */ key) =>
    key.keys.length > 3 ? "" : make("button", { type: "button", class: "quiet", "aria-label": `Change shortcut: ${key.says}`, title: "Change", onclick: (event) => change(key, event.currentTarget) }, "✎");
  show();
  find("button", sheet).addEventListener("click", () => sheet.close(), { signal });
  /** The key that is held and did something here. */
  let held = "";
  addEventListener("keyup", () => (held = ""), { signal });
  addEventListener("keydown", (event) => {
    learnSign(signs, event);
    const place = placeOf(document.activeElement);
    const isElsewhere = isComposing(event) || event.defaultPrevented || document.querySelector("dialog:modal");
    if (isElsewhere || isForControl(event)) return;
    const action = actionOf(table(), event, place === "field" ? "page" : place === "page" && hasChosen() ? "chosen" : place, layout);
    const isForField = place === "field" && event.key !== "Escape" && !event.altKey && !(event.ctrlKey && event.code === "Space");
    const isOurs = action !== null && (!isForField || action === "replace");
    // What it was pressed for may have closed, as a dialog by Escape: the press has ended with it.
    if (isOurs && event.repeat && !(held === event.code && goesOn(action))) return event.preventDefault();
    held = isOurs ? event.code : "";
    if (place === "text" && holds(event, action)) return event.preventDefault();
    if (isOurs && run(action, event)) event.preventDefault();
  }, { signal });
}

/**
 * Name the keys beside what has them: in the title, or as the text of a key cap.
 * @param {readonly import("./key-table.js").Key[]} table
 * @param {boolean} isOnMac
 */
function showHints(table, isOnMac) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key-of]"))) {
    const key = table.find((one) => idOfKey(one) === element.dataset.keyOf);
    const chord = writtenChord(key?.keys[0] ?? "", isOnMac);
    if (element.matches("kbd")) setText(element, chord);
    else element.title = element.dataset.says ? `${element.dataset.says} (${chord})` : chord;
  }
}

/**
 * Gives a key another chord: the next one that is pressed.
 * @param {HTMLDialogElement} sheet
 * @param {{table(): import("./key-table.js").Key[], layout: import("./chords.js").Layout, settings: ReturnType<typeof import("../shared/settings.js").openSettings>,
 *   onChanged(): void, signal: AbortSignal}} means
 */
function mountChanging(sheet, { table, layout, settings, onChanged, signal }) {
  const says = find("[data-part=changing]", sheet);
  /** @type {import("./key-table.js").Key | null} */
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
    const chord = chordOf(event, layout);
    const written = writtenChord(chord, layout.isMac) || event.key;
    const why = refusal(table(), waiting, chord);
    if (why) return setText(says, `${written}: ${why}`);
    set({ ...settings.get().keys, [idOfKey(waiting)]: chord });
    end(`${waiting.says}: ${written}`);
  }, { signal });
  sheet.addEventListener("close", () => end(""), { signal });
  find("[data-part=reset]", sheet).addEventListener("click", () => (set({}), end("All shortcuts were reset")), { signal });

  return (/** @type {import("./key-table.js").Key} */ key, /** @type {HTMLElement} */ button) => {
    waiting = key;
    button.focus();
    setText(says, `Press the new shortcut for: ${key.says}. Esc cancels.`);
  };
}
