/**
 * What the library takes on its disk, the largest transcripts, and what can go.
 *
 * @typedef {{kind: string, count: number, size_bytes: number}} Removable
 * @typedef {{recording_bytes: number, copy_bytes: number, peaks_bytes: number, work_bytes: number,
 *   uploads_bytes: number, database_bytes: number, total_bytes: number, removable: Removable[],
 *   transcripts: {transcript_id: string, title: string, in_trash: boolean, total_bytes: number}[]}} Storage
 */

import { find, make, setText } from "../shared/dom.js";
import { bytes, counted } from "../shared/format.js";

/** @type {[keyof Storage, string][]} */
const PARTS = [
  ["recording_bytes", "Recordings"],
  ["copy_bytes", "Copies for browsers"],
  ["peaks_bytes", "Waveforms"],
  ["work_bytes", "Decoded sound"],
  ["uploads_bytes", "Unfinished uploads"],
  ["database_bytes", "Texts and history"],
  ["total_bytes", "Total"],
];
/**
 * What each kind is called, alone and several, and what its going means.
 * @type {Record<string, [string, string, string]>}
 */
const KINDS = {
  copies: ["copy for browsers", "copies for browsers", "Made again when the transcript is opened."],
  work: ["file of decoded sound", "files of decoded sound", "Made again when the recording is recognised."],
  uploads: ["abandoned upload", "abandoned uploads", "No data received for a week."],
  trash: [
    "transcript in the trash",
    "transcripts in the trash",
    "In the trash for more than 30 days; will be deleted permanently.",
  ],
  leftovers: ["leftover", "leftovers", "Orphaned files and copies from before old upgrades."],
  fetched: ["local copy", "local copies", "Left by a worker that was killed; downloaded again when needed."],
  room: ["unused area in the database", "unused areas in the database", "Space left by deleted text."],
};

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
      setText(part("told"), `${bytes(freed)} freed.`);
    }),
  );

  async function load() {
    const found = await storage();
    part("parts").replaceChildren(
      ...PARTS.flatMap(([name, label]) => [
        make("dt", {}, label),
        make("dd", {}, bytes(/** @type {number} */ (found[name]))),
      ]),
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
  const where = in_trash ? make("span", { class: "hint" }, " in the trash") : "";
  return make(
    "li",
    {},
    make("span", {}, make("a", { href: pageOf(transcript_id), dir: "auto" }, title), where),
    make("span", { class: "size" }, bytes(total_bytes)),
  );
}

/** @param {Removable} removable */
function removableItem({ kind, count, size_bytes }) {
  const [one, many, what] = KINDS[kind] ?? [kind, kind, ""];
  const box = make("input", { type: "checkbox", value: kind });
  const label = make(
    "label",
    { class: "choose" },
    box,
    make("span", {}, `${counted(count, one, many)} `, make("span", { class: "hint" }, what)),
  );
  return make("li", {}, label, make("span", { class: "size" }, bytes(size_bytes)));
}
