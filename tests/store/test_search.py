from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from sqlalchemy import text

from editor.document import RecognisedWord
from editor.store import Sought, Store
from editor.store.sought_words import sought_words
from tests.store.samples import new_transcript, put, save_edit, segment, three_lines
from tests.support.clock import Clock
from tests.support.segments import put_segments


def found(store: Store, query: str) -> list[str]:
    return [one.segment_id for one in store.search(query)]


def index_is_right(store: Store, *transcript_ids: str) -> bool:
    """The index holds just the present texts, and agrees with itself; PostgreSQL keeps its own."""
    if store._database.engine.dialect.name != "sqlite":
        return True
    with store._database.write() as connection:
        connection.execute(
            text("INSERT INTO segment_words(segment_words, rank) VALUES ('integrity-check', 1)")
        )
        rows = connection.execute(
            text("SELECT transcript_id, segment_id, text FROM segment_texts")
        ).all()
    there = {
        (item, one.segment.id, one.segment.text)
        for item in transcript_ids
        for one in store.segments(item)
    }
    return len(rows) == len(there) and {tuple(row) for row in rows} == there


def test_lone_accent_finds_nothing_and_harms_no_other_word(store: Store) -> None:
    new_transcript(store, [segment("a", "Grüße aus Köln")])
    assert found(store, "\u0301") == []
    assert found(store, "\u0301 köln") == ["a"]
    assert store.list_transcripts(Sought(words="\u0301")) == []


def test_words_are_found_without_case_and_accents_the_last_one_begun(store: Store) -> None:
    transcript_id = new_transcript(
        store, [segment("a", "Grüße aus Köln"), segment("b", "the lamp room", 1000)]
    )
    assert found(store, "koln GRUSSE") == []
    assert found(store, "KOLN grü") == ["a"]
    assert found(store, "room the") == ["b"]
    assert found(store, "roo") == ["b"]
    (one,) = store.search("lamp")
    assert (one.transcript_id, one.title, one.start_ms) == (transcript_id, "Talk", 1000)
    assert one.text == "the lamp room"


def test_a_long_note_is_looked_through_once() -> None:
    began_s = time.process_time()
    assert not sought_words('"dry well dug"').is_in("dry well dry " * 15_000)
    assert time.process_time() - began_s < 1


def test_phrases_are_found_in_quotes_and_first_as_they_were_typed(store: Store) -> None:
    new_transcript(
        store,
        [
            segment("a", "both of these things, which is odd, is what it is"),
            segment("b", "Things which, is it not", 5000),
            segment("c", "nobody knows things", 9000),
            segment("d", "Which is, bothersome or not", 12_000),
        ],
    )
    for quoted in ('"things which is"', "“things which is”"):
        assert sorted(found(store, quoted)) == ["a", "b", "c"]
        assert found(store, quoted)[-1] == "c"
    assert found(store, "which is both") == ["d", "a"]
    assert sorted(found(store, '"which is" both')) == ["a", "d"]
    assert found(store, '"which is both"') == []
    assert found(store, '"is odd" what') == ["a"]
    # The phrase goes on in the next line, as it is typed.
    one, two = store.search("things which is bo")
    assert two.segment_id == "a"
    assert (one.segment_id, one.start_ms) == ("c", 9000)
    assert one.text == "nobody knows things Which is, bothersome or not"
    assert found(store, "knows things which") == ["c"]
    assert found(store, '"knows things which is"') == ["c"]
    assert found(store, '"things which is bo"') == []
    assert found(store, "is it not nobody knows") == ["b"]
    item = store.list_transcripts(Sought(words="it not nobody"))[0].id
    save_edit(store, item, put(over=["c"], after="b"), base_revisions={})
    assert found(store, "things which is bo") == ["a"]
    assert store.list_transcripts(Sought(words="it not nobody")) == []


def test_speakers_notes_and_tags_are_found(store: Store, clock: Clock) -> None:
    lines = [
        segment("a", "one"),
        replace(
            segment("b", "two Maria", 1000), speaker="Søren Ähre", note="ask about Maria's pay"
        ),
        replace(segment("c", "three", 2000), speaker="Søren Ähre"),
        replace(segment("d", "four", 3000), speaker="Maria"),
    ]
    first = new_transcript(store, lines)
    clock.ms += 1
    second = new_transcript(store, lines[3:])
    store.change_tags([second], add=["Pilot 2"], remove=[])

    def kinds(query: str) -> list[tuple[str, str, str]]:
        return [(one.kind, one.segment_id, one.text) for one in store.search(query)]

    assert kinds("ahre") == [("speaker", "b", "Søren Ähre")]
    assert kinds("maria") == [
        ("speaker", "d", "Maria"),
        ("speaker", "d", "Maria"),
        ("note", "b", "ask about Maria's pay"),
        ("text", "b", "two Maria"),
    ]
    assert [one.transcript_id for one in store.search("maria")][:2] == [second, first]
    assert kinds('"maria s pay"') == [("note", "b", "ask about Maria's pay")]
    assert len(store.search("maria", limit=5)) == 3

    def listed(words: str) -> list[str]:
        return [row.id for row in store.list_transcripts(Sought(words))]

    assert listed("pilot") == [second]
    assert listed("maria") == [second, first]
    assert listed("ähre") == listed("about pay") == [first]
    save_edit(store, first, put(over=["b", "c"], after="a"), base_revisions={})
    assert kinds("ähre") == kinds("about pay") == []
    assert listed("ahre") == []


def test_no_query_is_an_error(store: Store) -> None:
    three_lines(store)
    for query in (
        "",
        '"',
        "AND",
        "a OR",
        "NEAR(",
        "text:one",
        "*",
        "-one",
        "'",
        "\0",
        "^",
        "(" * 99,
        "“",
        '"" ""',
        '"a b" "',
        "' <-> \\ :*",
    ):
        store.search(query)
    assert found(store, 'one "two') == ["a"]


