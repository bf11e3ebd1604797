/** The ruler over the waveform: times at round distances, as many as have room. */

import { clock } from "../shared/format.js";

/** Distances between times that people count in. */
const STEPS_MS = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000];
/** Room for the longest time and a gap. */
const LEAST_PX = 72;
/** How high the ruler is, in CSS pixels. */
export const RULER_PX = 16;

/**
 * @param {{from_ms: number, span_ms: number}} view
 * @param {number} width_px
 * @returns {{share: number, label: string}[]} share: of the width
 */
export function rulerOf({ from_ms, span_ms }, width_px) {
  const step_ms = STEPS_MS.find((one_ms) => (one_ms / span_ms) * width_px >= LEAST_PX) ?? STEPS_MS[STEPS_MS.length - 1];
  const marks = [];
  for (let time_ms = Math.ceil(from_ms / step_ms) * step_ms; time_ms < from_ms + span_ms; time_ms += step_ms) {
    const tenths = step_ms < 1000 ? `.${Math.floor((time_ms % 1000) / 100)}` : "";
    marks.push({ share: (time_ms - from_ms) / span_ms, label: clock(time_ms) + tenths });
  }
  return marks;
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {{from_ms: number, span_ms: number}} view
 * @param {{width_px: number, color: string, font: string}} look
 */
export function drawRuler(context, view, { width_px, color, font }) {
  context.fillStyle = color;
  context.font = font;
  context.textBaseline = "middle";
  for (const { share, label } of rulerOf(view, width_px)) {
    const x = Math.round(share * width_px);
    context.fillRect(x, 0, 1, RULER_PX);
    context.fillText(label, x + 4, RULER_PX / 2);
  }
}
