/**
 * The captions that the rules at hand make of the text: asked for anew when either has changed,
 * shown as the recording plays, and listed where they break the rules.
 */

import { mountViolations } from "./caption-violations.js";
import { find, setText } from "../shared/dom.js";
import { counted } from "../shared/format.js";

const WAIT_MS = 250;

/**
 * @param {HTMLElement} panel
 * @param {{rules(): import("./cues.js").Rules, isOpen(): boolean,
 *   captions(rules: import("./cues.js").Rules): Promise<any>,
 *   fix(segment_id: string | null, rules: import("./cues.js").Rules): Promise<any>,
 *   show(cues: readonly import("./cues.js").Cue[] | null, lines: number): void,
 *   goTo(segment_id: string | null, start_ms: number): void,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function createCut(panel, { rules, isOpen, captions, fix, show, goTo, attempt, signal }) {
  const part = (/** @type {string} */ name) => find(`[data-part="${name}"]`, panel);
  const list = mountViolations(panel, {
    onGo: ({ segment_id, start_ms }) => goTo(segment_id, start_ms),
    onFix: (segment_id) => attempt(() => fixAt(segment_id)),
    signal,
  });
  let made = /** @type {any} */ (null);
  let asked = 0;
  let timer = 0;

  /** Ask for the captions; an answer to older rules does not count. */
  async function recut() {
    const number = ++asked;
    const wanted = rules();
    try {
      const answer = await captions(wanted);
      if (number !== asked || !isOpen()) return;
      made = answer;
    } catch (error) {
      if (number === asked) tell(error instanceof Error ? error.message : String(error));
      return;
    }
    panel.classList.remove("is-refused");
    show(made.cues, wanted.lines);
    list.show(made);
  }

  /** Say in place of the counts why there are no captions. */
  function tell(/** @type {string} */ reason) {
    panel.classList.add("is-refused");
    setText(part("counts"), reason);
  }

  async function fixAt(/** @type {string | null} */ segment_id) {
    const before = made.violations.length;
    const changes = await fix(segment_id, rules());
    if (!changes) return;
    await recut();
    const fixed = before - made.violations.length;
    setText(part("done"), fixed > 0 ? `${counted(fixed, "fixed", "fixed")}. Undo brings the lines back.` : "No better break was found.");
  }

  return {
    recut,
    tell,
    /** Ask once nothing has changed for a while. */
    later() {
      clearTimeout(timer);
      timer = window.setTimeout(() => isOpen() && attempt(recut), WAIT_MS);
    },
  };
}
