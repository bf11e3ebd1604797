from __future__ import annotations

from itertools import islice

from flask.testing import FlaskClient

from editor.document import RecognisedWord, Segment, Turn, Word
from editor.store import Store
from editor.web.schemas.responses import Applied, Changes
from editor.web.schemas.responses_review import AllDoubts
from tests.support.segments import put_segments

ALAD = {"segment_id": "s1", "kind": "different", "written": "Alad", "heard": "Aled"}


def kept_flags(client: FlaskClient, transcript_id: str) -> list[tuple[str, bool]]:
    answer = client.get(f"/api/transcripts/{transcript_id}/doubts")
    found = AllDoubts.model_validate(answer.json)
    return [(doubt.heard, doubt.kept) for one in found.segments for doubt in one.doubts]


def keep(client: FlaskClient, transcript_id: str, **body: object) -> Changes:
    address = f"/api/transcripts/{transcript_id}/kept-doubts"
    response = client.put(address, json=body)
    assert response.status_code == 200, response.text
    return Changes.model_validate(response.json)


def test_a_kept_doubt_is_kept_for_everybody_until_it_is_opened_again(
    client: FlaskClient, transcript_id: str
) -> None:
    assert kept_flags(client, transcript_id) == [("Aled", False)]
    answer = keep(client, transcript_id, **ALAD)
    assert [doubt.kept for doubt in answer.segments[0].doubts] == [True]
    assert kept_flags(client, transcript_id) == [("Aled", True)]
    keep(client, transcript_id, **ALAD, kept=False)
    assert kept_flags(client, transcript_id) == [("Aled", False)]


