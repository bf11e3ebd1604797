/** What a person says about a segment besides its text: reviewed, speech or sound, spoken by whom. */

import { nextUnreviewed, speakers } from "./document.js";
import { announce } from "./dom.js";

/**
 * @param {{session: ReturnType<typeof import("./session.js").createSession>,
 *   attempt(run: () => Promise<any>): Promise<any>,
 *   focus(id: string, offset: number): void}} parts
 */
export function createSegmentVerbs({ session, attempt, focus }) {
  const doc = () => session.state().doc;

  /** Tick a segment as reviewed, or take the tick away. */
  async function review(/** @type {string} */ id) {
    const reviewed = !doc().byId.get(id)?.reviewed;
    if (await attempt(() => session.set(id, { reviewed }))) announce(reviewed ? "Reviewed" : "Not reviewed");
  }

  /** Speech becomes a sound, like music or laughter, and the other way. */
  async function changeKind(/** @type {string} */ id) {
    const kind_of_segment = doc().byId.get(id)?.kind === "sound" ? "speech" : "sound";
    if (await attempt(() => session.set(id, { kind_of_segment }))) {
      announce(kind_of_segment === "sound" ? "Now a sound" : "Now speech");
    }
  }

  function goToUnreviewed(/** @type {string | null} */ from) {
    const id = nextUnreviewed(doc(), from);
    if (id) focus(id, 0);
    else announce("All segments are reviewed");
  }

  /** Speaker 1, 2 ... by order of appearance; false where nobody has the number yet. */
  function assign(/** @type {string} */ id, /** @type {number} */ number) {
    const speaker = speakers(doc())[number - 1];
    if (speaker === undefined) return false;
    attempt(() => session.set(id, { speaker })).then((done) => done && announce(speaker));
    return true;
  }

  const toggleTurn = (/** @type {string} */ id) => attempt(() => session.set(id, { new_turn: !doc().byId.get(id)?.new_turn }));

  return { review, changeKind, goToUnreviewed, assign, toggleTurn };
}
