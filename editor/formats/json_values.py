"""The values in JSON of recognisers, by whichever name: texts, times, who speaks, how sure.

Keys count without case and `_`, so startTime, start_time and StartTime are one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

from editor.document import join_lines

View = dict[str, Any]

#: The names of things, the best first.
_TEXT = (
    *("text", "transcript", "displaytext", "display", "body", "transcription", "sentence"),
    *("segment", "content", "spokentext", "utterance", "caption", "value", "word", "label"),
    *("phrase", "line", "message", "said", "quote", "w"),
)
#: What may be an object around the text.
_WRAPPED = ("text", "sentence")
_PIECE = (
    *("punctuatedword", "punct", "displaytext", "word", "text", "value", "content", "token"),
    *("name", "char", "w"),
)
_TOKENS = ("displaywords", "words", "tokens", "elements", "items", "result", "line", "entries")
_SPEAKER = (
    *(
        "speakername",
        "speakerdisplayname",
        "participantname",
        "speaker",
        "speakerlabel",
        "speakertag",
        "speakerid",
    ),
    *("spk", "participant", "participantrole", "speakeridx", "speakerindex", "who", "person"),
    *("author", "role", "actor"),
)
_CHANNEL = ("channel", "channellabel", "channeltag", "channelindex", "channelid")
_START = (
    *("startms", "start", "starttime", "begin", "ts", "timebegin", "datastart", "timestampstart"),
    *("startseconds", "starttimems", "startmilliseconds", "beginoffsetmillis", "from", "xmin"),
    *("offsetmilliseconds", "offsetinticks", "starttimestamp", "startoffset", "offset", "time"),
    *("timestamp", "begintime", "starts", "timeoffset", "s", "t0", "tstart"),
)
_END = (
    *("endms", "end", "endtime", "endts", "timeend", "dataend", "timestampend", "endseconds"),
    *("endtimems", "endmilliseconds", "endoffsetmillis", "to", "xmax", "endtimestamp"),
    *("endoffset", "stop", "finish", "e", "t1", "tend", "resultendtime", "resultendoffset"),
)
_LENGTH = (
    *("durationms", "duration", "durationmilliseconds", "durationinticks", "dur", "length"),
    "durationseconds",
)
_SURE = ("confidence", "conf", "score", "probability", "p", "prob")
#: Where a number at such a key may count letters or frames, a time is a text.
_TIMES_AS_TEXTS = ("startoffset", "endoffset")
_MS = re.compile(r"(?:ms|milliseconds|millis)\Z")
_UNIT = r"(?:time|offset)?(?:in)?(?:ms|millis|milliseconds|s|sec|secs|seconds)"
_START_IN_UNIT = re.compile(rf"(?:start|begin|from|onset){_UNIT}")
_END_IN_UNIT = re.compile(rf"(?:end|to|until|stop){_UNIT}")
_LATEST_MS = 1e12
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)")
_ISO = re.compile(r"PT(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?")
#: Milliseconds for a unit, by how many of it a character lasts at most.
_SCALES = ((2.2, 1000.0), (2_200.0, 1.0), (220_000.0, 1e-3), (7e6, 1e-4), (math.inf, 1e-6))

#: A time: a number, and the milliseconds of its unit, None where the file does not tell it.
Time = tuple[float, float | None]


@lru_cache(4096)
def plain_key(key: str) -> str:
    """A key as it is compared."""
    return key.replace("_", "").replace("-", "").lstrip("@").lower()


def view(value: object) -> View:
    """An object by plain keys, with what its best alternative says; a list of times and a text."""
    if isinstance(value, list) and len(value) >= 3:
        texts = [each for each in value if isinstance(each, str)]
        times = [each for each in value if not isinstance(each, str)]
        is_word = texts and len(times) > 1
        return {"start": times[0], "end": times[1], "word": texts[0]} if is_word else {}
    if not isinstance(value, Mapping):
        return {}
    seen = {plain_key(str(key)): each for key, each in value.items()}
    for key in ("nbest", "alternatives", "instances"):
        best = seen.get(key)
        if isinstance(best, list) and best and isinstance(best[0], Mapping):
            seen = {**view(best[0]), **seen}
    return seen


def text_of(seen: View) -> str:
    """The text of a segment, its white space made one."""
    found = next((" ".join(t.split()) for t in _texts(seen, _TEXT) if t.strip()), "")
    if not found:
        inner = (view(seen[key]) for key in _WRAPPED if isinstance(seen.get(key), Mapping))
        found = next(filter(None, map(text_of, inner)), "")
    lines = seen.get("lines")
    if not found and isinstance(lines, list):
        return join_lines(line for line in lines if isinstance(line, str))
    return found


def token_text(seen: View) -> str:
    """The text of a word, or of a part of one, with the spaces around it."""
    return next(iter(_texts(seen, (*_PIECE, *_TEXT))), "")


def _texts(seen: View, keys: Iterable[str]) -> Iterable[str]:
    return (seen[key] for key in keys if isinstance(seen.get(key), str))


def tokens_of(seen: View, key: str = "") -> list[View]:
    """The words of a segment, or the tokens of them."""
    for each in (key,) if key else _TOKENS:
        found = seen.get(each)
        if isinstance(found, list):
            tokens = [token for token in map(view, found) if token_text(token)]
            if tokens:
                return tokens
    return []


def span_of(seen: View) -> tuple[Time | None, Time | None]:
    """When a word or segment starts and ends, each None where it is not told."""
    for key in ("offsets", "timestamps", "timestamp"):
        both = seen.get(key)
        if isinstance(both, Mapping):
            inner = view(both)
            if "from" in inner or "start" in inner:
                return span_of(inner)
        if isinstance(both, list) and len(both) == 2 and not isinstance(both[0], list):
            return _time("start", both[0]), _time("end", both[1])
    start = _first_time(seen, _START) or _first_in_unit(seen, _START_IN_UNIT)
    end = _first_time(seen, _END) or _first_in_unit(seen, _END_IN_UNIT)
    if end is None and start is not None and (length := _first_time(seen, _LENGTH)) is not None:
        at = start[0] if start[1] == length[1] else start[0] * (start[1] or 1) / (length[1] or 1)
        end = at + length[0], length[1]
    return start, end


def _first_time(seen: View, keys: Iterable[str]) -> Time | None:
    times = (_time(key, seen[key]) for key in keys if seen.get(key) is not None)
    return next(filter(None, times), None)


def _first_in_unit(seen: View, form: re.Pattern[str]) -> Time | None:
    """A time at a key that tells its unit, as in startMillis."""
    found = (_time(key, each) for key, each in seen.items() if form.fullmatch(key))
    return next(filter(None, found), None)


def _time(key: str, value: object) -> Time | None:
    unit = 1.0 if _MS.search(key) else 1e-4 if key.endswith("inticks") else None
    if isinstance(value, bool) or (key in _TIMES_AS_TEXTS and isinstance(value, int | float)):
        return None
    if isinstance(value, int | float):
        return (value, unit) if 0 <= value < 1e15 else None
    if isinstance(value, Mapping):
        return _time_of_parts(view(value))
    if not isinstance(value, str) or len(value) > 40:
        return None
    return _time_of_text(value.strip(), unit)


def _time_of_parts(parts: View) -> Time | None:
    if "relative" in parts:
        return _time("start", parts["relative"])
    whole = _number(parts.get("seconds", 0))
    nanos = _number(parts.get("nanos", 0))
    # Nothing in it is zero, which Google leaves out.
    known = not parts or "seconds" in parts or "nanos" in parts
    return (whole + nanos / 1e9, 1000.0) if known and whole >= 0 and nanos >= 0 else None


def _time_of_text(text: str, unit: float | None) -> Time | None:
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = match.groups("0")
        whole = int(hours[:9]) * 3600 + int(minutes[:9]) * 60
        return whole + float(seconds.replace(",", ".")), 1000.0
    if (match := _ISO.fullmatch(text)) and any(match.groups()):
        h, m, s = (_number(part) for part in match.groups("0"))
        return h * 3600 + m * 60 + s, 1000.0
    bare = text.removesuffix("s")
    value = _number(bare)
    if not 0 <= value < 1e15:
        return None
    return value, 1000.0 if bare != text else unit


def _number(value: object) -> float:
    """A number, also as a text; less than nothing where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return -1.0
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return -1.0
    return number if math.isfinite(number) else -1.0


