/**
 * The panel of the captions: a preset, its rules to change, what breaks them, and fixes. The
 * captions that these rules make are shown as the recording plays.
 */

import { createCaptionPreview } from "./caption-preview.js";
import { mountCaptionRules } from "./caption-rules.js";
import { mountCueList } from "./cue-list.js";
import { mountShots } from "./shots.js";
import { find } from "../shared/dom.js";

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} cues where the captions are listed
 * @param {{presets(): Promise<import("./cues.js").Presets>,
 *   save(rules: import("./cues.js").Rules, base: import("./cues.js").Rules | null): Promise<any>,
 *   read(stem: string, text: string): Promise<import("./cues.js").Rules>,
 *   forget(name: string, base: import("./cues.js").Rules | null): Promise<any>,
 *   captions(rules: import("./cues.js").Rules): Promise<any>,
 *   fix(segment_id: string | null, rules: import("./cues.js").Rules): Promise<any>,
 *   show(cues: readonly import("./cues.js").Cue[] | null, lines: number): void,
 *   goTo(segment_id: string | null, start_ms: number): void, onClose(segment_id: string | null): void,
 *   list: Pick<Parameters<typeof mountCueList>[1], "session" | "player" | "waveform" | "boxes" | "times" | "ceiling" | "floor">,
 *   film: Pick<Parameters<typeof mountShots>[2], "shots" | "find"> & {lines: HTMLElement},
 *   unsaved: {get(): import("./cues.js").Rules | null, set(rules: import("./cues.js").Rules | null): void},
 *   attempt(run: () => Promise<any>): Promise<any>, signal: AbortSignal}} means
 */
export function mountCaptions(panel, cues, means) {
  const { presets, save, read, forget, captions, fix, show, goTo, attempt, signal } = means;
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, panel));
  const isOpen = () => !panel.hidden;
  const cut = createCaptionPreview(panel, {
    rules: () => /** @type {import("./cues.js").Rules} */ (rules.now()),
    isOpen,
    captions,
    fix,
    show,
    onMade: (made, wanted) => list.show(made, wanted),
    goTo(segment_id, start_ms) {
      list.close();
      goTo(segment_id, start_ms);
    },
    endAt: (index, end_ms) => void list.endAt(index, end_ms),
    attempt,
    signal,
  });
  const shots = mountShots(panel, means.film.lines, {
    ...means.film,
    doc: () => means.list.session.state().doc,
    waveform: means.list.waveform,
    onFound: () => isOpen() && cut.later(),
    attempt,
    signal,
  });
  const list = mountCueList(cues, {
    ...means.list,
    shots_ms: shots.starts_ms,
    fix: cut.fixAt,
    attempt,
    onToggle: showSwitch,
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

  /** The list stands in the place of the text. @param {boolean} isListed */
  function showSwitch(isListed) {
    document.body.classList.toggle("has-cues", isListed);
    part("switch").setAttribute("aria-pressed", String(isListed));
  }
  function close() {
    const segment_id = list.isOpen() ? list.segmentNow() : null;
    list.close();
    panel.hidden = true;
    document.body.classList.remove("has-captions");
    show(null, 0);
    means.onClose(segment_id);
  }
  async function open() {
    panel.hidden = false;
    document.body.classList.add("has-captions");
    part("preset").focus();
    await rules.load();
    shots.update();
    if (!rules.now()) return rules.begin();
    rules.showAgain();
    return cut.refresh();
  }
  /** Show the list, the panel too; whether it was there already. */
  async function openList() {
    if (list.isOpen()) return true;
    list.open();
    if (!isOpen()) await open();
    return false;
  }

  return {
    isOpen,
    close,
    open,
    /** Show the captions as a list, or the text again. */
    async toggleList() {
      if (!(await openList())) return;
      const segment_id = list.segmentNow();
      list.close();
      means.onClose(segment_id);
    },
    /** Go to the next caption that breaks a rule, in the list. */
    async goToFault(/** @type {1 | -1} */ step) {
      await openList();
      list.goToFault(step);
    },
    fixFault: () => list.isOpen() && list.fixFault(),
    async addCue() {
      await openList();
      list.addCue();
    },
    /** The text is shown again, as something leads to it; who undoes a step in the list stays there. */
    leaveList: () => cues.contains(document.activeElement) || list.close(),
    time: list.time,
    /** Something was saved: the captions are another view now. @param {{newest_seq: number}} doc */
    update(doc) {
      const isNew = doc.newest_seq !== seq;
      seq = doc.newest_seq;
      if (isOpen() && isNew && rules.now()) cut.later();
      list.update();
      if (isOpen()) shots.update();
    },
  };
}
