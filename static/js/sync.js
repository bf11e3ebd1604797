/**
 * Keeps the page in step with the server: listens to events while a job runs, else asks every few
 * seconds while the page is seen, so that two tabs converge without holding a connection.
 */

const ASK_EVERY_MS = 3000;

/**
 * @param {{isWorking(): boolean, seq(): number, changes(since: number): Promise<any>,
 *   listen(since: number, handlers: Record<string, (body: any) => void>, onLost: () => void,
 *   signal: AbortSignal): void, onChanges(changes: any): void, onJob(job: any): void,
 *   onLost(): void, signal: AbortSignal}} means
 */
export function startSync({ isWorking, seq, changes, listen, onChanges, onJob, onLost, signal }) {
  /** @type {AbortController | null} */
  let stream = null;
  let isAsking = false;

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
      onChanges(await changes(seq()));
    } catch {
      onLost();
    } finally {
      isAsking = false;
    }
  }

  /** One heartbeat: choose the way, and ask where nothing tells. */
  function beat() {
    if (document.hidden) return close();
    if (stream && !isWorking()) close();
    if (stream) return;
    ask();
    if (isWorking()) open();
  }

  const timer = setInterval(beat, ASK_EVERY_MS);
  if (isWorking()) open();
  document.addEventListener("visibilitychange", beat, { signal });
  addEventListener("online", beat, { signal });
  signal.addEventListener("abort", () => (clearInterval(timer), close()), { once: true });
}
