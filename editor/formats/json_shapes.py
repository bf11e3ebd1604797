"""Where the JSON of services and tools has its segments, its words and who speaks: one table.

What the keys within these are called is told by `json_values`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from editor.formats.json_values import (
    View,
    plain_key,
    span_of,
    speaker_of,
    text_of,
    token_text,
    tokens_of,
    view,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Where such a document has what; a path is keys with dots between, `*` all, `0` the first.

    `segments` are objects with a text, or with words at `tokens`; `words` have times where
    segments have none for theirs; `turns` tell who speaks from when to when. `has` are paths
    that must lead somewhere.
    """

    name: str
    segments: str
    has: tuple[str, ...] = ()
    tokens: str = ""
    words: str = ""
    turns: str = ""


#: The more special first.
SHAPES = (
    Shape("Deepgram", "results.channels.*"),
    Shape("Deepgram", "results.utterances.*"),
    Shape("Deepgram", "*.channel"),
    Shape("Deepgram", "channel", ("channel.alternatives",)),
    Shape("AssemblyAI", "utterances.*", ("audiourl",)),
    Shape("AssemblyAI", "", ("audiourl", "words.0")),
    Shape("Amazon Transcribe", "results.channellabels.channels.*"),
    Shape(
        "Amazon Transcribe",
        "results",
        ("results.items.0",),
        "items",
        turns="results.speakerlabels.segments.*",
    ),
    Shape("Amazon Transcribe", "transcript.*", ("transcript.0.participantrole",)),
    Shape("Speechmatics", "", ("results.0.type", "results.0.alternatives"), "results"),
    Shape("Speechmatics", "", ("words.0.time", "words.0.name"), turns="speakers.*"),
    Shape("IBM Watson", "results.*", ("resultindex",), "timestamps", turns="speakerlabels.*"),
    Shape(
        "IBM Watson",
        "results.*",
        ("results.0.alternatives.0.timestamps",),
        "timestamps",
        turns="speakerlabels.*",
    ),
    Shape("Google Speech-to-Text", "results.*", ("results.0.alternatives",)),
    Shape("Google Speech-to-Text", "response.results.*"),
    Shape("Google Speech-to-Text", "results.*.transcript.results.*"),
    Shape("Google Speech-to-Text", "results.*.inlineresult.transcript.results.*"),
    Shape("Azure", "recognizedphrases.*"),
    Shape("Azure", "phrases.*", ("combinedphrases",)),
    Shape("Azure", "*", ("0.nbest",)),
    Shape("Azure", "", ("nbest",)),
    Shape("Rev AI", "monologues.*"),
    Shape("ElevenLabs", "transcripts.*", ("transcripts.0.words",)),
    Shape("ElevenLabs", "", ("languageprobability", "words.0.type")),
    Shape("Gladia", "result.transcription.utterances.*"),
    Shape("Gladia", "transcription.utterances.*"),
    Shape("Gladia", "prediction.*"),
    Shape("Gladia", "*.data.utterance"),
    Shape("Otter", "transcripts.*", ("transcripts.0.alignment",), "alignment"),
    Shape("Trint", "transcript.paragraphs.*", ("transcript.paragraphs.0.words",)),
    Shape(
        "Trint",
        "transcript",
        ("transcript.words.0", "transcript.paragraphs.0"),
        "words",
        turns="transcript.paragraphs.*",
    ),
    Shape("Soniox", "", ("tokens.0.startms",), "tokens"),
    Shape("Soniox", "", ("words.0.startms", "words.0.durationms"), "words"),
    Shape("whisper.cpp", "transcription.*", ("transcription.0",)),
    Shape("insanely-fast-whisper", "speakers.*", ("chunks", "speakers.0.text")),
    Shape("Hugging Face", "chunks.*"),
    Shape("NeMo", "timestamp.segment.*", words="timestamp.word.*"),
    Shape("NeMo", "timestamp", ("timestamp.word",), "word"),
    Shape("NeMo", "*.timestamp.segment.*", words="*.timestamp.word.*"),
    Shape("NeMo", "", ("speakercount", "words.0")),
    Shape("Fireflies", "sentences.*", ("sentences.0.speakername",)),
    Shape("Parakeet", "sentences.*", ("sentences.0.tokens",)),
    Shape("Vosk", "*", ("*.result",)),
    Shape("Vosk", "", ("result.0.word",)),
    Shape("Vosk", "alternatives.0", ("alternatives.0.result",)),
    Shape("Montreal Forced Aligner", "tiers.*", ("tiers.*.entries",)),
    Shape("Gentle", "", ("words.0.case",)),
    Shape("Hyperaudio", "", ("words.0", "paragraphs.0.start"), turns="paragraphs.*"),
    Shape("Hyperaudio", "content", ("content.words.0",), turns="content.paragraphs.*"),
    Shape("BBC Kaldi", "retval", ("retval.words",), turns="retval.segmentation.segments.*"),
    Shape("BBC Kaldi", "", ("words.0", "segmentation"), turns="segmentation.segments.*"),
    Shape("autoEdit", "text.*.paragraph.*"),
    Shape("Draft.js", "blocks.*.data", ("blocks.0.data.words",)),
    Shape("Slate", "*.children.*", ("0.children",)),
    Shape("FunASR", "*.sentenceinfo.*"),
    Shape(
        "pyannoteAI",
        "output.turnleveltranscription.*",
        words="output.wordleveltranscription.*",
    ),
    Shape("Microsoft Teams", "entries.*", ("entries.0.speakerdisplayname",)),
    Shape("aeneas", "fragments.*", ("fragments.0.lines",)),
    Shape("Premiere Pro", "segments.*", ("speakers.0.id", "segments.0.words")),
    Shape("Podcasting 2.0", "segments.*", ("segments.0.body",)),
    Shape("WhisperX", "segments.*", ("wordsegments",), words="wordsegments.*"),
    Shape("stable-ts", "segments.*", ("oridict",)),
    Shape("OpenAI", "segments.*", ("task",), words="words.*"),
    Shape("OpenAI", "", ("task", "words.0")),
    Shape("Whisper", "segments.*", words="words.*"),
    Shape("", "utterances.*"),
    Shape("", "sentences.*", words="words.*"),
)
#: Where the same is said once more, in other words or of other things.
_NOT_SAID = (
    *("translat", "alternativ", "nbest", "summar", "chapter", "entit", "oridict", "metadata"),
    *("topic", "highlight", "ocr", "phones", "speakers", "itn", "lexical"),
)
_DEEPEST = 12
_PHONES = ("phones", "phone")


