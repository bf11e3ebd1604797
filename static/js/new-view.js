/** The dialog that makes a transcript: its recording and text, the model, the upload. */

import { find, setText } from "./dom.js";
import { sorted, titleFrom } from "./files.js";
import { bytes, percent } from "./format.js";
import { mountModelChoice } from "./model-choice.js";
import { mountTextChoice } from "./text-choice.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{models(): Promise<{models: import("./model-choice.js").Model[], default: string}>,
 *   uploadText(file: File): Promise<string>,
 *   preview(upload: string, encoding: string | null): Promise<any>,
 *   uploadRecording(file: File, onProgress: (sent: number, isWaiting: boolean) => void,
 *   signal: AbortSignal): Promise<string>, create(body: object): Promise<{id: string}>,
 *   onCreated(id: string): void}} actions
 */
export function mountNew(dialog, actions) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  /** @type {File | null} */
  let recording = null;
  /** @type {AbortController | null} */
  let running = null;

  const choice = mountModelChoice(dialog, actions.models);
  const text = mountTextChoice(dialog, {
    uploadText: actions.uploadText, preview: actions.preview, onChange: update, onProblem: (error) => fail("text-problem", error),
  });

  function update() {
    setText(part("recording-name"), recording ? `${recording.name} · ${bytes(recording.size)}` : "None chosen");
    text.update();
    choice.offerTrust(text.isAny());
    part("title").placeholder = recording ? titleFrom(recording.name) : "As the file is named";
    part("start").disabled = !recording || running !== null;
    part("upload").hidden = running === null;
  }

  function fail(/** @type {string} */ name, /** @type {unknown} */ error) {
    part(name).hidden = error === null;
    if (error) setText(part(name), error instanceof Error ? error.message : String(error));
  }

  function showUpload(/** @type {number} */ sent, /** @type {boolean} */ isWaiting) {
    const size = /** @type {File} */ (recording).size;
    part("bar").value = size ? sent / size : 1;
    const facts = `${bytes(sent)} of ${bytes(size)} · ${percent(size ? sent / size : 1)}`;
    setText(part("upload-facts"), isWaiting ? `${facts} · waiting for the server, goes on by itself` : facts);
  }

  async function start() {
    if (!recording) return;
    running = new AbortController();
    fail("problem", null);
    update();
    try {
      const media_upload = await actions.uploadRecording(recording, showUpload, running.signal);
      const created = await actions.create({
        media_upload,
        ...text.chosen(),
        title: part("title").value.trim() || titleFrom(recording.name),
        ...choice.chosen(),
      });
      actions.onCreated(created.id);
    } catch (error) {
      if (!running?.signal.aborted) fail("problem", error);
    } finally {
      running = null;
      update();
    }
  }

  function cancel() {
    running?.abort();
    dialog.close();
  }

  part("choose-recording").addEventListener("change", (/** @type {any} */ { target }) => ((recording = target.files?.[0] ?? recording), update()));
  part("start").addEventListener("click", start);
  part("cancel").addEventListener("click", cancel);
  dialog.addEventListener("cancel", () => running?.abort());
  dialog.addEventListener("submit", (event) => (event.preventDefault(), start()));

  return {
    /** Open with files, as they were dropped or chosen. */
    open(/** @type {readonly File[]} */ files) {
      const { recording: first, text: words } = sorted(files);
      if (!dialog.open) {
        recording = null;
        part("title").value = "";
        fail("problem", null);
        dialog.showModal();
        text.use(words);
      } else if (words) text.use(words);
      recording = first ?? recording;
      update();
      choice.load().catch((error) => fail("problem", error));
    },
  };
}
