/**
 * Copies the segments that are chosen: a line each, with the name where the speaker changes; or the
 * text that is selected over several of them, as it is.
 */

/**
 * @param {{selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   doc(): import("../transcript/transcript.js").Doc, textOf(id: string): string,
 *   partsAcross(): readonly import("./across.js").Part[] | null, signal: AbortSignal}} means
 */
export function mountCopying({ selection, doc, textOf, partsAcross, signal }) {
  document.addEventListener(
    "copy",
    (event) => {
      const parts = partsAcross();
      if (parts) {
        const lines = parts.map(({ id, start, end }) => textOf(id).slice(start, end));
        event.clipboardData?.setData("text/plain", lines.join("\n"));
        return event.preventDefault();
      }
      const ids = selection.ids();
      // What is selected within a text or a field is what is meant.
      const isOther = getSelection()?.isCollapsed === false || document.activeElement?.matches("input, textarea");
      if (ids.length === 0 || isOther) return;
      event.clipboardData?.setData(
        "text/plain",
        copied(ids.map((id) => ({ speaker: doc().byId.get(id)?.speaker ?? null, text: textOf(id) }))),
      );
      event.preventDefault();
    },
    { signal },
  );
}

/** @param {readonly {speaker: string | null, text: string}[]} lines */
export const copied = (lines) =>
  lines
    .map(({ speaker, text }, at) => (speaker && speaker !== lines[at - 1]?.speaker ? `${speaker}: ${text}` : text))
    .join("\n");
