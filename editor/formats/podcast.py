"""Transcripts for podcast hosts and apps: the JSON and the HTML of Podcasting 2.0, Apple's TTML.

https://github.com/Podcastindex-org/podcast-namespace, transcripts.md. Captions of the preset
"podcast" are one line, as apps show them in step.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from editor.captions import Cue, Rules
from editor.document import Segment, Word, ends_sentence, join_lines
from editor.formats.paragraphs import paragraphs
from editor.formats.publication import Publication
from editor.formats.ttml import agents_of, listed_agents
from editor.formats.xml_text import xml_escaped
from editor.timecode import clock_from_ms, timestamp_from_ms

VERSION = "1.0.0"
#: What the namespace asks of SubRip for podcasts.
SRT_RULES = Rules("podcast", line_chars=32, lines=2, max_ms=7000)


def write_json(cues: Sequence[Cue]) -> str:
    """Write cues as segments: who says what from when to when, in seconds."""
    segments = [
        {
            **({"speaker": cue.speaker} if cue.speaker else {}),
            "startTime": cue.start_ms / 1000,
            "endTime": cue.end_ms / 1000,
            "body": join_lines(cue.lines),
        }
        for cue in cues
    ]
    document = {"version": VERSION, "segments": segments}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_html(publication: Publication) -> str:
    """Write the paragraphs: `cite` says who, `time` when, `p` what."""
    lines, speaker = list[str](), None
    for paragraph in paragraphs(publication.transcript):
        turn = paragraph.turn
        if turn.speaker and (turn.speaker != speaker or turn.new_turn):
            lines.append(f"<cite>{escape(turn.speaker)}:</cite>")
        speaker = turn.speaker or speaker
        lines.append(f"<time>{clock_from_ms(paragraph.start_ms or 0)}</time>")
        lines.append(f'<p dir="auto">{escape(turn.text)}</p>')
    return "\n".join(lines) + "\n"


_TTML = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    xmlns:podcasts="http://podcasts.apple.com/transcript-ttml-internal" xml:lang="{language}">
<head>
{agents}</head>
<body dur="{duration}">
<div>
{paragraphs}</div>
</body>
</tt>
"""


def write_apple_ttml(publication: Publication) -> str:
    """Write segments as paragraphs of sentences of words, each with its times."""
    agents = agents_of(segment.speaker for segment in publication.transcript.segments)
    return _TTML.format(
        language=xml_escaped(publication.language or ""),
        agents=listed_agents(agents),
        duration=timestamp_from_ms(publication.duration_ms),
        paragraphs="".join(_paragraph(each, agents) for each in publication.segments),
    )


def _paragraph(segment: Segment, agents: dict[str, str]) -> str:
    key = agents.get(" ".join((segment.speaker or "").split()))
    agent = f' ttm:agent="{key}"' if key else ""
    begin, end = _span(segment.start_ms or 0, segment.end_ms or 0)
    sentences, sentence = list[list[Word]](), list[Word]()
    for word in segment.words:
        sentence.append(word)
        if ends_sentence(word.text):
            sentences.append(sentence)
            sentence = []
    sentences += [sentence] if sentence else []
    text = " ".join(map(_sentence, sentences))
    return f'<p begin="{begin}" end="{end}"{agent}>{text}</p>\n'


def _sentence(words: Sequence[Word]) -> str:
    begin, end = _span(words[0].start_ms, max(word.end_ms for word in words))
    spans = []
    for word in words:
        first, last = _span(word.start_ms, word.end_ms)
        spans.append(
            f'<span begin="{first}" end="{last}" podcasts:unit="word">'
            f"{xml_escaped(word.text)}</span>"
        )
    said = " ".join(spans)
    return f'<span begin="{begin}" end="{end}" podcasts:unit="sentence">{said}</span>'


def _span(start_ms: int, end_ms: int) -> tuple[str, str]:
    return timestamp_from_ms(start_ms), timestamp_from_ms(end_ms)
