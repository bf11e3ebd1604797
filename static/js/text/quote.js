/** Quotes of the text with who said it and when. Pure. */

import { clock } from "../shared/format.js";

/**
 * One quotation for each speaker in a row.
 *
 * quoteOf([{text: "Yes.", speaker: "Ann", start_ms: 1000}]) gives “Yes.” – Ann, 0:01
 * @param {readonly {text: string, speaker: string | null, start_ms: number | null}[]} parts in the order of the text
 */
export function quoteOf(parts) {
  /** @type {{texts: string[], speaker: string | null, start_ms: number | null}[]} */
  const turns = [];
  for (const { text, speaker, start_ms } of parts.filter((part) => part.text.trim() !== "")) {
    const last = turns.at(-1);
    if (last && last.speaker === speaker) last.texts.push(text.trim());
    else turns.push({ texts: [text.trim()], speaker, start_ms });
  }
  return turns
    .map(({ texts, speaker, start_ms }) => {
      const source = [speaker, start_ms === null ? null : clock(start_ms)].filter((one) => one !== null);
      return `“${texts.join(" ")}”${source.length > 0 ? ` – ${source.join(", ")}` : ""}`;
    })
    .join("\n");
}
