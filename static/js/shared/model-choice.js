/** How a recording is to be listened to, the same wherever it is: model, language, what the text is worth. */

import { find, setText } from "./dom.js";
import { bytes } from "./format.js";
import { nameOfLanguage } from "./language.js";
import { strings } from "./strings.js";

const LANGUAGES = "en de fr es it pt nl pl sv da no fi cs hu ro el tr ru uk ar he fa hi zh ja ko vi th id".split(" ");

/**
 * @typedef {{name: string, download_bytes: number, available: "cached" | "packaged" | null,
 *   english_only: boolean}} Model
 * @param {HTMLElement} element holds the parts "model", "language", "trusted" and "model-facts"
 * @param {() => Promise<{models: Model[], default: string}>} ask
 */
export function mountModelChoice(element, ask) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  /** @type {Model[]} */
  let models = [];
  const languages = LANGUAGES.map((code) => [nameOfLanguage(code), code]).sort(([a], [b]) => a.localeCompare(b));
  part("language").append(new Option(strings.detect, ""), ...languages.map(([name, code]) => new Option(name, code)));
  part("model").addEventListener("change", update);

  function update() {
    const model = models.find(({ name }) => name === part("model").value);
    setText(part("model-facts"), model ? factsOf(model) : "");
  }

  return {
    /** Ask what there is; what was chosen before stays chosen. */
    async load({ model = part("model").value, language = part("language").value } = {}) {
      const answer = await ask();
      models = answer.models;
      part("model").replaceChildren(...models.map((one) => new Option(labelOf(one), one.name)));
      part("model").value = model || answer.default;
      part("language").value = language;
      update();
    },
    /** Whether there is a text that could be trusted. */
    offerTrust(/** @type {boolean} */ hasText) {
      part("trusted").disabled = !hasText;
      part("trusted").closest(".trust").hidden = !hasText;
    },
    /** @returns {{model: string, language: string | null, trusted: boolean}} */
    chosen: () => ({
      model: part("model").value,
      language: part("language").value || null,
      trusted: part("trusted").checked && !part("trusted").disabled,
    }),
  };
}

/** @param {Model} model */
const labelOf = ({ name, available, download_bytes }) => (available ? name : `${name} · ${bytes(download_bytes)}`);

/** @param {Model} model */
function factsOf({ name, available, download_bytes, english_only }) {
  const facts = available ? strings.installed(name) : strings.toDownload(name, bytes(download_bytes));
  return english_only ? `${facts} ${strings.englishOnly}` : facts;
}
