/** Keeps the segment being spoken in view, until the person scrolls away from it. */

/** Longest time between turning the wheel and the scroll it causes. */
const INTENT_MS = 800;
const TYPING_MS = 4000;

/**
 * @param {{rowNow(): HTMLElement | null, isPlaying(): boolean, floor(): number, ceiling(): number,
 *   onAway(isAway: boolean): void, signal: AbortSignal}} means
 *   floor and ceiling: the window's y between which text can be seen
 */
export function createFollow({ rowNow, isPlaying, floor, ceiling, onAway, signal }) {
  let isAway = false;
  let intended_at = -Infinity;
  let typed_at = -Infinity;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const passive = { passive: true, signal };

  const set = (/** @type {boolean} */ value) => {
    if (value === isAway) return;
    isAway = value;
    onAway(isAway);
  };
  const isInView = (/** @type {HTMLElement} */ row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > ceiling() && top < floor();
  };
  const intend = () => (intended_at = performance.now());

  addEventListener("wheel", intend, passive);
  addEventListener("touchmove", intend, passive);
  addEventListener("pointerdown", (event) => event.target === document.documentElement && intend(), passive);
  addEventListener("keydown", (event) => /^Page(Up|Down)$/.test(event.key) && intend(), passive);
  addEventListener("input", () => (typed_at = performance.now()), passive);
  addEventListener(
    "scroll",
    () => {
      if (performance.now() - intended_at > INTENT_MS) return;
      intended_at = performance.now();
      const row = rowNow();
      if (row && isPlaying()) set(!isInView(row));
    },
    passive,
  );

  function bring(/** @type {HTMLElement} */ row) {
    const { top } = row.getBoundingClientRect();
    const wished = ceiling() + (floor() - ceiling()) * 0.3;
    const behavior = calm.matches || Math.abs(top - wished) > innerHeight * 2 ? "instant" : "smooth";
    scrollBy({ top: top - wished, behavior });
  }

  return {
    isAway: () => isAway,
    /** The segment being spoken has changed. */
    moved() {
      const row = rowNow();
      if (!row || isAway || !isPlaying() || performance.now() - typed_at < TYPING_MS) return;
      const { top, bottom } = row.getBoundingClientRect();
      const low = ceiling() + (floor() - ceiling()) * 0.7;
      if (top < ceiling() + 8 || bottom > low) bring(row);
    },
    /** Back to the place being played. */
    back() {
      set(false);
      const row = rowNow();
      if (row) bring(row);
    },
  };
}
