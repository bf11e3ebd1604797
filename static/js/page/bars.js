/** The bars of the editor page and what opens from them: title, export, progress, keys. */

import * as api from "../server/api.js";
import { mountOrphans } from "../text/conflict-view.js";
import { mountCaptions } from "../captions/captions-panel.js";
import { anyOf } from "../transcript/correction.js";
import { announce, find, saveFile } from "../shared/dom.js";
import { counted } from "../shared/format.js";
import { mountJob } from "../shared/job-line.js";
import { mountMenu } from "../shared/menu.js";
import { createKeyActions } from "../keys/key-actions.js";
import { mountKeys } from "../keys/keys-dialog.js";
import { mountHistory } from "./history-dialog.js";
import { mountListen } from "./realign-dialog.js";
import { mountMove } from "../playback/move-times-dialog.js";
import { mountNames } from "../find/names-dialog.js";
import { mountFinding } from "./find.js";
import { mountQueue } from "./review.js";
import { mountReview } from "./reviewed-bar.js";
import { mountSpeakers } from "./speakers-dialog.js";
import { toast } from "../shared/toast.js";
import { mountTop } from "./top-bar.js";
import { mountWordTimes } from "../playback/word-times.js";

/** @param {import("./page.js").Page} page */
export function mountBars(page) {
  const { session, attempt, signal } = page;
  const { verbs, typing, walk, nameSpeaker, writeNote, selection } = page.parts.writing;
  const sheet = /** @type {HTMLDialogElement} */ (find("#keys"));
  const openSheet = () => sheet.showModal();
  const { times, openMove } = mountTimes(page);
  const speakers = mountSpeakers(/** @type {HTMLDialogElement} */ (find("#speakers")), {
    onRename: (from, to) => attempt(() => session.renameSpeaker(from, to)),
    signal,
  });
  const { open: openHistory } = mountPast(page);
  const captions = mountRules(page);
  const openSpeakers = () => (speakers.open(), speakers.update(session.state().doc));
  // Of the two panels beside the text one is open at a time: both leave no room for it.
  const queue = mountQueue(page, { onOpen: () => captions.isOpen() && captions.close() });
  const openCaptions = () => (captions.isOpen() ? captions.close() : (queue.isOpen() && queue.close(), void attempt(captions.open)));
  const finding = mountFinding(page);
  const glossary = mountGlossary(page, { openReplace: finding.openReplace, openListen: () => listening.open(session.state().doc) });
  const run = createKeyActions({
    session, selection, player: page.parts.playing.player, verbs, caret: typing.caret,
    nameSpeaker, writeNote, walk, times, openMove, openSpeakers, openHistory, openCaptions, openSheet,
    queue, ...finding, openNames: glossary.open,
  });
  mountKeys(sheet, { run, hasChosen: () => selection.ids().length > 0, holds: typing.holds, settings: page.settings, signal });
  const top = mountTop(find("#top"), { ...topActions(page), onKeys: openSheet, signal });
  const job = mountJob(find("#job"), {
    onCancel: (job_id) => attempt(async () => session.job(await api.cancelJob(job_id))),
    onRetry: (job_id) => attempt(async () => session.job(await api.retryJob(job_id))),
    signal,
  });
  const listening = mountListen(/** @type {HTMLDialogElement} */ (find("#listen")), {
    models: api.models,
    listen: async (choice) => (session.commitAll(), session.job(await api.transcribe(page.id, choice))),
    attempt,
    signal,
  });
  mountMenu(find("#more"), { choose: page.parts.writing.choose, queue: queue.toggle, replace: finding.openFind, names: glossary.open, captions: openCaptions, speakers: openSpeakers, history: openHistory, listen: () => listening.open(session.state().doc), sheet: openSheet }, { toText: page.parts.writing.toText, signal });
  const orphans = mountOrphans(find("#orphans"), page.parts.writing.settle);
  const review = mountReview(find("#review"), {
    onNext: () => verbs.goToUnreviewed(typing.caret()?.id ?? null),
    onFilter: page.parts.writing.text.showOnlyUnreviewed,
    signal,
  });
  return {
    showAll: review.showAll,
    times,
    openSpeakers,
    openReplace: finding.openReplace,
    openNames: glossary.open,
    queue,
    update(/** @type {import("../saving/session.js").State} */ state) {
      times.update();
      finding.update(state);
      captions.update(state.doc);
      speakers.update(state.doc);
      queue.update();
      review.update(state.doc);
      top.update(state, walk.count());
      job.update(state.doc.jobs);
      orphans.update(state);
    },
  };
}

/** @param {import("./page.js").Page} page */
function mountPast({ id, session, attempt, signal }) {
  /** Everything typed is in the history first. */
  const settled = async () => (session.commitAll(), session.settled());
  return mountHistory(/** @type {HTMLDialogElement} */ (find("#history")), {
    history: async (before) => (await settled(), api.history(id, before)),
    past: (revision_id) => api.past(id, revision_id),
    present: () => {
      const { doc } = session.state();
      return doc.order.map((one) => /** @type {import("../transcript/transcript.js").Segment} */ (doc.byId.get(one)));
    },
    seq: () => session.state().doc.seq,
    name: async (name) => (await settled(), api.nameVersion(id, name)),
    forget: (version_id) => api.forgetVersion(id, version_id),
    restore: session.restoreTo,
    attempt,
    signal,
  });
}

