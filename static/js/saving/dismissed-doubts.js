/**
 * Brings "the text is right here" to the server: each decision is shown at once, kept in the
 * browser's store until the server has it, and tried again when the server is back. Knows no DOM.
 */

import { isRefusal, waitBefore } from "../server/retry.js";

/** @typedef {{isKept: boolean, done(): void, failed(error: unknown): void}} Decision kept, or open again */

/**
 * @param {{send(body: object): Promise<import("../transcript/transcript.js").Changes>, store(key: string): void,
 *   remove(key: string): void, onTaken(changes: import("../transcript/transcript.js").Changes): void,
 *   onChange(): void, later(run: () => void, wait_ms: number): void}} means
 */
export function createDismissals(means) {
  /** The newest decision on each doubt that the server does not know of. @type {Map<string, Decision>} */
  const decisions = new Map();
  /** @type {ReadonlySet<string>} */
  let unsent = new Set();
  let isSending = false;
  let losses = 0;
  /** The wait before the next attempt, while there is one. @type {object | null} */
  let pause = null;

  const changed = () => void (unsent = new Set([...decisions].filter(([, { isKept }]) => isKept).map(([key]) => key)));

  /** @param {string} key @param {Partial<Decision>} [facts] */
  function decide(key, { isKept = true, done = () => {}, failed = () => {} } = {}) {
    // Whoever waits for another decision that was not sent yet waits no longer.
    decisions.get(key)?.done();
    decisions.delete(key);
    decisions.set(key, { isKept, done, failed });
    changed();
  }

  /** Let go of a decision, unless another one was made since. @param {string} key @param {Decision} decision */
  function drop(key, decision) {
    if (decisions.get(key) !== decision) return;
    decisions.delete(key);
    changed();
    means.remove(key);
  }

  /** One after the other, until all are there or nobody answers. */
  async function send() {
    if (isSending) return;
    isSending = true;
    pause = null;
    try {
      while (decisions.size > 0 && !pause) await sendOne(...[...decisions][0]);
    } finally {
      isSending = false;
    }
  }

  async function sendOne(/** @type {string} */ key, /** @type {Decision} */ decision) {
    let changes;
    try {
      changes = await means.send(decision.isKept ? bodyOf(key) : { ...bodyOf(key), kept: false });
    } catch (error) {
      return notSent(key, decision, error);
    }
    losses = 0;
    drop(key, decision);
    means.onTaken(changes);
    decision.done();
  }

  /** Refused for good, as when the segment is gone, it is dropped; else it waits, behind the others. */
  function notSent(/** @type {string} */ key, /** @type {Decision} */ decision, /** @type {unknown} */ error) {
    if (isRefusal(error) || !decision.isKept) {
      drop(key, decision);
      decision.failed(error);
      return means.onChange();
    }
    if (decisions.get(key) === decision) decide(key, decision);
    const mine = {};
    pause = mine;
    means.later(() => void (pause === mine && send()), waitBefore(losses, error));
    losses += 1;
  }

  return {
    /** Keys of doubts (see `keyOf`) that are kept here and not yet there. */
    unsent: () => unsent,
    /** Whether the server does not know of a decision yet. */
    isAny: () => decisions.size > 0,
    add(/** @type {string} */ key) {
      decide(key);
      means.store(key);
      means.onChange();
      void send();
    },
    /** The doubt is open again. */
    reopen(/** @type {string} */ key) {
      means.remove(key);
      const reopened = new Promise((done, failed) => decide(key, { isKept: false, done: () => done(null), failed }));
      means.onChange();
      void send();
      return reopened;
    },
    restore(/** @type {readonly string[]} */ keys) {
      for (const key of keys) if (!decisions.has(key)) decide(key);
      void send();
    },
    /** The server answers again. */
    retry: () => void (decisions.size > 0 && send()),
  };
}

/** @param {string} key */
function bodyOf(key) {
  const [segment_id, kind, written, heard] = key.split("\u0000");
  return { segment_id, kind, written, heard };
}
