/** Current doubt in the review: marked in the text, played, typed over, and left for the next. */

import { announce } from "../shared/dom.js";
import { saidOf, strings } from "./strings.js";

/** @typedef {import("./ranked-doubts.js").Entry} Entry */

/**
 * @param {{list: ReturnType<typeof import("./doubt-list.js").createDoubtList>,
 *   tally: ReturnType<typeof import("./decisions.js").createTally>,
 *   doubtVerbs: ReturnType<typeof import("./doubt-commands.js").createDoubtVerbs>,
 *   player: ReturnType<typeof import("../playback/player.js").createPlayer>,
 *   onGo(): void, render(): void, nothing(): string}} means onGo: another doubt is at hand now, or none;
 *   nothing: what is said of none
 */
export function createCurrentDoubt({ list, tally, doubtVerbs, player, onGo, render, nothing }) {
  /** @type {Entry | null} */
  let here = null;
  /** @type {Entry | null} being typed over */
  let typing = null;

  /** Make a doubt the one at hand: mark it in the text and play it. */
  function go(/** @type {Entry | null} */ entry, { isPlayed = true } = {}) {
    here = entry;
    typing = null;
    tally.begin();
    if (!entry) doubtVerbs.unmark();
    else if (doubtVerbs.bring(entry) && isPlayed) doubtVerbs.playAround(entry.doubt, player.isLooping());
    announce(entry ? saidOf(entry.doubt) : nothing());
    onGo();
  }

  return {
    entry: () => here,
    go,
    step(/** @type {-1 | 1} */ by) {
      const { shown } = list.sift();
      if (shown.length === 0) return go(null);
      const at = list.indexOf(here);
      if (at < 0) return go(shown[by > 0 ? 0 : shown.length - 1]);
      go(shown[(at + by + shown.length) % shown.length]);
    },
    play: () => here && doubtVerbs.playAround(here.doubt),
    loop() {
      if (!here) return;
      if (player.isLooping()) player.pause();
      else doubtVerbs.playAround(here.doubt, true);
      render();
    },
    type() {
      if (!here || !doubtVerbs.select(here)) return;
      typing = here;
      announce(strings.editHere);
    },
    /** The one that was being typed over until now. */
    endTyping() {
      const entry = typing;
      typing = null;
      return entry;
    },
    /** Show a kind or leave it out, and with it a doubt at hand that is of it. */
    toggleKind(/** @type {string} */ kind) {
      list.toggleKind(kind);
      if (here && !list.filter().kinds.has(here.doubt.kind)) go(list.worst(), { isPlayed: false });
      render();
    },
    /** The list has changed: take the doubt as it is there now; gives its place, -1 where it is not shown. */
    update() {
      const at = list.indexOf(here);
      if (at >= 0) here = list.sift().shown[at];
      else if (here && !typing && !list.find(here.key)) here = null;
      return at;
    },
  };
}
