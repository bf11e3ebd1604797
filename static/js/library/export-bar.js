/** The bar that exports the chosen transcripts of the library, all in one file. */

import { presetOptions } from "../captions/cues.js";
import { ORIGINAL, PURPOSES } from "../captions/formats.js";
import { find, make, setText } from "../shared/dom.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLElement} bar
 * @param {{presets(): Promise<import("../captions/cues.js").Presets>,
 *   download(ids: readonly string[], format: string, preset: string): void,
 *   chooseAll(isChosen: boolean): void, onTags(ids: readonly string[]): void, attempt(run: () => Promise<unknown>): unknown}} means
 */
export function mountBatch(bar, { presets, download, chooseAll, onTags, attempt }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, bar));
  /** @type {readonly string[]} */
  let chosen = [];
  const option = (/** @type {import("../captions/formats.js").Format} */ [format, label]) =>
    new Option(label, format, false, format === "srt");
  part("format").append(
    option(ORIGINAL),
    ...PURPOSES.map(({ label, formats }) => make("optgroup", { label }, ...formats.map(option))),
  );
  const offer = async () => {
    const { presets: ours, own } = await presets();
    part("preset").replaceChildren(...presetOptions([...ours, ...own], part("preset").value || "lines"));
  };
  part("export").addEventListener("click", () =>
    download(chosen, part("format").value, part("preset").value || "lines"),
  );
  part("tag").addEventListener("click", () => onTags(chosen));
  part("all").addEventListener("click", () => chooseAll(true));
  part("none").addEventListener("click", () => chooseAll(false));
  return {
    update(/** @type {readonly string[]} */ ids) {
      if (chosen.length === 0 && ids.length > 0) attempt(offer);
      chosen = ids;
      const isNew = bar.hidden && ids.length > 0;
      bar.hidden = ids.length === 0;
      // The bar comes over the foot of the window, where the card may be that was just ticked.
      if (isNew) document.activeElement?.closest(".card")?.scrollIntoView({ block: "nearest" });
      setText(part("count"), strings.transcripts(ids.length));
    },
  };
}
