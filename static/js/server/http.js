/**
 * Asks the server. Turns answers into values and failures into errors: `Unreachable` when nobody
 * answered, or only that it shall be tried again; `ApiError` when the server said no.
 */

import { randomId } from "../shared/ids.js";
import { inPageWords } from "../shared/server-words.js";
import { browserStorage } from "../shared/settings.js";
import { UserError } from "../shared/user-error.js";
import { strings } from "./strings.js";

/** The server answered with an error. `code` and `facts` are those of its one error shape. */
export class ApiError extends UserError {
  /**
   * @param {number} status
   * @param {{code?: string, message?: string}} error
   * @param {Record<string, any>} body
   */
  constructor(status, error, body) {
    super(error.message ? inPageWords(error.message) : strings.failed(status));
    this.status = status;
    this.code = error.code || "error";
    this.body = body;
  }

  /** Whether the same may succeed later: the server failed, it did not refuse. */
  get mayPass() {
    return this.status === 500 || this.status === 507;
  }

  /** Whether the whole transcript is gone for good. */
  get isGone() {
    return this.status === 404 && this.body.error?.kind === "transcript";
  }
}

/** No answer came, or one that a later attempt is sure to better; `wait_ms` is how long to wait at least. */
export class Unreachable extends UserError {
  constructor(message = strings.unreachable, wait_ms = 0) {
    super(message);
    this.wait_ms = wait_ms;
  }
}

/** The server took what was sent, and has not answered for so long that it is asked once more. */
export class Unanswered extends Unreachable {
  constructor() {
    super(strings.unanswered);
  }
}

/** The event of the window when the server does not know any more who asks. */
export const LOGGED_OUT = "logged-out";

/** Answers that a later attempt turns into success: too slow, too early, too often, busy, or not ours. */
const PASSING = new Set([408, 425, 429, 502, 503, 504]);
const BUSY = new Set([408, 425, 429]);
const CLIENT = "transcript-editor-client";

let client = "";
/** Tells this browser's edits from those of others, where nobody logs in. */
export function clientId() {
  if (client) return client;
  const storage = browserStorage();
  client = storage.getItem(CLIENT) ?? randomId();
  storage.setItem(CLIENT, client);
  return client;
}

/** How long a server asks to be left alone; it may say so in seconds or as a moment. @param {string | null} said */
export function waitOf(said, now_ms = Date.now()) {
  if (!said) return 0;
  const wait_ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - now_ms;
  return Number.isFinite(wait_ms) ? Math.max(0, wait_ms) : 0;
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...options.headers, "X-Client": clientId() } });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  if (PASSING.has(response.status)) {
    const busy = BUSY.has(response.status) ? strings.busy : undefined;
    const said = body.error?.message;
    throw new Unreachable(said ? inPageWords(said) : busy, waitOf(response.headers.get("Retry-After")));
  }
  if (body.error?.code === "login_required") {
    // As good as no answer: what was to be sent is kept until the person has logged in again.
    dispatchEvent(new Event(LOGGED_OUT));
    throw new Unreachable();
  }
  throw new ApiError(response.status, body.error || {}, body);
}

/**
 * Give up after so long.
 * @template T
 * @param {number} deadline_ms
 * @param {(signal: AbortSignal) => Promise<T>} run
 */
async function within(deadline_ms, run) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), deadline_ms);
  try {
    return await run(late.signal);
  } catch (error) {
    throw late.signal.aborted ? new Unanswered() : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {RequestInit & {deadline_ms?: number}} [options] deadline_ms: for what may be sent again,
 *   since it is done once
 * @returns {Promise<any>}
 */
export async function json(method, path, body, { deadline_ms, ...options } = {}) {
  if (deadline_ms) return within(deadline_ms, (signal) => json(method, path, body, { ...options, signal }));
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const response = await request(path, { method, ...sent, ...options });
  if (response.status === 204) return null;
  // A line that breaks in the middle of an answer is as good as none.
  return response.json().catch(() => {
    throw new Unreachable();
  });
}

/** A file that the server makes, how it names it, and what it tells of it. @param {string} path @param {RequestInit} [options] */
export async function file(path, options) {
  const response = await request(path, options);
  const blob = await response.blob().catch(() => {
    throw new Unreachable();
  });
  const remarks = remarksOf(response.headers.get("Remarks") ?? "")
    .map(inPageWords)
    .join(". ");
  return { blob, name: fileNameOf(response.headers.get("Content-Disposition") ?? ""), remarks };
}

/** Each of the `Remarks`, which may quote a text with full stops in it. @param {string} header */
export const remarksOf = (header) => decodeURIComponent(header).split(/\. (?![^“”]*”)/);

/** The name in a `Content-Disposition`; the one in UTF-8 where there are two. @param {string} disposition */
export function fileNameOf(disposition) {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? "transcript";
}
