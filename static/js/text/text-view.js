/**
 * Shows the transcript as text: sections of segments, each with its time, its speaker and one
 * editable box of plain text. What happens in a box is `typing.js`; this module only shows.
 *
 * @typedef {import("./segment-row.js").Segment} Segment
 * @typedef {import("./segment-row.js").Shown} Shown
 * @typedef {import("../saving/session.js").State} State
 */

import { placeCaret, selectionIn, textOf } from "./caret.js";
import { choicePanel } from "./conflict-view.js";
import { announce } from "../shared/dom.js";
import { speakers } from "../transcript/transcript.js";
import { theirsOf } from "../saving/pending-edits.js";
import { createSections } from "./sections.js";
import { isAhead, isWhole } from "../transcript/progress.js";
import { showAhead, showHeading, showLabel, showLanguage, showSegment, showText, showTone } from "./segment-row.js";
import { headings } from "../transcript/turns.js";
import { strings } from "./strings.js";

/** More than any screen has. */
const FIRST_ROWS = 150;

/**
 * @param {HTMLElement} element
 * @param {{onVisible(ids: string[], isVisible: boolean): void, onShown(id: string): void,
 *   onGone(id: string): void, onActive(): void, onResolve: import("./conflict-view.js").OnResolve,
 *   isComposingIn(box: Element): boolean, signal: AbortSignal}} actions
 */
export function mountText(element, actions) {
  const { rows, visible, order, arrange, estimateHeights } = createSections(element, actions);
  let activeId = "";
  /** @type {Map<string, number>} */
  let tones = new Map();
  /** @type {State | null} */
  let shownState = null;
  /** @type {ReadonlySet<string>} */
  let chosen = new Set();

  /** The first screen's rows; the others are filled when it is there. */
  const firstIds = (/** @type {State} */ { doc }) => doc.order.slice(0, FIRST_ROWS);

  function showRow(/** @type {string} */ id, /** @type {State} */ { doc, texts, choices }) {
    const shown = /** @type {Shown} */ (rows.get(id));
    const segment = /** @type {Segment} */ (doc.byId.get(id));
    const text = texts.get(id) ?? segment.text;
    const choice = choices.get(id) ?? null;
    showLanguage(shown, doc.language ?? "");
    showTone(shown, segment.speaker === null ? null : (tones.get(segment.speaker) ?? null));
    showHeading(shown, headings(doc).get(id));
    showAhead(shown, isAhead(doc, segment));
    if (shown.segment === segment && shown.text === text && shown.choice === choice) return;
    // Each answer of the server brings another array of words; with the same one only doubts differ.
    if (shown.segment?.words !== segment.words) showSegment(shown, segment, chosen.has(id));
    if (segment.note) element.classList.add("has-notes");
    if (!actions.isComposingIn(shown.box)) showText(shown.box, text);
    const isOther = choice && shown.segment?.revision !== segment.revision;
    Object.assign(shown, { segment, text });
    if (shown.choice !== choice || isOther) showChoice(shown, choice, actions.onResolve);
    shown.choice = choice;
    if (visible.has(id)) actions.onShown(id);
  }

  return {
    /** @param {State} state */
    update(state) {
      const isFirst = order().length === 0;
      const focused = state.doc.order === order() ? null : focusedPlace(order());
      if (state.doc.order !== order()) arrange(state.doc.order);
      tones = new Map(speakers(state.doc).map((name, index) => [name, index]));
      for (const id of isFirst ? firstIds(state) : staleIds(shownState, state, rows)) showRow(id, state);
      // Once more, in the next frame: then all are stale.
      shownState = isFirst ? null : state;
      if (isFirst) {
        estimateHeights(state.doc);
        actions.onActive();
      }
      if (focused && !focused.box.isConnected) focusBeside(focused, rows);
      if (!rows.has(activeId) && order().length > 0) this.activate(order()[0]);
    },
    /** Show what has changed since it was drawn last, before the next frame does. @param {State} state */
    showNews(state) {
      if (shownState && shownState.doc !== state.doc) this.update(state);
    },
    /** The one box that the Tab key reaches; arrows go on from there. */
    activate(/** @type {string} */ id) {
      rows.get(activeId)?.box.setAttribute("tabindex", "-1");
      if (activeId !== id) actions.onActive();
      activeId = id;
      rows.get(id)?.box.setAttribute("tabindex", "0");
    },
    /** Mark the segments that are chosen. */
    showChosen(/** @type {ReadonlySet<string>} */ ids) {
      if (ids === chosen) return;
      const before = chosen;
      chosen = ids;
      for (const id of new Set([...before, ...ids])) {
        const shown = rows.get(id);
        shown?.row.classList.toggle("is-chosen", ids.has(id));
        if (shown?.segment) showLabel(shown, shown.segment, ids.has(id));
      }
    },
    boxOf: (/** @type {string} */ id) => rows.get(id)?.box ?? null,
    rowOf: (/** @type {string} */ id) => rows.get(id)?.row ?? null,
    speakerOf: (/** @type {string} */ id) => rows.get(id)?.speaker ?? null,
    visibleIds: () => visible,
    /** Whether nothing else is in the place of the text. */
    isShown: () => element.offsetParent !== null,
    /** The segment worked on last. */
    activeId: () => activeId,
    isOnlyUnreviewed: () => element.classList.contains("only-unreviewed"),
    /** Show only segments without a tick, and the one with the focus; or all again. */
    showOnlyUnreviewed(/** @type {boolean} */ isOnly) {
      element.classList.toggle("only-unreviewed", isOnly);
      announce(isOnly ? strings.reviewedHidden : strings.allShown);
      actions.onActive();
    },
    /** Whether a segment is left out at present. */
    isLeftOut: (/** @type {string} */ id) => rows.get(id)?.row.offsetParent === null,
  };
}

