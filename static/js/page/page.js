/**
 * What the parts of the editor page are given. `parts` is filled while the page is put together:
 * a part reaches another only when something happens, when all are there.
 *
 * @typedef {{
 *   id: string,
 *   body: any,
 *   session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   settings: ReturnType<typeof import("../shared/settings.js").openSettings>,
 *   render(): void,
 *   attempt(run: () => Promise<any>): Promise<any>,
 *   signal: AbortSignal,
 *   ceiling(): number,
 *   floor(): number,
 *   parts: {
 *     playing: ReturnType<typeof import("./playing.js").mountPlaying>,
 *     writing: ReturnType<typeof import("./writing.js").mountWriting>,
 *     spelled?: ReturnType<typeof import("../saving/spelling-doubts.js").keepSpelled>,
 *     deleted: ReturnType<typeof import("./deleted-bar.js").mountDeleted>,
 *     bars: ReturnType<typeof import("./bars.js").mountBars>,
 *   },
 * }} Page
 *   `body` is the transcript as first answered; `ceiling` and `floor` are the window's y between
 *   which text can be seen
 */

export {};
