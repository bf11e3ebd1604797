/** Where the end of a caption goes that is dragged near something. Pure. */

/** So near, in pixels, something draws an edge to it. */
const NEAR_PX = 7;

/**
 * To what an edge of a caption is drawn: the ends of those beside it, with and without the least gap, and the play head.
 * @param {readonly {start_ms: number, end_ms: number}[]} cues
 * @param {number} index
 * @param {"start" | "end"} edge
 * @param {{gap_ms: number, head_ms: number}} means
 */
export function edgesNear(cues, index, edge, { gap_ms, head_ms }) {
  const beside = cues[edge === "start" ? index - 1 : index + 1];
  if (!beside) return [head_ms];
  const [at_ms, gap] = edge === "start" ? [beside.end_ms, gap_ms] : [beside.start_ms, -gap_ms];
  return [at_ms + gap, at_ms, head_ms];
}

/**
 * A time drawn to the nearest edge, if one is near, else to a frame.
 * @param {number} time_ms
 * @param {{edges: readonly number[], ms_per_px: number, onFrame(time_ms: number): number}} means
 */
export function snapped(time_ms, { edges, ms_per_px, onFrame }) {
  const away = (/** @type {number} */ edge_ms) => Math.abs(edge_ms - time_ms);
  const [nearest] = edges.toSorted((a, b) => away(a) - away(b));
  if (nearest !== undefined && away(nearest) <= NEAR_PX * ms_per_px) return nearest;
  return onFrame(time_ms);
}
