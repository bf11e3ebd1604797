"""A page of its own: the text with a player in step, in one file that asks no other host.

Its recording lies beside it, within it, or at an address. Without its script it still shows, plays
and prints; its policy (CSP) lets nothing run but that script.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from editor.document import word_offsets
from editor.formats.layout import notes_of
from editor.formats.paragraphs import Paragraph, paragraphs
from editor.formats.publication import Chapter, Publication
from editor.timecode import clock_from_ms

#: What the page itself says; in the language of the text where it is one of these.
_WORDS = {
    "en": {
        "search": "Search the text",
        "next": "Next",
        "follow": "Follow playback",
        "share": "Copy link to this moment",
        "copied": "Link copied",
        "in_address": "The address of this page now leads to this moment",
        "found": "# found",
        "place": "# of #",
        "missing": "The recording cannot be played. Put {name} into the folder of this page.",
        "not_played": "The recording cannot be played at the moment.",
        "chapters_label": "Chapters",
        "player_label": "Recording",
        "play_from": "Play from {clock}",
        "go_to": "Go to {clock}",
    },
    "de": {
        "search": "Text durchsuchen",
        "next": "Weiter",
        "follow": "Wiedergabe folgen",
        "share": "Link zu dieser Stelle kopieren",
        "copied": "Link kopiert",
        "in_address": "Die Adresse der Seite führt jetzt zu dieser Stelle",
        "found": "# gefunden",
        "place": "# von #",
        "missing": "Die Aufnahme ist nicht abspielbar. Legen Sie {name} in den Ordner der Seite.",
        "not_played": "Die Aufnahme ist zurzeit nicht abspielbar.",
        "chapters_label": "Kapitel",
        "player_label": "Aufnahme",
        "play_from": "Ab {clock} abspielen",
        "go_to": "Zu {clock}",
    },
}
_PAGE = """\
<!doctype html>
<html lang="{ui}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1 dir="auto">{title}</h1>
<p class="quiet" dir="auto">{about}</p>
</header>
<section class="bar" aria-label="{bar_label}" data-copied="{copied}"
  data-in-address="{in_address}" data-found="{found}"
  data-place="{place}" data-missing="{missing}">
{player}
<p id="missing" role="alert"></p>
<div class="tools">
<input id="search" type="search" aria-label="{search}" placeholder="{search}">
<button id="next" type="button">{next}</button>
<button id="share" type="button">{share}</button>
{follow}
<span id="status" class="quiet" role="status"></span>
</div>
</section>
{chapters}<main lang="{language}">
{text}</main>
<script>{script}</script>
</body>
</html>
"""


@cache
def _asset(ending: str) -> tuple[str, str]:
    """The page's style or script, and what a policy names it by."""
    text = Path(__file__).with_suffix(ending).read_text("utf-8")
    return text, f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(media_sources: str) -> str:
    """What the page may do, in the words of a Content-Security-Policy: run its own script alone."""
    return (
        f"default-src 'none'; script-src {_asset('.js')[1]}; style-src {_asset('.css')[1]};"
        f" media-src {media_sources}; base-uri 'none'; form-action 'none'"
    )


def write(publication: Publication) -> str:
    """Write the page."""
    ui = publication.language if publication.language in _WORDS else "en"
    words = {key: escape(text) for key, text in _WORDS[ui or "en"].items()}
    choices = publication.choices
    has_player = choices.recording is not None or choices.recording_at != ""
    follow = f'<label><input id="follow" type="checkbox" checked> {words["follow"]}</label>'
    missing = words["missing" if choices.recording_at is None else "not_played"] * has_player
    speakers = dict.fromkeys(s.speaker for s in publication.transcript.segments if s.speaker)
    about = [*speakers] if choices.has_speakers else []
    about.append(clock_from_ms(publication.duration_ms))
    name = escape(publication.media.name)
    return _PAGE.format(
        **{
            **words,
            "missing": missing.format(name=name),
            "follow": follow if has_player else "",
            "bar_label": words["player_label" if has_player else "search"],
        },
        ui=ui,
        policy=policy("'self' file: blob: data:"),
        title=escape(publication.title),
        style=_asset(".css")[0],
        about=" · ".join(f"<bdi>{escape(each)}</bdi>" for each in about),
        player=_player(publication, words["player_label"]) if has_player else "",
        chapters=_chapters(publication.chapters, words["chapters_label"]),
        language=escape(publication.language or ""),
        text="".join(_text(publication, words["play_from" if has_player else "go_to"])),
        script=_asset(".js")[0],
    )


