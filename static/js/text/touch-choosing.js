/**
 * Choosing segments by touch: a long press beside the text of one begins it, or the menu; then a tap
 * anywhere on a segment chooses it or lets it go.
 */

const HOLD_MS = 500;
/** A finger that lies still moves no further. */
const SLACK_PX = 10;

/** The segment, where it may be held: in its text a long press selects words. @param {EventTarget | null} target */
function heldSegment(target) {
  if (!(target instanceof Element) || target.closest(".box, .choice, input, textarea")) return "";
  return segmentAt(target);
}

/** @param {EventTarget | null} target */
const segmentAt = (target) =>
  (target instanceof Element && /** @type {HTMLElement | null} */ (target.closest(".segment"))?.dataset.id) || "";

/**
 * @param {HTMLElement} surface
 * @param {{selection: ReturnType<typeof import("./chosen-segments.js").createSelection>, signal: AbortSignal}} means
 */
export function mountTouchChoosing(surface, { selection, signal }) {
  let timer = 0;
  let from = { x: 0, y: 0 };
  let isHeld = false;
  const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ listener, isFirst = false) =>
    surface.addEventListener(name, listener, { signal, capture: isFirst });
  const letGo = () => clearTimeout(timer);

  on("pointerdown", ({ pointerType, target, clientX, clientY }) => {
    const id = heldSegment(target);
    isHeld = false;
    letGo();
    if (pointerType !== "touch" || !id || selection.isPicking()) return;
    from = { x: clientX, y: clientY };
    timer = Number(
      setTimeout(() => {
        isHeld = true;
        selection.pick(id);
      }, HOLD_MS),
    );
  });
  on("pointermove", ({ clientX, clientY }) => {
    if (Math.hypot(clientX - from.x, clientY - from.y) > SLACK_PX) letGo();
  });
  on("pointerup", letGo);
  on("pointercancel", letGo);
  on("contextmenu", (event) => {
    if (isHeld || selection.isPicking()) event.preventDefault();
  });

  /** What ends the long press is no tap, and while segments are chosen a tap does nothing else. */
  on(
    "click",
    (event) => {
      const id = segmentAt(event.target);
      if (!id || !(isHeld || selection.isPicking())) return;
      event.stopPropagation();
      event.preventDefault();
      if (!isHeld) event.shiftKey ? selection.reach(id) : selection.toggle(id);
      isHeld = false;
    },
    true,
  );
}