def shape_of(document: object) -> tuple[Shape, list[View]] | None:
    """How such a document is built, and its segments; None where no text could be in it."""
    empty = None
    for shape in SHAPES:
        if all(any(True for _ in _at(document, path)) for path in shape.has):
            segments = [view(value) for value in _at(document, shape.segments)]
            if shape.name == "Montreal Forced Aligner":
                segments = _tiers_of_words(document)
            if shape.name.startswith("Google"):
                segments = _said_once(segments)
            if any(_is_said(segment, shape.tokens) for segment in segments):
                return shape, _by_channel(shape, segments)
            if empty is None and shape.name and any(segments):
                empty = shape, list[View]()
    lists = defaultdict[str, list[View]](list)
    for path, values in _lists(document, "", 0, ""):
        lists[path] += values
    best = max(lists.values(), key=_worth, default=[])
    return (Shape("", "?"), best) if best and _worth(best)[1] else empty


def values_at(document: object, path: str) -> list[View]:
    """The objects that a path leads to."""
    return [view(value) for value in _at(document, path)] if path else []


def _at(value: object, path: str, who: object = None) -> Iterator[object]:
    """What a path leads to, said by `who` speaks around it if it names nobody."""
    if not path:
        is_nobodys = isinstance(value, Mapping) and who and not speaker_of(view(value))
        yield {**value, "speaker": who} if is_nobodys else value  # type: ignore[dict-item]
        return
    key, _, rest = path.partition(".")
    if key == "*":
        within = value if isinstance(value, list) else []
        within = list(value.values()) if isinstance(value, Mapping) else within
    elif key == "0":
        within = value[:1] if isinstance(value, list) else []
    elif isinstance(value, Mapping):
        within = [each for name, each in value.items() if plain_key(str(name)) == key]
        who = value.get("speaker", who)
    else:
        within = []
    for each in within:
        if each is not None:
            yield from _at(each, rest, who)


def _is_said(segment: View, tokens: str = "") -> bool:
    return bool(segment) and bool(text_of(segment) or tokens_of(segment, tokens))


def _by_channel(shape: Shape, segments: list[View]) -> list[View]:
    """Segments that are channels, each with its number."""
    if not shape.segments.endswith("channels.*"):
        return segments
    return [{"channel": number, **each} for number, each in enumerate(segments)]


def _said_once(results: list[View]) -> list[View]:
    """The last result has all words once more where only it tells who speaks."""
    last = tokens_of(results[-1]) if results else []
    is_summary = len(results) > 1 and not text_of(results[-1])
    return results[-1:] if is_summary and last else results


def _tiers_of_words(document: object) -> list[View]:
    tiers = document.get("tiers") if isinstance(document, Mapping) else None
    if not isinstance(tiers, Mapping):
        return []
    found = []
    for name, tier in tiers.items():
        speaker, _, kind = str(name).rpartition(" - ")
        if plain_key(kind) not in _PHONES and isinstance(tier, Mapping):
            found.append({**view(tier), "speaker": speaker})
    return found


def _lists(value: object, path: str, depth: int, who: str) -> Iterator[tuple[str, list[View]]]:
    """The lists of objects in a document by their path: those within the items of one are one.

    An object by numbers is a list, too. `who` speaks around it.
    """
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping) and len(value) > 1 and all(map(str.isdecimal, map(str, value))):
        value = list(value.values())
    if isinstance(value, list):
        if value and view(value[0]):
            yield path, [_said_by(who, view(each)) for each in value]
        for each in value:
            yield from _lists(each, f"{path}.*", depth + 1, who)
    elif isinstance(value, Mapping):
        seen = view(value)
        if depth == 0 and _is_said(seen):
            yield path, [seen]
        who = speaker_of(seen) or who
        for key, each in value.items():
            if not any(part in plain_key(str(key)) for part in _NOT_SAID):
                yield from _lists(each, f"{path}.{key}", depth + 1, who)


def _said_by(who: str, seen: View) -> View:
    return {**seen, "speaker": who} if who and seen and not speaker_of(seen) else seen


def _worth(segments: list[View]) -> tuple[int, int]:
    """How much of a text with times a list is; the first of such is taken."""
    said = timed = 0
    for segment in segments:
        length = len(text_of(segment)) or sum(len(token_text(p)) for p in tokens_of(segment))
        said += length
        timed += length if any(span_of(segment)) or tokens_of(segment) else 0
    return timed, said
