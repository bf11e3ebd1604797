/** Puts the library page together; the only module here that knows all others. */

import * as api from "./server/api.js";
import { mountAccount } from "./server/account.js";
import { mountBatch } from "./library/export-bar.js";
import { isActive } from "./transcript/transcript.js";
import { announce, find, make, saveFile } from "./shared/dom.js";
import { mountDrops } from "./library/drops.js";
import { mountLanguage } from "./shared/language.js";
import { showFound } from "./library/found-list.js";
import { mountConfirm, mountLibrary } from "./library/library-list.js";
import { mountQueue } from "./library/queue-list.js";
import { mountNew } from "./library/new-dialog.js";
import { lengthOf } from "./library/recording-length.js";
import { browserStorage } from "./shared/settings.js";
import { mountTags } from "./library/tags-dialog.js";
import { mountStorage } from "./library/storage-dialog.js";
import { offer, problem, tellOfUnhandled, toast } from "./shared/toast.js";
import { UserError } from "./shared/user-error.js";
import { bytesOf, discard, upload } from "./server/resumable-upload.js";
import { strings } from "./library/strings.js";

const ASK_EVERY_MS = 5000;
/** A pause in typing, after which is sought what stands there. */
const TYPED_MS = 150;
const server = {
  create: api.createUpload,
  offset: api.uploadOffset,
  send: api.uploadPiece,
  discard: api.discardUpload,
};
const storage = browserStorage();
const memory = { get: storage.getItem, set: storage.setItem, forget: storage.removeItem };
const noMemory = { get: () => null, set() {}, forget() {} };
const quiet = new AbortController().signal;

const PART = 100;
/** The most that is shown at once, and that the server gives. */
const MOST = 10_000;
const asked = { q: "", show: "", order: "newest", tag: "", limit: PART };
/** All tags of the library. @type {readonly string[]} */
let known = [];
/** @type {import("./library/library-list.js").Summary[]} */
let summaries = [];
/** @type {AbortController | null} */
let stream = null;
/** Whether the present stream has told of anything. */
let isHeard = false;

const attempt = async (/** @type {() => Promise<unknown>} */ run) => {
  try {
    await run();
    await refresh();
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problem(error.message);
    return false;
  }
};
tellOfUnhandled();

/** Takes away the message that offers to put something back. */
let endOffer = () => {};
const confirm = mountConfirm(find("#confirm"), async ({ id, title, deleted_ms }) => {
  const restore = () => attempt(() => api.restore(id));
  if ((await attempt(() => api.remove(id))) && deleted_ms === null)
    endOffer = offer(strings.inTrash(title), { label: strings.restore, run: restore });
});
const library = mountLibrary(find("#list"), {
  onCancel: (job_id) => attempt(() => api.cancelJob(job_id)),
  onFirst: (job_id) => attempt(() => api.putJobFirst(job_id)),
  onRetry: (job_id) => attempt(() => api.retryJob(job_id)),
  onSave: (id) =>
    attempt(async () => {
      // It may be larger than a page can hold, so the browser saves it; what it would fail at is told here.
      await api.check(id);
      make("a", { href: api.projectAddress(id), download: "" }).click();
    }),
  onDelete: confirm.ask,
  onRestore: (id) => {
    endOffer();
    return attempt(() => api.restore(id));
  },
  onTags: (summary) => tags.open([summary], known),
  onTag: (tag) => {
    tagging.value = tag;
    return seek();
  },
  onChosen: (ids) => batch.update(ids),
  pageOf: api.pageOf,
  projectAddress: api.projectAddress,
});
const queue = mountQueue(find("#queue"), {
  move: (job_id, before) => attempt(() => api.moveJob(job_id, before)),
  pageOf: api.pageOf,
});
const batch = mountBatch(find("#batch"), {
  presets: api.presets,
  download: (ids, format, preset) =>
    attempt(async () => {
      const { name, blob } = await api.downloadSeveral(ids, format, preset);
      saveFile(name, blob);
    }),
  chooseAll: library.chooseAll,
  onTags: (ids) =>
    tags.open(
      summaries.filter(({ id }) => ids.includes(id)),
      known,
    ),
  attempt,
});
const tags = mountTags(/** @type {HTMLDialogElement} */ (find("#tags")), (ids, change) =>
  attempt(() => api.changeTags(ids, change)),
);
const space = mountStorage(/** @type {HTMLDialogElement} */ (find("#storage")), {
  storage: api.storage,
  clean: api.cleanStorage,
  attempt,
  pageOf: api.pageOf,
});
const dialog = mountNew(/** @type {HTMLDialogElement} */ (find("#new")), {
  models: api.models,
  lengthOf,
  kindOf: async (file) => api.kindOf(file.name, await bytesOf(file, 0, api.HEAD_BYTES)),
  uploadText: (file, signal) => upload(file, { server, memory: noMemory, signal, onProgress() {} }),
  preview: api.previewUpload,
  textKinds: api.textKinds,
  uploadRecording: (file, onProgress, signal) => upload(file, { server, memory, signal, onProgress }),
  create: api.createTranscript,
  discard: (id) => discard(id, server),
  onProject: (file) => bringProject(file),
  onMade(ids) {
    if (ids.length === 1) return location.assign(api.pageOf(ids[0]));
    toast(strings.added(strings.transcripts(ids.length)));
    return refresh();
  },
});

function show(/** @type {typeof summaries} */ next) {
  const finished = next.filter(
    ({ id, job }) => job?.state === "done" && summaries.some((old) => old.id === id && old.job && isActive(old.job)),
  );
  finished.forEach(({ title }) => announce(strings.isReady(title)));
  summaries = next;
  find("#loading").hidden = true;
  find("#failed").hidden = true;
  const isAll = asked.q === "" && asked.show === "" && asked.tag === "";
  find("#empty").hidden = summaries.length > 0 || !isAll;
  find("#none").hidden = summaries.length > 0 || isAll;
  library.update(summaries);
  follow();
}

