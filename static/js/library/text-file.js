/** A text that was chosen: uploaded at once, and read by the server as it would be imported. */

/**
 * @typedef {{file: File, state: "reading" | "ready" | "refused", problem: string, upload: string | null,
 *   preview: any, encoding: string | null, kind: string | null, kinds: {name: string, called: string}[]}} TextFile
 * @typedef {{encoding: string | null, kind: string | null}} ReadAs
 * @param {File} file
 * @param {{uploadText(file: File, signal: AbortSignal): Promise<string>,
 *   preview(upload: string, readAs: ReadAs): Promise<any>, textKinds(): Promise<TextFile["kinds"]>,
 *   discard(upload: string): unknown,
 *   say(error: unknown, file: File): string, onChange(): void}} actions
 */
export function openText(file, { uploadText, preview, textKinds, discard, say, onChange }) {
  /** @type {TextFile} */
  const text = {
    file,
    state: "reading",
    problem: "",
    upload: null,
    preview: null,
    encoding: null,
    kind: null,
    kinds: [],
  };
  const stop = new AbortController();
  let asked = 0;

  function set(/** @type {Partial<TextFile>} */ change) {
    if (stop.signal.aborted) return;
    Object.assign(text, change);
    onChange();
  }

  async function read(/** @type {ReadAs} */ { encoding, kind }) {
    asked += 1;
    const now = asked;
    set({ state: "reading" });
    try {
      text.upload ??= await uploadText(file, stop.signal);
      if (text.kinds.length === 0) text.kinds = await textKinds();
      const found = await preview(text.upload, { encoding, kind });
      if (now === asked) set({ state: "ready", problem: "", preview: found, encoding: found.encoding, kind });
    } catch (error) {
      if (now === asked && !stop.signal.aborted) set({ state: "refused", problem: say(error, file), encoding, kind });
    }
  }
  void read({ encoding: null, kind: null });

  return {
    text,
    readEncoding: (/** @type {string} */ encoding) => read({ encoding, kind: text.kind }),
    /** As another kind of text than its content looks like; null stands for that. */
    readKind: (/** @type {string | null} */ kind) => read({ encoding: text.encoding, kind }),
    /** It is not wanted any more; `isUsed`: a transcript has it now. */
    close(isUsed = false) {
      stop.abort();
      if (text.upload && !isUsed) discard(text.upload);
    },
  };
}
