/**
 * Tells how far a transcription is to whoever looks at something else meanwhile, and its end: in the title of
 * the tab, and by a notification of the system if the person wishes so.
 */

import { find } from "../shared/dom.js";
import { percent } from "../shared/format.js";
import { toast } from "../shared/toast.js";
import { isActive } from "../transcript/transcript.js";
import { strings } from "./strings.js";

/**
 * The title of the tab.
 * @param {string} title
 * @param {import("../transcript/transcript.js").Job | undefined} job the one at work
 * @param {boolean} isUnseen it ended while nobody looked
 */
export function titleOf(title, job, isUnseen) {
  if (job) return `${percent(job.fraction)} · ${title}`;
  return isUnseen ? `✓ ${title}` : `${title} · Transcript Editor`;
}

/** @param {Pick<import("./page.js").Page, "settings" | "render" | "signal">} page */
export function mountJobEnd({ settings, render, signal }) {
  const button = /** @type {HTMLButtonElement} */ (find("#job [data-part=notify]"));
  const isPossible = () => "Notification" in window && Notification.permission !== "denied";
  /** The job that was at work when the page looked last. */
  let watched = "";
  let isUnseen = false;

  button.addEventListener(
    "click",
    async () => {
      const answer = await Notification.requestPermission();
      settings.set({ notifies: answer === "granted" });
      toast(answer === "granted" ? strings.willNotify : strings.mayNotNotify);
      render();
    },
    { signal },
  );
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.hidden || !isUnseen) return;
      isUnseen = false;
      render();
    },
    { signal },
  );

  function tellEnd(/** @type {string} */ says, /** @type {string} */ title) {
    toast(says);
    isUnseen = document.hidden;
    const isWanted = settings.get().notifies && isPossible() && Notification.permission === "granted";
    if (document.hidden && isWanted) new Notification(title, { body: says });
  }

  return {
    /** @param {import("../saving/session.js").State} state */
    update({ doc }) {
      const job = doc.jobs.find((one) => one.kind === "transcribe" && isActive(one));
      const ended = doc.jobs.find(({ id, state }) => id === watched && state === "done");
      if (ended && !job) tellEnd(strings.transcribed, doc.title);
      watched = job?.id ?? (ended ? "" : watched);
      button.hidden = !job || !isPossible() || settings.get().notifies;
      document.title = titleOf(doc.title, job, isUnseen);
    },
  };
}
