/**
 * Tells what was said beside the text (a title, who speaks, a note, a tick, times of words) and is not saved,
 * with what others said.
 */

import { preciseClock } from "../shared/format.js";
import { factsOf, placesOf } from "../saving/pending-facts.js";
import { strings } from "./strings.js";

/** Fields that a person types into. */
const TYPED = /** @type {const} */ (["speaker", "note"]);

const quoted = (/** @type {unknown} */ value) => (value ? strings.quoted(String(value)) : strings.nothing);

/**
 * What somebody else made of something meanwhile, and what was wanted here.
 * @param {keyof typeof strings.changed} what @param {unknown} theirs @param {unknown} mine
 */
export const bothSentence = (what, theirs, mine) => strings.changed[what](quoted(theirs), quoted(mine));

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
    const isConflict = error.code === "edit_conflict";
    if (edit.kind === "times") {
      const { start_ms, end_ms } = /** @type {any} */ (edit);
      const why = isConflict ? strings.wordChanged : error.message;
      return problem(strings.youTyped(why, `${preciseClock(start_ms)} – ${preciseClock(end_ms)}`));
    }
    const facts = factsOf(edit);
    const [[name, mine]] = Object.entries(facts);
    const theirs = isConflict ? error.body.current : null;
    const typed = TYPED.find((one) => one === name);
    if (!typed) return problem(isConflict ? strings.segmentChanged : error.message);
    if (theirs)
      return problem(bothSentence(typed, theirs[typed], mine), {
        label: strings.useMine,
        run: () => again(edit, facts),
      });
    if (isConflict || error.status === 404) return problem(strings.segmentGone(String(mine ?? "")));
    const act = error.mayPass ? { label: strings.tryAgain, run: () => again(edit, facts) } : undefined;
    problem(strings.youTyped(error.message, quoted(mine)), act);
  };
}
