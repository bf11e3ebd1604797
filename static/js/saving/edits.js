/**
 * The edits of a transcript besides its typed texts, as the server takes them: each goes once all
 * that was typed before it has been saved. Knows no DOM.
 *
 * @typedef {import("../transcript/transcript.js").Doc} Doc
 * @typedef {import("../transcript/transcript.js").Changes} Changes
 * @typedef {import("./pending-edits.js").Entry} Entry
 */

import { neighbour } from "../transcript/transcript.js";
import { ApiError } from "../server/http.js";
import { isRefusal } from "../server/retry.js";
import { codeEdit, factsEdit, manyOf, strikeEdit } from "./edit-bodies.js";
import { theirsOf } from "./pending-edits.js";
import { factsEntry } from "./pending-facts.js";
import { timesEntry } from "./pending-times.js";
import { NotNow } from "./sender.js";
import { wasUnseen } from "../transcript/unseen.js";
import { endOf, startOf } from "../transcript/words.js";
import { UserError } from "../shared/user-error.js";
import { strings } from "./strings.js";

/**
 * @param {{doc(): Doc, shown(id: string): import("./sender.js").Base, commitAll(): void,
 *   sender: ReturnType<typeof import("./sender.js").createSender>,
 *   server: {edit(body: object): Promise<Changes>, undo(edit_id: string): Promise<Changes>,
 *   redo(edit_id: string): Promise<Changes>, mend(body: object): Promise<Changes>}, newId(): string,
 *   catchUp(): Promise<boolean>, isClosing(): boolean}} means catchUp: take in what was changed elsewhere; whether
 *   anything was; isClosing: what waits for an answer is not sent any more
 */
