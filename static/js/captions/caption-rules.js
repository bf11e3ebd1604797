/** The caption rules at hand: chosen as a preset or from a file, changed in their fields, kept under a name. */

import { ApiError } from "../server/api.js";
import { NUMBERS, presetLabel, presetNamed, readNumber, shownNumber } from "./cues.js";
import { make, saveAs, setText } from "../shared/dom.js";
import { offer } from "../shared/toast.js";
import { strings } from "./strings.js";

/** @typedef {import("./cues.js").Rules} Rules */

/** More than any preset has, and no more than the server takes. */
const MOST_CHARACTERS = 100_000;

/**
 * @param {(name: string) => any} part
 * @param {{presets(): Promise<import("./cues.js").Presets>, save(rules: Rules, base: Rules | null): Promise<any>,
 *   read(stem: string, text: string): Promise<Rules>, forget(name: string, base: Rules | null): Promise<any>,
 *   onTaken(): void, onChanged(): void, onRefused(reason: string): void,
 *   unsaved: {get(): Rules | null, set(rules: Rules | null): void},
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 *   onTaken: other rules are at hand; onChanged: a field of these was changed
 */
export function mountCaptionRules(part, means) {
  const { attempt, signal } = means;
  const fields = mountFields(part("rules"));
  const list = createPresetList(part("preset"), means.presets);
  let rules = /** @type {Rules | null} */ (null);
  /** The preset of one's own that the fields were filled from, as it was then: the list may know newer ones. */
  let seen = /** @type {Rules | null} */ (null);
  /** Whether they differ from what is kept under their name. */
  let isUnsaved = false;
  const on = (/** @type {string} */ name, /** @type {string} */ event, /** @type {(event: any) => unknown} */ run) =>
    part(name).addEventListener(event, run, { signal });

  on("preset", "change", () => putAside(() => take(part("preset").value)));
  on("rules", "input", () => {
    const changed = rules && fields.read(rules);
    if (!changed) return means.onRefused(strings.missingNumber);
    rules = changed;
    setUnsaved(true);
    means.onChanged();
  });
  on("saving", "submit", (event) => {
    event.preventDefault();
    return attempt(save);
  });
  on("forget", "click", () => attempt(forget));
  mountRulesFile(part, { rules: () => rules, read: means.read, onRead, attempt, signal });

  function onRead(/** @type {Rules} */ read) {
    putAside(() => show(read));
    setUnsaved(true);
  }

  /** Put others in the place of rules that were changed and not saved, which can be put back. */
  function putAside(/** @type {() => void} */ run) {
    const [left, leftSeen] = [isUnsaved ? rules : null, seen];
    run();
    if (!left) return;
    offer(strings.notSaved, {
      label: strings.putBack,
      run() {
        show(left);
        seen = leftSeen;
        setUnsaved(true);
      },
    });
  }

  /** @param {boolean} now */
  function setUnsaved(now) {
    if (now || isUnsaved) means.unsaved.set(now ? /** @type {Rules} */ (rules) : null);
    isUnsaved = now;
  }

  function take(/** @type {string} */ name) {
    setText(part("shared"), "");
    show(list.named(name));
    seen = list.own(name);
  }

  function show(/** @type {Rules} */ chosen) {
    rules = { ...chosen };
    setUnsaved(false);
    part("preset").value = rules.name;
    part("forget").hidden = !list.isOwn(rules.name);
    part("name").value = list.isOurs(rules.name) ? "" : rules.name;
    part("rules").disabled = false;
    fields.show(rules);
    means.onTaken();
  }

  async function save() {
    const [name, wanted] = [part("name").value.trim(), rules];
    if (!name || !wanted) return;
    await orShowBoth(name, () => means.save({ ...wanted, name }, seenAs(name)));
    await list.load();
    if (rules === wanted) return take(name);
    // Whoever went on changing them has that in the fields.
    seen = list.own(name);
    rules = { .../** @type {Rules} */ (rules), name };
    part("preset").value = name;
  }

  /** What one saw under a name. @param {string} name */
  const seenAs = (name) => (seen?.name === name ? seen : list.own(name));

  /** Do something to a preset, unless somebody else changed it. @param {string} name @param {() => Promise<any>} run */
  async function orShowBoth(name, run) {
    try {
      return await run();
    } catch (error) {
      if (error instanceof ApiError && error.code === "changed_meanwhile") await showBoth(name);
      throw error;
    }
  }

  /** Mine stay in the fields, theirs can be chosen. */
  async function showBoth(/** @type {string} */ name) {
    await list.load();
    seen = list.own(name);
    part("preset").value = "";
    setText(part("shared"), strings.bothRules(name));
  }

  async function forget() {
    const { name } = /** @type {Rules} */ (rules);
    const kept = seenAs(name);
    await orShowBoth(name, () => means.forget(name, kept));
    await list.load();
    putAside(() => take("lines"));
    offer(strings.deleted(name), {
      label: strings.restore,
      run: () =>
        attempt(async () => {
          await means.save(/** @type {Rules} */ (kept), null);
          await list.load();
          putAside(() => take(name));
        }),
    });
  }

  return {
    /** The rules; null before any were chosen. */
    now: () => rules,
    load: list.load,
    /** Begin with what was changed here before and not saved, else with the first preset. */
    begin() {
      const left = means.unsaved.get();
      if (!left) return take("lines");
      show(left);
      seen = list.own(left.name);
      setUnsaved(true);
    },
    /** Show the rules at hand again, in a list that was loaded anew. */
    showAgain() {
      if (!rules) return;
      fields.show(rules);
      part("preset").value = rules.name;
    },
  };
}

