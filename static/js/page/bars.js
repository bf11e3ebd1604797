/** The bars of the editor page and what opens from them: title, export, progress, keys. */

import * as api from "../server/api.js";
import { mountOrphans } from "../text/conflict-view.js";
import { anyOf } from "../transcript/correction.js";
import { announce, find, isMac } from "../shared/dom.js";
import { preciseClock } from "../shared/format.js";
import { mountLanguage } from "../shared/language.js";
import { mountJob } from "../shared/job-line.js";
import { mountMenu } from "../shared/menu.js";
import { mountCodes } from "./codes-dialog.js";
import { mountCommandButtons } from "../keys/command-buttons.js";
import { createCommands } from "./commands.js";
import { contextBefore, contextIn, mountLines } from "./contexts.js";
import { mountAlsoPlaces } from "./also-places.js";
import { createCopying } from "./copying.js";
import { mountJobEnd } from "./job-end.js";
import { mountKeys } from "../keys/keys-dialog.js";
import { mountPalette } from "../keys/palette.js";
import { mountHistory } from "./history-dialog.js";
import { mountLinks } from "./links-dialog.js";
import { mountRealign } from "./realign-dialog.js";
import { mountMove } from "../playback/move-times-dialog.js";
import { mountNames } from "../find/names-dialog.js";
import { mountFillersHere } from "./fillers.js";
import { isMaking } from "./make-dialog.js";
import { mountMaking } from "./making.js";
import { mountFinding } from "./find.js";
import { mountReview } from "./review.js";
import { mountRules } from "./rules.js";
import { mountReviewedBar } from "./reviewed-bar.js";
import { firstOf } from "../transcript/transcript.js";
import { createSameVoice } from "./same-voice.js";
import { mountKnownVoices } from "./known-voices.js";
import { mountSpeakers } from "./speakers-dialog.js";
import { toast } from "../shared/toast.js";
import { topActions } from "./top-actions.js";
import { mountTop } from "./top-bar.js";
import { mountWordTimes } from "../playback/word-times.js";
import { strings } from "./strings.js";

/**
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 * @param {{goTo(time_ms: number): void}} moments
 */
export function mountBars(page, playing, writing, { goTo }) {
  const { session, signal } = page;
  const { selection, toText, typing, walk } = writing;
  const parts = mountDialogs(page, playing, writing);
  const alsoPlaces = mountAlsoPlaces(page, writing, parts.finding);
  const sameVoice = createSameVoice({
    session,
    attempt: page.attempt,
    voices: () => api.voices(page.id),
    playSegment: writing.verbs.playSegment,
    goTo(id) {
      writing.verbs.playFrom(id);
      writing.verbs.focus(id, 0);
    },
  });
  writing.onNamed(sameVoice.named);
  const lineMenu = mountLines(page, writing, () => buttons.update());
  /** @type {() => void} */
  let openPalette = () => {};
  const commands = createCommands(
    {
      ...writing,
      ...parts,
      openPalette: () => openPalette(),
      openExport: () => top.openExport(),
      lineMenu: (id) => lineMenu.openAt(id),
      copying: createCopying(page, writing),
      sameVoice,
      session,
      selection,
      player: playing.player,
      timesMode: playing.mode,
      caret: typing.caret,
      mendTimes: () => void page.attempt(() => mendTimes(session)),
    },
    isMac(),
  );
  const contextOf = contextIn(writing, lineMenu);
  openPalette = mountPalette(/** @type {HTMLDialogElement} */ (find("#palette")), {
    commands,
    contextOf: contextBefore(writing, contextOf),
    settings: page.settings,
    goTo,
    signal,
  });
  const buttons = mountCommandButtons(commands, contextOf, signal);
  const hasChosen = () => selection.ids().length > 0;
  mountKeys(parts.keySheet, { commands, contextOf, hasChosen, holds: typing.holds, settings: page.settings, signal });
  mountMenu(find("#more"), { toText, signal });
  mountLanguage(find("#page-language"));
  const top = mountTop(find("#top"), { ...topActions(page), toText, signal });
  const jobActions = {
    onCancel: (/** @type {string} */ job_id) => page.attempt(async () => session.job(await api.cancelJob(job_id))),
    onRetry: (/** @type {string} */ job_id) => page.attempt(async () => session.job(await api.retryJob(job_id))),
    signal,
  };
  const job = mountJob(find("#job"), jobActions);
  const speakerJob = mountJob(find("#speaker-job"), jobActions);
  const delivery = mountJob(find("#delivery"), jobActions);
  const shotsJob = mountJob(find("#shots-job"), jobActions);
  const jobEnd = mountJobEnd(page);
  const orphans = mountOrphans(find("#orphans"), writing.resolveConflict);
  const reviewed = mountReviewedBar(find("#review"), {
    isOnlyUnreviewed: writing.text.isOnlyUnreviewed,
    onFilter: writing.text.showOnlyUnreviewed,
    signal,
  });
  return {
    update(/** @type {import("../saving/session.js").State} */ state) {
      parts.update(state);
      alsoPlaces.update();
      jobEnd.update(state);
      reviewed.update(state.doc);
      top.update(state, walk.count());
      const isBeside = (/** @type {string} */ kind) => ["speakers", "deliver", "shots"].includes(kind);
      job.update(state.doc.jobs.filter((one) => !isBeside(one.kind) && !isMaking(one)));
      // Of results on their way nothing is told while all is well.
      delivery.update(state.doc.jobs.filter(({ kind, error }) => kind === "deliver" && error));
      shotsJob.update(state.doc.jobs.filter(({ kind }) => kind === "shots"));
      speakerJob.update(state.doc.jobs.filter(({ kind }) => kind === "speakers"));
      orphans.update(state);
      buttons.update();
    },
  };
}