export function createEdits({ doc, shown, commitAll, sender, server, newId, catchUp, isClosing }) {
  /**
   * Do something after all that was typed, under one id however often it is sent.
   * @param {(edit_id: string, revisionOf: (id: string) => number) => Promise<Changes>} run
   * @param {import("./sender.js").Bases} [made]
   */
  function once(run, made) {
    const edit_id = newId();
    commitAll();
    return sender.act((revisionOf) => run(edit_id, revisionOf), made);
  }

  const basesOf = (/** @type {readonly string[]} */ ids) => new Map(ids.map((id) => [id, shown(id)]));

  /**
   * An edit made on segments as they are shown now; where one was changed meanwhile, it is refused.
   * @param {readonly string[]} ids
   * @param {(revisionOf: (id: string) => number) => object} body
   */
  const editOn = (ids, body) => {
    const made = basesOf(ids);
    /** @type {object | null} */
    let sent = null;
    const revisionIn = (/** @type {(id: string) => number} */ revisionOf) => (/** @type {string} */ id) =>
      made.has(id) ? revisionOf(id) : shown(id).revision;
    return once((edit_id, revisionOf) => server.edit((sent ??= { ...body(revisionIn(revisionOf)), edit_id })), made);
  };

  /**
   * An edit of one segment beside its text.
   * @param {string} id
   * @param {object} edit
   */
  const editOne = (id, edit) =>
    editOn([id], (revisionOf) => ({ ...edit, segment_id: id, base_revision: revisionOf(id) }));

  /**
   * An edit of one segment or (null) of all of them. What somebody else changed meanwhile stays,
   * and is shown.
   * @param {string | null} id
   * @param {object} edit
   * @param {number} base_seq how far changes of others were seen
   */
  async function editOneOrAll(id, edit, base_seq = doc().seq) {
    if (id !== null) return editOn([id], (revisionOf) => ({ ...edit, segment_id: id, base_revision: revisionOf(id) }));
    let hasLooked = false;
    try {
      return await once(async (edit_id) => {
        // The server takes another tab of this browser for the same one.
        if (!hasLooked && (await catchUp())) throw new NotNow(strings.textChanged);
        hasLooked = true;
        return server.edit({ ...edit, segment_id: null, base_seq, edit_id });
      });
    } catch (error) {
      if (error instanceof ApiError && error.code === "changed_meanwhile") await catchUp();
      throw error;
    }
  }

  /**
   * One edit of many segments.
   * @param {string} kind
   * @param {readonly string[]} ids
   */
  const editMany = (kind, ids) => editOn(ids, (revisionOf) => manyOf(kind, ids, revisionOf));

  /**
   * An edit of one word, found again by its time when all typing before it has been saved.
   * @param {string} id
   * @param {import("../transcript/words.js").Word} word
   * @param {(index: number) => object} body
   */
  const editWord = (id, word, body) =>
    editOn([id], (revisionOf) => ({ ...body(indexOf(id, word)), segment_id: id, base_revision: revisionOf(id) }));

  /** @param {string} id @param {import("../transcript/words.js").Word} word as it is known here */
  function indexOf(id, word) {
    const words = doc().byId.get(id)?.words ?? [];
    const index = words.findIndex((one) => startOf(one) === startOf(word) && endOf(one) === endOf(word));
    if (index < 0) throw new NotNow(strings.timeChanged);
    return index;
  }

  /**
   * Do something to segments; where that cannot be done now it is kept, and sent later.
   * @param {readonly string[]} ids
   * @param {(baseOf: (id: string) => import("./sender.js").Base) => object} edit made once all that was done before
   *   has been answered, or it is kept
   * @param {(edit: object, baseOf: (id: string) => import("./sender.js").Base, tried: boolean) => Entry} entryOf
   * @param {(error: UserError) => boolean} isKept
   * @returns {Promise<Changes | null>} null where it is kept
   */
  async function actOrKeep(ids, edit, entryOf, isKept = () => true) {
    const made = basesOf(ids);
    const baseOf = (/** @type {string} */ id) => made.get(id) ?? shown(id);
    const edit_id = newId();
    /** @type {object | null} */
    let sent = null;
    const body = () => (sent ??= { ...edit(baseOf), edit_id });
    const keep = (tried = sent !== null) => {
      sender.keep(entryOf(body(), baseOf, tried));
      return null;
    };
    commitAll();
    if (isClosing()) return keep();
    try {
      return await sender.act(() => server.edit(body()), made);
    } catch (error) {
      if (!(error instanceof UserError && isKept(error))) throw error;
      return keep();
    }
  }

  const spokenBy = (/** @type {string} */ speaker) => {
    const { order, byId } = doc();
    return order.filter((id) => byId.get(id)?.speaker === speaker);
  };

  return {
    /** Split a segment; `begins`: another speaker, who may have no name, begins with the second part. */
    split: (
      /** @type {string} */ id,
      /** @type {number} */ offset,
      /** @type {{speaker: string | null} | null} */ begins = null,
    ) => editOne(id, { kind: "split", offset, text: shown(id).text, ...(begins && { ...begins, new_turn: true }) }),
    /** Join a segment with the one below it. */
    async merge(/** @type {string} */ id) {
      const next = neighbour(doc(), id, 1);
      if (!next) return null;
      const texts = { text: shown(id).text, next_text: shown(next.id).text };
      return editOn([id, next.id], (revisionOf) => ({
        kind: "merge",
        segment_id: id,
        base_revision: revisionOf(id),
        next_id: next.id,
        next_revision: revisionOf(next.id),
        ...texts,
      }));
    },
    /**
     * Set the time of a word by hand, and of so many more behind it, which keep their proportions. Where that
     * cannot be done now it is kept, and sent later.
     * @param {string} id
     * @param {import("../transcript/words.js").Word} word as it is known here
     * @param {{start_ms: number, end_ms: number}} span
     * @param {number} [more]
     * @returns {Promise<Changes | null>} null where it is kept
     */
    setTimes: (id, word, span, more = 0) =>
      actOrKeep(
        [id],
        (baseOf) => {
          const first_word = indexOf(id, word);
          const words = { first_word, last_word: first_word + more };
          return { kind: "times", segment_id: id, base_revision: baseOf(id).revision, ...words, ...span };
        },
        (edit, baseOf, tried) => timesEntry(edit, word, baseOf(id).text, tried),
        (error) => !isRefusal(error),
      ),
    /**
     * The same, and all words below move by so much.
     * @param {string} id
     * @param {import("../transcript/words.js").Word} word as it is known here
     * @param {{start_ms: number, end_ms: number}} span
     * @param {number} more
     * @param {number} below_by_ms
     */
    setTimesAndBelow: (id, word, span, more, below_by_ms) =>
      editWord(id, word, (index) => ({
        kind: "times",
        first_word: index,
        last_word: index + more,
        ...span,
        below_by_ms,
      })),
    /**
     * Let a line of a caption end with a word, or not.
     * @param {string} id
     * @param {import("../transcript/words.js").Word} word as it is known here
     */
    endLine: (id, word, ends_line = true) => editWord(id, word, (index) => ({ kind: "line", word: index, ends_line })),
    /**
     * Let a word begin at a time, with all below it; see the API's "move".
     * @param {string} id
     * @param {import("../transcript/words.js").Word} word as it is known here
     * @param {number} to_ms
     * @param {{segment_id: string | null, word: number} | null} anchor
     */
    moveFrom: (id, word, to_ms, anchor) =>
      editWord(id, word, (index) => ({ kind: "move", word: index, to_ms, anchor })),
    /**
     * Strike words out, or restore them where all are struck out; they are found in the text as it
     * stands once all typing before has been saved.
     * @param {readonly {id: string, start: number, end: number}[]} parts
     */
    strike: (parts) =>
      editOn(
        parts.map(({ id }) => id),
        (revisionOf) => strikeEdit(parts, doc(), revisionOf),
      ),
    /** Strike out places that were found. @param {readonly object[]} places as the API's "strike" takes them */
    strikePlaces: (places) => editOn([], () => ({ kind: "strike", places })),
    /**
     * Give words a code, or take it from them where all have it.
     * @param {readonly {id: string, start: number, end: number}[]} parts
     * @param {string} code
     */
    code: (parts, code) =>
      editOn(
        parts.map(({ id }) => id),
        (revisionOf) => codeEdit(parts, code, doc(), revisionOf),
      ),
    renameCode: (/** @type {string} */ code, /** @type {string | null} */ to) =>
      editOn([], () => ({ kind: "rename_code", code, to })),
    /** Let the times of words go that were set by hand. */
    letGo: (/** @type {string} */ id, /** @type {number} */ first_word, /** @type {number} */ last_word) =>
      editOne(id, { kind: "unlock", first_word, last_word }),
    /**
     * Say something of segments, in one step. Where that cannot be done now it is kept, and sent later.
     * @param {readonly string[]} ids
     * @param {() => {ids: readonly string[], facts: object}} decide what, and of which of them, once all
     *   that was done before has been answered
     * @returns {Promise<Changes | null>} null where it is kept
     */
    set: (ids, decide) =>
      actOrKeep(
        ids,
        (baseOf) => factsEdit(decide(), (id) => baseOf(id).revision),
        (edit, baseOf, tried) => factsEntry(edit, baseOf, doc(), tried),
      ),
    /** Put an empty segment below one. */
    insertBelow: (/** @type {string} */ after_id, /** @type {string | null} */ speaker) =>
      editOn([], () => ({ kind: "insert", after_id, text: "", speaker })),
    /** Put a segment below one (null: at the top), said in that time. */
    insertAt: (
      /** @type {string | null} */ after_id,
      /** @type {string} */ text,
      /** @type {{start_ms: number, end_ms: number}} */ { start_ms, end_ms },
    ) => editOn([], () => ({ kind: "insert", after_id, text, speaker: null, start_ms, end_ms })),
    /** Take segments away, in one step. */
    remove: (/** @type {readonly string[]} */ ids) => editMany("delete_many", ids),
    /** Make neighbours one, in one step. */
    mergeAll: (/** @type {readonly string[]} */ ids) => editMany("merge_many", ids),
    /** Other texts in the first and last of neighbours, and none between, in one step; without text one goes. */
    replaceRun: (
      /** @type {readonly string[]} */ ids,
      /** @type {string} */ first_text,
      /** @type {string} */ last_text,
    ) => editOn(ids, (revisionOf) => manyOf("replace_run", ids, revisionOf, { first_text, last_text })),
    renameSpeaker: (/** @type {string} */ speaker, /** @type {string | null} */ to) =>
      editOn([], () => ({ kind: "rename_speaker", speaker, to, base: spokenBy(speaker) })),
    /** Bring an earlier state back, of one segment or (null) of all, as they were seen at `base_seq`. */
    restoreTo: (
      /** @type {number} */ revision_id,
      /** @type {string | null} */ segment_id,
      /** @type {number} */ base_seq,
    ) => editOneOrAll(segment_id, { kind: "restore", revision_id }, base_seq),
    /** Let the turns follow the voices wherever those are doubted. */
    followVoices: () => editOn([], () => ({ kind: "follow_voices" })),
    /** Words that were not heard get their file's times, without its drift. */
    mendTimes: () => once((edit_id) => server.mend({ edit_id })),
    /** Break segments anew where their captions break rules: one, or (null) all. */
    breakAnew: (/** @type {string | null} */ segment_id, /** @type {object} */ rules) =>
      editOneOrAll(segment_id, { kind: "break", rules, language: doc().language ?? null }),
    undo: () =>
      once(async (edit_id) => {
        const { byId } = doc();
        const changes = await server.undo(edit_id);
        return { ...changes, wasUnseen: wasUnseen(byId, changes) };
      }),
    redo: () => once(server.redo),
    /** Correct many places as one step. @param {readonly object[]} places as the API's "correct" takes them */
    correct: (places) => editOn([], () => ({ kind: "correct", places })),
    /**
     * Resolve a conflict: "mine" is saved over what is there, "theirs" stands.
     * @param {Entry} entry
     * @param {"mine" | "theirs"} whose
     * @param {{text: string, revision: number} | null} [theirs] as it was shown beside mine
     */
    async resolve(entry, whose, theirs = theirsOf(entry, doc().byId.get(entry.edit.segment_id))) {
      const { segment_id, text } = entry.edit;
      if (whose === "theirs") return sender.resolve(entry.edit_id, null);
      if (theirs) {
        const { revision: base_revision, text: before } = theirs;
        return sender.resolve(entry.edit_id, { segment_id, base_revision, before, text, after_id: entry.after_id });
      }
      const after_id = doc().byId.has(entry.after_id ?? "") ? entry.after_id : null;
      const insert = { kind: "insert", after_id, text, speaker: null, edit_id: newId() };
      await sender.act(() => server.edit(insert));
      return sender.resolve(entry.edit_id, null);
    },
  };
}
