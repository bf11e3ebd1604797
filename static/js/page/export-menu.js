/** The menu that exports: the rules of captions to choose, how many are broken, and a file of each format. */

import { presetOptions } from "../captions/cues.js";
import { ORIGINAL, PURPOSES } from "../captions/formats.js";
import { strings as captionStrings } from "../captions/strings.js";
import { find, make, setText } from "../shared/dom.js";
import { mountClosing } from "../shared/menu.js";
import { UserError } from "../shared/user-error.js";
import { choicesOf } from "./export-choices.js";
import { strings } from "./strings.js";

/** @param {HTMLDetailsElement} menu @param {Parameters<typeof import("./top-bar.js").mountTop>[1]} actions */
export function mountExport(
  menu,
  { onDownload, whenSaved, exportAddress, presets, lint, chosenPreset, frameRate, toText, signal },
) {
  const { close, open } = mountClosing(menu, { toText, signal });
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
  /** @param {import("../captions/formats.js").Format} format @param {() => Record<string, string>} chosen */
  const link = ([format, label], chosen) => {
    const download = (/** @type {Event} */ event) => {
      event.preventDefault();
      onDownload(exportAddress(format, preset.value, chosen()));
      close();
    };
    const traits = { href: exportAddress(format, "lines"), "data-format": format, onclick: download };
    return make("li", {}, make("a", traits, label));
  };
  const groups = PURPOSES.map(({ purpose, label, formats }) => {
    const id = `export-${purpose}`;
    const { parts, chosen, prefer } = choicesOf(/** @type {import("./export-choices.js").Purpose} */ (purpose));
    const choices = parts.length > 0 ? [make("li", {}, ...parts)] : [];
    const list = make("ul", { id, "aria-label": label }, ...choices, ...formats.map((one) => link(one, chosen)));
    const head = make("button", { type: "button", "aria-controls": id, onclick: () => unfold(purpose) }, label);
    return { purpose, head, list, prefer };
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
  find("ul", menu).append(link(ORIGINAL, () => ({})));
  find(".makes", menu).before(make("div", { class: "purposes" }, ...groups.flatMap(({ head, list }) => [head, list])));
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
  menu.addEventListener("toggle", () => groups.forEach(({ prefer }) => prefer(frameRate())), { signal });
  preset.addEventListener(
    "change",
    () => {
      chosenPreset.set(preset.value);
      return count();
    },
    { signal },
  );
  return { open };
}
