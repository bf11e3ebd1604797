/** What is tried again by itself, and after how long. */

import { UserError } from "../shared/user-error.js";
import { ApiError, Unreachable } from "./http.js";

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** Whether the server said no for good: the same, sent again, meets the same answer. @param {unknown} error */
export const isRefusal = (error) => error instanceof ApiError && !error.mayPass && !error.isGone;

/**
 * Whether the server itself asks to be left alone, or fails: that it answers others changes nothing.
 * @param {unknown} error
 */
export const isHeld = (error) => error instanceof ApiError || (error instanceof Unreachable && error.wait_ms > 0);

/**
 * How long to wait after so many losses in a row, and at least as long as the server says.
 * @param {number} losses
 * @param {unknown} error
 */
export const waitBefore = (losses, error) =>
  Math.max(Math.min(LONGEST_MS, FIRST_MS * 2 ** losses), error instanceof Unreachable ? error.wait_ms : 0);

/**
 * Ask the server until it answers, after waits that grow; what it refuses for good is thrown.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {AbortSignal} signal
 * @returns {Promise<T | null>} null where nobody waits for it any more, or its transcript is gone
 */
export async function untilAnswered(ask, signal) {
  for (let losses = 0; !signal.aborted; losses += 1) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ApiError && error.isGone) return null;
      if (!(error instanceof UserError) || isRefusal(error)) throw error;
      await new Promise((go) => void setTimeout(go, waitBefore(losses, error)));
    }
  }
  return null;
}
