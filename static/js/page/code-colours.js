/** The colours of codes, as the server keeps them for all: a code that is met first gets one that few have. */

import { codedPassages, codeTones } from "../transcript/codes.js";
import { UserError } from "../shared/user-error.js";

/**
 * @typedef {Record<string, number>} Tones
 * @param {{load(): Promise<Tones>, save(tones: Tones, onlyNew: boolean): Promise<Tones | null>}} server
 *   save: tries until there is an answer; null where the page is left before
 */
export function createCodeColours({ load, save }) {
  /** Codes have other colours than were told last. */
  let onOthers = () => {};
  /** @type {Tones} */
  let kept = {};
  let isLoaded = false;
  /** Chosen here, and not with the server yet. @type {Tones} */
  let unsent = {};
  /** One after the other, so that the last one chosen stays. @type {Promise<void>} */
  let sending = Promise.resolve();

  async function take(/** @type {Promise<Tones | null>} */ asked) {
    try {
      const answer = await asked;
      if (!answer) return;
      const told = { ...answer, ...unsent };
      const isOther = JSON.stringify(told) !== JSON.stringify(kept);
      kept = told;
      if (isOther) onOthers();
    } catch (error) {
      // Without them, as for somebody who may only look, colours are this page's own.
      if (!(error instanceof UserError)) throw error;
    }
  }
  return {
    whenOthers(/** @type {() => void} */ run) {
      onOthers = run;
    },
    /** What others chose meanwhile. */
    async refresh() {
      await take(load());
      isLoaded = true;
    },
    /** @param {import("../transcript/transcript.js").Doc} doc */
    of(doc) {
      const codes = [...codedPassages(doc).keys()];
      const tones = codeTones(codes, kept);
      const news = isLoaded ? codes.filter((code) => !Object.hasOwn(kept, code)) : [];
      if (news.length > 0) {
        const given = Object.fromEntries(news.map((code) => [code, tones.get(code) ?? 0]));
        kept = { ...kept, ...given };
        void take(save(given, true));
      }
      return tones;
    },
    paint(/** @type {string} */ code, /** @type {number} */ tone) {
      kept = { ...kept, [code]: tone };
      unsent = { ...unsent, [code]: tone };
      const sent = sending.then(async () => {
        await take(save({ [code]: tone }, false));
        if (unsent[code] === tone) delete unsent[code];
      });
      // Whoever asked is told that one failed; those behind it are sent all the same.
      sending = sent.catch(() => {});
      return sent;
    },
    /** A code that is renamed keeps its colour. */
    carry(/** @type {string} */ code, /** @type {string} */ to) {
      if (Object.hasOwn(kept, code) && !Object.hasOwn(kept, to)) void this.paint(to, kept[code]);
    },
  };
}
