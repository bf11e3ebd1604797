/** Files dropped on a page, those in folders, too. No drop ever leaves the page. */

/** @typedef {{isFile: boolean, isDirectory: boolean, file?: Function, createReader?: Function}} Entry */

/**
 * The files of what was dropped: a file, or all in a folder and its folders.
 * @param {Entry | File | null} entry
 * @returns {Promise<File[]>}
 */
export async function filesIn(entry) {
  if (entry === null || !("isDirectory" in entry)) return entry ? [entry] : [];
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => /** @type {any} */ (entry).file(resolve, reject));
    return isSystemFile(file) ? [] : [file];
  }
  const reader = /** @type {any} */ (entry).createReader();
  const found = [];
  for (;;) {
    // A reader gives a part at a time.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    found.push(...(await Promise.all(some.map(filesIn))).flat());
  }
  return found;
}

/** What a system leaves in folders for itself. @param {{name: string}} file */
export const isSystemFile = ({ name }) => /^(\..*|Thumbs\.db|desktop\.ini)$/i.test(name);

/** @param {DataTransfer} transfer @returns {Promise<File[]>} */
async function filesOf(transfer) {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  // Entries have to be asked for before anything is awaited.
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  return (await Promise.all(entries.map(filesIn))).flat();
}

/** @param {DragEvent} event */
const isWithFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;

/**
 * Take files dropped anywhere on the page.
 * @param {(files: File[]) => void} onFiles
 * @param {AbortSignal} [signal]
 */
export function mountDrops(onFiles, signal) {
  const mark = (/** @type {boolean} */ isOver) => document.body.classList.toggle("is-dropping", isOver);
  addEventListener(
    "dragover",
    (event) => {
      if (!isWithFiles(event)) return;
      event.preventDefault();
      mark(true);
    },
    { signal },
  );
  addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false), { signal });
  addEventListener(
    "drop",
    async (event) => {
      if (!isWithFiles(event)) return;
      event.preventDefault();
      mark(false);
      onFiles(await filesOf(/** @type {DataTransfer} */ (event.dataTransfer)));
    },
    { signal },
  );
}
