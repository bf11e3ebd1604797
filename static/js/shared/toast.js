/** Messages over the page: what was done passes by itself, what went wrong stays until it is dismissed. */

import { find, make } from "./dom.js";
import { icon } from "./icon.js";
import { UserError } from "./user-error.js";
import { strings } from "./strings.js";

const PASSING_MS = 6000;
const OFFER_MS = 20_000;

/** How many problems stand there at once. */
const MOST = 3;

/** What a person is told of an error: its own words where it has some for them. @param {unknown} error */
export const wordsOf = (error) => (error instanceof UserError ? error.message : strings.unknownError);

/** Where messages stand: over the dialog that is open, for all else is out of reach then. */
function board() {
  const box = find("#toast") ?? make("div", { id: "toast", class: "toast", role: "status" });
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
  if (box.parentElement !== dialog) dialog.append(box);
  return box;
}

/** @param {HTMLElement} box @param {string} text */
const shown = (box, text) => [...box.children].find(({ textContent }) => textContent === text);

/** Show a passing message to everybody. */
export function toast(/** @type {string} */ text) {
  pass(make("p", {}, text), PASSING_MS);
}

/**
 * Show a message that offers something to do, for a while. What only looks or listens, `stays`, leaves it there.
 * @param {string} text
 * @param {readonly {label: string, run(): void, stays?: boolean}[]} acts
 * @returns {() => void} takes it away
 */
export function offer(text, ...acts) {
  const end = () => message.remove();
  const message = make("p", { class: "has-offer" }, text);
  for (const { label, run, stays } of acts) message.append(" ", offering(label, stays ? () => {} : end, run));
  pass(message, OFFER_MS);
  return end;
}

/** A button that ends a message and does what it offers. @param {string} label @param {() => void} end @param {() => void} run */
function offering(label, end, run) {
  const onclick = () => {
    end();
    run();
  };
  return make("button", { type: "button", class: "offer", onclick }, label);
}

/**
 * What passes gives way to the next message, unless something can be done with it.
 * @param {HTMLElement} message
 * @param {number} for_ms
 */
function pass(message, for_ms) {
  const box = board();
  for (const passing of box.querySelectorAll(":scope > :not(.is-problem, .has-offer)")) passing.remove();
  box.append(message);
  setTimeout(() => message.remove(), for_ms);
}

/**
 * Tell what went wrong, until the person has seen it; with what can be done about it, it gives way to no other.
 * @param {string} text
 * @param {{label: string, run(): void}} [act]
 */
export function problem(text, act) {
  const box = board();
  const end = () => message.remove();
  const message = make("p", { class: act ? "is-problem has-offer" : "is-problem", role: "alert" }, text);
  if (act)
    message.append(
      " ",
      offering(act.label, end, () => act.run()),
    );
  message.append(
    make("button", { type: "button", class: "quiet", "aria-label": strings.dismiss, onclick: end }, icon("close")),
  );
  shown(box, message.textContent ?? "")?.remove();
  box.append(message);
  for (const old of [...box.querySelectorAll(".is-problem:not(.has-offer)")].slice(0, -MOST)) old.remove();
}

/** Tell of an error, and leave it in the console where it has no words for people. */
export function tell(/** @type {unknown} */ error) {
  if (wordsOf(error) === strings.unknownError) console.error(error);
  problem(wordsOf(error));
}

/** From now on an error that nobody handles is told, and what is shown outlives the dialog it was shown in. */
export function tellOfUnhandled() {
  document.addEventListener("close", () => find("#toast") && board(), { capture: true });
  addEventListener("error", (event) => event.error && problem(wordsOf(event.error)));
  addEventListener("unhandledrejection", ({ reason }) => {
    // Whoever gave up waiting wants to hear no more.
    if (reason?.name !== "AbortError") problem(wordsOf(reason));
  });
}
