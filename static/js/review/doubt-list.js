/**
 * The list of doubts as the review shows it: the worst first, filtered, without those that were
 * corrected here a moment ago. Knows no DOM.
 *
 * @typedef {import("./ranked-doubts.js").Entry} Entry
 */

import { hasOwnText } from "../transcript/progress.js";
import { allEntries, filtered, KINDS, nextOpen } from "./ranked-doubts.js";

const USUAL = ["different", "not_heard", "not_written", "repeated", "spelling", "another_voice", "same_voice"];

/**
 * @param {{state(): import("../saving/session.js").State}} session
 * @param {ReturnType<typeof import("../shared/settings.js").openSettings>} settings
 */
export function createDoubtList({ state }, settings) {
  // What nobody wrote is most likely wrong where recognition was not sure.
  const usual = hasOwnText(state().doc) ? USUAL : [...USUAL, "unsure"];
  const isShown = (/** @type {string} */ kind) => settings.get().kinds[kind] ?? usual.includes(kind);
  /** @type {Set<string>} */
  let kinds = new Set(KINDS.map(([kind]) => kind).filter(isShown));
  let showsDismissed = false;
  /** @type {ReadonlySet<string>} */
  let gone = new Set();
  /** @type {{byId: object | null, dismissed: object | null, entries: Entry[]}} */
  let known = { byId: null, dismissed: null, entries: [] };
  /** @type {{of: unknown[], found: ReturnType<typeof filtered>}} */
  let sifted = { of: [], found: filtered([], { kinds, showsDismissed, gone }) };

  /** All doubts; gathered once for each state. */
  function entries() {
    const { doc, dismissed } = state();
    if (known.byId !== doc.byId || known.dismissed !== dismissed) {
      known = { byId: doc.byId, dismissed, entries: allEntries(doc, dismissed) };
      const there = new Set(known.entries.map(({ key }) => key));
      // What the server took back is a doubt no more; if it comes again, it is one again.
      gone = new Set([...gone].filter((key) => there.has(key)));
    }
    return known.entries;
  }

  /** Those shown, and how many there are. */
  function sift() {
    const of = [entries(), kinds, showsDismissed, gone];
    if (of.some((one, n) => one !== sifted.of[n]))
      sifted = { of, found: filtered(entries(), { kinds, showsDismissed, gone }) };
    return sifted.found;
  }

  return {
    entries,
    sift,
    find: (/** @type {string} */ key) => entries().find((entry) => entry.key === key) ?? null,
    indexOf: (/** @type {Entry | null} */ entry) =>
      entry ? sift().shown.findIndex(({ key }) => key === entry.key) : -1,
    worst: () => nextOpen(sift().shown, 0),
    /** The next open one where another stood before it was decided. */
    after: (/** @type {Entry} */ entry, /** @type {number} */ index) =>
      nextOpen(
        sift().shown.filter(({ key }) => key !== entry.key),
        index,
      ),
    /** How many were corrected: those the server counts, and those on the way to it. */
    corrected() {
      entries();
      return state().doc.corrected + gone.size;
    },
    /** How it is filtered. */
    filter: () => ({ kinds, showsDismissed }),
    toggleKind(/** @type {string} */ kind) {
      kinds = new Set(kinds.has(kind) ? [...kinds].filter((one) => one !== kind) : [...kinds, kind]);
      settings.set({ kinds: { ...settings.get().kinds, [kind]: kinds.has(kind) } });
    },
    toggleDismissed: () => void (showsDismissed = !showsDismissed),
    /** It was corrected here; the server has yet to say so. */
    drop: (/** @type {string} */ key) => void (gone = new Set([...gone, key])),
    bringBack: (/** @type {string} */ key) => void (gone = new Set([...gone].filter((other) => other !== key))),
  };
}
