/**
 * Brings "the text is right here" to the server: each decision is shown at once, kept in the
 * browser's store until the server has it, and tried again when the server is back. Knows no DOM.
 */

import { isRefusal, waitBefore } from "../server/retry.js";

/**
 * @param {{send(body: object): Promise<import("../transcript/transcript.js").Changes>, store(key: string): void,
 *   remove(key: string): void, onTaken(changes: import("../transcript/transcript.js").Changes): void,
 *   onChange(): void, later(run: () => void, wait_ms: number): void}} means
 */
export function createDismissals(means) {
  /** @type {ReadonlySet<string>} */
  let unsent = new Set();
  let isSending = false;
  let losses = 0;
  /** The wait before the next attempt, while there is one. @type {object | null} */
  let pause = null;

  const drop = (/** @type {string} */ key) => {
    unsent = new Set([...unsent].filter((other) => other !== key));
    means.remove(key);
  };

  /** One after the other, until all are there or nobody answers. */
  async function send() {
    if (isSending) return;
    isSending = true;
    pause = null;
    try {
      while (unsent.size > 0 && !pause) await sendOne([...unsent][0]);
    } finally {
      isSending = false;
    }
  }

  async function sendOne(/** @type {string} */ key) {
    let changes;
    try {
      changes = await means.send(bodyOf(key));
    } catch (error) {
      return failed(key, error);
    }
    losses = 0;
    drop(key);
    means.onTaken(changes);
  }

  /** Refused for good, as when the segment is gone, it is dropped; else it waits, behind the others. */
  function failed(/** @type {string} */ key, /** @type {unknown} */ error) {
    if (isRefusal(error)) {
      drop(key);
      return means.onChange();
    }
    unsent = new Set([...[...unsent].filter((other) => other !== key), key]);
    const mine = {};
    pause = mine;
    means.later(() => void (pause === mine && send()), waitBefore(losses, error));
    losses += 1;
  }

  return {
    /** Keys of doubts (see `keyOf`) that are kept here and not yet there. */
    unsent: () => unsent,
    add(/** @type {string} */ key) {
      unsent = new Set([...unsent, key]);
      means.store(key);
      means.onChange();
      send();
    },
    /** The doubt is open again. */
    async reopen(/** @type {string} */ key) {
      if (unsent.has(key)) drop(key);
      means.onTaken(await means.send({ ...bodyOf(key), kept: false }));
    },
    restore(/** @type {readonly string[]} */ keys) {
      unsent = new Set([...unsent, ...keys]);
      send();
    },
    /** The server answers again. */
    retry: () => void (unsent.size > 0 && send()),
  };
}

/** @param {string} key */
function bodyOf(key) {
  const [segment_id, kind, written, heard] = key.split("\u0000");
  return { segment_id, kind, written, heard };
}
