/** What is tried again by itself, and after how long. */

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
