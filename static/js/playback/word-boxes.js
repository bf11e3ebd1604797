/**
 * Draws the words of the segment being worked on over the waveform, as far as it shows them.
 *
 * @typedef {import("../transcript/words.js").Word} Word
 * @typedef {import("./word-drag.js").Part} Part
 */

import { make, setText } from "../shared/dom.js";
import { preciseClock } from "../shared/format.js";
import { isGuessed, isLocked, offsetAfter, offsetOf, originOf } from "../transcript/words.js";
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

/**
 * @param {HTMLElement} element
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   moving: ReturnType<typeof import("./word-drag.js").createWordDrag>, activeId(): string,
 *   waveform: ReturnType<typeof import("./waveform.js").mountWaveform>}} means
 */
export function createWordBoxes(element, { session, moving, waveform, activeId }) {
  /** @type {WeakMap<HTMLElement, string>} */
  const shown = new WeakMap();
  const doc = () => session.state().doc;

  function showWord(
    /** @type {HTMLElement} */ item,
    /** @type {string} */ id,
    /** @type {number} */ index,
    /** @type {Word | null} */ word,
  ) {
    const view = waveform.view();
    const span = word && moving.spanOf(id, index);
    const isInView = span && span.end_ms >= view.from_ms && span.start_ms <= view.from_ms + view.span_ms;
    const text = word && isInView ? session.shownText(id).slice(offsetOf(word), offsetAfter(word)) : "";
    const standing = word && standingOf(word, moving.isMoved(word), doc().listens_again);
    // A keystroke changes one of these at most; attributes set anew would cost a layout each.
    const sign = isInView
      ? [id, view.from_ms, view.span_ms, span.start_ms, span.end_ms, standing?.origin, text].join()
      : "";
    if (shown.get(item) === sign) return;
    shown.set(item, sign);
    item.hidden = !isInView;
    if (isInView && standing) draw(item, { text, span, ...standing }, view, doc().media.duration_ms);
  }

  return {
    show() {
      const id = activeId();
      const words = session.shownWords(id);
      while (element.children.length < words.length) {
        element.append(make("div", { class: "word-time" }, ...PARTS.map(slider)));
      }
      [...element.children].forEach((item, index) =>
        showWord(/** @type {HTMLElement} */ (item), id, index, words[index] ?? null),
      );
    },
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
  return strings.origins[originOf(word)] ?? guess;
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
