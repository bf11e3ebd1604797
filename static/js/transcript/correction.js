/** What a correction is about: which words were changed, and what stands around a place. Pure. */

import { wordDiff } from "./diff.js";

const EDGES = /^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu;

/** A wording without the marks around it. @param {string} text */
export const bare = (text) => text.replace(EDGES, "");

/**
 * The one wording that was put for another, without the marks around both; null where there is
 * none, or more than one.
 *
 * correctionOf("it is a clevency.", "it is equivalency.") gives "a clevency" and "equivalency"
 * @param {string} before
 * @param {string} after
 * @returns {{old: string, new: string} | null}
 */
export function correctionOf(before, after) {
  const parts = wordDiff(before, after);
  const first = parts.findIndex(({ kind }) => kind !== "same");
  const last = parts.findLastIndex(({ kind }) => kind !== "same");
  const side = (/** @type {string} */ other) =>
    bare(
      parts
        .slice(first, last + 1)
        .filter(({ kind }) => kind !== other)
        .map(({ text }) => text)
        .join(""),
    );
  const found = first < 0 ? null : { old: side("new"), new: side("gone") };
  return found?.old && found.old !== found.new ? found : null;
}

/** An expression for any of these texts, the longest first. @param {readonly string[]} texts */
export const anyOf = (texts) =>
  [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|#&~-]/gu, "\\$&"))
    .join("|");

const AROUND = 48;

/**
 * What stands before and behind a place, cut at words.
 * @param {string} text
 * @param {number} start
 * @param {number} length
 */
export function contextOf(text, start, length) {
  const before = text.slice(0, start);
  const behind = text.slice(start + length);
  const short = (/** @type {string} */ side) => side.length <= AROUND;
  return {
    before: short(before) ? before : `… ${before.slice(-AROUND).replace(/^\S*\s/u, "")}`,
    behind: short(behind) ? behind : `${behind.slice(0, AROUND).replace(/\s\S*$/u, "")} …`,
  };
}
