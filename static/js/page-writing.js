/** The writing half of the editor page: the text, what is typed into it, and the doubts over it. */

import { speakers } from "./document.js";
import { createDoubtWalk } from "./doubt-walk.js";
import { find } from "./dom.js";
import { editSpeaker } from "./speaker-view.js";
import { mountText } from "./text-view.js";
import { mountTyping } from "./typing.js";
import { createVerbs } from "./verbs.js";
import { isLocked } from "./words.js";

/** @param {import("./page.js").Page} page */
export function mountWriting(page) {
  const { session, attempt, signal } = page;
  const { painter, player, playhead } = page.parts.playing;
  const surface = find("#text");

  const paintDoubts = (/** @type {string} */ shown) => {
    const box = text.boxOf(shown);
    const { doc, kept } = session.state();
    const segment = doc.byId.get(shown);
    if (box && segment && (segment.doubts.length || segment.words.some(isLocked))) painter.doubts(box, segment, session.shownWords(shown), kept);
    else painter.forget(shown);
  };
  const text = mountText(surface, {
    onVisible: (ids, isVisible) => ids.forEach(isVisible ? paintDoubts : painter.forget),
    onShown: (shown) => (paintDoubts(shown), playhead.refresh(shown)),
    onGone: painter.forget,
    onActive: page.render,
    onSettle: (entry, whose) => attempt(() => session.settle(entry, whose)),
    isComposingIn: (box) => typing.isComposingIn(box),
    signal,
  });
  const reveal = (/** @type {string} */ shown) => text.isLeftOut(shown) && page.parts.bars.showAll();
  /** Where the caret is, or was before a button took the focus. */
  const place = () => {
    const last = typing.last();
    return typing.caret() ?? (last.id === text.activeId() ? last : { id: text.activeId(), start: 0, offset: 0 });
  };
  const verbs = createVerbs({
    session, text, player, attempt, reveal, place, structure: (run) => typing.structure(run), doubts: () => walk,
  });
  const typing = mountTyping(surface, verbs.typing, signal);
  const walk = createDoubtWalk(find("#doubt"), {
    session, text, painter, player, reveal, caret: typing.caret, floor: page.floor, surface, signal,
  });
  const nameSpeaker = speakerNaming({ session, text, verbs, attempt });
  surface.addEventListener("click", ({ target }) => {
    const row = target instanceof Element && target.closest(".segment");
    if (!row) return;
    if (target.closest(".time")) verbs.playFrom(row.dataset.id);
    if (target.closest(".speaker")) nameSpeaker(row.dataset.id);
    if (target.closest(".tick")) verbs.review(row.dataset.id);
  }, { signal });

  let shownKept = session.state().kept;
  return {
    text,
    typing,
    verbs,
    walk,
    nameSpeaker,
    place,
    update(/** @type {import("./session.js").State} */ state) {
      text.update(state);
      if (state.kept !== shownKept) text.visibleIds().forEach(paintDoubts);
      shownKept = state.kept;
      walk.update();
    },
  };
}

/** @param {{session: any, text: any, verbs: any, attempt(run: () => Promise<any>): Promise<any>}} parts */
function speakerNaming({ session, text, verbs, attempt }) {
  return (/** @type {string} */ segment_id) => {
    const { doc } = session.state();
    const label = text.speakerOf(segment_id);
    if (!label) return;
    editSpeaker(label, doc.byId.get(segment_id)?.speaker ?? "", speakers(doc), (name) => {
      verbs.focus(segment_id, 0);
      if (name !== null) attempt(() => session.set(segment_id, { speaker: name || null }));
    });
  };
}
