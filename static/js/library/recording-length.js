/** How long a recording is, as far as this browser can tell before it is uploaded. */

/** A damaged file may be waited for without end. */
const DEADLINE_MS = 5000;

/** @param {File} file @returns {Promise<number | null>} in ms; null where the browser cannot tell */
export async function lengthOf(file) {
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