/**
 * The panels and dialogs that commands open.
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 */
function mountDialogs(page, playing, writing) {
  const { id, session, attempt, signal } = page;
  const doc = () => session.state().doc;
  const keySheet = /** @type {HTMLDialogElement} */ (find("#keys"));
  const { times, openMove } = mountTimes(page, playing, writing);
  const speakers = mountSpeakers(/** @type {HTMLDialogElement} */ (find("#speakers")), {
    onRename: async (from, to) => {
      await attempt(() => session.renameSpeaker(from, to), to ?? "");
      await session.whenAllSaved();
      await knownVoices.load();
    },
    onPlay: (name) => {
      const first = firstOf(doc(), name);
      if (first) writing.verbs.playFrom(first);
    },
    onFind: (count) =>
      attempt(async () => {
        await session.whenAllSaved();
        session.job(await api.findSpeakers(id, count));
      }),
    doc,
    voices: () =>
      attempt(async () => {
        await session.whenAllSaved();
        return api.voices(id);
      }),
    onPlaySegment: writing.verbs.playSegment,
    onGive: (ids, speaker) =>
      void attempt(async () => {
        await session.set(ids, () => ({ ids, facts: { speaker } }));
        announce(strings.carried(speaker, ids.length));
      }),
    signal,
  });
  const codes = mountCodes(/** @type {HTMLDialogElement} */ (find("#codes")), {
    doc,
    textOf: ({ id: of, start, end }) => session.shownText(of).slice(start, end),
    give: (parts, code) => writing.verbs.code(parts, code),
    rename: (code, to) => attempt(() => session.renameCode(code, to), to ?? ""),
    go({ parts: [first], start_ms }) {
      writing.verbs.focus(first.id, first.start);
      playing.player.seek(start_ms);
      playing.player.play();
    },
    colours: page.codeColours,
    onColours: writing.repaint,
    toText: writing.toText,
    signal,
  });
  page.codeColours.whenOthers(() => {
    writing.repaint();
    codes.recolour();
  });
  addEventListener("focus", () => void page.codeColours.refresh(), { signal });
  void page.codeColours.refresh();
  const knownVoices = mountKnownVoices(page, speakers.suggest);
  const captions = mountRules(page, playing, writing);
  const realign = mountRealign(/** @type {HTMLDialogElement} */ (find("#listen")), {
    models: api.models,
    async listen(choice) {
      session.commitAll();
      session.job(await api.transcribe(id, choice));
    },
    attempt,
    signal,
  });
  const openRealign = () => realign.open(doc());
  const making = mountMaking(page);
  const finding = mountFinding(page, playing, writing);
  const { openReplace } = finding;
  const { open: openNames } = mountGlossary(page, { openReplace, openRealign: openRealign });
  // Of the two panels beside the text one is open at a time: both leave no room for it.
  const onOpen = () => captions.isOpen() && captions.close();
  const review = mountReview(page, { playing, writing, onOpen, openNames, openReplace });
  const inPlaceOfReview = (/** @type {() => Promise<void>} */ run) => () => {
    if (review.isOpen()) review.close();
    void attempt(run);
  };

  return {
    times,
    review,
    finding,
    keySheet,
    openMove,
    openNames,
    openFillers: mountFillersHere(page, playing, writing).open,
    openRealign,
    openMake: making.open,
    openHistory: mountPast(page).open,
    openLinks: mountLinks(page).open,
    openKeys: () => keySheet.showModal(),
    openSpeakers(/** @type {{isToFind?: boolean, toSplit?: string | null}} */ wanted = {}) {
      speakers.open(wanted);
      speakers.update(doc());
      void knownVoices.load();
    },
    openCodes: (/** @type {readonly import("../text/across.js").Part[] | null} */ parts) => codes.open(parts),
    openCaptions() {
      if (captions.isOpen()) return captions.close();
      if (review.isOpen()) review.close();
      void attempt(captions.open);
    },
    cueList: inPlaceOfReview(captions.toggleList),
    goToFault: (/** @type {1 | -1} */ step) => inPlaceOfReview(() => captions.goToFault(step))(),
    fixFault: captions.fixFault,
    addCue: inPlaceOfReview(captions.addCue),
    update(/** @type {import("../saving/session.js").State} */ state) {
      times.update();
      finding.update(state);
      captions.update(state.doc);
      speakers.update(state.doc);
      codes.update();
      review.update();
      making.update(state.doc);
    },
  };
}

