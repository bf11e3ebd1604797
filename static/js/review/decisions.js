/** What is decided in the review about the doubt at hand, and taken back. */

import { announce } from "../shared/dom.js";
import { isOfVoices, isWrittenAsHeard } from "../transcript/doubts.js";
import { paceOf } from "./ranked-doubts.js";
import { strings } from "./strings.js";

/** @typedef {import("./ranked-doubts.js").Entry} Entry */
/** @typedef {{how: "keep" | "edit", entry: Entry}} Decision */

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   list: ReturnType<typeof import("./doubt-list.js").createDoubtList>,
 *   tally: ReturnType<typeof createTally>,
 *   doubtVerbs: ReturnType<typeof import("./doubt-commands.js").createDoubtVerbs>,
 *   current: ReturnType<typeof import("./current-doubt.js").createCurrentDoubt>,
 *   attempt(run: () => Promise<any>): Promise<any>}} means
 */
export function createDecisions({ session, list, tally, doubtVerbs, current, attempt }) {
  const typed = createTyped(session);
  /** @type {Promise<unknown>} */
  let undoing = Promise.resolve();

  /** Current doubt is decided: on to the next. */
  function decided(/** @type {"keep" | "edit"} */ how, /** @type {Entry} */ entry) {
    const at = Math.max(0, list.indexOf(entry));
    tally.add({ how, entry });
    if (how === "edit") list.drop(entry.key);
    current.go(list.after(entry, at));
  }

  /** It could not be saved: it is a doubt as before, and an undo would meet another step. */
  function notDone(/** @type {Entry} */ entry) {
    tally.forget(entry);
    list.bringBack(entry.key);
    current.go(list.find(entry.key) ?? entry);
  }

  const reopen = (/** @type {Entry} */ entry) =>
    attempt(async () => {
      await session.reopen(entry.segment, entry.doubt);
      current.go(list.find(entry.key) ?? entry);
    });

  async function undoLast() {
    const last = tally.takeBack();
    if (!last) return;
    if (last.how === "keep") return reopen(last.entry);
    session.commitAll();
    if (!(await attempt(session.undo))) return;
    list.bringBack(last.entry.key);
    current.go(list.find(last.entry.key) ?? last.entry);
    announce(strings.undone);
  }

  return {
    decided,
    useHeard() {
      const entry = current.entry();
      if (!entry || entry.isDismissed) return;
      if (isWrittenAsHeard(entry.doubt)) return;
      const taken = doubtVerbs.useHeard(entry.segment.id, entry.doubt);
      if (!taken) return;
      decided("edit", entry);
      void taken.saved?.then((done) => done === false && notDone(entry));
    },
    keepText() {
      const entry = current.entry();
      if (!entry) return;
      if (entry.isDismissed) return reopen(entry);
      doubtVerbs.keepText(entry.segment.id, entry.doubt);
      decided("keep", entry);
    },
    /** Enter ends typing that began here; false where none did. */
    finishTyping() {
      const entry = current.endTyping();
      if (!entry) return false;
      session.commit(entry.segment.id);
      if (session.hasUnsent()) typed.add(entry);
      decided("edit", entry);
      return true;
    },
    /** Take back one decision after the other, however quickly the key is pressed. */
    undo() {
      undoing = undoing.then(undoLast, undoLast);
      return undoing;
    },
    /** Keep the doubts over what was typed, once the server has it. */
    dismissSent: typed.dismissSent,
  };
}

/** What was decided in the review here, and how long each took. @param {() => number} [now] in ms */
export function createTally(now = () => performance.now()) {
  /** @type {Decision[]} */
  let decisions = [];
  /** @type {number[]} */
  let took_ms = [];
  let since_ms = 0;

  return {
    /** A doubt is shown. */
    begin: () => void (since_ms = now()),
    add(/** @type {Decision} */ decision) {
      decisions = [...decisions, decision];
      took_ms = [...took_ms, now() - since_ms];
    },
    /** The last decision, which is one no more. @returns {Decision | undefined} */
    takeBack() {
      const last = decisions.at(-1);
      decisions = decisions.slice(0, -1);
      took_ms = took_ms.slice(0, -1);
      return last;
    },
    /** What was decided of a doubt came to nothing. */
    forget: (/** @type {Entry} */ entry) => void (decisions = decisions.filter((one) => one.entry !== entry)),
    pace_ms: () => paceOf(took_ms),
    isEmpty: () => decisions.length === 0,
  };
}

/**
 * Doubts that a person typed over: what was typed is right, also where something else was heard.
 * @param {ReturnType<typeof import("../saving/session.js").createSession>} session
 */
function createTyped(session) {
  /** @type {Entry[]} on the way to the server */
  let entries = [];

  function dismissOver(/** @type {Entry} */ { segment: { id }, doubt: { start_ms, end_ms } }) {
    const segment = session.state().doc.byId.get(id);
    for (const doubt of segment?.doubts ?? []) {
      if (doubt.start_ms >= end_ms || doubt.end_ms <= start_ms || doubt.kept || isOfVoices(doubt)) continue;
      session.dismiss(/** @type {any} */ (segment), doubt);
    }
  }

  return {
    add(/** @type {Entry} */ entry) {
      entries = [...entries, entry];
    },
    /** Keep the doubts over what the server has by now. */
    dismissSent() {
      const { byId } = session.state().doc;
      const isBack = (/** @type {Entry} */ { segment }) =>
        (byId.get(segment.id)?.revision ?? Infinity) > segment.revision;
      const back = entries.filter(isBack);
      entries = entries.filter((entry) => !isBack(entry));
      back.forEach(dismissOver);
    },
  };
}
