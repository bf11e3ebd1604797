/** The fields in which caption rules are shown and changed. */

import { NUMBERS, readNumber, shownNumber } from "./cues.js";
import { make } from "../shared/dom.js";

/** A field for each rule. @param {HTMLElement} element */
export function mountFields(element) {
  const inputs = NUMBERS.map((number) => {
    const input = make("input", { type: "number", step: String(number.step), inputmode: "decimal", "data-rule": number.name });
    if (number.isOptional) input.placeholder = "any";
    element.append(make("label", {}, number.label, input));
    return { number, input };
  });
  const keeps = make("input", { type: "checkbox", "data-rule": "keeps_lines" });
  const marks = make("input", { type: "checkbox", "data-rule": "turn_mark" });
  element.append(
    make("label", { class: "choose" }, keeps, "Each segment is one caption"),
    make("label", { class: "choose" }, marks, "YouTube's >> and [sounds]"),
  );
  return {
    /** @param {import("./cues.js").Rules} rules */
    show(rules) {
      for (const { number, input } of inputs) input.value = shownNumber(rules[number.name], number.per);
      keeps.checked = rules.keeps_lines;
      marks.checked = rules.turn_mark === ">> ";
    },
    /** The rules with what the fields say; null where one says nothing. @param {import("./cues.js").Rules} rules */
    read(rules) {
      const values = inputs.map(({ number, input }) => [number.name, readNumber(input.value, number)]);
      if (values.some(([, value]) => value === undefined)) return null;
      const marked = { keeps_lines: keeps.checked, turn_mark: marks.checked ? ">> " : "- " };
      return /** @type {import("./cues.js").Rules} */ ({ ...rules, ...Object.fromEntries(values), ...marked });
    },
  };
}
