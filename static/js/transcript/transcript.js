/**
 * The transcript as the page knows it: plain values and functions that give new values. Pure, no
 * DOM, no clock, no network.
 *
 * @typedef {import("./words.js").Word} Word
 * @typedef {{kind: "different" | "not_heard" | "not_written" | "unsure" | "spelling" | "repeated" | "style" | "another_voice" | "same_voice", first_word: number,
 *   last_word: number, written: string, heard: string, score: number, start_ms: number,
 *   end_ms: number, why: string, kept: boolean}} Doubt
 * @typedef {{id: string, position: number, revision: number, speaker: string | null,
 *   kind: "speech" | "sound", new_turn: boolean, reviewed: boolean, text: string, note: string, words: Word[],
 *   doubts: Doubt[], plain?: Doubt[]}} Segment
 *   `plain` are the doubts as they came with the segment, where those about spellings were added
 * @typedef {{id: string, revision: number, doubts: Doubt[]}} Spelled
 * @typedef {{id: string, kind: string, state: string, fraction: number, phase: string,
 *   message: string, eta_ms: number | null, error: null | {code: string, message: string},
 *   created_ms: number}} Job
 * @typedef {{seq: number, segments: Segment[], removed: string[], can_undo?: boolean,
 *   can_redo?: boolean, corrected?: number, taught?: string[], coverage?: object | null, title?: string, language?: string | null, deleted_ms?: number | null, settled_ms?: number, track?: number | null,
 *   tracks?: string[], jobs?: Job[],
 *   reverts?: import("../page/history-list.js").Step[], wasUnseen?: boolean}} Changes
 *   `reverts`: what somebody else undid or did again; `wasUnseen`: what was undone was never shown here
 * @typedef {Readonly<{id: string, title: string, media: {name: string, duration_ms: number,
 *   has_video: boolean, frame_us: number | null}, seq: number, newest_seq: number, can_undo: boolean, can_redo: boolean,
 *   corrected: number, taught?: readonly string[],
 *   coverage: any, deleted_ms: number | null, settled_ms: number, track: number | null, tracks: readonly string[], jobs: Job[], imported: any, model: string,
 *   language: string | null, listens_again: boolean, has_doubts: boolean, order: readonly string[], byId: ReadonlyMap<string, Segment>,
 *   seen: ReadonlyMap<string, number>}>} Doc
 *   `seq` is how far all changes are known; `newest_seq` the highest number met in any answer;
 *   `corrected` counts the doubts that edits settled, `taught` are the terms that the last edit put into the glossary;
 *   `has_doubts`: the doubts have come, later than the text;
 *   `seen` tells at which number each segment, also a removed one, was last heard of.
 */

import { endOf, isLocked, isStruck, lastNotAbove, MIN_WORD_MS, startOf } from "./words.js";

/**
 * @param {any} body the server's answer for a whole transcript
 * @returns {Doc}
 */
export function docFromServer(body) {
  const { segments, ...rest } = body;
  return {
    ...rest,
    has_doubts: false,
    newest_seq: body.seq,
    order: segments.map((/** @type {Segment} */ segment) => segment.id),
    byId: new Map(
      segments.map((/** @type {Omit<Segment, "doubts">} */ segment) => [segment.id, { doubts: [], ...segment }]),
    ),
    seen: new Map(),
  };
}

/**
 * Take in changed and removed segments. An answer overtaken by a newer one changes nothing, so
 * answers may come in any order and more than once.
 * @param {Doc} doc
 * @param {Changes} changes
 * @param {{isComplete?: boolean}} [options] isComplete: nothing between `doc.seq` and
 *   `changes.seq` is missing, as in the answer to a question "since"; not so after an edit
 * @returns {Doc}
 */
export function withChanges(doc, changes, { isComplete = false } = {}) {
  const isNewest = changes.seq >= doc.newest_seq;
  return {
    ...doc,
    ...(isNewest ? newFacts(doc, changes) : {}),
    seq: isComplete ? Math.max(doc.seq, changes.seq) : doc.seq,
    newest_seq: Math.max(doc.newest_seq, changes.seq),
    ...withSegments(doc, changes),
  };
}

/**
 * The segments, when what is news has been taken in; the same where nothing is.
 * @param {Doc} doc
 * @param {Changes} changes
 */
