/** The bars of the editor page and what opens from them: title, export, progress, keys. */

import * as api from "./api.js";
import { mountOrphans } from "./choice-view.js";
import { find } from "./dom.js";
import { mountKeys } from "./keys-view.js";
import { mountReview } from "./review-view.js";
import { mountJob, mountTop } from "./top-view.js";

/** @param {import("./page.js").Page} page */
export function mountBars(page) {
  const { session, attempt, signal } = page;
  const { verbs, typing, walk, nameSpeaker } = page.parts.writing;
  const sheet = /** @type {HTMLDialogElement} */ (find("#keys"));
  const openSheet = () => sheet.showModal();
  mountKeys(sheet, verbs.keys({ caret: typing.caret, nameSpeaker, walk, openSheet }), signal);
  const top = mountTop(find("#top"), { ...topActions(page), onKeys: openSheet, signal });
  const job = mountJob(find("#job"), {
    onCancel: (job_id) => attempt(async () => session.job(await api.cancelJob(job_id))),
    onRetry: (job_id) => attempt(async () => session.job(await api.retryJob(job_id))),
    signal,
  });
  const orphans = mountOrphans(find("#orphans"), (entry, whose) => attempt(() => session.settle(entry, whose)));
  const review = mountReview(find("#review"), {
    onNext: () => verbs.goToUnreviewed(typing.caret()?.id ?? null),
    onFilter: page.parts.writing.text.showOnlyUnreviewed,
    signal,
  });
  return {
    showAll: review.showAll,
    update(/** @type {import("./session.js").State} */ state) {
      review.update(state.doc);
      top.update(state, walk.count());
      job.update(state.doc.jobs);
      orphans.update(state);
    },
  };
}

/** @param {import("./page.js").Page} page */
function topActions({ id, session, attempt, render, parts }) {
  const { verbs, walk } = parts.writing;
  const rename = async (/** @type {string} */ title) => {
    if (!title || title === session.state().doc.title) return render();
    await api.rename(id, title);
    session.titled(title);
  };
  return {
    onTitle: (/** @type {string} */ title) => void attempt(() => rename(title)),
    onDoubt: walk.walk,
    onUndo: verbs.typing.undo,
    onRedo: verbs.typing.redo,
    onExport: async () => (session.commitAll(), session.settled()),
    exportAddress: (/** @type {string} */ format, /** @type {string} */ preset) => api.exportAddress(id, format, preset),
  };
}
