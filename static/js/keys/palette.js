/** The palette: all commands in one list, found by some of their letters; a time leads to its place. */

import { keysOf, writtenKey } from "./commands.js";
import { matching } from "./matching.js";
import { find, isComposing, isMac, make, setText } from "../shared/dom.js";
import { clock, parseClock } from "../shared/format.js";
import { strings } from "./strings.js";

/** @typedef {{label: string, keys: string, isEnabled: boolean, run(): void}} Entry */

/** A time as somebody types it: with a colon, so that a mere number stays a search. @param {string} query */
const timeIn = (query) => (query.includes(":") ? parseClock(query) : null);

/**
 * @param {HTMLDialogElement} dialog
 * @param {{commands: import("./commands.js").Commands,
 *   contextOf(target: EventTarget | null): import("./commands.js").Context,
 *   settings: ReturnType<typeof import("../shared/settings.js").openSettings>,
 *   goTo(time_ms: number): void, signal: AbortSignal}} means
 *   contextOf: what a command is about that is run from where the focus was
 * @returns {() => void} opens it
 */
export function mountPalette(dialog, { commands, contextOf, settings, goTo, signal }) {
  const input = /** @type {HTMLInputElement} */ (find("input", dialog));
  const list = find("[role=listbox]", dialog);
  /** @type {Entry[]} */
  let all = [];
  /** @type {Entry[]} */
  let shown = [];
  let at = 0;

  function entries() {
    const before = document.activeElement;
    const context = contextOf(before);
    const where = context.isInReview ? "review" : "both";
    const keys = keysOf(commands, settings.get().keys);
    return Object.entries(commands)
      .filter(([id, { isOfKeys }]) => !isOfKeys && id !== "palette")
      .map(([id, command]) => ({
        label: command.labels?.[where] ?? command.label,
        keys: writtenKey(keys, id, where, isMac()),
        isEnabled: command.isEnabled?.(context) ?? true,
        run: () => void command.run(context),
      }))
      .sort((a, b) => Number(b.isEnabled) - Number(a.isEnabled));
  }
  function show() {
    const time_ms = timeIn(input.value);
    const time =
      time_ms === null
        ? []
        : [{ label: strings.goTo(clock(time_ms)), keys: "", isEnabled: true, run: () => goTo(time_ms) }];
    shown = [...time, ...matching(input.value, all)];
    list.replaceChildren(...shown.map(optionOf));
    setText(find("[data-part=found]", dialog), strings.found(shown.length));
    point(0);
  }
  function point(/** @type {number} */ next) {
    list.children[at]?.removeAttribute("aria-selected");
    at = Math.max(0, Math.min(shown.length - 1, next));
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function run(/** @type {Entry | undefined} */ entry) {
    if (!entry?.isEnabled) return;
    dialog.close();
    entry.run();
  }
  const page = () => Math.max(1, Math.floor(list.clientHeight / (list.firstElementChild?.clientHeight || 1)) - 1);
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => point(at + 1),
    ArrowUp: () => point(at - 1),
    PageDown: () => point(at + page()),
    PageUp: () => point(at - page()),
    Enter: () => run(shown[at]),
  };
  input.addEventListener("input", show, { signal });
  dialog.addEventListener(
    "keydown",
    (event) => {
      const isAgain = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      const act = isAgain ? () => dialog.close() : keys[event.key];
      if (!act || isComposing(event)) return;
      event.preventDefault();
      act();
    },
    { signal },
  );
  dialog.addEventListener(
    "click",
    ({ target }) => {
      const option = /** @type {Element} */ (target).closest("[role=option]");
      if (option) run(shown[[...list.children].indexOf(option)]);
      // The dialog itself is what is seen of its backdrop.
      else if (target === dialog) dialog.close();
    },
    { signal },
  );
  return () => {
    all = entries();
    input.value = "";
    dialog.showModal();
    show();
    input.focus();
  };
}

/** @param {Entry} entry @param {number} index */
function optionOf({ label, keys, isEnabled }, index) {
  const traits = { role: "option", id: `palette-${index}`, "aria-disabled": isEnabled ? false : "true" };
  return make(
    "li",
    /** @type {Record<string, string | boolean>} */ (traits),
    make("span", {}, label),
    keys ? make("kbd", {}, keys) : null,
  );
}
