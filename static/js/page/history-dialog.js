/**
 * The history: what was changed and when, named versions, and any earlier state beside the present
 * one, to bring back in whole or by segment.
 *
 * @typedef {{id: number, action: string, kind: string, state: string, author: string | null,
 *   created_ms: number, segment_count: number, changes: {segment_id: string, before: string | null,
 *   after: string | null}[]}} Step
 * @typedef {{id: number, name: string, revision_id: number, created_ms: number, author: string | null}} Version
 * @typedef {{id: number, kind: string, before: string, after: string, author: string | null, created_ms: number}} Deed
 */

import { segmentDiff, wordDiff } from "../transcript/diff.js";
import { find, make, setText } from "../shared/dom.js";
import { ago } from "../shared/format.js";
import { icon } from "../shared/icon.js";
import { UserError } from "../shared/user-error.js";
import { strings } from "./strings.js";

const ORIGINAL = 0;
const MOST_ROWS = 300;

/** @param {Step} step */
function nameOf({ action, kind, state }) {
  const name = strings.steps[kind] ?? kind;
  if (action !== "edit") return action === "undo" ? strings.undoneStep(name) : strings.redoneStep(name);
  return state === "done" ? name : strings.isUndone(name);
}

/** Two texts in one line, with what went and what came. @param {string} before @param {string} after */
export const marked = (before, after, sides = ["gone", "new"]) =>
  wordDiff(before, after)
    .filter(({ kind }) => kind === "same" || sides.includes(kind))
    .map(({ kind, text }) => (kind === "same" ? text : make(kind === "gone" ? "del" : "ins", {}, text)));

/**
 * @param {HTMLDialogElement} dialog
 * @param {{history(before: number | null): Promise<{steps: Step[], versions: Version[], deeds: Deed[]}>,
 *   past(revision_id: number): Promise<import("../transcript/diff.js").Line[]>,
 *   present(): import("../transcript/diff.js").Line[], seq(): number, name(name: string): Promise<any>,
 *   forget(version_id: number): Promise<any>,
 *   restore(revision_id: number, segment_id: string | null, base_seq: number): Promise<any>,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function mountHistory(dialog, { history, past, present, seq, name, forget, restore, attempt, signal }) {
  const part = (/** @type {string} */ which) => /** @type {any} */ (find(`[data-part="${which}"]`, dialog));
  /** @type {Step[]} */
  let steps = [];
  /** @type {Version[]} */
  let versions = [];
  /** @type {Deed[]} */
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
 * What the list shows: named versions, steps with the deeds between them, and the beginning.
 * @param {{steps: Step[], versions: Version[], deeds: Deed[]}} known
 * @param {number} chosen
 * @param {boolean} isAll whether these are all steps
 */
function listItems({ steps, versions, deeds }, chosen, isAll) {
  const now_ms = Date.now();
  return [
    ...versions.map((version) => versionItem(version, chosen, now_ms)),
    ...byTime(steps, deeds, isAll).map((one) =>
      "state" in one ? stepItem(one, chosen, now_ms) : deedItem(one, now_ms),
    ),
    stateItem(ORIGINAL, strings.original, chosen),
  ];
}

/**
 * @param {(name: string) => any} part
 * @param {import("../transcript/diff.js").Line[]} then
 * @param {import("../transcript/diff.js").Line[]} now
 */
function showDifference(part, then, now) {
  const there = new Set(now.map(({ id }) => id));
  const rows = segmentDiff(then, now);
  setText(part("difference"), rows.length ? strings.differing(rows.length) : strings.same);
  part("restore").disabled = rows.length === 0;
  part("rows").replaceChildren(...rows.slice(0, MOST_ROWS).map((row) => differenceRow(row, there)));
}

/** The first change of a step. @param {Step} step */
function toldOf({ changes, segment_count }) {
  const first = changes.find(({ before, after }) => before !== after) ?? changes[0];
  const rest = segment_count > 1 ? ` ${strings.moreSegments(segment_count - 1)}` : "";
  return first ? [...marked(first.before ?? "", first.after ?? ""), rest] : [];
}

/**
 * A state that can be compared with.
 * @param {number} revision
 * @param {string} title
 * @param {number} chosen
 * @param {...Node} more
 */
function stateItem(revision, title, chosen, ...more) {
  const traits = {
    type: "button",
    class: "state-row",
    "data-revision": String(revision),
    "aria-pressed": String(revision === chosen),
  };
  return make("li", {}, make("button", traits, make("span", { class: "state-title" }, title), ...more));
}

/** @param {Version} version @param {number} chosen @param {number} now_ms */
function versionItem({ id, name, revision_id, created_ms, author }, chosen, now_ms) {
  const item = stateItem(revision_id, name, chosen, whenAndWho(author, created_ms, now_ms));
  const forget = {
    type: "button",
    class: "quiet",
    "aria-label": strings.removeVersion(name),
    "data-forget": String(id),
  };
  item.append(make("button", forget, icon("close")));
  return item;
}

/** @param {Step} step @param {number} chosen @param {number} now_ms */
function stepItem(step, chosen, now_ms) {
  return stateItem(
    step.id,
    nameOf(step),
    chosen,
    whenAndWho(step.author, step.created_ms, now_ms),
    make("span", { class: "what", dir: "auto" }, ...toldOf(step)),
  );
}

/** @param {string | null} author @param {number} created_ms @param {number} now_ms */
function whenAndWho(author, created_ms, now_ms) {
  const who = author === null ? [] : [make("b", { dir: "auto" }, author), " · "];
  return make("span", { class: "when" }, ...who, ago(created_ms, now_ms));
}

/** What was done to the whole; no state to compare with. @param {Deed} deed @param {number} now_ms */
function deedItem({ kind, before, after, author, created_ms }, now_ms) {
  const title = make("span", { class: "state-title" }, strings.deeds[kind] ?? kind);
  return make(
    "li",
    { class: "deed" },
    title,
    whenAndWho(author, created_ms, now_ms),
    make("span", { class: "what", dir: "auto" }, ...marked(before, after)),
  );
}

/**
 * Steps and deeds, newest first; deeds that are older than the steps at hand come with these.
 * @param {Step[]} steps
 * @param {Deed[]} deeds
 * @param {boolean} isAll
 */
function byTime(steps, deeds, isAll) {
  const oldest_ms = isAll ? 0 : (steps.at(-1)?.created_ms ?? 0);
  return [...steps, ...deeds.filter(({ created_ms }) => created_ms >= oldest_ms)].sort(
    (a, b) => b.created_ms - a.created_ms,
  );
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
