/**
 * The captions that the rules at hand make of the text: asked for anew when either has changed,
 * shown as the recording plays, and listed where they break the rules.
 */

import { countsSentence, violationSentence } from "./cues.js";
import { find, make, setText, showAnew } from "../shared/dom.js";
import { inPageWords } from "../shared/server-words.js";
import { strings } from "./strings.js";

const WAIT_MS = 250;
const MOST_ROWS = 200;

/**
 * @param {HTMLElement} panel
 * @param {{rules(): import("./cues.js").Rules, isOpen(): boolean,
 *   captions(rules: import("./cues.js").Rules): Promise<any>,
 *   fix(segment_id: string | null, rules: import("./cues.js").Rules): Promise<any>,
 *   show(cues: readonly import("./cues.js").Cue[] | null, lines: number): void,
 *   onMade(made: any, rules: import("./cues.js").Rules): void,
 *   goTo(segment_id: string | null, start_ms: number): void, endAt(index: number, end_ms: number): void,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function createCaptionPreview(
  panel,
  { rules, isOpen, captions, fix, show, onMade, goTo, endAt, attempt, signal },
) {
  const part = (/** @type {string} */ name) => find(`[data-part="${name}"]`, panel);
  const list = mountViolations(panel, {
    onGo: ({ segment_id, start_ms }) => goTo(segment_id, start_ms),
    onFix: (segment_id) => attempt(() => fixAt(segment_id)),
    onEnd: endAt,
    signal,
  });
  let made = /** @type {any} */ (null);
  let asked = 0;
  let timer = 0;

  /** Ask for the captions; an answer to older rules does not count. */
  async function refresh() {
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
    onMade(made, wanted);
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
    await refresh();
    const fixed = before - made.violations.length;
    setText(part("done"), fixed > 0 ? strings.fixed(fixed) : strings.nothingFixed);
  }

  return {
    refresh,
    fixAt,
    tell,
    /** Ask once nothing has changed for a while. */
    later() {
      clearTimeout(timer);
      timer = window.setTimeout(() => isOpen() && attempt(refresh), WAIT_MS);
    },
  };
}

/**
 * What breaks the rules, a row each, with a fix where there is one.
 * @param {HTMLElement} panel
 * @param {{onGo(cue: import("./cues.js").Cue): void, onFix(segment_id: string | null): void,
 *   onEnd(index: number, end_ms: number): void,
 *   signal: AbortSignal}} means onFix: of null, all there are
 */
function mountViolations(panel, { onGo, onFix, onEnd, signal }) {
  const part = (/** @type {string} */ name) => find(`[data-part="${name}"]`, panel);
  /** @type {readonly import("./cues.js").Cue[]} */
  let cues = [];

  part("fix-all").addEventListener("click", () => onFix(null), { signal });
  part("violations").addEventListener(
    "click",
    ({ target }) => {
      const { place, fixes, end } = /** @type {Element} */ (target).closest("button")?.dataset ?? {};
      if (place !== undefined) onGo(cues[Number(place)]);
      if (fixes !== undefined && end !== undefined) return onEnd(Number(fixes), Number(end));
      if (fixes !== undefined) onFix(cues[Number(fixes)].segment_id);
    },
    { signal },
  );

  return {
    /** @param {any} made captions, and what in them breaks the rules */
    show(made) {
      const { violations, errors, warnings } = made;
      cues = made.cues;
      const fixable = violations.filter((/** @type {any} */ { fix, end_ms }) => fix !== null && end_ms === null).length;
      setText(part("counts"), `${strings.captions(cues.length)}. ${countsSentence(made)}`);
      part("fix-all").hidden = fixable === 0;
      part("none").hidden = errors + warnings === 0 || violations.some((/** @type {any} */ { fix }) => fix !== null);
      const rest = violations.length - MOST_ROWS;
      const rows = violations.slice(0, MOST_ROWS).map(violationRow);
      showAnew(part("violations"), [...rows, ...(rest > 0 ? [make("li", {}, strings.more(rest))] : [])]);
    },
  };
}

/** @param {import("./cues.js").Violation} violation */
function violationRow(violation) {
  const sentence = violationSentence(violation);
  const place = make(
    "button",
    { type: "button", class: "place", "data-place": String(violation.cue) },
    make("b", {}, violation.severity === "error" ? "" : `${strings.warning} · `),
    sentence,
  );
  const fix = {
    type: "button",
    "data-fixes": String(violation.cue),
    ...(violation.end_ms === null ? {} : { "data-end": String(violation.end_ms) }),
    title: inPageWords(violation.fix ?? ""),
    "aria-label": strings.fixOne(sentence),
  };
  const text = make("span", { class: "what", dir: "auto" }, violation.text);
  place.append(text);
  return make(
    "li",
    { class: `is-${violation.severity}`, "data-item": `${sentence} ${violation.text}` },
    place,
    violation.fix === null ? null : make("button", fix, strings.fix),
  );
}
