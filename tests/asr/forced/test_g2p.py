from __future__ import annotations

import pytest

from editor.asr.forced.g2p import number_words, phones_of

KNOWN = {
    "play": "P L EY",
    "fair": "F EH R",
    "weather": "W EH DH ER",
    "two": "T UW",
    "twenty": "T W EH N T IY",
}


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("play", "P L EY"),
        ("Played", "P L EY D"),
        ("fairweather", "F EH R W EH DH ER"),
        ("22", "T W EH N T IY T UW"),
        ("NFT", "EH N EH F T IY"),
        ("hmm", "EY CH EH M EH M"),
        ("Knopf", "N AA P F"),
        ("Zoë", "Z AA EH"),
        ("—", ""),
        ("我", ""),
    ],
)
def test_phones(word: str, phones: str) -> None:
    assert phones_of(word, KNOWN.get) == phones


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("0", "zero"),
        ("13", "thirteen"),
        ("70", "seventy"),
        ("1905", "nineteen oh five"),
        ("1900", "nineteen hundred"),
        ("2007", "two thousand seven"),
        ("2024", "twenty twenty four"),
        ("5500000", "five million five hundred thousand"),
        ("1234567890", "one two three four five six seven eight nine zero"),
    ],
)
def test_numbers(digits: str, words: str) -> None:
    assert number_words(digits) == words.split()
