/** The colours of codes, as this browser keeps them: a code that it meets first gets one that few have. */

import { codedPassages, codeTones } from "../transcript/codes.js";

/**
 * @param {import("../transcript/transcript.js").Doc} doc
 * @param {import("./page.js").Page["settings"]} settings
 */
export function coloursOf(doc, settings) {
  const codes = [...codedPassages(doc).keys()];
  const kept = settings.get().codeTones;
  const tones = codeTones(codes, kept);
  const isNews = codes.some((code) => kept[code] !== tones.get(code));
  if (isNews) settings.set({ codeTones: { ...kept, ...Object.fromEntries(tones) } });
  return tones;
}
