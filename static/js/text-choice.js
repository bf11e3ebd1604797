/** The text that a new transcript begins with: uploaded once it is chosen, and shown as it will be read. */

import { find, make, setText } from "./dom.js";
import { bytes, counted } from "./format.js";

const ENCODINGS = ["utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "koi8-r", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"];

/**
 * @param {HTMLElement} element
 * @param {{uploadText(file: File): Promise<string>,
 *   preview(upload: string, encoding: string | null): Promise<any>,
 *   onChange(): void, onProblem(error: unknown): void}} actions onProblem: null where there is none
 */
export function mountTextChoice(element, { uploadText, preview, onChange, onProblem }) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  /** @type {File | null} */
  let text = null;
  /** @type {string | null} */
  let upload = null;

  async function use(/** @type {File | null} */ file) {
    text = file;
    upload = null;
    part("preview").hidden = true;
    onProblem(null);
    onChange();
    if (!file) return;
    try {
      const id = await uploadText(file);
      if (text !== file) return;
      upload = id;
      await showPreview(null);
    } catch (error) {
      onProblem(error);
    }
  }

  async function showPreview(/** @type {string | null} */ encoding) {
    try {
      const read = await preview(/** @type {string} */ (upload), encoding);
      onProblem(null);
      fillPreview(part, read);
    } catch (error) {
      onProblem(error);
    }
  }

  part("choose-text").addEventListener("change", (/** @type {any} */ { target }) => target.files?.[0] && use(target.files[0]));
  part("drop-text").addEventListener("click", () => use(null));
  part("encoding").addEventListener("change", () => showPreview(part("encoding").value));

  return {
    use,
    isAny: () => text !== null,
    /** The text as a new transcript takes it. */
    chosen: () => ({ text_upload: upload, text_encoding: upload ? part("encoding").value : null }),
    update() {
      setText(part("text-name"), text ? `${text.name} · ${bytes(text.size)}` : "None: what is heard becomes the text");
      part("drop-text").hidden = !text;
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
