/** Puts the library page together; the only module here that knows all others. */

import * as api from "./api.js";
import { mountBatch } from "./batch-view.js";
import { isActive } from "./document.js";
import { announce, find, toast } from "./dom.js";
import { mountConfirm, mountLibrary } from "./library-view.js";
import { mountNew } from "./new-view.js";
import { upload } from "./tus.js";

const ASK_EVERY_MS = 5000;
const server = { create: api.createUpload, offset: api.uploadOffset, send: api.uploadPiece };
const memory = {
  get: (/** @type {string} */ key) => localStorage.getItem(key),
  set: (/** @type {string} */ key, /** @type {string} */ id) => localStorage.setItem(key, id),
  forget: (/** @type {string} */ key) => localStorage.removeItem(key),
};
const noMemory = { get: () => null, set() {}, forget() {} };
const quiet = new AbortController().signal;

/** @type {import("./library-view.js").Summary[]} */
let summaries = [];
/** @type {AbortController | null} */
let stream = null;

const attempt = async (/** @type {() => Promise<unknown>} */ run) => {
  try {
    await run();
    await refresh();
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  }
};

const confirm = mountConfirm(find("#confirm"), (id) => attempt(() => api.remove(id)));
const library = mountLibrary(find("#list"), {
  onCancel: (job_id) => attempt(() => api.cancelJob(job_id)),
  onRetry: (job_id) => attempt(() => api.retryJob(job_id)),
  onDelete: confirm.ask,
  onChosen: (ids) => batch.update(ids),
  pageOf: api.pageOf,
});
const batch = mountBatch(find("#batch"), {
  presets: api.presets,
  download: (ids, format, preset) => location.assign(api.batchAddress(ids, format, preset)),
  chooseAll: library.chooseAll,
  attempt,
});
const dialog = mountNew(find("#new"), {
  models: api.models,
  uploadText: (file) => upload(file, { server, memory: noMemory, signal: quiet, onProgress() {} }),
  preview: api.previewUpload,
  uploadRecording: (file, onProgress, signal) => upload(file, { server, memory, signal, onProgress }),
  create: api.createTranscript,
  onCreated: (id) => location.assign(api.pageOf(id)),
});

function show(/** @type {typeof summaries} */ next) {
  const finished = next.filter(({ id, job }) => job?.state === "done" && summaries.some((old) => old.id === id && old.job && isActive(old.job)));
  finished.forEach(({ title }) => announce(`${title} is ready`));
  summaries = next;
  find("#loading").hidden = true;
  find("#failed").hidden = true;
  find("#empty").hidden = summaries.length > 0;
  library.update(summaries);
  follow();
}

async function refresh() {
  try {
    show(await api.listTranscripts());
  } catch (error) {
    find("#loading").hidden = true;
    find("#failed").hidden = false;
    find("#failed [data-part=why]").textContent = error instanceof Error ? error.message : String(error);
  }
}

/** Listen while something runs and the page is seen; else be silent. */
function follow() {
  const isWanted = !document.hidden && summaries.some(({ job }) => job && isActive(job));
  if (isWanted === (stream !== null)) return;
  stream?.abort();
  stream = null;
  if (!isWanted) return;
  stream = new AbortController();
  const lost = () => {
    stream = null;
    setTimeout(refresh, ASK_EVERY_MS);
  };
  api.listenToLibrary({ jobs: ({ transcripts }) => show(transcripts) }, lost, stream.signal);
}

function isWithFiles(/** @type {DragEvent} */ event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
addEventListener("dragover", (event) => {
  if (!isWithFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("is-dropping");
});
addEventListener("dragleave", (event) => event.relatedTarget === null && document.body.classList.remove("is-dropping"));
addEventListener("drop", (event) => {
  if (!isWithFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("is-dropping");
  dialog.open([...(event.dataTransfer?.files ?? [])]);
});
const choose = /** @type {HTMLInputElement} */ (find("#choose"));
choose.addEventListener("change", () => {
  dialog.open([...(choose.files ?? [])]);
  choose.value = "";
});
find("#failed [data-part=again]").addEventListener("click", refresh);
document.addEventListener("visibilitychange", () => (document.hidden ? follow() : refresh()));
refresh();
