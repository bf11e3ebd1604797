/**
 * Brings edits to the server, one after the other: texts through the list of pending edits, which
 * outlives the page, structure (split, merge, undo ...) once all texts before it have arrived.
 * Knows no DOM; server, store and waiting come from outside.
 *
 * @typedef {import("./pending.js").Pending} Pending
 * @typedef {import("./document.js").Changes} Changes
 * @typedef {{segment_id: string, base_revision: number, before: string, text: string,
 *   after_id: string | null}} Typed
 * @typedef {{revision: number, text: string}} Base what an action was made on: the text of a segment
 *   as it was shown, and its revision
 * @typedef {Map<string, Base>} Bases by the segment's id
 */

import { ApiError, Unreachable } from "./api.js";
import * as queue from "./pending.js";

const RETRY_MS = [1000, 2000, 4000, 8000];

const CHANGED = "This segment was changed by somebody else meanwhile. Nothing was done; look at it and try again.";

/** An action that needs the server now, while it cannot be reached or a choice is open. */
export class NotNow extends Error {}

/**
 * @param {{send(edit: object): Promise<Changes>, keep(pending: Pending): void,
 *   onTaken(changes: Changes): void, onChange(): void,
 *   newId(): string, later(run: () => void, wait_ms: number): void}} means
 */
export function createSaver(means) {
  /** @type {Pending} */
  let pending = [];
  let isReachable = true;
  let losses = 0;
  let isPaused = false;
  /** Actions, one after the other; no text goes out while one is on its way. */
  let acts = Promise.resolve();
  let isActing = false;
  /** What the actions that are not finished were made on. @type {Set<Bases>} */
  const standing = new Set();
  /** @type {(() => void)[]} */
  let waitingForRest = [];

  const set = (/** @type {Pending} */ next) => {
    pending = next;
    means.keep(pending);
    means.onChange();
  };

  const rest = () => {
    const isAtRest = !isReachable || isActing || pending.every(queue.isStuck);
    if (!isAtRest) return;
    const waiting = waitingForRest;
    waitingForRest = [];
    waiting.forEach((go) => go());
  };

  /** Resolves when nothing is on its way, or the server cannot be reached. */
  const settled = () =>
    new Promise((resolve) => {
      waitingForRest.push(() => resolve(undefined));
      rest();
    });

  const lost = (/** @type {string} */ edit_id) => {
    isReachable = false;
    isPaused = true;
    set(queue.unanswered(pending, edit_id));
    means.later(retry, RETRY_MS[Math.min(losses, RETRY_MS.length - 1)]);
    losses += 1;
  };

  const retry = () => {
    isPaused = false;
    pump();
  };

  const failed = (/** @type {string} */ edit_id, /** @type {unknown} */ error) => {
    if (!(error instanceof ApiError)) return lost(edit_id);
    isReachable = true;
    const isConflict = error.code === "edit_conflict" || error.status === 404;
    if (isConflict) set(queue.conflicting(pending, edit_id, error.body.current ?? null));
    else set(queue.refused(pending, edit_id, error.message));
  };

  /** What was typed or done since an edit stands on its answer. */
  const taken = (/** @type {string} */ edit_id, /** @type {Changes} */ changes) => {
    isReachable = true;
    set(queue.taken(pending, edit_id, changes.segments));
    for (const bases of standing) {
      for (const segment of changes.segments) {
        const base = bases.get(segment.id);
        if (base) base.revision = queue.rebased(base, segment);
      }
    }
    means.onTaken(changes);
  };

  /** Send what can be sent, one at a time. */
  async function pump() {
    const entry = isPaused || isActing ? null : queue.nextToSend(pending);
    if (!entry) return rest();
    set(queue.sending(pending, entry.edit_id));
    try {
      const changes = await means.send({ ...entry.edit, edit_id: entry.edit_id });
      losses = 0;
      taken(entry.edit_id, changes);
    } catch (error) {
      failed(entry.edit_id, error);
    }
    pump();
  }

  /** @param {() => Promise<Changes>} run @param {Bases} bases */
  async function perform(run, bases) {
    await settled();
    if (pending.some((entry) => !queue.isStuck(entry))) {
      throw new NotNow("The server cannot be reached. Your typing is kept; try this again later.");
    }
    if (pending.some(({ edit }) => bases.has(edit.segment_id))) {
      throw new NotNow("First choose which text of this segment to keep.");
    }
    isActing = true;
    try {
      const changes = await run();
      taken("", changes);
      return changes;
    } catch (error) {
      if (error instanceof Unreachable) throw new NotNow(error.message);
      if (error instanceof ApiError && error.code === "edit_conflict") throw new NotNow(CHANGED);
      throw error;
    } finally {
      isActing = false;
      pump();
    }
  }

  return {
    settled,
    pending: () => pending,
    state: () => {
      const state = queue.saveState(pending, isReachable);
      return state === "saved" && standing.size > 0 ? "saving" : state;
    },
    /** Take up edits found in the browser's store. */
    restore(/** @type {readonly import("./pending.js").Entry[]} */ stored) {
      set([...queue.restored(stored), ...pending]);
      pump();
    },
    /** Save a segment's text. */
    text(/** @type {Typed} */ typed) {
      set(queue.withText(pending, { edit_id: means.newId(), ...typed }));
      pump();
    },
    /** Settle a conflict: `text` is saved over `base_revision`, or null lets the server's stand. */
    settle(
      /** @type {string} */ edit_id,
      /** @type {Typed | null} */ mine,
    ) {
      const others = queue.without(pending, edit_id);
      set(mine ? queue.withText(others, { edit_id: means.newId(), ...mine }) : others);
      pump();
    },
    /** Other traffic with the server went well, or did not. */
    heardFromServer(/** @type {boolean} */ isWell) {
      if (isWell && isPaused) retry();
      if (isReachable === isWell || (isWell && pending.some((entry) => !queue.isStuck(entry)))) return;
      isReachable = isWell;
      means.onChange();
    },
    /** Try again now, as when the browser comes back online. */
    retryNow() {
      if (isPaused) retry();
    },
    /**
     * Do something that needs all texts and actions before it to have arrived.
     * @param {(revisionOf: (id: string) => number) => Promise<Changes>} run with the revision of
     *   each segment in `made` that it was made on
     * @param {Bases} [made] an open conflict of one of these stands in the way
     * @returns {Promise<Changes>}
     */
    act(run, made = new Map()) {
      standing.add(made);
      means.onChange();
      const revisionOf = (/** @type {string} */ id) => made.get(id)?.revision ?? 0;
      const acted = acts.then(() => perform(() => run(revisionOf), made)).finally(() => {
        standing.delete(made);
        means.onChange();
      });
      acts = acted.then(() => {}, () => {});
      return acted;
    },
  };
}
