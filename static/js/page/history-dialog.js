/**
 * The history: what was changed and when, named versions, and any earlier state beside the present
 * one, to bring back in whole or by segment.
 */

import { segmentDiff } from "../transcript/diff.js";
import { find, make, setText } from "../shared/dom.js";
import { UserError } from "../shared/user-error.js";
import { ORIGINAL, listItems, marked } from "./history-list.js";
import { strings } from "./strings.js";

const MOST_ROWS = 300;

/**
 * @param {HTMLDialogElement} dialog
 * @param {{history(before: number | null): Promise<{steps: import("./history-list.js").Step[], versions: import("./history-list.js").Version[], deeds: import("./history-list.js").Activity[]}>,
 *   past(revision_id: number): Promise<import("../transcript/diff.js").Line[]>,
 *   present(): import("../transcript/diff.js").Line[], seq(): number, name(name: string): Promise<any>,
 *   forget(version_id: number): Promise<any>,
 *   restore(revision_id: number, segment_id: string | null, base_seq: number): Promise<any>,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function mountHistory(dialog, { history, past, present, seq, name, forget, restore, attempt, signal }) {
  const part = (/** @type {string} */ which) => /** @type {any} */ (find(`[data-part="${which}"]`, dialog));
  /** @type {import("./history-list.js").Step[]} */
  let steps = [];
  /** @type {import("./history-list.js").Version[]} */
  let versions = [];
  /** @type {import("./history-list.js").Activity[]} */
  let deeds = [];
  let chosen = ORIGINAL;
  /** The present state as it is shown. @type {import("../transcript/diff.js").Line[]} */
  let compared = [];
  /** How far changes of others were known then. */
  let compared_seq = 0;
  const on = (/** @type {string} */ which, /** @type {string} */ event, /** @type {(event: any) => unknown} */ run) =>
    part(which).addEventListener(event, run, { signal });

  on("close", "click", () => dialog.close());
  on("naming", "submit", (event) => {
    event.preventDefault();
    const wanted = part("name").value.trim();
    if (!wanted) return;
    void attempt(async () => {
      await name(wanted);
      if (part("name").value.trim() === wanted) part("name").value = "";
      await load();
    });
  });
  on("more", "click", () => attempt(() => load(steps.at(-1)?.id ?? null)));
  on("restore", "click", () => bringBack(null));
  part("list").addEventListener(
    "click",
    (/** @type {any} */ { target }) => {
      const { revision, forget: version } = target.closest("button")?.dataset ?? {};
      if (version)
        void attempt(async () => {
          await forget(Number(version));
          await load();
        });
      else if (revision) void attempt(() => compare(Number(revision)));
    },
    { signal },
  );
  part("rows").addEventListener(
    "click",
    (/** @type {any} */ { target }) => {
      const segment_id = target.closest("button")?.dataset.segment;
      if (segment_id) void bringBack(segment_id);
    },
    { signal },
  );

  const bringBack = (/** @type {string | null} */ segment_id) =>
    attempt(async () => {
      const now = present();
      if (looks(now, segment_id) !== looks(compared, segment_id)) {
        await compare(chosen);
        throw new UserError(strings.changedMeanwhile);
      }
      try {
        await restore(chosen, segment_id, compared_seq);
      } finally {
        await load();
        await compare(chosen);
      }
    });

  async function load(/** @type {number | null} */ before = null) {
    const answer = await history(before);
    steps = before === null ? answer.steps : [...steps, ...answer.steps];
    ({ versions, deeds } = answer);
    part("more").hidden = answer.steps.length === 0 || answer.steps.length < 50;
    showList();
  }

  const showList = () =>
    part("list").replaceChildren(...listItems({ steps, versions, deeds }, chosen, part("more").hidden));

  async function compare(/** @type {number} */ revision) {
    const then = await past(revision);
    chosen = revision;
    showList();
    compared = present();
    compared_seq = seq();
    showDifference(part, then, compared);
  }

  return {
    open() {
      setText(part("difference"), "");
      part("rows").replaceChildren();
      dialog.showModal();
      void attempt(async () => {
        await load();
        await compare(versions[0]?.revision_id ?? ORIGINAL);
      });
    },
  };
}

/**
 * What can be told apart of a segment, or (null) of all.
 * @param {import("../transcript/diff.js").Line[]} lines
 * @param {string | null} only
 */
const looks = (lines, only) =>
  JSON.stringify(
    lines.filter(({ id }) => only === null || id === only).map(({ id, speaker, text }) => [id, speaker, text]),
  );

/**
 * @param {(name: string) => any} part
 * @param {import("../transcript/diff.js").Line[]} then
 * @param {import("../transcript/diff.js").Line[]} now
 */
function showDifference(part, then, now) {
  const there = new Set(now.map(({ id }) => id));
  const rows = segmentDiff(then, now);
  setText(part("difference"), rows.length ? strings.differing(rows.length) : strings.same);
  const wasAtRestore = document.activeElement === part("restore");
  part("restore").hidden = rows.length === 0;
  if (wasAtRestore && rows.length === 0)
    part("difference").closest("dialog").querySelector("[aria-pressed=true]")?.focus();
  part("heads").hidden = rows.length === 0;
  part("rows").replaceChildren(...rows.slice(0, MOST_ROWS).map((row) => differenceRow(row, there)));
}

/**
 * A segment then and now, and the button that brings it back where it is still there.
 * @param {{past: import("../transcript/diff.js").Line | null, now: import("../transcript/diff.js").Line | null}} row
 * @param {ReadonlySet<string>} there
 */
function differenceRow({ past, now }, there) {
  const [before, after] = [past?.text ?? "", now?.text ?? ""];
  const isRenamed = past?.speaker !== now?.speaker;
  const cell = (/** @type {import("../transcript/diff.js").Line | null} */ line, /** @type {string} */ side) =>
    make(
      "td",
      { dir: "auto" },
      line?.speaker && isRenamed ? make("b", {}, `${line.speaker}: `) : null,
      ...(line ? marked(before, after, [side]) : [make("i", {}, strings.notThere)]),
    );
  const traits = { type: "button", "data-segment": past?.id ?? "", "aria-label": strings.restoreText(before) };
  const button = past && there.has(past.id) ? make("button", traits, strings.restore) : "";
  return make("tr", {}, cell(past, "gone"), cell(now, "new"), make("td", {}, button));
}
