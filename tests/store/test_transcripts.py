from __future__ import annotations

import pytest

from editor.errors import NotFound
from editor.store import ListedOrder, Reviewed, Sought, Store, new_transcript_id
from tests.store.samples import new_transcript, save_edit, segment, set_reviewed, three_lines
from tests.support.clock import Clock


def test_imported_file_comes_back_byte_for_byte(store: Store) -> None:
    row = store.create_transcript(
        title="Talk",
        media_name="talk.mp3",
        model="base",
        imported=b"\xef\xbb\xbfHi\r\n",
        imported_name="talk.txt",
        problems=[{"line": 1, "text": "?", "reason": "no"}],
    )
    assert store.imported_text(row.id) == b"\xef\xbb\xbfHi\r\n"
    assert store.transcript(row.id) == row


def test_update_changes_only_what_is_named(store: Store, clock: Clock) -> None:
    row = store.create_transcript(title="Talk", media_name="talk.mp3", model="base", language="en")
    clock.ms += 5
    changed = store.update_transcript(row.id, coverage={"heard": 0.5}, language=None)
    assert (changed.title, changed.coverage, changed.language) == ("Talk", {"heard": 0.5}, None)
    assert (changed.seq, changed.updated_ms) == (row.seq + 1, row.updated_ms + 5)
    assert store.update_transcript(row.id, coverage=None).coverage is None


def test_newest_transcript_comes_first(store: Store, clock: Clock) -> None:
    first = three_lines(store)
    clock.ms += 1
    second = three_lines(store)
    assert [row.id for row in store.list_transcripts()] == [second, first]


def test_deleted_transcript_takes_all_along(store: Store) -> None:
    transcript_id = three_lines(store)
    job = store.create_job("transcribe", transcript_id)
    store.delete_transcript(transcript_id)
    assert store.segments(transcript_id) == []
    with pytest.raises(NotFound):
        store.transcript(transcript_id)
    with pytest.raises(NotFound):
        store.job(job.id)
    with pytest.raises(NotFound):
        store.delete_transcript(transcript_id)


def test_no_id_is_taken_for_an_option_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["-CIKDCtP3Gd9", "--b_3xPq0Wza", "C-IKDCtP3Gd9"])
    monkeypatch.setattr("secrets.token_urlsafe", lambda count: next(made))
    assert new_transcript_id() == "C-IKDCtP3Gd9"


def test_transcripts_are_listed_by_age_title_length_and_what_is_left(
    store: Store, clock: Clock
) -> None:
    ids = list[str]()
    for count in (2, 3, 0, 3):
        segments = [segment(f"s{n}", "word", 1000 * n) for n in range(count)]
        ids.append(new_transcript(store, segments))
        clock.ms += 1000
    titles = ["beta", "Alpha", "gamma", "Delta"]
    for transcript_id, title, duration_ms in zip(
        ids, titles, (3000, 9000, None, 5000), strict=True
    ):
        store.update_transcript(transcript_id, title=title, duration_ms=duration_ms)
    for segment_id in ("s0", "s2"):
        save_edit(store, ids[1], set_reviewed(segment_id), base_revisions={segment_id: 1})

    def listed(order: ListedOrder) -> list[str]:
        return [row.title for row in store.list_transcripts(Sought(order=order))]

    assert listed("newest") == titles[::-1]
    assert listed("title") == ["Alpha", "beta", "Delta", "gamma"]
    assert listed("longest") == ["Alpha", "Delta", "beta", "gamma"]
    assert listed("left") == ["Delta", "beta", "Alpha", "gamma"]
    assert store.reviewed_counts(ids) == {
        ids[0]: Reviewed(0, 2),
        ids[1]: Reviewed(2, 3),
        ids[3]: Reviewed(0, 3),
    }
