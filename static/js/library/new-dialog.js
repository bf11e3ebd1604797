/** The dialog that makes transcripts: their recordings and texts, the model, the upload. */

import { bringAll } from "./import-files.js";
import { find, make, setText } from "../shared/dom.js";
import { bytes, percent } from "../shared/format.js";
import { mountModelChoice } from "../shared/model-choice.js";
import { createChoice, titleFrom } from "./new-choice.js";
import { mountItem } from "./new-item.js";
import { wordsOf } from "../shared/toast.js";
import { strings } from "./strings.js";

/** As many as the server tells apart. */
const MOST_SPEAKERS = 10;
const BETWEEN_NAMES = /[\n,;]/;

/**
 * @typedef {import("./new-choice.js").Item} Item
 * @typedef {import("./new-choice.js").OpenText} OpenText
 * @param {HTMLDialogElement} dialog
 * @param {Omit<Parameters<typeof createChoice>[0], "onChange"> & import("./import-files.js").Server
 *   & {models: Parameters<typeof mountModelChoice>[1], onMade(ids: string[]): void}} actions
 *   onMade: the transcripts that were made, once the dialog is closed
 */
export function mountNew(dialog, actions) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, dialog));
  let chosen = createChoice({ ...actions, onChange: update });
  /** @type {Map<Item, ReturnType<typeof mountItem>>} */
  let rows = new Map();
  /** @type {AbortController | null} */
  let running = null;
  /** @type {string[]} */
  let made = [];
  let isEscaped = false;
  const model = mountModelChoice(dialog, actions.models);
  for (let count = 2; count <= MOST_SPEAKERS; count += 1)
    part("speakers").append(new Option(strings.findSpeakers(count), String(count)));
  part("speakers").addEventListener("change", update);

  function update() {
    const { items, others, refused, reason } = chosen.state();
    showRows(items);
    part("others").hidden = others.length === 0;
    find("ul", part("others")).replaceChildren(...others.map((text) => otherText(text, items, chosen)));
    part("refused").hidden = refused.length === 0;
    part("refused").replaceChildren(...refused.map((problem) => make("li", {}, problem)));
    model.offerTrust(items.some(({ text }) => text));
    model.tellLength(lengthOfAll(items));
    part("speakers-hint").hidden = !part("speakers").value;
    const first = items[0]?.recording;
    part("title").placeholder = first ? titleFrom(first.name) : strings.defaultTitle;
    part("title").closest("label").hidden = items.length > 1;
    setText(part("reason"), running ? "" : reason);
    part("start").disabled = reason !== "" || running !== null;
    part("upload").hidden = running === null;
    for (const name of ["items", "others"]) part(name).inert = running !== null;
  }

  function showRows(/** @type {readonly Item[]} */ items) {
    for (const [item, { element }] of rows) if (!items.includes(item)) element.remove();
    rows = new Map(items.map((item) => [item, rows.get(item) ?? newRow(item)]));
    for (const row of rows.values()) row.update(items.length === 1);
  }

  function newRow(/** @type {Item} */ item) {
    const actionsOf = { onFiles: chosen.add, onDropText: chosen.dropText, onDrop: chosen.drop };
    const row = mountItem(/** @type {HTMLTemplateElement} */ (find("template", dialog)), item, actionsOf);
    part("items").append(row.element);
    return row;
  }

  function fail(/** @type {unknown} */ error) {
    part("problem").hidden = error === null;
    if (error) setText(part("problem"), wordsOf(error));
  }

  async function start() {
    const { items, reason } = chosen.state();
    if (reason || running) return;
    running = new AbortController();
    const { signal } = running;
    update();
    const options = model.chosen();
    const bodyOf = (/** @type {any} */ { recording, text }) => ({
      title: (items.length === 1 && part("title").value.trim()) || titleFrom(recording.name),
      ...options,
      trusted: options.trusted && text !== null,
      finds_speakers: part("speakers").value !== "",
      speaker_count: Number(part("speakers").value) || null,
      glossary: part("names").value.split(BETWEEN_NAMES),
    });
    await bringAll(items, bodyOf, actions, {
      signal,
      onProgress: (item, sent, isWaiting) => showUpload(part, item, items, sent, isWaiting),
      onMade(item, id) {
        made.push(id);
        chosen.done(item);
      },
    });
    if (signal.aborted) return;
    running = null;
    if (chosen.state().items.length === 0) dialog.close();
    else update();
  }

  /** However it closes: what was not used goes, but for what was typed where Escape closed it, which is soon pressed. */
  function end() {
    if (!isEscaped) for (const name of ["title", "names"]) part(name).value = "";
    isEscaped = false;
    running?.abort();
    running = null;
    chosen.close();
    if (made.length > 0) actions.onMade(made);
    made = [];
  }

  part("start").addEventListener("click", start);
  part("cancel").addEventListener("click", () => dialog.close());
  // A field for files tells of its own window in the same way.
  dialog.addEventListener("cancel", ({ target }) => (isEscaped = target === dialog));
  dialog.addEventListener("close", end);
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    void start();
  });

  return {
    /** Open with files, as they were dropped or chosen; those that come later are added. */
    open(/** @type {readonly File[]} */ files) {
      if (!dialog.open) {
        chosen = createChoice({ ...actions, onChange: update });
        for (const { element } of rows.values()) element.remove();
        rows = new Map();
        fail(null);
        dialog.showModal();
      }
      void chosen.add(files);
      model.load().catch(fail);
    },
  };
}

/** How long the recordings are together; null where one cannot be told. @param {readonly Item[]} items */
function lengthOfAll(items) {
  const known = items.flatMap(({ length_ms }) => length_ms ?? []);
  return known.length > 0 && known.length === items.length ? known.reduce((sum, one) => sum + one, 0) : null;
}

/**
 * @param {(name: string) => any} part
 * @param {Item} item
 * @param {readonly Item[]} items
 * @param {number} sent
 * @param {boolean} isWaiting
 */
function showUpload(part, { recording }, items, sent, isWaiting) {
  const { name, size } = /** @type {File} */ (recording);
  const at = items.findIndex((one) => one.recording === recording) + 1;
  const place = items.length > 1 ? `${strings.itemOf(at, items.length)} · ${name} · ` : "";
  const share = size ? sent / size : 1;
  part("bar").value = share;
  const facts = `${place}${strings.sentOf(bytes(sent), bytes(size))} · ${percent(share)}`;
  setText(part("upload-facts"), isWaiting ? `${facts} · ${strings.waiting}` : facts);
}

/**
 * A text that belongs to no recording yet, with the recordings it may be given to.
 * @param {OpenText} text
 * @param {readonly Item[]} items
 * @param {ReturnType<typeof createChoice>} chosen
 */
function otherText(text, items, chosen) {
  const { name, size } = text.text.file;
  const options = items.map(({ recording }, at) => new Option(recording?.name ?? strings.noneSelected, String(at)));
  const belongs = make(
    "select",
    { "aria-label": strings.recordingFor(name) },
    new Option(strings.assign, ""),
    ...options,
  );
  belongs.addEventListener("change", () => chosen.give(text, items[Number(belongs.value)]));
  const leaveOut = make(
    "button",
    { type: "button", class: "quiet", onclick: () => chosen.leaveOut(text) },
    strings.remove,
  );
  leaveOut.setAttribute("aria-label", strings.removeOne(name));
  return make("li", {}, make("span", { class: "file-name" }, `${name} · ${bytes(size)}`), belongs, leaveOut);
}
