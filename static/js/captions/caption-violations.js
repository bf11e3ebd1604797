/** What breaks the rules, a row each, with a fix where there is one. */

import { countsSentence, violationSentence } from "./cues.js";
import { find, make, setText, showAnew } from "../shared/dom.js";
import { counted } from "../shared/format.js";

const MOST_ROWS = 200;

/**
 * @param {HTMLElement} panel
 * @param {{onGo(cue: import("./cues.js").Cue): void, onFix(segment_id: string | null): void,
 *   signal: AbortSignal}} means onFix: of null, all there are
 */
export function mountViolations(panel, { onGo, onFix, signal }) {
  const part = (/** @type {string} */ name) => find(`[data-part="${name}"]`, panel);
  /** @type {readonly import("./cues.js").Cue[]} */
  let cues = [];

  part("fix-all").addEventListener("click", () => onFix(null), { signal });
  part("violations").addEventListener("click", ({ target }) => {
    const { place, fixes } = /** @type {Element} */ (target).closest("button")?.dataset ?? {};
    if (place !== undefined) onGo(cues[Number(place)]);
    if (fixes !== undefined) onFix(cues[Number(fixes)].segment_id);
  }, { signal });

  return {
    /** @param {any} made captions, and what in them breaks the rules */
    show(made) {
      const { violations, errors, warnings } = made;
      cues = made.cues;
      const fixable = violations.filter((/** @type {any} */ { fix }) => fix !== null).length;
      setText(part("counts"), `${counted(cues.length, "caption")}. ${countsSentence(made)}`);
      part("fix-all").hidden = fixable === 0;
      part("none").hidden = errors + warnings === 0 || fixable > 0;
      const rest = violations.length - MOST_ROWS;
      const rows = violations.slice(0, MOST_ROWS).map(violationRow);
      showAnew(part("violations"), [...rows, ...(rest > 0 ? [make("li", {}, counted(rest, "more", "more"))] : [])]);
    },
  };
}

/** @param {import("./cues.js").Violation} violation */
function violationRow(violation) {
  const sentence = violationSentence(violation);
  const place = make("button", { type: "button", class: "place", "data-place": String(violation.cue) }, make("b", {}, violation.severity === "error" ? "" : "Ugly · "), sentence);
  const fix = { type: "button", "data-fixes": String(violation.cue), title: violation.fix ?? "", "aria-label": `Fix: ${sentence}` };
  const text = make("span", { class: "what", dir: "auto" }, violation.text);
  place.append(text);
  return make("li", { class: `is-${violation.severity}`, "data-item": `${sentence} ${violation.text}` }, place, violation.fix === null ? null : make("button", fix, "Fix"));
}
