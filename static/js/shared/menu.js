/** Menus: a summary, and what opens below it until something else is pressed. */

import { focusBefore } from "./focus.js";

/**
 * A menu of commands; each closes it and gives the focus back before it is done.
 * @param {HTMLDetailsElement} menu
 * @param {{toText(): void, signal: AbortSignal}} means
 */
export function mountMenu(menu, { toText, signal }) {
  const { close } = mountClosing(menu, { toText, signal });
  menu.addEventListener(
    "click",
    ({ target }) => {
      if (target instanceof Element && target.closest("[data-command]")) close();
    },
    { signal },
  );
}

/**
 * A menu closes when something else is pressed, or Escape, wherever the focus is.
 * @param {HTMLDetailsElement} menu
 * @param {{toText(): void, signal: AbortSignal}} means
 * @returns {{close(): void, open(): void}} close: it gives the focus back; open: by a key that is not the menu's
 */
export function mountClosing(menu, { toText, signal }) {
  const focus = focusBefore(menu, { isOpen: () => menu.open, toText, signal });
  const close = () => {
    menu.open = false;
    focus.back();
  };
  const open = () => {
    focus.remember();
    menu.open = true;
    menu.querySelector("summary")?.focus({ preventScroll: true });
  };
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (!menu.contains(/** @type {Node} */ (target))) menu.open = false;
    },
    { signal },
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !menu.open || document.querySelector("dialog:modal")) return;
      event.stopPropagation();
      close();
    },
    { capture: true, signal },
  );
  return { close, open };
}
