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
import { endOf, isLocked, movedSpan, offsetAfter, offsetOf, startOf } from "./words.js";

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
  let drag = /** @type {{part: Part, x: number, span: {start_ms: number, end_ms: number}} | null} */ (null);
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
    const { from_ms, span_ms } = waveform.view();
    const span = word && spanOf(id, index);
    const isHidden = !span || span.end_ms < from_ms || span.start_ms > from_ms + span_ms;
    const text = word && !isHidden ? session.shownText(id).slice(offsetOf(word), offsetAfter(word)) : "";
    // A keystroke changes one of these at most; attributes set anew would cost a layout each.
    const sign = isHidden ? "" : [id, from_ms, span_ms, span.start_ms, span.end_ms, word && isLocked(word), text].join();
    if (shown.get(item) === sign) return;
    shown.set(item, sign);
    item.hidden = isHidden;
    if (!word || !span || isHidden) return;
    const share = (/** @type {number} */ ms) => `${(ms / span_ms) * 100}%`;
    item.style.left = share(span.start_ms - from_ms);
    item.style.width = share(span.end_ms - span.start_ms);
    item.classList.toggle("is-locked", isLocked(word) || moved?.word === word);
    setText(item.children[0], text);
    PARTS.forEach(([part, name], at) => {
      const now_ms = part === "end" ? span.end_ms : span.start_ms;
      const says = `${preciseClock(now_ms)}${isLocked(word) ? ", set by hand" : ""}`;
      const traits = { "aria-label": `${name} of “${text}”`, "aria-valuenow": now_ms, "aria-valuemin": 0, "aria-valuemax": doc().media.duration_ms, "aria-valuetext": says };
      for (const [trait, value] of Object.entries(traits)) item.children[at].setAttribute(trait, String(value));
    });
  }

  /** The word and part that an event is about. */
  function targetOf(/** @type {Event} */ { target }) {
    const part = /** @type {HTMLElement} */ (target).dataset.part;
    const index = [...element.children].indexOf(/** @type {Element} */ (/** @type {HTMLElement} */ (target).parentElement));
    return part && index >= 0 ? { part: /** @type {Part} */ (part), index } : null;
  }

  const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ run) => element.addEventListener(name, run, { signal });
  on("pointerdown", (event) => {
    const at = targetOf(event);
    const span = at && spanOf(activeId(), at.index);
    if (!at || !span || event.button !== 0) return;
    event.target.setPointerCapture(event.pointerId);
    drag = { part: at.part, x: event.clientX, span: { start_ms: span.start_ms, end_ms: span.end_ms } };
  });
  on("pointermove", (event) => {
    const at = targetOf(event);
    if (!drag || !at) return;
    const ms_per_px = waveform.view().span_ms / element.clientWidth;
    const by_ms = Math.round((event.clientX - drag.x) * ms_per_px);
    if (by_ms === 0 && !moved) return;
    const edge_ms = drag.part === "end" ? drag.span.end_ms : drag.span.start_ms;
    const to_ms = event.altKey ? edge_ms + by_ms : waveform.quietest(edge_ms + by_ms, SNAP_MS);
    move(activeId(), at.index, drag.part, to_ms - edge_ms, drag.span);
  });
  on("lostpointercapture", () => ((drag = null), flush()));
  on("keydown", (event) => {
    const at = targetOf(event);
    const word = at && wordsOf(activeId())[at.index];
    if (!at || !word || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = event.shiftKey ? BIG_STEP_MS : STEP_MS;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") move(activeId(), at.index, at.part, event.key === "ArrowLeft" ? -step : step);
    else if (event.key === "Enter" || event.key === " ") hear(at.index);
    else if (event.key === "Escape") onLeave(activeId(), offsetOf(word));
    else return;
    event.preventDefault();
  });
  on("focusin", () => element.classList.add("is-open"));
  on("focusout", ({ relatedTarget }) => {
    if (element.contains(relatedTarget)) return;
    element.classList.remove("is-open");
    for (const part of element.querySelectorAll("[tabindex='0']")) part.setAttribute("tabindex", "-1");
    flush();
  });

  function hear(/** @type {number} */ index) {
    const span = spanOf(activeId(), index);
    if (span) player.playSpan(span.start_ms, span.end_ms);
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
