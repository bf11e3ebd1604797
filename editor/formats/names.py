"""Whether words may be the name of a person who speaks, by their form alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import regex

_PARTICLE_WORDS = "de da di do dos del della van von der den la le el al bin ibn of for and the y"
#: Capitalised at the head of a sentence, these begin prose, not a name.
_PROSE_WORDS = """
the this that these it and but so or then again also however note remember
at on in by from until when we i you he she they there here
das der die und aber also um le les el los las y o
"""
#: Who is called by an office, with "The" before it; of more words any may be one.
_OFFICE_WORDS = """
court witness president chair chairman chairwoman chairperson speaker clerk judge defendant
interpreter moderator minister mayor reporter operator host narrator
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
#: What begins lines again and again, and is nobody: answers, greetings, days.
_NOBODY_WORDS = """
yes no okay ok hello goodbye thanks ja nein hallo danke oui non bonjour merci
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
#: Who is called by an office in French, as "M. le président".
_STYLED = re.compile(r"(?:MM?\.|M(?:me|lle)s?)\s(?:l[ea]s?\s|l['’])\w[\w\s-]*")
#: Where and for whom one sits, behind the name.
_ASIDE = re.compile(r"\s\([^()]*\)")
_PARTICLES, PROSE = frozenset(_PARTICLE_WORDS.split()), frozenset(_PROSE_WORDS.split())
NUMBERED = re.compile(
    r"(?:speaker|spk|sprecher(?:in)?|locuteur|locutor|hablante|orador|person|participant"
    r"|interviewer|interviewee|respondent|moderator|panell?ist|attendee|witness|student|teacher"
    r"|teilnehmer(?:in)?|befragte[r]?|participante|intervenant|man|woman|male|female|boy|girl"
    r"|caller|voice|guest|host"
    # What programs call speakers in further languages.
    r"|spreker|talare|taler|puhuja|parlante|relatore|mówca|mluvčí|vorbitor|konuşmacı|ομιλητής"
    r"|спикер|говорящий|диктор|說話者|说话人|说话者|发言人|發言人|話者|スピーカー|화자|참석자"
    r"|דובר|متحدث|المتحدث|वक्ता)[ _#-]*(?:\d+|[A-Z])",
    re.IGNORECASE,
)
_HEADINGS = re.compile(
    r"(?:chapter|part|step|section|figure|table|page|item|question|note|day|kapitel|teil|schritt"
    r"|chapitre|partie|cap[ií]tulo|parte|act|scene|episode|lesson|rule|week|year|psalm"
    r"|warning|caution|danger|notice|important|tip"
    r"|addendum|appendix|todo|fixme|example|summary|abstract|introduction|important note"
    r"|hinweis|wichtig|achtung|beispiel|zusammenfassung|einleitung|anmerkung|tag|woche"
    r"|attention|exemple|remarque|r[ée]sum[ée]|introducci[óo]n|ejemplo|nota|resumen|semaine)"
    r"\s*(?:\d+|[IVX]+|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eins|zwei|drei|vier|fünf|une?|deux|trois|quatre|cinq|uno|dos|tres|cuatro|cinco)?",
    re.IGNORECASE,
)
#: A telephone number or an address, as people who call in are shown.
_ADDRESS = re.compile(r"\+?\d[\d ().*X-]{5,20}|[\w.+-]{1,60}@[\w.-]{1,60}")
_SENTENCE = re.compile(r"[?!…。？！;；]|\w{5}\.(?:\s|\Z)|\.\.")
_WRAPPED = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)|<([^<>]*)>|\*+([^*]*)\*+")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
#: When a recording was made, as it stands in the head of a transcript.
_MOMENT = re.compile(r"\d:\d\d|\b\d{1,2}\.?,?\s(?:19|20)\d\d\b|\b\d{4}-\d\d-\d\d\b")
_NO_NAME = frozenset('0123456789=#"\\*%$&/')
_MOST_CHARACTERS, _MOST_WORDS = 60, 7
_NEARLY_ALL = 0.9


def name_in(text: str) -> str:
    """The name that a short text is, without what stands around it; nothing if it is none.

    >>> name_in("[Ana Ruiz]:"), name_in("Dana Cole -"), name_in("And who told you?")
    ('Ana Ruiz', 'Dana Cole', '')
    """
    name = text.strip(" \t\u00a0:：-–—|•*_>").rstrip(",、").strip()
    if wrapped := _WRAPPED.fullmatch(name):
        name = next(filter(None, wrapped.groups()), "").strip(" :")
    return name if may_be_name(name) else ""


def may_be_name(name: str) -> bool:
    """Whether a text is short enough and unlike a sentence, however it is written."""
    if not name or len(name) > _MOST_CHARACTERS or count_of_words(name) > _MOST_WORDS:
        return False
    if _ADDRESS.fullmatch(name):
        return True
    if _HEADINGS.fullmatch(name) or _SENTENCE.search(name) or _MOMENT.search(name):
        return False
    return name[0] not in _NO_NAME and any(map(str.isalpha, name)) and ": " not in name


def is_proper_name(text: str) -> bool:
    """Whether a text is written as a name is: each word with a capital, or with a number.

    >>> [is_proper_name(one) for one in ("Ludwig van Beethoven", "speaker 2", "We met at")]
    [True, True, False]
    """
    name = name_in(text)
    if not name:
        return False
    if NUMBERED.fullmatch(name) or _ADDRESS.fullmatch(name):
        return True
    if name.lower() in _NOBODY:
        return False
    return _CASED.search(name) is not None and is_capitalised(name)


def is_capitalised(name: str) -> bool:
    """Whether each word begins with a capital, or with a letter that has none."""
    words = [word for word in re.split(r"[\s,|]+", name) if word]
    if _STYLED.fullmatch(name):
        return True
    if words[:1] == ["The"] and (len(words) > 2 or words[-1].lower() in _OFFICES):
        del words[0]
    if not words or words[0].lower() in PROSE:
        return False
    return all(word.lower() in _PARTICLES or not word.lstrip("([")[:1].islower() for word in words)


def count_of_words(name: str) -> int:
    """How many words a name has, without what stands in brackets behind it and what is small.

    >>> count_of_words("The Minister of State for Roads (Ann Lee) (Con)")
    4
    """
    return sum(word not in _PARTICLES for word in _ASIDE.sub("", name).split())


def names_at_heads(heads: Sequence[str]) -> list[str]:
    """The names that stand at the heads of captions, where nearly all have one; else none.

    >>> names_at_heads(["Ana Ruiz", "Bo", "Ana Ruiz"]), names_at_heads(["Hi", "Who?", "Hi"])
    (['Ana Ruiz', 'Bo', 'Ana Ruiz'], ['', '', ''])
    """
    most_bare, named = len(heads) - max(3, _NEARLY_ALL * len(heads)), list[str]()
    for head in heads:
        named.append(name_in(head) if is_proper_name(head) else "")
        most_bare -= not named[-1]
        if most_bare < 0:
            return [""] * len(heads)
    return named if share_again(list(filter(None, named))) >= 0.5 else [""] * len(heads)


def share_again(names: Sequence[str]) -> float:
    """Which share of names comes more than once, in [0, 1]; none where all are one.

    >>> share_again(["Ana", "Bo", "Ana", "Cy"]), share_again(["Ana", "Ana"])
    (0.5, 0.0)
    """
    times = Counter(names)
    again = sum(count for count in times.values() if count > 1)
    return again / len(names) if len(times) > 1 else 0.0
