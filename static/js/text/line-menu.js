/**
 * What can be done to a line, for those who know no keys: one button that stands in the row under the
 * pointer or with the caret, and the menu it opens; a right click beside the text opens it, too.
 */

import { find, make, setText } from "../shared/dom.js";
import { icon } from "../shared/icon.js";
import { strings } from "./strings.js";

const GAP_PX = 4;
/** @typedef {{id: string, start: number, offset: number}} Place */

/**
 * @param {HTMLElement} surface holds the rows
 * @param {HTMLElement} menu a popover
 * @param {{lastPlace(): Place, segmentOf(id: string): import("../transcript/transcript.js").Segment | undefined,
 *   isPicking(): boolean, onOpen(): void, toText(place: Place): void, signal: AbortSignal}} means
 *   lastPlace: where the caret is or was last; isPicking: taps choose segments;
 *   onOpen: what can be done to this line may differ
 */
export function mountLineMenu(surface, menu, { lastPlace, segmentOf, isPicking, onOpen, toText, signal }) {
  const traits = {
    type: "button",
    class: "line-more quiet",
    "aria-haspopup": "menu",
    "aria-label": strings.moreForLine,
    title: strings.moreForLine,
  };
  const opener = make("button", traits, icon("more"));
  /** Of which line the menu is. */
  let id = "";
  let isFromText = false;
  const isOpen = () => menu.matches(":popover-open");
  const items = () => /** @type {HTMLButtonElement[]} */ ([...menu.querySelectorAll("button:not(:disabled)")]);
  const isTouch = () => matchMedia("(pointer: coarse)").matches;
  const on = (
    /** @type {EventTarget} */ target,
    /** @type {string} */ name,
    /** @type {(event: any) => void} */ listener,
  ) => target.addEventListener(name, listener, { signal });

  /** Where in the line its commands act: at the caret, if it was there last. */
  function place() {
    const last = lastPlace();
    return last.id === id ? last : { id, start: 0, offset: 0 };
  }
  function comeTo(/** @type {EventTarget | null} */ target) {
    const row = target instanceof Element ? target.closest(".segment") : null;
    if (row && opener.parentElement !== row && !isOpen() && document.activeElement !== opener) row.append(opener);
  }
  function open(/** @type {string} */ segment_id, /** @type {{left: number, bottom: number, top: number}} */ beside) {
    const segment = segmentOf(segment_id);
    if (!segment) return;
    id = segment_id;
    isFromText = Boolean(document.activeElement?.closest(".box"));
    say("markReviewed", strings.markReviewed[Number(segment.reviewed)]);
    say("changeKind", strings.markSound[Number(segment.kind === "sound")]);
    onOpen();
    menu.showPopover();
    putBeside(menu, beside);
    opener.setAttribute("aria-expanded", "true");
    items()[0]?.focus({ preventScroll: true });
  }
  const say = (/** @type {string} */ command, /** @type {string} */ label) =>
    setText(find(`[data-command=${command}] span`, menu), label);
  /** Give the focus back: to the caret, if it was in this line. */
  function close() {
    const here = place();
    const isBack = isFromText && lastPlace().id === id;
    menu.hidePopover();
    if (isBack || !opener.isConnected) toText(here);
    else opener.focus({ preventScroll: true });
  }

  on(surface, "pointerover", ({ target, pointerType }) => pointerType === "mouse" && comeTo(target));
  on(surface, "focusin", ({ target }) => target !== opener && comeTo(target));
  // The text keeps the focus, and with it a phone its keyboard.
  on(opener, "pointerdown", (event) => event.preventDefault());
  on(opener, "click", (event) => {
    event.stopPropagation();
    const row = /** @type {HTMLElement | null} */ (opener.closest(".segment"));
    if (isOpen()) close();
    else if (row) open(row.dataset.id ?? "", opener.getBoundingClientRect());
  });
  on(surface, "contextmenu", (event) => {
    const row = /** @type {HTMLElement | null} */ (event.target.closest(".segment"));
    const isElsewhere = event.target.closest(".box, .note, .choice, input, textarea");
    if (!row || isElsewhere || isTouch() || isPicking()) return;
    event.preventDefault();
    row.append(opener);
    open(row.dataset.id ?? "", { left: event.clientX, bottom: event.clientY, top: event.clientY });
  });
  on(menu, "click", ({ target }) => target.closest("[data-command]") && close());
  on(menu, "toggle", ({ newState }) => opener.setAttribute("aria-expanded", String(newState === "open")));
  on(menu, "keydown", (event) => {
    const all = items();
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => all[(at + 1) % all.length].focus(),
      ArrowUp: () => all[(at - 1 + all.length) % all.length].focus(),
      Home: () => all[0].focus(),
      End: () => all[all.length - 1].focus(),
      Escape: close,
      Tab: close,
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });

  return {
    place,
    /** Open it at the row of a segment, as by a key. */
    openAt(/** @type {HTMLElement} */ row) {
      row.append(opener);
      open(row.dataset.id ?? "", opener.getBoundingClientRect());
    },
  };
}

/**
 * Put a menu below what opened it, or above where there is more room, within the window.
 * @param {HTMLElement} menu
 * @param {{left: number, bottom: number, top: number}} beside
 */
function putBeside(menu, { left, bottom, top }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = bottom + GAP_PX + height <= innerHeight || bottom <= innerHeight - top;
  const y = isBelow ? bottom + GAP_PX : top - GAP_PX - height;
  menu.style.left = `${Math.max(GAP_PX, Math.min(left, innerWidth - width - GAP_PX))}px`;
  menu.style.top = `${Math.max(GAP_PX, Math.min(y, innerHeight - height - GAP_PX))}px`;
}
