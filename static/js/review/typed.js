/** Doubts that a person typed over: what was typed is right, also where something else was heard. */

/** @typedef {import("./ranked-doubts.js").Entry} Entry */

/** @param {ReturnType<typeof import("../saving/session.js").createSession>} session */
export function createTyped(session) {
  /** @type {Entry[]} on the way to the server */
  let entries = [];

  function keepOver(/** @type {Entry} */ { segment: { id }, doubt: { start_ms, end_ms } }) {
    const segment = session.state().doc.byId.get(id);
    for (const doubt of segment?.doubts ?? []) {
      if (doubt.start_ms >= end_ms || doubt.end_ms <= start_ms || doubt.kept) continue;
      session.keep(/** @type {any} */ (segment), doubt);
    }
  }

  return {
    add(/** @type {Entry} */ entry) {
      entries = [...entries, entry];
    },
    /** Keep the doubts over what the server has by now. */
    keepSent() {
      const { byId } = session.state().doc;
      const isBack = (/** @type {Entry} */ { segment }) => (byId.get(segment.id)?.revision ?? Infinity) > segment.revision;
      const back = entries.filter(isBack);
      entries = entries.filter((entry) => !isBack(entry));
      back.forEach(keepOver);
    },
  };
}
