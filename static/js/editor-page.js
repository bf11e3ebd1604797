/** Puts the editor page together, part by part; with the room `page` the only one that knows all others. */

import { mountAccount } from "./server/account.js";
import * as api from "./server/api.js";
import { mountDeleted, showUnsaved } from "./page/deleted-bar.js";
import { copyText } from "./shared/copy-text.js";
import { announce, find, isInField, oncePerFrame, setText, whenOther } from "./shared/dom.js";
import { isActive } from "./transcript/transcript.js";
import { mountDrops } from "./library/drops.js";
import { createBrowserStore } from "./saving/browser-store.js";
import { mountBars } from "./page/bars.js";
import { mountPlaying } from "./page/playing.js";
import { mountWriting } from "./page/writing.js";
import { isRefusal, untilAnswered } from "./server/retry.js";
import { ownUndo } from "./saving/own-undo.js";
import { emptySentence } from "./shared/progress-sentences.js";
import { createRefusedTeller } from "./page/refused-facts.js";
import { createRevertsTeller } from "./page/reverts.js";
import { createMoments } from "./page/moment.js";
import { createCodeColours } from "./page/code-colours.js";
import { keepPlace } from "./page/place.js";
import { mountSmallWindows } from "./page/small-windows.js";
import { createSession } from "./saving/session.js";
import { createSpellingDoubts } from "./saving/spelling-doubts.js";
import { browserStorage, openSettings } from "./shared/settings.js";
import { startSync } from "./server/follow-server.js";
import { offer, problem, tell, tellOfUnhandled, toast, wordsOf } from "./shared/toast.js";
import { UserError } from "./shared/user-error.js";
import { strings } from "./page/strings.js";

const teardown = new AbortController();
const { signal } = teardown;
const id = api.idOfThisPage();

/**
 * Run an action that may be refused; say why instead of failing silently, and what was typed for it.
 * @param {() => Promise<any>} run
 * @param {string} [typed] in a field that may be gone by then
 */
async function attempt(run, typed) {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const again = { label: strings.tryAgain, run: () => void attempt(run, typed) };
    if (typed) problem(strings.youTyped(error.message, strings.quoted(typed)), isRefusal(error) ? undefined : again);
    else problem(error.message);
    return null;
  }
}

/** Only the first of its calls does anything. @param {() => void} run */
function once(run) {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}

/**
 * The session on this transcript and what every part of the page needs beside it.
 * @param {any} body
 * @param {{draw(): void, onReverts(steps: any): void}} means draw: show what changed, everywhere
 */
function newPage(body, { draw, onReverts }) {
  const tellNotStored = once(() => problem(strings.notStored));
  const browserStore = createBrowserStore(id, {
    onFound: (edits, dismissedDoubts) => session.restore(edits, dismissedDoubts),
    onStored(isStored) {
      session.stored(isStored);
      if (!isStored) tellNotStored();
    },
  });
  const server = {
    ...ownUndo({
      edit: (edit) => api.edit(id, edit),
      undo: (undo) => api.undo(id, undo),
      redo: (edit_id) => api.redo(id, edit_id),
    }),
    mend: (/** @type {object} */ mending) => api.mend(id, mending),
    dismissDoubt: (/** @type {object} */ doubt) => api.dismissDoubt(id, doubt),
    changes: (/** @type {number} */ since) => api.changes(id, since),
  };
  const render = oncePerFrame(draw);
  const session = createSession(body, server, browserStore, {
    onChange: render,
    onReverts,
    onRefused: (entry, error) => tellRefused(entry, error),
  });
  const tellRefused = createRefusedTeller({ session, attempt, problem });
  /** @type {import("./page/page.js").Page} */
  const page = {
    id,
    body,
    session,
    settings: openSettings(browserStorage(once(() => toast(strings.noSettings)))),
    codeColours: createCodeColours({
      load: () => api.codeTones(id),
      save: (tones, onlyNew) => untilAnswered(() => api.setCodeTones(id, tones, onlyNew), signal),
    }),
    render,
    attempt,
    signal,
    ceiling: () => Math.max(0, find("#top").getBoundingClientRect().bottom),
    floor: () => Math.min(find("#player").getBoundingClientRect().top, sheetTop()),
  };
  return { page, browserStore };
}

/** Where the panel of the review begins to cover the text from below, as on a phone. */
function sheetTop() {
  const { left, right, top, width } = find("#queue").getBoundingClientRect();
  return width > 0 && left <= 0 && right >= document.documentElement.clientWidth ? top : Infinity;
}

/** The bars' heights, for what is fixed between them. */
function measureBars() {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => {
    style.setProperty("--top-height", `${find("#top").offsetHeight}px`);
    style.setProperty("--player-height", `${find("#player").offsetHeight}px`);
  });
  for (const bar of ["#top", "#player"]) observer.observe(find(bar));
  signal.addEventListener("abort", () => observer.disconnect());
}

/** What quotes the text is spelled, drawn and read aloud in its language. */
const showLanguage = whenOther((/** @type {string} */ language) => {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".spoken")))
    element.lang = language;
});

