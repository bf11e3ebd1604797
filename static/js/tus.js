/**
 * Uploads in pieces that resume: after a lost connection, and, when the same file is chosen again,
 * after a reload. Knows the order of steps, not addresses: those come with `server`.
 *
 * @typedef {{create(name: string, size: number): Promise<string>,
 *   offset(id: string): Promise<number>,
 *   send(id: string, offset: number, piece: Blob, signal: AbortSignal): Promise<number>}} Server
 * @typedef {{get(key: string): string | null, set(key: string, id: string): void,
 *   forget(key: string): void}} Memory
 */

import { Unreachable } from "./api.js";

export const PIECE_BYTES = 8 * 1024 * 1024;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/**
 * The next piece to send, null when all is there.
 * @param {number} offset
 * @param {number} size
 */
export function pieceAt(offset, size, pieceBytes = PIECE_BYTES) {
  return offset >= size ? null : { start: offset, end: Math.min(size, offset + pieceBytes) };
}

/** What tells a file from others across reloads. @param {File} file */
export const fingerprint = (file) => `upload:${file.name}:${file.size}:${file.lastModified}`;

/** Wait before the nth attempt after a loss, from 1. @param {number} attempt */
export const waitBefore = (attempt) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));

/** @param {number} wait_ms @param {AbortSignal} signal */
export const sleep = (wait_ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, wait_ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve(undefined)), { once: true });
  });

/**
 * The id and offset of an upload begun before, or of a new one.
 * @param {File} file
 * @param {Server} server
 * @param {Memory} memory
 */
async function beginOrResume(file, server, memory) {
  const known = memory.get(fingerprint(file));
  if (known) {
    try {
      return { id: known, offset: await server.offset(known) };
    } catch (error) {
      if (error instanceof Unreachable) throw error;
      memory.forget(fingerprint(file));
    }
  }
  const id = await server.create(file.name, file.size);
  memory.set(fingerprint(file), id);
  return { id, offset: 0 };
}

/**
 * Send one piece. A piece that collides with what the server has asks it where to go on.
 * @param {File} file
 * @param {string} id
 * @param {{start: number, end: number}} piece
 * @param {Server} server
 * @param {AbortSignal} signal
 */
async function sendPiece(file, id, piece, server, signal) {
  try {
    return await server.send(id, piece.start, file.slice(piece.start, piece.end), signal);
  } catch (error) {
    if (/** @type {any} */ (error).status === 409) return server.offset(id);
    throw error;
  }
}

/**
 * Upload a file to its end, however often the connection is lost; gives the upload's id.
 * @param {File} file
 * @param {{server: Server, memory: Memory, signal: AbortSignal,
 *   onProgress: (sent: number, isWaiting: boolean) => void,
 *   wait?: (wait_ms: number, signal: AbortSignal) => Promise<unknown>, pieceBytes?: number}} options
 */
export async function upload(file, options) {
  const { server, memory, signal, onProgress, wait = sleep, pieceBytes = PIECE_BYTES } = options;
  let attempt = 0;
  let sent = 0;
  for (;;) {
    try {
      let { id, offset } = await beginOrResume(file, server, memory);
      for (;;) {
        sent = offset;
        onProgress(sent, false);
        const piece = pieceAt(offset, file.size, pieceBytes);
        if (!piece) return memory.forget(fingerprint(file)), id;
        offset = await sendPiece(file, id, piece, server, signal);
        attempt = 0;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Unreachable)) throw error;
      attempt += 1;
      onProgress(sent, true);
      await wait(waitBefore(attempt), signal);
      signal.throwIfAborted();
    }
  }
}
