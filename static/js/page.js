/**
 * What the parts of the editor page are given. `parts` is filled while the page is put together:
 * a part reaches another only when something happens, when all are there.
 *
 * @typedef {{
 *   id: string,
 *   body: any,
 *   session: ReturnType<typeof import("./session.js").createSession>,
 *   settings: ReturnType<typeof import("./settings.js").openSettings>,
 *   render(): void,
 *   attempt(run: () => Promise<any>): Promise<any>,
 *   signal: AbortSignal,
 *   ceiling(): number,
 *   floor(): number,
 *   parts: {
 *     playing: ReturnType<typeof import("./page-playing.js").mountPlaying>,
 *     writing: ReturnType<typeof import("./page-writing.js").mountWriting>,
 *     spelled?: ReturnType<typeof import("./spelled.js").keepSpelled>,
 *     deleted: ReturnType<typeof import("./deleted-view.js").mountDeleted>,
 *     bars: ReturnType<typeof import("./page-bars.js").mountBars>,
 *   },
 * }} Page
 *   `body` is the transcript as first answered; `ceiling` and `floor` are the window's y between
 *   which text can be seen
 */

export {};
