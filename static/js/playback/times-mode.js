/** The mode in which times are seen and set: the words over a taller waveform, and the tools for them. */

/**
 * @param {{player: HTMLElement, button: HTMLElement, tools: HTMLElement,
 *   settings: ReturnType<typeof import("../shared/settings.js").openSettings>, onChange(): void}} means
 */
export function createTimesMode({ player, button, tools, settings, onChange }) {
  const isOn = () => settings.get().isTiming;
  function show() {
    player.classList.toggle("is-timing", isOn());
    button.setAttribute("aria-pressed", String(isOn()));
    tools.hidden = !isOn();
  }
  function set(/** @type {boolean} */ isTiming) {
    if (isTiming === isOn()) return;
    settings.set({ isTiming });
    show();
    onChange();
  }
  show();
  return { isOn, set, toggle: () => set(!isOn()) };
}
