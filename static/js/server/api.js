/**
 * The only module that knows addresses; how the server is asked is `http.js`.
 */

import { ApiError, clientId, file, json, request } from "./http.js";

export { ApiError, LOGGED_OUT, Unreachable } from "./http.js";

/** @param {string} id */
const at = (id) => `/api/transcripts/${encodeURIComponent(id)}`;

/** @param {string} id The page of a transcript. */
export const pageOf = (id) => `/t/${encodeURIComponent(id)}`;
export const libraryPage = "/";
export const loginPage = "/login";

/** Where a person wanted to go when asked to log in: a page of this server, whatever was given. */
export function wantedPage(/** @type {string} */ address) {
  const here = new URL(address);
  const wanted = new URL(here.searchParams.get("next") ?? libraryPage, here.origin);
  // With the origin: a path such as `//other.example` alone would be an address of its own.
  return wanted.origin === here.origin ? here.origin + wanted.pathname : libraryPage;
}

export const me = () => json("GET", "/api/me");
export const logIn = (/** @type {string} */ name, /** @type {string} */ password) =>
  json("POST", "/api/login", { name, password });
export const logOut = () => json("POST", "/api/logout", {});

/** The id in this page's own address. */
export const idOfThisPage = () => decodeURIComponent(location.pathname.split("/")[2] || "");

/**
 * Some of the library, and how many there are in all.
 * @param {{q: string, show: string, order: string, tag: string, limit: number}} asked `show`: "" for all, "trash", or a state
 * @returns {Promise<{transcripts: any[], total: number, tags: {tag: string, count: number}[]}>}
 */
export const listTranscripts = ({ q, show, order, tag, limit }) => {
  /** @type {Record<string, string>} */
  const which = show === "trash" ? { trash: "true" } : show ? { state: show } : {};
  return json("GET", `/api/transcripts?${new URLSearchParams({ q, order, tag, limit: String(limit), ...which })}`);
};
/** Give transcripts tags, and take others from them. */
export const changeTags = (
  /** @type {readonly string[]} */ ids,
  /** @type {{add: string[], remove: string[]}} */ change,
) => json("POST", "/api/tags", { ids, ...change });
/** Segments that hold all these words, in all transcripts. */
export const search = async (/** @type {string} */ q) =>
  (await json("GET", `/api/search?${new URLSearchParams({ q })}`)).found;
export const restore = (/** @type {string} */ id) => json("POST", `${at(id)}/restore`, {});
export const createTranscript = (/** @type {object} */ body) => json("POST", "/api/transcripts", body);
export const transcript = (/** @type {string} */ id) => json("GET", at(id));
/** Give it another title, if it still has the one that was seen. */
export const rename = (/** @type {string} */ id, /** @type {string} */ title, /** @type {string} */ was) =>
  json("PATCH", at(id), { title, was }, outliving({ title }));
export const remove = (/** @type {string} */ id) => json("DELETE", at(id));
/** What the library takes on its disk, with the largest transcripts. */
export const storage = () => json("GET", "/api/storage?limit=10");
export const cleanStorage = (/** @type {string[]} */ kinds) => json("POST", "/api/storage/clean", { kinds });
/** Put an uploaded project into the library. */
export const unpack = (/** @type {string} */ upload) => json("POST", "/api/projects", { upload });
export const models = () => json("GET", "/api/models");

/** An edit that is not answered for so long is sent again, under its id; big ones take many seconds. */
const DEADLINE = { deadline_ms: 30_000 };
/** What outlives the page may have so many bytes. */
const KEEPALIVE_BYTES = 60_000;
/** What is sent while the page closes outlives it by `keepalive`. @param {object} body */
const outliving = (body) => ({ keepalive: new Blob([JSON.stringify(body)]).size < KEEPALIVE_BYTES });
export const edit = (/** @type {string} */ id, /** @type {object} */ body) =>
  json("POST", `${at(id)}/edits`, body, { ...DEADLINE, ...outliving(body) });
/** Take one's own last edit back, or the last `before` a step. */
export const undo = (/** @type {string} */ id, /** @type {{edit_id: string, before: number | null}} */ body) =>
  json("POST", `${at(id)}/undo`, body, DEADLINE);
export const redo = (/** @type {string} */ id, /** @type {string} */ edit_id) =>
  json("POST", `${at(id)}/redo`, { edit_id }, DEADLINE);
/** Give words that were not heard their file's times, without the drift. */
export const mend = (/** @type {string} */ id, /** @type {object} */ body) =>
  json("POST", `${at(id)}/mend`, body, DEADLINE);
/** The doubts of all segments; the transcript comes without them. */
export const doubts = (/** @type {string} */ id) => json("GET", `${at(id)}/doubts`);
/**
 * Which voice says which segments, once speakers were found.
 * @param {string} id
 * @returns {Promise<Voice[]>}
 */
