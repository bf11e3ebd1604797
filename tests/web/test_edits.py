from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from editor.store import Store
from editor.web.schemas.responses import Applied, Changes, Conflict


def send(client: FlaskClient, transcript_id: str, **body: object) -> TestResponse:
    # Written as ASCII, so that half a character can be sent.
    return client.post(
        f"/api/transcripts/{transcript_id}/edits",
        data=json.dumps(body),
        content_type="application/json",
    )


def applied(response: TestResponse) -> Applied:
    assert response.status_code == 200, response.text
    return Applied.model_validate(response.json)


def texts(store: Store, transcript_id: str) -> list[str]:
    return [stored.segment.text for stored in store.segments(transcript_id)]


S1: dict[str, Any] = {"segment_id": "s1", "base_revision": 1}
S2: dict[str, Any] = {"segment_id": "s2", "base_revision": 1}


def test_corrected_word_keeps_its_time_and_settles_the_doubt(
    client: FlaskClient, transcript_id: str
) -> None:
    result = applied(send(client, transcript_id, kind="text", **S1, text="😀hey Aled"))
    (segment,) = result.segments
    assert (segment.text, segment.revision) == ("😀hey Aled", 2)
    assert [word[2:4] for word in segment.words] == [(0, 500), (500, 900)]
    assert segment.doubts == []
    assert result.can_undo


def test_same_text_changes_nothing(client: FlaskClient, transcript_id: str) -> None:
    result = applied(send(client, transcript_id, kind="text", **S1, text="😀hey Alad"))
    assert (result.segments, result.can_undo) == ([], False)


