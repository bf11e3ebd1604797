/** Which segments are chosen, to do something with all of them at once. Knows no DOM. */

/** @param {{order(): readonly string[], onChange(): void}} means */
export function createSelection({ order, onChange }) {
  /** @type {ReadonlySet<string>} */
  let chosen = new Set();
  /** Where a stretch began that is being drawn longer or shorter, and where it ends now. */
  let anchor = "";
  let head = "";
  /** Whether a tap on a segment chooses it. */
  let isPicking = false;

  const set = (/** @type {Iterable<string>} */ ids) => {
    chosen = new Set(ids);
    onChange();
  };
  /** Both ends and all between. */
  const stretch = (/** @type {string} */ from, /** @type {string} */ to) => {
    const places = [order().indexOf(from), order().indexOf(to)].sort((a, b) => a - b);
    return places[0] < 0 ? [to] : order().slice(places[0], places[1] + 1);
  };

  return {
    has: (/** @type {string} */ id) => chosen.has(id),
    /** Those that are still there, in the order of the text. */
    ids: () => (chosen.size ? order().filter((id) => chosen.has(id)) : []),
    /** The set itself: another one after each change. */
    set: () => chosen,
    toggle(/** @type {string} */ id) {
      anchor = head = id;
      set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]);
    },
    /** Choose all from where choosing began to here. */
    reach(/** @type {string} */ id) {
      if (!chosen.has(anchor)) anchor = id;
      head = id;
      set(stretch(anchor, id));
    },
    /**
     * Draw the stretch out or in by one segment, from `id` on where nothing is chosen yet.
     * @param {string} id
     * @param {-1 | 1} by
     * @returns {string} where it ends now
     */
    extend(id, by) {
      if (!chosen.has(anchor)) anchor = head = id;
      const next = order()[order().indexOf(head) + by];
      head = chosen.size && next !== undefined ? next : head;
      set(stretch(anchor, head));
      return head;
    },
    all: () => set(order()),
    isPicking: () => isPicking,
    /** From now on a tap chooses, until all are let go; `id` is chosen, if given. */
    pick(id = "") {
      isPicking = true;
      if (id && !chosen.has(id)) this.toggle(id);
      else onChange();
    },
    /** Whether there was something to let go. */
    clear() {
      const isAny = chosen.size > 0 || isPicking;
      isPicking = false;
      if (isAny) set([]);
      return isAny;
    },
  };
}
