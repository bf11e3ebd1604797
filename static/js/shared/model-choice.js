/** How a recording is to be listened to, the same wherever it is: model, language, what the text is worth. */

import { find, setText } from "./dom.js";
import { bytes, duration } from "./format.js";
import { nameOfLanguage } from "./language.js";
import { strings } from "./strings.js";

const LANGUAGES = "en de fr es it pt nl pl sv da no fi cs hu ro el tr ru uk ar he fa hi zh ja ko vi th id".split(" ");

const AN_HOUR_MS = 3_600_000;

/**
 * `pace`: how long a second of a recording takes in seconds; until it was `measured` on the server, a guess.
 *
 * @typedef {{name: string, download_bytes: number, available: "cached" | "packaged" | null,
 *   english_only: boolean, pace: number, measured: boolean}} Model
 * @param {HTMLElement} element holds the parts "model", "language", "trusted" and "model-facts"
 * @param {() => Promise<{models: Model[], default: string}>} ask
 */
export function mountModelChoice(element, ask) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, element));
  /** @type {Model[]} */
  let models = [];
  /** How long the recordings are together; null where that is not known. @type {number | null} */
  let length_ms = null;
  const languages = LANGUAGES.map((code) => [nameOfLanguage(code), code]).sort(([a], [b]) => a.localeCompare(b));
  part("language").append(new Option(strings.detect, ""), ...languages.map(([name, code]) => new Option(name, code)));
  part("model").addEventListener("change", update);

  function update() {
    const model = models.find(({ name }) => name === part("model").value);
    for (const [at, option] of [...part("model").options].entries()) setText(option, labelOf(models[at], length_ms));
    setText(part("model-facts"), model ? factsOf(model, length_ms) : "");
  }

  return {
    /**
     * Ask what there is; what was chosen before, or is meanwhile, stays chosen.
     * @param {{model?: string, language?: string}} wanted
     */
    async load(wanted = {}) {
      const valueOf = (/** @type {"model" | "language"} */ name) => part(name).value;
      const before = { model: valueOf("model"), language: valueOf("language") };
      const answer = await ask();
      const chosen = (/** @type {"model" | "language"} */ name) =>
        valueOf(name) === before[name] ? (wanted[name] ?? before[name]) : valueOf(name);
      const [model, language] = [chosen("model"), chosen("language")];
      models = answer.models;
      part("model").replaceChildren(...models.map((one) => new Option("", one.name)));
      part("model").value = model || answer.default;
      part("language").value = language;
      update();
    },
    /** How long the recordings are together, which tells how long each model takes. */
    tellLength(/** @type {number | null} */ ms) {
      length_ms = ms;
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

/** How long a model takes, as "about 4 min". @param {Model} model @param {number} length_ms */
const timeOf = ({ pace, measured }, length_ms) => strings.takes(duration(pace * length_ms), measured);

/** @param {Model} model @param {number | null} length_ms */
function labelOf(model, length_ms) {
  const { name, available, download_bytes, english_only } = model;
  const [size] = name.split(".");
  const facts = [
    strings.qualities[size]?.called ?? name,
    english_only ? strings.englishOnly : "",
    length_ms === null ? "" : timeOf(model, length_ms),
    available ? "" : strings.download(bytes(download_bytes)),
  ];
  return facts.filter(Boolean).join(" · ");
}

/** @param {Model} model @param {number | null} length_ms */
function factsOf(model, length_ms) {
  const { name, available, download_bytes } = model;
  const facts = [
    strings.qualities[name.split(".")[0]]?.meaning ?? "",
    length_ms === null ? strings.forAnHour(timeOf(model, AN_HOUR_MS)) : strings.here(timeOf(model, length_ms)),
    available ? strings.installed(name) : strings.toDownload(name, bytes(download_bytes)),
  ];
  return facts.filter(Boolean).join(" ");
}
