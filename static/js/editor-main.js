/** Puts the editor page together; the only module here that knows all others. */

import * as api from "./api.js";
import { mountOrphans } from "./choice-view.js";
import { isActive, speakers, timeline } from "./document.js";
import { createDoubtWalk } from "./doubt-walk.js";
import { announce, find, make, oncePerFrame, toast } from "./dom.js";
import { createFollow } from "./follow.js";
import { createPainter } from "./highlights.js";
import { mountKeys } from "./keys-view.js";
import { noOutbox, openOutbox } from "./outbox.js";
import { createPlayhead } from "./playhead.js";
import { mountPlayerBar } from "./player-view.js";
import { createPlayer } from "./player.js";
import { NotNow } from "./saver.js";
import { createSession } from "./session.js";
import { editSpeaker } from "./speaker-view.js";
import { startSync } from "./sync.js";
import { mountText } from "./text-view.js";
import { mountJob, mountTop } from "./top-view.js";
import { mountTyping } from "./typing.js";
import { createVerbs } from "./verbs.js";
import { mountWaveform } from "./waveform.js";

const teardown = new AbortController();
const { signal } = teardown;
const id = api.idOfThisPage();

/** Run an action that may be refused; say why instead of failing silently. */
async function attempt(/** @type {() => Promise<any>} */ run) {
  try {
    return await run();
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
    if (!(error instanceof NotNow || error instanceof api.ApiError || error instanceof api.Unreachable)) throw error;
    return null;
  }
}