export const voices = async (id) => (await json("GET", `${at(id)}/voices`)).voices;
/** @typedef {import("../transcript/voices.js").Voice} Voice */
/** Keep what is written where a doubt is. */
export const dismissDoubt = (/** @type {string} */ id, /** @type {object} */ doubt) =>
  json("PUT", `${at(id)}/kept-doubts`, doubt, DEADLINE);
export const changes = (/** @type {string} */ id, /** @type {number} */ since) =>
  json("GET", `${at(id)}/changes?since=${since}`, undefined, DEADLINE);

/** Steps below a revision, newest first, and all versions. */
export const history = (/** @type {string} */ id, /** @type {number | null} */ before) =>
  json("GET", `${at(id)}/history${before === null ? "" : `?before=${before}`}`);
/** The segments as they stood after a revision; 0: as they came. */
export const past = async (/** @type {string} */ id, /** @type {number} */ revision_id) =>
  (await json("GET", `${at(id)}/history/${revision_id}`)).segments;
export const nameVersion = (/** @type {string} */ id, /** @type {string} */ name) =>
  json("POST", `${at(id)}/versions`, { name });
export const forgetVersion = (/** @type {string} */ id, /** @type {number} */ version_id) =>
  json("DELETE", `${at(id)}/versions/${version_id}`);

/** Names with their spellings, and the doubts about them. */
export const names = (/** @type {string} */ id, withStyle = false) =>
  json("GET", `${at(id)}/names${withStyle ? "?style=true" : ""}`);
/** @param {string | null} id of a transcript; null: the glossary for all */
const glossaryAt = (id) => (id === null ? "/api/glossary" : `${at(id)}/glossary`);
export const glossary = async (/** @type {string | null} */ id) => (await json("GET", glossaryAt(id))).terms;
/**
 * Put in and take out what differs from the terms that were seen. `job` looks for them in the transcript `transcript_id`;
 * null where they wait for recognition.
 * @returns {Promise<{terms: string[], job: import("../transcript/transcript.js").Job | null}>}
 */
export const setGlossary = (
  /** @type {string | null} */ id,
  /** @type {{terms: string[], base: string[], transcript_id: string}} */ body,
) => json("PUT", glossaryAt(id), body, outliving(body));

/** The number of the colour of each code. */
export const codeTones = async (/** @type {string} */ id) => (await json("GET", `${at(id)}/code-tones`)).tones;
/** Give codes colours, all or only those that have none; gives those of all. */
export const setCodeTones = async (
  /** @type {string} */ id,
  /** @type {Record<string, number>} */ tones,
  /** @type {boolean} */ only_new,
) => (await json("PUT", `${at(id)}/code-tones`, { tones, only_new })).tones;

/** Words that may fill pauses; see the API's "fillers". */
export const fillers = async (/** @type {string} */ id) => (await json("GET", `${at(id)}/fillers`)).fillers;

/** Places that a correction would change; see the API's "search". */
export const places = (/** @type {string} */ id, /** @type {object} */ body) => json("POST", `${at(id)}/search`, body);

/** Listen to the recording again. */
export const transcribe = (/** @type {string} */ id, /** @type {object} */ body) =>
  json("POST", `${at(id)}/jobs`, { kind: "transcribe", ...body });
/** Find out who speaks when, of so many speakers; null where their number is to be found, too. */
export const findSpeakers = (/** @type {string} */ id, /** @type {number | null} */ speaker_count) =>
  json("POST", `${at(id)}/jobs`, { kind: "speakers", speaker_count });
/** Find out when the shots of the film begin. */
export const findShots = (/** @type {string} */ id) => json("POST", `${at(id)}/jobs`, { kind: "shots" });
/** When they do, as far as is known. */
export const shots = (/** @type {string} */ id) => json("GET", `${at(id)}/shots`);
/** The voices that are known again, of whoever asks. */
export const knownVoices = () => json("GET", "/api/voices");
export const wantKnownVoices = (/** @type {boolean} */ is_wanted) => json("PUT", "/api/voices", { is_wanted });
export const offerVoice = (/** @type {string} */ voice_id, /** @type {boolean} */ is_on) =>
  json("PATCH", `/api/voices/${voice_id}`, { is_on });
export const deleteVoice = (/** @type {string} */ voice_id) => json("DELETE", `/api/voices/${voice_id}`);
/** Learn the voices of named speakers; tell who of the others sounds like a known one. */
export const suggestVoices = (/** @type {string} */ id) => json("POST", `${at(id)}/voices`, {});
/** The links by which people without an account read a transcript. */
export const links = (/** @type {string} */ id) => json("GET", `${at(id)}/links`);
/** A new one; its path is told only here. */
export const makeLink = (/** @type {string} */ id, /** @type {{lasts: string, has_sound: boolean}} */ body) =>
  json("POST", `${at(id)}/links`, body);
