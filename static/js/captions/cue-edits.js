/** What is changed in the rows of the list of captions: texts as they are typed, times once they are given. */

import { announce } from "../shared/dom.js";
import { toast } from "../shared/toast.js";
import { movedPieces, onOneLine, placeIn, rewritten, textOfPieces } from "./cue-text.js";
import { timesFor } from "./cue-times.js";
import { strings } from "./cue-strings.js";
import { grown } from "./cue-row.js";
import { offsetAfter } from "../transcript/words.js";

/** What is typed is saved once nobody has typed for so long. */
const IDLE_MS = 1500;

/**
 * @typedef {import("./cue-row.js").CueRow} CueRow
 * @typedef {"start" | "end"} Edge
 * @typedef {Pick<ReturnType<typeof import("../saving/session.js").createSession>,
 *   "state" | "shownText" | "typed" | "commit" | "setTimes" | "setTimesAndBelow" | "moveFrom" | "endLine" | "shownWords" | "split" | "insertAt">} Session
 */

/**
 * @param {{session: Session, attempt(run: () => Promise<any>, typed?: string): Promise<any>, isRipple(): boolean,
 *   clock(): import("./cue-clock.js").CueClock, onRefused(): void}} means
 *   isRipple: later captions move along; onRefused: a field shows something that is not so
 */
