"""Documents that hold a transcript: their paragraphs and the rows of their tables are its lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import UnreadableTranscript
from editor.formats import ReadResult, read
from tests.support.chance import examples

TURNS = [("Lena Fox", "The well is dry.", 4000), ("Omar", "Since May.", 9000)]
ROWS = [*TURNS, ("Lena Fox", "Yes.", 12_000)]


def turns(result: ReadResult) -> list[tuple[str | None, str, int | None]]:
    return [(draft.speaker, draft.text, draft.start_ms) for draft in result.drafts]


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with lines of text."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    font = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    for n, lines in enumerate(pages):
        shown = "".join(f"1 0 0 1 50 {750 - 14 * k} Tm({line})Tj " for k, line in enumerate(lines))
        stream = f"BT/F 10 Tf {shown}ET" if lines else ""
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources{font}"
        objects.append(f"{page}/Contents {4 + 2 * n} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    data, places = b"%PDF-1.4\n", list[int]()
    for n, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{n} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


def odt(body: str) -> bytes:
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "text", "table")
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:document-content{names}><office:body><office:text>{body}"
        archive.writestr(
            "content.xml", f"{content}</office:text></office:body></office:document-content>"
        )
    return data.getvalue()


def cells(*texts: str) -> str:
    inside = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts
    )
    return f"<table:table-row>{inside}</table:table-row>"


DOCUMENTS = {
    "odt": odt(
        "<text:h>Talk</text:h><text:p>Lena Fox (00:04)<text:line-break/>The well"
        "\nis dry.</text:p><text:p>Omar (00:09)</text:p><text:p>Since May.</text:p>"
    ),
    "rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Lena Fox (00:04)\par The well is dry.\par\par "
    rb"Omar (00:09)\line Since May.\par}",
    "html": b"<!DOCTYPE html><html><head><title>Talk</title></head><body><h1>Talk</h1>"
    b"<p><b>Lena Fox</b> <i>00:04</i><br>The well is&#32;dry.</p><script>x</script>"
    b"<div>Omar <i>00:09</i></div><p>Since May.</p></body></html>",
    "pdf": pdf([["Talk", "Lena Fox 00:04", "The well is dry."], ["Omar 00:09", "Since May."]]),
}
TABLES = {
    "odt": odt(
        cells("Time", "Who", "Text")
        + cells("00:04", "Lena Fox", "The well is dry.")
        + cells("00:09", "Omar", "Since May.")
        + cells("00:12", "Lena Fox", "Yes.")
    ),
    "rtf": b"{\\rtf1\\ansi "
    + b"\\row ".join(
        f"\\trowd 00:{s:02}\\cell {who}\\cell {text}\\cell".encode()
        for who, text, s in (("Lena Fox", "The well is dry.", 4), ("Omar", "Since May.", 9))
    )
    + b"\\row \\trowd 00:12\\cell Lena Fox\\cell Yes.\\cell\\row}",
    "html": b"<html><body><table><tr><th>Time<th>Who<th>Text</tr><tr><td>00:04<td>Lena Fox"
    b"<td>The well is dry.</tr><tr><td>00:09</td><td>Omar</td><td><p>Since</p><p>May.</p></td>"
    b"</tr><tr><td>00:12<td>Lena Fox<td>Yes.</table></body></html>",
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents_are_read_as_their_lines(kind: str) -> None:
    result = read(DOCUMENTS[kind], "a.bin")
    assert (result.format, turns(result)) == (kind, TURNS)
    assert result.recognised.endswith("with times, 2 speakers")


@pytest.mark.parametrize("kind", TABLES)
def test_rows_of_tables_are_read_as_lines(kind: str) -> None:
    result = read(TABLES[kind], "a.bin")
    assert (result.format, turns(result)) == (kind, ROWS)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pdf([[]]), "pictures of pages and no text"),
        (b"%PDF-1.4\n%%EOF", "this PDF is damaged"),
        (b"%PDF-", "this PDF is damaged"),
        (odt("")[:-40], "office document"),
        (b"{\\rtf1 }", "holds no text"),
        (b"<html><body></body></html>", "holds no text"),
    ],
)
def test_document_without_text_is_refused_by_its_name(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableTranscript, match=told):
        read(data, "a.bin")


@given(st.sampled_from([*DOCUMENTS.values()]), st.data())
@examples(60)
def test_damaged_documents_are_read_or_refused(document: bytes, data: st.DataObject) -> None:
    changed = bytearray(document)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed)))
        changed[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    with suppress(UnreadableTranscript):
        read(bytes(changed), "a.bin")


def test_notes_and_comments_of_a_page_are_not_said() -> None:
    notes = {
        "#cmnt1": "#cmnt_ref1",
        "#_ftn1": "#_ftnref1",
        "#cite_note-1": "#cite_ref-1",
        "#fn1": "#fnref1",
    }
    for to_note, back in notes.items():
        page = (
            f'<html><body><p>Ana: We met.<sup><a href="{to_note}">[1]</a></sup></p>'
            f'<p>Tom: See <a href="#part2">below</a>.</p><div><p><a href="{back}">[1]</a>'
            "Check this</p></div><footer>Copyright</footer></body></html>"
        )
        drafts = read(page.encode(), "a.html").drafts
        said = [(one.speaker, one.text) for one in drafts]
        assert said == [("Ana", "We met."), ("Tom", "See below.")]
