/**
 * Copies of what is selected for elsewhere: a quote with speaker and time, the address of a moment, the
 * sound as a file.
 */

import * as api from "../server/api.js";
import { startOfSegment } from "../transcript/transcript.js";
import { saveFile } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { copyText } from "../shared/copy-text.js";
import { toast } from "../shared/toast.js";
import { clipSpan } from "../transcript/passages.js";
import { quoteOf } from "../text/quote.js";
import { addressOf } from "./moment.js";
import { strings } from "./strings.js";

/** @typedef {import("../text/across.js").Part} Part */

/**
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Writing} writing
 */
export function createCopying({ id: transcript_id, session, attempt }, { verbs }) {
  const doc = () => session.state().doc;

  /** @param {Part} part */
  function quoted({ id, start, end }) {
    const segment = doc().byId.get(id);
    const at_ms = start > 0 ? verbs.timeAt(id, start) : null;
    return {
      text: session.shownText(id).slice(start, end),
      speaker: segment?.speaker ?? null,
      start_ms: at_ms ?? (segment ? startOfSegment(segment) : null),
    };
  }
  /** From when to when a passage is said; null where it has no times. @param {readonly Part[]} parts */
  function spanOf(parts) {
    const spans = parts.map(({ id, start, end }) => (start < end ? verbs.spanOf(id, start, end) : null));
    return clipSpan(doc(), spans);
  }
  return {
    async quote(/** @type {readonly Part[]} */ parts) {
      if (await copyText(quoteOf(parts.map(quoted)))) toast(strings.quoteCopied);
    },
    async link(/** @type {{id: string, offset: number}} */ { id, offset }) {
      const time_ms = verbs.timeAt(id, offset);
      if (time_ms === null) return toast(strings.noTimes);
      if (await copyText(addressOf(time_ms))) toast(strings.linkCopied(clock(time_ms)));
    },
    async clip(/** @type {readonly Part[]} */ parts) {
      const span = spanOf(parts);
      if (!span) return toast(strings.noTimes);
      toast(strings.cutting);
      return attempt(async () => {
        const { name, blob } = await api.download(api.clipAddress(transcript_id, span));
        saveFile(name, blob);
        toast(strings.clipSaved(clock(span.start_ms), clock(span.end_ms)));
      });
    },
  };
}
