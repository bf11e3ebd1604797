/** Gives the transcript another title. What was typed and could not be saved is shown, and can be used then. */

import * as api from "../server/api.js";
import { problem } from "../shared/toast.js";
import { bothSentence } from "./refused-facts.js";
import { strings } from "./strings.js";

/** @param {import("./page.js").Page} page @returns {(title: string, was: string) => void} */
export function createRename({ id, session, render, attempt }) {
  /** @param {string} title @param {string} was as it was seen */
  async function rename(title, was) {
    if (!title || title === session.state().doc.title) return render();
    try {
      await api.rename(id, title, was);
      session.titled(title);
    } catch (error) {
      if (!(error instanceof api.ApiError && error.code === "changed_meanwhile")) throw error;
      const { current } = error.body.error;
      session.titled(current);
      problem(bothSentence("title", current, title), { label: strings.useMine, run: () => run(title, current) });
    }
  }
  const run = (/** @type {string} */ title, /** @type {string} */ was) => void attempt(() => rename(title, was), title);
  return run;
}
