/** A new caption where the play head stands: asks for its text, and puts a segment there. */

import { announce, find, setText } from "../shared/dom.js";
import { toast } from "../shared/toast.js";
import { roomAt } from "./cue-times.js";
import { strings } from "./cue-strings.js";

/**
 * @param {HTMLFormElement} form
 * @param {{session: import("./cue-edits.js").Session, attempt(run: () => Promise<any>, typed?: string): Promise<any>,
 *   time_ms(): number, clock(): import("./cue-clock.js").CueClock, onAdded(id: string): void, onCancelled(): void, signal: AbortSignal}} means
 */
export function mountNewCue(form, { session, attempt, time_ms, clock, onAdded, onCancelled, signal }) {
  const input = /** @type {HTMLInputElement} */ (find("input", form));
  let at_ms = 0;

  function close() {
    form.hidden = true;
    input.value = "";
  }
  function cancel() {
    close();
    onCancelled();
  }
  async function add() {
    const text = input.value.trim();
    if (!text) return cancel();
    if (input.readOnly) return undefined;
    // Whether there is room may have changed since it was asked for.
    const room = roomAt(session.state().doc, at_ms, clock().show);
    if ("refused" in room) return toast(room.refused);
    const { after_id, ...span } = room;
    const before = session.state().doc.byId;
    input.readOnly = true;
    const changes = await attempt(() => session.insertAt(after_id, text, span), text);
    input.readOnly = false;
    const made = changes?.segments.find((/** @type {{id: string}} */ one) => !before.has(one.id));
    if (!made) return undefined;
    close();
    onAdded(made.id);
    return announce(strings.added);
  }

  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      void add();
    },
    { signal },
  );
  form.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      cancel();
    },
    { signal },
  );
  find("button[type=button]", form).addEventListener("click", cancel, { signal });

  return {
    /** Ask for its text, or say why there is no room. */
    open() {
      at_ms = time_ms();
      const room = roomAt(session.state().doc, at_ms, clock().show);
      if ("refused" in room) return toast(room.refused);
      setText(find("[data-part=at]", form), strings.newAt(clock().show(at_ms)));
      form.hidden = false;
      return input.focus();
    },
  };
}