def test_split_counts_code_units_of_the_unsaved_text(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    body = {"kind": "split", **S1, "text": "  😀hey Aled", "offset": 8}
    result = applied(send(client, transcript_id, **body))
    assert [segment.text for segment in result.segments] == ["😀hey", "Aled"]
    assert texts(store, transcript_id) == ["😀hey", "Aled", "good day"]


@pytest.mark.parametrize("offset", [0, 10, 99])
def test_split_leaves_no_part_empty(client: FlaskClient, transcript_id: str, offset: int) -> None:
    response = send(client, transcript_id, kind="split", **S1, text="😀hey Alad", offset=offset)
    assert response.status_code == 422


def test_merge_takes_unsaved_typing_of_both(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    body = {"kind": "merge", **S1, "next_id": "s2", "next_revision": 1}
    result = applied(
        send(client, transcript_id, **body, text="😀hey Aled", next_text="good day all")
    )
    assert result.removed == ["s2"]
    assert texts(store, transcript_id) == ["😀hey Aled good day all"]


def test_merge_needs_neighbours(client: FlaskClient, transcript_id: str) -> None:
    body = {"kind": "merge", **S2, "next_id": "s1", "next_revision": 1}
    response = send(client, transcript_id, **body, text="good day", next_text="😀hey Alad")
    assert response.status_code == 422


def test_set_changes_only_what_is_named(client: FlaskClient, transcript_id: str) -> None:
    applied(send(client, transcript_id, kind="set", **S1, speaker="Ann", new_turn=True))
    second = {"segment_id": "s1", "base_revision": 2}
    result = applied(
        send(client, transcript_id, kind="set", **second, reviewed=True, kind_of_segment="sound")
    )
    (segment,) = result.segments
    assert (segment.speaker, segment.new_turn, segment.reviewed, segment.kind) == (
        "Ann",
        True,
        True,
        "sound",
    )
    third = {"segment_id": "s1", "base_revision": 3}
    result = applied(send(client, transcript_id, kind="set", **third, speaker=None))
    assert result.segments[0].speaker is None


def test_a_speaker_is_renamed_everywhere_and_back_in_one_step(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    def speakers() -> list[str | None]:
        return [stored.segment.speaker for stored in store.segments(transcript_id)]

    for segment in (S1, S2):
        applied(send(client, transcript_id, kind="set", **segment, speaker="Alad"))
    rename = {"kind": "rename_speaker", "speaker": "Alad", "to": "Elad"}
    result = applied(send(client, transcript_id, **rename))
    assert [segment.speaker for segment in result.segments] == ["Elad", "Elad"]
    assert applied(send(client, transcript_id, **rename)).segments == []
    late = send(client, transcript_id, **rename | {"to": "Aled", "base": ["s1", "s2"]})
    assert late.status_code == 409
    assert "It is now “Elad”." in late.text
    same = {**rename, "base": ["s1", "s2"]}
    assert applied(send(client, transcript_id, **same)).segments == []
    client.post(f"/api/transcripts/{transcript_id}/undo", json={})
    assert speakers() == ["Alad", "Alad"]
    applied(send(client, transcript_id, **{**rename, "to": None}))
    assert speakers() == [None, None]


@pytest.mark.parametrize(
    ("after_id", "order"),
    [
        (None, ["oh well", "😀hey Alad", "good day"]),
        ("s1", ["😀hey Alad", "oh well", "good day"]),
        ("s2", ["😀hey Alad", "good day", "oh well"]),
    ],
)
def test_insert_finds_its_place_and_time(
    client: FlaskClient, transcript_id: str, store: Store, after_id: str | None, order: list[str]
) -> None:
    body = {"kind": "insert", "after_id": after_id, "text": "oh well", "speaker": "Ann"}
    applied(send(client, transcript_id, **body))
    assert texts(store, transcript_id) == order


def test_delete_then_undo_then_redo(client: FlaskClient, transcript_id: str, store: Store) -> None:
    assert applied(send(client, transcript_id, kind="delete", **S1)).removed == ["s1"]
    address = f"/api/transcripts/{transcript_id}"
    undone = applied(client.post(f"{address}/undo", json={}))
    assert (undone.can_undo, undone.can_redo) == (False, True)
    assert texts(store, transcript_id) == ["😀hey Alad", "good day"]
    assert applied(client.post(f"{address}/redo", json={})).removed == ["s1"]
    assert texts(store, transcript_id) == ["good day"]


def test_nothing_to_undo(client: FlaskClient, transcript_id: str) -> None:
    response = client.post(f"/api/transcripts/{transcript_id}/undo", json={})
    assert response.status_code == 409
    assert response.json
    assert response.json["error"]["code"] == "nothing_to_undo"


def test_times_set_by_hand_are_locked(client: FlaskClient, transcript_id: str) -> None:
    span = {"first_word": 0, "last_word": 0, "start_ms": 1900, "end_ms": 2200}
    result = applied(send(client, transcript_id, kind="times", **S2, **span))
    assert result.segments[0].words[0] == (0, 4, 1900, 2200, 4, None, 1, 0, 0, "")
    past = {"first_word": 0, "last_word": 0, "start_ms": 100, "end_ms": 300}
    response = send(client, transcript_id, kind="times", segment_id="s2", base_revision=2, **past)
    assert response.status_code == 422


def starts(store: Store, transcript_id: str) -> list[int]:
    return [w.start_ms for one in store.segments(transcript_id) for w in one.segment.words]


def test_everything_from_a_word_on_is_moved_and_undone_in_one_step(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    result = applied(send(client, transcript_id, kind="move", **S1, word=1, to_ms=700))
    assert starts(store, transcript_id) == [0, 700, 2200, 2600]
    assert [segment.words[-1][6] for segment in result.segments] == [1, 0]
    client.post(f"/api/transcripts/{transcript_id}/undo", json={})
    assert starts(store, transcript_id) == [0, 500, 2000, 2400]


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ({"segment_id": "s1", "word": 1}, [0, 500, 3658, 4500]),
        ({"segment_id": None}, [0, 938, 3750, 4500]),
    ],
)
def test_what_lies_between_an_anchor_and_here_is_stretched(
    client: FlaskClient, transcript_id: str, store: Store, anchor: object, expected: list[int]
) -> None:
    body = {"kind": "move", **S2, "word": 1, "to_ms": 4500, "anchor": anchor}
    applied(send(client, transcript_id, **body))
    assert starts(store, transcript_id) == expected


@pytest.mark.parametrize(
    ("span_ms", "by_ms", "expected"),
    [
        ((500, 1400), 700, [0, 500, 2700, 3100]),
        ((500, 2600), 700, [0, 500, 2700, 3100]),
        ((500, 600), -1000, [0, 500, 1000, 1400]),
    ],
)
def test_a_word_is_laid_and_all_below_moves_in_one_step(
    client: FlaskClient,
    transcript_id: str,
    store: Store,
    span_ms: tuple[int, int],
    by_ms: int,
    expected: list[int],
) -> None:
    start_ms, end_ms = span_ms
    body = {"kind": "times", **S1, "first_word": 1, "last_word": 1, "below_by_ms": by_ms}
    applied(send(client, transcript_id, **body, start_ms=start_ms, end_ms=end_ms))
    assert starts(store, transcript_id) == expected
    assert store.segment(transcript_id, "s1").segment.end_ms == end_ms
    client.post(f"/api/transcripts/{transcript_id}/undo", json={})
    assert starts(store, transcript_id) == [0, 500, 2000, 2400]


def test_words_below_do_not_move_past_what_is_laid(client: FlaskClient, transcript_id: str) -> None:
    body = {"kind": "times", **S1, "first_word": 1, "last_word": 1, "below_by_ms": -1700}
    refused = send(client, transcript_id, **body, start_ms=500, end_ms=900)
    assert refused.status_code == 422


@pytest.mark.parametrize("anchor", [None, {"segment_id": "s2", "word": 0}])
def test_a_move_past_the_words_before_is_refused(
    client: FlaskClient, transcript_id: str, anchor: object
) -> None:
    body = {"kind": "move", **S2, "word": 0, "to_ms": 100, "anchor": anchor}
    assert send(client, transcript_id, **body).status_code == 422


def test_conflict_gives_the_segment_as_it_is_now(client: FlaskClient, transcript_id: str) -> None:
    applied(send(client, transcript_id, kind="text", **S1, text="hey Aled"))
    response = send(client, transcript_id, kind="text", **S1, text="hey Allad")
    assert response.status_code == 409
    conflict = Conflict.model_validate(response.json)
    assert conflict.error.code == "edit_conflict"
    assert conflict.current is not None
    assert (conflict.current.text, conflict.current.revision) == ("hey Aled", 2)


def test_conflict_with_a_deletion_has_no_current(client: FlaskClient, transcript_id: str) -> None:
    applied(send(client, transcript_id, kind="delete", **S1))
    response = send(client, transcript_id, kind="text", **S1, text="hey")
    assert response.status_code == 409
    assert response.json
    assert response.json["current"] is None


def test_edit_sent_twice_is_applied_once(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    body = {"kind": "split", **S1, "text": "😀hey Alad", "offset": 6, "edit_id": "e-1"}
    first = applied(send(client, transcript_id, **body))
    again = applied(send(client, transcript_id, **body))
    assert [s.id for s in again.segments] == [s.id for s in first.segments]
    assert texts(store, transcript_id) == ["😀hey", "Alad", "good day"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "dance", **S1},
        {"kind": "text", **S1},
        {"kind": "text", "segment_id": "s1", "base_revision": "1", "text": "x"},
        {"kind": "text", **S1, "text": 5},
        {"kind": "text", **S1, "text": "half \ud83d"},
        {"kind": "text", **S1, "text": "a\0b"},
        {"kind": "text", **S1, "text": "x", "extra": 1},
        {"kind": "times", **S1, "first_word": 0, "last_word": 0, "start_ms": -1, "end_ms": 9},
        {"kind": "times", **S1, "first_word": 0, "last_word": 9, "start_ms": 1, "end_ms": 99},
        {"kind": "times", **S1, "first_word": 0, "last_word": 0, "start_ms": 1, "end_ms": 2**63},
    ],
)
def test_bad_edit_is_refused_whole(
    client: FlaskClient, transcript_id: str, store: Store, body: dict[str, Any]
) -> None:
    response = send(client, transcript_id, **body)
    assert response.status_code == 422, response.text
    assert response.json
    assert "pydantic" not in response.text
    assert texts(store, transcript_id) == ["😀hey Alad", "good day"]


def test_unknown_segment_is_not_found(client: FlaskClient, transcript_id: str) -> None:
    body = {"kind": "text", "segment_id": "zz", "base_revision": 1, "text": "x"}
    assert send(client, transcript_id, **body).status_code == 404


def test_edits_that_leave_guessed_times_are_listened_to(
    client: FlaskClient, transcript_id: str, store: Store, models: dict[str, str]
) -> None:
    def listened_since() -> list[int]:
        """Of the jobs that are asked for; they are cancelled, so that none waits for another."""
        jobs = [store.request_cancel(job.id) for job in store.jobs(transcript_id)]
        return [job.params["since"] for job in jobs]

    models["base"] = "cached"
    seq = store.transcript(transcript_id).seq
    applied(send(client, transcript_id, kind="set", **S2, reviewed=True))
    assert listened_since() == []
    applied(send(client, transcript_id, kind="text", **S1, text="😀hey Alad and others"))
    assert listened_since() == [seq + 1]
    applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    assert listened_since() == [seq + 2]
    applied(client.post(f"/api/transcripts/{transcript_id}/redo", json={}))
    assert listened_since() == [seq + 3]


def test_listening_to_edits_is_no_job_of_the_library(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    store.create_job("listen", transcript_id)
    (summary,) = client.get("/api/transcripts").get_json()["transcripts"]
    assert summary["job"] is None
    whole = client.get(f"/api/transcripts/{transcript_id}").get_json()
    assert [job["kind"] for job in whole["jobs"]] == ["listen"]
    assert whole["listens_again"] is False


BOTH = [{"segment_id": "s1", "base_revision": 1}, {"segment_id": "s2", "base_revision": 1}]


def test_many_segments_are_set_in_one_step(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    body = {"kind": "set_many", "segments": BOTH, "speaker": "Ann", "reviewed": True}
    result = applied(send(client, transcript_id, **body))
    assert [(one.speaker, one.reviewed) for one in result.segments] == [("Ann", True)] * 2
    assert send(client, transcript_id, **body).status_code == 409
    assert len(store.revisions(transcript_id)) == 1
    undone = applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    assert [(one.speaker, one.reviewed) for one in undone.segments] == [(None, False)] * 2


def test_many_segments_are_deleted_and_come_back_in_one_step(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    before = texts(store, transcript_id)
    inserted = applied(send(client, transcript_id, kind="insert", after_id="s1", text="between"))
    assert applied(send(client, transcript_id, kind="delete_many", segments=BOTH)).removed == [
        "s1",
        "s2",
    ]
    assert texts(store, transcript_id) == ["between"]
    assert inserted.segments[0].text == "between"
    applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    assert texts(store, transcript_id) == [before[0], "between", before[1]]


def test_a_segment_is_inserted_at_a_time(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    last = {"kind": "insert", "after_id": "s2", "text": "the end"}
    (made,) = applied(send(client, transcript_id, **last, start_ms=5000, end_ms=5800)).segments
    stored = store.segments(transcript_id)[-1].segment
    assert (stored.id, stored.start_ms, stored.end_ms) == (made.id, 5000, 5800)
    assert all(word.locked for word in stored.words)
    above_ms = store.segments(transcript_id)[1].segment.words[-1].start_ms
    for start_ms, end_ms in ((above_ms - 1, 9000), (6000, 6030), (6000, None)):
        refused = send(client, transcript_id, **last, start_ms=start_ms, end_ms=end_ms)
        assert refused.status_code == 422, refused.text
    assert len(store.segments(transcript_id)) == 3


def test_neighbours_are_joined_but_not_over_what_lies_between(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    applied(send(client, transcript_id, kind="set", **S2, note="who?"))
    both = [BOTH[0], {**BOTH[1], "base_revision": 2}]
    result = applied(send(client, transcript_id, kind="merge_many", segments=both))
    assert [(one.text, one.note) for one in result.segments] == [("😀hey Alad good day", "who?")]
    applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    applied(send(client, transcript_id, kind="insert", after_id="s1", text="between"))
    both = [{**BOTH[0], "base_revision": 3}, {**BOTH[1], "base_revision": 4}]
    refused = send(client, transcript_id, kind="merge_many", segments=both)
    assert refused.status_code == 422, refused.text
    assert "neighbouring" in refused.text


def test_a_note_is_kept_undone_and_exported_in_json_alone(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    (segment,) = applied(send(client, transcript_id, kind="set", **S1, note="ask Aled")).segments
    assert (segment.note, segment.text) == ("ask Aled", "😀hey Alad")
    undone = applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    assert undone.segments[0].note == ""


def test_a_time_set_by_hand_is_let_go(
    client: FlaskClient, transcript_id: str, store: Store, models: dict[str, str]
) -> None:
    models["base"] = "cached"
    times = {"first_word": 1, "last_word": 1, "start_ms": 600, "end_ms": 950}
    locked = applied(send(client, transcript_id, kind="times", **S1, **times)).segments[0]
    assert locked.words[1][2:] == (600, 950, 4, None, 1, 0, 0, "")
    body = {"segment_id": "s1", "base_revision": 2, "first_word": 0, "last_word": 1}
    free = applied(send(client, transcript_id, kind="unlock", **body)).segments[0]
    assert free.words[1][2:] == (600, 950, 1, None, 0, 0, 0, "")
    assert free.words[0] == locked.words[0]
    assert [job.kind for job in store.jobs(transcript_id)] == ["listen"]
    assert (
        send(
            client, transcript_id, kind="unlock", **{**body, "base_revision": 3, "last_word": 9}
        ).status_code
        == 422
    )


def test_words_struck_out_stay_in_the_text_and_leave_exports_until_undone(
    client: FlaskClient, transcript_id: str
) -> None:
    places = [{**S1, "first_word": 1, "last_word": 1}, {**S2, "first_word": 0, "last_word": 1}]
    struck = applied(send(client, transcript_id, kind="strike", places=places))
    assert [[word[8] for word in one.words] for one in struck.segments] == [[0, 1], [1, 1]]
    address = f"/api/transcripts/{transcript_id}"
    assert client.get(f"{address}/export?format=txt").text == "😀hey\n"
    whole = client.get(f"{address}/export?format=json").get_json()
    assert [[w.get("struck") for w in s["words"]] for s in whole["segments"]] == [
        [None, True],
        [True, True],
    ]
    late = {"segment_id": "s1", "base_revision": 2, "first_word": 1, "last_word": 9}
    assert send(client, transcript_id, kind="strike", places=[late]).status_code == 422
    assert send(client, transcript_id, kind="strike", places=places).status_code == 409
    (step, *_) = client.get(f"{address}/history").get_json()["steps"]
    assert (step["kind"], step["segment_count"]) == ("strike", 2)
    applied(client.post(f"{address}/undo", json={}))
    exported = client.get(f"{address}/export?format=txt")
    assert exported.text == "😀hey Alad\ngood day\n"
    applied(client.post(f"{address}/redo", json={}))
    exported = client.get(f"{address}/export?format=srt")
    assert "Left%20out%20as%20struck%20out%3A%203%20words" in exported.headers["Remarks"]


def test_undo_and_redo_sent_twice_are_done_once(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    for revision, text in enumerate(("hey", "hey Aled"), start=1):
        place = {"segment_id": "s1", "base_revision": revision}
        applied(send(client, transcript_id, kind="text", **place, text=text))
    for way, left in (("undo", "hey"), ("redo", "hey Aled")):
        address = f"/api/transcripts/{transcript_id}/{way}"
        for _ in range(2):
            answer = applied(client.post(address, json={"edit_id": f"once-{way}"}))
            assert [segment.text for segment in answer.segments] == [left]
            assert texts(store, transcript_id)[0] == left


def test_a_browser_undoes_its_own_edits_and_is_told_what_stands_in_the_way(
    client: FlaskClient, transcript_id: str
) -> None:
    address = f"/api/transcripts/{transcript_id}"
    ann, ben = {"X-Client": "ann"}, {"X-Client": "ben"}

    def typed(who: dict[str, str], revision: int, text: str) -> None:
        place = {"segment_id": "s1", "base_revision": revision, "text": text}
        body = {"kind": "text", **place}
        applied(client.post(f"{address}/edits", json=body, headers=who))

    for revision, text in enumerate(("hey", "hey Aled"), start=1):
        typed(ann, revision, text)
    typed(ben, 3, "hey Ben")
    blocked = client.post(f"{address}/undo", json={}, headers=ann)
    assert blocked.status_code == 409
    assert blocked.json is not None
    error = blocked.json["error"]
    assert (error["code"], error["direction"]) == ("undo_blocked", "undo")
    before = {"before": error["revision_id"]}
    again = client.post(f"{address}/undo", json=before, headers=ann)
    assert again.json is not None
    assert again.json["error"]["revision_id"] < error["revision_id"]
    applied(client.post(f"{address}/undo", json={}, headers=ben))
    undone = applied(client.post(f"{address}/undo", json={}, headers=ann))
    assert (undone.segments[0].text, undone.can_undo, undone.can_redo) == ("hey", True, True)
    for who, can_undo in ((ann, True), (ben, False)):
        for path in (address, f"{address}/changes"):
            answer = client.get(path, headers=who).json
            assert answer is not None
            assert answer["can_undo"] is can_undo
    # Each is told what the other took back, once.
    told = {
        who["X-Client"]: Changes.model_validate(
            client.get(f"{address}/changes?since={since}", headers=who).json
        ).reverts
        for who, since in ((ann, 1), (ben, undone.seq - 1), ({"X-Client": "cid"}, undone.seq))
    }
    assert [(step.action, step.kind) for step in told["ann"]] == [("undo", "text")]
    assert [change.after for step in told["ben"] for change in step.changes] == ["hey"]
    assert told["cid"] == []
    stream = client.get(f"{address}/events?since=0&client=ben").text
    assert '"can_undo":false' in stream
    assert client.get(address, headers={"X-Client": "a b"}).status_code == 422


def test_a_line_below_one_that_lasts_into_it_is_written_anew_where_it_stands(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    drag = {"kind": "times", "first_word": 1, "last_word": 1, "start_ms": 500, "end_ms": 9000}
    applied(send(client, transcript_id, **drag, **S1))
    below = store.segments(transcript_id)[1].segment
    applied(send(client, transcript_id, kind="text", **S2, text="quite another line"))
    written = store.segments(transcript_id)[1].segment
    assert (written.start_ms, written.end_ms) == (below.start_ms, below.end_ms)


def test_what_is_selected_over_segments_is_replaced_in_one_step(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    words = [one.segment.words for one in store.segments(transcript_id)]
    edit = {"kind": "replace_run", "segments": BOTH}
    applied(send(client, transcript_id, **edit, first_text="😀hey you", last_text="day"))
    first, last = (one.segment for one in store.segments(transcript_id))
    assert (first.text, first.words[0]) == ("😀hey you", words[0][0])
    assert (last.text, last.words) == ("day", words[1][-1:])
    applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    assert [one.segment.words for one in store.segments(transcript_id)] == words
    both = [{**one, "base_revision": 3} for one in BOTH]
    edit = {"kind": "replace_run", "segments": both}
    assert send(client, transcript_id, **edit, first_text=" ", last_text="day").status_code == 200
    assert [one.segment.text for one in store.segments(transcript_id)] == ["day"]
    applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    edit = {"kind": "replace_run", "segments": [{**one, "base_revision": 5} for one in BOTH]}
    assert send(client, transcript_id, **edit, first_text="", last_text="").status_code == 200
    assert store.segments(transcript_id) == []
    applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    assert len(store.segments(transcript_id)) == 2


def test_words_are_coded_and_a_code_renamed(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    place = {**S1, "first_word": 0, "last_word": 1}
    result = applied(send(client, transcript_id, kind="code", code="Trust", places=[place]))
    assert [word[9] for word in result.segments[0].words] == ["Trust", "Trust"]
    place = {**place, "base_revision": 2, "last_word": 0}
    applied(send(client, transcript_id, kind="code", code="A b", places=[place]))
    applied(send(client, transcript_id, kind="rename_code", code="Trust", to="Zeit"))
    codes = [one.codes for one in store.segments(transcript_id)[0].segment.words]
    assert codes == [("A b", "Zeit"), ("Zeit",)]
    for _ in range(3):
        applied(client.post(f"/api/transcripts/{transcript_id}/undo", json={}))
    assert not any(one.codes for one in store.segments(transcript_id)[0].segment.words)
    for code in ("", " a", "a\nb", "x" * 101):
        place = {**S1, "base_revision": 7, "first_word": 0, "last_word": 0}
        refused = send(client, transcript_id, kind="code", code=code, places=[place])
        assert refused.status_code == 422


def test_a_line_of_a_caption_is_ended_and_undone(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    def ends() -> list[bool]:
        return [w.ends_line for one in store.segments(transcript_id) for w in one.segment.words]

    applied(send(client, transcript_id, kind="line", **S1, word=0))
    assert ends() == [True, False, False, False]
    client.post(f"/api/transcripts/{transcript_id}/undo", json={})
    assert ends() == [False] * 4
    client.post(f"/api/transcripts/{transcript_id}/redo", json={})
    assert ends() == [True, False, False, False]
    refused = send(client, transcript_id, kind="line", **S2, word=1)
    assert refused.status_code == 422
