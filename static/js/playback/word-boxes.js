/**
 * Draws the words of the segment being worked on over the waveform, as far as it shows them.
 *
 * @typedef {import("../transcript/words.js").Word} Word
 * @typedef {import("./word-drag.js").Part} Part
 */

import { arrange, make, setText } from "../shared/dom.js";
import { preciseClock } from "../shared/format.js";
import { alignerOf, isGuessed, isLocked, offsetAfter, offsetOf, originOf } from "../transcript/words.js";
import { strings } from "./strings.js";

/** @type {readonly Part[]} */
const PARTS = ["both", "start", "end"];

const slider = (/** @type {Part} */ part) =>
  make("span", {
    class: `word-${part}`,
    role: "slider",
    tabindex: "-1",
    "data-part": part,
    "aria-orientation": "horizontal",
  });

/** More than can be told apart, let alone dragged. */
const MOST = 200;

/**
 * The words to draw: those in the window, of too many the ones around the word at hand.
 * @param {readonly number[]} inView indices of words, in order
 * @param {number} at index of the word at hand
 */
export function drawn(inView, at) {
  if (inView.length <= MOST) return inView;
  const after = inView.findIndex((index) => index >= at);
  const middle = after < 0 ? inView.length : after;
  const first = Math.max(0, Math.min(inView.length - MOST, middle - MOST / 2));
  return inView.slice(first, first + MOST);
}

/**
 * @param {HTMLElement} element
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   moving: ReturnType<typeof import("./word-drag.js").createWordDrag>, activeId(): string,
 *   isShown(): boolean, waveform: ReturnType<typeof import("./waveform.js").mountWaveform>}} means
 */
export function createWordBoxes(element, { session, moving, waveform, activeId, isShown }) {
  /** @type {WeakMap<HTMLElement, string>} */
  const shown = new WeakMap();
  /** The boxes of words by their index, in order. @type {Map<number, HTMLElement>} */
  let boxes = new Map();
  /** The word at hand. */
  let at = 0;
  const doc = () => session.state().doc;
  const newBox = (/** @type {number} */ index) =>
    make("div", { class: "word-time", "data-index": String(index) }, ...PARTS.map(slider));

  function showWord(
    /** @type {HTMLElement} */ item,
    /** @type {string} */ id,
    /** @type {Word} */ word,
    /** @type {{start_ms: number, end_ms: number}} */ span,
    /** @type {string} */ whole,
  ) {
    const view = waveform.view();
    const text = whole.slice(offsetOf(word), offsetAfter(word));
    const standing = standingOf(word, moving.isMoved(word), doc().listens_again);
    // A keystroke changes one of these at most; attributes set anew would cost a layout each.
    const sign = [id, view.from_ms, view.span_ms, span.start_ms, span.end_ms, standing.origin, text].join();
    if (shown.get(item) === sign) return;
    shown.set(item, sign);
    draw(item, { text, span, ...standing }, view, doc().media.duration_ms);
  }

  /** Which words of a segment the window shows, and where. @param {readonly (Word | null)[]} words */
  function spansInView(/** @type {string} */ id, words) {
    const { from_ms, span_ms } = waveform.view();
    /** @type {Map<number, import("./word-drag.js").Span>} */
    const spans = new Map();
    words.forEach((word, index) => {
      const span = word && moving.spanOf(id, index, word);
      if (span && span.end_ms >= from_ms && span.start_ms <= from_ms + span_ms) spans.set(index, span);
    });
    return spans;
  }

  return {
    show() {
      const id = isShown() ? activeId() : "";
      const words = id ? session.shownWords(id) : [];
      const spans = spansInView(id, words);
      const before = boxes;
      const ids = drawn([...spans.keys()], at);
      boxes = new Map(ids.map((index) => [index, before.get(index) ?? newBox(index)]));
      if (ids.length !== before.size || ids.some((index) => !before.has(index))) arrange(element, [...boxes.values()]);
      const whole = id ? session.shownText(id) : "";
      for (const [index, item] of boxes) {
        const [word, span] = [words[index], spans.get(index)];
        if (word && span) showWord(item, id, word, span, whole);
      }
    },
    /** Which word is at hand from now on. */
    turnTo: (/** @type {number} */ index) => void (at = index),
    boxOf: (/** @type {number} */ index) => boxes.get(index) ?? null,
  };
}

/**
 * Where a word's time comes from, for a person.
 * @param {Word} word
 * @param {boolean} listensAgain whether guesses are listened to soon
 */
function originSaid(word, listensAgain) {
  if (isLocked(word)) return strings.manual;
  const guess = listensAgain ? strings.estimated : strings.staysEstimated;
  const said = strings.origins[originOf(word)] ?? guess;
  const aligner = strings.aligners[alignerOf(word)];
  return aligner ? `${said}, ${aligner}` : said;
}

/**
 * How a word's time came about, for its picture.
 * @param {Word} word
 * @param {boolean} isMoved here, and not sent yet
 * @param {boolean} listensAgain
 */
export function standingOf(word, isMoved, listensAgain) {
  return {
    isByHand: isLocked(word) || isMoved,
    isGuess: isGuessed(word) && !isMoved,
    origin: isMoved ? strings.manual : originSaid(word, listensAgain),
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
  item.title = strings.timeOf(text, origin);
  setText(item.children[0], text);
  PARTS.forEach((part, at) => {
    const now_ms = part === "end" ? span.end_ms : span.start_ms;
    const says = `${preciseClock(now_ms)}, ${origin}`;
    const traits = {
      label: strings.parts[part](text),
      valuenow: now_ms,
      valuemin: 0,
      valuemax: duration_ms,
      valuetext: says,
    };
    for (const [trait, value] of Object.entries(traits)) item.children[at].setAttribute(`aria-${trait}`, String(value));
  });
}
