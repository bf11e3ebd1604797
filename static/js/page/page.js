/**
 * What the parts of the editor page are given.
 *
 * @typedef {{
 *   id: string,
 *   body: any,
 *   session: ReturnType<typeof import("../saving/session.js").createSession>,
 *   settings: ReturnType<typeof import("../shared/settings.js").openSettings>,
 *   codeColours: ReturnType<typeof import("./code-colours.js").createCodeColours>,
 *   render(): void,
 *   attempt(run: () => Promise<any>, typed?: string): Promise<any>,
 *   signal: AbortSignal,
 *   ceiling(): number,
 *   floor(): number,
 * }} Page
 *   `body` is the transcript as first answered; `ceiling` and `floor` are the window's y between
 *   which text can be seen
 * @typedef {ReturnType<typeof import("./playing.js").mountPlaying>} Playing
 * @typedef {ReturnType<typeof import("./writing.js").mountWriting>} Writing
 */

export {};
