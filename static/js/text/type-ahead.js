/**
 * Changes of structure (split, join, undo ...) one after the other. What is pressed while one is on
 * its way waits, and is done in its turn, where the caret then is: each key does what it says,
 * however quickly it is pressed. Knows no DOM.
 */

export function createTypeAhead() {
  /** @type {{run(): Promise<void>, isUndo: boolean}[]} */
  let waiting = [];
  let isBusy = false;
  /** While something held is done: what that asks for comes before all that waits. */
  let isReplaying = false;

  async function work() {
    isBusy = true;
    for (let step = waiting.shift(); step; step = waiting.shift()) await step.run();
    isBusy = false;
  }

  /**
   * @param {() => unknown} run
   * @param {boolean} [isUndo]
   */
  const put = (run, isUndo = false) =>
    new Promise((resolve, reject) => {
      const done = async () => run();
      const step = { run: () => done().then(resolve, reject), isUndo };
      if (isReplaying) waiting.unshift(step);
      else waiting.push(step);
      if (!isBusy) work();
    });

  /** What was not done is not undone in place of something else. */
  function dropUndo() {
    const at = waiting.findIndex(({ isUndo }) => isUndo);
    if (at >= 0) waiting.splice(at, 1);
  }

  return {
    /** Whether something that was pressed still waits. */
    isAnyHeld: () => waiting.length > 0,
    /** Whether what is pressed now has to wait. */
    isHolding: () => isBusy && !isReplaying,
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
      put(again, isUndo);
    },
    /**
     * Change the structure. An undo that was pressed on the strength of a change that then could not
     * be done is let go; all else stays.
     * @param {() => Promise<unknown>} change gives false where it could not be done
     * @param {boolean} [isUndo]
     */
    run: (change, isUndo = false) =>
      put(async () => {
        const done = await change();
        if (done === false) dropUndo();
        return done;
      }, isUndo),
  };
}
