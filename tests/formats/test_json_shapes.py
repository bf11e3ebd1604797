"""JSON of further services and tools, in the variants that their documents have."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import UnreadableTranscript
from editor.formats import read
from tests.formats.test_speech_json import CASES as MORE_CASES
from tests.support.chance import examples

Turn = tuple[str | None, str, Sequence[int | None], int | None]


def word(text: str, start: float, end: float, **more: object) -> dict[str, Any]:
    return {"word": text, "start": start, "end": end, **more}


HI, YOU = word("Hi,", 0.25, 0.6), word("you.", 0.7, 0.9)
SAID: list[Turn] = [("Ida", "Hi, you.", [250, 700], 900)]
NOBODYS: list[Turn] = [(None, "Hi, you.", [250, 700], 900)]
WHOLE: list[Turn] = [(None, "Hi, you.", [250], 900), (None, "Yes.", [2000], 3000)]

CASES: dict[str, tuple[Any, str, list[Turn]]] = {
    "Video Indexer": (
        {
            "videos": [
                {
                    "insights": {
                        "transcript": [
                            {
                                "text": "Hi, you.",
                                "speakerId": 1,
                                "instances": [{"start": "0:00:00.25", "end": "0:00:00.9"}],
                            }
                        ],
                        "ocr": [{"text": "WAY OUT AND TICKETS", "instances": [{"start": "0:00"}]}],
                        "speakers": [{"id": 1, "name": "Ida"}],
                    }
                }
            ]
        },
        "JSON with times, 1 speaker",
        [("Ida", "Hi, you.", [250], 900)],
    ),
    "Google, without times of words": (
        {
            "results": [
                {"alternatives": [{"transcript": "Hi, you."}], "resultEndOffset": "0.900s"},
                {"alternatives": [{"transcript": " Yes."}], "resultEndOffset": "3.000s"},
            ]
        },
        "Google Speech-to-Text JSON with times",
        [(None, "Hi, you.", [0], 900), (None, "Yes.", [900], 3000)],
    ),
    "paragraphs of captions": (
        {
            "paragraphs": [
                {"cues": [{"time": 250, "text": "Hi, you."}]},
                {"cues": [{"time": 2000, "text": "Yes."}, {"time": 3000, "text": "No."}]},
            ]
        },
        "JSON with times",
        [(None, "Hi, you.", [250], 730), (None, "Yes.", [2000], 2240), (None, "No.", [3000], 3180)],
    ),
    "Trint, words and paragraphs apart": (
        {
            "transcript": {
                "speakers": [{"id": "s1", "name": "Ida"}],
                "words": [
                    {"time": 250, "duration": 350, "value": "Hi,"},
                    {"time": 700, "duration": 200, "value": "you."},
                ],
                "paragraphs": [{"time": 250, "speaker": "s1"}],
            }
        },
        "Trint JSON with word times, 1 speaker",
        SAID,
    ),
    "IBM Watson, without a number": (
        {
            "results": [
                {
                    "alternatives": [
                        {
                            "transcript": "Hi, you. ",
                            "timestamps": [["Hi,", 0.25, 0.6], ["you.", 0.7, 0.9]],
                        }
                    ]
                }
            ]
        },
        "IBM Watson JSON with word times",
        NOBODYS,
    ),
    "an object by numbers, in other words": (
        {
            "0": {"begin": 0.25, "finish": 0.9, "person": "Ida", "phrase": "Hi, you."},
            "1": {"begin": 2.0, "finish": 3.0, "person": "Ida", "phrase": "Yes."},
        },
        "JSON with times, 1 speaker",
        [("Ida", "Hi, you.", [250], 900), ("Ida", "Yes.", [2000], 3000)],
    ),
    "who speaks around what is said": (
        {"turns": [{"speaker": {"name": "Ida"}, "content": [{"type": "p", "text": "Yes."}]}]},
        "JSON without times, 1 speaker",
        [("Ida", "Yes.", [None], None)],
    ),
    "Rev AI by people, with a sound": (
        {
            "speakers": [{"id": 0, "name": "Ida"}],
            "monologues": [
                {
                    "speaker": 0,
                    "elements": [
                        {
                            "type": "text",
                            "value": "Yes.",
                            "timestamp": "00:00:00,250",
                            "end_timestamp": "00:00:00,900",
                        },
                        {"type": "tag", "name": "laughter"},
                    ],
                }
            ],
        },
        "Rev AI JSON with word times, 1 speaker",
        [("Ida", "Yes. [laughter]", [250, 900], 920)],
    ),
    "Draft.js": (
        {
            "blocks": [{"text": "Hi, you.", "data": {"speaker": "Ida", "words": [HI, YOU]}}],
            "entityMap": {},
        },
        "Draft.js JSON with word times, 1 speaker",
        SAID,
    ),
    "Slate": (
        [{"type": "timedText", "speaker": "Ida", "children": [{"text": "", "words": [HI, YOU]}]}],
        "Slate JSON with word times, 1 speaker",
        SAID,
    ),
    "Teams, beside its events": (
        {
            "version": "1.0.0",
            "entries": [
                {
                    "text": "Hi, you.",
                    "speakerId": "x@y",
                    "speakerDisplayName": "Ida",
                    "startOffset": "00:00:00.2500000",
                    "endOffset": "00:00:00.9000000",
                }
            ],
            "events": [{"id": "e", "eventType": "CallStarted"}],
        },
        "Microsoft Teams JSON with times, 1 speaker",
        [("Ida", "Hi, you.", [250], 900)],
    ),
    "keys that tell the unit": (
        [
            {"startMillis": 250, "endMillis": 900, "text": "Hi, you."},
            {"startMillis": 2000, "endMillis": 3000, "text": "Yes."},
        ],
        "JSON with times",
        WHOLE,
    ),
    "milliseconds told by the steps between": (
        {"cues": [{"time": 250, "text": "Hi, you."}, {"time": 2000, "text": "Yes."}]},
        "JSON with times",
        [(None, "Hi, you.", [250], 730), (None, "Yes.", [2000], 2240)],
    ),
    "FunASR, with times of signs": (
        [
            {
                "key": "a",
                "text": "hi you",
                "timestamp": [[250, 600], [700, 900]],
                "sentence_info": [
                    {
                        "text": "Hi, you.",
                        "start": 250,
                        "end": 900,
                        "timestamp": [[250, 600], [700, 900]],
                        "spk": 0,
                    }
                ],
            }
        ],
        "FunASR JSON with times, 1 speaker",
        [("Speaker 1", "Hi, you.", [250], 900)],
    ),
    "Watson": (
        {
            "result_index": 0,
            "results": [
                {
                    "final": True,
                    "alternatives": [
                        {
                            "transcript": "hi you ",
                            "timestamps": [["hi", 0.25, 0.6], ["you", 0.7, 0.9]],
                        }
                    ],
                }
            ],
            "speaker_labels": [
                {"from": 0.25, "to": 0.6, "speaker": 0},
                {"from": 0.7, "to": 0.9, "speaker": 1},
            ],
        },
        "IBM Watson JSON with word times, 2 speakers",
        [("Speaker 1", "hi", [250], 600), ("Speaker 2", "you", [700], 900)],
    ),
    "pyannoteAI": (
        {
            "output": {
                "turnLevelTranscription": [
                    {"text": "Hi, you.", "start": 0.25, "end": 0.9, "speaker": "SPEAKER_00"}
                ],
                "wordLevelTranscription": [HI, YOU],
            }
        },
        "pyannoteAI JSON with word times, 1 speaker",
        [("SPEAKER_00", "Hi, you.", [250, 700], 900)],
    ),
    "Podcasting 2.0, with a space before some words": (
        {
            "version": "1.0.0",
            "segments": [
                {"speaker": "Ida", "startTime": 0.25, "endTime": 0.6, "body": "Hi,"},
                {"startTime": "0.7", "endTime": "0.9", "body": " you."},
                {"speaker": "Ole", "startTime": 2, "endTime": 2.5, "body": "Yes."},
            ],
        },
        "Podcasting 2.0 JSON with word times, 2 speakers",
        [*SAID, ("Ole", "Yes.", [2000], 2500)],
    ),
    "Soniox, with a mark of the end and a translation": (
        {
            "tokens": [
                {"text": "Hi,", "start_ms": 250, "end_ms": 600},
                {"text": " you.", "start_ms": 700, "end_ms": 900},
                {"text": "Salut", "translation_status": "translation"},
                {"text": "<end>", "start_ms": 900, "end_ms": 900},
            ]
        },
        "Soniox JSON with word times",
        NOBODYS,
    ),
    "Speechmatics of old, whose full stops have times": (
        {
            "speakers": [{"name": "M1", "time": "0.25", "duration": "0.65"}],
            "words": [
                {"name": "Hi", "time": "0.25", "duration": "0.35"},
                {"name": ",", "time": "0.60", "duration": "0.00"},
                {"name": "you", "time": "0.70", "duration": "0.20"},
                {"name": ".", "time": "0.90", "duration": "0.00"},
            ],
        },
        "Speechmatics JSON with word times, 1 speaker",
        [("M1", "Hi, you.", [250, 700], 900)],
    ),
    "Trint, whose speakers are told apart from the words": (
        {
            "transcript": {
                "paragraphs": [
                    {
                        "meta": {"speaker": "Ida"},
                        "words": [
                            {"time": 250, "duration": 350, "value": "Hi,"},
                            {"time": 700, "duration": 200, "value": "you."},
                        ],
                    }
                ]
            }
        },
        "Trint JSON with word times, 1 speaker",
        SAID,
    ),
    "Otter, with names in a list": (
        {
            "transcripts": [
                {"transcript": "Hi, you.", "speaker_id": 1, "alignment": [HI, YOU]},
            ],
            "speakers": [{"id": 1, "speaker_name": "Ida"}],
        },
        "Otter JSON with word times, 1 speaker",
        SAID,
    ),
    "aeneas": (
        {
            "fragments": [
                {"begin": "0.250", "end": "0.900", "lines": ["Hi,", "you."], "children": []},
                {"begin": "2.000", "end": "3.000", "lines": ["Yes."], "children": []},
            ]
        },
        "aeneas JSON with times",
        WHOLE,
    ),
    "Amberscript, with names by its own ids": (
        {
            "segments": [{"speaker": "spk1", "words": [HI, YOU]}],
            "speakers": [{"spkid": "spk1", "name": "Ida"}],
        },
        "Whisper JSON with word times, 1 speaker",
        SAID,
    ),
    "messages of a meeting, with the time of day and an offset": (
        {
            "messages": [
                {
                    "text": "Hi, you.",
                    "from": {"name": "Ida"},
                    "startTime": "2026-03-04T09:30:00.250Z",
                    "timeOffset": 0.25,
                    "duration": 0.65,
                }
            ]
        },
        "JSON with times, 1 speaker",
        [("Ida", "Hi, you.", [250], 900)],
    ),
    "a text within a sentence within a text, beside a version": (
        {
            "version": 1,
            "timedText": [
                {"startMs": 250, "endMs": 900, "text": {"sentence": {"text": "Hi, you."}}},
                {"startMs": 2000, "endMs": 3000, "text": {"sentence": {"text": "Yes."}}},
            ],
        },
        "JSON with times",
        WHOLE,
    ),
    "words with two times, in any order": (
        {"words": [["Hi,", 0.25, 0.6], ["you.", 0.7, 0.9], ["Yes.", 1, 1.5]]},
        "JSON with word times",
        [(None, "Hi, you. Yes.", [250, 700, 1000], 1500)],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_words_times_and_speakers_are_read(case: tuple[Any, str, list[Turn]]) -> None:
    document, recognised, turns = case
    result = read(json.dumps(document).encode(), "a.json")
    found: list[Turn] = [
        (d.speaker, d.text, [a for a, _ in d.word_times_ms] or [d.start_ms], d.end_ms)
        for d in result.drafts
    ]
    assert found == turns
    assert result.recognised == recognised


def test_marks_of_turns_begin_one_and_are_not_said() -> None:
    segments = [
        {
            "offsets": {"from": 250, "to": 900},
            "text": "Hi. [SPEAKER_TURN]",
            "speaker_turn_next": True,
        },
        {"offsets": {"from": 1000, "to": 1900}, "text": "Yes.", "speaker_turn_next": False},
    ]
    drafts = read(json.dumps({"transcription": segments}).encode(), "a.json").drafts
    assert [(d.text, d.new_turn) for d in drafts] == [("Hi.", False), ("Yes.", True)]


def test_chapters_are_refused_by_their_name() -> None:
    chapters = {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Intro"}]}
    with pytest.raises(UnreadableTranscript, match="it holds chapters"):
        read(json.dumps(chapters).encode(), "a.json")


def test_a_passage_without_a_time_follows_the_one_before() -> None:
    page = '<p><span data-timestamp="1.5">0:01</span> One.</p><p>Two.</p>'
    drafts = read(json.dumps({"text": page, "media": "a"}).encode(), "a.otr").drafts
    assert [(d.text, d.start_ms, d.end_ms) for d in drafts] == [
        ("One.", 1500, 1740),
        ("Two.", 1740, 1980),
    ]


#: What may stand where a document has something else.
ODD = [
    *[None, True, -1, 0.5, 1e308, 10**30, "", "x", "1:02", "9" * 30, "-0.5s", "PT1S", "00:00:00,5"],
    *[[], {}, [[]], [1, 2, 3], ["a", 1, 2], {"a": 1}],
]


def changed(value: Any, data: st.DataObject) -> Any:
    """A value with something odd in one place of it."""
    if value and isinstance(value, dict | list) and data.draw(st.integers(0, 5)):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = data.draw(st.sampled_from(keys))
        copy = value.copy()
        copy[key] = changed(value[key], data)
        return copy
    return data.draw(st.sampled_from(ODD))


@examples(150)
@given(data=st.data())
def test_documents_with_anything_in_them_are_read_or_refused(data: st.DataObject) -> None:
    documents = [case[0] for case in (*CASES.values(), *MORE_CASES.values())]
    document = data.draw(st.sampled_from(documents))
    for _ in range(data.draw(st.integers(1, 3))):
        document = changed(document, data)
    with suppress(UnreadableTranscript):
        drafts = read(json.dumps(document).encode(), "a.json").drafts
        assert all((d.start_ms or 0) < (d.end_ms or 1) for d in drafts)


def test_a_word_that_is_none_is_passed_over() -> None:
    words = [word("Hi,", 0.25, 0.6), 7, word("you.", 0.7, 0.9)]
    document = {"segments": [{"start": 0.25, "end": 0.9, "text": "Hi, you."}], "words": words}
    (draft,) = read(json.dumps(document).encode(), "a.json").drafts
    assert draft.word_times_ms == ((250, 600), (700, 900))