export function createCueEdits({ session, attempt, isRipple, clock, onRefused }) {
  /** Fields that show what a person gave, and not yet what came of it. @type {Set<HTMLElement>} */
  const touched = new Set();
  /** The text that is being typed: its row, and the pieces it began with. @type {{row: CueRow, base: NonNullable<CueRow["pieces"]>} | null} */
  let typing = null;
  let idle = 0;
  /** Times that were given, by the field, until the captions are made of them. @type {Map<HTMLElement, {id: string, revision: number, edge: Edge, to_ms: number}>} */
  const given = new Map();

  function commit() {
    clearTimeout(idle);
    for (const { id } of typing?.row.pieces ?? []) session.commit(id);
  }

  /** A text is typed in a row: its segments have it at once, as if it were typed there. */
  function typed(/** @type {CueRow} */ row) {
    if (typing?.row !== row) {
      const base = row.pieces && movedPieces(row.pieces, session.shownText);
      if (!base) return refuse(row.text, strings.changedElsewhere);
      typing = { row, base };
      touched.add(row.text);
    }
    row.pieces = rewritten(typing.base, onOneLine(row.text.value));
    for (const { id, text } of row.pieces) if (session.shownText(id) !== text) session.typed(id, text);
    clearTimeout(idle);
    idle = window.setTimeout(commit, IDLE_MS);
    return undefined;
  }

  /** The caret has left a text. */
  function left(/** @type {CueRow} */ row) {
    if (typing?.row === row) commit();
    if (typing?.row === row) typing = null;
    touched.delete(row.text);
  }

  function refuse(/** @type {HTMLElement} */ field, /** @type {string} */ why) {
    touched.delete(field);
    toast(why);
    onRefused();
  }

  /**
   * Give a caption another in or out; without a revision where that could not be saved, which was told.
   * @param {import("./cues.js").Cue} cue
   * @param {CueRow["made"]} made where its text stood when it was made
   * @param {Edge} edge
   * @param {number} to_ms
   * @param {boolean} [alongToo] later captions move along
   * @returns {Promise<{refused: string} | {id: string, revision: number | undefined}>}
   */
  async function place(cue, made, edge, to_ms, alongToo = isRipple()) {
    const { doc } = session.state();
    const isSame = made?.every(({ id, text }) => doc.byId.get(id)?.text === text);
    const found = isSame
      ? timesFor(doc, cue, edge, to_ms, { isRipple: alongToo, clock: clock() })
      : { refused: strings.madeAnew };
    if ("refused" in found) return found;
    const { id } = "laid" in found ? found.laid : found.moved;
    // What is kept until the server takes it makes a later revision.
    const later = (doc.byId.get(id)?.revision ?? 0) + 1;
    const revision = await attempt(async () => {
      const changes = await saved(found);
      return changes === null ? later : changes.segments.find((segment) => segment.id === id)?.revision;
    }, clock().show(to_ms));
    return { id, revision: revision ?? undefined };
  }

  /** @param {{laid: import("./cue-times.js").Laid} | {moved: import("./cue-times.js").Moved}} found */
  function saved(found) {
    if ("moved" in found) return session.moveFrom(found.moved.id, found.moved.word, found.moved.to_ms, null);
    const { id, word, more, below_by_ms, ...span } = found.laid;
    if (below_by_ms) return session.setTimesAndBelow(id, word, span, more, below_by_ms);
    return session.setTimes(id, word, span, more);
  }

  /** What is typed as an in or out of a row becomes so. */
  async function timed(/** @type {CueRow} */ row, /** @type {Edge} */ edge) {
    const field = row[edge];
    const { cue, made } = row;
    if (!cue || !touched.has(field)) return;
    const { read, show, noTime } = clock();
    const to_ms = read(field.value);
    if (to_ms === null) return refuse(field, noTime(field.value));
    const was_ms = given.get(field)?.to_ms ?? (edge === "start" ? cue.start_ms : cue.end_ms);
    if (show(to_ms) === show(was_ms)) return given.has(field) ? undefined : void touched.delete(field);
    const placed = await place(cue, made ?? null, edge, to_ms);
    if ("refused" in placed) return refuse(field, placed.refused);
    const { id, revision } = placed;
    if (revision === undefined) {
      touched.delete(field);
      return onRefused();
    }
    return void given.set(field, { id, revision, edge, to_ms });
  }

  return {
    isChanging: (/** @type {HTMLElement} */ field) => touched.has(field),
    touch: (/** @type {HTMLElement} */ field) => void touched.add(field),
    typed,
    left,
    timed,
    place,
    commit,
    /** A row shows another caption, or again what is so. @param {CueRow} row */
    forget({ start, end, text }) {
      for (const field of [start, end, text]) touched.delete(field);
    },
    /**
     * Captions were made: times that they are made of show what became of them.
     * @param {readonly import("./cues.js").Cue[]} cues
     */
    made(cues) {
      for (const [field, { id, revision, edge, to_ms }] of given) {
        const of = cues.filter(({ parts }) => parts.some((one) => one.segment_id === id && one.revision >= revision));
        if (of.length === 0) continue;
        given.delete(field);
        touched.delete(field);
        const times = of.map(({ start_ms, end_ms }) => (edge === "start" ? start_ms : end_ms));
        const [nearest_ms] = times.sort((a, b) => Math.abs(a - to_ms) - Math.abs(b - to_ms));
        const { show } = clock();
        if (show(nearest_ms) !== show(to_ms)) toast(strings.byRules(edge, show(nearest_ms)));
      }
    },
    /**
     * End a line at the caret, or with `isBroken` false let the lines beside it be one. A line break that the rules
     * chose stays.
     * @param {CueRow} row
     */
    async breakLine(row, isBroken = true, at = row.text.selectionStart) {
      commit();
      const { value } = row.text;
      const [above, below] = [value.slice(0, at).trimEnd(), value.slice(at).trimStart()];
      const pieces = row.pieces && movedPieces(row.pieces, session.shownText);
      const end = pieces && placeIn(pieces, onOneLine(above).length);
      const words = end ? session.shownWords(end.id) : [];
      const word = words.find((one) => one && end && offsetAfter(one) === end.offset);
      if (!end || !word || !above || !below) return toast(strings.breakBetween);
      // The lines that are made of it come soon.
      typing = null;
      touched.delete(row.text);
      if (isBroken) {
        row.text.value = `${above}\n${below}`;
        row.text.setSelectionRange(above.length + 1, above.length + 1);
        grown(row);
      }
      if (!(await attempt(() => session.endLine(end.id, word, isBroken)))) onRefused();
      return undefined;
    },
    /** Make two captions of one at the caret. @param {CueRow} row */
    async split(row) {
      commit();
      const { value, selectionStart } = row.text;
      const [above, below] = [value.slice(0, selectionStart), value.slice(selectionStart)].map(onOneLine);
      const pieces = row.pieces && movedPieces(row.pieces, session.shownText);
      const at = pieces && placeIn(pieces, textOfPieces(pieces).length - below.length);
      if (!at || !above || !below) return toast(strings.splitBetween);
      if (await attempt(() => session.split(at.id, at.offset))) announce(strings.split);
    },
  };
}
