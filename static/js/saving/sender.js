/**
 * Brings edits to the server, one after the other: texts through the list of pending edits, which
 * outlives the page, structure (split, merge, undo ...) once all texts before it have arrived.
 * Knows no DOM; server, store and waiting come from outside.
 *
 * @typedef {import("./pending-edits.js").Pending} Pending
 * @typedef {import("./pending-edits.js").Entry} Entry
 * @typedef {import("../transcript/transcript.js").Changes} Changes
 * @typedef {{segment_id: string, base_revision: number, before: string, text: string,
 *   after_id: string | null}} Typed
 * @typedef {{revision: number, text: string}} Base what an action was made on: the text of a segment
 *   as it was shown, and its revision
 * @typedef {Map<string, Base>} Bases by the segment's id
 */

import { ApiError, Unanswered, Unreachable } from "../server/http.js";
import * as pendingEdits from "./pending-edits.js";
import { isFacts, overOthers } from "./pending-facts.js";
import { withKept } from "./pending-times.js";
import { isHeld, waitBefore } from "../server/retry.js";
import { UserError } from "../shared/user-error.js";
import { strings } from "./strings.js";

/** After so many failures over one edit it is told, and the others go on. */
const MOST_FAILURES = 5;
/** So often an action is sent that is not answered. */
const MOST_SENT = 3;
/** After so long it is tried once more, where the server takes others. */
const AGAIN_MS = 30_000;

/** An action that needs the server now, while it cannot be reached or a choice is open. */
export class NotNow extends UserError {}

/**
 * @param {{send(edit: object): Promise<Changes>, store(pending: Pending): void,
 *   onTaken(changes: Changes): void, onChange(): void, onRefused(entry: Entry, error: ApiError): void,
 *   newId(): string, later(run: () => void, wait_ms: number): void}} means
 *   onRefused: what was said of segments is not kept any more
 */
