/** The menu that exports: the rules of captions to choose, how many are broken, and a file of each format. */

import { presetOptions } from "../captions/cues.js";
import { ORIGINAL, PURPOSES } from "../captions/formats.js";
import { strings as captionStrings } from "../captions/strings.js";
import { find, make, setText } from "../shared/dom.js";
import { mountClosing } from "../shared/menu.js";
import { UserError } from "../shared/user-error.js";
import { strings } from "./strings.js";

/** @param {HTMLDetailsElement} menu @param {Parameters<typeof import("./top-bar.js").mountTop>[1]} actions */
export function mountExport(
  menu,
  { onDownload, whenSaved, exportAddress, presets, lint, chosenPreset, toText, signal },
) {
  const close = mountClosing(menu, { toText, signal });
  const preset = /** @type {HTMLSelectElement} */ (find("select", menu));
  preset.append(
    ...presetOptions(
      [...new Set(["lines", chosenPreset.get()])].map((name) => ({ name })),
      chosenPreset.get(),
    ),
  );
  const offer = async () => {
    const { presets: ours, own } = await presets();
    preset.replaceChildren(...presetOptions([...ours, ...own], preset.value));
  };
  const download = (/** @type {Event} */ event, /** @type {string} */ format) => {
    event.preventDefault();
    onDownload(exportAddress(format, preset.value, ticked()));
    close();
  };
  /** What can be chosen of documents, each with its box. */
  const times = make("input", { type: "checkbox" });
  const notes = make("input", { type: "checkbox" });
  const numbers = make("input", { type: "checkbox" });
  const boxes = [
    make("label", { class: "ticks" }, times, strings.exported.times),
    make("label", { class: "ticks" }, notes, strings.exported.notes),
    make("label", { class: "ticks" }, numbers, strings.exported.numbers),
  ];
  const ticked = () => ({
    ...(times.checked && { times: "turn" }),
    ...(notes.checked && { notes: "true" }),
    ...(numbers.checked && { line_numbers: "true" }),
  });
  /** @param {import("../captions/formats.js").Format} format */
  const link = ([format, label]) =>
    make(
      "li",
      {},
      make(
        "a",
        { href: exportAddress(format, "lines"), "data-format": format, onclick: (event) => download(event, format) },
        label,
      ),
    );
  const groups = PURPOSES.map(({ purpose, label, formats }) => {
    const id = `export-${purpose}`;
    const choices = purpose === "documents" ? [make("li", {}, ...boxes)] : [];
    const list = make("ul", { id, "aria-label": label }, ...choices, ...formats.map(link));
    const head = make("button", { type: "button", "aria-controls": id, onclick: () => unfold(purpose) }, label);
    return { purpose, head, list };
  });
  /** Show the formats of one purpose, or of none where it was shown. @param {string} chosen */
  function unfold(chosen) {
    for (const { purpose, head, list } of groups) {
      list.hidden = purpose !== chosen || !list.hidden;
      head.setAttribute("aria-expanded", String(!list.hidden));
    }
  }
  for (const { list } of groups) list.hidden = true;
  unfold("captions");
  find("ul", menu).append(link(ORIGINAL));
  find(".panel", menu).append(make("div", { class: "purposes" }, ...groups.flatMap(({ head, list }) => [head, list])));
  const counts = make("p", { role: "status", "data-part": "lint" });
  find("ul", menu).before(counts);
  const count = async () => {
    if (!menu.open) return;
    const asked = preset.value;
    let said = strings.uncheckedRules;
    try {
      await whenSaved();
      await offer();
      const { errors, warnings } = await lint(asked);
      said = captionStrings.brokenRules(errors, warnings);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    } finally {
      if (asked === preset.value) setText(counts, said);
    }
  };
  menu.addEventListener("toggle", count, { signal });
  preset.addEventListener(
    "change",
    () => {
      chosenPreset.set(preset.value);
      return count();
    },
    { signal },
  );
}
