/** Puts a text into the clipboard. */

import { announce, make } from "./dom.js";
import { strings } from "./strings.js";
import { problem } from "./toast.js";

/** The way of pages that are not served by https, which may not write to the clipboard. @param {string} text */
function copyBySelection(text) {
  const before = document.activeElement;
  const area = make("textarea", { class: "visually-hidden", readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isDone;
}

/** Copy a text and say so, or that the browser does not allow it. @param {string} text */
export async function copyText(text) {
  const isWritten = await (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
    () => true,
    () => copyBySelection(text),
  );
  if (isWritten) announce(strings.copied);
  else problem(strings.copyRefused);
  return isWritten;
}
