from __future__ import annotations

import pytest

from editor.review.rarity import rarity
from editor.review.readings import compared


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("the", 0.0, 0.0),
        ("and 2024, —", 0.0, 0.2),
        ("Equinox,", 0.5, 0.99),
        ("the Equinox", 0.5, 0.99),
        ("Econox", 1.0, 1.0),
        ("north-east", 0.1, 0.6),
        ("father's", 0.1, 0.5),
    ],
)
def test_the_rarest_word_counts(text: str, least: float, most: float) -> None:
    found = rarity(text, "en")
    assert found is not None
    assert least <= found <= most


def test_nothing_is_rare_in_a_language_without_a_list() -> None:
    assert rarity("Penhallow", None) is rarity("Penhallow", "xx") is None
    assert rarity("sprechen", "de") != rarity("sprechen", "en") == 1.0


def test_a_word_that_is_none_and_sounds_like_the_written_one_was_misheard() -> None:
    signals = compared("equinox,", "Econox", "en")
    assert signals["heard_unknown_alike"] == signals["alike"] > 0.7
    assert "written_unknown" not in signals
    assert compared("clevency", "equivalency", "en")["written_unknown"] == 1.0
    assert "heard_rare" not in compared("equinox,", "Econox", None)


def test_a_word_without_a_counterpart_is_not_alike() -> None:
    assert compared("feldspar alum.", "The Felt's bar", "en")["least_alike"] == 0.0
    assert compared("equinox", "Econox", "en")["least_alike"] > 0.5
    assert compared("—", "so", "en")["least_alike"] == 0.0
