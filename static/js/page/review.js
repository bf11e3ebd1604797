/** The review of the editor page: leads through the doubts, the worst first, and does what is decided. */

import { isOfVoices } from "../transcript/doubts.js";
import { find } from "../shared/dom.js";
import { toast } from "../shared/toast.js";
import { progressSentence } from "../review/ranked-doubts.js";
import { isWhole } from "../transcript/progress.js";
import { nothingSentence } from "../shared/progress-sentences.js";
import { createCurrentDoubt } from "../review/current-doubt.js";
import { createDecisions, createTally } from "../review/decisions.js";
import { createDoubtList } from "../review/doubt-list.js";
import { mountReviewPanel } from "../review/review-panel.js";
import { strings } from "./strings.js";

/**
 * @param {import("./page.js").Page} page
 * @param {{playing: import("./page.js").Playing, writing: import("./page.js").Writing, onOpen(): void,
 *   openNames(): void, openReplace: ReturnType<typeof import("./find.js").mountFinding>["openReplace"]}} means
 */
export function mountReview(page, { playing, writing, onOpen, openNames, openReplace }) {
  const { session, settings, attempt, render, signal } = page;
  const { doubtVerbs, verbs } = writing;
  const { player } = playing;
  const panel = find("#queue");
  const isOpen = () => !panel.hidden;
  const list = createDoubtList(session, settings);
  const tally = createTally();
  function onGo() {
    if (isOpen()) panel.focus({ preventScroll: true });
    render();
  }
  const nothing = () => nothingSentence(session.state().doc);
  const current = createCurrentDoubt({ list, tally, doubtVerbs, player, onGo, render, nothing });
  const decisions = createDecisions({ session, list, tally, doubtVerbs, current, attempt });
  const tellTaught = taughtTelling(session);
  /** Opened before the doubts had come. */
  let isWaiting = false;
  /** All were decided before the last had come. */
  let isOutOfDoubts = false;
  const everywhere = correctingEverywhere({ current, decisions, isOpen, openNames, openReplace });
  const view = mountReviewPanel(panel, {
    onGo: (key) => current.go(list.find(key)),
    onKind: current.toggleKind,
    onShowDismissed() {
      list.toggleDismissed();
      render();
    },
    signal,
  });

  function open() {
    onOpen();
    panel.hidden = false;
    document.body.classList.add("has-queue");
    panel.focus();
    begin();
    render();
  }
  /** Go to the worst doubt, once there are doubts. */
  function begin() {
    isWaiting = !session.state().doc.has_doubts;
    if (!isWaiting && list.indexOf(current.entry()) < 0) current.go(list.worst());
  }
  function close() {
    panel.hidden = true;
    current.endTyping();
    document.body.classList.remove("has-queue");
    if (player.isLooping()) player.pause();
    doubtVerbs.unmark();
    const entry = current.entry();
    if (entry) verbs.focus(entry.segment.id, 0);
  }

  return {
    next: () => current.step(1),
    previous: () => current.step(-1),
    play: current.play,
    loop: current.loop,
    type: current.type,
    useHeard: decisions.useHeard,
    keepText: decisions.keepText,
    undo: decisions.undo,
    canUndo: () => !tally.isEmpty(),
    everywhere,
    canCorrectEverywhere: () => hasOtherPlaces(current.entry()),
    isOpen,
    close,
    /** Enter ends typing that began here; false where none did. */
    finishTyping: () => isOpen() && decisions.finishTyping(),
    /** Open the panel, bring the focus back to it, or close it. */
    toggle: () => (isOpen() && panel.contains(document.activeElement) ? close() : open()),
    update() {
      decisions.dismissSent();
      tellTaught();
      if (!isOpen()) return;
      if (isWaiting && session.state().doc.has_doubts) begin();
      const { doc } = session.state();
      let index = current.update();
      // While more is recognised doubts come, and are judged anew, at any time.
      isOutOfDoubts = !isWaiting && !current.entry() && (isOutOfDoubts || !isWhole(doc));
      if (isOutOfDoubts && list.worst()) {
        current.go(list.worst(), { isPlayed: false });
        index = list.indexOf(current.entry());
      }
      view.update({
        entry: current.entry(),
        index,
        ...shownOf(list, tally, isWaiting, isWhole(doc)),
        nothing: nothing(),
        isWaiting,
        isLooping: player.isLooping(),
      });
    },
  };
}

/** Whether the doubt is about words, which may stand elsewhere. @param {import("../review/ranked-doubts.js").Entry | null} entry */
const hasOtherPlaces = (entry) => entry !== null && entry.doubt.written !== "" && !isOfVoices(entry.doubt);

/**
 * Corrects what the doubt at hand is about in all places.
 * @param {{current: ReturnType<typeof createCurrentDoubt>, decisions: ReturnType<typeof createDecisions>,
 *   isOpen(): boolean, openNames(): void,
 *   openReplace: ReturnType<typeof import("./find.js").mountFinding>["openReplace"]}} means
 */
function correctingEverywhere({ current, decisions, isOpen, openNames, openReplace }) {
  return () => {
    const entry = current.entry();
    if (!entry || !hasOtherPlaces(entry)) return;
    const { kind, written, heard } = entry.doubt;
    if (kind === "spelling") return openNames();
    const wanted = { old: written, new: heard === written ? "" : heard, is_similar: true };
    openReplace(wanted, () => isOpen() && decisions.decided("edit", entry));
  };
}

/**
 * The list as the panel shows it, and how far the review has come.
 * @param {ReturnType<typeof createDoubtList>} list
 * @param {ReturnType<typeof createTally>} tally
 * @param {boolean} isWaiting
 * @param {boolean} isAll whether all doubts have come
 */
function shownOf(list, tally, isWaiting, isAll) {
  const { shown, counts, open, dismissed } = list.sift();
  const done = dismissed + list.corrected();
  const progress = isWaiting ? strings.loadingDoubts : progressSentence(done, open, tally.pace_ms(), isAll);
  return { shown, counts, ...list.filter(), dismissed, share: done / Math.max(1, done + open), progress };
}

/** Says, once, which terms a correction put into the glossary. @param {import("./page.js").Page["session"]} session */
function taughtTelling(session) {
  /** @type {readonly string[]} */
  let told = [];
  return () => {
    const { taught = [] } = session.state().doc;
    if (taught === told || taught.length === 0) return;
    told = taught;
    toast(strings.taught(taught.map(strings.quoted).join(", ")));
  };
}
