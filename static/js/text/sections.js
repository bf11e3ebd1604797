/**
 * The rows of the text in sections, of which the browser lays out only those near the screen.
 *
 * @typedef {import("./segment-row.js").Shown} Shown
 */

import { make } from "../shared/dom.js";
import { newRow } from "./segment-row.js";

/** Segments in a section; sections off screen are skipped by the browser's layout. */
const SECTION = 100;
const ESTIMATED_LINE = 62;
const ESTIMATED_ROW_PX = 30;

/**
 * @param {HTMLElement} element
 * @param {{onVisible(ids: string[], isVisible: boolean): void, onGone(id: string): void,
 *   signal: AbortSignal}} actions
 */
export function createSections(element, actions) {
  /** @type {Map<string, Shown>} */
  const rows = new Map();
  /** @type {readonly string[]} */
  let order = [];
  /** @type {Set<string>} */
  const visible = new Set();

  const observer = watchSections((ids, isVisible) => {
    for (const id of ids) isVisible ? visible.add(id) : visible.delete(id);
    actions.onVisible(ids, isVisible);
  }, actions.signal);

  function newSection(/** @type {Element | null} */ before, /** @type {HTMLElement[]} */ ...filled) {
    const section = make("div", { class: "section" }, ...filled);
    element.insertBefore(section, before);
    observer.observe(section);
    return section;
  }

  /** Put a new row behind the row above it. */
  function insertRow(/** @type {Shown} */ shown, /** @type {Shown | undefined} */ above) {
    if (!above) {
      const first = element.querySelector(".section") ?? newSection(null);
      return first.prepend(shown.row);
    }
    const section = /** @type {HTMLElement} */ (above.row.parentElement);
    const isLast = above.row === section.lastElementChild;
    if (isLast && section.children.length >= SECTION) newSection(section.nextElementSibling, shown.row);
    else above.row.after(shown.row);
    if (visible.has(idOf(above.row))) visible.add(idOf(shown.row));
  }

  function dropRow(/** @type {string} */ id) {
    const section = rows.get(id)?.row.parentElement;
    rows.get(id)?.row.remove();
    rows.delete(id);
    visible.delete(id);
    if (section && section.children.length === 0) section.remove();
    actions.onGone(id);
  }

  function addRow(/** @type {string} */ id) {
    const shown = newRow(id);
    rows.set(id, shown);
    return shown;
  }

  /** The first rows go into the page by whole sections, which takes a third of the time. */
  function fill(/** @type {readonly string[]} */ next) {
    for (let at = 0; at < next.length; at += SECTION) {
      newSection(null, ...next.slice(at, at + SECTION).map((id) => addRow(id).row));
    }
    order = next;
  }

  /** Make the rows those of `next`, touching only what differs. */
  function arrange(/** @type {readonly string[]} */ next) {
    if (rows.size === 0) return fill(next);
    const wanted = new Set(next);
    for (const id of order) if (!wanted.has(id)) dropRow(id);
    /** @type {Shown | undefined} */
    let above;
    for (const id of next) {
      const shown = rows.get(id) ?? addRow(id);
      const isPlaced = shown.row.isConnected && isBelow(element, above, shown);
      if (!isPlaced) insertRow(shown, above);
      above = shown;
    }
    order = next;
  }

  return {
    rows,
    visible,
    order: () => order,
    arrange,
    estimateHeights: (/** @type {import("../transcript/transcript.js").Doc} */ doc) => estimateHeights(element, doc),
  };
}

/**
 * Tells which segments come near the screen or leave it, section by section.
 * @param {(ids: string[], isVisible: boolean) => void} onVisible
 * @param {AbortSignal} signal
 */
function watchSections(onVisible, signal) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) onVisible([...target.children].map(idOf), isIntersecting);
    },
    { rootMargin: "400px 0px" },
  );
  signal.addEventListener("abort", () => observer.disconnect());
  return observer;
}

/** @param {Element} row */
const idOf = (row) => /** @type {HTMLElement} */ (row).dataset.id ?? "";

/**
 * Whether a row stands right behind the one above it; without one, whether it is the first.
 * @param {HTMLElement} element
 * @param {Shown | undefined} above
 * @param {Shown} shown
 */
function isBelow(element, above, shown) {
  if (!above) return shown.row === element.querySelector(".section > .segment");
  const next = above.row.nextElementSibling ?? above.row.parentElement?.nextElementSibling?.firstElementChild;
  return next === shown.row;
}

/**
 * Estimated heights, so that the scroll bar is about right before anything is laid out.
 * @param {HTMLElement} element
 * @param {import("../transcript/transcript.js").Doc} doc
 */
function estimateHeights(element, doc) {
  for (const section of element.children) {
    let lines = 0;
    for (const row of section.children) {
      const length = doc.byId.get(idOf(row))?.text.length ?? 0;
      lines += 0.35 + Math.max(1, Math.ceil(length / ESTIMATED_LINE));
    }
    const height = `auto ${Math.round(lines * ESTIMATED_ROW_PX)}px`;
    /** @type {HTMLElement} */ (section).style.setProperty("contain-intrinsic-block-size", height);
  }
}
