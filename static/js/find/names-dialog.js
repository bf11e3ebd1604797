/**
 * Names of the text with their spellings, and the glossaries that recognition is told.
 *
 * @typedef {{spellings: {text: string, count: number}[], heard: string[]}} Group
 */

import { find, make, setText } from "../shared/dom.js";
import { number } from "../shared/language.js";
import { strings } from "./strings.js";

const MOST_ROWS = 200;

/** The lines of a form or a file. @param {string} text */
const linesOf = (text) => text.split(/\r?\n/);

/**
 * @param {HTMLDialogElement} dialog
 * @param {{names(): Promise<{groups: Group[]}>, glossary(isCommon: boolean): Promise<string[]>,
 *   setGlossary(isCommon: boolean, terms: string[], base: string[]): Promise<{terms: string[], isLookedFor: boolean}>,
 *   onUnite(others: string[], spelling: string): void, onFind(spelling: string): void,
 *   onRealign(): void, attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function mountNames(dialog, { names, glossary, setGlossary, onUnite, onFind, onRealign, attempt, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  /** @type {[string, boolean][]} */
  const fields = [
    ["own", false],
    ["common", true],
  ];
  const on = (/** @type {string} */ name, /** @type {string} */ event, /** @type {(event: any) => unknown} */ run) =>
    part(name).addEventListener(event, run, { signal });

  async function showNames() {
    const { groups } = await names();
    const several = groups.filter(({ spellings, heard }) => spellings.length + heard.length > 1);
    const rest = groups.filter(({ spellings, heard }) => spellings.length + heard.length === 1);
    part("groups").replaceChildren(
      ...several
        .slice(0, MOST_ROWS)
        .map((group) => groupItem(group, (others, text) => leaveFor(() => onUnite(others, text)))),
    );
    part("rest").replaceChildren(
      ...rest
        .slice(0, MOST_ROWS)
        .map((group) =>
          nameItem(group, { onFind: (text) => leaveFor(() => onFind(text)), onAdd: (text) => append([text]) }),
        ),
    );
    setText(part("none"), several.length ? "" : strings.noDuplicates);
    part("others").hidden = rest.length === 0;
  }

  /**
   * The terms as the server gave them last, and what stands in a field from them; none where it gave none yet.
   * @type {Map<string, string[]>}
   */
  const known = new Map();
  /** One change after the other, so that no answer is overtaken by an older one. */
  let saving = Promise.resolve();

  const show = (/** @type {string} */ name, /** @type {string[]} */ terms) => {
    known.set(name, terms);
    part(name).value = terms.join("\n");
    part(name).readOnly = false;
  };

  async function fill(/** @type {[string, boolean]} */ [name, isCommon]) {
    // What could not be saved stays, and is tried again.
    if (isChanged(name)) return save(name, isCommon);
    show(name, await glossary(isCommon));
  }

  const isChanged = (/** @type {string} */ name) => known.has(name) && part(name).value !== known.get(name)?.join("\n");

  /** Close before what was asked for opens. */
  const leaveFor = (/** @type {() => void} */ run) => {
    dialog.close();
    run();
  };

  const change = (/** @type {() => Promise<unknown>} */ run) => {
    saving = saving.then(() => attempt(run));
    return saving;
  };
  const say = (/** @type {string[]} */ terms, /** @type {boolean} */ isLookedFor) => {
    const saved = strings.termsSaved(terms.length);
    setText(part("said"), isLookedFor ? `${saved}. ${strings.termsLookedFor}` : saved);
  };
  const save = (/** @type {string} */ name, /** @type {boolean} */ isCommon) =>
    change(async () => {
      const written = part(name).value;
      const { terms, isLookedFor } = await setGlossary(isCommon, linesOf(written), known.get(name) ?? []);
      // Whoever types on keeps what is typed; it is another change, to what is known now.
      if (part(name).value === written) show(name, terms);
      say(terms, isLookedFor);
    });
  /** Put terms at the end of the transcript's glossary, whatever is in it. */
  const append = (/** @type {string[]} */ added) =>
    change(async () => {
      const { terms, isLookedFor } = await setGlossary(false, added, []);
      if (known.has("own") && !isChanged("own")) show("own", terms);
      say(terms, isLookedFor);
    });

  for (const [name, isCommon] of fields) on(name, "change", () => save(name, isCommon));
  on("file", "change", async () => {
    const [file] = part("file").files;
    part("file").value = "";
    if (file) void append(linesOf(await file.text()));
  });
  on("import", "click", () => part("file").click());
  on("listen", "click", () => leaveFor(onRealign));
  on("close", "click", () => dialog.close());

  return {
    append,
    open() {
      dialog.showModal();
      setText(part("said"), "");
      // What is typed before the terms are there would be overwritten by them.
      for (const [name] of fields) part(name).readOnly = !isChanged(name);
      void attempt(() => Promise.all([showNames(), ...fields.map(fill)]));
    },
  };
}

/**
 * Spellings that may mean the same; a press on one takes it for all.
 * @param {Group} group
 * @param {(others: string[], spelling: string) => void} onUnite
 */
function groupItem({ spellings, heard }, onUnite) {
  const all = spellings.map(({ text }) => text);
  const choose = (/** @type {string} */ text, /** @type {string} */ count) => {
    const others = all.filter((one) => one !== text);
    return nameButton(text, count, { title: strings.useEverywhere(text), onclick: () => onUnite(others, text) });
  };
  return make(
    "li",
    {},
    ...spellings.map(({ text, count }) => choose(text, number(count))),
    ...heard.map((text) => choose(text, strings.heard)),
  );
}

/**
 * A name that is always spelled alike.
 * @param {Group} group
 * @param {{onFind(spelling: string): void, onAdd(spelling: string): void}} actions
 */
function nameItem({ spellings: [{ text, count }] }, { onFind, onAdd }) {
  const search = nameButton(text, number(count), { title: strings.findSimilar, onclick: () => onFind(text) });
  const add = make(
    "button",
    {
      type: "button",
      class: "quiet small",
      "aria-label": strings.addOne(text),
      title: strings.addToGlossary,
      onclick: () => onAdd(text),
    },
    "+",
  );
  return make("li", {}, search, add);
}

/** @param {string} text @param {string} count @param {{title: string, onclick(): void}} traits */
const nameButton = (text, count, traits) =>
  make(
    "button",
    { type: "button", class: "chip", ...traits },
    make("span", { dir: "auto" }, text),
    make("span", { class: "count" }, count),
  );
