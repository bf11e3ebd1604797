/** The review of the editor page: leads through the doubts, the worst first, and does what is decided. */

import { bothReadings } from "./doubt-walk.js";
import { announce, find, toast } from "./dom.js";
import { allEntries, filtered, nextOpen, paceOf, progressSentence } from "./queue.js";
import { mountQueueView } from "./queue-view.js";

/** @typedef {import("./queue.js").Entry} Entry */

/** @param {import("./page.js").Page} page @param {{onOpen(): void}} means */
export function mountQueue(page, { onOpen }) {
  const { session, settings, attempt, signal } = page;
  const { walk, verbs } = page.parts.writing;
  const { player } = page.parts.playing;
  const panel = find("#queue");
  let kinds = new Set(["different", "not_heard", "not_written", "repeated", "spelling", ...(settings.get().showsStyle ? ["style"] : [])]);
  let showsKept = false;
  /** @type {ReadonlySet<string>} */
  let gone = new Set();
  /** @type {Entry | null} */
  let here = null;
  /** @type {Entry | null} being typed over */
  let typing = null;
  /** @type {Entry[]} typed over, and on the way to the server */
  let typed = [];
  /** @type {{how: "keep" | "edit", entry: Entry}[]} */
  let decisions = [];
  /** @type {readonly string[]} */
  let told = [];
  /** @type {number[]} */
  let took_ms = [];
  let since_ms = 0;
  /** @type {{byId: object | null, kept: object | null, entries: Entry[]}} */
  let known = { byId: null, kept: null, entries: [] };
  /** @type {{of: unknown[], found: ReturnType<typeof filtered>}} */
  let sifted = { of: [], found: filtered([], { kinds, showsKept, gone }) };

  const view = mountQueueView(panel, {
    onVerb: (verb) => (verbsHere[verb](), panel.focus()),
    onGo: (key) => go(sift().shown.find((entry) => entry.key === key) ?? null),
    onKind: (kind) => {
      kinds = new Set(kinds.has(kind) ? [...kinds].filter((one) => one !== kind) : [...kinds, kind]);
      if (kind === "style") settings.set({ showsStyle: kinds.has(kind) });
      if (here && !kinds.has(here.doubt.kind)) go(nextOpen(sift().shown, 0), { isPlayed: false });
      page.render();
    },
    onShowKept: () => ((showsKept = !showsKept), page.render()),
    onClose: close,
    signal,
  });

  function entries() {
    const { doc, kept } = session.state();
    if (known.byId !== doc.byId || known.kept !== kept) {
      known = { byId: doc.byId, kept, entries: allEntries(doc, kept) };
      const there = new Set(known.entries.map(({ key }) => key));
      // What the server took back is a doubt no more; if it comes again, it is one again.
      gone = new Set([...gone].filter((key) => there.has(key)));
    }
    return known.entries;
  }
  function sift() {
    const of = [entries(), kinds, showsKept, gone];
    if (of.some((one, n) => one !== sifted.of[n])) sifted = { of, found: filtered(entries(), { kinds, showsKept, gone }) };
    return sifted.found;
  }
  const indexOf = (/** @type {Entry | null} */ entry) => (entry ? sift().shown.findIndex(({ key }) => key === entry.key) : -1);

  /** Make a doubt the one at hand: mark it in the text and play it. */
  function go(/** @type {Entry | null} */ entry, { isPlayed = true } = {}) {
    here = entry;
    typing = null;
    since_ms = performance.now();
    if (!entry) walk.unmark();
    else if (walk.bring(entry) && isPlayed) walk.playAround(entry.doubt, player.isLooping());
    announce(entry ? bothReadings(entry.doubt) : "No doubts left");
    if (isOpen()) panel.focus({ preventScroll: true });
    page.render();
  }

  function step(/** @type {-1 | 1} */ by) {
    const { shown } = sift();
    if (shown.length === 0) return go(null);
    const at = indexOf(here);
    if (at < 0) return go(shown[by > 0 ? 0 : shown.length - 1]);
    go(shown[(at + by + shown.length) % shown.length]);
  }

  /** The doubt at hand is decided: on to the next. */
  function decided(/** @type {"keep" | "edit"} */ how, /** @type {Entry} */ entry) {
    const at = Math.max(0, indexOf(entry));
    decisions = [...decisions, { how, entry }];
    took_ms = [...took_ms, performance.now() - since_ms];
    if (how === "edit") gone = new Set([...gone, entry.key]);
    go(nextOpen(sift().shown.filter(({ key }) => key !== entry.key), at) ?? null);
  }

  /** Corrected doubts: those the server counts, and those on the way to it. */
  const corrected = () => (entries(), session.state().doc.corrected + gone.size);

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
      go(entries().find(({ key }) => key === entry.key) ?? entry);
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
    if (session.hasUnsent()) typed = [...typed, entry];
    decided("edit", entry);
    return true;
  }

  /** What a person typed is right, also where something else was heard: keep it, once the server has it. */
  function keepTyped() {
    const { byId } = session.state().doc;
    const isBack = (/** @type {Entry} */ { segment }) => (byId.get(segment.id)?.revision ?? Infinity) > segment.revision;
    const back = typed.filter(isBack);
    if (back.length === 0) return;
    typed = typed.filter((entry) => !isBack(entry));
    for (const { segment: { id }, doubt: { start_ms, end_ms } } of back) {
      const segment = byId.get(id);
      for (const doubt of segment?.doubts ?? []) {
        if (doubt.start_ms >= end_ms || doubt.end_ms <= start_ms || doubt.kept) continue;
        session.keep(/** @type {any} */ (segment), doubt);
      }
    }
  }

  /** Say which terms a correction put into the glossary. */
  function tellTaught() {
    const { taught = [] } = session.state().doc;
    if (taught === told || taught.length === 0) return;
    told = taught;
    toast(`${taught.map((term) => `“${term}”`).join(", ")} is in the glossary now; undo takes it out.`);
  }

  async function undo() {
    const last = decisions.at(-1);
    if (!last) return;
    decisions = decisions.slice(0, -1);
    took_ms = took_ms.slice(0, -1);
    if (last.how === "keep") return reopen(last.entry);
    session.commitAll();
    if (!(await attempt(session.undo))) return;
    gone = new Set([...gone].filter((key) => key !== last.entry.key));
    go(entries().find(({ key }) => key === last.entry.key) ?? last.entry);
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
    if (indexOf(here) < 0) go(nextOpen(sift().shown, 0));
    else panel.focus();
    page.render();
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
      keepTyped();
      tellTaught();
      if (!isOpen()) return;
      const { shown, counts, open: left, kept } = sift();
      const at = indexOf(here);
      if (at >= 0) here = shown[at];
      else if (here && !typing && !entries().some(({ key }) => key === here?.key)) here = null;
      const done = kept + corrected();
      const [share, pace] = [done / Math.max(1, done + left), paceOf(took_ms)];
      view.update({
        entry: here, index: at, shown, counts, kinds, showsKept, kept, share,
        progress: progressSentence(done, left, pace), isLooping: player.isLooping(), canUndo: decisions.length > 0,
      });
    },
  };
}