/** @param {HTMLSelectElement} select @param {() => Promise<import("./cues.js").Presets>} presets */
function createPresetList(select, presets) {
  /** @type {import("./cues.js").Presets} */
  let known = { presets: [], own: [] };
  return {
    async load() {
      known = await presets();
      const group = (/** @type {string} */ label, /** @type {Rules[]} */ some) =>
        make("optgroup", { label }, ...some.map(({ name }) => new Option(presetLabel(name), name)));
      select.replaceChildren(
        group(strings.ours, known.presets),
        ...(known.own.length ? [group(strings.own, known.own)] : []),
      );
    },
    named: (/** @type {string} */ name) => presetNamed(known, name),
    /** Those of one's own list with this name. @param {string} name */
    own: (name) => known.own.find((one) => one.name === name) ?? null,
    isOwn: (/** @type {string} */ name) => known.own.some((one) => one.name === name),
    isOurs: (/** @type {string} */ name) => known.presets.some((one) => one.name === name),
  };
}

/** The fields in which rules are shown and changed, one for each. @param {HTMLElement} element */
function mountFields(element) {
  const inputs = NUMBERS.map((number) => {
    const input = make("input", {
      type: "number",
      step: String(number.step),
      inputmode: "decimal",
      "data-rule": number.name,
    });
    if (number.isOptional) input.placeholder = strings.any;
    element.append(make("label", {}, strings.rules[number.name], input));
    return { number, input };
  });
  const keeps = make("input", { type: "checkbox", "data-rule": "keeps_lines" });
  const marks = make("input", { type: "checkbox", "data-rule": "turn_mark" });
  element.append(
    make("label", { class: "choose" }, keeps, strings.keepSegments),
    make("label", { class: "choose" }, marks, strings.youtubeMarks),
  );
  return {
    /** @param {import("./cues.js").Rules} rules */
    show(rules) {
      for (const { number, input } of inputs) input.value = shownNumber(rules[number.name], number.per);
      keeps.checked = rules.keeps_lines;
      marks.checked = rules.turn_mark === ">> ";
    },
    /** The rules with what the fields say; null where one says nothing. @param {import("./cues.js").Rules} rules */
    read(rules) {
      const values = inputs.map(({ number, input }) => [number.name, readNumber(input.value, number)]);
      if (values.some(([, value]) => value === undefined)) return null;
      const marked = { keeps_lines: keeps.checked, turn_mark: marks.checked ? ">> " : "- " };
      return /** @type {import("./cues.js").Rules} */ ({ ...rules, ...Object.fromEntries(values), ...marked });
    },
  };
}

/**
 * Rules as a file: given to others, and taken from them.
 * @param {(name: string) => any} part
 * @param {{rules(): Rules | null, read(stem: string, text: string): Promise<Rules>,
 *   onRead(rules: Rules): void, attempt(run: () => Promise<any>): Promise<any>,
 *   signal: AbortSignal}} means
 */
function mountRulesFile(part, { rules, read, onRead, attempt, signal }) {
  /** Take the rules of a file, to be looked at and kept by a name. */
  async function readFile() {
    const [file] = part("file").files;
    part("file").value = "";
    if (!file) return;
    setText(part("shared"), "");
    try {
      onRead(await read(file.name.replace(/\.[^.]*$/, ""), (await file.text()).slice(0, MOST_CHARACTERS)));
      setText(part("shared"), strings.fromFile(file.name));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setText(part("shared"), strings.unusable(file.name, error.message));
    }
  }

  /** Give the rules, as the fields have them, as a file that others can open. */
  function share() {
    const given = rules();
    if (!given) return;
    const name = part("name").value.trim() || given.name;
    saveAs(`${name}.json`, `${JSON.stringify({ ...given, name }, null, 2)}\n`, "application/json");
  }

  part("import").addEventListener("click", () => part("file").click(), { signal });
  part("file").addEventListener("change", () => attempt(readFile), { signal });
  part("share").addEventListener("click", share, { signal });
}