/** Whether it is in another language, or recognised further than it was. */
const isOther = (/** @type {State["doc"]} */ before, /** @type {State["doc"]} */ now) =>
  before.language !== now.language || before.settled_ms !== now.settled_ms || isWhole(before) !== isWhole(now);

/**
 * Which rows may differ; a keystroke concerns only what is typed, not ten thousand segments.
 * @param {State | null} before as they are shown; null where not all are
 * @param {State} state
 * @param {ReadonlyMap<string, Shown>} rows
 */
function staleIds(before, { doc, texts, choices }, rows) {
  if (!before || before.doc.byId !== doc.byId || isOther(before.doc, doc)) return doc.order;
  const ids = [texts, choices, before.texts, before.choices].flatMap((map) => [...map.keys()]);
  return new Set(ids.filter((id) => rows.has(id)));
}

/**
 * The choice between two texts below a segment; none where nothing needs a decision.
 * @param {Shown} shown
 * @param {any} entry
 * @param {import("./conflict-view.js").OnResolve} onResolve
 */
function showChoice(shown, entry, onResolve) {
  shown.row.querySelector(".choice")?.remove();
  if (entry) shown.row.append(choicePanel(entry, theirsOf(entry, shown.segment ?? undefined), onResolve));
}

/**
 * The box with the caret, as it is before rows go.
 * @param {readonly string[]} order
 */
function focusedPlace(order) {
  const box = /** @type {HTMLElement | null} */ (document.activeElement);
  const selection = box?.matches(".box") ? selectionIn(box) : null;
  if (!box || !selection) return null;
  const at = order.indexOf(/** @type {HTMLElement} */ (box.parentElement).dataset.id ?? "");
  return { box, text: textOf(box), offset: selection.end, above: order.slice(0, at), below: order.slice(at + 1) };
}

/**
 * Where the segment with the caret has gone, as joined by another person, the caret stays in the text.
 * @param {NonNullable<ReturnType<typeof focusedPlace>>} place
 * @param {ReadonlyMap<string, Shown>} rows
 */
function focusBeside({ text, offset, above, below }, rows) {
  const isThere = (/** @type {string} */ id) => rows.has(id);
  const beside = rows.get(above.findLast(isThere) ?? below.find(isThere) ?? "");
  if (!beside) return;
  const [now, behind] = [textOf(beside.box), text.slice(offset)];
  placeCaret(beside.box, now.length - (now.endsWith(behind) ? behind.length : 0));
}
