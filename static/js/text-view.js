/**
 * Shows the transcript as text: sections of segments, each with its time, its speaker and one
 * editable box of plain text. What happens in a box is `typing.js`; this module only shows.
 *
 * @typedef {import("./document.js").Segment} Segment
 * @typedef {import("./session.js").State} State
 * @typedef {{row: HTMLElement, time: HTMLElement, speaker: HTMLElement, box: HTMLElement,
 *   tick: HTMLElement, segment: Segment | null, text: string | null, choice: object | null}} Shown
 */

import { placeCaret, selectionIn, textOf } from "./caret.js";
import { choicePanel } from "./choice-view.js";
import { speakers, startOfSegment } from "./document.js";
import { make, setText } from "./dom.js";
import { clock } from "./format.js";
import { sharedEnds } from "./words.js";

/** Segments in a section; sections off screen are skipped by the browser's layout. */
const SECTION = 100;
const ESTIMATED_LINE = 62;
const ESTIMATED_ROW_PX = 30;
/** Colours of speakers; from the ninth on they come again, beside another sign. */
const TONES = 8;
/** Signs in which a speaker's colour is shown. */
const SIGNS = 4;

const template = make(
  "div",
  { class: "segment", role: "group" },
  make("button", { class: "time", type: "button", tabindex: "-1" }),
  make("button", { class: "speaker", type: "button", tabindex: "-1" }),
  make("div", {
    class: "box",
    contenteditable: "plaintext-only",
    role: "textbox",
    "aria-multiline": "true",
    tabindex: "-1",
    dir: "auto",
    spellcheck: "true",
  }),
  make("button", { class: "tick", type: "button", tabindex: "-1", "aria-label": "Reviewed", title: "Reviewed" }),
);

/** A speaker's colour and sign by the order of appearance, as the style sheet knows them. @param {number | null} index */
export const toneOf = (index) =>
  index === null ? { tone: "", sign: "" } : { tone: String(index % TONES), sign: String(Math.floor(index / TONES) % SIGNS) };

/** @param {string} id @returns {Shown} */
function newRow(id) {
  const row = /** @type {HTMLElement} */ (template.cloneNode(true));
  row.dataset.id = id;
  const [time, speaker, box, tick] = /** @type {HTMLElement[]} */ ([...row.children]);
  return { row, time, speaker, box, tick, segment: null, text: null, choice: null };
}

/**
 * Where a caret goes when the text around it changes: along with the side it stands on, and from
 * inside the change to its end.
 * @param {string} before
 * @param {string} after
 * @param {number} caret
 */
function movedCaret(before, after, caret) {
  const { prefix, suffix } = sharedEnds(before, after);
  if (caret <= prefix) return caret;
  if (caret >= before.length - suffix) return caret + after.length - before.length;
  return after.length - suffix;
}

/** @param {HTMLElement} box @param {string} text */
function showText(box, text) {
  const before = textOf(box);
  if (before === text) return;
  const isFocused = document.activeElement === box;
  // A space just typed at the end is no difference worth moving the caret for.
  if (isFocused && before.trimEnd() === text.trimEnd()) return;
  const selection = isFocused ? selectionIn(box) : null;
  box.textContent = text;
  if (selection) placeCaret(box, movedCaret(before, text, selection.end));
}

/**
 * @param {HTMLElement} element
 * @param {{onVisible(ids: string[], isVisible: boolean): void, onShown(id: string): void,
 *   onGone(id: string): void, onActive(): void, onSettle(entry: any, whose: "mine" | "theirs"): void,
 *   isComposingIn(box: Element): boolean, signal: AbortSignal}} actions
 */