export const removeLink = (/** @type {string} */ id, /** @type {string} */ link_id) =>
  json("DELETE", `${at(id)}/links/${encodeURIComponent(link_id)}`);
export const cancelJob = (/** @type {string} */ id) => json("POST", `/api/jobs/${id}/cancel`, {});
/** Let a job that waits have its turn before the others. */
export const putJobFirst = (/** @type {string} */ id) => json("POST", `/api/jobs/${id}/first`, {});
/** Let it have its turn just before another one, or last. */
export const moveJob = (/** @type {string} */ id, /** @type {string | null} */ before) =>
  json("POST", `/api/jobs/${id}/move`, { before });
/** What is recognised, and behind it what waits, in its order. */
export const queue = async () => (await json("GET", "/api/queue")).jobs;
export const retryJob = (/** @type {string} */ id) => json("POST", `/api/jobs/${id}/retry`, {});

/** Make a film with captions, cut sound, or a text with pseudonyms; see the API's "made". */
export const makeFile = (/** @type {string} */ id, /** @type {object} */ body) => json("POST", `${at(id)}/made`, body);
/** What was made, with what is told of each. */
export const madeFiles = async (/** @type {string} */ id) => (await json("GET", `${at(id)}/made`)).files;
export const madeAddress = (/** @type {string} */ id, /** @type {string} */ made) => `${at(id)}/made/${made}`;

export const projectAddress = (/** @type {string} */ id) => `${at(id)}/project`;
export const mediaAddress = (/** @type {string} */ id) => `${at(id)}/media`;
/** The address of what is there now, which no browser takes for what it had. */
export const newMediaAddress = (/** @type {string} */ id) => `${mediaAddress(id)}?made=${Date.now()}`;

