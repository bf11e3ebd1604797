from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import editor.formats
from editor.align import Coverage, Drift
from editor.align.drift import DriftPart
from editor.align.remarks import Remark
from editor.document import DraftSegment, Media, Segment, Transcript, Word
from editor.errors import UnreadableTranscript
from editor.formats import Problem, transcript_json

SCHEMA = json.loads(
    (Path(editor.formats.__file__).parent / "transcript.schema.json").read_text("utf-8")
)
MEDIA = Media("a.mp3", 5000)
WORDS = (Word("Hi,", 100, 300, "manual", None, True), Word("今", 300, 500, "heard", 0.5))
TRANSCRIPT = Transcript(
    (
        Segment("s1", "Hi,\n今", WORDS, "Ann", "speech", True, True, note="ask Ann"),
        Segment("s2", "", ()),
    )
)


def test_everything_is_written_and_read_back() -> None:
    text = transcript_json.write(TRANSCRIPT, MEDIA, {"heard": 0.5})
    jsonschema.validate(json.loads(text), SCHEMA)
    reading = transcript_json.read(text, "a.json")
    assert reading.problems == ()
    times = ((100, 300), (300, 500))
    assert reading.drafts == (
        DraftSegment("Hi,\n今", "Ann", "speech", True, 100, 500, times, 1, WORDS, True, "ask Ann"),
        DraftSegment("", line=2),
    )


def test_what_found_a_time_is_told_of_times_that_were_found() -> None:
    words = (
        Word("Hi,", 100, 300, "heard", 0.9, aligner="phones"),
        Word("you", 300, 500, "placed", aligner="attention"),
        Word("two", 500, 700, "heard", 0.9, locked=True, aligner="both"),
        Word("there", 700, 900, "listened", 0.9, aligner="pocketsphinx"),
    )
    transcript = Transcript((Segment("s1", "Hi, you two there", words),))
    written = transcript_json.write(transcript, MEDIA, None)
    jsonschema.validate(json.loads(written), SCHEMA)
    told = ["phones", None, None, "pocketsphinx"]
    assert [word["aligner"] for word in json.loads(written)["segments"][0]["words"]] == told
    (draft,) = transcript_json.read(written, "a.json").drafts
    assert [word.aligner for word in draft.words] == told


def test_coverage_with_remarks_and_drift_obeys_the_schema() -> None:
    drift = Drift((DriftPart(0, 1200), DriftPart(760_000, -3500)), 3600, 90)
    remark = Remark("drift", 0, 12, 0, 900, drift.sentence())
    coverage = Coverage(12, 12, 12, 12, 0, (), (remark,), drift).as_json()
    text = transcript_json.write(TRANSCRIPT, MEDIA, coverage)
    jsonschema.validate(json.loads(text), SCHEMA)
    assert json.loads(text)["coverage"]["remarks"][0]["text"].startswith("Your captions were 1.2 s")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(text), "coverage": {"remarks": [{"text": "x"}]}}, SCHEMA)


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_little_is_enough() -> None:
    reading = transcript_json.read('{"version": 1, "segments": [{"text": "Hi"}]}', "a.json")
    assert reading.drafts == (DraftSegment("Hi"),)


@pytest.mark.parametrize(
    ("segment", "reason"),
    [
        ("5", r"segments\[0\] must be an object"),
        ("{}", r"segments\[0\]\.text is missing"),
        ('{"text": 5}', r"segments\[0\]\.text must be a text"),
        ('{"text": "a", "kind": "noise"}', r"segments\[0\]\.kind must be one of speech, sound"),
        ('{"text": "a", "speaker": 1}', r"segments\[0\]\.speaker must be a text"),
        ('{"text": "a", "new_turn": 1}', r"segments\[0\]\.new_turn must be true or false"),
        ('{"text": "a", "words": {}}', r"segments\[0\]\.words must be a list"),
        (
            '{"text": "a", "words": [{"text": "a", "start_ms": 0.5, "end_ms": 9}]}',
            r"segments\[0\]\.words\[0\]\.start_ms must be a whole number",
        ),
        (
            '{"text": "a", "words": [{"text": "a", "start_ms": 0, "end_ms": 9, "origin": "x"}]}',
            r"words\[0\]\.origin must be one of heard",
        ),
        (
            '{"text": "a", "words": [{"text":"a","start_ms":0,"end_ms":9,"confidence":NaN}]}',
            r"words\[0\]\.confidence must be null or a number from 0 to 1",
        ),
        ('{"text": " "}', "holds no text"),
    ],
)
def test_wrong_form_is_refused_with_its_place(segment: str, reason: str) -> None:
    with pytest.raises(UnreadableTranscript, match=reason):
        transcript_json.read(f'{{"version": 1, "segments": [{segment}]}}', "a.json")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"version": 1,\n oops', "a.json, line 2: not JSON"),
        ("[" * 100_000, "not JSON that can be read"),
        ("7", "this is JSON of a kind that is not read here"),
        ("[]", "the file holds no text"),
        ('{"version": 2, "segments": []}', "version must be 1"),
        ('{"version": 1}', "segments is missing"),
    ],
)
def test_what_is_no_transcript_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableTranscript, match=reason):
        transcript_json.read(text, "a.json")


def word(text: str, start_ms: int, end_ms: int) -> dict[str, object]:
    return {"text": text, "start_ms": start_ms, "end_ms": end_ms}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([word("x", 900, 999)], "the words are not those of the text"),
        ([word("b", 100, 200)], "it starts before the previous segment"),
        ([word("b", 900, 901)], "'b' lasts less than 20 ms"),
    ],
)
def test_times_that_cannot_be_right_are_left_out_and_told_of(
    words: list[dict[str, object]], reason: str
) -> None:
    segments = [{"text": "a", "words": [word("a", 500, 600)]}, {"text": "b", "words": words}]
    reading = transcript_json.read(json.dumps({"version": 1, "segments": segments}), "a.json")
    assert reading.drafts[1] == DraftSegment("b", line=2)
    assert reading.problems == (Problem(2, "b", f"its word times were left out: {reason}"),)
