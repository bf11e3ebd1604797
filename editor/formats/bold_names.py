"""Names of speakers that are told from what they say by bold letters or a heading, not by a colon.

Documents mark what stands out with `BOLD` and `PLAIN`; where that are names, as their form and
their coming again tell, `with_colons` writes them as names stand in plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from editor.formats.labels import with_names_beside
from editor.formats.names import is_proper_name, share_again

#: Around what stands out; of the characters that Unicode keeps out of texts for such uses.
BOLD, PLAIN = "\ufdd0", "\ufdd1"
#: A line: a time or what else stands before the name, the name, what is said.
_LINE = re.compile(rf"(\W*(?:\d[\d:.,\s]*\W*)?){BOLD}([^{BOLD}{PLAIN}\n]*){PLAIN}(.*)", re.DOTALL)
_MARKS = re.compile(f"[{BOLD}{PLAIN}]")
_DASH = re.compile(r"\A\s*[-–—|]\s+")
_AROUND = " \t\u00a0*_"
#: Of what stands out at the head of lines, so much is like names if names stand there; of all
#: lines, so many have one.
_NAMES, _SOME = 0.8, 0.3


def with_colons(lines: Sequence[str]) -> list[str]:
    """The lines without marks, names that stood out with a colon, beside what is said.

    >>> hello = [f"{BOLD}{who}{PLAIN} {said}" for who, said in (("Ana", "Hi."), ("Bo", "Yes?"))]
    >>> with_colons(hello * 2)
    ['Ana: Hi.', 'Bo: Yes?', 'Ana: Hi.', 'Bo: Yes?']
    """
    if not any(BOLD in line for line in lines):
        return list(lines)
    joined = [line.replace(f"{PLAIN}{BOLD}", "") for line in lines]
    found = {n: match for n, line in enumerate(joined) if (match := _LINE.fullmatch(line))}
    heads = {n: match[2].strip(_AROUND) for n, match in found.items() if match[2].strip(_AROUND)}
    named = {n: head for n, head in heads.items() if is_proper_name(head)}
    plain = [without_marks(line) for line in joined]
    filled = sum(1 for line in plain if line.strip())
    times = Counter(named.values())
    is_again = share_again(list(named.values())) > 0.5
    if not is_again or len(named) < max(_NAMES * len(heads), _SOME * filled):
        return plain
    for n, head in named.items():
        before, _, rest = found[n].groups()
        said = without_marks(rest)
        is_told = times[head] > 1 or said.strip()
        if is_told and not (head.endswith((":", "：")) or said.lstrip().startswith((":", "："))):
            said = _DASH.sub("", said).strip()
            plain[n] = f"{before}{head}: {said}" if said else f"{before}{head}:"
    return with_names_beside(plain)


def without_marks(line: str) -> str:
    """A line without what marks that some of it stands out."""
    return _MARKS.sub("", line)