export function mountText(element, actions) {
  /** @type {Map<string, Shown>} */
  const rows = new Map();
  /** @type {readonly string[]} */
  let order = [];
  /** @type {Set<string>} */
  const visible = new Set();
  let activeId = "";
  /** @type {Map<string, number>} */
  let tones = new Map();
  /** @type {State | null} */
  let shownState = null;
  /** @type {ReadonlySet<string>} */
  let chosen = new Set();

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const ids = [...target.children].map((row) => /** @type {HTMLElement} */ (row).dataset.id ?? "");
        for (const id of ids) isIntersecting ? visible.add(id) : visible.delete(id);
        actions.onVisible(ids, isIntersecting);
      }
    },
    { rootMargin: "400px 0px" },
  );
  actions.signal.addEventListener("abort", () => observer.disconnect());

  function newSection(/** @type {Element | null} */ before = null) {
    const section = make("div", { class: "section" });
    element.insertBefore(section, before);
    observer.observe(section);
    return section;
  }

  /** Put a new row behind the row above it. */
  function insertRow(/** @type {Shown} */ shown, /** @type {Shown | undefined} */ above) {
    if (!above) {
      const first = element.querySelector(".section") ?? newSection();
      return first.prepend(shown.row);
    }
    const section = /** @type {HTMLElement} */ (above.row.parentElement);
    const isLast = above.row === section.lastElementChild;
    if (isLast && section.children.length >= SECTION) newSection(section.nextElementSibling).append(shown.row);
    else above.row.after(shown.row);
    if (visible.has(above.row.dataset.id ?? "")) {
      visible.add(shown.row.dataset.id ?? "");
    }
  }

  function dropRow(/** @type {string} */ id) {
    const section = rows.get(id)?.row.parentElement;
    rows.get(id)?.row.remove();
    rows.delete(id);
    visible.delete(id);
    if (section && section.children.length === 0) section.remove();
    actions.onGone(id);
  }

  /** Make the rows those of `next`, touching only what differs. */
  function arrange(/** @type {readonly string[]} */ next) {
    const wanted = new Set(next);
    for (const id of order) if (!wanted.has(id)) dropRow(id);
    /** @type {Shown | undefined} */
    let above;
    for (const id of next) {
      let shown = rows.get(id);
      if (!shown) rows.set(id, (shown = newRow(id)));
      const isPlaced = shown.row.isConnected && isBelow(above, shown);
      if (!isPlaced) insertRow(shown, above);
      above = shown;
    }
    order = next;
  }

  function isBelow(/** @type {Shown | undefined} */ above, /** @type {Shown} */ shown) {
    if (!above) return shown.row === element.querySelector(".section > .segment");
    const next = above.row.nextElementSibling ?? above.row.parentElement?.nextElementSibling?.firstElementChild;
    return next === shown.row;
  }

  /** Estimated heights, so that the scroll bar is about right before anything is laid out. */
  function estimateHeights(/** @type {State} */ { doc }) {
    for (const section of element.children) {
      let lines = 0;
      for (const row of section.children) {
        const length = doc.byId.get(/** @type {HTMLElement} */ (row).dataset.id ?? "")?.text.length ?? 0;
        lines += 0.35 + Math.max(1, Math.ceil(length / ESTIMATED_LINE));
      }
      const height = `auto ${Math.round(lines * ESTIMATED_ROW_PX)}px`;
      /** @type {HTMLElement} */ (section).style.setProperty("contain-intrinsic-block-size", height);
    }
  }

  function showSegment(/** @type {Shown} */ shown, /** @type {Segment} */ segment) {
    const { row, time, speaker, box, tick } = shown;
    const at = clock(startOfSegment(segment));
    setText(time, at);
    time.setAttribute("aria-label", `Play from ${at}`);
    box.setAttribute("aria-label", segment.speaker ? `${segment.speaker}, ${at}` : `Text at ${at}`);
    setText(speaker, segment.speaker ?? (segment.new_turn ? "New speaker" : "Add speaker"));
    speaker.classList.toggle("is-empty", !segment.speaker);
    row.classList.toggle("is-turn", segment.new_turn || segment.speaker !== null);
    row.classList.toggle("is-unnamed-turn", segment.new_turn && !segment.speaker);
    row.classList.toggle("is-sound", segment.kind === "sound");
    row.classList.toggle("is-reviewed", segment.reviewed);
    tick.setAttribute("aria-pressed", String(segment.reviewed));
    showLabel(shown, segment);
    showNote(row, segment.note);
  }

  function showLabel(/** @type {Shown} */ { row }, /** @type {Segment} */ segment) {
    const says = [segment.reviewed ? "reviewed" : "", chosen.has(segment.id) ? "chosen" : ""].filter(Boolean);
    const kind = segment.kind === "sound" ? "Sound" : "Segment";
    row.setAttribute("aria-label", [`${kind} at ${clock(startOfSegment(segment))}`, ...says].join(", "));
  }

  function showNote(/** @type {HTMLElement} */ row, /** @type {string} */ note) {
    let shown = row.querySelector(".note");
    if (!note) return shown?.remove();
    element.classList.add("has-notes");
    if (!shown) row.append((shown = make("button", { class: "note", type: "button", tabindex: "-1", title: "Change the note" })));
    setText(shown, note);
    shown.setAttribute("aria-label", `Note: ${note}`);
  }

  /** Each speaker's label has a colour and a sign of its own, beside the name. */
  function showTone(/** @type {Shown} */ { row }, /** @type {number | null} */ index) {
    const { tone, sign } = toneOf(index);
    if ((row.dataset.tone ?? "") !== tone) row.dataset.tone = tone;
    if ((row.dataset.sign ?? "") !== sign) row.dataset.sign = sign;
  }

  function showChoice(/** @type {Shown} */ shown, /** @type {any} */ entry) {
    shown.row.querySelector(".choice")?.remove();
    if (entry) shown.row.append(choicePanel(entry, shown.segment?.text ?? "", actions.onSettle));
  }

  /** Which rows may differ; a keystroke concerns only what is typed, not ten thousand segments. */
  function staleIds(/** @type {State} */ { doc, texts, choices }) {
    if (!shownState || shownState.doc.byId !== doc.byId) return order;
    const { texts: oldTexts, choices: oldChoices } = shownState;
    const ids = [texts, choices, oldTexts, oldChoices].flatMap((map) => [...map.keys()]);
    return new Set(ids.filter((id) => rows.has(id)));
  }

  function showRow(/** @type {string} */ id, /** @type {State} */ { doc, texts, choices }) {
    const shown = /** @type {Shown} */ (rows.get(id));
    const segment = /** @type {Segment} */ (doc.byId.get(id));
    const text = texts.get(id) ?? segment.text;
    const choice = choices.get(id) ?? null;
    showTone(shown, segment.speaker === null ? null : tones.get(segment.speaker) ?? null);
    if (shown.segment === segment && shown.text === text && shown.choice === choice) return;
    // Each answer of the server brings another array of words; with the same one only doubts differ.
    if (shown.segment?.words !== segment.words) showSegment(shown, segment);
    if (!actions.isComposingIn(shown.box)) showText(shown.box, text);
    Object.assign(shown, { segment, text });
    if (shown.choice !== choice) showChoice(shown, choice);
    shown.choice = choice;
    if (visible.has(id)) actions.onShown(id);
  }

  return {
    /** @param {State} state */
    update(state) {
      const isFirst = order.length === 0;
      if (state.doc.order !== order) arrange(state.doc.order);
      tones = new Map(speakers(state.doc).map((name, index) => [name, index]));
      for (const id of staleIds(state)) showRow(id, state);
      shownState = state;
      if (isFirst) estimateHeights(state);
      if (!rows.has(activeId) && order.length > 0) this.activate(order[0]);
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
        if (shown?.segment) showLabel(shown, shown.segment);
      }
    },
    boxOf: (/** @type {string} */ id) => rows.get(id)?.box ?? null,
    rowOf: (/** @type {string} */ id) => rows.get(id)?.row ?? null,
    speakerOf: (/** @type {string} */ id) => rows.get(id)?.speaker ?? null,
    visibleIds: () => visible,
    /** The segment worked on last. */
    activeId: () => activeId,
    /** Show only segments without a tick, and the one with the focus; or all again. */
    showOnlyUnreviewed(/** @type {boolean} */ isOnly) {
      element.classList.toggle("only-unreviewed", isOnly);
    },
    /** Whether a segment is left out at present. */
    isLeftOut: (/** @type {string} */ id) => rows.get(id)?.row.offsetParent === null,
  };
}