/** What came further takes the place of what is shown of it. */
function showNews(/** @type {typeof summaries} */ news) {
  const newest = new Map(news.map((one) => [one.id, one]));
  // A job may have ended between asking and listening: then nothing is told of it any more.
  if (summaries.some(({ id, job }) => job && isActive(job) && !newest.has(id)) && !isHeard) void refresh();
  isHeard = true;
  if (news.some(isElsewhere)) void showQueue();
  // Those whose job ended may not be among those that are asked for any more.
  if (asked.show && news.some(({ job }) => !job || !isActive(job))) void refresh();
  show(summaries.map((one) => newest.get(one.id) ?? one));
}

/** Whether its turn is another one than what is shown says. */
function isElsewhere(/** @type {typeof summaries[number]} */ { id, job, queue_place }) {
  const old = summaries.find((one) => one.id === id);
  return !old || old.job?.state !== job?.state || old.queue_place?.ahead !== queue_place?.ahead;
}

async function showQueue() {
  queue.update(await api.queue());
}

async function refresh() {
  const { q, show: which, order, tag } = asked;
  try {
    const [{ transcripts, total, tags: all }, found, jobs] = await Promise.all([
      api.listTranscripts(asked),
      q && which !== "trash" ? api.search(q) : [],
      api.queue(),
    ]);
    queue.update(jobs);
    // Meanwhile something else may have been asked for.
    if (q !== asked.q || which !== asked.show || order !== asked.order || tag !== asked.tag) return;
    showTagChoice(all);
    show(transcripts);
    showFound(find("#found"), found, q, api.pageOf);
    find("#more").hidden = total <= transcripts.length;
    find("#seek [data-part=count]").textContent = q || which || tag || total > PART ? strings.transcripts(total) : "";
  } catch (error) {
    find("#loading").hidden = true;
    find("#failed").hidden = false;
    find("#failed [data-part=why]").textContent = error instanceof Error ? error.message : String(error);
  }
}

/** Offer the tags that there are; one that is gone, and was chosen, stays to be seen. */
function showTagChoice(/** @type {readonly {tag: string, count: number}[]} */ all) {
  known = all.map(({ tag }) => tag);
  const gone = asked.tag && !known.includes(asked.tag) ? [{ tag: asked.tag, count: 0 }] : [];
  find("#seek [data-part=tagged]").hidden = all.length + gone.length === 0;
  const options = [...all, ...gone].map(({ tag, count }) => new Option(strings.tagCount(tag, count), tag));
  tagging.replaceChildren(new Option(strings.allTags, ""), ...options);
  tagging.value = asked.tag;
}

/** Listen while something runs and the page is seen; else be silent. */
function follow() {
  const isWanted = !document.hidden && summaries.some(({ job }) => job && isActive(job));
  if (isWanted === (stream !== null)) return;
  stream?.abort();
  stream = null;
  if (!isWanted) return;
  stream = new AbortController();
  isHeard = false;
  const lost = () => {
    stream = null;
    setTimeout(refresh, ASK_EVERY_MS);
  };
  void api.listenToLibrary({ jobs: ({ transcripts }) => showNews(transcripts) }, lost, stream.signal);
}

/** Files from a person: a project is put back at once, all else begins new transcripts. */
function bring(/** @type {File[]} */ files) {
  const isProject = (/** @type {File} */ { name }) => name.toLowerCase().endsWith(".transcript");
  const rest = files.filter((file) => !isProject(file));
  files.filter(isProject).forEach(bringProject);
  if (rest.length > 0) dialog.open(rest);
  if (files.length === 0) toast(strings.emptyFolder);
}

function bringProject(/** @type {File} */ project) {
  announce(strings.importing(project.name));
  return attempt(async () => {
    const id = await upload(project, { server, memory, signal: quiet, onProgress() {} });
    await api.unpack(id);
    toast(strings.imported(project.name));
  });
}

mountDrops(bring);
const choose = /** @type {HTMLInputElement} */ (find("#choose"));
choose.addEventListener("change", () => {
  bring([...(choose.files ?? [])]);
  choose.value = "";
});
const words = /** @type {HTMLInputElement} */ (find("#seek [data-part=words]"));
const which = /** @type {HTMLSelectElement} */ (find("#seek [data-part=show]"));
const sorting = /** @type {HTMLSelectElement} */ (find("#seek [data-part=order]"));
const tagging = /** @type {HTMLSelectElement} */ (find("#seek [data-part=tag]"));
let pause = 0;
const seek = () => {
  clearTimeout(pause);
  Object.assign(asked, {
    q: words.value.trim(),
    show: which.value,
    order: sorting.value,
    tag: tagging.value,
    limit: PART,
  });
  return refresh();
};
words.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(seek, TYPED_MS);
});
which.addEventListener("change", seek);
sorting.addEventListener("change", seek);
tagging.addEventListener("change", seek);
find("#seek").addEventListener("submit", (event) => {
  event.preventDefault();
  return seek();
});
find("#more").addEventListener("click", () => {
  asked.limit = Math.min(MOST, asked.limit * 2);
  return refresh();
});
find("#seek [data-part=storage]").addEventListener("click", space.open);
find("#failed [data-part=again]").addEventListener("click", refresh);
document.addEventListener("visibilitychange", () => (document.hidden ? follow() : refresh()));
void mountAccount(find("#account"));
mountLanguage(find("#page-language"));
void refresh();
