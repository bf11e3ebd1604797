"""Names that no colon tells: in bold, as headings, before a dash, behind a sign of a list."""

from __future__ import annotations

import io
import zipfile

import pytest

from editor.formats import read
from editor.formats.bold_names import BOLD, PLAIN, with_colons

SAID = [
    ("Lena Fox", "The well is dry."),
    ("Omar", "Since May."),
    ("Lena Fox", "And now?"),
    ("Omar", "We wait."),
]


def lines(form: str) -> str:
    return "".join(form.format(who=who, text=text) for who, text in SAID)


def docx(form: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="w"><w:body>{lines(form)}</w:body></w:document>',
        )
    return made.getvalue()


FILES = {
    "in bold": ("a.md", lines("**{who}** {text}\n\n").encode()),
    "in bold on a line": ("a.md", lines("**{who}**\n\n{text}\n\n").encode()),
    "in bold with a dash": ("a.md", lines("__{who}__ – {text}\n\n").encode()),
    "as headings": ("a.md", lines("### {who}\n\n{text}\n\n").encode()),
    "in bold in a page": ("a.html", f"<html>{lines('<p><b>{who}</b> {text}</p>')}</html>".encode()),
    "as terms of a list": (
        "a.html",
        f"<html><dl>{lines('<dt>{who}</dt><dd>{text}</dd>')}</dl></html>".encode(),
    ),
    "in bold in Word": (
        "a.docx",
        docx(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{who}</w:t></w:r>"
            "<w:r><w:t> {text}</w:t></w:r></w:p>"
        ),
    ),
    "as headings in Word": (
        "a.docx",
        docx(
            '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{who}</w:t></w:r></w:p>'
            "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        ),
    ),
    "before a dash": ("a.txt", lines("{who} — {text}\n").encode()),
    "before a bar": ("a.txt", lines("{who} | {text}\n\n").encode()),
    "behind a point": ("a.txt", lines("• {who}: {text}\n").encode()),
    "behind a picture": ("a.txt", lines("🎤 {who}: {text}\n").encode()),
}


CUE = "00:0{n}.000 --> 00:0{n}.900\n"
CAPTIONS = {
    "above the text of SRT": ("a.srt", "{n}\n" + CUE + "{who}\n{text}\n\n"),
    "in round brackets": ("a.srt", "{n}\n" + CUE + "({who}) {text}\n\n"),
    "as identifiers of WebVTT": ("a.vtt", "{who}\n" + CUE + "{text}\n\n"),
    "in a table without times": ("a.csv", '{who},"{text}"\n'),
}


@pytest.mark.parametrize(("name", "form"), CAPTIONS.values(), ids=CAPTIONS)
def test_names_stand_where_nearly_all_captions_have_one(name: str, form: str) -> None:
    said = [(who, text) for _ in range(2) for who, text in SAID]
    body = "".join(form.format(who=who, text=text, n=n) for n, (who, text) in enumerate(said, 1))
    head = "WEBVTT\n\n" if name == "a.vtt" else "speaker,text\n" if name == "a.csv" else ""
    drafts = read(f"{head}{body}".encode(), name).drafts
    assert [(draft.speaker, draft.text) for draft in drafts] == said


def test_a_table_of_texts_alone_is_text() -> None:
    drafts = read(b'text\n"The well, it is dry."\nSince May.\n', "a.csv").drafts
    assert [(draft.speaker, draft.text) for draft in drafts] == [
        (None, "The well, it is dry."),
        (None, "Since May."),
    ]


@pytest.mark.parametrize(("name", "data"), FILES.values(), ids=FILES)
def test_names_without_a_colon_are_speakers(name: str, data: bytes) -> None:
    assert [(draft.speaker, draft.text) for draft in read(data, name).drafts] == SAID


def test_times_in_elements_of_their_own_stand_apart() -> None:
    turn = (
        '<div><span class="speaker">{who}</span><span class="time">0:0{n}</span><p>{text}</p></div>'
    )
    body = "".join(turn.format(who=who, text=text, n=n) for n, (who, text) in enumerate(SAID, 3))
    drafts = read(f"<html>{body}</html>".encode(), "a.html").drafts
    assert [(draft.speaker, draft.text) for draft in drafts] == SAID
    assert [draft.start_ms for draft in drafts] == [3000, 4000, 5000, 6000]


def test_a_time_that_leads_somewhere_is_a_time() -> None:
    form = "[0:04](https://example.org/v?t=4) {who}: {text}\n\n"
    drafts = read(lines(form).encode(), "a.md").drafts
    assert [(draft.speaker, draft.text) for draft in drafts] == SAID


@pytest.mark.parametrize(
    "text",
    [
        "**Note** this is bold.\n\n**Never** do that.\n\nAnd **Note** this.\n",
        "# The Well\n\nIt is dry.\n\n# The Rain\n\nIt came.\n\n# The River\n\nIt rose.\n",
        "Paris - the city of light.\nWe went there - by train.\nParis - again.\n",
        "**Hinweis** Bitte lesen.\n\n**Wichtig** Heute.\n\n**Hinweis** Gut.\n\n**Wichtig** Nein.\n",
        "**Attention** Lisez.\n\n**Exemple** Un.\n\n**Attention** Non.\n\n**Exemple** Deux.\n",
        "Monday - rain\nTuesday - sun\nMonday - fog\nTuesday - wind\nMonday - hail\n",
        "Well - I said so.\nYes - you did.\nWell - then.\nno one else said it.\n",
    ],
)
def test_what_stands_out_in_prose_is_no_name(text: str) -> None:
    assert {draft.speaker for draft in read(text.encode(), "a.md").drafts} == {None}


def test_a_title_in_bold_above_is_no_name() -> None:
    marked = [f"{BOLD}The Well{PLAIN}", *(f"{BOLD}{who}{PLAIN} {text}" for who, text in SAID)]
    assert with_colons(marked) == ["The Well", *(f"{who}: {text}" for who, text in SAID)]


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("{who}. {text}\n", ("M. Yves Roux", "Mme la présidente")),
        ("{who}.- {text}\n", ("PERIODISTA", "ALCALDESA")),
        ("{who}. — {text}\n", ("Sr. LUNA", "Sra. PRIETO (Norte)")),
        ("{who}. {text}\n", ("GUARD", "FIRST MATE")),
        ("{who}.\n{text}\n\n", ("LANE", "ALGERNON")),
        ("{who}「{text}」\n", ("田中", "佐藤")),
        ("○{who}\u3000{text}\n", ("議長（山田太郎君）", "鈴木花子君")),
        ("{who}: {text}\n", ("Mr Paul Hill (Northwick) (Con)", "The Minister for Roads (Ann Lee)")),
        ("{who} : {text}\n", ("M. le président", "Mme la ministre")),
    ],
)
def test_names_of_plays_minutes_and_interviews_are_told(form: str, names: tuple[str, str]) -> None:
    said = ["Who goes there?", "A friend. I come alone.", "Then stand.", "I stand."]
    text = "".join(form.format(who=names[n % 2], text=one) for n, one in enumerate(said))
    drafts = read(text.encode(), "a.txt").drafts
    assert [(one.speaker, one.text) for one in drafts] == [
        (names[n % 2], one) for n, one in enumerate(said)
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Mix. Stir it.\nRest. Go out.\nMix. Stir again.\nRest. Stay in.",
        "STOP. STAY OUT.\nGO. THE WAY IS FREE.\nSTOP. STAY OUT.\nGO. IT IS FREE.",
        "CAUTION. It is hot.\nNOTICE. Knock.\nCAUTION. It is wet.\nNOTICE. Ring.\nGo in.",
        "彼は言った「行こう」\n姉が「いいえ」\n彼は言った「なぜ」\n姉が「雨だから」",
        "Psalm 23. Hear.\nPsalm 24. Rise.\nPsalm 23. Hear.\nPsalm 24. Rise.",
        "TEIL EINS. Säe.\nTEIL ZWEI. Ernte.\nTEIL EINS. Säe.\nTEIL ZWEI. Ernte.",
        "STEP ONE. Sift it.\nSTEP TWO. Stir.\nSTEP ONE. Sift it.\nSTEP TWO. Stir.",
        "彼は「はい」と答えた。\n「いいえ」と彼女は言った。\n彼は「はい」と言った。",
        "○ 牛乳\n○ パン\n○ 牛乳\n○ パン",
    ],
)
def test_sentences_of_a_word_are_no_names(prose: str) -> None:
    assert not any(one.speaker for one in read(prose.encode(), "a.txt").drafts)
