"""The kinds of files that are read and not written, of the table in `detect`."""

from __future__ import annotations

from editor.formats import (
    eaf,
    lrc,
    sbv,
    table,
    textgrid,
    vtt,
    vtt_tracks,
    xml_text,
    youtube,
)
from editor.formats.kind import Format

#: Before WebVTT: the words of its captions are not those of the file, and not edited in it.
VTT_OF_JSON = Format(
    "vtt-json",
    "WebVTT with JSON in its captions",
    (".json.vtt",),
    "text/vtt",
    vtt.read,
    sure=lambda sample: 1.0 * vtt_tracks.holds_json(sample),
)

READ_ONLY = (
    Format(
        "sbv",
        "YouTube captions (SBV)",
        (".sbv",),
        "text/plain",
        sbv.read,
        sure=lambda sample: 0.9 * sbv.is_sbv(sample),
    ),
    Format(
        "textgrid",
        "a Praat TextGrid",
        (".textgrid",),
        "text/plain",
        textgrid.read,
        sure=lambda sample: 0.9 * textgrid.is_textgrid(sample),
    ),
    Format(
        "eaf",
        "an ELAN file",
        (".eaf",),
        "application/xml",
        eaf.read,
        sure=lambda sample: 1.0 * (xml_text.root_in(sample) == "ANNOTATION_DOCUMENT"),
    ),
    Format(
        "lrc",
        "timed lyrics (LRC)",
        (".lrc",),
        "text/plain",
        lrc.read,
        sure=lambda sample: 0.8 * lrc.is_lrc(sample),
    ),
    Format(
        "labels",
        "Audacity labels",
        (".labels",),
        "text/plain",
        table.read_labels,
        sure=lambda sample: 0.8 * table.is_labels(sample),
    ),
    Format(
        "table",
        "a table",
        (".tsv", ".csv"),
        "text/csv",
        table.read,
        sure=lambda sample: 0.7 * table.is_table(sample),
    ),
    Format(
        "srv",
        "YouTube captions (srv)",
        (".srv3", ".srv2", ".srv1"),
        "application/xml",
        youtube.read_srv,
        sure=lambda sample: 1.0 * (xml_text.root_in(sample) in ("timedtext", "transcript")),
    ),
)
