/** The place at which a person works, and what is hidden there: kept in this browser for each transcript. */

import { placeCaret } from "../text/caret.js";

const NAME = "transcript-editor-places";
/** So many transcripts are remembered. */
const MOST = 50;
const STEP_PX = 8;

/** Frames in which rows that come into sight take their heights. */
const FRAMES = 3;

/** @typedef {{id: string, top: number}} Anchor a row, and how far below the bar it begins */
/** @typedef {{id: string, start: number, offset: number}} Caret */
/** @typedef {{time_ms: number, anchor: Anchor | null, caret: Caret | null, hidesReviewed?: boolean}} Kept */

/**
 * The row that the text in sight begins with.
 * @param {HTMLElement} surface
 * @param {number} ceiling
 */
function firstInSight(surface, ceiling) {
  const { left, width } = surface.getBoundingClientRect();
  for (let y = ceiling + 2; y < innerHeight; y += STEP_PX) {
    const found = document.elementFromPoint(left + width / 2, y)?.closest(".segment");
    if (found) return /** @type {HTMLElement} */ (found);
  }
  return null;
}

/**
 * Tells what is in sight, and brings it back there.
 * @param {HTMLElement} surface
 * @param {{ceiling(): number, floor(): number, rowOf(id: string): HTMLElement | null,
 *   workedOn(): (HTMLElement | null)[]}} means workedOn: rows that are watched, the most first
 */
export function createAnchoring(surface, { ceiling, floor, rowOf, workedOn }) {
  const at = (/** @type {HTMLElement | null} */ row) =>
    row && { id: row.dataset.id ?? "", top: row.getBoundingClientRect().top - ceiling() };

  function isInSight(/** @type {HTMLElement | null} */ row) {
    const { top, bottom, height } = row?.getBoundingClientRect() ?? { top: 0, bottom: 0, height: 0 };
    return height > 0 && top >= ceiling() && bottom <= floor();
  }
  /** Bring it back now, and until it stands still. @param {Anchor | null} anchor */
  function bringBack(anchor, frames = FRAMES) {
    const row = anchor && rowOf(anchor.id);
    if (!row) return;
    scrollBy({ top: row.getBoundingClientRect().top - ceiling() - anchor.top, behavior: "instant" });
    if (frames > 1) requestAnimationFrame(() => bringBack(anchor, frames - 1));
  }
  const now = () => at(firstInSight(surface, ceiling()));
  /** What is worked on if it is in sight, else what the text in sight begins with. */
  const here = () => at(workedOn().find(isInSight) ?? null) ?? now();
  return {
    now,
    here,
    bringBack,
    /** Change the rows' heights; what is worked on stands where it stood. @param {() => void} change */
    around(change) {
      const anchor = here();
      change();
      bringBack(anchor);
    },
  };
}

const isPlace = (/** @type {any} */ one) =>
  Array.isArray(one) && typeof one[0] === "string" && Number.isFinite(one[1]?.time_ms);

/**
 * What was kept, by transcript; the last one written is the newest.
 * @param {string | null} stored
 * @returns {[string, Kept][]}
 */
export function keptFrom(stored) {
  try {
    const found = JSON.parse(stored ?? "[]");
    return Array.isArray(found) ? found.filter(isPlace) : [];
  } catch (error) {
    // Written by something else: as good as nothing.
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}

/** Scrolling has ended when nothing moves for so long. */
const STILL_MS = 150;

/**
 * Where the window gets another width, as by zooming or turning a phone, the text stays at its place.
 * @param {ReturnType<typeof createAnchoring>} anchoring
 * @param {AbortSignal} signal
 */
function keepThroughWidths({ here, bringBack }, signal) {
  let width = innerWidth;
  let anchor = here();
  let timer = 0;
  const look = () => (anchor = here());
  function later() {
    clearTimeout(timer);
    timer = Number(setTimeout(look, STILL_MS));
  }
  addEventListener("scroll", () => width === innerWidth && later(), { passive: true, signal });
  document.addEventListener("focusin", later, { signal });
  addEventListener(
    "resize",
    () => {
      // A phone's keyboard changes the height alone, and the browser keeps the caret in sight.
      if (width === innerWidth) return;
      width = innerWidth;
      clearTimeout(timer);
      // At once only: what somebody does next may scroll.
      bringBack(anchor, 1);
    },
    { signal },
  );
}

/**
 * Come back to where this transcript was left, and remember where it is left next.
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 * @param {{getItem(name: string): string | null, setItem(name: string, value: string): void}} storage
 */
export function keepPlace({ id, signal }, { player }, { anchoring, text, typing }, storage) {
  history.scrollRestoration = "manual";

  function keep() {
    const caret = typing.caret() ?? (document.activeElement === document.body ? typing.last() : null);
    /** @type {Kept} */
    const here = {
      time_ms: player.time_ms(),
      anchor: anchoring.now(),
      caret: caret && { id: caret.id, start: caret.start, offset: caret.offset },
      hidesReviewed: text.isOnlyUnreviewed(),
    };
    const others = keptFrom(storage.getItem(NAME)).filter(([other]) => other !== id);
    storage.setItem(NAME, JSON.stringify([...others, [id, here]].slice(-MOST)));
  }
  function comeBack(/** @type {Kept} */ { time_ms, anchor, caret, hidesReviewed }) {
    player.seek(time_ms);
    if (hidesReviewed) text.showOnlyUnreviewed(true);
    const row = anchor && text.rowOf(anchor.id);
    row?.scrollIntoView({ block: "start", behavior: "instant" });
    // Only the next frame fills the rows below the first screens.
    requestAnimationFrame(() => {
      const box = caret && text.boxOf(caret.id);
      // A phone would bring its keyboard.
      if (box && !matchMedia("(pointer: coarse)").matches) placeCaret(box, caret.start, caret.offset);
      anchoring.bringBack(anchor);
    });
  }

  const kept = new Map(keptFrom(storage.getItem(NAME))).get(id);
  if (kept && location.hash === "") comeBack(kept);
  keepThroughWidths(anchoring, signal);
  addEventListener("pagehide", keep, { signal });
  addEventListener("visibilitychange", () => document.hidden && keep(), { signal });
}
