/** Values the tests share: a segment whose words last 100 ms each, a transcript, an answer, the keys. */

import { keysOf } from "../../static/js/keys/commands.js";
import { createCommands } from "../../static/js/page/commands.js";

/** Has whatever is asked of it. */
const anything = new Proxy(() => anything, { get: () => anything });

/** The commands of the editor page, which do nothing here. */
export const commandsIn = (isMac) => createCommands(anything, isMac);
export const keysIn = (isMac, changed = {}) => keysOf(commandsIn(isMac), changed);

export function segment(id, text, start_ms, more = {}) {
  const words = [];
  if (start_ms !== null) {
    for (const { index, 0: word } of text.matchAll(/\S+/g)) {
      const at = start_ms + words.length * 100;
      words.push([index, word.length, at, at + 90, 0, 0.9, 0]);
    }
  }
  const position = { a: 10, b: 20, c: 30 }[id] ?? 15;
  return {
    id,
    position,
    revision: 1,
    speaker: null,
    kind: "speech",
    new_turn: false,
    reviewed: false,
    text,
    words,
    doubts: [],
    ...more,
  };
}

export const whole = (segments) => ({
  id: "t",
  title: "Test",
  media: { name: "t.mp3", duration_ms: 9000, has_video: false },
  seq: 1,
  can_undo: false,
  can_redo: false,
  corrected: 0,
  coverage: null,
  settled_ms: 0,
  track: null,
  tracks: [],
  jobs: [],
  imported: { format: "txt" },
  model: "base",
  language: null,
  segments,
});

/** Lets promises that are ready run. */
export const settle = async () => {
  for (let i = 0; i < 20; i += 1) await null;
};
