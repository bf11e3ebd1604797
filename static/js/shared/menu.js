/** Menus: a summary, and what opens below it until something else is pressed. */

import { focusBefore } from "./focus.js";

/**
 * A menu of buttons; each closes it, gives the focus back and runs its verb.
 * @param {HTMLDetailsElement} menu
 * @param {Record<string, () => void>} verbs by the buttons' `data-verb`
 * @param {{toText(): void, signal: AbortSignal}} means
 */
export function mountMenu(menu, verbs, { toText, signal }) {
  const close = mountClosing(menu, { toText, signal });
  menu.addEventListener("click", ({ target }) => {
    const verb = target instanceof Element && target.closest("button")?.dataset.verb;
    if (!verb) return;
    close();
    verbs[verb]();
  }, { signal });
}

/**
 * A menu closes when something else is pressed, or Escape, wherever the focus is.
 * @param {HTMLDetailsElement} menu
 * @param {{toText(): void, signal: AbortSignal}} means
 * @returns {() => void} closes it and gives the focus back
 */
export function mountClosing(menu, { toText, signal }) {
  const focusBack = focusBefore(menu, { isOpen: () => menu.open, toText, signal });
  const close = () => {
    menu.open = false;
    focusBack();
  };
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.contains(/** @type {Node} */ (target))) menu.open = false;
  }, { signal });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open || document.querySelector("dialog:modal")) return;
    event.stopPropagation();
    close();
  }, { capture: true, signal });
  return close;
}
