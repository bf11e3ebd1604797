/** One transcript to be made, as it is shown: its recording, its text, and how the text will be read. */

import { find, make, setText } from "../shared/dom.js";
import { bytes, isolated } from "../shared/format.js";
import { inPageWords } from "../shared/server-words.js";
import { strings } from "./strings.js";

const ENCODINGS = [
  "utf-8",
  "utf-16",
  "windows-1252",
  "iso-8859-1",
  "iso-8859-2",
  "iso-8859-15",
  "windows-1250",
  "windows-1251",
  "koi8-r",
  "shift_jis",
  "euc-jp",
  "gb18030",
  "big5",
  "euc-kr",
];

/**
 * @typedef {ReturnType<typeof import("./text-file.js").openText>} OpenText
 * @typedef {{recording: File | null, text: OpenText | null, upload: string | null, problem: string}} Item
 * @param {HTMLTemplateElement} template
 * @param {Item} item
 * @param {{onFiles(files: File[], item: Item): void, onDropText(item: Item): void, onDrop(item: Item): void}} actions
 */
export function mountItem(template, item, actions) {
  const element = /** @type {HTMLElement} */ (
    /** @type {Element} */ (template.content.firstElementChild).cloneNode(true)
  );
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  for (const name of ["choose-recording", "choose-text"]) {
    part(name).addEventListener("change", (/** @type {any} */ { target }) => {
      actions.onFiles([...target.files], item);
      target.value = "";
    });
  }
  part("drop-text").addEventListener("click", () => actions.onDropText(item));
  part("drop-recording").addEventListener("click", () => actions.onDrop(item));
  part("encoding").addEventListener("change", () => item.text?.readEncoding(part("encoding").value));
  part("kind").addEventListener("change", () => item.text?.readKind(part("kind").value || null));

  return {
    element,
    update(/** @type {boolean} */ isOnly) {
      const { recording, problem } = item;
      const text = item.text?.text ?? null;
      setText(
        part("recording-name"),
        recording ? `${isolated(recording.name)} · ${bytes(recording.size)}` : strings.noneSelected,
      );
      part("drop-recording").hidden = isOnly;
      setText(part("text-name"), text ? `${isolated(text.file.name)} · ${bytes(text.file.size)}` : strings.noText);
      part("drop-text").hidden = !text;
      showProblem(part("item-problem"), problem);
      showProblem(part("text-problem"), text?.state === "refused" ? text.problem : "");
      part("kind-choice").hidden = !text?.kinds.length;
      if (text) showKinds(part("kind"), text);
      part("preview").hidden = !text?.preview;
      if (text?.preview) fillPreview(part, text);
    },
  };
}

function showProblem(/** @type {HTMLElement} */ element, /** @type {string} */ problem) {
  element.hidden = problem === "";
  setText(element, problem);
}

/** @param {(name: string) => any} part @param {import("./text-file.js").TextFile} text */
function fillPreview(part, text) {
  const { recognised, encoding_is_guess, segment_count, word_count, first_lines, problems } = text.preview;
  const what = inPageWords(recognised);
  const guess = encoding_is_guess ? ` · ${strings.guessedEncoding}` : "";
  setText(
    part("facts"),
    `${what[0].toUpperCase()}${what.slice(1)} · ${strings.segments(segment_count)} · ${strings.words(word_count)}${guess}`,
  );
  showEncoding(part("encoding"), (text.encoding ?? "utf-8").toLowerCase());
  setText(part("lines"), first_lines.join("\n"));
  part("problems").hidden = problems.length === 0;
  setText(find("summary", part("problems")), strings.notes(problems.length));
  const items = problems.map((/** @type {any} */ { line, text: words, reason }) =>
    make("li", {}, strings.noteOn(line, inPageWords(reason), words)),
  );
  find("ul", part("problems")).replaceChildren(...items);
}

function showKinds(/** @type {HTMLSelectElement} */ select, /** @type {import("./text-file.js").TextFile} */ text) {
  if (select.options.length === 0 && text.kinds.length > 0) {
    select.append(
      new Option(strings.byContent, ""),
      ...text.kinds.map((one) => new Option(inPageWords(one.called), one.name)),
    );
  }
  select.value = text.kind ?? "";
}

function showEncoding(/** @type {HTMLSelectElement} */ select, /** @type {string} */ encoding) {
  const names = [...new Set([encoding, ...ENCODINGS])];
  if (select.value === encoding) return;
  select.replaceChildren(...names.map((name) => new Option(name, name)));
  select.value = encoding;
}
