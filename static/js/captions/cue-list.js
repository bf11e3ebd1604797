/**
 * The captions of the rules at hand as a list in the place of the text: each with its times, its speed, its lines, and
 * what of it breaks the rules; texts and times are changed there.
 *
 * @typedef {import("./cues.js").Cue} Cue
 * @typedef {import("./cues.js").Violation} Violation
 * @typedef {import("./cue-row.js").CueRow} CueRow
 */

import { mountCueBoxes } from "./cue-boxes.js";
import { mountClockChoice } from "./cue-clock-choice.js";
import { createCueEdits } from "./cue-edits.js";
import { fieldFor, newCueRow, showCue } from "./cue-row.js";
import { movedPieces, piecesOf } from "./cue-text.js";
import { faultSentence } from "./cues.js";
import { listenToCues } from "./cue-keys.js";
import { mountNewCue } from "./new-cue.js";
import { strings } from "./cue-strings.js";
import { strings as captionStrings } from "./strings.js";
import { mountVirtualRows } from "./virtual-rows.js";
import { announce, find, setText } from "../shared/dom.js";
import { toast } from "../shared/toast.js";
import { lastNotAbove } from "../transcript/words.js";

/** About what a row takes, in pixels: measured once it is seen. */
const [ROW_PX, LINE_PX, FAULT_PX] = [44, 24, 24];

/**
 * @param {HTMLElement} element
 * @param {{session: import("./cue-edits.js").Session,
 *   player: ReturnType<typeof import("../playback/player.js").createPlayer>,
 *   waveform: Pick<ReturnType<typeof import("../playback/waveform.js").mountWaveform>, "view" | "watch" | "reveal">,
 *   boxes: HTMLElement, times: {get(): string, set(shown: string): void}, shots_ms(): readonly number[], fix(segment_id: string | null): Promise<unknown>, attempt(run: () => Promise<any>, typed?: string): Promise<any>,
 *   onToggle(isOpen: boolean): void, ceiling(): number, floor(): number, signal: AbortSignal}} means
 */
