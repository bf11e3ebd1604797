/**
 * What was chosen for new transcripts: recordings, each with its text or none, texts that belong to no
 * recording yet, and what was refused. Nothing that was given goes without a word. Knows no elements.
 */

import { openText } from "./text-file.js";
import { UserError } from "../shared/user-error.js";
import { strings } from "./strings.js";

const MOST_FILES = 200;

/**
 * @typedef {ReturnType<typeof openText>} OpenText
 * @typedef {{recording: File | null, text: OpenText | null, upload: string | null, problem: string,
 *   length_ms?: number | null}} Item `length_ms`: of the recording; missing until it is known, null where it cannot be
 * @param {{kindOf(file: File): Promise<"recording" | "text" | "project">,
 *   uploadText(file: File, signal: AbortSignal): Promise<string>,
 *   preview(upload: string, readAs: import("./text-file.js").ReadAs): Promise<any>,
 *   lengthOf(file: File): Promise<number | null>,
 *   textKinds(): Promise<{name: string, called: string}[]>, discard(upload: string): unknown,
 *   onProject(file: File): void, onChange(): void}} actions
 */
export function createChoice(actions) {
  /** @type {Item[]} */
  let items = [newItem(null)];
  /** @type {OpenText[]} */
  let others = [];
  /** @type {string[]} */
  let refused = [];
  let looking = 0;
  let isOpen = true;

  async function kindOf(/** @type {File} */ file) {
    try {
      return { file, kind: await actions.kindOf(file), problem: "" };
    } catch (error) {
      return { file, kind: "none", problem: named(file, error) };
    }
  }

  /** Take a recording in, in the place of another where one is named. */
  function takeRecording(/** @type {File} */ file, /** @type {Item | null} */ place) {
    if (items.some(({ recording }) => recording && isSame(recording, file))) return;
    const taken = place ?? items.find(({ recording }) => !recording) ?? newItem(null);
    if (!items.includes(taken)) items = [...items, taken];
    if (taken.upload) actions.discard(taken.upload);
    Object.assign(taken, { recording: file, upload: null, problem: "", length_ms: undefined });
    void actions.lengthOf(file).then((length_ms) => {
      if (!isOpen || taken.recording !== file) return;
      taken.length_ms = length_ms;
      actions.onChange();
    });
  }

  function pairUp() {
    const free = items.filter(({ text }) => !text);
    const only = items.length === 1 && free.length === 1 && others.length === 1;
    const names = free.map(({ recording }) => recording?.name ?? "");
    const pairs = only
      ? [[0, 0]]
      : paired(
          names,
          others.map(({ text }) => text.file.name),
        );
    const found = pairs.map(([at, which]) => /** @type {const} */ ([free[at], others[which]]));
    for (const [item, text] of found) give(text, item);
  }

  function give(/** @type {OpenText} */ text, /** @type {Item} */ item) {
    others = others.filter((one) => one !== text);
    if (item.text) others.push(item.text);
    item.text = text;
  }

  const changing =
    (/** @type {(...given: any[]) => void} */ change) =>
    (/** @type {any[]} */ ...given) => {
      change(...given);
      actions.onChange();
    };

  return {
    state: () => ({ items, others, refused, reason: reasonToWait(items, others, looking) }),
    /** Take files in, each as what it is; the first that were chosen for an item go there. */
    async add(/** @type {readonly File[]} */ files, /** @type {Item | null} */ wanted = null) {
      const isTooMany = files.length > MOST_FILES;
      refused = isTooMany ? [strings.tooMany(files.length, MOST_FILES)] : [];
      looking += 1;
      actions.onChange();
      const kinds = await Promise.all((isTooMany ? [] : files).map(kindOf)).finally(() => (looking -= 1));
      if (!isOpen) return;
      const of = (/** @type {string} */ kind) => kinds.filter((one) => one.kind === kind).map(({ file }) => file);
      of("recording").forEach((file, at) => takeRecording(file, at === 0 ? wanted : null));
      const texts = of("text").map((file) => openText(file, { ...actions, say: (error) => named(file, error) }));
      others.push(...texts);
      if (wanted && texts.length > 0) give(texts[0], wanted);
      pairUp();
      refused.push(...kinds.flatMap(({ problem }) => problem || []));
      of("project").forEach(actions.onProject);
      actions.onChange();
    },
    give: changing(give),
    /** Another recording may want it, where there is one. */
    dropText: changing((/** @type {Item} */ item) => {
      const { text } = item;
      item.text = null;
      if (text && items.length > 1) others.push(text);
      else text?.close();
    }),
    leaveOut: changing((/** @type {OpenText} */ text) => {
      others = others.filter((one) => one !== text);
      text.close();
    }),
    drop: changing((/** @type {Item} */ item) => {
      items = items.filter((one) => one !== item);
      if (item.upload) actions.discard(item.upload);
      if (item.text) others.push(item.text);
    }),
    /** A transcript was made of it. */
    done: changing((/** @type {Item} */ item) => {
      items = items.filter((one) => one !== item);
      item.text?.close(true);
    }),
    /** None of the rest is wanted any more. */
    close() {
      isOpen = false;
      for (const { upload } of items) if (upload) actions.discard(upload);
      for (const text of [...others, ...items.flatMap((item) => item.text ?? [])]) text.close();
    },
  };
}

