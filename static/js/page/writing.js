/** The writing half of the editor page: the text, what is typed into it, and the doubts over it. */

import { placeCaret } from "../text/caret.js";
import { mountCopying } from "../text/copy-segments.js";
import { speakers } from "../transcript/transcript.js";
import { createDoubtVerbs } from "../review/doubt-commands.js";
import { createDoubtsInText } from "../review/doubt-in-text.js";
import { find } from "../shared/dom.js";
import { mountDialogs, mountWayBack } from "../shared/focus.js";
import { editNote } from "../text/note-field.js";
import { mountTouchChoosing } from "../text/touch-choosing.js";
import { createAnchoring } from "./place.js";
import { createSelection } from "../text/chosen-segments.js";
import { mountSelection } from "../text/chosen-bar.js";
import { editSpeaker } from "../text/speaker-field.js";
import { mountText } from "../text/text-view.js";
import { mountTyping } from "../text/typing.js";
import { problem } from "../shared/toast.js";
import { createVerbs } from "../text/text-commands.js";
import { codesOf, isLocked, isStruck } from "../transcript/words.js";
import { strings } from "./strings.js";

/** @param {import("./page.js").Page} page @param {import("./page.js").Playing} playing */
export function mountWriting(page, { painter, player, playhead }) {
  const { session, attempt, signal } = page;
  const surface = find("#text");

  const paintDoubts = doubtPainting({ session, painter, boxOf: (id) => text.boxOf(id), codeColours: page.codeColours });
  const text = mountText(surface, {
    onVisible: (ids, isVisible) => ids.forEach(isVisible ? paintDoubts : painter.forget),
    onShown(shown) {
      paintDoubts(shown);
      playhead.refresh(shown);
    },
    onGone: painter.forget,
    onActive: page.render,
    onResolve: (entry, whose, theirs) => void resolveConflict(entry, whose, theirs),
    isComposingIn: (box) => typing.isComposingIn(box),
    signal,
  });
  /** Something else is in the place of the text. */
  let makeWay = () => {};
  /** A segment was given a speaker. @type {(id: string) => void} */
  let named = () => {};
  function reveal(/** @type {string} */ shown) {
    makeWay();
    if (text.isLeftOut(shown) && text.isOnlyUnreviewed()) text.showOnlyUnreviewed(false);
  }
  /** Where the caret is, or was before a button took the focus. */
  const place = () => {
    const last = typing.last();
    return typing.caret() ?? (last.id === text.activeId() ? last : { id: text.activeId(), start: 0, offset: 0 });
  };
  const selection = createSelection({ order: () => session.state().doc.order, onChange: page.render });
  const verbs = createVerbs({
    session,
    selection,
    text,
    player,
    attempt,
    reveal,
    place,
    structure: (run, isUndo) => typing.structure(run, isUndo),
    inTurn: (run) => typing.inTurn(run),
    onNamed: (id) => named(id),
    composed: () => typing.composed(),
    doubts: () => walk,
  });
  const typing = mountTyping(surface, verbs.typing, signal, page.render);
  session.holdsBack(typing.isWorking);
  const doubtVerbs = createDoubtVerbs({ session, text, painter, player, reveal, verbs });
  const walk = createDoubtsInText(find("#doubt"), {
    session,
    text,
    painter,
    doubtVerbs,
    caret: typing.caret,
    floor: page.floor,
    surface,
    signal,
  });
  const anchoring = createAnchoring(surface, {
    ceiling: page.ceiling,
    floor: page.floor,
    rowOf: text.rowOf,
    workedOn: () => [text.rowOf(text.activeId()), playhead.row()],
  });
  const { toText, goBack, caretBack } = waysBack({ session, text, verbs, typing, place });
  /** @type {import("../text/conflict-view.js").OnResolve} */
  async function resolveConflict(entry, whose, theirs) {
    await attempt(() => session.resolve(entry, whose, theirs));
    goBack(entry.edit.segment_id);
  }
  mountDialogs({ caretBack, signal });
  mountWayBack({ toText, signal });
  const { nameSpeaker, writeNote, chosen } = mountBeside(surface, {
    session,
    text,
    verbs,
    selection,
    typing,
    goBack,
    around: anchoring.around,
    signal,
  });

  let shownDismissed = session.state().dismissed;
  return {
    text,
    typing,
    verbs,
    doubtVerbs,
    walk,
    nameSpeaker,
    writeNote,
    selection,
    place,
    reveal,
    onReveal: (/** @type {() => void} */ run) => void (makeWay = run),
    onNamed: (/** @type {(id: string) => void} */ run) => void (named = run),
    anchoring,
    toText,
    resolveConflict,
    /** Let taps choose segments; no keyboard of a phone is in the way. */
    choose() {
      session.commitAll();
      selection.pick();
      chosen.focus();
    },
    /** Mark words anew, as in other colours. */
    repaint: () => text.visibleIds().forEach(paintDoubts),
    update(/** @type {import("../saving/session.js").State} */ state) {
      text.update(state);
      text.showChosen(selection.set());
      chosen.update();
      if (state.dismissed !== shownDismissed) text.visibleIds().forEach(paintDoubts);
      shownDismissed = state.dismissed;
      walk.update();
    },
  };
}

/**
 * Lead the focus back into the text, after what took it has closed.
 * @param {{session: any, text: any, verbs: any, typing: ReturnType<typeof mountTyping>,
 *   place(): {id: string, start: number, offset: number}}} parts
 */
