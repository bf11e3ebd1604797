/** After a correction: tells beside it in how many other places the same stands, and leads there. */

import { announce, make } from "../shared/dom.js";
import { icon } from "../shared/icon.js";
import { correctionOf } from "../transcript/correction.js";
import { strings } from "./strings.js";

/** So long nobody types: the word is whole then. */
const REST_MS = 1500;
/** What stands in more places is no name and no term, and not meant everywhere. */
const MOST_PLACES = 30;
const MOST_WORDS = 4;
/** Shorter words in small letters are too common to be meant. */
const LEAST_LETTERS = 4;

/**
 * Whether a correction may be meant elsewhere, too: of few words, and not of a word like "the".
 * @param {{old: string, new: string}} correction
 */
export function isTelling({ old, new: instead }) {
  const few = [old, instead].every((text) => text !== "" && text.split(/\s+/).length <= MOST_WORDS);
  return few && (old.length >= LEAST_LETTERS || old !== old.toLowerCase());
}

/**
 * In how many places of the texts a wording stands as whole words.
 * @param {Iterable<string>} texts
 * @param {string} old
 */
export function countOf(texts, old) {
  const plain = old.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, "gu");
  let count = 0;
  for (const text of texts) count += text.includes(old) ? (text.match(pattern)?.length ?? 0) : 0;
  return count;
}

/**
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Writing} writing
 * @param {{openReplace(wanted: import("../find/replace-dialog.js").Wanted): void}} finding
 */
export function mountAlsoPlaces({ session, signal }, { text, typing }, { openReplace }) {
  /** The segment with the caret, its text when that came, and as it was seen last. */
  let here = { id: "", before: "", seen: "" };
  let timer = 0;
  let told = "";
  const hint = make("p", { class: "also" });
  signal.addEventListener("abort", () => clearTimeout(timer));

  function look() {
    clearTimeout(timer);
    const { id, before } = here;
    const { doc } = session.state();
    const found = doc.byId.has(id) ? correctionOf(before, session.shownText(id)) : null;
    const correction = found && isTelling(found) ? found : null;
    const count = correction ? countOf(doc.order.map(session.shownText), correction.old) : 0;
    const row = text.rowOf(id);
    if (!correction || count === 0 || count > MOST_PLACES || !row) return;
    const says = strings.alsoIn(correction.old, count);
    if (says === told) return;
    told = says;
    const wanted = { ...correction, is_whole_word: true, match_case: true };
    const show = () => {
      hint.remove();
      openReplace(wanted);
    };
    const close = make(
      "button",
      { type: "button", class: "quiet", "aria-label": strings.dismissPlaces },
      icon("close"),
    );
    close.addEventListener("click", () => hint.remove());
    hint.replaceChildren(says, make("button", { type: "button", onclick: show }, strings.showPlaces), close);
    row.append(hint);
    announce(says);
  }

  return {
    update() {
      const id = typing.caret()?.id ?? here.id;
      if (id !== here.id) {
        if (here.seen !== here.before) look();
        const shown = session.shownText(id);
        here = { id, before: shown, seen: shown };
        return;
      }
      const shown = session.shownText(id);
      if (shown === here.seen) return;
      here.seen = shown;
      clearTimeout(timer);
      // Undone: nothing is left to be told of.
      if (shown === here.before) return hint.remove();
      timer = Number(setTimeout(look, REST_MS));
    },
  };
}
