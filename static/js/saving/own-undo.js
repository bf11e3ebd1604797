/**
 * Undo takes back one's own edits. One that somebody else changed since stays: the next undo goes
 * on with the one before it, until something new is edited. Knows no DOM.
 *
 * @typedef {import("../transcript/transcript.js").Changes} Changes
 * @param {{edit(body: object): Promise<Changes>, undo(body: {edit_id: string, before: number | null}): Promise<Changes>,
 *   redo(edit_id: string): Promise<Changes>}} server
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
    async undo(/** @type {string} */ edit_id) {
      try {
        return await server.undo({ edit_id, before });
      } catch (error) {
        const { code, body } = /** @type {any} */ (error);
        if (code === "undo_blocked") before = body.error.revision_id;
        throw error;
      }
    },
    async redo(/** @type {string} */ edit_id) {
      const changes = await server.redo(edit_id);
      before = null;
      return changes;
    },
  };
}