def _player(publication: Publication, label: str) -> str:
    tag = "video" if publication.media.has_video else "audio"
    source = publication.choices.recording_at or quote(publication.media.name)
    if publication.choices.recording:
        kind, data = publication.choices.recording
        tag = kind.partition("/")[0] if kind.startswith(("audio/", "video/")) else tag
        source = f"data:{kind};base64,{b64encode(data).decode()}"
    return (
        f'<{tag} controls preload="metadata" aria-label="{label}" src="{escape(source)}"></{tag}>'
    )


def _chapters(chapters: tuple[Chapter, ...], label: str) -> str:
    if not chapters:
        return ""
    listed = "".join(
        f'<li><a href="{_moment(each.start_ms)}"><bdi>{escape(each.title)}</bdi></a>'
        f' <span class="quiet">{clock_from_ms(each.start_ms)}</span></li>\n'
        for each in chapters
    )
    return f'<nav aria-label="{label}"><ol>\n{listed}</ol></nav>\n'


def _text(publication: Publication, play_from: str) -> Iterator[str]:
    """The paragraphs, with the title of a chapter above the one that it begins with."""
    chapters, speaker = list(publication.chapters), None
    for paragraph in paragraphs(publication.transcript):
        end_ms = paragraph.end_ms or 0
        while chapters and chapters[0].start_ms < end_ms:
            yield f'<h2 dir="auto">{escape(chapters.pop(0).title)}</h2>\n'
        turn = paragraph.turn
        is_named = turn.speaker and (turn.speaker != speaker or turn.new_turn)
        speaker = turn.speaker or speaker
        name = ""
        if is_named and publication.choices.has_speakers:
            name = f"<b><bdi>{escape(turn.speaker or '')}</bdi>:</b> "
        has_time = publication.choices.times != "none"
        time = _time(paragraph, play_from) if has_time else ""
        yield f'<p dir="auto">{time}{name}{_said(paragraph)}</p>\n'
        for note in notes_of(paragraph) if publication.choices.has_notes else ():
            yield f'<p class="note" dir="auto">{escape(note)}</p>\n'


def _time(paragraph: Paragraph, play_from: str) -> str:
    if paragraph.start_ms is None:
        return ""
    clock = clock_from_ms(paragraph.start_ms)
    label = play_from.format(clock=clock)
    return (
        f'<a class="time" href="{_moment(paragraph.start_ms)}" aria-label="{label}"'
        f' dir="ltr">{clock}</a> '
    )


def _said(paragraph: Paragraph) -> str:
    """The text; its words are told as steps of UTF-16 offsets and of hundredths of a second."""
    text = paragraph.turn.text
    words = [word for segment in paragraph.segments for word in segment.words]
    steps, last, at, time = list[int](), 0, 0, 0
    for word, (_, offset) in zip(
        words, word_offsets(text, [word.text for word in words]), strict=True
    ):
        at_utf16 = at + len(text[last:offset].encode("utf-16-le")) // 2
        hundredths = word.start_ms // 10
        steps += [at_utf16 - at, hundredths - time]
        last, at, time = offset, at_utf16, hundredths
    told = " ".join(map(str, steps))
    return f'<span class="said" data-words="{told}">{escape(text)}</span>'


def _moment(time_ms: int) -> str:
    return f"#t={time_ms / 1000:.1f}"