/** Whether there is a copy with the sound alone; where there is none, one is made. @param {string} id */
export async function askForSound(id) {
  try {
    return Boolean(await request(`${mediaAddress(id)}?only=sound`, { method: "HEAD" }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
}
/** A transcript as a file. @param {string} id @param {string} format @param {string} preset @param {Record<string, string>} [choices] */
export const exportAddress = (id, format, preset, choices = {}) =>
  `${at(id)}/export?${new URLSearchParams({ format, preset, ...choices })}`;

/** The file that was brought, corrected, its times moved by what they are late. */
export const mendedAddress = (/** @type {string} */ id) => `${at(id)}/export?format=original&mended=true`;
/** The address of a part of the recording as a sound file. */
export const clipAddress = (/** @type {string} */ id, /** @type {{start_ms: number, end_ms: number}} */ span) =>
  `${at(id)}/clip?start=${span.start_ms}&end=${span.end_ms}`;
export const download = file;
/** Several transcripts as one zip. */
export const downloadSeveral = (
  /** @type {readonly string[]} */ ids,
  /** @type {string} */ format,
  /** @type {string} */ preset,
) =>
  file("/api/export", {
    method: "POST",
    body: JSON.stringify({ ids, format, preset }),
    headers: { "Content-Type": "application/json" },
  });
/** Whether a transcript can be had just now. */
export const check = (/** @type {string} */ id) => json("GET", `${at(id)}/glossary`);

/** Our presets of caption rules, as they are in a language, and the library's own. @param {string | null} [language] */
export const presets = (language) =>
  json("GET", language ? `/api/presets?language=${encodeURIComponent(language)}` : "/api/presets");
/**
 * Keep rules under their name, if it still has those that were seen.
 * @param {object} rules
 * @param {object | null} base
 */
export const savePreset = (rules, base) => json("PUT", "/api/presets", { ...rules, base });
export const readPreset = (/** @type {string} */ stem, /** @type {string} */ text) =>
  json("POST", "/api/presets/file", { stem, text });
/**
 * Delete it, if its rules still are those that were seen.
 * @param {string} name
 * @param {import("../captions/cues.js").Rules | null} base
 */
export const forgetPreset = (name, base) => json("DELETE", `/api/presets/${encodeURIComponent(name)}`, { base });
/** The captions that rules make of a transcript, and what breaks the rules. */
export const captions = (/** @type {string} */ id, /** @type {object} */ rules) =>
  json("POST", `${at(id)}/captions`, rules);

export const lint = (/** @type {string} */ id, /** @type {string} */ preset) =>
  json("GET", `${at(id)}/lint?${new URLSearchParams({ preset })}`);

/**
 * Peaks of a stretch of the recording: int8 (lowest, highest) pairs, `level` pairs a second; null until they are made.
 * @param {string} id
 * @param {number} level 100, 20, 4 or 1
 * @param {number} start_ms
 * @param {number} end_ms
 * @param {AbortSignal} [signal]
 */
export async function peaks(id, level, start_ms, end_ms, signal) {
  const asked = new URLSearchParams({
    level: String(level),
    start: String(Math.round(start_ms)),
    end: String(Math.round(end_ms)),
  });
  const response = await request(`${at(id)}/peaks?${asked}`, { signal });
  return response.status === 204 ? null : new Int8Array(await response.arrayBuffer());
}

/** A browser has six connections to a server for all its tabs together: streams may take two. */
const STREAM_PLACES = ["stream-1", "stream-2"];

/**
 * Use a stream in one of the places that all tabs share; false where none is free.
 * @param {() => Promise<void>} use
 */
async function inPlace(use) {
  if (!navigator.locks) return use().then(() => true);
  const hold = (/** @type {Lock | null} */ place) => place !== null && use().then(() => true);
  for (const name of STREAM_PLACES) {
    if (await navigator.locks.request(name, { ifAvailable: true }, hold)) return true;
  }
  return false;
}

/**
 * Events of a stream until it ends or breaks, or `signal` fires.
 * @param {string} path
 * @param {Record<string, (body: any) => void>} handlers by event name
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function streamed(path, handlers, signal) {
  return new Promise((end) => {
    if (signal.aborted) return end();
    const source = new EventSource(path);
    const close = () => {
      source.close();
      end();
    };
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)), { signal });
    }
    source.addEventListener("error", close, { once: true });
    signal.addEventListener("abort", close, { once: true });
  });
}

/**
 * Listen to the server's events until `signal` fires. `onLost` is called once when the stream ends
 * or breaks, or where other tabs have all places; there is no second attempt here, since the caller
 * falls back to asking.
 * @param {string} path
 * @param {Record<string, (body: any) => void>} handlers by event name
 * @param {() => void} onLost
 * @param {AbortSignal} signal
 */
async function listen(path, handlers, onLost, signal) {
  await inPlace(() => streamed(path, handlers, signal));
  if (!signal.aborted) onLost();
}

export const listenToTranscript = (
  /** @type {string} */ id,
  /** @type {number} */ since,
  /** @type {Record<string, (body: any) => void>} */ handlers,
  /** @type {() => void} */ onLost,
  /** @type {AbortSignal} */ signal,
) =>
  listen(
    `${at(id)}/events?${new URLSearchParams({ since: String(since), client: clientId() })}`,
    handlers,
    onLost,
    signal,
  );

export const listenToLibrary = (
  /** @type {Record<string, (body: any) => void>} */ handlers,
  /** @type {() => void} */ onLost,
  /** @type {AbortSignal} */ signal,
) => listen("/api/events", handlers, onLost, signal);

/** @param {Uint8Array} bytes */
const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
/** So many bytes tell what a file is: "recording", "text" or "project"; else a sentence refuses it. */
export const HEAD_BYTES = 64 * 1024;
export const kindOf = async (/** @type {string} */ name, /** @type {Uint8Array} */ head) =>
  (await json("POST", "/api/kinds", { name, head: base64(head) })).kind;
/** What a text can be read as: [{name, called}]. */
export const textKinds = async () => (await json("GET", "/api/kinds/texts")).kinds;
const TUS = { "Tus-Resumable": "1.0.0" };
const uploadAt = (/** @type {string} */ id) => `/api/uploads/${id}`;

/** Begin an upload; gives its id. */
export async function createUpload(/** @type {string} */ name, /** @type {number} */ size) {
  const response = await request("/api/uploads", {
    method: "POST",
    headers: {
      ...TUS,
      "Upload-Length": String(size),
      "Upload-Metadata": `filename ${base64(new TextEncoder().encode(name))}`,
    },
  });
  return /** @type {string} */ (response.headers.get("Location")?.split("/").pop());
}

/** How many bytes of an upload the server has. */
export async function uploadOffset(/** @type {string} */ id) {
  const response = await request(uploadAt(id), { method: "HEAD", headers: TUS });
  return Number(response.headers.get("Upload-Offset"));
}

/** Send one piece of an upload; gives the new offset. */
export async function uploadPiece(
  /** @type {string} */ id,
  /** @type {number} */ offset,
  /** @type {Blob} */ piece,
  /** @type {AbortSignal} */ signal,
) {
  const response = await request(uploadAt(id), {
    method: "PATCH",
    headers: { ...TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) },
    body: piece,
    signal,
  });
  return Number(response.headers.get("Upload-Offset"));
}

export const discardUpload = (/** @type {string} */ id) => request(uploadAt(id), { method: "DELETE", headers: TUS });
/** A text as it would be read; null stands for what its content tells. */
export const previewUpload = (
  /** @type {string} */ id,
  /** @type {{encoding: string | null, kind: string | null}} */ readAs,
) => json("POST", `${uploadAt(id)}/preview`, readAs);