/** @param {any} body */
async function start(body) {
  const outbox = await openOutbox(id).catch(() => noOutbox);
  const server = {
    edit: (/** @type {object} */ edit) => api.edit(id, edit),
    undo: () => api.undo(id),
    redo: () => api.redo(id),
  };
  const session = createSession(body, server, outbox, { onChange: () => render() });
  const painter = createPainter();
  const surface = find("#text");
  const bar = find("#player");
  const ceiling = () => find("#top").getBoundingClientRect().bottom;
  const floor = () => bar.getBoundingClientRect().top;

  const text = mountText(surface, {
    onVisible: (ids, isVisible) => ids.forEach(isVisible ? paintDoubts : painter.forget),
    onShown: (shown) => (paintDoubts(shown), playhead.refresh(shown)),
    onGone: painter.forget,
    onSettle: (entry, whose) => attempt(() => session.settle(entry, whose)),
    isComposingIn: (box) => typing.isComposingIn(box),
    signal,
  });

  function paintDoubts(/** @type {string} */ shown) {
    const box = text.boxOf(shown);
    const { doc, kept } = session.state();
    const segment = doc.byId.get(shown);
    if (box && segment?.doubts.length) painter.doubts(box, segment, session.shownWords(shown), kept);
    else painter.forget(shown);
  }

  const media = make("video", { preload: "metadata", playsinline: true });
  find("#screen").append(media);
  let isMediaFailed = false;
  const player = createPlayer(media, {
    duration_ms: body.media.duration_ms ?? 0,
    onTime: (time_ms) => (playhead.time(time_ms), playerBar.time(time_ms)),
    onState: () => ((isMediaFailed = media.error !== null), render()),
    onFailed: () => ((isMediaFailed = true), render()),
    signal,
  });
  const playhead = createPlayhead({ session, text, painter, onSegment: () => follow.moved() });
  const follow = createFollow({
    rowNow: playhead.row, isPlaying: player.isPlaying, floor, ceiling, onAway: () => render(), signal,
  });
  const waveform = mountWaveform(
    { strip: find("#waves"), near: find("#near"), whole: find("#whole"), head: find("#head") },
    { peaks: (level, from, to) => api.peaks(id, level, from, to, signal), onSeek: player.seek, signal },
  );
  const playerBar = mountPlayerBar(bar, { player, waveform, onReturn: follow.back, signal });

  const verbs = createVerbs({ session, text, player, attempt, structure: (run) => typing.structure(run), doubts: () => walk });
  const typing = mountTyping(surface, verbs.typing, signal);
  const walk = createDoubtWalk(find("#doubt"), {
    session, text, painter, player, caret: typing.caret, floor, surface, signal,
  });

  surface.addEventListener("click", ({ target }) => {
    const row = target instanceof Element && target.closest(".segment");
    if (!row) return;
    if (target.closest(".time")) verbs.playFrom(row.dataset.id);
    if (target.closest(".speaker")) nameSpeaker(row.dataset.id);
  }, { signal });

  function nameSpeaker(/** @type {string} */ segment_id) {
    const { doc } = session.state();
    const label = text.speakerOf(segment_id);
    if (!label) return;
    editSpeaker(label, doc.byId.get(segment_id)?.speaker ?? "", speakers(doc), (name) => {
      verbs.focus(segment_id, 0);
      if (name !== null) attempt(() => session.set(segment_id, { speaker: name || null }));
    });
  }

  const sheet = /** @type {HTMLDialogElement} */ (find("#keys"));
  mountKeys(sheet, verbs.keys({
    caret: typing.caret, nameSpeaker, walk, openSheet: () => sheet.showModal(),
  }), signal);
  const top = mountTop(find("#top"), {
    onTitle: (title) => attempt(async () => {
      if (!title || title === session.state().doc.title) return render();
      await api.rename(id, title);
      session.titled(title);
    }),
    onDoubt: walk.walk,
    onKeys: () => sheet.showModal(),
    onUndo: verbs.typing.undo,
    onRedo: verbs.typing.redo,
    onExport: async () => (session.commitAll(), session.settled()),
    exportAddress: (format, preset) => api.exportAddress(id, format, preset),
    signal,
  });
  const jobView = mountJob(find("#job"), {
    onCancel: (job_id) => attempt(async () => session.job(await api.cancelJob(job_id))),
    onRetry: (job_id) => attempt(async () => session.job(await api.retryJob(job_id))),
    signal,
  });
  const orphans = mountOrphans(find("#orphans"), (entry, whose) => attempt(() => session.settle(entry, whose)));

  let shownKept = session.state().kept;
  let starts = { line: /** @type {object | null} */ (null), ms: /** @type {number[]} */ ([]) };
  let lastSettled = body.jobs.filter(isActive).length;

  function draw() {
    const state = session.state();
    text.update(state);
    if (state.kept !== shownKept) text.visibleIds().forEach(paintDoubts);
    shownKept = state.kept;
    const line = timeline(state.doc);
    if (starts.line !== line) starts = { line, ms: line.map(({ start_ms }) => start_ms) };
    const active = state.doc.jobs.filter(isActive).length;
    if (isMediaFailed && active !== lastSettled) player.reload();
    lastSettled = active;
    find("#unplayable").hidden = !isMediaFailed;
    find("#screen").hidden = media.videoWidth === 0;
    find("#empty").hidden = state.doc.order.length > 0;
    top.update(state, walk.count());
    jobView.update(state.doc.jobs);
    orphans.update(state);
    walk.update();
    playerBar.update({ isAway: follow.isAway() && player.isPlaying(), starts_ms: starts.ms });
  }
  const render = oncePerFrame(draw);

  draw();
  find("#loading").hidden = true;
  performance.mark("editable");
  media.src = api.mediaAddress(id);
  session.restore(await outbox.edits(), await outbox.keptDoubts());
  startSync({
    isWorking: () => session.state().doc.jobs.some(isActive),
    seq: () => session.state().doc.seq,
    changes: (since) => api.changes(id, since),
    listen: (since, handlers, onLost, until) => api.listenToTranscript(id, since, handlers, onLost, until),
    onChanges: session.heard,
    onJob: session.job,
    onLost: session.lost,
    signal,
  });
  addEventListener("online", session.retryNow, { signal });
  addEventListener("visibilitychange", () => document.hidden && session.commitAll(), { signal });
  addEventListener("pagehide", session.commitAll, { signal });
  addEventListener("beforeunload", (event) => {
    session.commitAll();
    if (session.state().save === "unreachable" && session.hasUnsent()) event.preventDefault();
  }, { signal });
}

try {
  await start(await api.transcript(id));
} catch (error) {
  find("#loading").hidden = true;
  find("#failed").hidden = false;
  document.body.classList.add("is-failed");
  find("#failed [data-part=why]").textContent = error instanceof Error ? error.message : String(error);
  announce("The transcript could not be opened.");
  if (!(error instanceof api.ApiError || error instanceof api.Unreachable)) throw error;
}
