/** The dialog that makes a transcript: files, preview of the text, model, upload. */

import { find, make, setText } from "./dom.js";
import { sorted, titleFrom } from "./files.js";
import { bytes, counted, percent } from "./format.js";
import { mountModelChoice } from "./model-choice.js";

const ENCODINGS = ["utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "koi8-r", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"];

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
  /** @type {File | null} */
  let text = null;
  /** @type {string | null} */
  let textUpload = null;
  /** @type {AbortController | null} */
  let running = null;

  const choice = mountModelChoice(dialog, actions.models);

  function update() {
    setText(part("recording-name"), recording ? `${recording.name} · ${bytes(recording.size)}` : "None chosen");
    setText(part("text-name"), text ? `${text.name} · ${bytes(text.size)}` : "None: what is heard becomes the text");
    part("drop-text").hidden = !text;
    choice.offerTrust(text !== null);
    part("title").placeholder = recording ? titleFrom(recording.name) : "As the file is named";
    part("start").disabled = !recording || running !== null;
    part("upload").hidden = running === null;
  }

  function fail(/** @type {string} */ name, /** @type {unknown} */ error) {
    part(name).hidden = error === null;
    if (error) setText(part(name), error instanceof Error ? error.message : String(error));
  }

  async function useText(/** @type {File | null} */ file) {
    text = file;
    textUpload = null;
    part("preview").hidden = true;
    fail("text-problem", null);
    update();
    if (!file) return;
    try {
      const id = await actions.uploadText(file);
      if (text !== file) return;
      textUpload = id;
      await showPreview(null);
    } catch (error) {
      fail("text-problem", error);
    }
  }

  async function showPreview(/** @type {string | null} */ encoding) {
    try {
      const preview = await actions.preview(/** @type {string} */ (textUpload), encoding);
      fail("text-problem", null);
      fillPreview(part, preview);
    } catch (error) {
      fail("text-problem", error);
    }
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
        text_upload: textUpload,
        text_encoding: textUpload ? part("encoding").value : null,
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

  const takeFile = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).files?.[0] ?? null;
  part("choose-recording").addEventListener("change", (/** @type {Event} */ event) => ((recording = takeFile(event) ?? recording), update()));
  part("choose-text").addEventListener("change", (/** @type {Event} */ event) => takeFile(event) && useText(takeFile(event)));
  part("drop-text").addEventListener("click", () => useText(null));
  part("encoding").addEventListener("change", () => showPreview(part("encoding").value));
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
        useText(words);
      } else if (words) useText(words);
      recording = first ?? recording;
      update();
      choice.load().catch((error) => fail("problem", error));
    },
  };
}

/** @param {(name: string) => any} part @param {any} preview */
function fillPreview(part, preview) {
  const { format, encoding, encoding_is_guess, segment_count, word_count, first_lines, problems } = preview;
  part("preview").hidden = false;
  const guess = encoding_is_guess ? " · the encoding is a guess: is every letter right?" : "";
  setText(part("facts"), `${format.toUpperCase()} · ${counted(segment_count, "segment")} · ${counted(word_count, "word")}${guess}`);
  const choices = [...new Set([encoding.toLowerCase(), ...ENCODINGS])];
  part("encoding").replaceChildren(...choices.map((name) => new Option(name, name)));
  part("encoding").value = encoding.toLowerCase();
  setText(part("lines"), first_lines.join("\n"));
  part("problems").hidden = problems.length === 0;
  setText(find("summary", part("problems")), `${counted(problems.length, "place")} could not be read`);
  const items = problems.map((/** @type {any} */ { line, text, reason }) => make("li", {}, `Line ${line}: ${reason} (${text})`));
  find("ul", part("problems")).replaceChildren(...items);
}
