/**
 * Changes of structure (split, join, undo ...) one after the other. What is pressed while one is on
 * its way waits, and is done in its turn, where the caret then is: each key does what it says,
 * however quickly it is pressed. Knows no DOM.
 */

export function createTypeAhead() {
  /** @type {{run(): Promise<void>, isCommand: boolean}[]} */
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
   * @param {boolean} isCommand
   */
  const put = (run, isCommand) =>
    new Promise((resolve, reject) => {
      const step = { run: async () => run(), isCommand };
      const settled = { ...step, run: () => step.run().then(resolve, reject) };
      if (isReplaying) waiting.unshift(settled);
      else waiting.push(settled);
      if (!isBusy) work();
    });

  return {
    /** Whether what is pressed now has to wait. */
    isHolding: () => isBusy && !isReplaying,
    /**
     * Do something in its turn.
     * @param {() => unknown} replay takes no time
     * @param {boolean} [isCommand] whether it is more than typing and moving the caret
     */
    hold(replay, isCommand = false) {
      const again = () => {
        isReplaying = true;
        try {
          replay();
        } finally {
          isReplaying = false;
        }
      };
      put(again, isCommand);
    },
    /**
     * Change the structure. Commands that were pressed on the strength of a change that then could
     * not be done are let go; what was typed stays.
     * @param {() => Promise<unknown>} change gives false where it could not be done
     */
    run: (change) =>
      put(async () => {
        const done = await change();
        if (done === false) waiting = waiting.filter(({ isCommand }) => !isCommand);
        return done;
      }, true),
  };
}
