/**
 * Paints the current word and the doubts over the text with the CSS Custom Highlight API, so that
 * the text needs no element per word. Doubts are registered only for segments in view: thousands
 * of them at once make every keystroke slow.
 */

import { rangeIn } from "./caret.js";
import { codeRuns, CODE_TONES } from "../transcript/codes.js";
import { isOpen, rangeOf } from "../transcript/doubts.js";
import { isLocked, isStruck, offsetAfter, offsetOf } from "../transcript/words.js";

const isSupported = typeof Highlight === "function" && "highlights" in CSS;

/** @param {string} name @param {number} priority */
function register(name, priority) {
  const highlight = new Highlight();
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
  return highlight;
}

export function createPainter() {
  if (!isSupported) return { word() {}, found() {}, doubt() {}, doubts() {}, forget() {} };
  const layers = {
    found: register("found", 4),
    word: register("current-word", 3),
    active: register("active-doubt", 2),
    different: register("doubt", 1),
    missing: register("doubt-missing", 1),
    locked: register("set-by-hand", 0),
    struck: register("struck", 0),
  };
  const codes = Array.from({ length: CODE_TONES }, (_, tone) => register(`code-${tone}`, -1));
  /** @type {Map<string, {layer: Highlight, range: Range}[]>} */
  const painted = new Map();

  const forget = (/** @type {string} */ id) => {
    for (const { layer, range } of painted.get(id) ?? []) layer.delete(range);
    painted.delete(id);
  };

  const only = (/** @type {Highlight} */ layer, /** @type {Range | null} */ range) => {
    layer.clear();
    if (range) layer.add(range);
  };

  return {
    /** The one word being spoken; null for none. @param {Range | null} range */
    word: (range) => only(layers.word, range),
    /** What was looked for, where it is shown, and where it goes on. @param {Range | null} range */
    found(range, /** @type {Range | null} */ more = null) {
      only(layers.found, range);
      if (more) layers.found.add(more);
    },
    /** The one doubt being looked at. @param {Range | null} range */
    doubt: (range) => only(layers.active, range),
    forget,
    /**
     * The open doubts of a segment in view, its words whose times were set by hand, those struck out, and codes.
     * @param {HTMLElement} box
     * @param {import("../transcript/transcript.js").Segment} segment
     * @param {readonly (import("../transcript/words.js").Word | null)[]} words as shown
     * @param {ReadonlySet<string>} dismissed
     * @param {import("../transcript/transcript.js").Doc} doc
     * @param {ReadonlyMap<string, number>} tones of codes
     */
    doubts(box, segment, words, dismissed, doc, tones) {
      forget(segment.id);
      const length = box.textContent?.length ?? 0;
      const ranges = segment.doubts
        .filter((doubt) => isOpen(segment, doubt, dismissed, doc))
        .flatMap((doubt) => {
          const place = rangeOf(words, doubt, length);
          if (!place) return [];
          const layer = doubt.last_word < doubt.first_word ? layers.missing : layers.different;
          return [{ layer, range: rangeIn(box, place.start, Math.min(place.end, length)) }];
        });
      for (const word of words) {
        if (!word || offsetAfter(word) > length) continue;
        const range = () => rangeIn(box, offsetOf(word), offsetAfter(word));
        if (isLocked(word)) ranges.push({ layer: layers.locked, range: range() });
        if (isStruck(word)) ranges.push({ layer: layers.struck, range: range() });
      }
      for (const { code, first, last } of codeRuns(words)) {
        const [from, to] = [words[first], words[last]];
        const tone = tones.get(code);
        if (!from || !to || tone === undefined || offsetAfter(to) > length) continue;
        ranges.push({ layer: codes[tone], range: rangeIn(box, offsetOf(from), offsetAfter(to)) });
      }
      for (const { layer, range } of ranges) layer.add(range);
      painted.set(segment.id, ranges);
    },
  };
}