function withSegments(doc, { seq, segments, removed }) {
  const isNews = (/** @type {string} */ id) => seq >= (doc.seen.get(id) ?? 0);
  const [changed, gone] = [segments.filter(({ id }) => isNews(id)), removed.filter(isNews)];
  if (changed.length + gone.length === 0) return {};
  const byId = new Map(doc.byId);
  const seen = new Map(doc.seen);
  let isReordered = false;
  for (const segment of changed) {
    isReordered ||= byId.get(segment.id)?.position !== segment.position;
    byId.set(segment.id, segment);
    seen.set(segment.id, seq);
  }
  for (const id of gone) {
    isReordered = byId.delete(id) || isReordered;
    seen.set(id, seq);
  }
  return { byId, seen, order: isReordered ? orderOf(byId) : doc.order };
}

/**
 * @param {Doc} doc
 * @param {Changes} changes
 */
function newFacts(doc, changes) {
  return {
    can_undo: changes.can_undo ?? doc.can_undo,
    can_redo: changes.can_redo ?? doc.can_redo,
    corrected: changes.corrected ?? doc.corrected,
    taught: changes.taught ?? [],
    coverage: changes.coverage === undefined ? doc.coverage : changes.coverage,
    language: changes.language === undefined ? doc.language : changes.language,
    title: changes.title ?? doc.title,
    deleted_ms: changes.deleted_ms === undefined ? doc.deleted_ms : changes.deleted_ms,
    settled_ms: changes.settled_ms ?? doc.settled_ms,
    track: changes.track ?? doc.track,
    tracks: changes.tracks ?? doc.tracks,
    jobs: changes.jobs ?? doc.jobs,
  };
}

/** @param {Map<string, Segment>} byId */
function orderOf(byId) {
  return [...byId.values()].sort((a, b) => a.position - b.position).map(({ id }) => id);
}

/**
 * A job's news.
 * @param {Doc} doc
 * @param {Job} job
 * @returns {Doc}
 */
export function withJob(doc, job) {
  const others = doc.jobs.filter(({ id }) => id !== job.id);
  return { ...doc, jobs: [...others, job] };
}

export const isActive = (/** @type {Job} */ job) => job.state === "running" || job.state === "queued";

/**
 * The job to show: one at work, else the newest where it did not come to its end. That edits are
 * listened to shows in the times alone, and that a copy is made, once it plays.
 * @param {readonly Job[]} jobs in any order
 */
export function jobToShow(jobs) {
  const all = [...jobs].sort((a, b) => a.created_ms - b.created_ms);
  const newestListen = all.findLast(({ kind }) => kind === "listen");
  const isQuiet = (/** @type {Job} */ job) =>
    job.kind === "copy" || (job.kind === "listen" && (job !== newestListen || job.state !== "failed"));
  const byAge = all.filter((job) => !isQuiet(job));
  const newest = byAge.at(-1);
  return byAge.findLast(isActive) ?? (newest && newest.state !== "done" ? newest : null);
}

/** The first segment of a speaker. @param {Doc} doc @param {string} name */
export const firstOf = (doc, name) => doc.order.find((id) => doc.byId.get(id)?.speaker === name) ?? null;

/**
 * @param {Doc} doc
 * @param {string} id
 * @param {-1 | 1} step
 * @returns {Segment | null}
 */
export function neighbour(doc, id, step) {
  const beside = doc.order[doc.order.indexOf(id) + step];
  return (beside !== undefined && doc.byId.get(beside)) || null;
}

/** @param {Segment} segment in ms, null without words */
export const startOfSegment = (segment) => (segment.words.length ? startOf(segment.words[0]) : null);

/** @type {WeakMap<object, {id: string, start_ms: number}[]>} */
const timelines = new WeakMap();

/**
 * Segments that have times, in order; computed once for each state of the segments.
 * @param {Doc} doc
 */
export function timeline(doc) {
  let line = timelines.get(doc.byId);
  if (!line) {
    line = [];
    for (const id of doc.order) {
      const start_ms = startOfSegment(/** @type {Segment} */ (doc.byId.get(id)));
      if (start_ms !== null) line.push({ id, start_ms });
    }
    timelines.set(doc.byId, line);
  }
  return line;
}

/**
 * The segment being spoken at a time: the last that has begun.
 * @param {Doc} doc
 * @param {number} time_ms
 * @returns {Segment | null}
 */
export function segmentAtTime(doc, time_ms) {
  const line = timeline(doc);
  const index = lastNotAbove(line, time_ms, ({ start_ms }) => start_ms);
  return index < 0 ? null : (doc.byId.get(line[index].id) ?? null);
}