def test_every_save_keeps_the_index_right(store: Store) -> None:
    item = three_lines(store)
    change = put(segment("a", "seven eight"), over=["a"], after=None)
    save_edit(store, item, change, base_revisions={})
    assert (found(store, "one"), found(store, "seven")) == ([], ["a"])
    store.undo(item)
    assert (found(store, "one"), found(store, "seven")) == (["a"], [])
    store.redo(item)
    save_edit(store, item, put(over=["b"], after="a"), base_revisions={})
    assert found(store, "three") == []
    assert index_is_right(store, item)
    store.undo(item)
    assert found(store, "three") == ["b"]
    other = new_transcript(store, [segment("a", "seven")])
    put_segments(store, other, [segment("c", "nine")])
    assert index_is_right(store, item, other)
    store.delete_transcript(item)
    assert (found(store, "seven"), found(store, "nine")) == ([], ["c"])
    assert index_is_right(store, other)


def test_many_random_saves_keep_the_index_right(store: Store) -> None:
    chosen = random.Random(2)
    item = new_transcript(store, [segment(f"s{n}", f"word{n}", 1000 * n) for n in range(20)])
    for _ in range(60):
        if chosen.random() < 0.3 and store.changes_since(item, 0).can_undo:
            store.undo(item)
            continue
        ids = [one.segment.id for one in store.segments(item)]
        at = chosen.randrange(1, len(ids))
        changed = segment(ids[at], f"text{chosen.random()}", 1000 * int(ids[at][1:]))
        new = [changed] if chosen.random() < 0.7 else []
        if len(ids) > 5 or new:
            change = put(*new, over=[ids[at]], after=ids[at - 1])
            save_edit(store, item, change, base_revisions={})
    assert index_is_right(store, item)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_index_survives_vacuum(store: Store) -> None:
    first, second = three_lines(store), three_lines(store)
    store.delete_transcript(first)
    with store._database.engine.connect() as connection:
        connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
    change = put(segment("b", "thirteen", 1000), over=["b"], after="a")
    save_edit(store, second, change, base_revisions={})
    assert (found(store, "thirteen"), found(store, "three")) == (["b"], [])
    assert index_is_right(store, second)


def test_the_trash_is_neither_listed_nor_found(store: Store, clock: Clock) -> None:
    item = three_lines(store)
    assert store.move_to_trash(item).deleted_ms == clock.ms
    assert (store.list_transcripts(), found(store, "one")) == ([], [])
    assert [row.id for row in store.list_transcripts(Sought(in_trash=True))] == [item]
    store.move_to_trash(item, is_deleted=False)
    assert [row.id for row in store.list_transcripts()] == [item]
    assert found(store, "one") == ["a"]


def test_the_library_is_listed_in_parts_and_by_title(store: Store, clock: Clock) -> None:
    for number in range(25):
        clock.ms += 1
        store.create_transcript(title=f"Talk {number} 100%", media_name="a.mp3", model="base")
    titles = [row.title for row in store.list_transcripts(limit=3, offset=10)]
    assert titles == ["Talk 14 100%", "Talk 13 100%", "Talk 12 100%"]
    assert [row.title for row in store.list_transcripts(Sought("tALK 7"))] == ["Talk 7 100%"]
    assert (store.count_transcripts(), store.count_transcripts(Sought("0%"))) == (25, 25)
    assert store.count_transcripts(Sought("_")) == 0


def test_the_library_is_listed_by_words_of_titles_and_texts(store: Store, clock: Clock) -> None:
    first = new_transcript(store, [segment("a", "the lamp room"), segment("b", "grüße", 1000)])
    clock.ms += 1
    second = new_transcript(store, [segment("a", "nothing of it")])
    store.update_transcript(second, title="Lamps")

    def listed(words: str) -> list[str]:
        return [row.id for row in store.list_transcripts(Sought(words))]

    assert listed("lamp") == [second, first]
    assert listed("room the") == listed("GRÜ") == [first]
    assert listed("lamp grüße") == listed('"*') == []
    assert store.count_transcripts(Sought("lamp")) == 2
    store.move_to_trash(first)
    assert listed("lamp") == [second]


def test_the_library_is_listed_by_how_the_newest_job_stands(store: Store, clock: Clock) -> None:
    def made(*ends: str) -> str:
        """A transcript with jobs that came to these ends, one after the other."""
        item = store.create_transcript(title="Talk", media_name="a.mp3", model="base").id
        for end in ends:
            clock.ms += 1
            job = store.create_job("listen" if end == "listen" else "transcribe", item)
            if end == "cancelled":
                store.request_cancel(job.id)
            elif end not in ("queued", "listen"):
                claimed = store.claim_job(job.id, "w", 60_000)
                assert claimed
                if end == "done":
                    store.finish_job(job.id, claimed.fence)
                elif end == "failed":
                    store.fail_job(job.id, claimed.fence, {"code": "x"})
        return item

    expected = {
        "working": {made("queued"), made("running"), made("failed", "queued")},
        "failed": {made("failed"), made("done", "failed")},
        "ready": {made("done"), made("done", "listen"), made("failed", "done")},
        "unheard": {made(), made("cancelled"), made("listen")},
    }
    brought = made()
    store.save_chunk(brought, "elsewhere", 0, 0, 900, [RecognisedWord(0, "one", 0, 90, 0.5)])
    expected["ready"].add(brought)
    for state, ids in expected.items():
        sought = Sought(state=state)  # type: ignore[arg-type]
        assert {row.id for row in store.list_transcripts(sought)} == ids, state
        assert store.count_transcripts(sought) == len(ids)
