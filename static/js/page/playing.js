/** The playing half of the editor page: recording, waveform, the mark in the text, and the bar. */

import * as api from "../server/api.js";
import { struckUntil, timeline } from "../transcript/transcript.js";
import { find, make } from "../shared/dom.js";
import { createCaptionStrip } from "../captions/caption-overlay.js";
import { createFollow } from "../playback/auto-scroll.js";
import { createPainter } from "../text/highlights.js";
import { createPlayhead } from "../playback/playhead.js";
import { mountPlayerBar } from "../playback/player-bar.js";
import { createPlayer } from "../playback/player.js";
import { createTimesMode } from "../playback/times-mode.js";
import { mountWaveform } from "../playback/waveform.js";

/** Of the media element's errors those that another file may mend: damaged, and unknown. */
const UNPLAYABLE = new Set([3, 4]);

/**
 * @param {import("./page.js").Page} page
 * @param {{rowOf(id: string): HTMLElement | null, boxOf(id: string): HTMLElement | null}} text
 */
export function mountPlaying(page, text) {
  const { id, body, render, signal } = page;
  const painter = createPainter();
  const media = make("video", { preload: "metadata", playsinline: true });
  find("#screen").append(media);
  const strip = createCaptionStrip({ screen: find("#screen"), player: find("#player") });
  let isMediaFailed = false;
  const checked = () => {
    isMediaFailed = media.error !== null;
    render();
  };
  const takeNew = () => player.take(api.newMediaAddress(id));
  let isSoundTaken = false;
  /** What plays elsewhere may not play here: a copy of the sound is taken, or asked for. */
  const failed = async () => {
    checked();
    if (!UNPLAYABLE.has(media.error?.code ?? 0) || isSoundTaken) return;
    isSoundTaken = await page.attempt(() => api.askForSound(id));
    if (isSoundTaken) takeNew();
  };

  const player = createPlayer(media, {
    duration_ms: body.media.duration_ms ?? 0,
    onTime(time_ms) {
      playhead.time(time_ms);
      bar.time(time_ms);
      strip.time(time_ms);
    },
    onState: checked,
    onFailed: failed,
    onSpeed: (speed) => page.settings.set({ speed }),
    habits: page.settings.get,
    struckUntil: (time_ms) => struckUntil(page.session.state().doc, time_ms),
    quietUntil: (time_ms) => waveform.quietUntil(time_ms),
    nextChange: (time_ms) => Math.min(playhead.next(time_ms), bar.next(time_ms), strip.next(time_ms), waveform.next()),
    signal,
  });
  const playhead = createPlayhead({ session: page.session, text, painter, onSegment: () => follow.moved() });
  const follow = createFollow({
    rowNow: () => shownOnly(playhead.row()),
    isPlaying: player.isPlaying,
    floor: page.floor,
    ceiling: page.ceiling,
    onAway: render,
    signal,
  });
  const waveform = mountWaveform(
    { strip: find("#waves"), near: find("#near"), whole: find("#whole"), head: find("#head") },
    {
      span_ms: page.settings.get().span_ms,
      pace: player.pace,
      onZoom: (span_ms) => page.settings.set({ span_ms }),
      peaks: (level, from, to) => api.peaks(id, level, from, to, signal),
      onSeek: player.seek,
      signal,
    },
  );
  const mode = createTimesMode({
    player: find("#player"),
    button: find("#player [data-command=timesMode]"),
    tools: find("#times-tools"),
    settings: page.settings,
    onChange: render,
  });
  const bar = mountPlayerBar(find("#player"), {
    settings: page.settings,
    player,
    waveform,
    onReturn: follow.back,
    signal,
  });
  const startsOf = startsOnce();
  let made = madeBy(body.jobs);
  let copied = copiedBy(body.jobs);

  return {
    painter,
    player,
    playhead,
    strip,
    waveform,
    mode,
    load: () => (media.src = api.mediaAddress(id)),
    update(/** @type {import("../saving/session.js").State} */ { doc }) {
      const [madeNow, copiedNow] = [madeBy(doc.jobs), copiedBy(doc.jobs)];
      const isCopied = copiedNow !== "" && copiedNow !== copied;
      if (isCopied || (isMediaFailed && madeNow !== made)) takeNew();
      [made, copied] = [madeNow, copiedNow];
      find("#unplayable").hidden = !isMediaFailed;
      find("#unshown").hidden = isMediaFailed || !body.media.has_video || media.readyState < 1 || media.videoWidth > 0;
      find("#screen").hidden = media.videoWidth === 0;
      document.body.classList.toggle("has-video", media.videoWidth > 0);
      strip.speaks(doc.language ?? "");
      bar.update({ isAway: follow.isAway() && player.isPlaying(), track: doc.track, starts_ms: startsOf(doc) });
    },
  };
}

/**
 * How far the jobs have come that may have made a copy to play: one can begin and end between two
 * looks. One that only failed made none, and asking again would only begin the next.
 * @param {readonly import("../transcript/transcript.js").Job[]} jobs
 */
const madeBy = (jobs) =>
  jobs
    .filter(({ kind, state }) => kind === "transcribe" || state === "done")
    .map(({ id, phase, state }) => `${id} ${phase} ${state === "done"}`)
    .sort()
    .join();

/** The copies that are made. @param {readonly import("../transcript/transcript.js").Job[]} jobs */
const copiedBy = (jobs) => madeBy(jobs.filter(({ kind, state }) => kind === "copy" && state === "done"));

/** The row, unless the text is filtered and it is left out. */
const shownOnly = (/** @type {HTMLElement | null} */ row) => (row?.offsetParent ? row : null);

/** Starts of segments; the same array while they stand. */
function startsOnce() {
  /** @type {{line: object | null, ms: number[]}} */
  let known = { line: null, ms: [] };
  return (/** @type {import("../transcript/transcript.js").Doc} */ doc) => {
    const line = timeline(doc);
    if (known.line !== line) known = { line, ms: line.map(({ start_ms }) => start_ms) };
    return known.ms;
  };
}
