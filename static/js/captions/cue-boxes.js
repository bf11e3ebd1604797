/**
 * The captions over the waveform while their list is open: pointer, finger and keys move their ends.
 *
 * @typedef {import("./cues.js").Cue} Cue
 * @typedef {"start" | "end"} Edge
 */

import { edgesNear, snapped } from "./cue-snap.js";
import { strings } from "./cue-strings.js";
import { arrange, make, setText } from "../shared/dom.js";
import { toast } from "../shared/toast.js";
import { lastNotAbove, MIN_WORD_MS } from "../transcript/words.js";

/** An edge that is moved by keys is saved once it rests so long. */
const REST_MS = 700;
/** More cannot be told apart, let alone dragged. */
const MOST = 100;

/** @type {readonly Edge[]} */
const EDGES = ["start", "end"];

/**
 * Indices of the captions that a stretch shows.
 * @param {readonly {start_ms: number, end_ms: number}[]} cues by their start
 * @param {{from_ms: number, span_ms: number}} view
 */
export function cuesIn(cues, { from_ms, span_ms }) {
  const found = [];
  let first = Math.max(
    0,
    lastNotAbove(cues, from_ms, ({ start_ms }) => start_ms),
  );
  // One shown over others began before these.
  while (first > 0 && cues[first - 1].end_ms > from_ms) first -= 1;
  for (let index = first; index < cues.length && cues[index].start_ms < from_ms + span_ms; index += 1)
    if (cues[index].end_ms > from_ms) found.push(index);
  return found.slice(0, MOST);
}

/** @param {Edge} edge */
const slider = (edge) =>
  make("span", { class: `cue-edge is-${edge}`, role: "slider", "data-edge": edge, "aria-orientation": "horizontal" });

const newBox = () =>
  make(
    "div",
    { class: "cue-time" },
    make("button", { type: "button", class: "cue-label", tabindex: "-1", dir: "auto" }),
    ...EDGES.map(slider),
  );

/**
 * @param {HTMLElement} element
 * @param {{waveform: Pick<ReturnType<typeof import("../playback/waveform.js").mountWaveform>, "view" | "watch">,
 *   isOpen(): boolean, cues(): readonly Cue[], current(): number, gap_ms(): number, shots_ms(): readonly number[], media(): {duration_ms: number}, clock(): import("./cue-clock.js").CueClock,
 *   head_ms(): number, keyOf(cue: Cue): string,
 *   place(index: number, edge: Edge, to_ms: number): Promise<string | null>, go(index: number): void, play(index: number): void,
 *   signal: AbortSignal}} means place: gives why it was refused, null where it was not
 */
