/**
 * What the library takes on its disk, the largest transcripts, and what can go.
 *
 * @typedef {{kind: string, count: number, size_bytes: number}} Removable
 * @typedef {{recording_bytes: number, copy_bytes: number, peaks_bytes: number, work_bytes: number,
 *   uploads_bytes: number, database_bytes: number, total_bytes: number, removable: Removable[],
 *   transcripts: {transcript_id: string, title: string, in_trash: boolean, total_bytes: number}[]}} Storage
 */

import { find, make, setText } from "../shared/dom.js";
import { bytes } from "../shared/format.js";
import { counted } from "../shared/language.js";
import { strings } from "./strings.js";

const PARTS = /** @type {const} */ ([
  "recording_bytes",
  "copy_bytes",
  "peaks_bytes",
  "work_bytes",
  "uploads_bytes",
  "database_bytes",
  "total_bytes",
]);

/**
 * @param {HTMLDialogElement} dialog
 * @param {{storage(): Promise<Storage>, clean(kinds: string[]): Promise<{removed: Removable[]}>,
 *   attempt(run: () => Promise<unknown>): unknown, pageOf(id: string): string}} means
 */
export function mountStorage(dialog, { storage, clean, attempt, pageOf }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  const chosen = () => [...part("removable").querySelectorAll("input:checked")].map(({ value }) => value);
  const offer = () => (part("clean").disabled = chosen().length === 0);
  part("close").addEventListener("click", () => dialog.close());
  part("removable").addEventListener("change", offer);
  part("clean").addEventListener("click", () =>
    attempt(async () => {
      const { removed } = await clean(chosen());
      const freed = removed.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
      await load();
      setText(part("told"), strings.freed(bytes(freed)));
    }),
  );

  async function load() {
    const found = await storage();
    part("parts").replaceChildren(
      ...PARTS.flatMap((name) => [make("dt", {}, strings.storage[name]), make("dd", {}, bytes(found[name]))]),
    );
    part("largest").replaceChildren(...found.transcripts.map((one) => largestItem(one, pageOf)));
    part("removable").replaceChildren(...found.removable.map(removableItem));
    part("nothing").hidden = found.removable.length > 0;
    offer();
  }

  return {
    open() {
      setText(part("told"), "");
      return attempt(async () => {
        await load();
        dialog.showModal();
      });
    },
  };
}

/** @param {Storage["transcripts"][number]} held @param {(id: string) => string} pageOf */
function largestItem({ transcript_id, title, in_trash, total_bytes }, pageOf) {
  const where = in_trash ? make("span", { class: "hint" }, ` ${strings.isInTrash}`) : "";
  return make(
    "li",
    {},
    make("span", {}, make("a", { href: pageOf(transcript_id), dir: "auto" }, title), where),
    make("span", { class: "size" }, bytes(total_bytes)),
  );
}

/** @param {Removable} removable */
function removableItem({ kind, count, size_bytes }) {
  const [one, many, what] = strings.removable[kind] ?? [kind, kind, ""];
  const box = make("input", { type: "checkbox", value: kind });
  const label = make(
    "label",
    { class: "choose" },
    box,
    make("span", {}, `${counted(count, one, many)} `, make("span", { class: "hint" }, what)),
  );
  return make("li", {}, label, make("span", { class: "size" }, bytes(size_bytes)));
}
