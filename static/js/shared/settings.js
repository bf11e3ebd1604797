/** What a person likes, kept in this browser: how playback behaves and looks, and other keys. */

const NAME = "transcript-editor-settings";
/** @typedef {{rewind_ms: number, skipsSilence: boolean, skipsStruck: boolean, speed: number, keys: Record<string, string>,
 *   kinds: Record<string, boolean>, rules: object, span_ms: number, isTiming: boolean, playsFound: boolean, notifies: boolean, preset: string,
 *   cueTimes: string, cueRates: Record<string, string>}} Settings kinds: of doubts, those that were asked for
 *   or left out; rules: of captions, as changed and not saved; span_ms: how much the waveform shows; isTiming: words are over it; playsFound: what is found plays; notifies: of a transcription's end; preset: of the caption rules, by which was exported last;
 *   cueTimes: how times of captions are shown; cueRates: frames that they are shown at instead, by transcript */
/** @type {Settings} */
const DEFAULTS = {
  rewind_ms: 0,
  skipsSilence: false,
  skipsStruck: true,
  speed: 1,
  keys: {},
  kinds: {},
  rules: {},
  span_ms: 30_000,
  isTiming: false,
  playsFound: true,
  notifies: false,
  preset: "lines",
  cueTimes: "ms",
  cueRates: {},
};

/**
 * Settings from what is stored, each of the right kind or else the default.
 * @param {string | null} stored
 * @returns {Settings}
 */
export function settingsFrom(stored) {
  /** @type {Record<string, unknown>} */
  let found = {};
  try {
    found = JSON.parse(stored ?? "{}") ?? {};
  } catch (error) {
    // Written by something else: as good as nothing.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const known = Object.entries(DEFAULTS).map(([name, value]) => [
    name,
    typeof found[name] === typeof value ? found[name] : value,
  ]);
  return Object.fromEntries(known);
}

/**
 * @param {Pick<Storage, "getItem" | "setItem">} storage
 * @returns {{get(): Settings, set(change: Partial<Settings>): void}}
 */
export function openSettings(storage) {
  let settings = settingsFrom(storage.getItem(NAME));
  return {
    get: () => settings,
    set(change) {
      settings = { ...settings, ...change };
      storage.setItem(NAME, JSON.stringify(settings));
    },
  };
}

/**
 * The browser's storage; where it is blocked or full, one that lasts as long as the page.
 * @param {() => void} [onRefused] told each time that something is not kept beyond the page
 */
export function browserStorage(onRefused = () => {}) {
  /** @type {Map<string, string>} */
  const refused = new Map();
  /** @template T @param {(storage: Storage) => T} run @param {() => void} onFailure @returns {T | null} */
  const attempt = (run, onFailure) => {
    try {
      return run(localStorage);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      onFailure();
      return null;
    }
  };
  return {
    getItem: (/** @type {string} */ name) =>
      refused.get(name) ??
      attempt(
        (storage) => storage.getItem(name),
        () => {},
      ),
    setItem(/** @type {string} */ name, /** @type {string} */ value) {
      refused.delete(name);
      attempt(
        (storage) => storage.setItem(name, value),
        () => {
          refused.set(name, value);
          onRefused();
        },
      );
    },
    removeItem(/** @type {string} */ name) {
      refused.delete(name);
      attempt(
        (storage) => storage.removeItem(name),
        () => {},
      );
    },
  };
}