export function mountCueList(element, means) {
  const { session, player, waveform, attempt, signal } = means;
  /** @type {readonly Cue[]} */
  let cues = [];
  /** @type {Map<number, Violation[]>} */
  let faults = new Map();
  let keepsLines = true;
  let gap_ms = 0;
  /** The caption that is on the screen. */
  let now = -1;
  /** The segment that gets the focus once its caption is there. */
  let awaited = /** @type {string | null} */ (null);

  const ripple = /** @type {HTMLInputElement} */ (find("[data-part=ripple]", element));
  const { clock } = mountClockChoice(/** @type {HTMLSelectElement} */ (find("[data-part=times]", element)), {
    chosen: means.times,
    frame_us: () => session.state().doc.media.frame_us,
    onChange() {
      rows.later();
      boxes.update();
    },
    signal,
  });
  const edits = createCueEdits({
    session,
    attempt,
    isRipple: () => ripple.checked,
    clock,
    onRefused: () => rows.later(),
  });
  const segmentOf = (/** @type {string} */ id) => session.state().doc.byId.get(id);
  const rows = mountVirtualRows(find("[data-part=cues]", element), {
    newRow: newCueRow,
    showRow,
    ceiling: () => Math.max(means.ceiling(), find("[data-part=heads]", element).getBoundingClientRect().bottom),
    floor: means.floor,
    signal,
  });
  const isOpen = () => !element.hidden;

  function showRow(/** @type {CueRow} */ row, /** @type {number} */ index) {
    const cue = cues[index];
    if (row.cue && keyOf(row.cue) !== keyOf(cue) && rows.heldIndex() !== index) edits.forget(row);
    const pieces = piecesFor(row, cue);
    showCue(row, {
      ...{ pieces, cue, index, count: cues.length, above: cues[index - 1], faults: faults.get(index) ?? [] },
      isChanging: edits.isChanging,
      language: session.state().doc.language ?? "",
      clock: clock(),
    });
    row.element.classList.toggle("is-now", index === now);
  }

  /** Where a caption's text stands by now; null where the text is another one than it was made of. */
  function piecesFor(/** @type {CueRow} */ row, /** @type {Cue} */ cue) {
    if (row.cue !== cue || row.made === null) {
      const made = piecesOf(cue, segmentOf);
      const isOther = row.cue === null || keyOf(row.cue) !== keyOf(cue);
      row.made = made;
      if (made || isOther) row.pieces = made;
    }
    return row.pieces && movedPieces(row.pieces, session.shownText);
  }

  /** Put the focus into a part of a caption's row. @param {number} index @param {"text" | "start" | "end" | "number"} part */
  function focus(index, part = "text") {
    const field = rows.bring(index)?.[part];
    field?.focus({ preventScroll: true });
    return field;
  }

  function play(/** @type {number} */ index) {
    edits.commit();
    const { start_ms, end_ms } = cues[index];
    player.playSpan(start_ms, end_ms);
  }

  /** The caption that is worked on: with the focus, else on the screen. */
  const current = () => rows.heldIndex() ?? Math.max(0, now >= 0 ? now : nearest(cues, player.time_ms()));

  let isMade = false;
  /** The way to a fault that was asked for before there were captions. @type {1 | -1 | null} */
  let wanted = null;
  /** Go to the next caption with a fault, or the one before. @param {1 | -1} step */
  function goToFault(step) {
    // Asked for with the list: once there are captions.
    if (!isMade) return void (wanted = step);
    const found = [...faults.keys()].sort((a, b) => a - b);
    if (found.length === 0) return announce(strings.noFaults);
    const from = rows.heldIndex() ?? current() - step;
    const beyond = step > 0 ? found.find((index) => index > from) : found.findLast((index) => index < from);
    const index = beyond ?? /** @type {number} */ (found.at(step > 0 ? 0 : -1));
    const here = /** @type {Violation[]} */ (faults.get(index));
    focus(index, fieldFor(here[0].rule));
    return announce(strings.faultOf(found.indexOf(index) + 1, found.length, here.map(faultSentence).join(". ")));
  }

  /** Let a caption end at another time, as its fault wants it; the later ones stay. @param {number} index @param {number} end_ms */
  async function endAt(index, end_ms) {
    const placed = await edits.place(cues[index], piecesOf(cues[index], segmentOf), "end", end_ms, false);
    if ("refused" in placed) return toast(placed.refused);
    return placed.revision === undefined ? undefined : announce(strings.endsAt(index + 1, clock().show(end_ms)));
  }

  /** @param {number} index @param {number | null} end_ms */
  const fix = (index, end_ms) =>
    end_ms === null ? attempt(() => means.fix(cues[index]?.segment_id ?? null)) : endAt(index, end_ms);

  const boxes = mountCueBoxes(means.boxes, {
    waveform,
    isOpen,
    cues: () => cues,
    current,
    gap_ms: () => gap_ms,
    shots_ms: means.shots_ms,
    media: () => session.state().doc.media,
    clock,
    head_ms: player.time_ms,
    keyOf,
    async place(index, edge, to_ms) {
      const placed = await edits.place(cues[index], piecesOf(cues[index], segmentOf), edge, to_ms);
      return "refused" in placed ? placed.refused : placed.revision === undefined ? "" : null;
    },
    go: (index) => focus(index),
    play,
    signal,
  });
  element.addEventListener(
    "focusin",
    () => {
      const { start_ms, end_ms } = cues[current()] ?? {};
      if (start_ms !== undefined && !player.isPlaying()) waveform.reveal(start_ms, end_ms);
      boxes.update();
    },
    { signal },
  );

  listenToCues(element, {
    edits,
    rowOf: (target) => rows.rows().find(([, row]) => row.element.contains(target))?.[1] ?? null,
    play: (row) => play(row.index),
    step(row, by) {
      edits.commit();
      const index = row.index + by;
      if (index >= 0 && index < cues.length) focus(index);
    },
    split: (row) => (keepsLines ? edits.split(row) : toast(strings.rulesBreak)),
    breakLine: (row, isBroken, at) => (keepsLines ? edits.breakLine(row, isBroken, at) : toast(strings.rulesBreak)),
    restore(row) {
      edits.forget(row);
      showRow(row, row.index);
    },
    fix: (row, end) => void fix(row.index, end === undefined ? null : Number(end)),
    clock,
    signal,
  });
  const added = mountNewCue(find("[data-part=new]", element), {
    session,
    attempt,
    time_ms: player.time_ms,
    clock,
    onAdded: (id) => (awaited = id),
    onCancelled: () => focus(current(), "number"),
    signal,
  });

  function close() {
    if (!isOpen()) return;
    edits.commit();
    element.hidden = true;
    boxes.update();
    means.onToggle(false);
  }

  return {
    isOpen,
    close,
    goToFault,
    endAt,
    /** Mend the first fault of the caption that is worked on that has a fix. */
    fixFault() {
      const index = current();
      const fault = faults.get(index)?.find((one) => one.fix !== null);
      if (!fault) return announce(strings.nothingToFix);
      return fix(index, fault.end_ms);
    },
    addCue: added.open,
    open() {
      if (isOpen()) return;
      element.hidden = false;
      means.onToggle(true);
      rows.update();
      boxes.update();
      if (cues.length > 0) focus(current());
    },
    /** The segment that is worked on, and its time. */
    segmentNow: () => cues[current()]?.segment_id ?? null,
    /** Captions were made by rules. @param {{cues: readonly Cue[], violations: readonly Violation[], errors: number, warnings: number}} made @param {import("./cues.js").Rules} rules */
    show(made, rules) {
      const held = rows.heldIndex();
      const before = held === null ? null : cues[held];
      const isFirst = cues.length === 0;
      isMade = true;
      cues = made.cues;
      ({ keeps_lines: keepsLines, gap_ms } = rules);
      faults = new Map();
      for (const fault of made.violations) faults.set(fault.cue, [...(faults.get(fault.cue) ?? []), fault]);
      now = nearest(cues, player.time_ms());
      setText(find("[data-part=faults]", element), captionStrings.brokenRules(made.errors, made.warnings));
      edits.made(cues);
      boxes.made();
      const to = before ? placeOf(cues, before) : -1;
      rows.take(
        cues.map(
          ({ lines }, index) => ROW_PX + LINE_PX * (lines.length - 1) + FAULT_PX * (faults.get(index)?.length ?? 0),
        ),
        held !== null && to >= 0 ? { from: held, to } : null,
      );
      const come = awaited === null ? -1 : cues.findIndex(({ segment_id }) => segment_id === awaited);
      if (come >= 0) {
        awaited = null;
        focus(come);
      } else if (wanted) goToFault(wanted);
      else if (isOpen() && isFirst && cues.length > 0) focus(current());
      wanted = null;
    },
    /** The text, or what is said of it, is another one. */
    update() {
      if (!isOpen()) return;
      rows.later();
      boxes.update();
    },
    /** Another caption is on the screen. @param {Cue | null} cue */
    time(cue) {
      const before = now;
      now = cue ? cues.indexOf(cue) : -1;
      if (!isOpen()) return;
      for (const [index, row] of rows.rows()) row.element.classList.toggle("is-now", index === now);
      boxes.update();
      const wasFollowed = before < 0 || rows.isInSight(before);
      if (now >= 0 && player.isPlaying() && rows.heldIndex() === null && wasFollowed) rows.bring(now);
    },
  };
}

/** A caption by its first word. @param {Cue} cue */
const keyOf = ({ parts: [first], start_ms }) => (first ? `${first.segment_id} ${first.first_word}` : String(start_ms));

/** The last caption that has begun; -1 before all. @param {readonly Cue[]} cues @param {number} time_ms */
const nearest = (cues, time_ms) => lastNotAbove(cues, time_ms, ({ start_ms }) => start_ms);

/** Where a caption is among those that were made anew: the same, else the one at its time. @param {readonly Cue[]} cues @param {Cue} cue */
function placeOf(cues, cue) {
  const same = cues.findIndex((one) => keyOf(one) === keyOf(cue));
  return same >= 0 ? same : Math.max(0, nearest(cues, cue.start_ms));
}
