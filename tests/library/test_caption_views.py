"""Captions that are looked at again."""

from __future__ import annotations

from unittest import mock

import pytest

from editor.captions import PRESETS, breaks, runs
from editor.document import Segment, Transcript, Word
from editor.errors import NotFound
from editor.formats.exports import captioned
from editor.library.caption_views import CaptionViews
from editor.store import Store
from tests.support.segments import put_segments

NETFLIX, LINES, YOUTUBE = (PRESETS[name] for name in ("netflix", "lines", "youtube"))


def said(number: int, text: str, *, new_turn: bool = False) -> Segment:
    words = text.split()
    at_ms = number * 3000
    timed = (Word(word, at_ms + 300 * n, at_ms + 300 * n + 250) for n, word in enumerate(words))
    return Segment(f"s{number}", text, tuple(timed), new_turn=new_turn)


TEXT = [said(n, "so every single day counts here", new_turn=n % 2 == 0) for n in range(6)]


def transcript_in(store: Store) -> str:
    made = store.create_transcript(title="T", media_name="t.wav", model="base")
    put_segments(store, made.id, TEXT)
    return made.id


def test_captions_looked_at_again_are_those_of_the_text_as_it_is(store: Store) -> None:
    transcript_id, views = transcript_in(store), CaptionViews()
    changed = said(2, "nobody counts", new_turn=True)
    moved = [*TEXT[:2], changed, TEXT[3], said(4, "so every", new_turn=True), TEXT[5]]
    states = (TEXT, moved, moved[:-1], TEXT)
    for state in states:
        put_segments(store, transcript_id, state)
        for rules in (NETFLIX, LINES, YOUTUBE, NETFLIX):
            found = views.captions_of(store, transcript_id, rules)
            stored = tuple(one.segment for one in store.segments(transcript_id))
            assert found == captioned(Transcript(stored), rules, None)


def test_only_what_has_changed_is_cut_again(store: Store) -> None:
    transcript_id, views = transcript_in(store), CaptionViews()
    views.captions_of(store, transcript_id, NETFLIX)
    put_other_times(store, transcript_id)
    with (
        mock.patch.object(runs, "Run", wraps=runs.Run) as made,
        mock.patch.object(breaks, "_Words", wraps=breaks._Words) as cut,
    ):
        views.captions_of(store, transcript_id, NETFLIX)
    assert [[one.id for one in call.args[0]] for call in made.call_args_list] == [["s2", "s3"]]
    assert [len(call.args[0]) for call in cut.call_args_list] == [1]


def put_other_times(store: Store, transcript_id: str) -> None:
    """Let alignment move a word of the fourth segment, which leaves its revision."""
    segment = TEXT[3]
    first, *rest = segment.words
    words = (Word(first.text, first.start_ms, first.end_ms - 50), *rest)
    store.update_times(transcript_id, [(segment.id, segment.revision, words)])


def test_a_few_transcripts_are_kept_and_one_that_is_gone_is_told(store: Store) -> None:
    views = CaptionViews()
    ids = [transcript_in(store) for _ in range(4)]
    first = [views.captions_of(store, one, LINES) for one in ids]
    assert [views.captions_of(store, one, LINES) for one in ids] == first
    with pytest.raises(NotFound):
        views.captions_of(store, "gone", LINES)
