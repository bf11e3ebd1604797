/**
 * The panel of the captions: a preset, its rules to change, what breaks them, and fixes. The
 * captions that these rules make are shown as the recording plays.
 */

import { createCaptionPreview } from "./caption-preview.js";
import { mountCaptionRules } from "./caption-rules.js";
import { find } from "../shared/dom.js";

/**
 * @param {HTMLElement} panel
 * @param {{presets(): Promise<import("./cues.js").Presets>,
 *   save(rules: import("./cues.js").Rules, base: import("./cues.js").Rules | null): Promise<any>,
 *   read(stem: string, text: string): Promise<import("./cues.js").Rules>,
 *   forget(name: string, base: import("./cues.js").Rules | null): Promise<any>,
 *   captions(rules: import("./cues.js").Rules): Promise<any>,
 *   fix(segment_id: string | null, rules: import("./cues.js").Rules): Promise<any>,
 *   show(cues: readonly import("./cues.js").Cue[] | null, lines: number): void,
 *   goTo(segment_id: string | null, start_ms: number): void, onClose(): void,
 *   unsaved: {get(): import("./cues.js").Rules | null, set(rules: import("./cues.js").Rules | null): void},
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function mountCaptions(panel, means) {
  const { presets, save, read, forget, captions, fix, show, goTo, attempt, signal } = means;
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, panel));
  const isOpen = () => !panel.hidden;
  const cut = createCaptionPreview(panel, {
    rules: () => /** @type {import("./cues.js").Rules} */ (rules.now()),
    isOpen,
    captions,
    fix,
    show,
    goTo,
    attempt,
    signal,
  });
  const rules = mountCaptionRules(part, {
    presets,
    save,
    read,
    forget,
    unsaved: means.unsaved,
    onTaken: () => attempt(cut.refresh),
    onChanged: cut.later,
    onRefused: cut.tell,
    attempt,
    signal,
  });
  let seq = -1;
  part("close").addEventListener("click", close, { signal });

  function close() {
    panel.hidden = true;
    document.body.classList.remove("has-captions");
    show(null, 0);
    means.onClose();
  }

  return {
    isOpen,
    close,
    async open() {
      panel.hidden = false;
      document.body.classList.add("has-captions");
      part("preset").focus();
      await rules.load();
      if (!rules.now()) return rules.begin();
      rules.showAgain();
      await cut.refresh();
    },
    /** Something was saved: the captions are another view now. @param {{seq: number}} doc */
    update(doc) {
      const isNew = doc.seq !== seq;
      seq = doc.seq;
      if (isOpen() && isNew && rules.now()) cut.later();
    },
  };
}
