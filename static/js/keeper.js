/**
 * Brings "the text is right here" to the server: each decision is shown at once, kept in the
 * browser's store until the server has it, and tried again when the server is back. Knows no DOM.
 */

import { ApiError } from "./api.js";

/**
 * @param {{send(body: object): Promise<import("./document.js").Changes>, keep(key: string): void,
 *   forget(key: string): void, onTaken(changes: import("./document.js").Changes): void,
 *   onChange(): void}} means
 */
export function createKeeper(means) {
  /** @type {ReadonlySet<string>} */
  let unsent = new Set();
  let isSending = false;

  const drop = (/** @type {string} */ key) => {
    unsent = new Set([...unsent].filter((other) => other !== key));
    means.forget(key);
  };

  /** One after the other, until all are there or nobody answers. */
  async function send() {
    if (isSending) return;
    isSending = true;
    try {
      while (unsent.size > 0) {
        const [key] = unsent;
        const changes = await means.send(bodyOf(key));
        drop(key);
        means.onTaken(changes);
      }
    } catch (error) {
      // Refused for good, as when the segment is gone; else it waits for the server.
      if (error instanceof ApiError) [...unsent].slice(0, 1).forEach(drop);
    } finally {
      isSending = false;
    }
  }

  return {
    /** Keys of doubts (see `keyOf`) that are kept here and not yet there. */
    unsent: () => unsent,
    add(/** @type {string} */ key) {
      unsent = new Set([...unsent, key]);
      means.keep(key);
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
