/**
 * Codes: a field that gives one to what is selected, the list of all with their colours and how often
 * they were given, and the passages of the one that is looked at.
 */

import { codedPassages, CODE_TONES } from "../transcript/codes.js";
import { find, make, setText, showAnew } from "../shared/dom.js";
import { clock, isolated } from "../shared/format.js";
import { icon } from "../shared/icon.js";
import { codeStrings as strings } from "./code-strings.js";

/** A quotation of what a code is given to is no longer. */
const MOST_QUOTED = 120;
/** So many passages are added whenever the end of those that are shown comes near. */
const PART = 200;
const NEAR_PX = 600;

/**
 * @typedef {import("../transcript/codes.js").Part} Part
 * @typedef {import("../transcript/codes.js").Passage} Passage
 */

/**
 * @param {HTMLDialogElement} dialog
 * @param {{doc(): import("../transcript/transcript.js").Doc, textOf(part: Part): string,
 *   give(parts: readonly Part[], code: string): Promise<unknown>, rename(code: string, to: string | null): unknown,
 *   go(passage: Passage): void, colours: import("./page.js").Page["codeColours"], onColours(): void,
 *   toText(): void, signal: AbortSignal}} means
 */
export function mountCodes(dialog, { doc, textOf, give, rename, go, colours, onColours, toText, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  /** What a code is given to. @type {readonly Part[]} */
  let about = [];
  /** What that says, as the person saw it. */
  let quoted = "";
  /** The code that is looked at, and the one given last. */
  let [looked, last] = ["", ""];
  /** @type {object | null} */
  let shown = null;

  const tones = () => colours.of(doc());

  function row(/** @type {string} */ code, /** @type {readonly Passage[]} */ passages, /** @type {number} */ tone) {
    const colour = make(
      "button",
      {
        type: "button",
        class: "code-colour quiet",
        "data-tone": String(tone),
        "aria-label": strings.colourOf(code),
        title: strings.colourOf(code),
        onclick: () => paint(code, (tone + 1) % CODE_TONES),
      },
      make("span", { class: "dot", "aria-hidden": "true" }),
    );
    const name = make("input", {
      value: code,
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "100",
      "aria-label": strings.nameOf(code),
      onchange: (/** @type {any} */ { target }) => {
        const to = named(target.value);
        if (to && to !== code) {
          colours.carry(code, to);
          void rename(code, to);
        } else target.value = code;
      },
    });
    const show = make(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": strings.show(code),
        "aria-pressed": String(code === looked),
        onclick: () => look(code === looked ? "" : code),
      },
      strings.passages(passages.length),
    );
    const remove = make(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": strings.remove(code),
        title: strings.remove(code),
        onclick: () => void rename(code, null),
      },
      icon("close"),
    );
    return make("li", { "data-item": code }, colour, name, show, remove);
  }
  function passageRow(/** @type {Passage} */ passage) {
    const who = passage.speaker ? [make("bdi", {}, passage.speaker), ": "] : [];
    const leave = () => {
      dialog.close();
      go(passage);
    };
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "code-passage", onclick: leave },
        make("span", { class: "place-time" }, clock(passage.start_ms)),
        make("span", { dir: "auto", class: "spoken" }, ...who, passage.text),
      ),
    );
  }

  function draw() {
    const passages = codedPassages(doc());
    shown = doc().byId;
    if (!passages.has(looked)) looked = "";
    const tone = tones();
    showAnew(
      part("codes"),
      [...passages].map(([code, own]) => row(code, own, tone.get(code) ?? 0)),
    );
    part("known").replaceChildren(...[...passages.keys()].map((value) => make("option", { value })));
    const own = passages.get(looked) ?? [];
    part("passages").hidden = part("looked").hidden = looked === "";
    setText(part("looked"), looked && strings.passagesOf(isolated(looked)));
    showPassages(own);
    part("none").hidden = passages.size > 0;
    part("renaming").hidden = passages.size === 0;
  }
  /** The first of them at once, and further ones before they are scrolled to. */
  function showPassages(/** @type {readonly Passage[]} */ own) {
    const list = part("passages");
    const rows = own.slice(0, Math.max(PART, list.children.length)).map(passageRow);
    showAnew(list, rows);
    function add() {
      const below = list.scrollHeight - list.scrollTop - list.clientHeight;
      const shownCount = list.children.length;
      if (below < NEAR_PX && shownCount < own.length)
        list.append(...own.slice(shownCount, shownCount + PART).map(passageRow));
    }
    list.onscroll = add;
  }
  const quotation = () => about.map(textOf).join(" ").trim();
  function quote() {
    quoted = quotation();
    const says = quoted.length > MOST_QUOTED ? `${quoted.slice(0, MOST_QUOTED)} …` : quoted;
    setText(part("about"), says ? strings.about(says) : strings.nothingSelected);
    part("code").disabled = part("give").disabled = !says;
  }
  function look(/** @type {string} */ code) {
    looked = code;
    part("passages").replaceChildren();
    draw();
    find(`[data-item="${CSS.escape(code)}"] [aria-pressed]`, part("codes"))?.focus();
  }
  function paint(/** @type {string} */ code, /** @type {number} */ tone) {
    void colours.paint(code, tone);
    draw();
    onColours();
    find(`[data-item="${CSS.escape(code)}"] .code-colour`, part("codes"))?.focus();
  }
  /** A name on one line; one that differs in case alone is the one there is. */
  function named(/** @type {string} */ typed) {
    const name = typed.split(/\s+/).filter(Boolean).join(" ");
    const alike = [...codedPassages(doc()).keys()].find((one) => one.toLowerCase() === name.toLowerCase());
    return alike ?? name;
  }

  find("form", dialog).addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const code = named(part("code").value);
      if (!code || about.length === 0) return;
      // Somebody else changed the line meanwhile: what would get the code is shown before it does.
      if (quotation() !== quoted) return quote();
      last = code;
      dialog.close();
      toText();
      void give(about, code);
    },
    { signal },
  );
  find("button[aria-label]", dialog).addEventListener("click", () => dialog.close(), { signal });

  return {
    /** @param {readonly Part[] | null} parts what a code would be given to @param {string} [code] the one to look at */
    open(parts, code = "") {
      about = parts ?? [];
      looked = code;
      quote();
      part("code").value = last;
      draw();
      if (!dialog.open) dialog.showModal();
      void colours.refresh();
      if (quoted && !code) part("code").select();
    },
    /** Codes have other colours. */
    recolour() {
      if (dialog.open && !dialog.contains(heldIn(part("codes")))) draw();
    },
    update() {
      if (dialog.open && doc().byId !== shown && !dialog.contains(heldIn(part("codes")))) draw();
    },
  };
}

/** A name that is being typed. @param {HTMLElement} list */
function heldIn(list) {
  const field = document.activeElement;
  const isHeld = field instanceof HTMLInputElement && list.contains(field) && field.value !== field.defaultValue;
  return isHeld ? field : null;
}
