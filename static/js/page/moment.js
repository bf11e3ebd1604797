/**
 * Addresses of moments: /t/ID#t=16:50 leads to a time, #s=SEGMENT to a segment, as it then is, with &q=WORDS to
 * these in it, played; also from one that is open already.
 */

import { placeCaret, rangeIn } from "../text/caret.js";
import { segmentAtTime, startOfSegment } from "../transcript/transcript.js";
import { clock, parseClock } from "../shared/format.js";
import { foundWords } from "../shared/found-words.js";
import { toast } from "../shared/toast.js";
import { strings } from "./strings.js";

/**
 * @param {string} hash of an address
 * @returns {{time_ms: number} | {id: string, query: string, isSought: boolean} | null}
 */
export function momentIn(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const time_ms = parseClock(given.get("t")?.replace(/s$/, "") ?? "");
  if (time_ms !== null) return { time_ms };
  const id = given.get("s");
  return id ? { id, query: given.get("q") ?? "", isSought: given.has("q") } : null;
}

/** As 16:50.3, never before the time: what speaks just before would be led to. @param {number} time_ms */
export function linkedTime(time_ms) {
  const tenths = Math.ceil(time_ms / 100);
  return tenths % 10 === 0 ? clock(tenths * 100) : `${clock(tenths * 100)}.${tenths % 10}`;
}

/** The address of a moment of this page. @param {number} time_ms */
export const addressOf = (time_ms) => `${location.origin}${location.pathname}#t=${linkedTime(time_ms)}`;

/**
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 */
export function createMoments({ session, ceiling, signal }, { player, painter }, { text, verbs, reveal }) {
  /** Show a segment at a third of the text's height, and play from a time. */
  function show(/** @type {string} */ id, /** @type {number | null} */ time_ms, offset = 0) {
    text.update(session.state());
    reveal(id);
    const row = text.rowOf(id);
    const box = text.boxOf(id);
    if (!row || !box) return;
    row.scrollIntoView({ block: "start", behavior: "instant" });
    // Rows take their heights once they are in sight.
    requestAnimationFrame(() => {
      scrollBy({ top: row.getBoundingClientRect().top - ceiling() - innerHeight / 5, behavior: "instant" });
      if (!matchMedia("(pointer: coarse)").matches) placeCaret(box, offset);
    });
    if (time_ms !== null) player.seek(time_ms);
  }
  function goTo(/** @type {number} */ time_ms) {
    const segment = segmentAtTime(session.state().doc, time_ms);
    if (segment) show(segment.id, time_ms);
    else player.seek(time_ms);
  }
  /** Show what was sought in a segment, and play it where the browser lets a page begin. */
  function showSought(
    /** @type {import("../transcript/transcript.js").Segment} */ segment,
    /** @type {{query: string, isSought: boolean}} */ { query, isSought },
  ) {
    const [sought] = foundWords(session.shownText(segment.id), query);
    const time_ms = sought ? verbs.timeAt(segment.id, sought.start) : null;
    show(segment.id, time_ms ?? startOfSegment(segment), sought?.start);
    const box = text.boxOf(segment.id);
    painter.found(box && sought ? rangeIn(box, sought.start, sought.end) : null);
    // It has been seen when the person goes on.
    for (const event of ["pointerdown", "keydown"])
      addEventListener(event, () => painter.found(null), { once: true, signal });
    if (sought || isSought) player.play();
  }
  /** Go where the address says; whether it says anything. */
  function follow() {
    const moment = momentIn(location.hash);
    if (moment === null) return false;
    if ("time_ms" in moment) goTo(moment.time_ms);
    else {
      const segment = session.state().doc.byId.get(moment.id);
      if (segment) showSought(segment, moment);
      else toast(strings.momentGone);
    }
    return true;
  }
  addEventListener("hashchange", follow, { signal });
  return { goTo, follow };
}
