/** Caption rules as a file: given to others, and taken from them. */

import { ApiError } from "../server/api.js";
import { saveAs, setText } from "../shared/dom.js";

/** More than any preset has, and no more than the server takes. */
const MOST_CHARACTERS = 100_000;

/** @typedef {import("./cues.js").Rules} Rules */

/**
 * @param {(name: string) => any} part
 * @param {{rules(): Rules | null, read(stem: string, text: string): Promise<Rules>,
 *   onRead(rules: Rules): void, attempt(run: () => Promise<any>): Promise<any>,
 *   signal: AbortSignal}} means
 */
export function mountRulesFile(part, { rules, read, onRead, attempt, signal }) {
  /** Take the rules of a file, to be looked at and kept by a name. */
  async function readFile() {
    const [file] = part("file").files;
    part("file").value = "";
    if (!file) return;
    setText(part("shared"), "");
    try {
      onRead(await read(file.name.replace(/\.[^.]*$/, ""), (await file.text()).slice(0, MOST_CHARACTERS)));
      setText(part("shared"), `These are the rules of ${file.name}. Name and save them to keep them.`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setText(part("shared"), `${file.name} cannot be used. ${error.message}`);
    }
  }

  /** Give the rules, as the fields have them, as a file that others can open. */
  function share() {
    const given = rules();
    if (!given) return;
    const name = part("name").value.trim() || given.name;
    saveAs(`${name}.json`, `${JSON.stringify({ ...given, name }, null, 2)}\n`, "application/json");
  }

  part("import").addEventListener("click", () => part("file").click(), { signal });
  part("file").addEventListener("change", () => attempt(readFile), { signal });
  part("share").addEventListener("click", share, { signal });
}
