/**
 * The words of the segment being worked on, over the waveform: each can be moved, and its edges
 * dragged or nudged by keys. What is moved is shown at once and sent after a short rest.
 *
 * @typedef {import("./words.js").Word} Word
 * @typedef {"start" | "end" | "both"} Part
 * @typedef {{id: string, index: number, word: Word, start_ms: number, end_ms: number}} Moved
 */

import { roomOf } from "./document.js";
import { make, setText } from "./dom.js";
import { preciseClock } from "./format.js";
import { endOf, frameOf, isGuessed, isLocked, movedSpan, offsetAfter, offsetOf, originSaid, startOf } from "./words.js";

const STEP_MS = 10;
const BIG_STEP_MS = 100;
const SNAP_MS = 60;
const REST_MS = 500;
/** @type {[Part, string][]} */
const PARTS = [["both", "Time"], ["start", "Start"], ["end", "End"]];

const slider = (/** @type {Part} */ part) =>
  make("span", { class: `word-${part}`, role: "slider", tabindex: "-1", "data-part": part, "aria-orientation": "horizontal" });

/**
 * @param {HTMLElement} element
 * @param {{session: ReturnType<typeof import("./session.js").createSession>,
 *   waveform: ReturnType<typeof import("./waveform.js").mountWaveform>,
 *   player: ReturnType<typeof import("./player.js").createPlayer>,
 *   attempt(run: () => Promise<any>): Promise<any>, activeId(): string,
 *   onLeave(id: string, offset: number): void, signal: AbortSignal}} means
 */
export function mountWordTimes(element, { session, waveform, player, attempt, activeId, onLeave, signal }) {
  /** @type {Moved | null} */
  let moved = null;
  let timer = 0;
  /** @type {WeakMap<HTMLElement, string>} */
  const shown = new WeakMap();
  const doc = () => session.state().doc;
  const wordsOf = (/** @type {string} */ id) => session.shownWords(id);

  /** Send what was moved. */
  async function flush() {
    clearTimeout(timer);
    if (!moved || drag) return;
    const sent = moved;
    await attempt(() => session.setTimes(sent.id, sent.word, { start_ms: sent.start_ms, end_ms: sent.end_ms }));
    if (moved === sent) moved = null;
    show();
  }

  /** Move a word of a segment, from where it is shown now or from `span`. */
  function move(/** @type {string} */ id, /** @type {number} */ index, /** @type {Part} */ part, /** @type {number} */ by_ms, span = spanOf(id, index)) {
    const word = moved?.id === id && moved.index === index ? moved.word : wordsOf(id)[index];
    if (!word || !span) return;
    if (moved && moved.word !== word) flush();
    moved = { id, index, word, ...movedSpan(span, part, by_ms, roomOf(doc(), id, index)) };
    clearTimeout(timer);
    timer = Number(setTimeout(flush, REST_MS));
    show();
  }

  function spanOf(/** @type {string} */ id, /** @type {number} */ index) {
    if (moved?.id === id && moved.index === index) return moved;
    const word = wordsOf(id)[index];
    return word ? { start_ms: startOf(word), end_ms: endOf(word) } : null;
  }

  function show() {
    const id = activeId();
    const words = wordsOf(id);
    while (element.children.length < words.length) {
      element.append(make("div", { class: "word-time" }, ...PARTS.map(([part]) => slider(part))));
    }
    [...element.children].forEach((item, index) => showWord(/** @type {HTMLElement} */ (item), id, index, words[index] ?? null));
  }

  function showWord(/** @type {HTMLElement} */ item, /** @type {string} */ id, /** @type {number} */ index, /** @type {Word | null} */ word) {
    const view = waveform.view();
    const span = word && spanOf(id, index);
    const isInView = span && span.end_ms >= view.from_ms && span.start_ms <= view.from_ms + view.span_ms;
    const text = word && isInView ? session.shownText(id).slice(offsetOf(word), offsetAfter(word)) : "";
    const isMoved = moved !== null && moved.word === word;
    const isByHand = word !== null && (isLocked(word) || isMoved);
    const isGuess = word !== null && isGuessed(word) && !isMoved;
    const origin = word === null ? "" : isMoved ? "set by hand" : originSaid(word, doc().listens_again);
    // A keystroke changes one of these at most; attributes set anew would cost a layout each.
    const sign = isInView ? [id, view.from_ms, view.span_ms, span.start_ms, span.end_ms, origin, text].join() : "";
    if (shown.get(item) === sign) return;
    shown.set(item, sign);
    item.hidden = !isInView;
    if (isInView) draw(item, { text, span, isByHand, isGuess, origin }, view, doc().media.duration_ms);
  }

  /** Where dragging began: the span then, and the pointer. */
  let drag = /** @type {{x: number, span: {start_ms: number, end_ms: number}} | null} */ (null);
  listen(element, {
    grab(index, x) {
      const span = spanOf(activeId(), index);
      drag = span && { x, span: { start_ms: span.start_ms, end_ms: span.end_ms } };
    },
    drag(index, part, x, isFree) {
      if (!drag || (x === drag.x && !moved)) return;
      const by_ms = Math.round(((x - drag.x) * waveform.view().span_ms) / element.clientWidth);
      const edge_ms = part === "end" ? drag.span.end_ms : drag.span.start_ms;
      const to_ms = isFree ? edge_ms + by_ms : waveform.quietest(edge_ms + by_ms, SNAP_MS);
      move(activeId(), index, part, to_ms - edge_ms, drag.span);
    },
    drop: () => ((drag = null), flush()),
    nudge: (index, part, by_ms) => move(activeId(), index, part, by_ms),
    frame: () => frameOf(doc().media),
    letGo: (index) => letGo(activeId(), index),
    hear,
    leave(index) {
      const word = wordsOf(activeId())[index];
      if (word) onLeave(activeId(), offsetOf(word));
    },
    rest: flush,
  }, signal);

  function hear(/** @type {number} */ index) {
    const span = spanOf(activeId(), index);
    if (span) player.playSpan(span.start_ms, span.end_ms);
  }

  /** What was moved is sent first: the same word may be meant. */
  async function letGo(/** @type {string} */ id, /** @type {number} */ index) {
    await flush();
    await attempt(() => session.letGo(id, index, index));
  }

  return {
    update: show,
    /** Nudge a word from elsewhere. */
    nudge: (/** @type {string} */ id, /** @type {number} */ index, /** @type {number} */ by_ms) => move(id, index, "both", by_ms),
    /** Show the whole segment near, with the focus on the start of a word; Tab goes through the rest. */
    open(/** @type {string} */ id, /** @type {number} */ index) {
      const words = wordsOf(id).filter((word) => word !== null);
      if (words.length === 0) return;
      waveform.fit(startOf(words[0]), Math.max(...words.map(endOf)));
      show();
      for (const part of element.querySelectorAll("[role=slider]")) part.setAttribute("tabindex", "0");
      /** @type {HTMLElement | undefined} */ (element.children[index]?.children[1])?.focus();
    },
  };
}

