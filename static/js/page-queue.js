/** The review of the editor page: leads through the doubts, the worst first, and does what is decided. */

import { bothReadings } from "./doubt-walk.js";
import { announce, find, toast } from "./dom.js";
import { progressSentence } from "./queue.js";
import { createQueueList } from "./queue-list.js";
import { createTally } from "./queue-tally.js";
import { createTyped } from "./queue-typed.js";
import { mountQueueView } from "./queue-view.js";

/** @typedef {import("./queue.js").Entry} Entry */

/** @param {import("./page.js").Page} page @param {{onOpen(): void}} means */
export function mountQueue(page, { onOpen }) {
  const { session, settings, attempt, signal } = page;
  const { walk, verbs } = page.parts.writing;
  const { player } = page.parts.playing;
  const panel = find("#queue");
  const list = createQueueList(session, settings);
  /** @type {Entry | null} */
  let here = null;
  /** @type {Entry | null} being typed over */
  let typing = null;
  const typed = createTyped(session);
  /** @type {readonly string[]} */
  let told = [];
  const tally = createTally();
  /** @type {Promise<unknown>} */
  let undoing = Promise.resolve();
  /** Opened before the doubts had come. */
  let isWaiting = false;
  const view = mountQueueView(panel, {
    onVerb: (verb) => (verbsHere[verb](), panel.focus()),
    onGo: (key) => go(list.find(key)),
    onKind: (kind) => {
      list.toggleKind(kind);
      if (here && !list.filter().kinds.has(here.doubt.kind)) go(list.worst(), { isPlayed: false });
      page.render();
    },
    onShowKept: () => (list.toggleKept(), page.render()),
    onClose: close,
    signal,
  });

  /** Make a doubt the one at hand: mark it in the text and play it. */
  function go(/** @type {Entry | null} */ entry, { isPlayed = true } = {}) {
    here = entry;
    typing = null;
    tally.begin();
    if (!entry) walk.unmark();
    else if (walk.bring(entry) && isPlayed) walk.playAround(entry.doubt, player.isLooping());
    announce(entry ? bothReadings(entry.doubt) : "No doubts left");
    if (isOpen()) panel.focus({ preventScroll: true });
    page.render();
  }

  function step(/** @type {-1 | 1} */ by) {
    const { shown } = list.sift();
    if (shown.length === 0) return go(null);
    const at = list.indexOf(here);
    if (at < 0) return go(shown[by > 0 ? 0 : shown.length - 1]);
    go(shown[(at + by + shown.length) % shown.length]);
  }

  /** The doubt at hand is decided: on to the next. */
  function decided(/** @type {"keep" | "edit"} */ how, /** @type {Entry} */ entry) {
    const at = Math.max(0, list.indexOf(entry));
    tally.add({ how, entry });
    if (how === "edit") list.drop(entry.key);
    go(list.after(entry, at));
  }

  function take() {
    if (here?.isKept || !here) return;
    const entry = here;
    if (entry.doubt.heard !== entry.doubt.written && walk.takeAt(entry.segment.id, entry.doubt)) decided("edit", entry);
  }

  function keep() {
    if (!here) return;
    const { segment, doubt, isKept } = here;
    if (isKept) return reopen(here);
    const entry = here;
    walk.keepAt(segment.id, doubt);
    decided("keep", entry);
  }

  const reopen = (/** @type {Entry} */ entry) =>
    attempt(async () => {
      await session.reopen(entry.segment, entry.doubt);
      go(list.find(entry.key) ?? entry);
    });

  function type() {
    if (!here || !walk.select(here)) return;
    typing = here;
    announce("Type it, then press Enter");
  }

  /** Enter ends typing that began here; false where none did. */
  function finishTyping() {
    if (!typing || !isOpen()) return false;
    const entry = typing;
    session.commit(entry.segment.id);
    typing = null;
    if (session.hasUnsent()) typed.add(entry);
    decided("edit", entry);
    return true;
  }

  /** Say which terms a correction put into the glossary. */
  function tellTaught() {
    const { taught = [] } = session.state().doc;
    if (taught === told || taught.length === 0) return;
    told = taught;
    toast(`${taught.map((term) => `“${term}”`).join(", ")} is in the glossary now; undo takes it out.`);
  }

  /** Take back one decision after the other, however quickly the key is pressed. */
  const undo = () => {
    undoing = undoing.then(undoLast, undoLast);
    return undoing;
  };
  async function undoLast() {
    const last = tally.takeBack();
    if (!last) return;
    if (last.how === "keep") return reopen(last.entry);
    session.commitAll();
    if (!(await attempt(session.undo))) return;
    list.bringBack(last.entry.key);
    go(list.find(last.entry.key) ?? last.entry);
    announce("Undone");
  }

  function everywhere() {
    const entry = here;
    if (!entry?.doubt.written) return;
    const { kind, written, heard } = entry.doubt;
    if (kind === "spelling") return page.parts.bars.openNames();
    const wanted = { old: written, new: heard === written ? "" : heard, is_similar: true };
    page.parts.bars.openReplace(wanted, () => isOpen() && decided("edit", entry));
  }

  function loop() {
    if (!here) return;
    if (player.isLooping()) player.pause();
    else walk.playAround(here.doubt, true);
    page.render();
  }

  const isOpen = () => !panel.hidden;
  function open() {
    onOpen();
    panel.hidden = false;
    document.body.classList.add("has-queue");
    panel.focus();
    begin();
    page.render();
  }
  /** Go to the worst doubt, once there are doubts. */
  function begin() {
    isWaiting = !session.state().doc.has_doubts;
    if (!isWaiting && list.indexOf(here) < 0) go(list.worst());
  }
  function close() {
    panel.hidden = true;
    typing = null;
    document.body.classList.remove("has-queue");
    if (player.isLooping()) player.pause();
    walk.unmark();
    if (here) verbs.focus(here.segment.id, 0);
  }

  /** @type {Record<string, () => unknown>} */
  const verbsHere = {
    next: () => step(1), previous: () => step(-1), again: () => here && walk.playAround(here.doubt), loop,
    slower: () => player.stepSpeed(-1), take, keep, type, everywhere, undo,
  };

  return {
    ...verbsHere,
    isOpen,
    close,
    finishTyping,
    /** Open the panel, bring the focus back to it, or close it. */
    toggle: () => (isOpen() && panel.contains(document.activeElement) ? close() : open()),
    update() {
      typed.keepSent();
      tellTaught();
      if (!isOpen()) return;
      if (isWaiting && session.state().doc.has_doubts) begin();
      const { shown, counts, open: left, kept } = list.sift();
      const at = list.indexOf(here);
      if (at >= 0) here = shown[at];
      else if (here && !typing && !list.find(here.key)) here = null;
      const done = kept + list.corrected();
      const [share, pace] = [done / Math.max(1, done + left), tally.pace_ms()];
      view.update({
        entry: here, index: at, shown, counts, ...list.filter(), kept, share,
        progress: isWaiting ? "The doubts are on their way" : progressSentence(done, left, pace), isWaiting, isLooping: player.isLooping(), canUndo: !tally.isEmpty(),
      });
    },
  };
}
