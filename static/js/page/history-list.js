/**
 * The list of the history: named versions, steps, and what was done to the whole between them.
 *
 * @typedef {{id: number, action: string, kind: string, state: string, author: string | null,
 *   created_ms: number, segment_count: number, changes: {segment_id: string, before: string | null,
 *   after: string | null}[]}} Step
 * @typedef {{id: number, name: string, revision_id: number, created_ms: number, author: string | null}} Version
 * @typedef {{id: number, kind: string, before: string, after: string, author: string | null, created_ms: number}} Activity
 */

import { wordDiff } from "../transcript/diff.js";
import { make } from "../shared/dom.js";
import { ago } from "../shared/format.js";
import { icon } from "../shared/icon.js";
import { strings } from "./strings.js";

/** The state before the first step. */
export const ORIGINAL = 0;

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
 * What the list shows: named versions, steps with the activity between them, and the beginning.
 * @param {{steps: Step[], versions: Version[], deeds: Activity[]}} known
 * @param {number} chosen
 * @param {boolean} isAll whether these are all steps
 */
export function listItems({ steps, versions, deeds }, chosen, isAll) {
  const now_ms = Date.now();
  return [
    ...versions.map((version) => versionItem(version, chosen, now_ms)),
    ...byTime(steps, deeds, isAll).map((one) =>
      "state" in one ? stepItem(one, chosen, now_ms) : activityItem(one, now_ms),
    ),
    stateItem(ORIGINAL, strings.original, chosen),
  ];
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

/** What was done to the whole; no state to compare with. @param {Activity} deed @param {number} now_ms */
function activityItem({ kind, before, after, author, created_ms }, now_ms) {
  const title = make("span", { class: "state-title" }, strings.deeds[kind] ?? kind);
  return make(
    "li",
    { class: "activity" },
    title,
    whenAndWho(author, created_ms, now_ms),
    make("span", { class: "what", dir: "auto" }, ...marked(before, after)),
  );
}

/**
 * Steps and activity, newest first; activity that is older than the steps at hand come with these.
 * @param {Step[]} steps
 * @param {Activity[]} deeds
 * @param {boolean} isAll
 */
function byTime(steps, deeds, isAll) {
  const oldest_ms = isAll ? 0 : (steps.at(-1)?.created_ms ?? 0);
  return [...steps, ...deeds.filter(({ created_ms }) => created_ms >= oldest_ms)].sort(
    (a, b) => b.created_ms - a.created_ms,
  );
}
