/** Where the end of a caption goes that is dragged near something. Pure. */

/** So near, in pixels, something draws an edge to it. */
const NEAR_PX = 7;

/**
 * To what an edge of a caption is drawn: the ends of those beside it, with and without the least gap, the play head,
 * and where shots of the film begin; an out also right before one.
 * @param {readonly {start_ms: number, end_ms: number}[]} cues
 * @param {number} index
 * @param {"start" | "end"} edge
 * @param {{gap_ms: number, head_ms: number, shots_ms?: readonly number[]}} means
 */
export function edgesNear(cues, index, edge, { gap_ms, head_ms, shots_ms = [] }) {
  const beside = cues[edge === "start" ? index - 1 : index + 1];
  const shots = edge === "start" ? shots_ms : shots_ms.flatMap((shot_ms) => [shot_ms - gap_ms, shot_ms]);
  if (!beside) return [head_ms, ...shots];
  const [at_ms, gap] = edge === "start" ? [beside.end_ms, gap_ms] : [beside.start_ms, -gap_ms];
  return [at_ms + gap, at_ms, head_ms, ...shots];
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
