from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import pytest
from flask.testing import FlaskClient

from editor.captions import PRESETS, Rules
from editor.document import Segment, Transcript, Word
from editor.edits.commands import CaptionRules
from editor.formats.exports import captioned
from editor.store import Store
from editor.web.schemas.responses_captions import CaptionsAnswer, Lint, PresetList
from tests.web.test_edits import send, texts

MINE = {"name": "Mine", "line_chars": 30, "chars_per_second": 3.5, "keeps_lines": True}
LINES = asdict(PRESETS["lines"])


def captions(client: FlaskClient, transcript_id: str, rules: Any) -> CaptionsAnswer:
    response = client.post(f"/api/transcripts/{transcript_id}/captions", json=rules)
    assert response.status_code == 200, response.text
    return CaptionsAnswer.model_validate(response.json)


def test_the_api_knows_every_rule() -> None:
    assert set(CaptionRules.model_fields) == {each.name for each in fields(Rules)}
    rules = Rules("x", line_chars=42)
    assert CaptionRules(name="x", line_chars=42).model_dump() == asdict(rules)


def test_own_presets_are_listed_saved_and_forgotten(client: FlaskClient) -> None:
    assert client.put("/api/presets", json=MINE).status_code == 200
    found = PresetList.model_validate(client.get("/api/presets").json)
    assert [one.name for one in found.presets] == list(PRESETS)
    japanese = client.get("/api/presets?language=ja").json
    assert japanese is not None
    assert [one["line_chars"] for one in japanese["presets"]] == [13, 13, 13, 11, 8, 10, 20]
    assert [(one.name, one.chars_per_second) for one in found.own] == [("Mine", 3.5)]
    other = MINE | {"line_chars": 20}
    for base in (None, other):
        late = client.put("/api/presets", json=other | {"lines": 1, "base": base})
        assert late.status_code == 409
        assert late.json is not None
        assert late.json["error"]["current"]["chars_per_second"] == 3.5
    assert client.put("/api/presets", json=other | {"base": MINE}).status_code == 200
    late = client.delete("/api/presets/Mine", json={"base": MINE})
    assert late.status_code == 409
    assert "It was not deleted. Check it" in late.text
    assert client.delete("/api/presets/Mine", json={"base": other}).status_code == 204
    assert client.put("/api/presets", json=MINE).status_code == 200
    assert client.delete("/api/presets/Mine").status_code == 204
    assert client.delete("/api/presets/Mine").status_code == 404
    refused = client.put("/api/presets", json=MINE | {"name": "bbc"})
    assert refused.status_code == 422
    refused = client.put("/api/presets", json=MINE | {"lines": 9})
    assert refused.json is not None
    assert refused.json["error"]["message"] == "lines: a number from 1 to 4"


def test_a_file_of_rules_is_read_and_not_kept(client: FlaskClient) -> None:
    body = {"stem": "Ours", "text": '{"line_chars": 30, "max_ms": 5000}'}
    found = client.post("/api/presets/file", json=body)
    assert found.json == asdict(Rules("Ours", line_chars=30, max_ms=5000))
    assert PresetList.model_validate(client.get("/api/presets").json).own == []
    refused = client.post("/api/presets/file", json={"stem": "x", "text": '{\n"line_chars": 3}'})
    assert refused.status_code == 422
    assert refused.json is not None
    assert refused.json["error"]["message"] == "line_chars: line 2: a number from 8 to 100"


def test_captions_come_with_what_breaks_their_rules(
    client: FlaskClient, transcript_id: str
) -> None:
    answer = captions(client, transcript_id, MINE)
    assert [(cue.start_ms, cue.end_ms, cue.lines) for cue in answer.cues] == [
        (0, 2000, ["😀hey Alad"]),
        (2000, 4285, ["good day"]),
    ]
    assert [cue.segment_id for cue in answer.cues] == ["s1", "s2"]
    assert [cue.chars for cue in answer.cues] == [9, 8]
    whole = captions(client, transcript_id, MINE | {"keeps_lines": False})
    parts = [(one.segment_id, one.first_word, one.last_word) for one in whole.cues[0].parts]
    assert (len(whole.cues), parts) == (1, [("s1", 0, 1), ("s2", 0, 1)])
    assert [one.revision for one in whole.cues[0].parts] == [1, 1]
    assert (answer.errors, answer.warnings, answer.counts) == (1, 0, {"speed": 1})
    (violation,) = answer.violations
    assert (violation.cue, violation.severity, violation.fix) == (0, "error", None)