/** @param {import("./page.js").Page} page */
function mountPast({ id, session, attempt, signal }) {
  /** Everything typed is in the history first. */
  const whenSaved = session.whenAllSaved;
  return mountHistory(/** @type {HTMLDialogElement} */ (find("#history")), {
    async history(before) {
      await whenSaved();
      return api.history(id, before);
    },
    past: (revision_id) => api.past(id, revision_id),
    present: () => {
      const { doc } = session.state();
      return doc.order.map((one) => /** @type {import("../transcript/transcript.js").Segment} */ (doc.byId.get(one)));
    },
    seq: () => session.state().doc.seq,
    async name(name) {
      await whenSaved();
      return api.nameVersion(id, name);
    },
    forget: (version_id) => api.forgetVersion(id, version_id),
    restore: session.restoreTo,
    attempt,
    signal,
  });
}

/**
 * @param {import("./page.js").Page} page
 * @param {{openReplace: ReturnType<typeof mountFinding>["openReplace"], openRealign(): void}} others
 */
function mountGlossary({ id, session, attempt, signal }, { openReplace, openRealign }) {
  return mountNames(/** @type {HTMLDialogElement} */ (find("#names")), {
    async names() {
      await session.whenAllSaved();
      return api.names(id);
    },
    glossary: (isCommon) => api.glossary(isCommon ? null : id),
    async setGlossary(isCommon, terms, base) {
      const { terms: saved, job } = await api.setGlossary(isCommon ? null : id, { terms, base, transcript_id: id });
      if (job) session.job(job);
      return { terms: saved, isLookedFor: job !== null };
    },
    onUnite(others, spelling) {
      const flags = { is_pattern: true, is_whole_word: true, match_case: true };
      openReplace({ old: anyOf(others), new: spelling, ...flags });
    },
    onFind: (spelling) => openReplace({ old: spelling, new: "", is_similar: true }),
    onRealign: openRealign,
    attempt,
    signal,
  });
}

/**
 * The words over the waveform, and the dialog that moves many.
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Playing} playing
 * @param {import("./page.js").Writing} writing
 */
function mountTimes({ session, attempt, render, signal }, { player, waveform, mode }, { text, verbs, typing }) {
  const times = mountWordTimes(find("#word-times"), {
    session,
    waveform,
    player,
    attempt,
    inTurn: typing.inTurn,
    activeId: text.activeId,
    mode,
    onLeave: verbs.focus,
    onMoved: render,
    signal,
  });
  session.holdsBack(times.isAnyMoved, times.flush);
  const dialog = mountMove(/** @type {HTMLDialogElement} */ (find("#move")), {
    onMove: (id, word, to_ms, anchor) => attempt(() => session.moveFrom(id, word, to_ms, anchor), preciseClock(to_ms)),
    signal,
  });
  const openMove = (/** @type {string} */ id, /** @type {number} */ word) =>
    dialog.open(session.state().doc, id, word, player.time_ms());
  return { times, openMove };
}

/**
 * Give words that were not heard their file's times, moved by what they are late.
 * @param {import("./page.js").Page["session"]} session
 */
async function mendTimes(session) {
  const changes = await session.mendTimes();
  if (changes.segments.length === 0) return toast(strings.nothingToFix);
  announce(strings.timesFixed(changes.segments.length));
}