/**
 * When the next segment begins to be spoken; Infinity behind the last.
 * @param {Doc} doc
 * @param {number} time_ms
 */
export function nextStart(doc, time_ms) {
  const line = timeline(doc);
  return line[lastNotAbove(line, time_ms, ({ start_ms }) => start_ms) + 1]?.start_ms ?? Infinity;
}

/**
 * Until when only words that are struck out are said; null where the word at a time is none.
 * @param {Doc} doc
 * @param {number} time_ms
 */
export function struckUntil(doc, time_ms) {
  const segment = segmentAtTime(doc, time_ms);
  const first = segment ? lastNotAbove(segment.words, time_ms, startOf) : -1;
  if (!segment || !isStruck(segment.words[first])) return null;
  let until_ms = -1;
  for (let at = doc.order.indexOf(segment.id), word = first; at < doc.order.length; at += 1, word = 0) {
    const { words } = /** @type {Segment} */ (doc.byId.get(doc.order[at]));
    for (; word < words.length && isStruck(words[word]); word += 1) until_ms = Math.max(until_ms, endOf(words[word]));
    if (word < words.length) break;
  }
  return until_ms > time_ms ? until_ms : null;
}

/**
 * The nearest word above one whose time was set by hand; null where there is none.
 * @param {Doc} doc
 * @param {string} id
 * @param {number} word index in the segment
 * @returns {{segment_id: string, word: number, start_ms: number, text: string} | null}
 */
export function lockedAbove(doc, id, word) {
  let before = word;
  for (let at = doc.order.indexOf(id); at >= 0; at -= 1) {
    const segment = /** @type {Segment} */ (doc.byId.get(doc.order[at]));
    const found = segment.words.slice(0, before).findLastIndex(isLocked);
    if (found >= 0) {
      const [offset, length, start_ms] = segment.words[found];
      return { segment_id: segment.id, word: found, start_ms, text: segment.text.slice(offset, offset + length) };
    }
    before = Infinity;
  }
  return null;
}

/**
 * How far a word may be moved: behind the start of the word before it, and to that of the next.
 * @param {Doc} doc
 * @param {string} id
 * @param {number} index
 */
export function roomOf(doc, id, index) {
  const words = doc.byId.get(id)?.words ?? [];
  const beside = (/** @type {-1 | 1} */ step) => {
    let segment = neighbour(doc, id, step);
    while (segment && segment.words.length === 0) segment = neighbour(doc, segment.id, step);
    return segment?.words.at(step < 0 ? -1 : 0);
  };
  const before = index > 0 ? words[index - 1] : beside(-1);
  const after = index < words.length - 1 ? words[index + 1] : beside(1);
  const low_ms = before ? Math.min(startOf(before) + MIN_WORD_MS, startOf(words[index])) : 0;
  return { low_ms, high_ms: after ? startOf(after) : doc.media.duration_ms };
}

/** @type {WeakMap<object, number>} */
const reviewedCounts = new WeakMap();

/** How many segments a person has ticked; counted once for each state. @param {Doc} doc */
export function reviewedCount(doc) {
  let count = reviewedCounts.get(doc.byId);
  if (count === undefined) {
    count = [...doc.byId.values()].filter(({ reviewed }) => reviewed).length;
    reviewedCounts.set(doc.byId, count);
  }
  return count;
}

/**
 * The next segment without a tick below one; the round goes on at the top.
 * @param {Doc} doc
 * @param {string | null} id
 * @returns {string | null} null when all are ticked
 */
export function nextUnreviewed(doc, id) {
  const after = id === null ? 0 : doc.order.indexOf(id) + 1;
  const round = [...doc.order.slice(after), ...doc.order.slice(0, after)];
  return round.find((other) => !doc.byId.get(other)?.reviewed) ?? null;
}

/** @type {WeakMap<object, Map<string, number>>} */
const speakerCounts = new WeakMap();

/**
 * Speakers in the order of first appearance, each with the number of its segments; counted once
 * for each state.
 * @param {Doc} doc
 */
export function speakerTurns(doc) {
  let counts = speakerCounts.get(doc.byId);
  if (!counts) {
    counts = new Map();
    for (const id of doc.order) {
      const name = doc.byId.get(id)?.speaker;
      if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    speakerCounts.set(doc.byId, counts);
  }
  return counts;
}

/** Names of speakers in the order of first appearance. @param {Doc} doc */
export const speakers = (doc) => [...speakerTurns(doc).keys()];
