/** The buttons that run commands: `data-command` names which; whether one can be done shows in them. */

/**
 * @param {import("./commands.js").Commands} commands
 * @param {(target: Element) => import("./commands.js").Context} contextOf
 * @param {AbortSignal} signal
 */
export function mountCommandButtons(commands, contextOf, signal) {
  const all = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("button[data-command]")]);
  const commandOf = (/** @type {HTMLElement} */ { dataset }) => commands[dataset.command ?? ""];
  const changing = all.filter((button) => commandOf(button).isEnabled);

  document.addEventListener(
    "click",
    ({ target }) => {
      const button = target instanceof Element && target.closest("[data-command]");
      if (button instanceof HTMLElement) commandOf(button).run(contextOf(button));
    },
    { signal },
  );

  return {
    update() {
      for (const button of changing) button.disabled = !commandOf(button).isEnabled?.(contextOf(button));
    },
  };
}