/** @returns {Item} */
function newItem(/** @type {File | null} */ recording) {
  return { recording, text: null, upload: null, problem: "" };
}

/** @param {File} a @param {File} b */
const isSame = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

/**
 * Why something failed, with the file's name; what has no words for people is thrown on.
 * @param {File} file
 * @param {unknown} error
 */
export function named(file, error) {
  if (!(error instanceof UserError)) throw error;
  return error.message.startsWith(file.name) ? error.message : `${file.name}: ${error.message}`;
}

/**
 * Why it cannot start yet; nothing where it can.
 * @param {readonly Item[]} items
 * @param {readonly OpenText[]} others
 * @param {number} looking
 */
function reasonToWait(items, others, looking) {
  if (looking > 0) return strings.checking;
  if (items.some(({ recording }) => !recording)) return strings.chooseRecording;
  const texts = items.flatMap(({ text }) => text?.text ?? []);
  const reading = texts.find(({ state }) => state === "reading");
  if (reading) return strings.reading(reading.file.name);
  const refused = texts.find(({ state }) => state === "refused");
  if (refused) return strings.unreadable(refused.file.name);
  if (others.length > 0) return strings.withoutRecording(others[0].text.file.name);
  return items.length === 0 ? strings.chooseRecording : "";
}

/** A name as it is compared: without its ending. @param {string} name */
const stem = (name) =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replace(/\.[^.]+$/, "");

/** The same name, then one that goes on behind a dot, as talk.en.srt beside talk.mp3. */
const FITS = [
  (/** @type {string} */ text, /** @type {string} */ recording) => stem(text) === stem(recording),
  (/** @type {string} */ text, /** @type {string} */ recording) => stem(text).startsWith(`${stem(recording)}.`),
];

/**
 * Which text goes with which recording, by their names: pairs of their places in the lists.
 * @param {readonly string[]} recordings
 * @param {readonly string[]} texts
 * @returns {[number, number][]}
 */
export function paired(recordings, texts) {
  /** @type {Map<number, number>} */
  const textOf = new Map();
  const longestFirst = [...recordings.keys()].sort((a, b) => recordings[b].length - recordings[a].length);
  for (const fits of FITS) {
    for (const [at, text] of texts.entries()) {
      if ([...textOf.values()].includes(at)) continue;
      const found = longestFirst.find((one) => !textOf.has(one) && fits(text, recordings[one]));
      if (found !== undefined) textOf.set(found, at);
    }
  }
  return [...textOf];
}

/** A file's name without its ending, as a title. @param {string} name */
export const titleFrom = (name) =>
  name
    .replace(/\.[^.]+$/, "")
    .replaceAll("_", " ")
    .trim();