def test_a_preset_is_linted_by_name_an_own_one_too(client: FlaskClient, transcript_id: str) -> None:
    client.put("/api/presets", json=MINE)
    answer = Lint.model_validate(
        client.get(f"/api/transcripts/{transcript_id}/lint?preset=Mine").json
    )
    assert (answer.errors, answer.counts) == (1, {"speed": 1})
    assert client.get(f"/api/transcripts/{transcript_id}/lint?preset=x").status_code == 422
    response = client.get(f"/api/transcripts/{transcript_id}/export?format=srt&preset=Mine")
    assert response.text.startswith("1\n00:00:00,000 --> 00:00:02,000\n")


def test_lines_that_break_rules_are_broken_anew_and_back(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    narrow = LINES | {"line_chars": 8, "lines": 1}
    answer = captions(client, transcript_id, narrow)
    assert [(one.rule, one.fix) for one in answer.violations] == [("lines", "break it anew")]
    send(client, transcript_id, kind="break", segment_id=None, rules=narrow)
    assert texts(store, transcript_id) == ["😀hey", "Alad", "good day"]
    assert captions(client, transcript_id, narrow).violations == []
    client.post(f"/api/transcripts/{transcript_id}/undo", json={})
    assert texts(store, transcript_id) == ["😀hey Alad", "good day"]


@pytest.mark.parametrize(("segment_id", "status"), [("s1", 200), ("s2", 200), ("gone", 404)])
def test_one_line_is_broken_anew(
    client: FlaskClient, transcript_id: str, store: Store, segment_id: str, status: int
) -> None:
    narrow = LINES | {"line_chars": 8, "lines": 1}
    one = {"kind": "break", "segment_id": segment_id, "rules": narrow}
    if status == 200:
        assert send(client, transcript_id, **one, base_revision=0).status_code == 409
    response = send(client, transcript_id, **one)
    assert response.status_code == status
    count = 3 if segment_id == "s1" else 2
    assert len(texts(store, transcript_id)) == count


def test_rules_that_make_no_sense_are_refused(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    address = f"/api/transcripts/{transcript_id}/captions"
    for wrong in ({}, LINES | {"line_chars": 0}, LINES | {"cps": 3}, LINES | {"lines": "2"}):
        assert client.post(address, json=wrong).status_code == 422
    assert client.post("/api/transcripts/none/captions", json=LINES).status_code == 404
    assert store.presets() == []


def test_captions_are_judged_by_the_shots_of_the_film(
    client: FlaskClient, store: Store, transcript_id: str
) -> None:
    address = f"/api/transcripts/{transcript_id}"
    assert client.get(f"{address}/shots").json == {"until_ms": 0, "starts_ms": []}
    refused = client.post(f"{address}/jobs", json={"kind": "shots"})
    assert refused.json is not None
    assert refused.json["error"]["message"] == "This transcript has no film."
    rules = {"name": "Mine", "line_chars": 30, "shot_ms": 500, "gap_ms": 80}
    shot_ms = captions(client, transcript_id, rules).cues[1].end_ms + 200
    store.save_shot_changes(transcript_id, 9000, [shot_ms])
    assert client.get(f"{address}/shots").json == {"until_ms": 9000, "starts_ms": [shot_ms]}
    (found,) = captions(client, transcript_id, rules).violations
    assert (found.cue, found.rule, found.severity) == (1, "shot", "warning")
    assert found.message == "it ends 200 ms before a shot change"
    assert (found.fix, found.end_ms) == ("end it later", shot_ms - 80)


def test_words_that_are_struck_out_are_in_no_caption_as_in_exports() -> None:
    said = [
        Word(text, 300 * at, 300 * at + 200, struck=text in ("Um", "uh"))
        for at, text in enumerate(("Um", "well", "we", "uh", "go", "now"))
    ]
    segments = (
        Segment("a", "Um well we uh go now", tuple(said)),
        Segment("b", "uh", (Word("uh", 3000, 3200, struck=True),)),
    )
    (cue,) = captioned(Transcript(segments), PRESETS["lines"], "en").cues
    assert cue.lines == ("Well we go now",)
    assert [(one.first_word, one.last_word) for one in cue.parts] == [(1, 2), (4, 5)]
