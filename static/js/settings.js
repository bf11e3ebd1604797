/** What a person likes, kept in this browser: how playback behaves, and other keys. */

const NAME = "transcript-editor-settings";
/** @typedef {{rewind_ms: number, skipsSilence: boolean, keys: Record<string, string>,
 *   showsStyle: boolean}} Settings showsStyle: doubts about how things are written, too */
/** @type {Settings} */
const DEFAULTS = { rewind_ms: 0, skipsSilence: false, keys: {}, showsStyle: false };

/** Settings from what is stored, each of the right kind or else the default. @param {string | null} stored @returns {Settings} */
export function settingsFrom(stored) {
  let found = {};
  try {
    found = JSON.parse(stored ?? "{}") ?? {};
  } catch (error) {
    // Written by something else: as good as nothing.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const known = Object.entries(DEFAULTS).map(([name, value]) => [name, typeof found[name] === typeof value ? found[name] : value]);
  return Object.fromEntries(known);
}

/**
 * @param {Storage | null} storage null where the browser gives none
 * @returns {{get(): Settings, set(change: Partial<Settings>): void}}
 */
export function openSettings(storage) {
  let settings = settingsFrom(storage?.getItem(NAME) ?? null);
  return {
    get: () => settings,
    set(change) {
      settings = { ...settings, ...change };
      storage?.setItem(NAME, JSON.stringify(settings));
    },
  };
}

/** The browser's storage; asking for it may already be refused. */
export function browserStorage() {
  try {
    return localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
