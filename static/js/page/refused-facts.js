/**
 * Tells what was said beside the text (a title, who speaks, a note, a tick) and is not saved, with what
 * others said.
 */

import { factsOf, placesOf } from "../saving/pending-facts.js";

const CHANGED = "Someone else changed this segment in the meantime. Nothing was done; check it and try again.";
/** What a person types, by field. @type {Record<string, string>} */
const TYPED = { speaker: "speaker", note: "note" };

const quoted = (/** @type {unknown} */ value) => (value ? `“${value}”` : "nothing");

/**
 * What somebody else made of something meanwhile, and what was wanted here.
 * @param {string} what @param {unknown} theirs @param {unknown} mine
 */
export const bothSentence = (what, theirs, mine) =>
  `Someone else changed the ${what} to ${quoted(theirs)} in the meantime. Yours is ${quoted(mine)}.`;

/** What was written beside a segment that others have removed meanwhile. @param {string} written */
export const goneSentence = (written) => `The segment you wrote this for no longer exists: ${written}`;

/**
 * @param {{session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   attempt(run: () => Promise<any>): Promise<any>,
 *   problem(text: string, act?: {label: string, run(): void}): void}} means
 */
export function createRefusedTeller({ session, attempt, problem }) {
  const again = (/** @type {any} */ edit, /** @type {object} */ facts) => {
    const { byId } = session.state().doc;
    const ids = placesOf(edit)
      .map(({ segment_id }) => segment_id)
      .filter((id) => byId.has(id));
    if (ids.length > 0) void attempt(() => session.set(ids, () => ({ ids, facts })));
  };
  /** @param {import("../saving/pending-edits.js").Entry} entry @param {import("../server/http.js").ApiError} error */
  return ({ edit }, error) => {
    const facts = factsOf(edit);
    const [[name, mine]] = Object.entries(facts);
    const isConflict = error.code === "edit_conflict";
    const theirs = isConflict ? error.body.current : null;
    if (!(name in TYPED)) return problem(isConflict ? CHANGED : error.message);
    if (theirs)
      return problem(bothSentence(TYPED[name], theirs[name], mine), {
        label: "Use mine",
        run: () => again(edit, facts),
      });
    if (isConflict || error.status === 404) return problem(goneSentence(String(mine ?? "")));
    const act = error.mayPass ? { label: "Try again", run: () => again(edit, facts) } : undefined;
    problem(`${error.message} You typed ${quoted(mine)}.`, act);
  };
}
