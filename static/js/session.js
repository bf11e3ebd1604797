/**
 * One transcript being edited: what the server has, what is typed here, and the verbs between
 * them. Knows no DOM; the views show `state()` and call the verbs.
 *
 * @typedef {import("./document.js").Doc} Doc
 * @typedef {import("./document.js").Segment} Segment
 * @typedef {import("./document.js").Changes} Changes
 * @typedef {import("./pending.js").Entry} Entry
 * @typedef {{text: string, before: string, base_revision: number}} Draft
 * @typedef {{doc: Doc, texts: ReadonlyMap<string, string>, choices: ReadonlyMap<string, Entry>,
 *   save: string, kept: ReadonlySet<string>}} State
 *   `texts` holds what is typed and not yet taken, `choices` what needs a decision,
 *   `kept` the doubts decided here that the server does not know of
 */

import { docFromServer, neighbour, withChanges, withJob } from "./document.js";
import { keyOf, withDoubts, withSpelled } from "./doubts.js";
import { createKeeper } from "./keeper.js";
import { isStuck } from "./pending.js";
import { createSaver, NotNow } from "./saver.js";
import { endOf, shiftedWords, startOf } from "./words.js";

/**
 * @param {any} body the server's whole transcript
 * @param {{edit(body: object): Promise<Changes>, undo(): Promise<Changes>,
 *   redo(): Promise<Changes>, mend(body: object): Promise<Changes>, keep(body: object): Promise<Changes>}} server
 * @param {{keepEdits(pending: readonly Entry[]): void, keepDoubt(key: string): void,
 *   forgetDoubt(key: string): void}} outbox
 * @param {{onChange(): void, newId?(): string,
 *   later?(run: () => void, wait_ms: number): void}} means
 */
