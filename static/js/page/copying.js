/** Copies of the text for elsewhere: a quote with speaker and time, and the address of a moment. */

import { startOfSegment } from "../transcript/transcript.js";
import { clock } from "../shared/format.js";
import { copyText } from "../shared/copy-text.js";
import { toast } from "../shared/toast.js";
import { quoteOf } from "../text/quote.js";
import { addressOf } from "./moment.js";
import { strings } from "./strings.js";

/**
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Writing} writing
 */
export function createCopying({ session }, { selection, verbs, typing }) {
  const partOf = (/** @type {string} */ id) => {
    const segment = session.state().doc.byId.get(id);
    return {
      text: session.shownText(id),
      speaker: segment?.speaker ?? null,
      start_ms: segment ? startOfSegment(segment) : null,
    };
  };
  /** What is selected in a segment's text, with its time; all of it where nothing is. */
  function partAtCaret(/** @type {string} */ id) {
    const last = typing.caret() ?? typing.last();
    const whole = partOf(id);
    if (last.id !== id || last.start === last.offset) return whole;
    const [start, end] = [last.start, last.offset];
    return { ...whole, text: whole.text.slice(start, end), start_ms: verbs.timeAt(id, start) ?? whole.start_ms };
  }
  return {
    /** The selected segments if this is one of them, else what is selected in this one, else all of it. */
    async quote(/** @type {string} */ id) {
      const parts = selection.has(id) ? selection.ids().map(partOf) : [partAtCaret(id)];
      if (await copyText(quoteOf(parts))) toast(strings.quoteCopied);
    },
    async link(/** @type {{id: string, offset: number}} */ { id, offset }) {
      const time_ms = verbs.timeAt(id, offset);
      if (time_ms === null) return toast(strings.noTimes);
      if (await copyText(addressOf(time_ms))) toast(strings.linkCopied(clock(time_ms)));
    },
  };
}
