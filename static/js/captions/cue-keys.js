/** What pointer and keys do in the rows of the list of captions, as verbs about a row. */

import { isComposing } from "../shared/dom.js";
import { grown } from "./cue-row.js";

/** A time that is moved by keys is saved once it rests so long. */
const REST_MS = 700;

/**
 * @typedef {import("./cue-row.js").CueRow} CueRow
 * @typedef {{edits: ReturnType<typeof import("./cue-edits.js").createCueEdits>, rowOf(target: Element): CueRow | null,
 *   play(row: CueRow): void, step(row: CueRow, by: 1 | -1): void, split(row: CueRow): unknown, breakLine(row: CueRow, isBroken: boolean, at: number): unknown, restore(row: CueRow): void,
 *   fix(row: CueRow, end: string | undefined): void, clock(): import("./cue-clock.js").CueClock, signal: AbortSignal}} Means
 */

/** @param {HTMLElement} element @param {Means} means */
export function listenToCues(element, means) {
  const { edits, rowOf, signal } = means;
  const nudge = createNudge(edits, means.clock);
  /** @param {string} name @param {(row: CueRow, event: any, part: string) => void} run */
  const on = (name, run) =>
    element.addEventListener(
      name,
      (event) => {
        const target = event.target instanceof Element ? event.target : null;
        const row = target && rowOf(target);
        if (row) run(row, event, target.closest("[data-field]")?.getAttribute("data-field") ?? "");
      },
      { signal },
    );

  on("click", (row, { target }, part) => {
    if (part === "fix") means.fix(row, target.closest("[data-end]")?.dataset.end);
    else if (!target.closest("textarea, input")) means.play(row);
  });
  on("input", (row, _, part) => {
    if (part === "text") {
      grown(row);
      edits.typed(row);
    } else edits.touch(row[/** @type {"start" | "end"} */ (part)]);
  });
  on("beforeinput", (row, event, part) => {
    if (part !== "text") return;
    const at = seamIn(row.text, event.inputType);
    if (at === null) return;
    event.preventDefault();
    means.breakLine(row, event.inputType.startsWith("insert"), at);
  });
  on("focusout", (row, _, part) => {
    if (part === "text") edits.left(row);
    if (part === "start" || part === "end") void edits.timed(row, part);
    nudge.rest();
  });
  on("keydown", (row, event, part) => {
    if (isComposing(event)) return;
    const run = part === "text" ? inText(row, event, means) : inRow(row, event, part, means, nudge);
    if (!run) return;
    event.preventDefault();
    run();
  });
}

const isPlay = (/** @type {KeyboardEvent} */ { altKey, shiftKey, code }) => altKey && !shiftKey && code === "KeyP";
const isHeld = (/** @type {KeyboardEvent} */ { ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey;

/**
 * Where lines are parted or joined by what is to be done to a text; null where it is something else.
 * @param {HTMLTextAreaElement} text
 * @param {string} inputType of the event `beforeinput`
 */
function seamIn({ value, selectionStart, selectionEnd }, inputType) {
  if (selectionStart !== selectionEnd) return null;
  if (inputType.startsWith("insertLineBreak") || inputType === "insertParagraph") return selectionStart;
  if (inputType.endsWith("Backward") && value[selectionStart - 1] === "\n") return selectionStart - 1;
  return inputType.endsWith("Forward") && value[selectionStart] === "\n" ? selectionStart : null;
}

/**
 * What a key does in the text of a row; null where it is the field's own.
 * @param {CueRow} row
 * @param {KeyboardEvent} event
 * @param {Means} means
 * @returns {(() => unknown) | null}
 */
function inText(row, event, { step, split, play }) {
  const { key, ctrlKey, metaKey, shiftKey } = event;
  if (isPlay(event)) return () => play(row);
  if (key === "Enter" && (ctrlKey || metaKey)) return () => split(row);
  if (isHeld(event)) return null;
  // With Shift it ends a line, as a touch keyboard's does: see "beforeinput".
  if (key === "Enter") return shiftKey ? null : () => step(row, 1);
  const { value, selectionStart, selectionEnd } = row.text;
  if (selectionStart !== selectionEnd || shiftKey) return null;
  if (key === "ArrowDown" && !value.slice(selectionEnd).includes("\n")) return () => step(row, 1);
  if (key === "ArrowUp" && !value.slice(0, selectionStart).includes("\n")) return () => step(row, -1);
  return null;
}

/**
 * What a key does in the rest of a row; null where it is the control's own.
 * @param {CueRow} row
 * @param {KeyboardEvent} event
 * @param {string} part
 * @param {Means} means
 * @param {ReturnType<typeof createNudge>} nudge
 * @returns {(() => unknown) | null}
 */
function inRow(row, event, part, { edits, play, restore, clock }, nudge) {
  if (isPlay(event)) return () => play(row);
  if (isHeld(event) || (part !== "start" && part !== "end")) return null;
  const { step, byFrame } = clock();
  const to = (/** @type {(now_ms: number) => number} */ moved) => () => nudge.to(row, part, moved);
  /** @type {Record<string, () => unknown>} */
  const keys = {
    Enter: () => edits.timed(row, part),
    ArrowUp: to((now_ms) => step(now_ms, 1, event.shiftKey)),
    ArrowDown: to((now_ms) => step(now_ms, -1, event.shiftKey)),
    PageUp: to((now_ms) => byFrame(now_ms, 1)),
    PageDown: to((now_ms) => byFrame(now_ms, -1)),
    ...(edits.isChanging(row[part]) ? { Escape: () => restore(row) } : {}),
  };
  return keys[event.key] ?? null;
}

/** Moves a time bit by bit. @param {Means["edits"]} edits @param {Means["clock"]} clock */
function createNudge(edits, clock) {
  let timer = 0;
  let save = () => {};
  return {
    to(
      /** @type {CueRow} */ row,
      /** @type {"start" | "end"} */ edge,
      /** @type {(now_ms: number) => number} */ moved,
    ) {
      const field = row[edge];
      const from_ms = clock().read(field.value);
      if (from_ms === null) return;
      field.value = clock().show(moved(from_ms));
      edits.touch(field);
      clearTimeout(timer);
      save = () => void edits.timed(row, edge);
      timer = window.setTimeout(save, REST_MS);
    },
    rest: () => clearTimeout(timer),
  };
}
