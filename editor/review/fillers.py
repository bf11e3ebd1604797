"""Words that fill pauses: hesitation, which hardly anybody wants to read, and set phrases. Pure.

By language, since "um" is a filler in English and a word in German.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from editor.align import comparable
from editor.document import Segment, Word, join_lines, split_words

#: Sounds of hesitation, which mean nothing else in the language; and after them what often fills a
#: pause and often does not. By ISO 639-1. Sounds that services leave out (AssemblyAI, Deepgram) and
#: words that several public lists have are there; "mhm" and "uh-huh" are answers, and stay.
_BY_LANGUAGE: Mapping[str, tuple[str, str]] = {
    "en": (
        "uh uhh um umm uhm er erm ehm hm hmm",
        "you_know i_mean sort_of kind_of like basically actually literally ah",
    ),
    "de": (
        "äh ähm öh öhm ehm hm hmm",
        "halt sozusagen quasi irgendwie also ne na_ja eigentlich tja",
    ),
    "fr": ("euh heu hum hm hmm", "ben bah tu_vois genre en_fait du_coup quoi voilà"),
    "es": ("eh ehm em mmm hm hmm", "este o_sea pues bueno es_que"),
    "it": ("eh ehm mmm hm hmm", "cioè tipo insomma diciamo allora"),
    "pt": ("ahn hã hum hm hmm", "né tipo sabe então assim"),
    "nl": ("eh ehm euh uh uhm hm hmm", "zeg_maar eigenlijk gewoon weet_je nou"),
    "sv": ("öh öhm eh ehm hm hmm", "liksom typ alltså"),
    "da": ("øh øhm eh hm hmm", "altså ligesom sådan"),
    "no": ("øh øhm eh ehm hm hmm", "altså liksom sånn"),
    "fi": ("öö ööm hmm", "niinku tota tuota"),
    "pl": ("yyy yy eee ehm hmm", "no_wiesz znaczy jakby"),
    "cs": ("ehm eee hmm", "jako jakoby prostě vlastně"),
    "ru": ("э ээ эм ммм хм", "ну как_бы это_самое типа"),
    "uk": ("е ее ем ммм хм", "ну ніби типу"),
    "tr": ("ııı ıı eee hım hmm", "şey yani işte hani"),
    "ar": ("اه آه إيه امم", "يعني طيب"),
    "he": ("אה אהה אממ", "כאילו"),
    "ja": ("えー えっと えーと えーっと ええと うーん んー", "あの まあ その"),
    "zh": ("呃 嗯", "那个 那個 就是"),
    "ko": ("음 어", "그 뭐 이제"),
}
#: What fills a pause in every language that has the letters.
_EVERYWHERE = "uhm ehm hmm ähm"
_LONG = re.compile(r"(\w)\1{2,}")
_WORDS_BESIDE, _MOST_WORDS = 4, 4


@dataclass(frozen=True, slots=True)
class Filler:
    """Words `first_word` to `last_word` of a segment that may fill a pause, with the text around.

    `is_sure` where they mean nothing else; `text` is how such ones are written in the list.
    """

    text: str
    is_sure: bool
    segment_id: str
    revision: int
    first_word: int
    last_word: int
    start_ms: int
    end_ms: int
    before: str
    written: str
    after: str


def find_fillers(segments: Iterable[Segment], language: str | None) -> list[Filler]:
    """The fillers of a text in order, without those that are struck out.

    `language` is an ISO 639-1 code; of one that is not known only what is a filler in all.
    """
    wanted = _wanted(language)
    return [filler for segment in segments for filler in _in_segment(segment, wanted)]


_Wanted = Mapping[str, Sequence[tuple[tuple[str, ...], str, bool]]]


def _wanted(language: str | None) -> _Wanted:
    """The word sequences of fillers by their first word, the longest first."""
    sure, likely = _BY_LANGUAGE.get(language or "", (_EVERYWHERE, ""))
    found = defaultdict[str, list[tuple[tuple[str, ...], str, bool]]](list)
    for listed, is_sure in ((sure, True), (likely, False)):
        for name in listed.split():
            text = name.replace("_", " ")
            words = tuple(comparable(word) for word in split_words(text))
            found[words[0]].append((words, text, is_sure))
    for same in found.values():
        same.sort(key=lambda one: -len(one[0]))
    return found


def _in_segment(segment: Segment, wanted: _Wanted) -> Iterator[Filler]:
    if segment.kind != "speech":
        return
    words = segment.words
    plain = [comparable(word.text) for word in words]
    at = 0
    while at < len(words):
        match = _match(plain[at : at + _MOST_WORDS], wanted)
        if match is None:
            at += 1
            continue
        sought, text, is_sure = match
        end = at + len(sought)
        if not all(word.struck for word in words[at:end]):
            yield Filler(
                text,
                is_sure,
                segment.id,
                segment.revision,
                at,
                end - 1,
                words[at].start_ms,
                max(word.end_ms for word in words[at:end]),
                _joined(words[max(0, at - _WORDS_BESIDE) : at]),
                _joined(words[at:end]),
                _joined(words[end : end + _WORDS_BESIDE]),
            )
        at = end


def _match(words: Sequence[str], wanted: _Wanted) -> tuple[tuple[str, ...], str, bool] | None:
    """The longest filler that words begin with."""
    for first in _forms(words[0]):
        for one in wanted.get(first, ()):
            if (first, *words[1 : len(one[0])]) == one[0]:
                return one
    return None


def _forms(word: str) -> list[str]:
    """A word, and what it may be short for where a letter is drawn out.

    >>> _forms("ummmm"), _forms("so")
    (['ummmm', 'ummm', 'umm', 'um'], ['so'])
    """
    if not _LONG.search(word):
        return [word]
    return [word, *(_LONG.sub(r"\1" * count, word) for count in (3, 2, 1))]


def _joined(words: Sequence[Word]) -> str:
    return join_lines(word.text for word in words)
