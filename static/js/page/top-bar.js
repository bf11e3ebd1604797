/** The bar above the text: title, coverage, doubts and save state. */

import { announce, find, isComposing, setText } from "../shared/dom.js";
import { mountExport } from "./export-menu.js";
import { doubtsSentence, heardSentence, provisionalSentence, trackSentence } from "../shared/progress-sentences.js";
import { strings } from "./strings.js";

/** @type {Record<string, (state: import("../saving/session.js").State) => string>} */
const SAVE = {
  saved: () => strings.save.saved,
  saving: () => strings.save.saving,
  unreachable: ({ why, isStored }) => `${why} ${isStored ? strings.save.keptHere : strings.save.keptInPage}`,
  choice: () => strings.save.choice,
  gone: () => strings.save.gone,
};

/** Whether captions were brought that are late or early. @param {import("../transcript/transcript.js").Doc} doc */
const isMendable = ({ coverage, imported }) =>
  ["srt", "vtt"].includes(imported?.format) &&
  (coverage?.remarks ?? []).some((/** @type {any} */ { kind }) => kind === "drift");

/** What a person's own file may be in to be given back corrected. */
const GIVEN_BACK = ["srt", "vtt", "txt", "ass", "ttml"];

/**
 * @param {HTMLElement} element
 * @param {{onTitle(title: string, was: string): void, mendedAddress: string, whenSaved(): Promise<unknown>,
 *   onDownload(address: string): unknown, exportAddress(format: string, preset: string, choices?: Record<string, string>): string,
 *   presets(): Promise<import("../captions/cues.js").Presets>,
 *   lint(preset: string): Promise<{errors: number, warnings: number}>,
 *   chosenPreset: {get(): string, set(name: string): void}, frameRate(): string, toText(): void, signal: AbortSignal}} actions
 */
export function mountTop(element, actions) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  const { signal } = actions;
  const on = (/** @type {string} */ name, /** @type {string} */ event, /** @type {(event: any) => void} */ run) =>
    part(name).addEventListener(event, run, { signal });

  on("title", "focus", () => (seenTitle = part("title").value));
  on("title", "change", () => actions.onTitle(part("title").value.trim(), seenTitle));
  on("title", "keydown", (event) => {
    if (isComposing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    if (event.key === "Escape") part("title").value = shownTitle;
    part("title").blur();
  });
  on("mended", "click", (event) => {
    event.preventDefault();
    actions.onDownload(actions.mendedAddress);
  });
  part("mended").href = actions.mendedAddress;
  const exporting = mountExport(part("export"), actions);

  let said = "";
  let seenTitle = "";
  let shownTitle = "";
  return {
    openExport: exporting.open,
    /**
     * @param {import("../saving/session.js").State} state
     * @param {number} doubtCount
     */
    update(state, doubtCount) {
      const { doc, save } = state;
      if (document.activeElement !== part("title")) part("title").value = doc.title;
      shownTitle = doc.title;
      setText(part("heading"), doc.title);
      setText(part("coverage"), `${heardSentence(doc)} ${trackSentence(doc)}`.trim());
      part("drift").hidden = !isMendable(doc);
      setText(part("provisional"), provisionalSentence(doc));
      setText(part("doubts"), doubtsSentence(doc, doubtCount));
      const original = part("export").querySelector("[data-format=original]");
      original.parentElement.hidden = !GIVEN_BACK.includes(doc.imported?.format);
      const says = SAVE[save](state);
      setText(part("save"), says);
      part("save").dataset.state = save;
      if (says !== said && save !== "saving" && said !== "") announce(says);
      if (save !== "saving") said = says;
    },
  };
}
