/* Text and recording in step. Without this script the page still shows, plays and prints. */
"use strict";

/** Where there is no recording, places in the text are shown all the same. */
const noPlayer = { currentTime: 0, paused: true, play: async () => {}, addEventListener() {} };
const player = document.querySelector("audio, video") || noPlayer;
const texts = [...document.querySelectorAll(".said")];
const status = document.querySelector("#status");
const follow = document.querySelector("#follow");
const search = document.querySelector("#search");
const says = document.querySelector(".bar").dataset;
const hasHighlights = typeof Highlight === "function" && "highlights" in CSS;

/** All words in order of time: where each stands and when it begins, in ms. */
const words = [];
texts.forEach((element, paragraph) => {
  const told = (element.dataset.words || "").split(" ").map(Number);
  let offset = 0;
  let start_ms = 0;
  const first = words.length;
  for (let at = 0; at + 1 < told.length; at += 2) {
    offset += told[at];
    start_ms += 10 * told[at + 1];
    words.push({ paragraph, offset, end: 0, start_ms });
  }
  for (let at = first; at < words.length; at++)
    words[at].end = at + 1 < words.length ? words[at + 1].offset : element.textContent.length;
});
const byTime = [...words].sort((a, b) => a.start_ms - b.start_ms);

/** The last word in a list for which `isBefore` holds; undefined if there is none. */
function lastWhere(list, isBefore) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle])) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

const rangeOf = (paragraph, start, end) => {
  const range = document.createRange();
  const node = texts[paragraph].firstChild;
  range.setStart(node, start);
  range.setEnd(node, Math.min(end, node.length));
  return range;
};
const paint = (name, ranges) => hasHighlights && CSS.highlights.set(name, new Highlight(...ranges));
const showIn = (element, block) =>
  element.scrollIntoView({
    block,
    behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
  });

let shown = -1;
let shownWord;
let scrolled_ms = -Infinity;
for (const event of ["wheel", "touchmove"])
  addEventListener(event, () => (scrolled_ms = performance.now()), { passive: true });

/** Show the word that is said. */
function show() {
  const now_ms = 1000 * player.currentTime + 20;
  const word = lastWhere(byTime, (one) => one.start_ms <= now_ms);
  if (word === shownWord) return;
  shownWord = word;
  paint("now", word ? [rangeOf(word.paragraph, word.offset, word.end)] : []);
  const paragraph = word ? word.paragraph : -1;
  if (paragraph === shown) return;
  if (texts[shown]) delete texts[shown].parentElement.dataset.now;
  shown = paragraph;
  if (!texts[shown]) return;
  texts[shown].parentElement.dataset.now = "";
  if (!player.paused && follow.checked && performance.now() - scrolled_ms > 4000)
    showIn(texts[shown].parentElement, "center");
}
player.addEventListener("timeupdate", show);
player.addEventListener("seeked", show);
player.addEventListener("play", function eachFrame() {
  show();
  if (!player.paused) requestAnimationFrame(eachFrame);
});
const tellMissing = () => (document.querySelector("#missing").textContent = says.missing);
player.addEventListener("error", tellMissing);
if (player.error) tellMissing();

function goTo(seconds, { isPlayed }) {
  player.currentTime = seconds;
  if (isPlayed) player.play().catch(() => {});
  show();
}

/** The word at a place in the text. */
const wordAt = (node, offset) => {
  const paragraph = texts.indexOf(node.parentElement);
  if (paragraph < 0) return undefined;
  const own = words.filter((word) => word.paragraph === paragraph);
  return lastWhere(own, (word) => word.offset <= offset) || own[0];
};
document.querySelector("main").addEventListener("click", (event) => {
  const link = event.target.closest("a.time");
  if (link) {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    goTo(secondsIn(link.hash), { isPlayed: true });
    return;
  }
  if (!event.target.closest(".said") || !getSelection().isCollapsed) return;
  const place = document.caretPositionFromPoint
    ? document.caretPositionFromPoint(event.clientX, event.clientY)
    : document.caretRangeFromPoint(event.clientX, event.clientY);
  const word = place && wordAt(place.offsetNode || place.startContainer, place.offset ?? place.startOffset);
  if (word) goTo(word.start_ms / 1000, { isPlayed: true });
});

function secondsIn(hash) {
  const found = /^#t=(\d+(?:\.\d+)?)/.exec(hash);
  return found ? Number(found[1]) : null;
}
/** Show the moment that the address names. */
function openMoment() {
  const seconds = secondsIn(location.hash);
  if (seconds === null) return;
  goTo(seconds, { isPlayed: false });
  if (texts[shown]) texts[shown].parentElement.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", openMoment);
openMoment();

document.querySelector("#share").addEventListener("click", async () => {
  const selected = getSelection();
  const word = selected.isCollapsed ? undefined : wordAt(selected.getRangeAt(0).startContainer, selected.getRangeAt(0).startOffset);
  const seconds = word ? word.start_ms / 1000 : player.currentTime;
  history.replaceState(null, "", `#t=${seconds.toFixed(1)}`);
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = says.copied;
  } catch {
    status.textContent = says.inAddress;
  }
});

let found = [];
let at = -1;
function look() {
  const sought = search.value.trim();
  found = [];
  at = -1;
  if (sought) {
    const pattern = new RegExp(sought.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
    texts.forEach((element, paragraph) => {
      for (const match of element.textContent.matchAll(pattern))
        found.push(rangeOf(paragraph, match.index, match.index + match[0].length));
    });
  }
  paint("found", found);
  paint("this-found", []);
  status.textContent = sought ? says.found.replace("#", found.length) : "";
}
function step(by) {
  if (!found.length) return;
  at = (at + by + found.length) % found.length;
  paint("this-found", [found[at]]);
  if (!hasHighlights) {
    getSelection().removeAllRanges();
    getSelection().addRange(found[at]);
  }
  showIn(found[at].startContainer.parentElement.parentElement, "center");
  status.textContent = says.place.replace("#", at + 1).replace("#", found.length);
}
search.addEventListener("input", look);
document.querySelector("#next").addEventListener("click", () => step(1));
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  step(event.shiftKey ? -1 : 1);
});
