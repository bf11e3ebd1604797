/** How long a recording is, as far as this browser can tell before it is uploaded. */

/** A damaged file may be waited for without end. */
const DEADLINE_MS = 5000;

/** @type {Promise<unknown>} */
let before = Promise.resolve();

/**
 * Of many files one after the other: a browser opens only so many at once.
 * @param {File} file
 * @returns {Promise<number | null>} in ms; null where the browser cannot tell
 */
export function lengthOf(file) {
  const found = before.then(() => told(file));
  before = found;
  return found;
}

/** @param {File} file @returns {Promise<number | null>} */
async function told(file) {
  const sound = new Audio();
  const address = URL.createObjectURL(file);
  try {
    return await new Promise((resolve) => {
      const tell = () => resolve(Number.isFinite(sound.duration) ? Math.round(sound.duration * 1000) : null);
      sound.addEventListener("loadedmetadata", tell);
      sound.addEventListener("error", () => resolve(null));
      setTimeout(() => resolve(null), DEADLINE_MS);
      sound.preload = "metadata";
      sound.src = address;
    });
  } finally {
    sound.removeAttribute("src");
    URL.revokeObjectURL(address);
  }
}
