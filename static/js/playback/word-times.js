/**
 * The words of the segment being worked on, over the waveform: each can be moved, and its edges
 * dragged or nudged by keys. What is moved is shown at once and sent after a short rest.
 *
 * @typedef {import("./word-drag.js").Part} Part
 */

import { createWordDrag } from "./word-drag.js";
import { createWordBoxes } from "./word-boxes.js";
import { endOf, frameOf, offsetOf, startOf } from "../transcript/words.js";

const STEP_MS = 10;
const BIG_STEP_MS = 100;
const SNAP_MS = 60;

/**
 * @param {HTMLElement} element
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   waveform: ReturnType<typeof import("./waveform.js").mountWaveform>,
 *   player: ReturnType<typeof import("./player.js").createPlayer>,
 *   attempt(run: () => Promise<any>): Promise<any>, inTurn(run: () => unknown): unknown, activeId(): string,
 *   mode: ReturnType<typeof import("./times-mode.js").createTimesMode>, onLeave(id: string, offset: number): void,
 *   onMoved(): void, signal: AbortSignal}} means
 */
export function mountWordTimes(element, means) {
  const { session, waveform, player, attempt, inTurn, activeId, mode, onLeave, onMoved, signal } = means;
  const moving = createWordDrag({
    session,
    attempt,
    isHeld: () => dragging.isHeld(),
    onChange() {
      picture.show();
      onMoved();
    },
  });
  const dragging = createDragging(element, { moving, waveform, activeId });
  const picture = createWordBoxes(element, { session, moving, waveform, activeId, isShown: mode.isOn });
  waveform.watch(picture.show);
  const wordsOf = (/** @type {string} */ id) => session.shownWords(id);

  listen(
    element,
    {
      ...dragging,
      nudge: (index, part, by_ms) => moving.move(activeId(), index, part, by_ms),
      frame: () => frameOf(session.state().doc.media),
      letGo: (index) => letGo(activeId(), index),
      hear(index) {
        const span = moving.spanOf(activeId(), index);
        if (span) player.playSpan(span.start_ms, span.end_ms);
      },
      leave(index) {
        const word = wordsOf(activeId())[index];
        if (word) onLeave(activeId(), offsetOf(word));
      },
      rest: moving.flush,
    },
    signal,
  );

  /** What was moved is sent first: the same word may be meant. */
  async function letGo(/** @type {string} */ id, /** @type {number} */ index) {
    await moving.flush();
    await attempt(() => session.letGo(id, index, index));
  }

  return {
    update: picture.show,
    isAnyMoved: moving.isAny,
    flush: moving.flush,
    /** Send what was moved, before what is done next. */
    finish: () => void (moving.isAny() && inTurn(moving.flush)),
    /** Nudge a word from elsewhere. */
    nudge(/** @type {string} */ id, /** @type {number} */ index, /** @type {number} */ by_ms) {
      mode.set(true);
      picture.turnTo(index);
      moving.move(id, index, "both", by_ms);
    },
    /** Show the whole segment near, with the focus on the start of a word; Tab goes through the rest. */
    open(/** @type {string} */ id, /** @type {number} */ index) {
      const words = wordsOf(id).filter((word) => word !== null);
      if (words.length === 0) return;
      mode.set(true);
      picture.turnTo(index);
      waveform.fit(startOf(words[0]), Math.max(...words.map(endOf)));
      picture.show();
      for (const part of element.querySelectorAll("[role=slider]")) part.setAttribute("tabindex", "0");
      /** @type {HTMLElement | undefined} */ (picture.boxOf(index)?.children[1])?.focus();
    },
  };
}

/**
 * A word's part under the pointer follows it, into a silence nearby unless it is to move freely.
 * @param {HTMLElement} element
 * @param {{moving: ReturnType<typeof createWordDrag>, activeId(): string,
 *   waveform: ReturnType<typeof import("./waveform.js").mountWaveform>}} means
 */
function createDragging(element, { moving, waveform, activeId }) {
  /** Where dragging began: the span then, and the pointer. */
  let drag = /** @type {{x: number, span: import("./word-drag.js").Span} | null} */ (null);
  return {
    isHeld: () => drag !== null,
    grab(/** @type {number} */ index, /** @type {number} */ x) {
      const span = moving.spanOf(activeId(), index);
      drag = span && { x, span: { start_ms: span.start_ms, end_ms: span.end_ms } };
    },
    drag(
      /** @type {number} */ index,
      /** @type {Part} */ part,
      /** @type {number} */ x,
      /** @type {boolean} */ isFree,
    ) {
      if (!drag || (x === drag.x && !moving.isAny())) return;
      const by_ms = Math.round(((x - drag.x) * waveform.view().span_ms) / element.clientWidth);
      const edge_ms = part === "end" ? drag.span.end_ms : drag.span.start_ms;
      const to_ms = isFree ? edge_ms + by_ms : waveform.quietest(edge_ms + by_ms, SNAP_MS);
      moving.move(activeId(), index, part, to_ms - edge_ms, drag.span);
    },
    drop() {
      drag = null;
      return moving.flush();
    },
  };
}

/**
 * Turns pointer and keys on the words into verbs, each about the word at an index.
 * @param {HTMLElement} element
 * @param {{grab(index: number, x: number): void, drag(index: number, part: Part, x: number, isFree: boolean): void,
 *   drop(): void, nudge(index: number, part: Part, by_ms: number): void, frame(): number,
 *   letGo(index: number): void, hear(index: number): void,
 *   leave(index: number): void, rest(): void}} verbs
 * @param {AbortSignal} signal
 */
function listen(element, verbs, signal) {
  const on = (/** @type {string} */ name, /** @type {(event: any, index: number, part: Part) => void} */ run) =>
    element.addEventListener(
      name,
      (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        const index = Number(target.parentElement?.dataset.index ?? -1);
        if (index >= 0) run(event, index, /** @type {Part} */ (target.dataset.part));
      },
      { signal },
    );

  on("pointerdown", (event, index) => {
    if (event.button !== 0) return;
    event.target.setPointerCapture(event.pointerId);
    verbs.grab(index, event.clientX);
  });
  on("pointermove", (event, index, part) => verbs.drag(index, part, event.clientX, event.altKey));
  on("lostpointercapture", verbs.drop);
  on("keydown", (event, index, part) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = event.shiftKey ? BIG_STEP_MS : STEP_MS;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => verbs.nudge(index, part, -step),
      ArrowRight: () => verbs.nudge(index, part, step),
      ",": () => verbs.nudge(index, part, -verbs.frame()),
      ".": () => verbs.nudge(index, part, verbs.frame()),
      Delete: () => verbs.letGo(index),
      Enter: () => verbs.hear(index),
      " ": () => verbs.hear(index),
      Escape: () => verbs.leave(index),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  element.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (element.contains(/** @type {Node | null} */ (relatedTarget))) return;
      for (const part of element.querySelectorAll("[tabindex='0']")) part.setAttribute("tabindex", "-1");
      verbs.rest();
    },
    { signal },
  );
}
