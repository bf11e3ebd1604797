/** Where the focus goes when what had it closes, and what Escape leaves as it was. */

/**
 * A dialog gives the focus back, but not the caret within the text, and Escape takes back what is
 * half typed in it: leaving a field would else be as good as Enter.
 * @param {{caretBack(): void, signal: AbortSignal}} means caretBack: put the caret where it was, if its
 *   box has the focus
 */
export function mountDialogs({ caretBack, signal }) {
  let before = "";
  const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ run) =>
    document.addEventListener(name, run, { capture: true, signal });
  const keep = (/** @type {any} */ { target }) =>
    target instanceof Element && target.closest("dialog") && (before = fieldOf(target)?.value ?? "");

  on("focusin", keep);
  on("change", keep);
  on("cancel", ({ target }) => {
    const field = fieldOf(document.activeElement);
    if (target instanceof HTMLDialogElement && field && target.contains(field)) field.value = before;
  });
  on("close", caretBack);
}

/** Whether an element cannot have the focus any more. @param {Element} element */
const isGone = (element) => !element.isConnected || !element.checkVisibility() || element.matches(":disabled");

/**
 * Whoever wrote in the text goes on there when what took the focus since is gone: a message, a menu,
 * a button that has nothing left to do. Else the next keys would be those of the page, which play.
 * @param {{toText(): void, signal: AbortSignal}} means
 */
export function mountWayBack({ toText, signal }) {
  /** @type {Element | null} */
  let last = null;
  let isFromText = false;
  const lead = () => {
    if (isFromText && last && isGone(last) && !document.querySelector("dialog:modal")) toText();
  };
  document.addEventListener(
    "focusin",
    ({ target }) => {
      last = /** @type {Element} */ (target);
      isFromText ||= last.matches(".box");
    },
    { signal },
  );
  document.addEventListener(
    "focusout",
    ({ target, relatedTarget }) => {
      // Who leaves the text for nothing, as by a click beside it, is on the page from then on.
      if (!relatedTarget && document.hasFocus() && !isGone(/** @type {Element} */ (target))) isFromText = false;
    },
    { signal },
  );
  addEventListener("click", lead, { signal });
  addEventListener("keydown", lead, { capture: true, signal });
}

/** @param {Element | null} element */
const fieldOf = (element) =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text")
    ? element
    : null;

/**
 * Remembers what had the focus before a menu took it: by a key that is the menu itself.
 * @param {HTMLElement} menu
 * @param {{isOpen(): boolean, toText(): void, signal: AbortSignal}} means
 * @returns {{remember(): void, back(): void}} remember: it is opened now, by another key; back: gives the focus back
 */
export function focusBefore(menu, { isOpen, toText, signal }) {
  /** @type {Element | null} */
  let before = null;
  const opener = /** @type {HTMLElement} */ (menu.querySelector("summary"));
  const remember = () => {
    if (!isOpen()) before = document.activeElement;
  };
  menu.addEventListener("pointerdown", remember, { capture: true, signal });
  opener.addEventListener("keydown", () => isOpen() || (before = opener), { signal });
  function back() {
    if (before?.closest(".box")) return toText();
    const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
    /** @type {HTMLElement} */ (isThere ? before : opener).focus({ preventScroll: true });
  }
  return { remember, back };
}
