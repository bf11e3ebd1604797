/** Who is logged in, the way out, and the way back in. Empty on one's own computer. */

import * as api from "./api.js";
import { announce, make } from "../shared/dom.js";
import { toast } from "../shared/toast.js";
import { strings } from "./strings.js";

/**
 * @param {HTMLElement} element
 * @param {AbortSignal} [signal]
 */
export function mountAccount(element, signal) {
  let isOut = false;
  let isViewer = false;

  const leave = async () => {
    await api.logOut();
    location.assign(api.loginPage);
  };

  function showPerson(/** @type {{name: string, may_edit: boolean}} */ me) {
    const out = make("button", { type: "button", class: "quiet", onclick: leave }, strings.logOut);
    const role = me.may_edit ? null : make("span", {}, strings.viewOnly);
    element.replaceChildren(...[make("b", { dir: "auto" }, me.name), role, out].filter((part) => part !== null));
  }

  async function ask() {
    try {
      const me = await api.me();
      isOut = false;
      isViewer = !me.may_edit;
      element.hidden = me.name === null;
      if (me.name !== null) showPerson(me);
    } catch (error) {
      // Whoever needs the server says so; a login that ended has been shown.
      if (!(error instanceof api.Unreachable)) throw error;
    }
  }

  /** What is typed stays in this browser and is sent once the person has logged in elsewhere. */
  function showOut() {
    if (isOut) return;
    isOut = true;
    element.hidden = false;
    const again = make("a", { href: api.loginPage, target: "_blank", rel: "noopener" }, strings.logInAgain);
    element.replaceChildren(make("span", {}, `${strings.loggedOut} ${strings.typingKept}`), again);
    announce(strings.loggedOut);
  }

  addEventListener(api.LOGGED_OUT, showOut, { signal });
  document.addEventListener("visibilitychange", () => isOut && !document.hidden && ask(), { signal });
  addEventListener("focus", () => isOut && ask(), { signal });
  keepAsItIs(() => isViewer, signal);
  return ask();
}

/**
 * A viewer's page takes no typing; all else that would change something the server refuses.
 * @param {() => boolean} isViewer
 * @param {AbortSignal} [signal]
 */
function keepAsItIs(isViewer, signal) {
  const refuse = (/** @type {Event} */ event) => {
    const { target } = event;
    if (!isViewer() || !(target instanceof Element && target.closest("[contenteditable]"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toast(strings.mayOnlyView);
  };
  for (const name of ["beforeinput", "paste", "cut", "drop"]) {
    addEventListener(name, refuse, { capture: true, signal });
  }
}
