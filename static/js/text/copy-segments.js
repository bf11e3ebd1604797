/** Copies the segments that are chosen: a line each, with the name where the speaker changes. */

/**
 * @param {{selection: ReturnType<typeof import("./chosen-segments.js").createSelection>,
 *   doc(): import("../transcript/transcript.js").Doc, textOf(id: string): string, signal: AbortSignal}} means
 */
export function mountCopying({ selection, doc, textOf, signal }) {
  document.addEventListener(
    "copy",
    (event) => {
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
