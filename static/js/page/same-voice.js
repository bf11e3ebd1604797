/** A name given once is carried to all lines of that voice, after some of them were listened to. */

import { announce } from "../shared/dom.js";
import { offer, toast } from "../shared/toast.js";
import { isMadeUp, nextUnnamedTurn } from "../transcript/turns.js";
import { samplesOf, stillUnnamed, unnamedOfSameVoice } from "../transcript/voices.js";
import { strings } from "./strings.js";

/**
 * @typedef {ReturnType<typeof import("../saving/session.js").createSession>} Session
 * @typedef {import("../transcript/voices.js").Voice} Voice
 */

/**
 * @param {{session: Session, attempt(run: () => Promise<any>): Promise<any>, voices(): Promise<Voice[]>,
 *   playSegment(id: string): void, goTo(id: string): void}} means goTo: put the caret there and play from there
 */
export function createSameVoice({ session, attempt, voices, playSegment, goTo }) {
  const doc = () => session.state().doc;
  let endOffer = () => {};
  /** How often a line was named. */
  let asking = 0;
  /** The lines that are listened to one after the other, and which is next. */
  let samples = { of: "", ids: /** @type {string[]} */ ([]), next: 0 };

  /** The lines to which the name of one can be carried. @param {string} id */
  async function others(id) {
    await session.whenAllSaved();
    return unnamedOfSameVoice(doc(), await voices(), id);
  }

  /** Play another line of the same voice each time. @param {string} id @param {readonly string[]} ids */
  function hear(id, ids) {
    if (samples.of !== id) samples = { of: id, ids: samplesOf(ids), next: 0 };
    const sample = samples.ids[samples.next % samples.ids.length];
    samples.next += 1;
    playSegment(sample);
  }

  /**
   * Give the lines the name, in one step, and go to the next that has none. Since they were found others may have
   * named some, or the name may have been taken back.
   * @param {string} id
   * @param {readonly string[]} found
   */
  async function give(id, found) {
    endOffer();
    const speaker = doc().byId.get(id)?.speaker ?? null;
    const ids = stillUnnamed(doc(), found, speaker);
    if (ids.length === 0) return toast(strings.nothingToCarry);
    await session.set(ids, () => ({ ids, facts: { speaker } }));
    announce(strings.carried(speaker ?? "", ids.length));
    const next = nextUnnamedTurn(doc(), id);
    if (next !== null) goTo(next);
    return undefined;
  }

  /** @param {(id: string, ids: readonly string[]) => unknown} run @returns {(id: string) => void} */
  const withOthers = (run) => (id) =>
    void attempt(async () => {
      const ids = await others(id);
      if (ids.length > 0) await run(id, ids);
      else toast(strings.nothingToCarry);
    });

  return {
    carry: withOthers(give),
    hear: withOthers(hear),
    /** A line was given a name: say where else its voice speaks. */
    named(/** @type {string} */ id) {
      endOffer();
      const asked = (asking += 1);
      samples = { of: "", ids: [], next: 0 };
      const name = doc().byId.get(id)?.speaker ?? null;
      if (name === null || isMadeUp(name)) return;
      void attempt(async () => {
        const ids = await others(id);
        // Another line may have been named since.
        if (ids.length === 0 || asked !== asking) return;
        endOffer = offer(
          strings.speaksElsewhere(name, ids.length),
          { label: strings.listen, run: () => hear(id, ids), stays: true },
          { label: strings.nameAll, run: () => void attempt(() => give(id, ids)) },
        );
      });
    },
    /** Let all turns follow the voices where these are doubted. */
    follow: () =>
      void attempt(async () => {
        await session.whenAllSaved();
        const before = doc().order.length;
        const changes = await session.followVoices();
        if (!changes) return;
        const isAny = changes.segments.length > 0 || doc().order.length !== before;
        toast(isAny ? strings.turnsFollow : strings.noVoiceDoubts);
      }),
  };
}
