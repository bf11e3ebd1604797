/** The sheet of keys, and the one listener that turns chords into commands. */

import { capsOf, chordOf, isWholeChord, learnSign, writtenChord } from "./chords.js";
import { find, isComposing, isMac, make, setText } from "../shared/dom.js";
import { commandOf, idOfKey, keysOf, refusal } from "./commands.js";
import { strings } from "./strings.js";

/** What the browser does in the text. */
const MORE = /** @type {const} */ ([
  ["Backspace", strings.joinAtStart],
  ["Delete", strings.joinAtEnd],
  [strings.click, strings.moveThere],
]);

const row = (
  /** @type {string[][]} */ chords,
  /** @type {string} */ says,
  { change = /** @type {HTMLElement | string} */ (""), between = ` ${strings.or} ` } = {},
) =>
  make(
    "tr",
    {},
    make(
      "td",
      {},
      ...chords.flatMap((caps, index) => [index ? between : null, ...caps.map((cap) => make("kbd", {}, cap))]),
    ),
    make("td", {}, says),
    make("td", {}, change),
  );

/** More than a command that can be given another key has: they differ by a digit. */
const MOST_KEYS = 3;
/** Of a row of keys its first and last. @param {string[]} keys */
const fewOf = (keys) => (keys.length > MOST_KEYS ? [keys[0], keys[keys.length - 1]] : keys);

/** Where the focus is: in the text, in another field, or on the page. */
function placeOf(/** @type {Element | null} */ focus) {
  if (focus?.closest(".box")) return "text";
  if (focus?.closest("#queue")) return "review";
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
 * @param {{commands: import("./commands.js").Commands,
 *   contextOf(target: EventTarget | null, press: KeyboardEvent): import("./commands.js").Context,
 *   hasChosen(): boolean, holds(event: KeyboardEvent, command: string | null): boolean,
 *   settings: ReturnType<typeof import("../shared/settings.js").openSettings>, signal: AbortSignal}} means
 *   holds: whether the text takes the key later
 */
export function mountKeys(sheet, { commands, contextOf, hasChosen, holds, settings, signal }) {
  /** @type {Map<string, string>} */
  const signs = new Map();
  const layout = { isMac: isMac(), signs };
  const table = () => keysOf(commands, settings.get().keys);
  const change = mountChanging(sheet, { table, layout, settings, onChanged: show, signal });

  function show() {
    showHints(table(), layout.isMac);
    find("[data-part=rows]", sheet).replaceChildren(
      ...Object.entries(strings.places).map(([where, title]) => {
        const keys = table().filter((key) => key.where === where);
        const rows = keys.map((key) => keyRow(key));
        const more = where === "text" ? MORE.map(([key, says]) => row([capsOf(key, layout.isMac)], says)) : [];
        return make("section", {}, make("h3", {}, title), make("table", {}, make("tbody", {}, ...rows, ...more)));
      }),
    );
  }
  function keyRow(/** @type {import("./commands.js").Key} */ key) {
    const caps = fewOf(key.keys).map((chord) => capsOf(chord, layout.isMac));
    if (key.keys.length > MOST_KEYS) return row(caps, key.label, { between: " … " });
    const traits = {
      type: "button",
      class: "quiet",
      "aria-label": strings.changeOne(key.label),
      title: strings.change,
    };
    const changer = make("button", { ...traits, onclick: (event) => change(key, event.currentTarget) }, "✎");
    return row(caps, key.label, { change: changer });
  }
  /** Which keys hold where the focus is. */
  function keysAt(/** @type {ReturnType<typeof placeOf>} */ place) {
    if (place === "page" && hasChosen()) return "chosen";
    return place === "field" ? "page" : place;
  }
  show();
  find("button", sheet).addEventListener("click", () => sheet.close(), { signal });
  /** The key that is held and did something here. */
  let held = "";
  addEventListener("keyup", () => (held = ""), { signal });
  addEventListener(
    "keydown",
    (event) => {
      learnSign(signs, event);
      const place = placeOf(document.activeElement);
      const isElsewhere = isComposing(event) || event.defaultPrevented || document.querySelector("dialog:modal");
      if (isElsewhere || isForControl(event)) return;
      const id = commandOf(table(), event, keysAt(place), layout);
      const isForField =
        place === "field" && event.key !== "Escape" && !event.altKey && !(event.ctrlKey && event.code === "Space");
      const isOurs = id !== null && (!isForField || id === "find");
      // What it was pressed for may have closed, as a dialog by Escape: the press has ended with it.
      if (isOurs && event.repeat && !(held === event.code && commands[id].goesOn)) return event.preventDefault();
      held = isOurs ? event.code : "";
      if (place === "text" && holds(event, id)) return event.preventDefault();
      if (isOurs && commands[id].run(contextOf(event.target, event)) !== false) event.preventDefault();
    },
    { signal },
  );
}

/**
 * Name the keys beside what has them: in the title of a button, or as the text of a key cap.
 * @param {readonly import("./commands.js").Key[]} table
 * @param {boolean} isOnMac
 */
function showHints(table, isOnMac) {
  const written = (/** @type {import("./commands.js").Key | undefined} */ key) =>
    writtenChord(key?.keys[0] ?? "", isOnMac);
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key-of]"))) {
    setText(element, written(table.find((one) => idOfKey(one) === element.dataset.keyOf)));
  }
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-command]"))) {
    const { command, says } = element.dataset;
    // Those of the review have their keys on them.
    const key = table.find((one) => one.command === command && one.where !== "review");
    if (!key) continue;
    if (element.closest(".panel, .line-menu")) showOnItem(element, written(key));
    else if (!element.querySelector("kbd")) element.title = says ? `${says} (${written(key)})` : written(key);
  }
}

/** An item of a menu has its key at its end. @param {HTMLElement} item @param {string} key */
function showOnItem(item, key) {
  let cap = item.querySelector("kbd");
  if (!cap) item.append((cap = make("kbd", { "aria-hidden": "true" })));
  setText(cap, key);
}

/**
 * Gives a key another chord: the next one that is pressed.
 * @param {HTMLDialogElement} sheet
 * @param {{table(): import("./commands.js").Key[], layout: import("./chords.js").Layout, settings: ReturnType<typeof import("../shared/settings.js").openSettings>,
 *   onChanged(): void, signal: AbortSignal}} means
 */
function mountChanging(sheet, { table, layout, settings, onChanged, signal }) {
  const says = find("[data-part=changing]", sheet);
  /** @type {import("./commands.js").Key | null} */
  let waiting = null;

  const set = (/** @type {Record<string, string>} */ keys) => {
    settings.set({ keys });
    onChanged();
  };
  function end(/** @type {string} */ text) {
    waiting = null;
    setText(says, text);
  }
  sheet.addEventListener(
    "keydown",
    (event) => {
      if (!waiting || !isWholeChord(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") return end("");
      const chord = chordOf(event, layout);
      const written = writtenChord(chord, layout.isMac) || event.key;
      const why = refusal(table(), waiting, chord);
      if (why) return setText(says, `${written}: ${why}`);
      set({ ...settings.get().keys, [idOfKey(waiting)]: chord });
      end(`${waiting.label}: ${written}`);
    },
    { signal },
  );
  sheet.addEventListener("close", () => end(""), { signal });
  find("[data-part=reset]", sheet).addEventListener(
    "click",
    () => {
      set({});
      end(strings.allReset);
    },
    { signal },
  );

  return (/** @type {import("./commands.js").Key} */ key, /** @type {HTMLElement} */ button) => {
    waiting = key;
    button.focus();
    setText(says, strings.pressNew(key.label));
  };
}
