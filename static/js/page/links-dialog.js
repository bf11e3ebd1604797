/** Links for people without an account: made, copied once, listed with how often they were opened, removed. */

import * as api from "../server/api.js";
import { copyText } from "../shared/copy-text.js";
import { find, make, setText, showAnew } from "../shared/dom.js";
import { ago } from "../shared/format.js";
import { icon } from "../shared/icon.js";
import { date } from "../shared/language.js";
import { linkStrings as strings } from "./link-strings.js";

/**
 * @typedef {{id: string, has_sound: boolean, has_pseudonyms: boolean, author: string | null, created_ms: number,
 *   ends_ms: number | null, opened_count: number, opened_ms: number | null}} Link
 * @param {import("./page.js").Page} page
 */
export function mountLinks({ id, session, attempt, signal }) {
  const dialog = /** @type {HTMLDialogElement} */ (find("#links"));
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  /** Where others reach the server. */
  let base = location.origin;
  /** The link whose address is shown, if any. */
  let shown = "";
  let isMaking = false;
  /** How often the dialog was opened: an answer may come to a later one. */
  let opened = 0;

  /** @param {Link} link */
  function rowOf({ id: link_id, has_sound, has_pseudonyms, author, created_ms, ends_ms, opened_count, opened_ms }) {
    const now_ms = Date.now();
    const made = strings.made(ago(created_ms, now_ms), author);
    const ends =
      ends_ms === null
        ? strings.forGood
        : ends_ms > now_ms
          ? strings.until(date(ends_ms))
          : strings.ended(date(ends_ms));
    const what = [has_sound ? strings.withSound : strings.withoutSound, has_pseudonyms ? strings.pseudonyms : ""];
    const facts = [ends, strings.opened(opened_count, ago(opened_ms ?? 0, now_ms)), made];
    const gone = make("button", { type: "button", class: "quiet" }, icon("close"));
    gone.title = strings.remove(made);
    gone.setAttribute("aria-label", gone.title);
    gone.addEventListener("click", () =>
      attempt(async () => {
        await api.removeLink(id, link_id);
        if (link_id === shown) part("made").hidden = true;
        await load();
        part("make").focus();
      }),
    );
    return make(
      "li",
      { "data-item": link_id },
      make(
        "div",
        {},
        make("b", {}, what.filter(Boolean).join(", ")),
        make("span", { class: "hint" }, facts.join(" · ")),
      ),
      gone,
    );
  }

  async function load() {
    const { links, url, is_for_others } = await api.links(id);
    base = url || location.origin;
    setText(part("reach"), is_for_others ? "" : strings.onlyHere);
    part("reach").hidden = is_for_others;
    showAnew(part("links"), links.map(rowOf));
    part("none").hidden = links.length > 0;
  }

  part("new").addEventListener(
    "submit",
    (/** @type {Event} */ event) => {
      event.preventDefault();
      if (isMaking) return;
      isMaking = true;
      const asked = opened;
      void attempt(async () => {
        await session.whenAllSaved();
        const body = { lasts: part("lasts").value, has_sound: part("sound").checked };
        /** @type {{path: string, link: {id: string}}} */
        const { path, link } = await api.makeLink(id, body);
        // Nobody has seen its address, and nobody can.
        if (!dialog.open || asked !== opened) return api.removeLink(id, link.id);
        shown = link.id;
        part("address").value = base + path;
        part("made").hidden = false;
        part("address").select();
        part("copy").focus();
        await load();
      }).finally(() => (isMaking = false));
    },
    { signal },
  );
  part("copy").addEventListener("click", () => copyText(part("address").value), { signal });
  find("[data-part=close]", dialog).addEventListener("click", () => dialog.close(), { signal });
  // The address is not kept anywhere else.
  dialog.addEventListener("close", () => (part("address").value = ""), { signal });
  return {
    open() {
      opened += 1;
      part("made").hidden = true;
      dialog.showModal();
      void attempt(load);
    },
  };
}
