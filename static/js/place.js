/** The place at which a person works: kept in this browser for each transcript. */

import { placeCaret } from "./caret.js";

const NAME = "transcript-editor-places";
/** So many transcripts are remembered. */
const MOST = 50;
const STEP_PX = 8;

/** @typedef {{id: string, top: number}} Anchor a row, and how far below the bar it begins */
/** @typedef {{time_ms: number, anchor: Anchor | null, caret: {id: string, start: number, offset: number} | null}} Kept */

/** The row that the text in sight begins with. @param {HTMLElement} surface @param {number} ceiling @returns {Anchor | null} */
function anchorOf(surface, ceiling) {
  const { left, width } = surface.getBoundingClientRect();
  for (let y = ceiling + 2; y < innerHeight; y += STEP_PX) {
    const row = /** @type {HTMLElement | null | undefined} */ (document.elementFromPoint(left + width / 2, y)?.closest(".segment"));
    if (row?.dataset.id) return { id: row.dataset.id, top: row.getBoundingClientRect().top - ceiling };
  }
  return null;
}

/**
 * Tells what is in sight, and brings it back there.
 * @param {HTMLElement} surface
 * @param {{ceiling(): number, rowOf(id: string): HTMLElement | null}} means
 */
export function createAnchoring(surface, { ceiling, rowOf }) {
  function bringBack(/** @type {Anchor | null} */ anchor) {
    const row = anchor && rowOf(anchor.id);
    if (row) scrollBy({ top: row.getBoundingClientRect().top - ceiling() - anchor.top, behavior: "instant" });
  }
  return {
    now: () => anchorOf(surface, ceiling()),
    bringBack,
  };
}

/** What was kept, by transcript; the last one written is the newest. @param {string | null} stored @returns {[string, Kept][]} */
export function keptFrom(stored) {
  try {
    const found = JSON.parse(stored ?? "[]");
    return Array.isArray(found) ? found.filter((one) => Array.isArray(one) && typeof one[0] === "string" && Number.isFinite(one[1]?.time_ms)) : [];
  } catch (error) {
    // Written by something else: as good as nothing.
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}

/**
 * Come back to where this transcript was left, and remember where it is left next.
 * @param {import("./page.js").Page} page
 * @param {{getItem(name: string): string | null, setItem(name: string, value: string): void}} storage
 */
export function keepPlace({ id, parts, signal }, storage) {
  const { anchoring, text, typing } = parts.writing;
  const { player } = parts.playing;
  history.scrollRestoration = "manual";

  function keep() {
    const caret = typing.caret();
    /** @type {Kept} */
    const here = { time_ms: player.time_ms(), anchor: anchoring.now(), caret: caret && { id: caret.id, start: caret.start, offset: caret.offset } };
    const others = keptFrom(storage.getItem(NAME)).filter(([other]) => other !== id);
    storage.setItem(NAME, JSON.stringify([...others, [id, here]].slice(-MOST)));
  }
  function comeBack(/** @type {Kept} */ { time_ms, anchor, caret }) {
    player.seek(time_ms);
    const box = caret && text.boxOf(caret.id);
    // A phone would bring its keyboard.
    if (box && caret && !matchMedia("(pointer: coarse)").matches) placeCaret(box, caret.start, caret.offset);
    const row = anchor && text.rowOf(anchor.id);
    row?.scrollIntoView({ block: "start", behavior: "instant" });
    anchoring.bringBack(anchor);
    // Rows off the screen had but an estimated height until now.
    requestAnimationFrame(() => anchoring.bringBack(anchor));
  }

  const kept = new Map(keptFrom(storage.getItem(NAME))).get(id);
  if (kept && location.hash === "") comeBack(kept);
  addEventListener("pagehide", keep, { signal });
  addEventListener("visibilitychange", () => document.hidden && keep(), { signal });
}