export function mountCueBoxes(element, means) {
  const { waveform, isOpen, cues, current, media, signal } = means;
  /** By what their caption is known by. @type {Map<string, HTMLElement>} */
  let boxes = new Map();
  /** The edge that is being moved, or was and is not among the captions yet. @type {{key: string, edge: Edge, to_ms: number, isSent: boolean} | null} */
  let moved = null;
  /** @type {{edge: Edge, x: number, from_ms: number} | null} */
  let drag = null;
  let timer = 0;

  const indexOf = (/** @type {Element} */ part) => Number(part.closest("[data-index]")?.getAttribute("data-index"));
  const edgeMs = (/** @type {number} */ index, /** @type {Edge} */ edge) => {
    const cue = cues()[index];
    if (moved?.key === means.keyOf(cue) && moved.edge === edge) return moved.to_ms;
    return edge === "start" ? cue.start_ms : cue.end_ms;
  };

  function show() {
    element.hidden = !isOpen();
    if (element.hidden) return;
    const before = boxes;
    const indices = cuesIn(cues(), waveform.view());
    boxes = new Map(
      indices.map((index) => [means.keyOf(cues()[index]), before.get(means.keyOf(cues()[index])) ?? newBox()]),
    );
    if (boxes.size !== before.size || [...boxes.keys()].some((key) => !before.has(key)))
      arrange(element, [...boxes.values()]);
    const here = current();
    for (const index of indices)
      draw(/** @type {HTMLElement} */ (boxes.get(means.keyOf(cues()[index]))), index, index === here);
  }

  function draw(/** @type {HTMLElement} */ box, /** @type {number} */ index, /** @type {boolean} */ isHere) {
    const { from_ms, span_ms } = waveform.view();
    const [start_ms, end_ms] = EDGES.map((edge) => edgeMs(index, edge));
    const share = (/** @type {number} */ ms) => `${(ms / span_ms) * 100}%`;
    box.dataset.index = String(index);
    box.style.left = share(start_ms - from_ms);
    box.style.width = share(end_ms - start_ms);
    box.classList.toggle("is-here", isHere);
    const label = /** @type {HTMLElement} */ (box.firstElementChild);
    setText(label, `${index + 1} ${cues()[index].lines.join(" ")}`);
    const { show: shown } = means.clock();
    label.title = `${shown(start_ms)} – ${shown(end_ms)}`;
    EDGES.forEach((edge, at) => {
      const now_ms = edgeMs(index, edge);
      const traits = {
        "aria-label": strings.edgeOf(edge, index + 1),
        "aria-valuemin": 0,
        "aria-valuemax": media().duration_ms,
        "aria-valuenow": now_ms,
        "aria-valuetext": shown(now_ms),
        tabindex: isHere ? 0 : -1,
      };
      for (const [trait, value] of Object.entries(traits)) box.children[at + 1].setAttribute(trait, String(value));
    });
  }

  /** Show an edge at another time, within its caption's other end and the recording. */
  function move(/** @type {number} */ index, /** @type {Edge} */ edge, /** @type {number} */ to_ms) {
    const key = means.keyOf(cues()[index]);
    if (moved && !moved.isSent && (moved.key !== key || moved.edge !== edge)) void send();
    const [low_ms, high_ms] =
      edge === "start"
        ? [0, edgeMs(index, "end") - MIN_WORD_MS]
        : [edgeMs(index, "start") + MIN_WORD_MS, media().duration_ms];
    moved = { key, edge, to_ms: Math.round(Math.max(low_ms, Math.min(to_ms, high_ms))), isSent: false };
    show();
  }

  async function send() {
    clearTimeout(timer);
    const one = moved;
    if (!one || one.isSent) return;
    one.isSent = true;
    const index = cues().findIndex((cue) => means.keyOf(cue) === one.key);
    const isSame = index >= 0 && one.to_ms === cues()[index][one.edge === "start" ? "start_ms" : "end_ms"];
    const refused = index < 0 || isSame ? "" : await means.place(index, one.edge, one.to_ms);
    if (refused) toast(refused);
    if (refused === null || moved !== one) return;
    moved = null;
    show();
  }

  function cancel() {
    clearTimeout(timer);
    drag = null;
    if (moved?.isSent === false) moved = null;
    show();
  }

  /** @param {string} name @param {(event: any, index: number, edge: Edge) => void} run */
  const onEdge = (name, run) =>
    element.addEventListener(
      name,
      (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        if (target.dataset.edge) run(event, indexOf(target), /** @type {Edge} */ (target.dataset.edge));
      },
      { signal },
    );
  onEdge("pointerdown", (event, index, edge) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.target.setPointerCapture(event.pointerId);
    event.target.focus({ preventScroll: true });
    drag = { edge, x: event.clientX, from_ms: edgeMs(index, edge) };
  });
  // The index is what it is now: captions above may have been made or gone since.
  onEdge("pointermove", (event, index) => {
    if (!drag) return;
    if (!(event.buttons & 1)) return cancel();
    const ms_per_px = waveform.view().span_ms / element.clientWidth;
    const to_ms = drag.from_ms + (event.clientX - drag.x) * ms_per_px;
    const near = { gap_ms: means.gap_ms(), head_ms: means.head_ms(), shots_ms: means.shots_ms() };
    const edges = edgesNear(cues(), index, drag.edge, near);
    const isFree = event.altKey || event.clientX === drag.x;
    move(index, drag.edge, isFree ? to_ms : snapped(to_ms, { edges, ms_per_px, onFrame: means.clock().onFrame }));
  });
  onEdge("pointerup", () => {
    drag = null;
    void send();
  });
  onEdge("pointercancel", cancel);
  onEdge("keydown", (event, index, edge) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const to = (/** @type {(now_ms: number) => number} */ next) => () => {
      move(index, edge, next(edgeMs(index, edge)));
      clearTimeout(timer);
      timer = window.setTimeout(() => void send(), REST_MS);
    };
    const { step, byFrame } = means.clock();
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: to((now_ms) => step(now_ms, -1, event.shiftKey)),
      ArrowRight: to((now_ms) => step(now_ms, 1, event.shiftKey)),
      ",": to((now_ms) => byFrame(now_ms, -1)),
      ".": to((now_ms) => byFrame(now_ms, 1)),
      Enter: () => void send(),
      " ": () => means.play(index),
      Escape: () => {
        cancel();
        means.go(index);
      },
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  element.addEventListener("focusout", () => !drag && void send(), { signal });
  element.addEventListener(
    "click",
    ({ target }) => {
      const label = /** @type {Element} */ (target).closest(".cue-label");
      if (!label) return;
      means.go(indexOf(label));
      means.play(indexOf(label));
    },
    { signal },
  );
  waveform.watch(show);

  return {
    update: show,
    /** Captions were made: what was sent is among them. */
    made() {
      if (moved?.isSent) moved = null;
      show();
    },
  };
}
