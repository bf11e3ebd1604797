/**
 * Uploads in pieces that resume: after a lost connection, and, when the same file is chosen again,
 * after a reload. Knows the order of steps, not addresses: those come with `server`.
 *
 * @typedef {{create(name: string, size: number): Promise<string>,
 *   offset(id: string): Promise<number>,
 *   send(id: string, offset: number, piece: Blob, signal: AbortSignal): Promise<number>,
 *   discard(id: string): Promise<unknown>}} Server
 * @typedef {{get(key: string): string | null, set(key: string, id: string): void,
 *   forget(key: string): void}} Memory
 */

import { ApiError, Unreachable } from "./api.js";
import { UserError } from "../shared/user-error.js";
import { strings } from "./strings.js";

export const PIECE_BYTES = 8 * 1024 * 1024;
const LEAST_PIECE_BYTES = 128 * 1024;
/** After so many pieces that arrived, larger ones are tried. */
const ARRIVED_BEFORE_LARGER = 4;
/** So often an upload that the server no longer knows is begun anew. */
const MOST_BEGINNINGS = 3;
const DISCARD_ATTEMPTS = 3;
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

/**
 * The size of pieces: of one that broke off nothing is kept, so that smaller ones follow a loss.
 * @param {number} most
 */
export function pieceSizes(most) {
  let size = most;
  let arrived = 0;
  return {
    now: () => size,
    lost() {
      size = Math.max(Math.min(LEAST_PIECE_BYTES, most), Math.ceil(size / 4));
      arrived = 0;
    },
    arrived() {
      arrived += 1;
      if (arrived % ARRIVED_BEFORE_LARGER === 0) size = Math.min(most, size * 2);
    },
  };
}

/** What tells a file from others across reloads. @param {File} file */
export const fingerprint = (file) => `upload:${file.name}:${file.size}:${file.lastModified}`;

/** Wait before the nth attempt after a loss, from 1. @param {number} attempt */
export const waitBefore = (attempt) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));

/** @param {number} wait_ms @param {AbortSignal} signal */
export const sleep = (wait_ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, wait_ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve(undefined);
      },
      { once: true },
    );
  });

/**
 * The offset of an upload begun before, or of a new one.
 * @param {File} file
 * @param {{id: string, sent: number}} begun gets the upload's id
 * @param {Server} server
 * @param {Memory} memory
 */
async function beginOrResume(file, begun, server, memory) {
  const known = begun.id || memory.get(fingerprint(file));
  if (known) {
    try {
      const offset = await server.offset(known);
      begun.id = known;
      return offset;
    } catch (error) {
      if (error instanceof Unreachable) throw error;
      memory.forget(fingerprint(file));
    }
  }
  begun.id = await server.create(file.name, file.size);
  memory.set(fingerprint(file), begun.id);
  return 0;
}

/**
 * A part of a file; says so where it cannot be read any more.
 * @param {File} file
 * @param {number} start
 * @param {number} end
 */
export async function bytesOf(file, start, end) {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new UserError(strings.unreadable(file.name));
  }
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
    // The browser says the same of a lost line and of a file that was moved meanwhile.
    if (error instanceof Unreachable) await bytesOf(file, piece.start, piece.start + 1);
    throw error;
  }
}

/**
 * Throw away what arrived. The piece on its way may still be written for a moment.
 * @param {string} id
 * @param {Server} server
 * @param {(wait_ms: number, signal: AbortSignal) => Promise<unknown>} wait
 */
export async function discard(id, server, wait = sleep) {
  for (let attempt = 1; attempt <= DISCARD_ATTEMPTS; attempt += 1) {
    try {
      return await server.discard(id);
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof Unreachable)) throw error;
      // Gone already, or left to expire.
      if (/** @type {any} */ (error).status === 404) return null;
      await wait(FIRST_WAIT_MS, new AbortController().signal);
    }
  }
  return null;
}

/** Whether another attempt may succeed: no answer came, or another tab sends the same file. */
const isPassing = (/** @type {unknown} */ error) =>
  error instanceof Unreachable || (error instanceof ApiError && error.status === 423);

/**
 * Upload a file to its end, however often the connection is lost; gives the upload's id.
 * One that is cancelled is removed at the server.
 * @param {File} file
 * @param {{server: Server, memory: Memory, signal: AbortSignal,
 *   onProgress: (sent: number, isWaiting: boolean) => void,
 *   wait?: (wait_ms: number, signal: AbortSignal) => Promise<unknown>, pieceBytes?: number}} options
 */
export async function upload(file, options) {
  const { server, memory, signal, onProgress, wait = sleep, pieceBytes = PIECE_BYTES } = options;
  const sizes = pieceSizes(pieceBytes);
  let attempt = 0;
  let beginnings = 1;
  const begun = { id: "", sent: 0 };
  for (;;) {
    try {
      return await sendAll(file, begun, sizes, { ...options, onArrived: () => (attempt = 0) });
    } catch (error) {
      if (signal.aborted) {
        memory.forget(fingerprint(file));
        if (begun.id) await discard(begun.id, server, wait);
      }
      signal.throwIfAborted();
      const isForgotten = error instanceof ApiError && error.status === 404;
      if (isForgotten && (beginnings += 1) <= MOST_BEGINNINGS) continue;
      if (!isPassing(error)) throw error;
      attempt += 1;
      sizes.lost();
      onProgress(begun.sent, true);
      await wait(waitBefore(attempt), signal);
    }
  }
}

/**
 * Send what is missing, until it is all there or something fails.
 * @param {File} file
 * @param {{id: string, sent: number}} begun how far it is, for the next attempt
 * @param {ReturnType<typeof pieceSizes>} sizes
 * @param {{server: Server, memory: Memory, signal: AbortSignal, onArrived(): void,
 *   onProgress: (sent: number, isWaiting: boolean) => void}} options
 */
async function sendAll(file, begun, sizes, { server, memory, signal, onProgress, onArrived }) {
  signal.throwIfAborted();
  let offset = await beginOrResume(file, begun, server, memory);
  for (;;) {
    begun.sent = offset;
    onProgress(offset, false);
    signal.throwIfAborted();
    const piece = pieceAt(offset, file.size, sizes.now());
    if (!piece) break;
    offset = await sendPiece(file, begun.id, piece, server, signal);
    sizes.arrived();
    onArrived();
  }
  memory.forget(fingerprint(file));
  return begun.id;
}
