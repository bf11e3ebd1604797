"""Names before what is said with another sign than a colon between, as plays and minutes have them.

A dash, a bar, a full stop or a quotation mark stands in any prose: names are told by how much of
the file has one, and by the same names coming again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from editor.formats.names import is_proper_name, may_be_name, share_again

#: "Ana – Yes", "ANA. — Yes": the dash or bar stands between spaces.
_DASHED = re.compile(r"\A([^:：|–—\n]{1,60}?)\.?\s+([-–—|])\s+(?=\S)")
#: "ANA.- Yes", "Ana.—Yes".
_STOPPED_DASH = re.compile(r"\A([^:：|–—\n]{1,60}?)(\.\s?[-–—])[-–—]?\s*(?=\S)")
#: "HAMLET. Yes", "M. Jean Favre. Yes".
_STOPPED = re.compile(
    r"\A((?i:(?:MM?|Mrs?|Ms|Dr|Sra?|Sres|Prof|Rev|Hon|St)\.\s)*+[^.:：|–—!?\n]{1,40})(\.)\s+(?=\S)"
)
#: A name, and in Japanese brackets what is said; "彼が「" and "彼は言った「" tell a story.
_QUOTED = re.compile(
    r"\A([^「」『』:：、。？！\s]{1,20}(?<![はが])(?<!った))\s?(「)(?=[^「」]+(?:「[^「」]*」[^「」]*)*」\s*\Z)"
)
#: Behind a circle the name, behind a space what is said, as minutes of Japanese councils have it.
_CIRCLED = re.compile(r"\A([○◯〇●◎][^\s「」:：、。]{1,40})()[\u3000 ]+(?=\S)")
_CIRCLES = tuple("○◯〇●◎")
_ENDINGS = (" -", " –", " —", " |", " .", " .-", " .–", " .—", " 「")
_FORMS = (_QUOTED, _DASHED, _STOPPED_DASH, _STOPPED)
#: What any of these needs: most lines have none of it, and one look is faster than five.
_SIGN = re.compile(r"\A[○◯〇●◎]|[-–—|「]|\.\s")
#: Of all lines that begin what one says so many have a name; of these so many come again.
_NEARLY_ALL, _AGAIN = 0.9, 0.5
#: Names in capitals stand out, so lines may go on below them; of all so many have one.
_SOME = 0.2


def sign_labels(heads: Sequence[str], *, is_shouted: bool) -> frozenset[str]:
    """The names before such a sign in a file, as `written_before_sign` has them; most have none.

    `heads` are the lines that begin what one person may say; where they are in capitals
    throughout, `is_shouted`, capitals tell no name.
    """
    signed = [one for one in heads if _SIGN.search(one)]
    for form in _FORMS:
        found = [written for one in signed if (written := _written(form.match(one)))]
        names = [one for one in found if form is _QUOTED or _is_name(without_sign(one))]
        is_one_sign = len({one.rpartition(" ")[2] for one in names}) == 1
        is_most = len(names) >= max(3, _NEARLY_ALL * len(heads))
        if form is _STOPPED:
            # "Mix. Stir it in." is no name of somebody; those of two words are.
            is_most = (
                is_most
                and not is_shouted
                and 2 * sum(" " in one[:-2] for one in names) > len(names)
            )
        if is_one_sign and is_most and share_again([*map(without_sign, names)]) >= _AGAIN:
            return frozenset(names)
        if form is _STOPPED and not is_shouted and _are_some(loud := capitals_again(names), heads):
            return frozenset(loud)
    circled = [_written(_CIRCLED.match(one)) for one in heads if one.startswith(_CIRCLES)]
    is_again = len(circled) > 2 and share_again(circled) >= _AGAIN
    return frozenset(circled) if is_again and all(circled) else frozenset()


def capitals_again(names: Sequence[str]) -> Counter[str]:
    """Those in capitals, where two or more of them come again; how often each does."""
    times = Counter(name for name in names if without_sign(name).isupper())
    return times if sum(count > 1 for count in times.values()) > 1 else Counter()


def _are_some(loud: Counter[str], heads: Sequence[str]) -> bool:
    return loud.total() >= max(4, _SOME * len(heads))


def _is_name(name: str) -> bool:
    return is_proper_name(name) or (name.isupper() and may_be_name(name))


def _written(match: re.Match[str] | None) -> str:
    return f"{match[1]} {''.join(match[2].split())}".rstrip() if match else ""


def written_before_sign(text: str) -> Iterator[tuple[str, int]]:
    """What may be a name before a sign at the head of a text, and where that ends.

    >>> list(written_before_sign("ANA. — Yes"))[0]
    ('ANA —', 7)
    """
    for form in (*_FORMS, _CIRCLED) if _SIGN.search(text) else ():
        if match := form.match(text):
            yield _written(match), match.end()


def has_sign(written: str) -> bool:
    """Whether a label is one before such a sign."""
    return written.endswith(_ENDINGS) or written.startswith(_CIRCLES)


def without_sign(written: str) -> str:
    """The name of such a label.

    >>> without_sign("ANA .-"), without_sign("○議長"), without_sign("Ana")
    ('ANA', '議長', 'Ana')
    """
    if written.startswith(_CIRCLES):
        return written[1:]
    return written.rpartition(" ")[0].rstrip() if written.endswith(_ENDINGS) else written


def said_behind(written: str, text: str) -> str:
    """What is said behind such a label, without the bracket that closes it."""
    return text.rstrip().removesuffix("」") if written.endswith(" 「") else text
