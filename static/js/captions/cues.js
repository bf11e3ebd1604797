/** Captions as the page shows them, and the rules they come from. Pure. */

import { preciseClock } from "../shared/format.js";
import { inPageWords } from "../shared/server-words.js";
import { strings } from "./strings.js";

/**
 * @typedef {{start_ms: number, end_ms: number, lines: string[], speaker: string | null,
 *   new_turn: boolean, kind: string, segment_id: string | null, chars: number, parts: Part[]}} Cue
 *   chars: as its script counts them; parts: where its words stand in segments
 * @typedef {{segment_id: string, revision: number, first_word: number, last_word: number}} Part
 * @typedef {{cue: number, rule: string, severity: "error" | "warning", start_ms: number,
 *   text: string, message: string, fix: string | null, end_ms: number | null}} Violation end_ms: an out that mends it
 * @typedef {{name: string, line_chars: number, lines: number, chars_per_second: number | null,
 *   words_per_minute: number | null, min_ms: number, min_ms_per_word: number,
 *   max_ms: number | null, gap_ms: number, close_gaps_under_ms: number, shot_ms: number, turn_mark: string,
 *   keeps_lines: boolean}} Rules
 * @typedef {{presets: Rules[], own: Rules[]}} Presets
 */

/** What a preset is called in a list. @param {string} name */
export const presetLabel = (name) => strings.presets[name] ?? name;

/**
 * The rules that a name stands for; a person's own come first, the first preset where there is none.
 * @param {Presets} known
 * @param {string} name
 */
export const presetNamed = ({ presets, own }, name) =>
  [...own, ...presets].find((one) => one.name === name) ?? presets[0];

/** Presets to choose from. @param {readonly {name: string}[]} presets @param {string} chosen */
export const presetOptions = (presets, chosen) =>
  presets.map(({ name }) => new Option(presetLabel(name), name, false, name === chosen));

export const ruleLabel = (/** @type {string} */ rule) => strings.broken[rule] ?? rule;

/**
 * The cues on the screen at a time, those that began first above: people talk at once, signs stay.
 * @param {readonly Cue[]} cues
 * @param {number} time_ms
 */
export const cuesAt = (cues, time_ms) => cues.filter((cue) => cue.start_ms <= time_ms && time_ms < cue.end_ms);

/**
 * When the screen shows other cues than at a time; Infinity where it stays as it is.
 * @param {readonly Cue[]} cues
 * @param {number} time_ms
 */
export function nextCueChange(cues, time_ms) {
  let next_ms = Infinity;
  for (const { start_ms, end_ms } of cues) {
    if (start_ms > time_ms) return Math.min(next_ms, start_ms);
    if (end_ms > time_ms) next_ms = Math.min(next_ms, end_ms);
  }
  return next_ms;
}

/**
 * What a player shows before the first line: a name where the speaker has changed, else a dash for a turn.
 * @param {Cue} cue
 * @param {Cue | undefined} above
 */
export function markOf(cue, above) {
  const isNamed = cue.speaker !== null && (cue.new_turn || above?.speaker !== cue.speaker);
  return isNamed ? `${cue.speaker}: ` : cue.new_turn ? "- " : "";
}

/**
 * The lines as a player shows them.
 * @param {readonly Cue[]} cues
 * @param {Cue} cue one of them
 */
export function shownLines(cues, cue) {
  const mark = markOf(cue, cues[cues.indexOf(cue) - 1]);
  return cue.lines.map((line, index) => (index === 0 ? mark + line : line));
}

/**
 * The numbers of the rules as a person reads and writes them: `per` of ours make one of theirs.
 * @type {readonly {name: keyof typeof strings.rules,
 *   per: number, step: number, isOptional?: boolean}[]}
 */
export const NUMBERS = [
  { name: "line_chars", per: 1, step: 1 },
  { name: "lines", per: 1, step: 1 },
  { name: "chars_per_second", per: 1, step: 0.5, isOptional: true },
  { name: "words_per_minute", per: 1, step: 1, isOptional: true },
  { name: "min_ms", per: 1000, step: 0.001 },
  { name: "max_ms", per: 1000, step: 0.1, isOptional: true },
  { name: "min_ms_per_word", per: 1, step: 10 },
  { name: "gap_ms", per: 1, step: 1 },
  { name: "close_gaps_under_ms", per: 1, step: 10 },
  { name: "shot_ms", per: 1, step: 10 },
];

/**
 * A rule's number as it stands in its field; empty where nothing is asked.
 * @param {number | null} value
 * @param {number} per
 */
export const shownNumber = (value, per) => (value === null ? "" : String(value / per));

/**
 * A rule's number from its field; undefined where it is none.
 * @param {string} shown
 * @param {{per: number, isOptional?: boolean, step: number}} number
 */
export function readNumber(shown, { per, isOptional = false, step }) {
  const text = shown.trim().replace(",", ".");
  if (text === "") return isOptional ? null : undefined;
  const value = Number(text) * per;
  if (!Number.isFinite(value)) return undefined;
  return per === 1 && !Number.isInteger(step) ? value : Math.round(value);
}

/**
 * How many of each rule are broken, in one line.
 * @param {{errors: number, warnings: number, counts: Record<string, number>}} found
 */
export function countsSentence({ errors, warnings, counts }) {
  if (errors + warnings === 0) return strings.noneBroken;
  return Object.entries(counts)
    .map(([rule, count]) => `${ruleLabel(rule)}: ${count}`)
    .join(" · ");
}

/** What, in one line. @param {Violation} violation */
export const faultSentence = ({ rule, message }) => `${ruleLabel(rule)}: ${inPageWords(message)}`;

/** Where and what, in one line. @param {Violation} violation */
export const violationSentence = (violation) => `${preciseClock(violation.start_ms)} ${faultSentence(violation)}`;
