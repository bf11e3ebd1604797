/**
 * One transcript being edited: what the server has, what is typed here, and the verbs between
 * them. Knows no DOM; the views show `state()` and call the verbs.
 *
 * @typedef {import("../transcript/transcript.js").Doc} Doc
 * @typedef {import("../transcript/transcript.js").Segment} Segment
 * @typedef {import("../transcript/transcript.js").Changes} Changes
 * @typedef {import("./pending-edits.js").Entry} Entry
 * @typedef {{text: string, before: string, base_revision: number}} Draft
 * @typedef {{doc: Doc, texts: ReadonlyMap<string, string>, choices: ReadonlyMap<string, Entry>,
 *   save: string, why: string, isStored: boolean, dismissed: ReadonlySet<string>}} State
 *   `texts` holds what is typed and not yet taken, `choices` what needs a decision,
 *   `dismissed` the doubts decided here that the server does not know of; `why` nothing can be saved
 *   just now, `isStored`: the browser keeps what the server does not know of
 */

import { docFromServer, neighbour, withChanges, withJob } from "../transcript/transcript.js";
import { keyOf, withDoubts, withSpelled } from "../transcript/doubts.js";
import { createEdits } from "./edits.js";
import { randomId } from "../shared/ids.js";
import { createDismissals } from "./dismissed-doubts.js";
import { isStuck, lastOf, rebased } from "./pending-edits.js";
import { isFacts, withFacts } from "./pending-facts.js";
import { createSender } from "./sender.js";
import { isShownAlready } from "../transcript/unseen.js";
import { shiftedWords } from "../transcript/words.js";

/** How long an act waits for what is held back, and how often it looks. */
const HELD_MS = 2000;
const HELD_STEP_MS = 50;

/**
 * @param {any} body the server's whole transcript
 * @param {{edit(body: object): Promise<Changes>, undo(edit_id: string): Promise<Changes>,
 *   redo(edit_id: string): Promise<Changes>, mend(body: object): Promise<Changes>, dismissDoubt(body: object): Promise<Changes>,
 *   changes(since: number): Promise<Changes>}} server
 * @param {{storeEdits(pending: readonly Entry[]): void, addDismissal(key: string): void,
 *   removeDismissal(key: string): void}} browserStore
 * @param {{onChange(): void, onReverts?(steps: Changes["reverts"]): void,
 *   onRefused?(entry: Entry, error: import("../server/http.js").ApiError): void, newId?(): string,
 *   later?(run: () => void, wait_ms: number): void}} means
 *   onRefused: what was said of segments before is not kept any more
 */
