/**
 * Keeps the page in step with the server: listens to events while a job runs, else asks every few
 * seconds while the page is seen, so that two tabs converge without holding a connection.
 */

import { ApiError, Unreachable } from "./http.js";

const ASK_EVERY_MS = 3000;

/**
 * @param {{isWorking(): boolean, seq(): number, changes(since: number): Promise<any>,
 *   listen(since: number, handlers: Record<string, (body: any) => void>, onLost: () => void,
 *   signal: AbortSignal): void, onChanges(changes: any): void, onJob(job: any): void,
 *   onLost(error: Error): void, onGone(): void, signal: AbortSignal}} means
 *   onGone: the transcript was deleted for good; nothing is asked any more
 */
export function startSync({ isWorking, seq, changes, listen, onChanges, onJob, onLost, onGone, signal }) {
  /** @type {AbortController | null} */
  let stream = null;
  let isAsking = false;
  let isOver = false;
  let quiet_until = 0;

  function close() {
    stream?.abort();
    stream = null;
  }

  function open() {
    stream = new AbortController();
    listen(seq(), { changes: onChanges, job: onJob }, close, stream.signal);
  }

  async function ask() {
    if (isAsking) return;
    isAsking = true;
    try {
      const news = await changes(seq()).catch(failed);
      if (news) onChanges(news);
    } finally {
      isAsking = false;
    }
  }

  /** @param {unknown} error */
  function failed(error) {
    if (!(error instanceof ApiError || error instanceof Unreachable)) throw error;
    if (error instanceof ApiError && error.isGone) {
      isOver = true;
      close();
      return onGone();
    }
    if (error instanceof Unreachable) quiet_until = performance.now() + error.wait_ms;
    onLost(error);
  }

  /** One heartbeat: choose the way, and ask where nothing tells. */
  function beat() {
    if (document.hidden || isOver || performance.now() < quiet_until) return close();
    if (stream && !isWorking()) close();
    if (stream) return;
    void ask();
    if (isWorking()) open();
  }

  const timer = setInterval(beat, ASK_EVERY_MS);
  if (isWorking() && !document.hidden) open();
  document.addEventListener("visibilitychange", beat, { signal });
  addEventListener("online", beat, { signal });
  signal.addEventListener(
    "abort",
    () => {
      clearInterval(timer);
      close();
    },
    { once: true },
  );
}
