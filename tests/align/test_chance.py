from __future__ import annotations

import random

from editor.align import Link, link_words
from tests.bench.texts import prose, recognised_of

_SONNET = """
from fairest creatures we desire increase that thereby beauty's rose might never die
but as the riper should by time decease his tender heir might bear his memory
but thou contracted to thine own bright eyes feed'st thy light's flame with self substantial fuel
making a famine where abundance lies thyself thy foe to thy sweet self too cruel
thou that art now the world's fresh ornament and only herald to the gaudy spring
within thine own bud buriest thy content and tender churl mak'st waste in niggarding
pity the world or else this glutton be to eat the world's due by the grave and thee
"""


def linked(written: str, recognised: str, **times: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """The words of all links that are equal or alike."""
    a, b = written.split(), recognised.split()
    return [
        (
            " ".join(a[link.written_first : link.written_end]),
            " ".join(b[link.recognised_first : link.recognised_end]),
        )
        for link in heard(link_words(a, b, recognised_ms=times.get("recognised_ms")))
    ]


def heard(links: list[Link]) -> list[Link]:
    return [link for link in links if link.kind != "different"]


def test_lines_in_another_order_are_linked_with_themselves_or_not() -> None:
    chance = random.Random(8)
    lines = [list(enumerate(line.split(), 100 * n)) for n, line in enumerate(_SONNET.split("\n"))]
    said = [word for line in lines for word in line]
    count = wrong = 0
    for _ in range(30):
        written = [word for line in chance.sample(lines, len(lines)) for word in line]
        links = heard(link_words([word for _, word in written], [word for _, word in said]))
        count += len(links)
        wrong += sum(written[k.written_first][0] != said[k.recognised_first][0] for k in links)
    assert count > 1400
    assert wrong <= 8


def test_a_word_that_is_somewhat_alike_goes_if_it_does_not_fit_its_neighbours() -> None:
    around = "the harbour was quiet {} and every lantern had gone out"
    written = around.format("before we left my brother")
    assert ("left", "lifted") not in linked(
        written, around.format("he said that nobody had lifted")
    )
    assert ("left", "lift") in linked(written, around.format("before we lift my brother"))


def test_lost_words_do_not_part_a_word_from_the_place_where_there_is_time_for_them() -> None:
    written = "we sailed past the island when the true corollary of it appeared"
    recognised = "we sailed past the island when the drew appeared"
    spans = [(300 * n, 300 * n + 250) for n in range(7)]
    early = [*spans, (2100, 2350), (4000, 4300)]
    assert ("true", "drew") in linked(written, recognised, recognised_ms=early)
    late = [*spans, (3700, 3950), (4000, 4300)]
    assert ("true", "drew") not in linked(written, recognised, recognised_ms=late)


def test_no_word_is_joined_that_makes_it_no_more_like() -> None:
    around = "in the evening {} nobody spoke about the weather"
    pairs = linked(around.format("smile preamble"), around.format("preambles"))
    assert ("preamble", "preambles") in pairs
    assert ("some thing", "something") in linked(
        around.format("some thing"), around.format("something")
    )


def test_what_follows_a_long_other_text_is_found() -> None:
    chance = random.Random(12)
    begin, end, *others = (prose(chance, 400) for _ in range(4))
    said = recognised_of([*begin, *others[0], *end], range(1200), chance)
    links = heard(link_words([*begin, *others[1], *end], said.recognised))
    right = [link for link in links if said.origin[link.recognised_first] == link.written_first]
    assert len(right) > 600
    assert len(links) - len(right) < 40
