"""Profiles of TTML for broadcast: EBU-TT-D (EBU Tech 3380) and IMSC 1.1 (W3C)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from editor.captions import Cue
from editor.formats.frame_rate import RATES
from editor.formats.publication import Publication
from editor.formats.turn_marks import marked_cues
from editor.formats.xml_text import xml_escaped, xml_value
from editor.timecode import timestamp_from_ms

_EBU_TT_D = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    xmlns:ebuttm="urn:ebu:tt:metadata" xmlns:ebutts="urn:ebu:tt:style" ttp:timeBase="media"
    ttp:cellResolution="50 30" xml:lang="{language}">
<tt:head>
<tt:metadata><ebuttm:documentMetadata>
<ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04</ebuttm:conformsToStandard>
<ebuttm:documentOriginalProgrammeTitle>{title}</ebuttm:documentOriginalProgrammeTitle>
</ebuttm:documentMetadata></tt:metadata>
<tt:styling>
<tt:style xml:id="line" tts:fontFamily="proportionalSansSerif" tts:fontSize="160%"
    tts:lineHeight="normal" tts:textAlign="center" tts:direction="{direction}"/>
<tt:style xml:id="text" tts:color="#FFFFFFFF" tts:backgroundColor="#000000C2"/>
</tt:styling>
<tt:layout><tt:region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%"
    tts:displayAlign="after"/></tt:layout>
</tt:head>
<tt:body><tt:div style="line">
{paragraphs}</tt:div></tt:body>
</tt:tt>
"""
_IMSC = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    ttp:timeBase="media" ttp:frameRate="{frames}" ttp:frameRateMultiplier="{multiplier}"
    ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text"
    ttp:cellResolution="32 15" xml:lang="{language}">
<tt:head>
<tt:metadata><ttm:title>{title}</ttm:title></tt:metadata>
<tt:styling>
<tt:style xml:id="line" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%"
    tts:textAlign="center" tts:direction="{direction}"/>
<tt:style xml:id="text" tts:color="#FFFFFFFF" tts:backgroundColor="#000000CC"/>
</tt:styling>
<tt:layout><tt:region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%"
    tts:displayAlign="after"/></tt:layout>
</tt:head>
<tt:body><tt:div style="line">
{paragraphs}</tt:div></tt:body>
</tt:tt>
"""
_RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ps", "sd", "ur", "yi"))


def write_ebu_tt_d(publication: Publication) -> str:
    """Write EBU-TT-D, as online players of broadcasters take it; times to the millisecond."""
    return _EBU_TT_D.format(
        title=xml_escaped(publication.title),
        language=xml_value(publication.language or ""),
        direction=_direction(publication),
        paragraphs=_paragraphs(publication.cues, timestamp_from_ms),
    )


def write_imsc(publication: Publication) -> str:
    """Write IMSC 1.1 text; times count frames of the rate that was chosen."""
    rate = RATES[publication.choices.frame_rate]
    multiplier = "1000 1001" if rate.seconds == 1001 else "1 1"
    return _IMSC.format(
        frames=rate.counted,
        multiplier=multiplier,
        title=xml_escaped(publication.title),
        language=xml_value(publication.language or ""),
        direction=_direction(publication),
        paragraphs=_paragraphs(publication.cues, lambda ms: f"{rate.frame(ms)}f"),
    )


def _direction(publication: Publication) -> str:
    return "rtl" if publication.language in _RIGHT_TO_LEFT else "ltr"


def _paragraphs(cues: Sequence[Cue], written: Callable[[int], str]) -> str:
    return "".join(
        f'<tt:p xml:id="c{number}" region="bottom" begin="{written(cue.start_ms)}"'
        f' end="{written(cue.end_ms)}"><tt:span style="text">{_lines(text)}</tt:span></tt:p>\n'
        for number, (cue, text) in enumerate(zip(cues, marked_cues(cues), strict=True), 1)
    )


def _lines(text: str) -> str:
    return "<tt:br/>".join(map(xml_escaped, text.split("\n")))
