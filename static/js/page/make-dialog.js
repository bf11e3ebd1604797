/**
 * Files that take long to make: a film with captions in its picture, sound without struck-out words, a text with
 * pseudonyms. What was made last is there to download, with what is told of it.
 *
 * @typedef {"film" | "sound" | "text"} Made
 * @typedef {{made: Made, name: string, report: string[], made_ms: number}} MadeFile
 */

import { PURPOSES } from "../captions/formats.js";
import { find, make, setText } from "../shared/dom.js";
import { mountJob } from "../shared/job-line.js";
import { inPageWords } from "../shared/server-words.js";
import { offer } from "../shared/toast.js";
import { isActive } from "../transcript/transcript.js";
import { strings } from "./make-strings.js";

/** The kinds of jobs that make files, and what each makes. @type {ReadonlyMap<string, Made>} */
const MADE = new Map([
  ["make-film", "film"],
  ["make-sound", "sound"],
  ["make-text", "text"],
]);
/** Whether a job makes a file, which its dialog tells of. @param {{kind: string}} job */
export const isMaking = ({ kind }) => MADE.has(kind);

/**
 * @param {HTMLDialogElement} dialog
 * @param {{start(made: Made, choices: Record<string, unknown>): Promise<unknown>, files(): Promise<MadeFile[]>,
 *   address(made: Made): string, preset(): string,
 *   jobs(): readonly import("../transcript/transcript.js").Job[], onCancel(job_id: string): void, onRetry(job_id: string): void,
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function mountMake(dialog, { start, files, address, preset, jobs, onCancel, onRetry, attempt, signal }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  const line = mountJob(part("job"), { onCancel, onRetry, signal });
  /** @type {Made} */
  let made = "film";
  let isStarting = false;
  /** Those that were at work when the page looked last. @type {Set<string>} */
  let watched = new Set();

  async function showFile() {
    const asked = made;
    const found = (await attempt(files))?.find((/** @type {MadeFile} */ one) => one.made === asked);
    if (asked !== made) return;
    part("made").hidden = !found;
    if (!found) return;
    part("file").replaceChildren(
      make("a", { class: "button primary", href: address(made), download: found.name }, strings.download(found.name)),
    );
    part("report").replaceChildren(
      ...found.report.map((/** @type {string} */ said) => make("li", { dir: "auto" }, inPageWords(said))),
    );
  }

  /** @param {readonly (readonly [string, string])[]} formats */
  const options = (formats) => formats.map(([name, label]) => new Option(label, name));
  function offerFormats() {
    const ofSound = /** @type {const} */ ([
      ["mp3", strings.mp3],
      ["wav", strings.wav],
    ]);
    const ofText = PURPOSES.map(({ label, formats }) => make("optgroup", { label }, ...options(formats)));
    part("format").replaceChildren(...(made === "sound" ? options(ofSound) : ofText));
    if (made === "text") part("format").value = "docx";
  }

  find("form", dialog).addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      if (isStarting) return;
      isStarting = true;
      void attempt(async () => {
        await start(made, {
          ...(made === "film" ? {} : { format: part("format").value }),
          preset: preset(),
          speaker_colours: made === "film" && part("colours").checked,
          cut_times: made === "text" && part("cut").checked,
          names: part("names").value,
        });
        part("made").hidden = true;
      }).finally(() => (isStarting = false));
    },
    { signal },
  );
  part("close").addEventListener("click", () => dialog.close(), { signal });

  /** @param {Made} chosen */
  function open(chosen) {
    made = chosen;
    line.update(jobs().filter(({ kind }) => MADE.get(kind) === made));
    setText(part("title"), strings[made].title);
    setText(part("hint"), strings[made].hint);
    part("names").required = made === "text";
    part("of-film").hidden = made !== "film";
    part("of-format").hidden = made === "film";
    part("of-text").hidden = made !== "text";
    part("made").hidden = true;
    offerFormats();
    dialog.showModal();
    void showFile();
  }

  return {
    open,
    /** @param {import("../transcript/transcript.js").Doc} doc */
    update(doc) {
      const ours = doc.jobs.filter(isMaking);
      line.update(ours.filter(({ kind }) => MADE.get(kind) === made));
      const ended = ours.filter(({ id, state }) => watched.has(id) && state === "done");
      watched = new Set(ours.filter(isActive).map(({ id }) => id));
      for (const job of ended) {
        const which = /** @type {Made} */ (MADE.get(job.kind));
        if (dialog.open && which === made) void showFile();
        else offer(strings.ready(strings[which].title), { label: strings.show, run: () => open(which) });
      }
    },
  };
}