def scale_of(timed: Sequence[tuple[View, str]]) -> float:
    """The milliseconds of a unit that is not told, by how long a character lasts."""
    spans = [(*span_of(seen), text) for seen, text in timed[:: len(timed) // 2000 + 1] if text]
    rates = [_rate(start, end, text) for start, end, text in spans]
    if not any(rates):
        rates = [_rate(a, b, text) for (a, _, text), (b, _, _) in pairwise(spans)]
    known = [rate for rate in rates if rate]
    rate = median(known) if known else 0.0
    return next(scale for most, scale in _SCALES if rate < most)


def _rate(start: Time | None, end: Time | None, text: str) -> float:
    """How much time a character takes, in the file's unit; 0 where it is not known."""
    if start is None or end is None or start[1] is not None or end[1] is not None:
        return 0.0
    return max(0.0, (end[0] - start[0]) / len(text))


def in_ms(time: Time | None, scale: float) -> int | None:
    """A time in whole milliseconds; None where no recording is as long."""
    if time is None:
        return None
    ms = time[0] * (scale if time[1] is None else time[1])
    return round(ms) if ms < _LATEST_MS else None


def sureness_of(seen: View) -> float | None:
    """How sure a word is, in [0, 1]."""
    for key in _SURE:
        if 0 <= (value := _number(seen.get(key))) <= 1:
            return value
    log = seen.get("logprob")
    return math.exp(log) if isinstance(log, float) and -50 < log <= 0 else None


def speaker_of(seen: View) -> str:
    """Who speaks, as the file has it: a name, an id or a number; nothing where it is not told."""
    if who := _who(seen, _SPEAKER):
        return who
    if isinstance(sender := seen.get("from"), Mapping):
        return _who({"speaker": sender}, _SPEAKER)
    about = seen.get("meta")
    return _who(view(about), _SPEAKER) if isinstance(about, Mapping) else ""


def channel_of(seen: View) -> str:
    """The channel that something was said on."""
    return _who(seen, _CHANNEL)


def _who(seen: View, keys: Iterable[str]) -> str:
    for key in keys:
        value = seen.get(key)
        if isinstance(value, Mapping):
            inner = view(value)
            value = next((inner[k] for k in ("name", "label", "id") if inner.get(k)), None)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())[:200]
    return ""
