/**
 * Keeps unsent edits and decisions on doubts in the browser's IndexedDB, so that no reload loses
 * them. The browser may refuse to open it, not answer, fill up, or close it under us: then the page
 * goes on without it, opens it again where it can be, and hears whether its words are kept.
 */

const NAME = "transcript-editor";
const STORES = ["edits", "kept"];
/** A store that has not opened by then is as good as none; it is taken up if it opens later. */
const PATIENCE_MS = 3000;
/** After so long what could not be kept is tried again. */
const AGAIN_MS = 5000;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @returns {Promise<IDBDatabase>} */
async function openDatabase() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    for (const store of STORES) opening.result.createObjectStore(store);
  };
  return done(opening);
}

/** What was found of one transcript. @param {IDBDatabase} database @param {IDBKeyRange} keys */
async function found(database, keys) {
  const reading = database.transaction(STORES, "readonly");
  const [edits, kept] = await Promise.all(STORES.map((store) => done(reading.objectStore(store).getAll(keys))));
  const entries = edits.sort((a, b) => a.kept_ms - b.kept_ms || a.place - b.place).map(({ entry }) => entry);
  return { entries, kept };
}

/**
 * The part of the store that belongs to one transcript.
 * @param {string} transcript_id
 * @param {{onFound(edits: import("./pending-edits.js").Entry[], dismissedDoubts: string[]): void,
 *   onStored(isStored: boolean): void}} means
 *   onFound: once, what was there from before; onStored: whether the browser keeps what is given
 */
export function createBrowserStore(transcript_id, { onFound, onStored }) {
  const keys = IDBKeyRange.bound([transcript_id], [transcript_id, []]);
  /** @type {IDBDatabase | null} */
  let database = null;
  let isOpening = false;
  let isRead = false;
  /** @type {import("./pending-edits.js").Pending} */
  let pending = [];
  /** Ids of edits that this tab may have put there; what another tab keeps is left alone. @type {Set<string>} */
  const put = new Set();
  /** Decisions on doubts as they are to be kept, by key, while that is not done. @type {Map<string, boolean>} */
  const doubts = new Map();

  let isBegun = false;
  let lost_at = -Infinity;
  let timer = 0;

  const failed = () => {
    onStored(false);
    clearTimeout(timer);
    timer = setTimeout(write, AGAIN_MS);
  };

  async function open() {
    if (isOpening) return;
    isOpening = true;
    const impatient = setTimeout(() => onStored(false), PATIENCE_MS);
    let news = null;
    try {
      database = await openDatabase();
      database.onclose = lose;
      database.onversionchange = () => {
        database?.close();
        lose();
      };
      if (!isRead) news = await found(database, keys);
    } catch (error) {
      database = null;
      console.warn("The browser's store does not open:", error);
    }
    isOpening = false;
    clearTimeout(impatient);
    if (!database) return failed();
    write();
    isRead = true;
    if (news) onFound(news.entries, news.kept);
  }

  /** The browser took the store away, as when its data are cleared: what is unsent is put into a new one. */
  function lose() {
    const isAgain = performance.now() - lost_at < AGAIN_MS;
    lost_at = performance.now();
    database = null;
    if (isAgain) failed();
    else void open();
  }

  /** Let the store hold what is unsent now, and nothing else of this tab. */
  function write() {
    if (!database) return void (isBegun && open());
    try {
      const writing = database.transaction(STORES, "readwrite");
      const sent = putEdits(writing.objectStore("edits"));
      const decided = putDoubts(writing.objectStore("kept"));
      writing.oncomplete = () => {
        sent.forEach((id) => put.delete(id));
        for (const [key, isStored] of decided) if (doubts.get(key) === isStored) doubts.delete(key);
        onStored(true);
      };
      writing.onabort = failed;
      // A page that goes takes with it what is not committed.
      writing.commit();
    } catch (error) {
      // Closed without a word, as Safari does to pages in the background.
      if (!(error instanceof DOMException)) throw error;
      lose();
    }
  }

  /** @param {IDBObjectStore} store */
  function putEdits(store) {
    const now = new Set(pending.map(({ edit_id }) => edit_id));
    const sent = [...put].filter((id) => !now.has(id));
    for (const id of sent) store.delete([transcript_id, id]);
    pending.forEach((entry, place) => {
      put.add(entry.edit_id);
      store.put({ entry, place, kept_ms: Date.now() }, [transcript_id, entry.edit_id]);
    });
    return sent;
  }

  /** @param {IDBObjectStore} store */
  function putDoubts(store) {
    for (const [key, isStored] of doubts) {
      if (isStored) store.put(key, [transcript_id, key]);
      else store.delete([transcript_id, key]);
    }
    return [...doubts];
  }

  const decide = (/** @type {string} */ key, /** @type {boolean} */ isStored) => {
    doubts.set(key, isStored);
    write();
  };

  return {
    /** Begin; what is given before is kept, too. */
    open() {
      isBegun = true;
      return open();
    },
    /** Keep this tab's unsent edits. */
    storeEdits(/** @type {import("./pending-edits.js").Pending} */ now) {
      pending = now;
      write();
    },
    addDismissal: (/** @type {string} */ key) => decide(key, true),
    removeDismissal: (/** @type {string} */ key) => decide(key, false),
  };
}
