/** Files that take long to make, of the transcript on this page. */

import * as api from "../server/api.js";
import { find } from "../shared/dom.js";
import { mountMake } from "./make-dialog.js";

/** @param {import("./page.js").Page} page */
export function mountMaking({ id, session, settings, attempt, signal }) {
  return mountMake(/** @type {HTMLDialogElement} */ (find("#make")), {
    async start(made, choices) {
      await session.whenAllSaved();
      session.job(await api.makeFile(id, { made, ...choices }));
    },
    files: () => api.madeFiles(id),
    address: (made) => api.madeAddress(id, made),
    preset: () => settings.get().preset,
    jobs: () => session.state().doc.jobs,
    onCancel: (job_id) => void attempt(async () => session.job(await api.cancelJob(job_id))),
    onRetry: (job_id) => void attempt(async () => session.job(await api.retryJob(job_id))),
    attempt,
    signal,
  });
}
