/**
 * What small windows and phones need: the bar above takes one row while one reads on, and the player
 * becomes a bar of what typing needs, above the keyboard of a phone.
 */

import { find } from "../shared/dom.js";

/** Scrolling less far says nothing about where one is going. */
const MEANT_PX = 24;
const SMALL = "(max-width: 40rem), (max-height: 40rem)";

/** @param {AbortSignal} signal */
export function mountSmallWindows(signal) {
  mountReading(find("#top"), signal);
  mountTouchTyping(find("#player"), signal);
}

/**
 * The bar is small from scrolling down until scrolling up; the text stays where it is.
 * @param {HTMLElement} top
 * @param {AbortSignal} signal
 */
function mountReading(top, signal) {
  const isSmall = matchMedia(SMALL);
  const { classList } = document.body;
  /** Where the scrolling that goes on now turned last. */
  let turned_px = scrollY;
  let last_px = scrollY;

  function set(/** @type {boolean} */ isReading) {
    if (classList.contains("is-reading") === isReading) return;
    top.style.marginBottom = "";
    const before_px = top.offsetHeight;
    classList.toggle("is-reading", isReading);
    // What it gives up stays its own in the page, or the text would move.
    if (isReading) top.style.marginBottom = `${before_px - top.offsetHeight}px`;
  }
  const isUsed = () => top.contains(document.activeElement) || top.querySelector("details[open]") !== null;
  function look() {
    const isBack = Math.sign(scrollY - last_px) !== Math.sign(last_px - turned_px);
    if (isBack) turned_px = last_px;
    last_px = scrollY;
    if (!isSmall.matches || scrollY <= top.offsetHeight) return set(false);
    const by_px = scrollY - turned_px;
    if (Math.abs(by_px) >= MEANT_PX && !isUsed()) set(by_px > 0);
  }
  addEventListener("scroll", look, { passive: true, signal });
  isSmall.addEventListener("change", look, { signal });
}

/**
 * @param {HTMLElement} player
 * @param {AbortSignal} signal
 */
function mountTouchTyping(player, signal) {
  const isCoarse = matchMedia("(pointer: coarse)");
  const isInText = () => document.activeElement?.matches(".box") ?? false;
  function show() {
    document.body.classList.toggle("is-touch-typing", isCoarse.matches && isInText());
    const { height = innerHeight, offsetTop = 0 } = visualViewport ?? {};
    // Some keyboards cover the page, others make the window smaller.
    const covered_px = Math.max(0, innerHeight - height - offsetTop);
    player.style.setProperty("--keyboard", `${isInText() ? covered_px : 0}px`);
  }
  document.addEventListener("focusin", show, { signal });
  // Between two boxes nothing has the focus for a moment.
  document.addEventListener("focusout", () => setTimeout(show), { signal });
  for (const event of ["resize", "scroll"]) visualViewport?.addEventListener(event, show, { signal });
  const bar = find(".typing-bar", player);
  // The text keeps the focus, and with it the phone its keyboard.
  bar.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
  find("[data-part=done]", bar).addEventListener(
    "click",
    () => /** @type {HTMLElement | null} */ (document.activeElement)?.blur(),
    { signal },
  );
}
