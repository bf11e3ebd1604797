/** Keeps unsent edits and decisions on doubts in the browser's IndexedDB, so that no reload loses them. */

const NAME = "transcript-editor";
const STORES = ["edits", "kept"];

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Open the part of the store that belongs to one transcript.
 * @param {string} transcript_id
 */
export async function openOutbox(transcript_id) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    for (const store of STORES) opening.result.createObjectStore(store);
  };
  const database = await done(opening);
  const keysHere = IDBKeyRange.bound([transcript_id], [transcript_id, []]);
  const within = (/** @type {string} */ store, /** @type {IDBTransactionMode} */ mode) =>
    database.transaction(store, mode).objectStore(store);
  /** @type {Set<string>} */
  let kept = new Set();
  return {
    /** @returns {Promise<import("./pending.js").Entry[]>} oldest first */
    edits: async () =>
      (await done(within("edits", "readonly").getAll(keysHere)))
        .sort((a, b) => a.kept_ms - b.kept_ms || a.place - b.place)
        .map(({ entry }) => entry),
    /**
     * Keep this tab's unsent edits; what another tab keeps is left alone.
     * @param {import("./pending.js").Pending} pending
     */
    keepEdits: (pending) => {
      const store = within("edits", "readwrite");
      const now = new Set(pending.map(({ edit_id }) => edit_id));
      for (const id of kept) if (!now.has(id)) store.delete([transcript_id, id]);
      pending.forEach((entry, place) =>
        store.put({ entry, place, kept_ms: Date.now() }, [transcript_id, entry.edit_id]),
      );
      kept = now;
    },
    /** @returns {Promise<string[]>} keys of doubts kept as written, of which the server may not know */
    keptDoubts: () => done(within("kept", "readonly").getAll(keysHere)),
    keepDoubt: (/** @type {string} */ key) =>
      within("kept", "readwrite").put(key, [transcript_id, key]),
    forgetDoubt: (/** @type {string} */ key) =>
      within("kept", "readwrite").delete([transcript_id, key]),
  };
}

/** Stands in where the browser gives no store, as in some private windows. */
export const noOutbox = {
  edits: async () => [],
  keepEdits: () => {},
  keptDoubts: async () => [],
  keepDoubt: () => {},
  forgetDoubt: () => {},
};
