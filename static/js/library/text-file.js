/** A text that was chosen: uploaded at once, and read by the server as it would be imported. */

/**
 * @typedef {{file: File, state: "reading" | "ready" | "refused", problem: string, upload: string | null,
 *   preview: any, encoding: string | null}} TextFile
 * @param {File} file
 * @param {{uploadText(file: File, signal: AbortSignal): Promise<string>,
 *   preview(upload: string, encoding: string | null): Promise<any>, discard(upload: string): unknown,
 *   say(error: unknown, file: File): string, onChange(): void}} actions
 */
export function openText(file, { uploadText, preview, discard, say, onChange }) {
  /** @type {TextFile} */
  const text = { file, state: "reading", problem: "", upload: null, preview: null, encoding: null };
  const stop = new AbortController();
  let asked = 0;

  function set(/** @type {Partial<TextFile>} */ change) {
    if (stop.signal.aborted) return;
    Object.assign(text, change);
    onChange();
  }

  async function read(/** @type {string | null} */ encoding) {
    asked += 1;
    const now = asked;
    set({ state: "reading" });
    try {
      text.upload ??= await uploadText(file, stop.signal);
      const found = await preview(text.upload, encoding);
      if (now === asked) set({ state: "ready", problem: "", preview: found, encoding: found.encoding });
    } catch (error) {
      if (now === asked && !stop.signal.aborted) set({ state: "refused", problem: say(error, file), encoding });
    }
  }
  read(null);

  return {
    text,
    read,
    /** It is not wanted any more; `isUsed`: a transcript has it now. */
    close(isUsed = false) {
      stop.abort();
      if (text.upload && !isUsed) discard(text.upload);
    },
  };
}
