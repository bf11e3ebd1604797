"""JSON of services and tools: words, times and speakers, whatever they are called there."""

from __future__ import annotations

import json

import pytest

from editor.errors import UnreadableTranscript
from editor.formats import read

#: Who says what, the starts of the words, or of all where words have none, and the end of all.
Turn = tuple[str | None, str, list[int] | int | None, int | None]

CASES: dict[str, tuple[object, str, list[Turn]]] = {
    "Deepgram of two channels": (
        {
            "results": {
                "channels": [
                    {
                        "alternatives": [
                            {
                                "transcript": "Hello there.",
                                "words": [
                                    {
                                        "word": "hello",
                                        "start": 0.5,
                                        "end": 0.9,
                                        "punctuated_word": "Hello",
                                    },
                                    {
                                        "word": "there",
                                        "start": 1,
                                        "end": 1.4,
                                        "punctuated_word": "there.",
                                    },
                                ],
                            }
                        ]
                    },
                    {
                        "alternatives": [
                            {
                                "transcript": "Hi. Fine.",
                                "words": [
                                    {
                                        "word": "hi",
                                        "start": 2,
                                        "end": 2.3,
                                        "punctuated_word": "Hi.",
                                    },
                                    {
                                        "word": "fine",
                                        "start": 5,
                                        "end": 5.5,
                                        "punctuated_word": "Fine.",
                                    },
                                ],
                            }
                        ]
                    },
                ]
            }
        },
        "Deepgram JSON with word times, 2 speakers",
        [
            ("Speaker 1", "Hello there.", [500, 1000], 1400),
            ("Speaker 2", "Hi. Fine.", [2000, 5000], 5500),
        ],
    ),
    "Amazon, whose words name nobody": (
        {
            "results": {
                "transcripts": [{"transcript": "Go on."}],
                "speaker_labels": {
                    "segments": [
                        {
                            "start_time": "0.5",
                            "end_time": "0.7",
                            "speaker_label": "spk_0",
                            "items": [],
                        },
                        {
                            "start_time": "0.8",
                            "end_time": "1.0",
                            "speaker_label": "spk_1",
                            "items": [],
                        },
                    ]
                },
                "items": [
                    {
                        "start_time": "0.5",
                        "end_time": "0.7",
                        "alternatives": [{"confidence": "1.0", "content": "Go"}],
                        "type": "pronunciation",
                    },
                    {
                        "start_time": "0.8",
                        "end_time": "1.0",
                        "alternatives": [{"confidence": "1.0", "content": "on"}],
                        "type": "pronunciation",
                    },
                    {"alternatives": [{"confidence": "0", "content": "."}], "type": "punctuation"},
                ],
            }
        },
        "Amazon Transcribe JSON with word times, 2 speakers",
        [("spk_0", "Go", [500], 700), ("spk_1", "on.", [800], 1000)],
    ),
    "Amazon's call analytics": (
        {
            "Participants": [{"ParticipantRole": "AGENT"}],
            "Transcript": [
                {
                    "LoudnessScores": [1],
                    "Content": "Hello you.",
                    "Items": [
                        {
                            "Confidence": "0.9",
                            "BeginOffsetMillis": 100,
                            "EndOffsetMillis": 400,
                            "Content": "Hello",
                            "Type": "pronunciation",
                        },
                        {
                            "Confidence": "0.9",
                            "BeginOffsetMillis": 500,
                            "EndOffsetMillis": 900,
                            "Content": "you",
                            "Type": "pronunciation",
                        },
                        {"Content": ".", "Type": "punctuation"},
                    ],
                    "Id": "x",
                    "BeginOffsetMillis": 100,
                    "EndOffsetMillis": 900,
                    "Sentiment": "NEUTRAL",
                    "ParticipantRole": "AGENT",
                }
            ],
        },
        "Amazon Transcribe JSON with word times, 1 speaker",
        [("AGENT", "Hello you.", [100, 500], 900)],
    ),
    "Google v2": (
        {
            "results": [
                {
                    "alternatives": [
                        {
                            "transcript": "hello you",
                            "confidence": 0.8,
                            "words": [
                                {"endOffset": "0.400s", "word": "hello", "speakerLabel": "1"},
                                {
                                    "startOffset": "0.5s",
                                    "endOffset": "0.900s",
                                    "word": "you",
                                    "speakerLabel": "2",
                                },
                            ],
                        }
                    ],
                    "resultEndOffset": "1s",
                    "languageCode": "en-us",
                }
            ],
            "metadata": {},
        },
        "Google Speech-to-Text JSON with word times, 2 speakers",
        [("Speaker 1", "hello", [0], 400), ("Speaker 2", "you", [500], 900)],
    ),
    "Google, times in parts": (
        {
            "response": {
                "@type": "x",
                "results": [
                    {
                        "alternatives": [
                            {
                                "transcript": "hello you",
                                "words": [
                                    {
                                        "start_time": {},
                                        "end_time": {"nanos": 400000000},
                                        "word": "hello",
                                    },
                                    {
                                        "start_time": {"seconds": "1", "nanos": 500000000},
                                        "end_time": {"seconds": 2},
                                        "word": "you",
                                    },
                                ],
                            }
                        ]
                    }
                ],
            }
        },
        "Google Speech-to-Text JSON with word times",
        [(None, "hello you", [0, 1500], 2000)],
    ),
    "Google of two channels": (
        {
            "results": [
                {
                    "channelTag": 1,
                    "alternatives": [
                        {
                            "transcript": "one two",
                            "words": [
                                {"startTime": "0s", "endTime": "0.4s", "word": "one"},
                                {"startTime": "0.5s", "endTime": "1s", "word": "two"},
                            ],
                        }
                    ],
                },
                {
                    "channelTag": 2,
                    "alternatives": [
                        {
                            "transcript": "three",
                            "words": [{"startTime": "2s", "endTime": "2.4s", "word": "three"}],
                        }
                    ],
                },
            ]
        },
        "Google Speech-to-Text JSON with word times, 2 speakers",
        [("Speaker 1", "one two", [0, 500], 1000), ("Speaker 2", "three", [2000], 2400)],
    ),
    "Azure, fast": (
        {
            "durationMilliseconds": 5000,
            "combinedPhrases": [{"text": "Hello you. Fine."}],
            "phrases": [
                {
                    "speaker": 1,
                    "offsetMilliseconds": 80,
                    "durationMilliseconds": 900,
                    "text": "Hello you.",
                    "words": [
                        {"text": "Hello", "offsetMilliseconds": 80, "durationMilliseconds": 300},
                        {"text": "you.", "offsetMilliseconds": 500, "durationMilliseconds": 480},
                    ],
                    "locale": "en-US",
                    "confidence": 0.9,
                },
                {
                    "speaker": 2,
                    "offsetMilliseconds": 2000,
                    "durationMilliseconds": 600,
                    "text": "Fine.",
                    "words": [
                        {"text": "Fine.", "offsetMilliseconds": 2000, "durationMilliseconds": 600}
                    ],
                },
            ],
        },
        "Azure JSON with word times, 2 speakers",
        [("Speaker 1", "Hello you.", [80, 500], 980), ("Speaker 2", "Fine.", [2000], 2600)],
    ),
    "Azure's own program": (
        {
            "Id": "x",
            "RecognitionStatus": "Success",
            "Offset": 5000000,
            "Duration": 10000000,
            "DisplayText": "Hi there.",
            "NBest": [
                {
                    "Confidence": 0.9,
                    "Lexical": "hi there",
                    "ITN": "hi there",
                    "MaskedITN": "hi there",
                    "Display": "Hi there.",
                    "Words": [
                        {"Word": "hi", "Offset": 5000000, "Duration": 3000000},
                        {"Word": "there", "Offset": 9000000, "Duration": 6000000},
                    ],
                }
            ],
        },
        "Azure JSON with word times",
        [(None, "Hi there.", [500, 900], 1500)],
    ),
    "Gladia with a translation": (
        {
            "id": "x",
            "status": "done",
            "result": {
                "metadata": {"audio_duration": 5},
                "transcription": {
                    "languages": ["en"],
                    "full_transcript": "Hello you. Fine.",
                    "utterances": [
                        {
                            "start": 0.1,
                            "end": 1,
                            "confidence": 0.9,
                            "channel": 0,
                            "speaker": 0,
                            "text": "Hello you.",
                            "words": [
                                {"word": "Hello", "start": 0.1, "end": 0.4, "confidence": 0.9},
                                {"word": " you.", "start": 0.5, "end": 1, "confidence": 0.9},
                            ],
                        },
                        {
                            "start": 2,
                            "end": 2.4,
                            "channel": 0,
                            "speaker": 1,
                            "text": "Fine.",
                            "words": [{"word": "Fine.", "start": 2, "end": 2.4}],
                        },
                    ],
                },
                "translation": {
                    "results": [{"utterances": [{"text": "Bonjour", "start": 0, "end": 1}]}]
                },
            },
        },
        "Gladia JSON with word times, 2 speakers",
        [("Speaker 1", "Hello you.", [100, 500], 1000), ("Speaker 2", "Fine.", [2000], 2400)],
    ),
    "Gladia, older": (
        {
            "prediction": [
                {
                    "time_begin": 0.1,
                    "time_end": 1,
                    "transcription": "Hello you.",
                    "words": [
                        {"word": "Hello", "time_begin": 0.1, "time_end": 0.4},
                        {"word": " you.", "time_begin": 0.5, "time_end": 1},
                    ],
                    "speaker": 0,
                    "channel": "channel_0",
                }
            ]
        },
        "Gladia JSON with word times, 1 speaker",
        [("Speaker 1", "Hello you.", [100, 500], 1000)],
    ),
    "Soniox, parts of words": (
        {
            "id": "x",
            "text": "Hello you.",
            "tokens": [
                {"text": "Hel", "start_ms": 120, "end_ms": 200, "confidence": 0.9, "speaker": "1"},
                {"text": "lo", "start_ms": 200, "end_ms": 300, "confidence": 0.9, "speaker": "1"},
                {"text": " you", "start_ms": 400, "end_ms": 500, "confidence": 0.9, "speaker": "2"},
                {"text": ".", "start_ms": 500, "end_ms": 520, "confidence": 0.9, "speaker": "2"},
                {"text": "Bonjour", "translation_status": "translation", "speaker": "2"},
            ],
        },
        "Soniox JSON with word times, 2 speakers",
        [("Speaker 1", "Hello", [120], 300), ("Speaker 2", "you.", [400], 500)],
    ),
    "OpenAI, words only": (
        {
            "task": "transcribe",
            "language": "english",
            "duration": 3.1,
            "text": "Hello, you. Fine.",
            "words": [
                {"word": "Hello", "start": 0.1, "end": 0.4},
                {"word": "you", "start": 0.5, "end": 0.9},
                {"word": "Fine", "start": 1.5, "end": 2},
            ],
        },
        "OpenAI JSON with word times",
        [(None, "Hello, you. Fine.", [100, 500, 1500], 2000)],
    ),
    "OpenAI with speakers": (
        {
            "task": "transcribe",
            "duration": 4,
            "text": "Hello you. Fine.",
            "segments": [
                {
                    "type": "transcript.text.segment",
                    "id": "a",
                    "start": 0.1,
                    "end": 1,
                    "text": "Hello you.",
                    "speaker": "A",
                },
                {
                    "type": "transcript.text.segment",
                    "id": "b",
                    "start": 1.5,
                    "end": 2,
                    "text": "Fine.",
                    "speaker": "B",
                },
            ],
        },
        "OpenAI JSON with times, 2 speakers",
        [("Speaker A", "Hello you.", 100, 1000), ("Speaker B", "Fine.", 1500, 2000)],
    ),
    "Hugging Face, words": (
        {
            "text": " Hello you. Fine.",
            "chunks": [
                {"text": " Hello", "timestamp": [0.1, 0.4]},
                {"text": " you.", "timestamp": [0.5, 0.9]},
                {"text": " Fine.", "timestamp": [1.5, None]},
            ],
        },
        "Hugging Face JSON with word times",
        [(None, "Hello you. Fine.", [100, 500, 1500], 1800)],
    ),
    "insanely-fast-whisper": (
        {
            "speakers": [
                {"speaker": "SPEAKER_00", "timestamp": [0.1, 0.9], "text": " Hello you."},
                {"speaker": "SPEAKER_01", "timestamp": [1.1, None], "text": " Fine."},
            ],
            "chunks": [{"timestamp": [0, 1], "text": " Hello you. Fine."}],
            "text": "Hello you. Fine.",
        },
        "insanely-fast-whisper JSON with times, 2 speakers",
        [("SPEAKER_00", "Hello you.", 100, 900), ("SPEAKER_01", "Fine.", 1100, 1400)],
    ),
    "NeMo": (
        {
            "text": "hello you fine",
            "timestamp": {
                "char": [{"char": "h", "start": 0, "end": 0.1}],
                "word": [
                    {"word": "Hello", "start": 0.1, "end": 0.4, "start_offset": 1, "end_offset": 5},
                    {"word": "you.", "start": 0.5, "end": 0.9, "start_offset": 6, "end_offset": 9},
                ],
                "segment": [
                    {
                        "segment": "Hello you.",
                        "start": 0.1,
                        "end": 0.9,
                        "start_offset": 1,
                        "end_offset": 9,
                    }
                ],
            },
        },
        "NeMo JSON with word times",
        [(None, "Hello you.", [100, 500], 900)],
    ),
    "Parakeet": (
        {
            "text": "Hello you.",
            "sentences": [
                {
                    "text": " Hello you.",
                    "start": 0.1,
                    "end": 0.9,
                    "duration": 0.8,
                    "tokens": [
                        {"id": 1, "text": " Hel", "start": 0.1, "end": 0.2, "duration": 0.1},
                        {"id": 1, "text": "lo", "start": 0.2, "end": 0.3, "duration": 0.1},
                        {"id": 2, "text": " you", "start": 0.5, "end": 0.8, "duration": 0.3},
                        {"id": 3, "text": ".", "start": 0.8, "end": 0.9, "duration": 0.1},
                    ],
                }
            ],
        },
        "Parakeet JSON with word times",
        [(None, "Hello you.", [100, 500], 800)],
    ),
    "Montreal Forced Aligner": (
        {
            "start": 0,
            "end": 3,
            "tiers": {
                "Ana - words": {
                    "type": "interval",
                    "entries": [[0, 0.4, ""], [0.5, 0.9, "hello"], [1, 1.3, "you"]],
                },
                "Ana - phones": {"type": "interval", "entries": [[0.5, 0.6, "HH"]]},
                "Ben - words": {"type": "interval", "entries": [[2, 2.4, "fine"]]},
            },
        },
        "Montreal Forced Aligner JSON with word times, 2 speakers",
        [("Ana", "hello you", [500, 1000], 1300), ("Ben", "fine", [2000], 2400)],
    ),
    "Hyperaudio": (
        {
            "words": [
                {"start": 0.1, "end": 0.4, "text": "Hello"},
                {"start": 0.5, "end": 0.9, "text": "you."},
                {"start": 2, "end": 2.4, "text": "Fine."},
            ],
            "paragraphs": [
                {"speaker": "Ana", "start": 0.1, "end": 0.9},
                {"speaker": "Ben", "start": 2, "end": 2.4},
            ],
        },
        "Hyperaudio JSON with word times, 2 speakers",
        [("Ana", "Hello you.", [100, 500], 900), ("Ben", "Fine.", [2000], 2400)],
    ),
    "a list of words": (
        [
            {"word": "Hello", "start": 0.1, "end": 0.4},
            {"word": "you.", "start": 0.5, "end": 0.9},
            {"word": "Fine.", "start": 1.5, "end": 2},
        ],
        "JSON with word times",
        [(None, "Hello you. Fine.", [100, 500, 1500], 2000)],
    ),
    "Podcasting 2.0, words": (
        {
            "version": "1.0.0",
            "segments": [
                {"speaker": "Ana", "startTime": 0.1, "endTime": 0.4, "body": "Hello"},
                {"speaker": "Ana", "startTime": 0.5, "endTime": 0.9, "body": "you."},
                {"speaker": "Ben", "startTime": 1.5, "endTime": 2, "body": "Fine."},
                {"speaker": "Ben", "startTime": 2.5, "endTime": 2.8, "body": "Yes."},
            ],
        },
        "Podcasting 2.0 JSON with word times, 2 speakers",
        [("Ana", "Hello you.", [100, 500], 900), ("Ben", "Fine. Yes.", [1500, 2500], 2800)],
    ),
    "Recall": (
        [
            {
                "participant": {"id": 1, "name": "Ana"},
                "words": [
                    {
                        "text": "Hello you.",
                        "start_timestamp": {"relative": 0.1},
                        "end_timestamp": {"relative": 0.9},
                    }
                ],
            },
            {
                "participant": {"id": 2, "name": "Ben"},
                "words": [
                    {
                        "text": "Fine.",
                        "start_timestamp": {"relative": 1.5},
                        "end_timestamp": {"relative": 2},
                    }
                ],
            },
        ],
        "JSON with word times, 2 speakers",
        [("Ana", "Hello you.", [100, 580], 900), ("Ben", "Fine.", [1500], 2000)],
    ),
    "Fireflies": (
        {
            "sentences": [
                {
                    "index": 0,
                    "speaker_name": "Ana",
                    "speaker_id": 0,
                    "text": "Hello you.",
                    "raw_text": "Hello you.",
                    "start_time": 0.1,
                    "end_time": 0.9,
                }
            ]
        },
        "Fireflies JSON with times, 1 speaker",
        [("Ana", "Hello you.", 100, 900)],
    ),
    "Rev with names": (
        {
            "speakers": [{"id": 0, "name": "Ana"}, {"id": 1, "name": "Ben"}],
            "monologues": [
                {
                    "speaker": 0,
                    "elements": [
                        {
                            "type": "text",
                            "value": "Hello",
                            "timestamp": "00:00:01,500",
                            "end_timestamp": "00:00:01,900",
                        },
                        {"type": "text", "value": " "},
                        {
                            "type": "text",
                            "value": "you",
                            "timestamp": "00:00:02,000",
                            "end_timestamp": "00:00:02,400",
                        },
                        {"type": "punct", "value": "."},
                    ],
                }
            ],
        },
        "Rev AI JSON with word times, 1 speaker",
        [("Ana", "Hello you.", [1500, 2000], 2400)],
    ),
    "ElevenLabs of two channels": (
        {
            "transcripts": [
                {
                    "language_code": "eng",
                    "language_probability": 0.9,
                    "text": "Hello you.",
                    "channel_index": 0,
                    "words": [
                        {
                            "text": "Hello",
                            "start": 0.1,
                            "end": 0.4,
                            "type": "word",
                            "speaker_id": "speaker_0",
                            "channel_index": 0,
                        },
                        {"text": " ", "start": 0.4, "end": 0.5, "type": "spacing"},
                        {
                            "text": "you.",
                            "start": 0.5,
                            "end": 0.9,
                            "type": "word",
                            "speaker_id": "speaker_0",
                        },
                    ],
                },
                {
                    "text": "Fine.",
                    "channel_index": 1,
                    "words": [
                        {
                            "text": "Fine.",
                            "start": 1.5,
                            "end": 2,
                            "type": "word",
                            "speaker_id": "speaker_1",
                        }
                    ],
                },
            ]
        },
        "ElevenLabs JSON with word times, 2 speakers",
        [("speaker_0", "Hello you.", [100, 500], 900), ("speaker_1", "Fine.", [1500], 2000)],
    ),
    "numbers as texts": (
        {
            "segments": [
                {"id": "0", "start": "0.5", "end": "1.5", "text": "Hello you", "speaker": 0},
                {"start": "2", "end": "3", "text": "Fine", "speaker": 1},
            ]
        },
        "Whisper JSON with times, 2 speakers",
        [("Speaker 1", "Hello you", 500, 1500), ("Speaker 2", "Fine", 2000, 3000)],
    ),
    "autoEdit": (
        {
            "text": [
                {
                    "id": 0,
                    "speaker": "Ana",
                    "paragraph": [
                        {
                            "id": 0,
                            "line": [
                                {"id": 0, "text": "Hello", "start": 0.1, "end": 0.4},
                                {"id": 1, "text": "you.", "start": 0.5, "end": 0.9},
                            ],
                        }
                    ],
                }
            ]
        },
        "autoEdit JSON with word times, 1 speaker",
        [("Ana", "Hello you.", [100, 500], 900)],
    ),
    "Gentle": (
        {
            "transcript": "Hello, you. Fine.",
            "words": [
                {
                    "alignedWord": "hello",
                    "case": "success",
                    "start": 0.1,
                    "end": 0.4,
                    "startOffset": 0,
                    "endOffset": 5,
                    "word": "Hello",
                    "phones": [{"duration": 0.1, "phone": "hh"}],
                },
                {"case": "not-found-in-audio", "startOffset": 7, "endOffset": 10, "word": "you"},
                {
                    "case": "success",
                    "start": 1.5,
                    "end": 2,
                    "startOffset": 12,
                    "endOffset": 16,
                    "word": "Fine",
                },
            ],
        },
        "Gentle JSON with word times",
        [(None, "Hello, you. Fine.", [100, 400, 1500], 2000)],
    ),
    "lists in place of objects": (
        [[0.1, 1.0, " Hello you."], [2.0, 3.0, " Fine."]],
        "JSON with times",
        [(None, "Hello you.", 100, 1000), (None, "Fine.", 2000, 3000)],
    ),
    "Speechmatics, Japanese": (
        {
            "format": "2.9",
            "metadata": {"language_pack_info": {"word_delimiter": ""}},
            "results": [
                {
                    "alternatives": [{"content": "今日", "speaker": "UU"}],
                    "start_time": 0.5,
                    "end_time": 0.9,
                    "type": "word",
                },
                {
                    "alternatives": [{"content": "は"}],
                    "start_time": 1,
                    "end_time": 1.1,
                    "type": "word",
                },
                {
                    "alternatives": [{"content": "。"}],
                    "start_time": 1.1,
                    "end_time": 1.1,
                    "type": "punctuation",
                    "attaches_to": "previous",
                },
            ],
        },
        "Speechmatics JSON with word times",
        [(None, "今日は。", [500, 700, 1000], 1100)],
    ),
    "oTranscribe": (
        {
            "text": '<p><span data-timestamp="3.5">0:03</span> <b>Ana</b>: Hello&nbsp;you.</p>'
            '<p><span data-timestamp="9.25">0:09</span> Ben: Fine.<br></p>'
            '<p><span data-timestamp="12">0:12</span> Ana: Good.</p>',
            "media": "a.mp3",
            "media-source": "",
            "media-time": 12,
        },
        "an oTranscribe file with times, 2 speakers",
        [
            ("Ana", "Hello you.", 3500, 4400),
            ("Ben", "Fine.", 9250, 9850),
            ("Ana", "Good.", 12000, 12600),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_words_times_and_speakers_are_read(case: tuple[object, str, list[Turn]]) -> None:
    document, recognised, turns = case
    result = read(json.dumps(document).encode(), "a")
    assert result.recognised == recognised
    assert [
        (d.speaker, d.text, [a for a, _ in d.word_times_ms] or d.start_ms, d.end_ms)
        for d in result.drafts
    ] == turns
    assert (result.format, result.problems) == ("json", ())


def test_results_one_behind_the_other_are_read_and_silence_is_no_problem() -> None:
    word = {"conf": 0.5, "start": 0.5, "end": 0.9, "word": "hello"}
    texts = [json.dumps({"result": [word], "text": "hello"}), json.dumps({"text": ""})]
    result = read("\n".join(texts).encode(), "vosk.txt")
    assert (result.recognised, result.problems) == ("Vosk JSON with word times", ())
    assert [(w.text, w.start_ms, w.confidence) for w in result.drafts[0].words] == [
        ("hello", 500, 0.5)
    ]


def test_words_differ_from_the_text_that_is_shown() -> None:
    spoken = ["twenty", "one", "men", "came", "okay"]
    words = [{"word": w, "start": n, "end": n + 0.5} for n, w in enumerate(spoken, start=1)]
    segment = {"start": 0, "end": 9, "text": "21 men came. OK?"}
    result = read(json.dumps({"segments": [segment], "words": words}).encode(), "a.json")
    assert result.drafts[0].word_times_ms == (
        (1000, 2500),
        (3000, 3500),
        (4000, 4500),
        (5000, 5500),
    )


def test_a_long_turn_is_cut_where_sentences_end() -> None:
    words = [
        {"text": f"word{n}{'.' * (n % 15 == 14)}", "start": 100 * n, "end": 100 * n + 90}
        for n in range(60)
    ]
    result = read(json.dumps({"audio_url": "x", "words": words}).encode(), "a.json")
    assert [(len(d.word_times_ms), d.text[-1]) for d in result.drafts] == [(15, ".")] * 4


def test_an_empty_result_is_named() -> None:
    empty = {"results": {"channels": [{"alternatives": [{"transcript": "", "words": []}]}]}}
    with pytest.raises(
        UnreadableTranscript, match="holds no text: it is Deepgram JSON of an empty"
    ):
        read(json.dumps(empty).encode(), "a.json")


def test_json_of_any_number_of_lines_is_read() -> None:
    words = [{"word": f" w{n}", "start": n / 10, "end": n / 10 + 0.05} for n in range(70_000)]
    segments = [
        {"text": "".join(str(w["word"]) for w in words[at : at + 20]), "words": words[at : at + 20]}
        for at in range(0, len(words), 20)
    ]
    data = json.dumps({"segments": segments}, indent=1).replace(",", ",\n\n\n").encode()
    assert data.count(b"\n") > 600_000
    drafts = read(data, "a.json").drafts
    assert (len(drafts), drafts[-1].start_ms) == (3500, 6_998_000)