/** @param {import("./page.js").Page} page @param {{openReplace(wanted: object): void, openListen(): void}} others */
function mountGlossary({ id, session, attempt, signal }, { openReplace, openListen }) {
  return mountNames(/** @type {HTMLDialogElement} */ (find("#names")), {
    names: async () => (session.commitAll(), await session.settled(), api.names(id)),
    glossary: (isCommon) => api.glossary(isCommon ? null : id),
    setGlossary: (isCommon, terms, base) => api.setGlossary(isCommon ? null : id, terms, base),
    onUnite: (others, spelling) => openReplace({ old: anyOf(others), new: spelling, is_pattern: true, is_whole_word: true, match_case: true }),
    onFind: (spelling) => openReplace({ old: spelling, new: "", is_similar: true }),
    onListen: openListen,
    attempt,
    signal,
  });
}

/** The panel of the captions and their rules. @param {import("./page.js").Page} page */
function mountRules({ id, session, attempt, parts, ceiling, floor, signal }) {
  const { verbs } = parts.writing;
  const { player, strip } = parts.playing;
  const panel = find("#captions");
  const place = () => {
    panel.style.setProperty("--ceiling", `${ceiling()}px`);
    panel.style.setProperty("--floor", `${innerHeight - floor()}px`);
  };
  const watch = new ResizeObserver(place);
  [find("#top"), find("#player"), document.body].forEach((element) => watch.observe(element));
  signal.addEventListener("abort", () => watch.disconnect());
  return mountCaptions(panel, {
    presets: api.presets,
    save: api.savePreset,
    read: api.readPreset,
    forget: api.forgetPreset,
    captions: (rules) => api.captions(id, rules),
    fix: session.breakAnew,
    show: strip.show,
    goTo: (segment_id, start_ms) => {
      player.seek(start_ms);
      if (segment_id) verbs.focus(segment_id, 0);
    },
    onClose: () => verbs.focus(parts.writing.place().id, parts.writing.place().offset),
    attempt,
    signal,
  });
}

/** The words over the waveform, and the dialog that moves many. @param {import("./page.js").Page} page */
function mountTimes({ session, attempt, parts, signal }) {
  const { text, verbs } = parts.writing;
  const { player, waveform } = parts.playing;
  const times = mountWordTimes(find("#word-times"), {
    session, waveform, player, attempt, activeId: text.activeId, onLeave: verbs.focus, signal,
  });
  const dialog = mountMove(/** @type {HTMLDialogElement} */ (find("#move")), {
    onMove: (id, word, to_ms, anchor) => attempt(() => session.moveFrom(id, word, to_ms, anchor)),
    signal,
  });
  const openMove = (/** @type {string} */ id, /** @type {number} */ word) =>
    dialog.open(session.state().doc, id, word, player.time_ms());
  const button = (/** @type {string} */ name, /** @type {(id: string, word: number) => void} */ run) =>
    find(`#player [data-part=${name}]`).addEventListener("click", () => {
      const { id, offset } = parts.writing.place();
      run(id, verbs.wordAt(id, offset));
    }, { signal });
  button("times", times.open);
  find("#player [data-part=letgo]").addEventListener("click", () => verbs.letGo(parts.writing.place()), { signal });
  button("move", openMove);
  return { times, openMove };
}

/** @param {import("./page.js").Page} page */
function topActions(page) {
  const { id, session, attempt, render, parts } = page;
  const { verbs, walk } = parts.writing;
  /** What is typed is in what is exported. */
  const settled = async () => {
    session.commitAll();
    await session.settled();
  };
  const rename = async (/** @type {string} */ title, /** @type {string} */ was) => {
    if (!title || title === session.state().doc.title) return render();
    try {
      await api.rename(id, title, was);
    } catch (error) {
      if (error instanceof api.ApiError && error.code === "changed_meanwhile") session.titled(error.body.error.current);
      throw error;
    }
    session.titled(title);
  };
  const mend = async () => {
    const changes = await session.mendTimes();
    if (changes.segments.length === 0) return toast("Nothing to fix: everything in your file was recognised.");
    announce(`Times fixed in ${counted(changes.segments.length, "segment")}`);
  };
  return {
    onMend: () => void attempt(mend),
    mendedAddress: api.mendedAddress(id),
    onTitle: (/** @type {string} */ title, /** @type {string} */ was) => void attempt(() => rename(title, was)),
    onDoubt: walk.walk,
    onQueue: () => page.parts.bars.queue.toggle(),
    onUndo: verbs.typing.undo,
    onRedo: verbs.typing.redo,
    settled,
    onDownload: (/** @type {string} */ address) => attempt(async () => {
      await settled();
      const { name, blob } = await api.download(address);
      saveFile(name, blob);
    }),
    exportAddress: (/** @type {string} */ format, /** @type {string} */ preset) => api.exportAddress(id, format, preset),
    presets: api.presets,
    lint: (/** @type {string} */ preset) => api.lint(id, preset),
    chosenPreset: { get: () => page.settings.get().preset, set: (preset) => page.settings.set({ preset }) },
    toText: parts.writing.toText,
  };
}