function waysBack({ session, text, verbs, typing, place }) {
  /** To where it was; the text stays where it is. */
  function toText() {
    const { id, start, offset } = place();
    const box = text.boxOf(id);
    if (box) placeCaret(box, start, offset);
  }
  /** To a segment, where the caret was in it last, else to its end. */
  function goBack(/** @type {string} */ id) {
    if (!text.boxOf(id)) return toText();
    const last = typing.last();
    verbs.focus(id, last.id === id ? last.offset : session.shownText(id).length);
  }
  /** A box that gets the focus back after a field had it has its caret at its start, or none yet. */
  function caretBack() {
    const { id, start, offset } = typing.last();
    const [box, caret] = [text.boxOf(id), typing.caret()];
    if (box && box === document.activeElement && !caret?.offset) placeCaret(box, start, offset);
  }
  return { toText, goBack, caretBack };
}

const isMarkedWord = (/** @type {import("../transcript/words.js").Word} */ word) =>
  isLocked(word) || isStruck(word) || codesOf(word).length > 0;

/**
 * Marks what is doubted in a segment's text, and the words whose times are set by hand.
 * @param {{session: any, painter: any, boxOf(id: string): HTMLElement | null,
 *   codeColours: import("./page.js").Page["codeColours"]}} parts
 */
function doubtPainting({ session, painter, boxOf, codeColours }) {
  return (/** @type {string} */ segment_id) => {
    const box = boxOf(segment_id);
    const { doc, dismissed } = session.state();
    const segment = doc.byId.get(segment_id);
    const isMarked = box && segment && (segment.doubts.length || segment.words.some(isMarkedWord));
    if (isMarked) painter.doubts(box, segment, session.shownWords(segment_id), dismissed, doc, codeColours.of(doc));
    else painter.forget(segment_id);
  };
}

/**
 * What is done beside the text of segments: in their rows, and in the bar of all that are chosen.
 * @param {HTMLElement} surface
 * @param {{session: any, text: any, verbs: any, selection: ReturnType<typeof createSelection>,
 *   typing: ReturnType<typeof mountTyping>, goBack(id: string): void, around(change: () => void): void, signal: AbortSignal}} parts
 */
function mountBeside(surface, { session, text, verbs, selection, typing, goBack, around, signal }) {
  const nameSpeaker = speakerNaming({ session, text, verbs, goBack });
  const writeNote = noteWriting({ session, text, verbs, goBack });
  const chosen = mountSelection(find("#chosen"), {
    selection,
    around,
    onLeave: () => surface.focus({ preventScroll: true }),
  });
  mountCopying({
    selection,
    doc: () => session.state().doc,
    textOf: session.shownText,
    partsAcross: typing.across.parts,
    signal,
  });
  mountTouchChoosing(surface, { selection, signal });
  listenToRows(
    surface,
    {
      time: (id, event) => clickTime(id, event, { selection, verbs }),
      speaker: nameSpeaker,
      tick: verbs.review,
      note: writeNote,
    },
    signal,
  );
  return { nameSpeaker, writeNote, chosen };
}

/**
 * What was written beside a segment that others have removed meanwhile is not lost without a word.
 * @param {string} written
 */
const tellGone = (written) => problem(strings.segmentGone(written));

/**
 * Who went elsewhere meanwhile stays there.
 * @param {{session: any, text: any, verbs: any, goBack(id: string): void}} parts
 */
function speakerNaming({ session, text, verbs, goBack }) {
  return (/** @type {string} */ segment_id) => {
    const { doc } = session.state();
    const label = text.speakerOf(segment_id);
    if (!label) return;
    editSpeaker(label, doc.byId.get(segment_id)?.speaker ?? "", speakers(doc), (name, isByKey) => {
      if (isByKey) goBack(segment_id);
      if (name === null) return;
      if (session.state().doc.byId.has(segment_id)) verbs.setSpeaker(segment_id, name || null);
      else tellGone(name);
    });
  };
}

/** @param {{session: any, text: any, verbs: any, goBack(id: string): void}} parts */
function noteWriting({ session, text, verbs, goBack }) {
  return (/** @type {string} */ segment_id) => {
    const row = text.rowOf(segment_id);
    if (!row || row.querySelector(".note-input")) return;
    const isThere = () => session.state().doc.byId.has(segment_id);
    editNote(row, session.state().doc.byId.get(segment_id)?.note ?? "", (given, isByKey) => {
      if (isByKey) goBack(segment_id);
      if (given === null) return;
      if (isThere()) verbs.note(segment_id, given);
      else tellGone(given);
    });
  };
}

/**
 * Does what a click on a part of a segment's row asks for; the parts are classes there.
 * @param {HTMLElement} surface
 * @param {Record<string, (id: string, event: MouseEvent) => void>} verbs by part
 * @param {AbortSignal} signal
 */
function listenToRows(surface, verbs, signal) {
  surface.addEventListener(
    "click",
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const id = /** @type {HTMLElement | undefined} */ (target?.closest(".segment"))?.dataset.id;
      if (!target || !id) return;
      for (const [part, run] of Object.entries(verbs)) if (target.closest(`.${part}`)) run(id, event);
    },
    { signal },
  );
}

/**
 * With Ctrl it chooses the segment, with Shift all up to it.
 * @param {string} id
 * @param {MouseEvent} event
 * @param {{selection: any, verbs: any}} parts
 */
function clickTime(id, event, { selection, verbs }) {
  if (event.ctrlKey || event.metaKey) selection.toggle(id);
  else if (event.shiftKey) selection.reach(id);
  else verbs.playFrom(id);
}
