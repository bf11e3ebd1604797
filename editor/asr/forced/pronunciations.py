"""How words are said: their phones, as numbers of the network's tokens. Owns g2p2.

Each language that there is a pack for (`weights.letter_to_sound`); English also, and Korean
alone, as `letter_sounds` says it. A word may be said in several ways; numbers are spelled out, and
what may be read letter by letter is.
"""

from __future__ import annotations

import lzma
import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import Any

from editor import weights
from editor.asr.forced.g2p import number_words
from editor.asr.forced.letter_sounds import LetterSounds
from editor.asr.forced.phones import phone_network

Phones = tuple[int, ...]

#: Scripts in which words are not set apart; their packs have not been tried.
_NOT_KNOWN = frozenset({"zh", "yue", "ja", "th", "lo", "km", "my", "bo"})
#: What `letter_sounds` says. The pack for Korean leaves out sounds of common words.
_LEARNED, _WITHOUT_PACK = frozenset({"en", "ko"}), frozenset({"ko"})
#: Elisions as in French: what stands before an apostrophe is said as if an "e" came after it.
_ELIDING = frozenset({"fr", "it", "ca", "oc"})
_ELIDED = re.compile(r"^(\w+)'(\w.*)$")
#: Words of one letter that a pack reads as the letter's name, "i grec", and what they sound like.
_NO_LETTERS = {"fr": {"à": "a", "y": "i"}}
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|\d+")
_NO_WORD = re.compile(r"[^\w']+")
_LONGEST_ACRONYM = 5
_MOST_WAYS = 4
#: Ends a letter that is to be said by its name.
_LETTER = "."
#: What the letters of English are called, from a to z.
_LETTERS = re.split(
    " ",
    "eɪ bi si di i ɛf d͡ʒi eɪt͡ʃ aɪ d͡ʒeɪ keɪ ɛl ɛm ɛn oʊ pi kju ɑɹ ɛs ti ju vi dʌbəlju ɛks waɪ zi",
)
_LONGEST_TOKEN = 6
_KOREAN = frozenset({"ja", "je", "jo", "ju", "jʌ", "wa", "we", "wi", "wʌ", "ɯi"})
#: Nobody says a longer word; what has no spaces may be anything.
_MOST_PHONES, _LONGEST_PART = 120, 60
#: Longer numbers are read digit by digit.
_LONGEST_NUMBER = 9


