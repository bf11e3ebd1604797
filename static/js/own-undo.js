/**
 * Undo takes back one's own edits. One that somebody else changed since stays: the next undo goes
 * on with the one before it, until something new is edited. Knows no DOM.
 *
 * @typedef {import("./document.js").Changes} Changes
 * @param {{edit(body: object): Promise<Changes>, undo(before: number | null): Promise<Changes>,
 *   redo(): Promise<Changes>}} server
 */
export function ownUndo(server) {
  /** @type {number | null} the step that cannot be undone */
  let before = null;
  return {
    async edit(/** @type {object} */ body) {
      const changes = await server.edit(body);
      before = null;
      return changes;
    },
    async undo() {
      try {
        return await server.undo(before);
      } catch (error) {
        const { code, body } = /** @type {any} */ (error);
        if (code === "undo_blocked") before = body.error.revision_id;
        throw error;
      }
    },
    async redo() {
      const changes = await server.redo();
      before = null;
      return changes;
    },
  };
}
