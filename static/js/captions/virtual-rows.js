/** A long list of which only the rows in sight, and the one with the focus, are in the page. */

import { oncePerFrame } from "../shared/dom.js";

/** So many more rows stand on each side of what is seen, for Tab and quick scrolling. */
const BESIDE = 5;

/** Where rows of different heights begin. Pure. @param {readonly number[]} guessed their heights */
export function createOffsets(guessed) {
  const heights = [...guessed];
  const tops = new Float64Array(heights.length + 1);
  function add() {
    heights.forEach((height, index) => (tops[index + 1] = tops[index] + height));
  }
  add();
  return {
    count: heights.length,
    top: (/** @type {number} */ index) => tops[index],
    total: () => tops[heights.length],
    /** The row at a height; the first or last one beyond them. @param {number} y */
    at(y) {
      let [low, high] = [0, Math.max(0, heights.length - 1)];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (tops[middle] <= y) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    /** Take in heights as they are measured, by index; whether any was another one. @param {ReadonlyMap<number, number>} measured */
    correct(measured) {
      const isOther = [...measured].some(([index, height]) => Math.abs(heights[index] - height) >= 0.5);
      if (!isOther) return false;
      for (const [index, height] of measured) heights[index] = height;
      add();
      return true;
    },
  };
}

/**
 * Rows go with the window's scrolling. Each is drawn anew by `showRow`, which may be called again with the same.
 * @template {{element: HTMLElement}} Row
 * @param {HTMLElement} list
 * @param {{newRow(): Row, showRow(row: Row, index: number): void, ceiling(): number, floor(): number,
 *   signal: AbortSignal}} means ceiling, floor: the window's y between which rows are seen
 */
export function mountVirtualRows(list, { newRow, showRow, ceiling, floor, signal }) {
  let offsets = createOffsets([]);
  /** @type {Map<number, Row>} */
  let rows = new Map();
  const isShown = () => list.offsetParent !== null;

  function wanted() {
    const top = list.getBoundingClientRect().top;
    const [first, last] = [offsets.at(ceiling() - top) - BESIDE, offsets.at(floor() - top) + BESIDE];
    /** @type {number[]} */
    const indices = [];
    for (let index = Math.max(0, first); index <= Math.min(offsets.count - 1, last); index += 1) indices.push(index);
    const held = heldIndex();
    if (held !== null && held < offsets.count && !indices.includes(held)) indices.push(held);
    return indices.sort((a, b) => a - b);
  }

  /** The row with the focus. */
  function heldIndex() {
    for (const [index, { element }] of rows) if (element.contains(document.activeElement)) return index;
    return null;
  }

  /** Put rows where they belong, in the order of the list; what has the focus is not moved. */
  function place(/** @type {readonly number[]} */ indices) {
    const wantedNow = new Set(indices);
    // Rows that have gone out of sight show others.
    const free = [...rows].filter(([index]) => !wantedNow.has(index)).map(([, row]) => row);
    rows = new Map(indices.map((index) => [index, rows.get(index) ?? free.pop() ?? newRow()]));
    for (const { element } of free) element.remove();
    /** @type {Element | null} */
    let above = null;
    for (const { element } of rows.values()) {
      /** @type {Element | null} */
      const at = above ? above.nextElementSibling : list.firstElementChild;
      if (at !== element) above ? above.after(element) : list.prepend(element);
      above = element;
    }
  }

  function layOut() {
    list.style.height = `${offsets.total()}px`;
    for (const [index, { element }] of rows) element.style.top = `${offsets.top(index)}px`;
  }

  function measure() {
    return new Map([...rows].map(([index, { element }]) => [index, element.offsetHeight]));
  }

  function update() {
    if (!isShown()) return;
    place(wanted());
    for (const [index, row] of rows) showRow(row, index);
    layOut();
    const first = offsets.at(ceiling() - list.getBoundingClientRect().top);
    const before = offsets.top(first);
    if (!offsets.correct(measure())) return;
    layOut();
    // What is read stays where it is.
    const by = offsets.top(first) - before;
    if (by !== 0) scrollBy({ top: by, behavior: "instant" });
    later();
  }
  const later = oncePerFrame(update);

  addEventListener("scroll", later, { signal, passive: true });
  addEventListener("resize", later, { signal });

  return {
    update,
    later,
    /**
     * Other rows; the one at `from`, as with the focus, is the one at `to` now.
     * @param {readonly number[]} guessed their heights
     * @param {{from: number, to: number} | null} [held]
     */
    take(guessed, held = null) {
      offsets = createOffsets(guessed);
      const row = held && rows.get(held.from);
      if (held && row && held.from !== held.to) {
        rows.get(held.to)?.element.remove();
        rows.delete(held.from);
        rows.set(held.to, row);
      }
      update();
    },
    heldIndex,
    rows: () => [...rows.entries()],
    isInSight(/** @type {number} */ index) {
      const top = list.getBoundingClientRect().top;
      return top + offsets.top(index) >= ceiling() && top + offsets.top(index + 1) <= floor();
    },
    /** Scroll a row into sight, if it is not, and give it. @param {number} index */
    bring(index) {
      if (!this.isInSight(index)) {
        const top = list.getBoundingClientRect().top + offsets.top(index);
        scrollBy({ top: top - ceiling() - (floor() - ceiling()) / 3, behavior: "instant" });
      }
      update();
      return rows.get(index) ?? null;
    },
  };
}
