"""Anchors between a text and what was heard: however long both are, and however often the same."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.asr.forced import phone_anchors
from editor.asr.forced.phone_anchors import anchors_of
from editor.errors import JobCancelled

Phones = NDArray[np.int64]
chance = np.random.default_rng(5)


def misheard(text: Phones) -> tuple[Phones, Phones]:
    """A text of which each tenth phone is another or lost, and where each place of it is then."""
    luck = chance.random(len(text))
    heard = np.where(luck < 0.07, chance.integers(0, 30, len(text)), text)
    kept = (luck < 0.07) | (luck > 0.1)
    return heard[kept], np.cumsum(kept) - 1


def places_of(text: Phones, heard: Phones) -> list[tuple[int, int]]:
    places = [place for anchor in anchors_of(text, heard) for place in anchor.places]
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(places))
    return places


def test_what_is_parted_has_the_anchors_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    text = chance.integers(0, 30, 9_000)
    heard, at = misheard(np.concatenate([text[:4_000], text[5_500:]]))
    whole = places_of(text, heard)
    monkeypatch.setattr(phone_anchors, "_MOST_PAIRS", 0)
    monkeypatch.setattr(phone_anchors, "_PART", 700)
    parts = places_of(text, heard)
    assert len(set(parts) ^ set(whole)) < 0.02 * len(whole)
    true = {**dict(enumerate(at[:4_000])), **dict(enumerate(at[4_000:], 5_500))}
    assert max(abs(true[i] - j) for i, j in parts) < 8


def test_halves_in_the_other_order_give_the_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_anchors, "_MOST_PAIRS", 0)
    monkeypatch.setattr(phone_anchors, "_PART", 700)
    text = chance.integers(0, 30, 9_000)
    heard, _ = misheard(np.concatenate([text[5_000:], text[:5_000]]))
    found = [i for i, _ in places_of(text, heard)]
    assert (min(found) < 50, max(found) // 50) == (True, 99)


def test_what_is_said_again_and_again_is_found_in_its_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(phone_anchors, "_MOST_SEEDS", 700)
    text = np.tile(chance.integers(0, 30, 200), 9)
    heard, at = misheard(text)
    found = places_of(text, heard)
    near = [i for i, j in found if abs(at[i] - j) < 8]
    assert len(near) > 0.9 * len(found)
    assert max(after - before for before, after in pairwise(near)) < 200


def test_nobody_waits_for_anchors_that_are_not_wanted() -> None:
    def cancelled() -> None:
        raise JobCancelled("1")

    text = chance.integers(0, 30, 200)
    with pytest.raises(JobCancelled):
        anchors_of(text, text, cancelled)


def test_nothing_heard_or_written_has_none() -> None:
    nothing = np.empty(0, np.int64)
    assert anchors_of(nothing, np.arange(40)) == anchors_of(np.arange(40), nothing) == []