/**
 * @param {HTMLElement} item
 * @param {{text: string, span: {start_ms: number, end_ms: number}, isByHand: boolean,
 *   isGuess: boolean, origin: string}} word
 * @param {{from_ms: number, span_ms: number}} view
 * @param {number} duration_ms
 */
function draw(item, { text, span, isByHand, isGuess, origin }, { from_ms, span_ms }, duration_ms) {
  const share = (/** @type {number} */ ms) => `${(ms / span_ms) * 100}%`;
  item.style.left = share(span.start_ms - from_ms);
  item.style.width = share(span.end_ms - span.start_ms);
  item.classList.toggle("is-locked", isByHand);
  item.classList.toggle("is-guess", isGuess);
  item.title = `“${text}”: ${origin}`;
  setText(item.children[0], text);
  PARTS.forEach(([part, name], at) => {
    const now_ms = part === "end" ? span.end_ms : span.start_ms;
    const says = `${preciseClock(now_ms)}, ${origin}`;
    const traits = { label: `${name} of “${text}”`, valuenow: now_ms, valuemin: 0, valuemax: duration_ms, valuetext: says };
    for (const [trait, value] of Object.entries(traits)) item.children[at].setAttribute(`aria-${trait}`, String(value));
  });
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
    element.addEventListener(name, (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const index = [...element.children].indexOf(/** @type {Element} */ (target.parentElement));
      if (index >= 0) run(event, index, /** @type {Part} */ (target.dataset.part));
    }, { signal });

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
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (element.contains(/** @type {Node | null} */ (relatedTarget))) return;
    for (const part of element.querySelectorAll("[tabindex='0']")) part.setAttribute("tabindex", "-1");
    verbs.rest();
  }, { signal });
}