def test_it_stays_kept_when_another_model_hears_something_else(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    keep(client, transcript_id, **ALAD)
    heard = [RecognisedWord(0, "hey", 0, 500, 0.9), RecognisedWord(1, "Allie", 520, 900, 0.8)]
    store.save_chunk(transcript_id, "small", 0, 0, 10_000, heard)
    assert kept_flags(client, transcript_id)[0] == ("Allie", True)


def test_a_doubt_that_is_no_more_changes_nothing(client: FlaskClient, transcript_id: str) -> None:
    assert keep(client, transcript_id, **{**ALAD, "heard": "Allad"}).segments == []
    address = f"/api/transcripts/{transcript_id}/kept-doubts"
    assert client.put(address, json={**ALAD, "segment_id": "gone"}).status_code == 404


def test_a_turn_where_another_voice_begins_settles_the_doubt_in_one_step(
    client: FlaskClient, store: Store
) -> None:
    transcript_id = talk(store, ("Ada", 8), ("Bob", 4))
    address = f"/api/transcripts/{transcript_id}"
    found = AllDoubts.model_validate(client.get(f"{address}/doubts").json)
    (doubt,) = (doubt for one in found.segments for doubt in one.doubts)
    assert (doubt.kind, doubt.first_word, doubt.heard) == ("another_voice", 4, "Bob")
    split = {"kind": "split", "segment_id": "s0", "base_revision": 1, "edit_id": "e1"}
    text = "w0 w1 w2 w3 w4 w5 w6 w7"
    body = {**split, "text": text, "offset": 12, "new_turn": True, "speaker": doubt.heard}
    answer = Applied.model_validate(client.post(f"{address}/edits", json=body).json)
    parts = [(one.speaker, one.new_turn, one.text, one.doubts) for one in answer.segments[:2]]
    assert parts == [("Ada", False, "w0 w1 w2 w3", []), ("Bob", True, "w4 w5 w6 w7", [])]
    assert answer.corrected == 1
    client.post(f"{address}/undo", json={"edit_id": "u1"})
    again = AllDoubts.model_validate(client.get(f"{address}/doubts").json)
    assert [one.doubts for one in again.segments] == [[doubt]]


def test_a_turn_of_two_lines_in_which_the_same_voice_goes_on_is_taken_back_at_once(
    client: FlaskClient, store: Store
) -> None:
    transcript_id = talk(store, ("Ada", 8), ("Bob", 3), ("Bob", 3), ("Bob", 8))
    store.save_voice_turns(transcript_id, [Turn(0, 3500, 0), Turn(3500, 5500, 1)])
    address = f"/api/transcripts/{transcript_id}"
    found = AllDoubts.model_validate(client.get(f"{address}/doubts").json)
    kinds = {one.id: [(doubt.kind, doubt.heard) for doubt in one.doubts] for one in found.segments}
    assert kinds == {"s1": [("same_voice", "Ada")], "s3": [("another_voice", "Bob")]}
    segments = [{"segment_id": one, "base_revision": 1} for one in ("s1", "s2")]
    body = {"kind": "set_many", "segments": segments, "speaker": "Ada", "new_turn": False}
    answer = client.post(f"{address}/edits", json={**body, "edit_id": "e1"})
    assert [one.doubts for one in Applied.model_validate(answer.json).segments] == [[], [], []]
    left = AllDoubts.model_validate(client.get(f"{address}/doubts").json)
    assert left.segments == []


def test_the_line_below_is_judged_anew_when_only_the_one_above_changes(
    client: FlaskClient, store: Store
) -> None:
    transcript_id = talk(store, ("Ada", 4), ("Ada", 8))
    address = f"/api/transcripts/{transcript_id}"
    seq = store.transcript(transcript_id).seq
    body = {"kind": "set", "segment_id": "s0", "base_revision": 1, "speaker": "Cleo"}
    named = Applied.model_validate(client.post(f"{address}/edits", json=body).json)
    assert [(one.id, one.doubts) for one in named.segments] == [("s0", []), ("s1", [])]
    told = Changes.model_validate(client.get(f"{address}/changes?since={seq}").json)
    assert [one.id for one in told.segments] == ["s0", "s1"]
    back = Applied.model_validate(client.post(f"{address}/undo", json={"edit_id": "u1"}).json)
    assert [(one.id, [doubt.kind for doubt in one.doubts]) for one in back.segments] == [
        ("s0", []),
        ("s1", ["another_voice"]),
    ]
    revision = back.segments[0].revision
    gone = {"kind": "delete", "segment_id": "s0", "base_revision": revision}
    left = Applied.model_validate(client.post(f"{address}/edits", json=gone).json)
    assert [(one.id, one.doubts) for one in left.segments] == [("s1", [])]


def test_all_turns_follow_the_voices_in_one_step_but_where_somebody_kept_them(
    client: FlaskClient, store: Store
) -> None:
    transcript_id = talk(store, ("Ada", 8), ("Ada", 4), ("Bob", 12), ("Ada", 8))
    store.save_voice_turns(
        transcript_id,
        [Turn(0, 1000, 0), Turn(1000, 6000, 1), Turn(6000, 7000, 2), Turn(7000, 8000, 0)],
    )
    address = f"/api/transcripts/{transcript_id}"
    words = {"written": "w28 w29 w30", "heard": "Ada"}
    keep(client, transcript_id, segment_id="s3", kind="another_voice", **words)
    answer = client.post(f"{address}/edits", json={"kind": "follow_voices"})
    done = Applied.model_validate(answer.json)
    texts = [(one.segment.speaker, one.segment.text) for one in store.segments(transcript_id)]
    assert texts == [
        ("Ada", "w0 w1 w2 w3"),
        ("Bob", "w4 w5 w6 w7"),
        ("Bob", "w8 w9 w10 w11"),
        ("Bob", " ".join(f"w{n}" for n in range(12, 24))),
        ("Ada", " ".join(f"w{n}" for n in range(24, 32))),
    ]
    assert done.corrected == 1
    again = client.post(f"{address}/edits", json={"kind": "follow_voices", "base_seq": done.seq})
    assert Applied.model_validate(again.json).segments == []
    client.post(f"{address}/undo", json={"edit_id": "u1"})
    assert len(store.segments(transcript_id)) == 4


def test_each_voice_is_told_with_the_segments_that_it_says(
    client: FlaskClient, store: Store
) -> None:
    transcript_id = talk(store, ("Ada", 4), ("Ada", 4), ("Bob", 4))
    address = f"/api/transcripts/{transcript_id}/voices"
    assert client.get(address).json["voices"] == [  # type: ignore[index]
        {"voice": 1, "name": "Bob", "segments": ["s1", "s2"]},
        {"voice": 0, "name": "Ada", "segments": ["s0"]},
    ]
    store.save_voice_turns(transcript_id, [])
    assert client.get(address).json["voices"] == []  # type: ignore[index]


def test_voices_go_with_their_transcript_and_into_its_project(store: Store) -> None:
    transcript_id = talk(store, ("Ada", 8), ("Bob", 4))
    turns = store.project_rows(transcript_id)["voice_turns"]
    assert turns == [
        {"start_ms": start, "voice": voice, "end_ms": start + 1000}
        for start, voice in ((0, 0), (1000, 1), (2000, 1))
    ]
    store.save_voice_turns(transcript_id, [Turn(5, 9, 0)])
    assert len(store.project_rows(transcript_id)["voice_turns"]) == 1
    store.delete_transcript(transcript_id)
    with store._database.read() as connection:
        assert connection.exec_driver_sql("SELECT * FROM voice_turns").all() == []


def talk(store: Store, *lines: tuple[str, int]) -> str:
    """Lines with so many words each, four a second; another voice begins after a second."""
    row = store.create_transcript(title="Talk", media_name="t.mp3", model="base")
    store.update_transcript(row.id, duration_ms=10_000)
    count = sum(words for _, words in lines)
    heard = [RecognisedWord(n, f"w{n}", 250 * n, 250 * n + 240, 0.99) for n in range(count)]
    said = iter(
        Word(one.text, one.start_ms, one.end_ms, "heard", recognised_ids=(one.id,)) for one in heard
    )
    segments = list[Segment]()
    for number, (speaker, length) in enumerate(lines):
        words = tuple(islice(said, length))
        text = " ".join(word.text for word in words)
        segments.append(Segment(f"s{number}", text, words, speaker=speaker))
    put_segments(store, row.id, segments)
    store.save_chunk(row.id, "base", 0, 0, 10_000, heard)
    store.save_voice_turns(row.id, [Turn(0, 1000, 0), Turn(1000, 2000, 1), Turn(2000, 3000, 1)])
    return row.id