export function createSession(body, server, browserStore, means) {
  const newId = means.newId ?? randomId;
  let doc = docFromServer(body);
  /** @type {Map<string, Draft>} */
  const drafts = new Map();
  /**
   * What was typed last as its box shows it, with spaces at its ends, which are not saved, until the caret
   * leaves.
   * @type {{id: string, text: string} | null}
   */
  let lingering = null;
  /** @type {{before: string, after: string} | null} */
  let lastChange = null;
  /** @type {Changes | null} */
  let lastTaken = null;

  let isStored = true;
  let isClosing = false;
  /**
   * Whoever on the page keeps changes back that were asked for: whether there are any, and how they go out at once.
   * @type {{isAny(): boolean, letGo(): unknown}[]}
   */
  const holders = [{ isAny: () => dismissals.isAny(), letGo() {} }];
  const later = means.later ?? ((run, wait_ms) => setTimeout(run, wait_ms));

  const sender = createSender({
    send: server.edit,
    store: browserStore.storeEdits,
    onTaken: take,
    onChange: means.onChange,
    onRefused: (entry, error) => means.onRefused?.(entry, error),
    newId,
    later,
  });

  const dismissals = createDismissals({
    send: server.dismissDoubt,
    store: browserStore.addDismissal,
    remove: browserStore.removeDismissal,
    onTaken: take,
    onChange: means.onChange,
    later,
  });

  /** Our own edit came back: typing since then stands on its result. @param {Changes} changes */
  function take(changes) {
    lastTaken = changes;
    doc = withChanges(doc, changes);
    for (const segment of changes.segments) {
      const draft = drafts.get(segment.id);
      if (draft) draft.base_revision = rebased({ revision: draft.base_revision, text: draft.before }, segment);
    }
    means.onChange();
  }

  /** All that was changed since `doc.seq`. @param {Changes} changes */
  function receive(changes) {
    doc = withChanges(doc, changes, { isComplete: true });
    sender.serverAnswered(true);
    dismissals.retry();
    means.onReverts?.(changes.reverts);
    means.onChange();
  }

  /**
   * What is shown of a segment, and the revision that it stands on.
   * @param {string} id
   * @returns {import("./sender.js").Base}
   */
  function shown(id) {
    const [draft, waiting, segment] = [drafts.get(id), lastOf(sender.pending(), id), doc.byId.get(id)];
    const revision = draft?.base_revision ?? waiting?.edit.base_revision ?? segment?.revision ?? 0;
    return { revision, text: draft?.text ?? waiting?.edit.text ?? lingeringIn(id) ?? segment?.text ?? "" };
  }

  /** @param {string} id */
  const lingeringIn = (id) =>
    lingering?.id === id && lingering.text.trim() === doc.byId.get(id)?.text ? lingering.text : null;

  const shownText = (/** @type {string} */ id) => shown(id).text;

  /** What is typed on a segment since its text was last committed. @param {string} id */
  function draftOf(id) {
    const { revision: base_revision, text } = shown(id);
    const draft = drafts.get(id) ?? { text, before: text, base_revision };
    drafts.set(id, draft);
    return draft;
  }

  /** @param {string} id */
  const shownWords = (id) => {
    const segment = docWithFacts().byId.get(id);
    return segment ? shiftedWords(segment.words, segment.text, shownText(id)) : [];
  };

  /** @param {string} id */
  function commit(id) {
    const draft = drafts.get(id);
    drafts.delete(id);
    if (!draft || draft.text === draft.before) return;
    lastChange = { before: draft.before, after: draft.text };
    lingering = { id, text: draft.text };
    const above = neighbour(doc, id, -1);
    sender.text({ segment_id: id, after_id: above?.id ?? null, ...draft });
  }

  const commitAll = () => [...drafts.keys()].forEach(commit);

  /** The text with what is said of it here and not saved yet; the same one while both are the same. */
  let shownDoc = { doc, facts: /** @type {Entry[]} */ ([]), made: doc };
  function docWithFacts() {
    const facts = sender.pending().filter(isFacts);
    const isSame =
      facts.length === shownDoc.facts.length && facts.every(({ edit }, n) => edit === shownDoc.facts[n].edit);
    if (doc === shownDoc.doc && isSame) return shownDoc.made;
    shownDoc = { doc, facts, made: facts.length > 0 ? withFacts(doc, facts) : doc };
    return shownDoc.made;
  }

  /** @returns {State} */
  function state() {
    const pending = sender.pending();
    const typed = pending.filter((entry) => !isFacts(entry));
    const seen = lingering && lingeringIn(lingering.id);
    const texts = new Map(lingering && seen !== null ? [[lingering.id, seen]] : []);
    for (const { edit } of typed) texts.set(edit.segment_id, edit.text);
    for (const [id, draft] of drafts) texts.set(id, draft.text);
    const choices = new Map(pending.filter(isStuck).map((entry) => [entry.edit.segment_id, entry]));
    const isTyped = [...drafts.values()].some(({ text, before }) => text !== before);
    const isUnsaved = isTyped || holders.some(({ isAny }) => isAny());
    const save = sender.state() === "saved" && isUnsaved ? "saving" : sender.state();
    return { doc: docWithFacts(), texts, choices, save, why: sender.why(), isStored, dismissed: dismissals.unsent() };
  }

  return {
    ...createEdits({
      doc: docWithFacts,
      shown,
      commitAll,
      sender,
      server,
      newId,
      async catchUp() {
        const changes = await server.changes(doc.seq);
        const isNews = !isShownAlready(doc.byId, changes);
        receive(changes);
        return isNews;
      },
      isClosing: () => isClosing,
    }),
    state,
    shownText,
    shownWords,
    commit,
    commitAll,
    /** What is shown of a segment now is what will be typed on, however long that takes. */
    begin: (/** @type {string} */ id) => draftOf(id),
    /** The caret has left a segment: what is saved of it is shown. */
    leave(/** @type {string} */ id) {
      commit(id);
      if (lingering?.id !== id) return;
      lingering = null;
      means.onChange();
    },
    /** Let a text go that was typed and differs by spaces at its ends alone; gives its segment. */
    dropSpaces() {
      const isSpaces = ({ text, before } = /** @type {Draft} */ ({})) =>
        text !== before && text.trim() === before.trim();
      const id = [...drafts.keys()].find((one) => isSpaces(drafts.get(one))) ?? null;
      if (id !== null) drafts.delete(id);
      return id;
    },
    /** The page is being left: what is typed is kept at once. */
    close() {
      isClosing = true;
      commitAll();
      for (const { letGo } of holders) letGo();
    },
    /** What is kept back before it comes here is not saved either; `letGo` has it come as the page is left. */
    holdsBack: (/** @type {() => boolean} */ isAny, /** @type {() => unknown} */ letGo = () => {}) =>
      void holders.push({ isAny, letGo }),
    hasUnsent: () => sender.pending().length > 0 || drafts.size > 0,
    restore(/** @type {readonly Entry[]} */ edits, /** @type {readonly string[]} */ dismissedDoubts) {
      dismissals.restore(dismissedDoubts);
      sender.restore(edits);
    },
    typed(/** @type {string} */ id, /** @type {string} */ text) {
      draftOf(id).text = text;
      means.onChange();
    },
    receive,
    /** The doubts of all segments. */
    setDoubts(/** @type {Parameters<typeof withDoubts>[1]} */ answer) {
      doc = withDoubts(doc, answer);
      means.onChange();
    },
    /** Doubts about spellings, as they are now. */
    setSpellingDoubts(/** @type {import("../transcript/transcript.js").Spelled[]} */ segments) {
      doc = withSpelled(doc, segments);
      means.onChange();
    },
    lost: (/** @type {Error} */ error) => sender.serverAnswered(false, error.message),
    /** The transcript was deleted for good. */
    gone: sender.gone,
    /** Whether the browser keeps what the server does not know of. */
    stored(/** @type {boolean} */ now) {
      if (isStored === now) return;
      isStored = now;
      means.onChange();
    },
    retryNow: sender.retryNow,
    /** All that was committed has been answered, or cannot be now. */
    whenSaved: sender.whenSaved,
    /** The same, with what is being typed and what is held back, which is waited for a moment. */
    async whenAllSaved() {
      for (let left_ms = HELD_MS; ; left_ms -= HELD_STEP_MS) {
        commitAll();
        await sender.whenSaved();
        if (left_ms <= 0 || !holders.some(({ isAny }) => isAny())) return;
        await new Promise((resolve) => void later(() => resolve(undefined), HELD_STEP_MS));
      }
    },
    job(/** @type {import("../transcript/transcript.js").Job} */ job) {
      doc = withJob(doc, job);
      means.onChange();
    },
    deleted(/** @type {number | null} */ deleted_ms) {
      doc = { ...doc, deleted_ms };
      means.onChange();
    },
    titled(/** @type {string} */ title) {
      doc = { ...doc, title };
      means.onChange();
    },
    dismiss(/** @type {Segment} */ segment, /** @type {import("../transcript/transcript.js").Doubt} */ doubt) {
      dismissals.add(keyOf(segment, doubt));
    },
    /** The opposite of `dismiss`. */
    reopen: (/** @type {Segment} */ segment, /** @type {import("../transcript/transcript.js").Doubt} */ doubt) =>
      dismissals.reopen(keyOf(segment, doubt)),
    /** The text of a segment before and after it was committed last; null before that. */
    lastChange: () => lastChange,
    /** What came of the edit made here last, or of its undoing. */
    lastTaken: () => lastTaken,
  };
}