export function createSender(means) {
  /** @type {Pending} */
  let pending = [];
  let isReachable = true;
  let isGone = false;
  let why = strings.unreachable;
  let losses = 0;
  /** The wait before the next attempt, while there is one. @type {{isHeld: boolean} | null} */
  let pause = null;
  /** How often the server failed over an edit. @type {Map<string, number>} */
  const failures = new Map();
  /** When edits that it failed over were given up. @type {Map<string, number>} */
  const givenUp = new Map();
  /** Actions, one after the other; no text goes out while one is on its way. */
  let acts = Promise.resolve();
  let isActing = false;
  /**
   * What the actions that are not finished were made on, and the texts that go before each.
   * @type {Map<Bases, Set<string>>}
   */
  const unfinished = new Map();
  /** The texts that go before the next action; what is typed after it waits for it. */
  const first = () => {
    const [before] = unfinished.values();
    return before ? pending.filter(({ edit_id }) => before.has(edit_id)) : pending;
  };
  /** @type {(() => void)[]} */
  let waitingForRest = [];

  const set = (/** @type {Pending} */ next) => {
    pending = next;
    means.store(pending);
    means.onChange();
  };

  const rest = () => {
    const isAtRest = !isReachable || isGone || isActing || first().every(pendingEdits.isStuck);
    if (!isAtRest) return;
    const waiting = waitingForRest;
    waitingForRest = [];
    waiting.forEach((go) => go());
  };

  /** Resolves when nothing is on its way, or the server cannot be reached. */
  const whenSaved = () =>
    new Promise((resolve) => {
      waitingForRest.push(() => resolve(undefined));
      rest();
    });

  const lost = (/** @type {string} */ edit_id, /** @type {unknown} */ error) => {
    isReachable = false;
    why = error instanceof Error ? error.message : strings.unreachable;
    const mine = { isHeld: isHeld(error) };
    pause = mine;
    set(pendingEdits.unanswered(pending, edit_id));
    means.later(() => void (pause === mine && retry()), waitBefore(losses, error));
    losses += 1;
  };

  const retry = () => {
    pause = null;
    void pump();
  };

  /** The transcript was deleted for good: what is typed stays here, nothing is sent any more. */
  const gone = () => {
    isGone = true;
    set(pending.map((entry) => (entry.state === "sending" ? { ...entry, state: "waiting" } : entry)));
  };

  /** Whether the server fails over this edit again and again, so that others go before it. */
  const isGivenUp = (/** @type {string} */ edit_id, /** @type {ApiError} */ error) => {
    if (!error.mayPass) return true;
    failures.set(edit_id, (failures.get(edit_id) ?? 0) + 1);
    if (/** @type {number} */ (failures.get(edit_id)) < MOST_FAILURES) return false;
    givenUp.set(edit_id, Date.now());
    return true;
  };

  const failed = (/** @type {string} */ edit_id, /** @type {unknown} */ error) => {
    if (!(error instanceof ApiError)) return lost(edit_id, error);
    if (error.isGone) return gone();
    if (!isGivenUp(edit_id, error)) return lost(edit_id, error);
    isReachable = true;
    const tried = pending.find((entry) => entry.edit_id === edit_id);
    if (tried && isFacts(tried)) return notAsSaid(tried, error);
    const isConflict = error.code === "edit_conflict" || error.status === 404;
    const again = isConflict ? pendingEdits.overSameText(tried, error.body.current ?? null) : null;
    if (again) set(pendingEdits.withEntry(pending, again));
    else if (isConflict) set(pendingEdits.conflicting(pending, edit_id, error.body.current ?? null));
    else set(pendingEdits.refused(pending, edit_id, error.message));
  };

  /** What was said of segments needs no choice between texts. @param {Entry} entry @param {ApiError} error */
  const notAsSaid = (entry, error) => {
    const { segment_id, sought_id } = error.body.error ?? {};
    const isConflict = error.code === "edit_conflict" || error.status === 404;
    const again = isConflict ? overOthers(entry, error.body.current ?? null, segment_id ?? sought_id) : null;
    set(again ? pendingEdits.withEntry(pending, again) : pendingEdits.without(pending, entry.edit_id));
    if (!again) means.onRefused(entry, error);
  };

  /** The server works: what it failed over a while ago waits to be sent again. */
  const withoutFailures = () => {
    const isOver = (/** @type {string} */ edit_id) => Date.now() - (givenUp.get(edit_id) ?? Infinity) > AGAIN_MS;
    const again = pending.filter(({ edit_id, state }) => state === "refused" && isOver(edit_id));
    for (const { edit_id } of again) givenUp.delete(edit_id);
    return again.reduce((waiting, { edit_id }) => pendingEdits.unanswered(waiting, edit_id), pending);
  };

  /** What was typed or done since an edit stands on its answer. */
  const taken = (/** @type {string} */ edit_id, /** @type {Changes} */ changes) => {
    isReachable = true;
    set(pendingEdits.taken(withoutFailures(), edit_id, changes.segments));
    for (const bases of unfinished.keys()) {
      for (const segment of changes.segments) {
        const base = bases.get(segment.id);
        if (base) base.revision = pendingEdits.rebased(base, segment);
      }
    }
    means.onTaken(changes);
  };

  /** Send what can be sent, one at a time. */
  async function pump() {
    const entry = pause || isGone || isActing ? null : pendingEdits.nextToSend(first());
    if (!entry) return rest();
    set(pendingEdits.sending(pending, entry.edit_id));
    try {
      const changes = await answered(entry);
      if (changes) taken(entry.edit_id, changes);
    } finally {
      void pump();
    }
  }

  /** What the server did; null where it did not. @param {import("./pending-edits.js").Entry} entry */
  async function answered({ edit, edit_id }) {
    try {
      const changes = await means.send({ ...edit, edit_id });
      losses = 0;
      failures.delete(edit_id);
      return changes;
    } catch (error) {
      failed(edit_id, error);
      return null;
    }
  }

  /** The server does an action once, however often it is sent. @param {() => Promise<Changes>} run */
  async function sentUntilAnswered(run, sent = 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Unanswered) || sent === MOST_SENT) throw error;
      [isReachable, why] = [false, error.message];
      means.onChange();
      return sentUntilAnswered(run, sent + 1);
    }
  }

  /** @param {() => Promise<Changes>} run @param {Bases} bases */
  async function perform(run, bases) {
    await whenSaved();
    if (isGone) throw new NotNow(strings.gone);
    if (first().some((entry) => !pendingEdits.isStuck(entry))) {
      throw new NotNow(strings.kept(why));
    }
    if (first().some(({ edit }) => bases.has(edit.segment_id))) {
      throw new NotNow(strings.chooseFirst);
    }
    isActing = true;
    try {
      const changes = await sentUntilAnswered(run);
      taken("", changes);
      return changes;
    } catch (error) {
      if (error instanceof Unreachable) throw new NotNow(error.message);
      if (error instanceof ApiError && error.code === "edit_conflict") throw new NotNow(strings.segmentChanged);
      throw error;
    } finally {
      isActing = false;
      void pump();
    }
  }

  return {
    whenSaved,
    pending: () => pending,
    state: () => {
      if (isGone) return "gone";
      const state = pendingEdits.saveState(pending, isReachable);
      return state === "saved" && unfinished.size > 0 ? "saving" : state;
    },
    /** Why nothing is saved just now. */
    why: () => why,
    gone,
    /** Take up edits found in the browser's store. */
    restore(/** @type {readonly import("./pending-edits.js").Entry[]} */ stored) {
      set([...pendingEdits.restored(stored), ...pending]);
      void pump();
    },
    /** Save a segment's text. */
    text(/** @type {Typed} */ typed) {
      const isBeforeAction = (/** @type {string} */ id) => [...unfinished.values()].some((before) => before.has(id));
      set(pendingEdits.withText(pending, { edit_id: means.newId(), ...typed }, isBeforeAction));
      void pump();
    },
    /** Keep what was said of segments or their words and could not be done, until the server takes it. @param {Entry} entry */
    keep(entry) {
      set(withKept(pending, entry));
      void pump();
    },
    /** Resolve a conflict: `text` is saved over `base_revision`, or null lets the server's stand. */
    resolve(/** @type {string} */ edit_id, /** @type {Typed | null} */ mine) {
      const others = pendingEdits.without(pending, edit_id);
      set(mine ? pendingEdits.withText(others, { edit_id: means.newId(), ...mine }) : others);
      void pump();
    },
    /** Other traffic with the server went well, or did not. */
    serverAnswered(/** @type {boolean} */ isWell, because = strings.unreachable) {
      if (isWell && pause && !pause.isHeld) retry();
      if (!isWell && isReachable) why = because;
      if (isReachable === isWell || (isWell && pending.some((entry) => !pendingEdits.isStuck(entry)))) return;
      isReachable = isWell;
      means.onChange();
    },
    /** Try again now, as when the browser comes back online. */
    retryNow() {
      if (pause && !pause.isHeld) retry();
    },
    /**
     * Do something that needs all texts and actions before it to have arrived.
     * @param {(revisionOf: (id: string) => number) => Promise<Changes>} run with the revision of
     *   each segment in `made` that it was made on
     * @param {Bases} [made] an open conflict of one of these stands in the way
     * @returns {Promise<Changes>}
     */
    act(run, made = new Map()) {
      unfinished.set(made, new Set(pending.map(({ edit_id }) => edit_id)));
      means.onChange();
      const revisionOf = (/** @type {string} */ id) => made.get(id)?.revision ?? 0;
      const acted = acts
        .then(() => perform(() => run(revisionOf), made))
        .finally(() => {
          unfinished.delete(made);
          means.onChange();
          void pump();
        });
      acts = acted.then(
        () => {},
        () => {},
      );
      return acted;
    },
  };
}
