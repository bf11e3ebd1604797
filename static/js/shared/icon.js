/** Pictures on buttons, of the page's one file of them. The button itself says in words what it does. */

const SVG = "http://www.w3.org/2000/svg";
/** Beside the modules, so under the hash that they lie under. */
const SPRITE = new URL("../../icons.svg", import.meta.url).pathname;

/** @param {"close" | "more" | "play"} name as in static/icons.svg */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}
