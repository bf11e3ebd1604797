/** Brings what was chosen to the server, one recording after the other, and makes transcripts of it. */

import { ApiError } from "../server/api.js";
import { named } from "./new-choice.js";
import { sleep } from "../server/resumable-upload.js";

const BUSY_WAIT_MS = 1000;
const MOST_ATTEMPTS = 30;

/**
 * @typedef {import("./new-choice.js").Item} Item
 * @typedef {{uploadRecording(file: File, onProgress: (sent: number, isWaiting: boolean) => void,
 *   signal: AbortSignal): Promise<string>, create(body: object): Promise<{id: string}>}} Server
 * @param {readonly Item[]} items each is told why it failed
 * @param {(item: Item) => object} bodyOf what a transcript is made with, beside the uploads
 * @param {Server} server
 * @param {{signal: AbortSignal, onProgress(item: Item, sent: number, isWaiting: boolean): void,
 *   onMade(item: Item, id: string): void}} options
 */
export async function bringAll(items, bodyOf, server, { signal, onProgress, onMade }) {
  for (const item of items) item.problem = "";
  for (const item of items) {
    try {
      onMade(
        item,
        await bring(item, bodyOf(item), server, signal, (sent, isWaiting) => onProgress(item, sent, isWaiting)),
      );
    } catch (error) {
      if (signal.aborted) return;
      item.problem = named(/** @type {File} */ (item.recording), error);
    }
  }
}

/**
 * @param {Item} item
 * @param {object} body
 * @param {Server} server
 * @param {AbortSignal} signal
 * @param {(sent: number, isWaiting: boolean) => void} onProgress
 */
async function bring(item, body, { uploadRecording, create }, signal, onProgress) {
  for (let attempt = 1; ; attempt += 1) {
    item.upload ??= await uploadRecording(/** @type {File} */ (item.recording), onProgress, signal);
    try {
      const text_upload = item.text?.text.upload ?? null;
      const { encoding: text_encoding = null, kind: text_kind = null } = item.text?.text ?? {};
      return (await create({ ...body, media_upload: item.upload, text_upload, text_encoding, text_kind })).id;
    } catch (error) {
      const { status } = /** @type {any} */ (error);
      // Another tab that brings the same file has the upload, or has used it up.
      const isElsewhere = error instanceof ApiError && (status === 404 || status === 423);
      if (!isElsewhere || attempt === MOST_ATTEMPTS) {
        // What was refused is not kept at the server.
        if (/** @type {any} */ (error).code === "unreadable_media") item.upload = null;
        throw error;
      }
      if (status === 404) item.upload = null;
      else await sleep(BUSY_WAIT_MS, signal);
      signal.throwIfAborted();
    }
  }
}
