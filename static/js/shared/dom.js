/** Small helps for building elements. Text always goes in as text. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | ((event: any) => void)>} [traits] attributes, or
 *   listeners under "onclick" and the like; true and false set and leave out an attribute
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Set text only where it differs: screen readers and selections stay undisturbed. */
export function setText(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Show these in a list, each once; what has the focus keeps it, with all that is half typed in it.
 * @param {Element} list
 * @param {readonly Element[]} items some of which may be there already
 */
export function arrange(list, items) {
  const held = items.findIndex((item) => list.contains(item) && item.contains(document.activeElement));
  if (held < 0) return list.replaceChildren(...items);
  for (const item of [...list.children]) if (!items.includes(item)) item.remove();
  items[held].before(...items.slice(0, held));
  items[held].after(...items.slice(held + 1));
}

const CONTROLS = "button, input, select, a";

/**
 * Show a list anew; who was at a control in it is at the same one of the item with the same `data-item`.
 * @param {Element} list
 * @param {readonly HTMLElement[]} items
 */
export function showAnew(list, items) {
  const focus = document.activeElement;
  const before = list.contains(focus) ? [...list.children].find((item) => item.contains(focus)) : null;
  const at = before ? [...before.querySelectorAll(CONTROLS)].indexOf(/** @type {Element} */ (focus)) : -1;
  list.replaceChildren(...items);
  if (!(before instanceof HTMLElement)) return;
  const again = items.find(({ dataset }) => dataset.item === before.dataset.item);
  /** @type {HTMLElement | undefined} */ (again?.querySelectorAll(CONTROLS)[at])?.focus({ preventScroll: true });
}

/**
 * @template {Element} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {T}
 */
export const find = (selector, within = document) => /** @type {T} */ (within.querySelector(selector));

/** Long enough for every browser to have begun to save a file. */
const SAVING_MS = 60_000;

/** Give a file to keep; the page stays where it is. */
export function saveFile(/** @type {string} */ name, /** @type {Blob} */ blob) {
  const href = URL.createObjectURL(blob);
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), SAVING_MS);
}

/** Give a text as a file to keep. */
export const saveAs = (/** @type {string} */ name, /** @type {string} */ text, /** @type {string} */ type) =>
  saveFile(name, new Blob([text], { type }));

/** So many messages stay for those who read them later. */
const MOST_SAID = 3;

/** Say something to screen readers, in the page's live region: each time anew, also the same words. */
export function announce(/** @type {string} */ text) {
  const live = find("#live");
  live.append(make("p", {}, text));
  while (live.children.length > MOST_SAID) live.firstElementChild?.remove();
}

/**
 * Gather many calls into one, in the next frame.
 * @param {() => void} run
 */
export function oncePerFrame(run) {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      run();
    });
  };
}

/**
 * Run only with another value than last time.
 * @template T
 * @param {(value: T) => void} run
 */
export function whenOther(run) {
  /** @type {T | undefined} */
  let last;
  return (/** @type {T} */ value) => {
    if (value === last) return;
    last = value;
    run(value);
  };
}

/**
 * Whether a key belongs to the composing of a word, as Enter that confirms kana: it means nothing
 * else then. Safari tells the end of composing before that key, which only its code gives away.
 * @param {KeyboardEvent} event
 */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** Whether the keys are a Mac's. */
export const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether somebody writes in a field beside the text; nothing that comes of itself takes the focus away then. */
export const isInField = () => document.activeElement?.matches("input, textarea") ?? false;
