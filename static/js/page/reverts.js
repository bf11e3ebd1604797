/** What others take back, or do again, of the text that is shown here is told: it changes under one's eyes. */

import { strings } from "./strings.js";

/** @typedef {import("./history-list.js").Step} Step */

const MOST_LETTERS = 80;
const excerpt = (/** @type {string} */ text) => {
  const letters = [...text];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join("").trimEnd()} …` : text;
};

/**
 * One sentence for steps that others made, in order; the last is told in full.
 * @param {readonly Step[]} steps at least one
 */
export function revertsTold(steps) {
  const { action, kind, author, changes, segment_count } = /** @type {Step} */ (steps.at(-1));
  const what = changes.find(({ before, after }) => before !== after) ?? changes[0];
  const text = what?.after ?? what?.before;
  const more = segment_count > 1 ? ` ${strings.moreSegments(segment_count - 1)}` : "";
  const earlier = steps.length > 1 ? `, ${strings.stepsBefore(steps.length - 1)}` : "";
  const quoted = text ? `: ${strings.quoted(excerpt(text))}${more}` : "";
  const told = action === "undo" ? strings.undoneBy : strings.redoneBy;
  return `${told(author, strings.steps[kind] ?? kind)}${quoted}${earlier}.`;
}

/**
 * Tells each of these steps once, however often it comes.
 * @param {{offer(text: string, act: {label: string, run(): void}): () => void, toast(text: string): void,
 *   isThere(segment_id: string): boolean, goTo(segment_id: string): void}} means
 */
export function createRevertsTeller({ offer, toast, isThere, goTo }) {
  let told = 0;
  let end = () => {};
  return (/** @type {readonly Step[]} */ steps = []) => {
    const news = steps.filter(({ id }) => id > told);
    if (news.length === 0) return;
    told = Math.max(...news.map(({ id }) => id));
    end();
    const text = revertsTold(news);
    const place = news.at(-1)?.changes.find(({ segment_id }) => isThere(segment_id))?.segment_id;
    if (place) end = offer(text, { label: strings.show, run: () => goTo(place) });
    else toast(text);
  };
}
