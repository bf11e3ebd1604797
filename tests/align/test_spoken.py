from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.align import blocks, link_spoken, same_when_spoken
from editor.document import RecognisedWord

SAME = """
5.5 million | five and a half million
$5.5 million | five point five million dollars
2024 | twenty twenty four
2024, | two thousand and twenty four
1984 | nineteen eighty-four
In 1066 | in ten sixty six
$6 | six dollars
£2.50 | two pounds fifty
€20 | twenty euros
20% | twenty percent
20% | 20 per cent
21st | twenty-first
3rd | third
the 1990s | the nineteen nineties
1,000 | one thousand
1,000 | a thousand
100 | a hundred
2½ | two and a half
10:30 | ten thirty
10am | ten a.m.
it's | it is
It’s gone | it has gone
he'd | he had
he'd | he would
they're | they are
gonna | going to
can't | cannot
don’t | do not
colour | color
realise | realize
centre | center
travelled | traveled
deep-seek | deep seek
deep-seek | DeepSeek
well-known | well known
e-mail | email
Mr. Smith | mister smith
Dr. Jones | doctor jones
OK | okay
R&B | r and b
20 % | zwanzig Prozent
2024 | zweitausendvierundzwanzig
1984 | neunzehnhundertvierundachtzig
99 | quatre-vingt-dix-neuf
24 | veinticuatro
24 | vinte e quatro
24 | ventiquattro
24 | vierentwintig
5,5 | fünf Komma fünf
1.000 | mille
"""

DIFFERENT = """
4 | for
2024 | twenty twenty five
$6 | six
$6 | six euros
20% | twenty
its | it is not
can't | can
21st | twenty one
colour | collar
Mr. Smith | mrs smith
one | two
the | a
15 | fifty
"""


def rows(table: str) -> list[tuple[list[str], list[str]]]:
    pairs = (line.split(" | ") for line in table.strip().splitlines())
    return [(written.split(), said.split()) for written, said in pairs]


@pytest.mark.parametrize(("written", "said"), rows(SAME))
def test_what_sounds_alike_is_the_same(written: list[str], said: list[str]) -> None:
    assert same_when_spoken(written, said)
    assert same_when_spoken(said, written)


@pytest.mark.parametrize(("written", "said"), rows(DIFFERENT))
def test_what_sounds_otherwise_is_not(written: list[str], said: list[str]) -> None:
    assert not same_when_spoken(written, said)
    assert not same_when_spoken(said, written)


ODD_WORDS = "twenty and a half $5 1/2 percent point oh double '90s 3.4.5 ½ & % it's"
WORDS = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            [
                "twenty",
                "and",
                "a",
                "half",
                "$5",
                "1/2",
                "percent",
                "point",
                "oh",
                "double",
                "'90s",
                "3.4.5",
                "½",
            ]
        ),
    ),
    max_size=6,
)


@given(WORDS, WORDS)
def test_any_words_can_be_compared(a: list[str], b: list[str]) -> None:
    assert same_when_spoken(a, b) == same_when_spoken(b, a)
    assert same_when_spoken(a, a) or not any(c.isalnum() for word in a for c in word)
    assert not same_when_spoken(a, [])


def links_of(written: str, said: str) -> list[tuple[str, str, str]]:
    texts = written.split()
    recognised = [
        RecognisedWord(n, word, n * 400, n * 400 + 300, 0.9) for n, word in enumerate(said.split())
    ]
    return [
        (
            " ".join(texts[link.written_first : link.written_end]),
            " ".join(word.text for word in recognised[link.recognised_first : link.recognised_end]),
            link.kind,
        )
        for link in link_spoken(texts, [True] * len(texts), recognised)
    ]


def test_numbers_and_short_forms_are_linked_as_equal_in_a_sentence() -> None:
    written = "It isn't $5.5 million in 2024, the deep-seek colour was 20% of it"
    said = (
        "it is not five point five million dollars in twenty twenty four "
        "the deep seek color was twenty percent of it"
    )
    links = links_of(written, said)
    assert {kind for _, _, kind in links} == {"equal"}
    assert [(one, other) for one, other, _ in links if one.lower().rstrip(",") != other] == [
        ("isn't", "is not"),
        ("$5.5 million", "five point five million dollars"),
        ("2024,", "twenty twenty four"),
        ("deep-seek", "deep seek"),
        ("colour", "color"),
        ("20%", "twenty percent"),
    ]


def test_a_number_recognised_otherwise_stays_a_doubt() -> None:
    assert ("2024", "twenty twenty five", "different") in links_of(
        "it was 2024 then", "it was twenty twenty five then"
    )


def test_a_text_full_of_numbers_is_linked_as_well() -> None:
    numbers = [str(n * 37 % 1000) for n in range(600)]
    links = links_of(" ".join(numbers), " ".join(numbers[:200] + numbers[230:]))
    assert len(links) == 570
    assert {kind for _, _, kind in links} == {"equal"}


def test_a_list_of_numbers_is_no_number() -> None:
    spans = list(blocks._spans(["7", "20"] * 24, 3))
    assert max(end - first for first, end in spans) == 4
    said = ["1", "800", "555", "1234"]
    assert (0, 4) in blocks._spans(said, 3)
    spelled = ["nine", "hundred", "and", "ninety", "nine", "thousand"]
    assert (0, 6) in blocks._spans(spelled, 3)