/** @param {import("./transcript/transcript.js").Doc} doc */
function showFacts(doc) {
  find("#empty").hidden = doc.order.length > 0;
  setText(find("#empty"), emptySentence(doc));
  showLanguage(doc.language ?? "");
}

/** The doubts take longer than the text, which is edited meanwhile. @param {import("./page/page.js").Page} page */
async function bringDoubts(page) {
  const doubts = await untilAnswered(() => api.doubts(page.id), signal).catch(tell);
  if (doubts) page.session.setDoubts(doubts);
}

/** @param {import("./page/page.js").Page} page */
function watchSpellings({ session, settings }) {
  return createSpellingDoubts({
    names: () => api.names(id, settings.get().kinds.style),
    take: session.setSpellingDoubts,
    isBusy: () => session.state().doc.jobs.some(isActive),
    later: (run, wait_ms) => setTimeout(run, wait_ms),
    now: () => performance.now(),
  });
}

/** @param {import("./page/page.js").Page} page */
function keepInStep({ session }) {
  startSync({
    isWorking: () => session.state().doc.jobs.some(isActive),
    seq: () => session.state().doc.seq,
    changes: (since) => api.changes(id, since),
    listen: (since, handlers, onLost, until) => api.listenToTranscript(id, since, handlers, onLost, until),
    onChanges: session.receive,
    onJob: session.job,
    onLost: session.lost,
    onGone: session.gone,
    signal,
  });
  addEventListener("online", session.retryNow, { signal });
}

/**
 * Nothing typed is lost by leaving.
 * @param {import("./page/page.js").Page} page
 * @param {import("./page/page.js").Writing} writing
 */
function saveOnLeaving({ session }, { typing }) {
  addEventListener("visibilitychange", () => document.hidden && session.commitAll(), { signal });
  function close() {
    session.close();
    // What stands half typed in a field beside the text is given as by going elsewhere.
    if (isInField()) /** @type {HTMLElement} */ (document.activeElement).blur();
  }
  addEventListener("pagehide", close, { signal });
  addEventListener(
    "beforeunload",
    (event) => {
      close();
      const { save, isStored } = session.state();
      const isWaiting = save === "unreachable" || save === "gone" || (!isStored && save !== "saved");
      if (typing.isAnyHeld() || (isWaiting && session.hasUnsent())) event.preventDefault();
    },
    { signal },
  );
}

/** @param {import("./page/page.js").Page} page */
function mountTrash({ session }) {
  const doc = () => session.state().doc;
  return mountDeleted(find("#deleted"), {
    restore: () => attempt(async () => session.deleted((await api.restore(id)).deleted_ms)),
    copy: copyText,
    text: () => doc().order.map(session.shownText).join("\n"),
    title: () => doc().title,
  });
}

/** @param {any} body */
function start(body) {
  const { page, browserStore } = newPage(body, { draw, onReverts: (steps) => tellReverts(steps) });
  const { session, settings } = page;
  // The mark of what plays stands in rows, and rows that are drawn anew ask for their mark.
  const playing = mountPlaying(page, {
    rowOf: (row) => writing.text.rowOf(row),
    boxOf: (row) => writing.text.boxOf(row),
  });
  const writing = mountWriting(page, playing);
  const moments = createMoments(page, playing, writing);
  const parts = [writing, mountBars(page, playing, writing, moments), playing, mountTrash(page)];
  const spellings = watchSpellings(page);
  const tellReverts = createRevertsTeller({
    offer,
    toast,
    isThere: (segment_id) => session.state().doc.byId.has(segment_id),
    goTo: (segment_id) => writing.verbs.focus(segment_id, 0),
  });

  function draw() {
    const state = session.state();
    for (const part of parts) part.update(state);
    // They are asked for anew once all doubts have come.
    if (state.doc.has_doubts) spellings.update(`${state.doc.newest_seq} ${settings.get().kinds.style}`);
    showFacts(state.doc);
  }
  draw();
  find("#loading").hidden = true;
  performance.mark("editable");
  playing.load();
  void browserStore.open();
  keepPlace(page, playing, writing, browserStorage());
  moments.follow();
  keepInStep(page);
  measureBars();
  mountSmallWindows(signal);
  saveOnLeaving(page, writing);
  void bringDoubts(page);
}

function fail(/** @type {unknown} */ error) {
  find("#loading").hidden = true;
  find("#failed").hidden = false;
  document.body.classList.add("is-failed");
  find("#failed [data-part=why]").textContent = wordsOf(error);
  announce(strings.notOpened);
  void createBrowserStore(id, { onFound: showUnsaved, onStored() {} }).open();
  if (!(error instanceof UserError)) throw error;
}

tellOfUnhandled();
/** A file does not open in the place of the text that is worked at. */
mountDrops((files) => {
  toast(strings.notAdded(files[0]?.name ?? "", Math.max(0, files.length - 1)));
}, signal);
void mountAccount(find("#account"), signal);
await api.transcript(id).then(start).catch(fail);
// The last to hear of it: what is typed is saved first. A page that is only put aside goes on when it is back.
addEventListener("pagehide", ({ persisted }) => persisted || teardown.abort());
