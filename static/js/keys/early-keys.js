/** What keys were called in the settings before the first release: who chose others then still has them. Pure. */

/** @type {Record<string, string>} */
const COMMANDS = {
  play: "toggle",
  close: "leave",
  playDoubt: "hearDoubt",
  useHeard: "takeDoubt",
  keepText: "keepDoubt",
  review: "queue",
  correctEverywhere: "everywhere",
  find: "replace",
  nextSegment: "next",
  nameSpeaker: "speaker",
  newTurn: "turn",
  markReviewed: "review",
  changeKind: "kind",
  wordTimes: "times",
  unlockTimes: "letGo",
  moveTimes: "move",
  keys: "sheet",
};

/** A key's early name in the settings. @param {{command: string, where: string}} key */
export const earlyIdOf = ({ command, where }) =>
  `${COMMANDS[command] ?? command}@${where === "review" ? "queue" : where}`;