class Pronouncer:
    """Says words of one language in the `tokens` of the phone network.

    Words are in the pack's own language; keeps what it was asked.
    """

    def __init__(
        self, language: str, pack: Path | None, tokens: Mapping[str, int], folder: Path
    ) -> None:
        # An extra, and its packs are slow to load.
        from g2p2 import Model

        self._language = language
        self._model: Any = Model.from_bytes(lzma.decompress(pack.read_bytes())) if pack else None
        self._learned = LetterSounds(folder) if language in _LEARNED else None
        self._tokens = {name: n for name, n in tokens.items() if _is_phone(name, language)}
        self._known: dict[str, list[Phones]] = {}

    def ways(self, words: Sequence[str]) -> list[list[Phones]]:
        """For each word the ways to say it, likely ones first; none for what has no sound.

        Equal words have the same list.
        """
        spelled = {word: self._spelled(word) for word in dict.fromkeys(words)}
        self._learn(part for ways in spelled.values() for parts in ways for part in parts)
        known = {word: self._joined(ways) for word, ways in spelled.items()}
        return [known[word] for word in words]

    def _joined(self, spelled: Iterable[Sequence[str]]) -> list[Phones]:
        ways: dict[Phones, None] = {}
        for parts in spelled:
            known = [self._known[part] for part in parts if self._known[part]]
            for chosen in islice(product(*known), _MOST_WAYS):
                phones = tuple(phone for part in chosen for phone in part)
                if 0 < len(phones) <= _MOST_PHONES:
                    ways[phones] = None
        return list(ways)[:_MOST_WAYS]

    def _spelled(self, word: str) -> list[list[str]]:
        """A word as the words that are said for it, in several ways: numbers, letters."""
        plain = unicodedata.normalize("NFKC", word).replace("\u2019", "'")
        ways = [_parts(text) for text in self._numbers_said(plain.casefold())]
        letters = [c for c in plain if c.isalpha()]
        if len(letters) <= _LONGEST_ACRONYM and (plain.isupper() or len(letters) == 1):
            ways.append([c.casefold() + _LETTER for c in letters])
        return [way for way in ways if way and max(map(len, way)) <= _LONGEST_PART]

    def _numbers_said(self, text: str) -> Iterator[str]:
        if not _NUMBER.search(text):
            yield text
            return
        from g2p2 import expand_numbers

        def said(match: re.Match[str]) -> str:
            digits = re.sub(r"\D", "", match[0])
            parts = [digits] if len(digits) <= _LONGEST_NUMBER else digits[:_MOST_PHONES]
            return f" {' '.join(expand_numbers(part, self._language) for part in parts)} "

        if self._language == "en":
            yield _NUMBER.sub(lambda match: f" {' '.join(_english_number(match[0]))} ", text)
        yield _NUMBER.sub(said, text).casefold()

    def _learn(self, parts: Iterable[str]) -> None:
        new = sorted({part for part in parts if part not in self._known})
        if not new:
            return
        sounds = [[self._sound_of(part)] for part in new]
        if self._learned:
            words = [n for n, part in enumerate(new) if not part.endswith(_LETTER)]
            for n, sound in zip(words, self._learned.sounds([new[n] for n in words]), strict=True):
                sounds[n].insert(0, sound)
        for part, ways in zip(new, sounds, strict=True):
            known = dict.fromkeys(self._phones(sound) for sound in ways)
            self._known[part] = [phones for phones in known if phones]

    def _sound_of(self, part: str) -> str:
        if part.endswith(_LETTER):
            part = part.removesuffix(_LETTER)
            if self._learned:
                at = string.ascii_lowercase.find(part)
                return _LETTERS[at] if at >= 0 else ""
        if self._model is None:
            return ""
        elided = _ELIDED.match(part) if self._language in _ELIDING else None
        if elided:
            said = self._model.phonemize(elided[1] + "e")
            return str(said[:-1]) + self._sound_of(elided[2])
        no_letters = _NO_LETTERS.get(self._language, {})
        return str(self._model.phonemize(no_letters.get(part, part)))

    def _phones(self, sound: str) -> Phones:
        """Sounds in IPA as tokens: the longest that is one, others left out."""
        phones, at = [], 0
        while at < len(sound):
            for length in range(min(_LONGEST_TOKEN, len(sound) - at), 0, -1):
                number = self._tokens.get(sound[at : at + length])
                if number is not None:
                    phones.append(number)
                    break
            at += length
        return tuple(phones)


def can_be_said(language: str) -> bool:
    """Whether the packages that say the words of a language (its code) are installed.

    Raises:
        ModelUnavailable: a file of an installed package is not the pinned one.
    """
    has_parts = weights.phones_folder() and (_pack(language) or language in _WITHOUT_PACK)
    return bool(has_parts and could_be_said(language) and find_spec("g2p2"))


def could_be_said(language: str) -> bool:
    """Whether there are packages that say the words of a language (its code), installed or not."""
    return language not in _NOT_KNOWN and (
        language in _WITHOUT_PACK or weights.has_letter_to_sound_pack(language)
    )


@cache
def pronouncer(language: str) -> Pronouncer | None:
    """What says the words of a language (its code), loaded once; None where it cannot be said.

    Raises:
        ModelUnavailable: a file of an installed package is not the pinned one.
    """
    network = phone_network()
    if not network or not can_be_said(language):
        return None
    return Pronouncer(language, _pack(language), network.tokens, network.folder)


def _pack(language: str) -> Path | None:
    return None if language in _WITHOUT_PACK else weights.letter_to_sound_pack(language)


def _parts(text: str) -> list[str]:
    return [part for part in (p.strip("'_") for p in _NO_WORD.split(text)) if part]


def _english_number(text: str) -> list[str]:
    digits = re.sub(r"\D", "", text)[:_MOST_PHONES]
    if len(digits) > _LONGEST_NUMBER:
        return [word for digit in digits for word in number_words(digit)]
    return number_words(digits)


def _is_phone(name: str, language: str) -> bool:
    """Whether a token is a phone that is heard: no mark of length, tone or breath alone."""
    kinds = [unicodedata.category(letter) for letter in name]
    # Breath and glides within a vowel are heard in Korean only.
    is_korean = name in _KOREAN or "Lm" in kinds
    return kinds[0] in ("Ll", "Lo") and (language == "ko" or not is_korean)
