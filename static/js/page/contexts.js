/** What commands are about, by where they are run from: a key, a button, the palette, the menu of a line. */

import { placeCaret } from "../text/caret.js";
import { find } from "../shared/dom.js";
import { mountLineMenu } from "../text/line-menu.js";

/**
 * What a command is about: by a key the place of the caret, by a button also where it was before the
 * button took the focus; by one of the bar of chosen segments those alone.
 * @param {import("./page.js").Writing} writing
 * @param {{place(): import("../text/line-menu.js").Place}} lineMenu one of it is about its line
 */
export function contextIn({ typing, place }, lineMenu) {
  return (/** @type {EventTarget | null} */ target, /** @type {KeyboardEvent | null} */ press = null) => {
    const element = target instanceof Element ? target : null;
    const isOfChosen = Boolean(element?.closest("#chosen"));
    return {
      target: element,
      press,
      isInReview: Boolean(element?.closest("#queue")),
      get place() {
        if (press) return typing.caret();
        if (element?.closest("#line-menu")) return lineMenu.place();
        return isOfChosen ? null : place();
      },
    };
  };
}

/**
 * What a command of the palette is about: what a key would be about where the focus was, else the
 * place of the caret before that.
 * @param {import("./page.js").Writing} writing
 * @param {ReturnType<typeof contextIn>} contextOf
 */
export function contextBefore({ typing, selection, place }, contextOf) {
  return (/** @type {EventTarget | null} */ target) => ({
    ...contextOf(target),
    place: typing.caret() ?? (selection.ids().length > 0 ? null : place()),
  });
}

/**
 * The menu of a line.
 * @param {import("./page.js").Page} page
 * @param {import("./page.js").Writing} writing
 * @param {() => void} onOpen
 */
export function mountLines({ session, signal }, { text, typing, selection }, onOpen) {
  const menu = mountLineMenu(find("#text"), find("#line-menu"), {
    lastPlace: () => typing.caret() ?? typing.last(),
    segmentOf: (id) => session.state().doc.byId.get(id),
    isPicking: selection.isPicking,
    onOpen,
    toText({ id, start, offset }) {
      const box = text.boxOf(id);
      if (box) placeCaret(box, start, offset);
    },
    signal,
  });
  return {
    place: menu.place,
    openAt(/** @type {string} */ id) {
      const row = text.rowOf(id);
      if (row) menu.openAt(row);
    },
  };
}
