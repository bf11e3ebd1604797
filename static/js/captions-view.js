/**
 * The panel of the captions: a preset, its rules to change, what breaks them, and fixes. The
 * captions that these rules make are shown as the recording plays.
 */

import { ApiError } from "./api.js";
import { mountFields } from "./caption-fields.js";
import { mountViolations } from "./caption-violations.js";
import { presetLabel } from "./cues.js";
import { find, make, saveAs, setText } from "./dom.js";
import { counted } from "./format.js";

const WAIT_MS = 250;
/** More than any preset has, and no more than the server takes. */
const MOST_CHARACTERS = 100_000;

/**
 * @param {HTMLElement} panel
 * @param {{presets(): Promise<import("./cues.js").Presets>, save(rules: import("./cues.js").Rules): Promise<any>,
 *   read(stem: string, text: string): Promise<import("./cues.js").Rules>,
 *   forget(name: string): Promise<any>,
 *   captions(rules: import("./cues.js").Rules): Promise<any>,
 *   fix(segment_id: string | null, rules: import("./cues.js").Rules): Promise<any>,
 *   show(cues: readonly import("./cues.js").Cue[] | null, lines: number): void,
 *   goTo(segment_id: string | null, start_ms: number): void, onClose(): void,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function mountCaptions(panel, means) {
  const { attempt, signal } = means;
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, panel));
  const fields = mountFields(part("rules"));
  const list = mountViolations(panel, {
    onGo: ({ segment_id, start_ms }) => means.goTo(segment_id, start_ms),
    onFix: (segment_id) => attempt(() => fix(segment_id)),
    signal,
  });
  /** @type {import("./cues.js").Presets} */
  let known = { presets: [], own: [] };
  let rules = /** @type {import("./cues.js").Rules | null} */ (null);
  let made = /** @type {any} */ (null);
  let asked = 0;
  let timer = 0;
  let seq = -1;
  const on = (/** @type {string} */ name, /** @type {string} */ event, /** @type {(event: any) => unknown} */ run) =>
    part(name).addEventListener(event, run, { signal });
  const isOpen = () => !panel.hidden;

  on("close", "click", close);
  on("preset", "change", () => take(part("preset").value));
  on("rules", "input", () => {
    const changed = rules && fields.read(rules);
    if (!changed) return tell("A number is missing.");
    rules = changed;
    later();
  });
  on("saving", "submit", (event) => {
    event.preventDefault();
    attempt(save);
  });
  on("import", "click", () => part("file").click());
  on("file", "change", () => attempt(readFile));
  on("share", "click", share);
  on("forget", "click", () => attempt(forget));

  function close() {
    panel.hidden = true;
    document.body.classList.remove("has-captions");
    means.show(null, 0);
    means.onClose();
  }

  async function load() {
    known = await means.presets();
    const group = (/** @type {string} */ label, /** @type {import("./cues.js").Rules[]} */ presets) =>
      make("optgroup", { label }, ...presets.map(({ name }) => new Option(presetLabel(name), name)));
    part("preset").replaceChildren(group("Presets", known.presets), ...(known.own.length ? [group("Your own", known.own)] : []));
  }

  const isOwn = (/** @type {string} */ name) => known.own.some((one) => one.name === name);

  function take(/** @type {string} */ name) {
    setText(part("shared"), "");
    showRules([...known.own, ...known.presets].find((one) => one.name === name) ?? known.presets[0]);
  }

  function showRules(/** @type {import("./cues.js").Rules} */ chosen) {
    rules = { ...chosen };
    const isOurs = known.presets.some((one) => one.name === chosen.name);
    part("preset").value = rules.name;
    part("forget").hidden = !isOwn(rules.name);
    part("name").value = isOurs ? "" : rules.name;
    part("rules").disabled = false;
    fields.show(rules);
    attempt(recut);
  }

  function later() {
    clearTimeout(timer);
    timer = window.setTimeout(() => isOpen() && attempt(recut), WAIT_MS);
  }

  /** Ask for the captions; an answer to older rules does not count. */
  async function recut() {
    const number = ++asked;
    const wanted = /** @type {import("./cues.js").Rules} */ (rules);
    try {
      const answer = await means.captions(wanted);
      if (number !== asked || !isOpen()) return;
      made = answer;
    } catch (error) {
      if (number === asked) tell(error instanceof Error ? error.message : String(error));
      return;
    }
    panel.classList.remove("is-refused");
    means.show(made.cues, wanted.lines);
    list.show(made);
  }

  function tell(/** @type {string} */ reason) {
    panel.classList.add("is-refused");
    setText(part("counts"), reason);
  }

  async function fix(/** @type {string | null} */ segment_id) {
    const before = made.violations.length;
    const changes = await means.fix(segment_id, /** @type {import("./cues.js").Rules} */ (rules));
    if (!changes) return;
    await recut();
    const fixed = before - made.violations.length;
    setText(part("done"), fixed > 0 ? `${counted(fixed, "fixed", "fixed")}. Undo brings the lines back.` : "No better break was found.");
  }

  async function save() {
    const name = part("name").value.trim();
    if (!name || !rules) return;
    rules = await means.save({ ...rules, name });
    await load();
    take(name);
  }

  /** Take the rules of a file, to be looked at and kept by a name. */
  async function readFile() {
    const [file] = part("file").files;
    part("file").value = "";
    if (!file) return;
    setText(part("shared"), "");
    try {
      showRules(await means.read(file.name.replace(/\.[^.]*$/, ""), (await file.text()).slice(0, MOST_CHARACTERS)));
      setText(part("shared"), `These are the rules of ${file.name}. Name and save them to keep them.`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setText(part("shared"), `${file.name} cannot be used. ${error.message}`);
    }
  }

  /** Give the rules, as the fields have them, as a file that others can open. */
  function share() {
    if (!rules) return;
    const name = part("name").value.trim() || rules.name;
    saveAs(`${name}.json`, `${JSON.stringify({ ...rules, name }, null, 2)}\n`, "application/json");
  }

  async function forget() {
    await means.forget(/** @type {import("./cues.js").Rules} */ (rules).name);
    await load();
    take("lines");
  }

  return {
    isOpen,
    close,
    async open() {
      panel.hidden = false;
      document.body.classList.add("has-captions");
      part("preset").focus();
      await load();
      if (rules) fields.show(rules), (part("preset").value = rules.name), await recut();
      else take("lines");
    },
    /** Something was saved: the captions are another view now. @param {{seq: number}} doc */
    update(doc) {
      const isNew = doc.seq !== seq;
      seq = doc.seq;
      if (isOpen() && isNew && rules) later();
    },
  };
}
