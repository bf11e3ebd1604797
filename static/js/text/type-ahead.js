/**
 * Changes one after the other, each decided on what those before it have left. What is pressed while
 * a change of structure (split, join, undo ...) is on its way waits, and is done in its turn, where
 * the caret then is: each key does what it says, however quickly it is pressed. Knows no DOM.
 *
 * @typedef {{run(): Promise<void>, isUndo: boolean, holdsKeys: boolean}} Step
 *   holdsKeys: what is pressed later has to wait for it
 */

/** @param {() => void} [onRest] all that was asked for is done */
export function createTypeAhead(onRest = () => {}) {
  /** @type {Step[]} */
  const waiting = [];
  /** The one that is being done. @type {Step | undefined} */
  let now;
  /** While something held is done: what that asks for comes before all that waits. */
  let isReplaying = false;

  async function work() {
    for (now = waiting.shift(); now; now = waiting.shift()) await now.run();
    onRest();
  }

  /** @param {() => unknown} run @param {{isUndo?: boolean, holdsKeys?: boolean}} [traits] */
  const put = (run, { isUndo = false, holdsKeys = true } = {}) =>
    new Promise((resolve, reject) => {
      const done = async () => run();
      const step = { run: () => done().then(resolve, reject), isUndo, holdsKeys };
      if (isReplaying) waiting.unshift(step);
      else waiting.push(step);
      if (!now) void work();
    });

  /** @param {() => unknown} change @param {{isUndo?: boolean, holdsKeys?: boolean}} traits */
  const putChange = (change, traits) =>
    put(async () => {
      const done = await change();
      if (done === false) dropUndo();
      return done;
    }, traits);

  /** What was not done is not undone in place of something else. */
  function dropUndo() {
    const at = waiting.findIndex(({ isUndo }) => isUndo);
    if (at >= 0) waiting.splice(at, 1);
  }

  return {
    /** Whether a change is being made. */
    isWorking: () => now !== undefined,
    /** Whether something that was pressed still waits. */
    isAnyHeld: () => waiting.length > 0,
    /** Whether what is pressed now has to wait. */
    isHolding: () => !isReplaying && [now, ...waiting].some((step) => step?.holdsKeys),
    /**
     * Do something in its turn.
     * @param {() => unknown} replay takes no time
     * @param {boolean} [isUndo]
     */
    hold(replay, isUndo = false) {
      const again = () => {
        isReplaying = true;
        try {
          replay();
        } finally {
          isReplaying = false;
        }
      };
      void put(again, { isUndo });
    },
    /**
     * Change the structure. An undo that was pressed on the strength of a change that then could not
     * be done is let go; all else stays.
     * @param {() => Promise<unknown>} change gives false where it could not be done
     * @param {boolean} [isUndo]
     */
    run: (change, isUndo = false) => putChange(change, { isUndo }),
    /**
     * Change in its turn what leaves texts and places as they are: what is typed meanwhile need not
     * wait, and only the next change does.
     * @param {() => unknown} change gives false where it could not be done
     */
    inTurn: (change) => putChange(change, { holdsKeys: false }),
  };
}