export function createSession(body, server, outbox, means) {
  const newId = means.newId ?? (() => crypto.randomUUID());
  let doc = docFromServer(body);
  /** @type {Map<string, Draft>} */
  const drafts = new Map();
  /** @type {{before: string, after: string} | null} */
  let lastChange = null;

  const saver = createSaver({
    send: server.edit,
    keep: outbox.keepEdits,
    onTaken: take,
    onChange: means.onChange,
    newId,
    later: means.later ?? ((run, wait_ms) => setTimeout(run, wait_ms)),
  });

  const keeper = createKeeper({
    send: server.keep,
    keep: outbox.keepDoubt,
    forget: outbox.forgetDoubt,
    onTaken: take,
    onChange: means.onChange,
  });

  /** Our own edit came back: typing since then stands on its result. @param {Changes} changes */
  function take(changes) {
    doc = withChanges(doc, changes);
    for (const segment of changes.segments) {
      const draft = drafts.get(segment.id);
      if (draft) Object.assign(draft, { base_revision: segment.revision, before: segment.text });
    }
    means.onChange();
  }

  /** @param {string} id */
  function shownText(id) {
    const waiting = saver.pending().findLast(({ edit }) => edit.segment_id === id);
    return drafts.get(id)?.text ?? waiting?.edit.text ?? doc.byId.get(id)?.text ?? "";
  }

  /** @param {string} id */
  const shownWords = (id) => {
    const segment = doc.byId.get(id);
    return segment ? shiftedWords(segment.words, segment.text, shownText(id)) : [];
  };

  /** @param {string} id */
  function commit(id) {
    const draft = drafts.get(id);
    drafts.delete(id);
    if (!draft || draft.text === draft.before) return;
    lastChange = { before: draft.before, after: draft.text };
    const above = neighbour(doc, id, -1);
    saver.text({ segment_id: id, after_id: above?.id ?? null, ...draft });
  }

  const commitAll = () => [...drafts.keys()].forEach(commit);

  /** @returns {State} */
  function state() {
    const pending = saver.pending();
    const texts = new Map(pending.map(({ edit }) => [edit.segment_id, edit.text]));
    for (const [id, draft] of drafts) texts.set(id, draft.text);
    const choices = new Map(pending.filter(isStuck).map((entry) => [entry.edit.segment_id, entry]));
    const isTyped = [...drafts.values()].some(({ text, before }) => text !== before);
    const save = saver.state() === "saved" && isTyped ? "saving" : saver.state();
    return { doc, texts, choices, save, kept: keeper.unsent() };
  }

  /**
   * An edit of one segment beside its text.
   * @param {string} id
   * @param {object} edit
   */
  const edit = (id, edit) => {
    commitAll();
    return saver.act(() => server.edit({ ...edit, segment_id: id, ...baseOf(id), edit_id: newId() }), id);
  };

  /**
   * One edit of many segments.
   * @param {string} kind
   * @param {readonly string[]} ids
   */
  const editMany = (kind, ids, facts = {}) => {
    commitAll();
    return saver.act(() => {
      const segments = ids.map((segment_id) => ({ segment_id, ...baseOf(segment_id) }));
      return server.edit({ kind, segments, ...facts, edit_id: newId() });
    }, ids[0]);
  };

  /**
   * An edit of one word, found again by its time when all typing before it has been saved.
   * @param {string} id
   * @param {import("./words.js").Word} word
   * @param {(index: number) => object} body
   */
  const editWord = (id, word, body) => {
    commitAll();
    return saver.act(() => {
      const words = doc.byId.get(id)?.words ?? [];
      const index = words.findIndex((one) => startOf(one) === startOf(word) && endOf(one) === endOf(word));
      if (index < 0) throw new NotNow("This word's time has changed meanwhile. Try again.");
      return server.edit({ ...body(index), segment_id: id, ...baseOf(id), edit_id: newId() });
    }, id);
  };
  const baseOf = (/** @type {string} */ id) => ({ base_revision: doc.byId.get(id)?.revision ?? 0 });

  return {
    state,
    shownText,
    shownWords,
    commit,
    commitAll,
    hasUncommitted: (/** @type {string} */ id) => {
      const draft = drafts.get(id);
      return draft !== undefined && draft.text !== draft.before;
    },
    hasUnsent: () => saver.pending().length > 0 || drafts.size > 0,
    restore(/** @type {readonly Entry[]} */ edits, /** @type {readonly string[]} */ keptDoubts) {
      keeper.restore(keptDoubts);
      saver.restore(edits);
    },
    typed(/** @type {string} */ id, /** @type {string} */ text) {
      const before = shownText(id);
      const draft = drafts.get(id) ?? { text, before, ...baseOf(id) };
      drafts.set(id, { ...draft, text });
      means.onChange();
    },
    heard(/** @type {Changes} */ changes) {
      doc = withChanges(doc, changes, { isComplete: true });
      saver.heardFromServer(true);
      keeper.retry();
      means.onChange();
    },
    /** The doubts of all segments. */
    judged(/** @type {Parameters<typeof withDoubts>[1]} */ answer) {
      doc = withDoubts(doc, answer);
      means.onChange();
    },
    /** Doubts about spellings, as they are now. */
    spelled(/** @type {import("./document.js").Spelled[]} */ segments) {
      doc = withSpelled(doc, segments);
      means.onChange();
    },
    lost: () => saver.heardFromServer(false),
    retryNow: saver.retryNow,
    /** All that was committed has been answered, or cannot be now. */
    settled: saver.settled,
    job(/** @type {import("./document.js").Job} */ job) {
      doc = withJob(doc, job);
      means.onChange();
    },
    titled(/** @type {string} */ title) {
      doc = { ...doc, title };
      means.onChange();
    },
    split(/** @type {string} */ id, /** @type {number} */ offset) {
      const text = shownText(id);
      return edit(id, { kind: "split", offset, text });
    },
    /** Join a segment with the one below it. */
    async merge(/** @type {string} */ id) {
      const next = neighbour(doc, id, 1);
      if (!next) return null;
      const texts = { text: shownText(id), next_text: shownText(next.id) };
      commitAll();
      const run = () => {
        const next_revision = doc.byId.get(next.id)?.revision;
        const ids = { segment_id: id, next_id: next.id, next_revision, edit_id: newId() };
        return server.edit({ kind: "merge", ...ids, ...baseOf(id), ...texts });
      };
      return saver.act(run, id);
    },
    /**
     * Set the time of a word by hand.
     * @param {string} id
     * @param {import("./words.js").Word} word as it is known here
     * @param {{start_ms: number, end_ms: number}} span
     */
    setTimes: (id, word, span) =>
      editWord(id, word, (index) => ({ kind: "times", first_word: index, last_word: index, ...span })),
    /**
     * Let a word begin at a time, with all below it; see the API's "move".
     * @param {string} id
     * @param {import("./words.js").Word} word as it is known here
     * @param {number} to_ms
     * @param {{segment_id: string | null, word: number} | null} anchor
     */
    moveFrom: (id, word, to_ms, anchor) =>
      editWord(id, word, (index) => ({ kind: "move", word: index, to_ms, anchor })),
    /** Let the times of words go that were set by hand. */
    letGo: (/** @type {string} */ id, /** @type {number} */ first_word, /** @type {number} */ last_word) =>
      edit(id, { kind: "unlock", first_word, last_word }),
    /** Say something of one segment or, in one step, of many. */
    set: (/** @type {readonly string[]} */ ids, /** @type {object} */ facts) =>
      ids.length === 1 ? edit(ids[0], { kind: "set", ...facts }) : editMany("set_many", ids, facts),
    /** Take segments away, in one step. */
    remove: (/** @type {readonly string[]} */ ids) => editMany("delete_many", ids),
    /** Make neighbours one, in one step. */
    mergeAll: (/** @type {readonly string[]} */ ids) => editMany("merge_many", ids),
    renameSpeaker: (/** @type {string} */ speaker, /** @type {string | null} */ to) => {
      commitAll();
      return saver.act(() => server.edit({ kind: "rename_speaker", speaker, to, edit_id: newId() }));
    },
    /** Bring an earlier state back, of one segment or (null) of all. */
    restoreTo: (/** @type {number} */ revision_id, /** @type {string | null} */ segment_id) => {
      commitAll();
      return saver.act(() => server.edit({ kind: "restore", revision_id, segment_id, edit_id: newId() }), segment_id);
    },
    /** Words that were not heard get their file's times, without its drift. */
    mendTimes: () => (commitAll(), saver.act(() => server.mend({ edit_id: newId() }))),
    /** Break segments anew where their captions break rules: one, or (null) all. */
    breakAnew: (/** @type {string | null} */ segment_id, /** @type {object} */ rules) => {
      commitAll();
      const facts = { segment_id, rules, language: doc.language ?? null };
      return saver.act(() => server.edit({ kind: "break", ...facts, edit_id: newId() }), segment_id);
    },
    undo: () => (commitAll(), saver.act(server.undo)),
    redo: () => (commitAll(), saver.act(server.redo)),
    keep(/** @type {Segment} */ segment, /** @type {import("./document.js").Doubt} */ doubt) {
      keeper.add(keyOf(segment, doubt));
    },
    /** The opposite of `keep`. */
    reopen: (/** @type {Segment} */ segment, /** @type {import("./document.js").Doubt} */ doubt) => keeper.reopen(keyOf(segment, doubt)),
    /** Correct many places as one step. @param {readonly object[]} places as the API's "correct" takes them */
    correct: (places) => {
      commitAll();
      return saver.act(() => server.edit({ kind: "correct", places, edit_id: newId() }));
    },
    /** The text of a segment before and after it was committed last; null before that. */
    lastChange: () => lastChange,
    /** Settle a conflict: "mine" is saved over what is there, "theirs" stands. */
    async settle(/** @type {Entry} */ entry, /** @type {"mine" | "theirs"} */ whose) {
      const { segment_id, text } = entry.edit;
      const now = doc.byId.get(segment_id);
      const isThere = now !== undefined && entry.current !== null;
      if (whose === "theirs") return saver.settle(entry.edit_id, null);
      if (isThere) {
        const base_revision = Math.max(now.revision, entry.current?.revision ?? 0);
        const before = entry.current?.text ?? now.text;
        const { after_id } = entry;
        return saver.settle(entry.edit_id, { segment_id, base_revision, before, text, after_id });
      }
      const after_id = doc.byId.has(entry.after_id ?? "") ? entry.after_id : null;
      const insert = { kind: "insert", after_id, text, speaker: null, edit_id: newId() };
      await saver.act(() => server.edit(insert));
      return saver.settle(entry.edit_id, null);
    },
  };
}
