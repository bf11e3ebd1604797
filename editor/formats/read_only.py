"""The kinds of files that are read and not written, of the table in `detect`."""

from __future__ import annotations

from editor.formats import (
    frames,
    nist,
    sami,
    sbv,
    transcriber,
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
        "srv",
        "YouTube captions (srv)",
        (".srv3", ".srv2", ".srv1"),
        "application/xml",
        youtube.read_srv,
        sure=lambda sample: 1.0 * (xml_text.root_in(sample) in ("timedtext", "transcript")),
    ),
    Format(
        "sami",
        "SAMI captions",
        (".smi", ".sami"),
        "text/plain",
        sami.read,
        sure=lambda sample: 1.0 * sami.is_sami(sample),
    ),
    Format(
        "frames",
        "MicroDVD or MPL2 captions",
        (".sub", ".mpl"),
        "text/plain",
        frames.read,
        sure=lambda sample: 0.95 * frames.is_framed(sample),
    ),
    Format(
        "trs",
        "a Transcriber file",
        (".trs",),
        "application/xml",
        transcriber.read,
        sure=lambda sample: 1.0 * (xml_text.root_in(sample) == "Trans"),
    ),
    Format(
        "stm",
        "STM",
        (".stm",),
        "text/plain",
        nist.read_stm,
        sure=lambda sample: 0.8 * nist.is_stm(sample),
    ),
    Format(
        "ctm",
        "CTM",
        (".ctm",),
        "text/plain",
        nist.read_ctm,
        sure=lambda sample: 0.8 * nist.is_ctm(sample),
    ),
)
