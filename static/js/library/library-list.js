/** Shows the transcripts that are there, each with its job. */

import { isActive } from "../transcript/transcript.js";
import { find, make, setText, whenOther } from "../shared/dom.js";
import { ago, clock, coverageSentence, isolated } from "../shared/format.js";
import { describe } from "../shared/job-line.js";
import { strings } from "./strings.js";

/**
 * @typedef {{id: string, title: string, media: {name: string, duration_ms: number,
 *   has_video: boolean}, created_ms: number, updated_ms: number, segments: number, reviewed: number, doubts_left: number | null, tags: string[], coverage: any, deleted_ms: number | null,
 *   queue_place: null | {ahead: number, waiting: number, after: string | null},
 *   job: import("../transcript/transcript.js").Job | null}} Summary
 * @typedef {{onCancel(job_id: string): void, onFirst(job_id: string): void, onRetry(job_id: string): void,
 *   onSave(id: string): void, onDelete(summary: Summary): void, onRestore(id: string): void, onTags(summary: Summary): void, onTag(tag: string): void, onChosen(ids: readonly string[]): void,
 *   pageOf(id: string): string, projectAddress(id: string): string}} Actions
 */

/** @param {Actions} actions @param {() => void} onChoice */
function newCard(actions, onChoice) {
  const link = make("a", { dir: "auto" });
  const facts = make("p", { class: "card-facts" });
  const phase = make("span", {});
  const bar = make("progress", { max: "1", "aria-label": strings.progress });
  const job = make("div", { class: "card-job" }, phase, bar);
  let summary = /** @type {any} */ (null);
  const cancel = make(
    "button",
    { type: "button", class: "quiet", onclick: () => actions.onCancel(summary.job.id) },
    strings.cancel,
  );
  const retry = make("button", { type: "button", onclick: () => actions.onRetry(summary.job.id) }, strings.tryAgain);
  const first = make(
    "button",
    { type: "button", class: "quiet", onclick: () => actions.onFirst(summary.job.id) },
    strings.doNext,
  );
  const save = make(
    "a",
    {
      class: "button quiet",
      download: "",
      onclick(event) {
        event.preventDefault();
        actions.onSave(summary.id);
      },
    },
    strings.download,
  );
  const remove = make(
    "button",
    { type: "button", class: "quiet", onclick: () => actions.onDelete(summary) },
    strings.delete,
  );
  const label = make(
    "button",
    { type: "button", class: "quiet", onclick: () => actions.onTags(summary) },
    strings.tags,
  );
  const tags = make("ul", { class: "tag-list", "aria-label": strings.tags });
  const restore = make("button", { type: "button", onclick: () => actions.onRestore(summary.id) }, strings.restore);
  const choice = make("input", { type: "checkbox", class: "card-choice", onchange: onChoice });
  const card = make(
    "li",
    { class: "card" },
    choice,
    make("h3", { class: "card-title" }, link),
    facts,
    make("div", { class: "card-tools" }, first, cancel, retry, restore, label, save, remove),
    tags,
    job,
  );

  function update(/** @type {Summary} */ next) {
    summary = next;
    const { title, media, coverage, updated_ms, segments, reviewed, doubts_left } = next;
    const length = media.duration_ms ? clock(media.duration_ms) : "";
    link.href = actions.pageOf(next.id);
    setText(link, title || media.name);
    setText(
      facts,
      [
        ...[isolated(media.name), length, ago(updated_ms, Date.now())],
        segments > 0 ? strings.reviewed(reviewed, segments) : "",
        doubts_left === null ? "" : strings.doubtsLeft(doubts_left),
        coverageSentence(coverage),
      ]
        .filter(Boolean)
        .join(" · "),
    );
    remove.setAttribute("aria-label", strings.deleteOne(title));
    save.href = actions.projectAddress(next.id);
    save.title = strings.downloadHint;
    save.setAttribute("aria-label", strings.downloadOne(title));
    label.setAttribute("aria-label", strings.tagsOf(title));
    label.hidden = next.deleted_ms !== null;
    // No tag holds a comma.
    showTags(next.tags.join(","));
    restore.hidden = next.deleted_ms === null;
    restore.setAttribute("aria-label", strings.restoreOne(title));
    choice.setAttribute("aria-label", strings.choose(title));
    first.setAttribute("aria-label", strings.doOneNext(title));
    showJob(next);
  }

  const showTags = whenOther((/** @type {string} */ now) => {
    const each = now === "" ? [] : now.split(",");
    tags.hidden = each.length === 0;
    tags.replaceChildren(
      ...each.map((tag) =>
        make(
          "li",
          {},
          make("button", { type: "button", class: "tag", dir: "auto", onclick: () => actions.onTag(tag) }, tag),
        ),
      ),
    );
  });

  function showJob(/** @type {Summary} */ { job: now, queue_place: place }) {
    const isFailed = now?.state === "failed";
    const isWorking = now !== null && isActive(now);
    const isCancelled = now?.state === "cancelled";
    job.hidden = !isFailed && !isWorking && !isCancelled;
    job.classList.toggle("is-failed", isFailed);
    bar.hidden = !isWorking;
    cancel.hidden = !isWorking;
    first.hidden = !place || place.waiting === 0;
    retry.hidden = !isFailed && !isCancelled;
    if (now === null) return;
    bar.value = now.fraction;
    setText(
      phase,
      place ? strings.queuePlace({ ...place, after: place.after && isolated(place.after) }) : describe(now),
    );
  }
  return { card, choice, update };
}

/**
 * @param {HTMLElement} list
 * @param {Actions} actions
 */
export function mountLibrary(list, actions) {
  /** @type {Map<string, ReturnType<typeof newCard>>} */
  const cards = new Map();
  const tell = () => actions.onChosen([...cards].filter(([, { choice }]) => choice.checked).map(([id]) => id));
  return {
    chooseAll(/** @type {boolean} */ isChosen) {
      for (const { choice } of cards.values()) choice.checked = isChosen;
      tell();
    },
    /** @param {readonly Summary[]} summaries in their order */
    update(summaries) {
      const ids = new Set(summaries.map(({ id }) => id));
      for (const [id, { card }] of cards) {
        if (ids.has(id)) continue;
        card.remove();
        cards.delete(id);
      }
      summaries.forEach((summary, index) => {
        const shown = cards.get(summary.id) ?? newCard(actions, tell);
        cards.set(summary.id, shown);
        shown.update(summary);
        if (list.children[index] !== shown.card) list.insertBefore(shown.card, list.children[index] ?? null);
      });
      tell();
    },
  };
}

/**
 * Ask before deleting.
 * @param {HTMLDialogElement} dialog
 * @param {(summary: Summary) => void} onYes
 */
export function mountConfirm(dialog, onYes) {
  let asked = /** @type {any} */ (null);
  find("[data-part=no]", dialog).addEventListener("click", () => dialog.close());
  find("[data-part=yes]", dialog).addEventListener("click", () => {
    dialog.close();
    onYes(asked);
  });
  return {
    ask(/** @type {Summary} */ summary) {
      asked = summary;
      const what = summary.deleted_ms === null ? strings.toTrash : strings.forGood;
      setText(find("[data-part=what]", dialog), what(summary.title));
      dialog.showModal();
    },
  };
}
