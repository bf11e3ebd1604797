from __future__ import annotations

import codecs

import pytest

from editor.errors import InvalidValue, UnreadableTranscript
from editor.formats.encoding import Decoded, decode, exact_text


@pytest.mark.parametrize(
    ("data", "decoded"),
    [
        ("é\r\nb\rc\n".encode(), Decoded("é\nb\nc\n", "utf-8", False)),
        (codecs.BOM_UTF8 + "é".encode(), Decoded("é", "utf-8", False)),
        ("né".encode("utf-16"), Decoded("né", "utf-16-le", False)),
        (codecs.BOM_UTF16_BE + "né".encode("utf-16-be"), Decoded("né", "utf-16-be", False)),
        ("né".encode("utf-32"), Decoded("né", "utf-32-le", False)),
        ("Hello there\n".encode("utf-16-le"), Decoded("Hello there\n", "utf-16-le", True)),
        ("今日 は\n".encode("utf-16-be"), Decoded("今日 は\n", "utf-16-be", True)),
    ],
)
def test_encodings_of_unicode_are_known_or_told_as_a_guess(data: bytes, decoded: Decoded) -> None:
    assert decode(data, "a.txt") == decoded


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Été déjà vu", "cp1252"),
        ("Déjà vu, mon cœur ? Ça va très bien.", "cp1252"),
        ("Señor, mañana.", "cp1252"),
        ("Hvad er det? Øl", "cp1252"),
        ("Я не знаю. Пойдём домой!", "cp1251"),
        ("Привет. Как дела?", "cp866"),
        ("Привет. Как дела?", "koi8-r"),
        ("“Smart quotes” — it’s", "cp1252"),
        ("Grüße aus München, schöne Straße", "cp1252"),
        ("Zażółć gęślą jaźń, proszę państwa", "cp1250"),
        ("Это русский текст, и он довольно длинный.", "cp1251"),
        ("Καλημέρα κόσμε", "cp1253"),
        ("今日は良い天気ですね。どこに行きますか", "cp932"),
        ("今天天气很好,我们去公园", "gb18030"),
        ("1\n00:00:01,000 --> 00:00:02,000\nおはようございます、皆さん", "cp932"),
        ("Après la fête, l'été déçu", "mac-roman"),
        ("Šťastný nový rok", "cp1250"),
    ],
)
def test_other_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == Decoded(text, encoding, True)


def test_guess_looks_where_the_first_foreign_byte_stands() -> None:
    text = "Plain lines.\n" * 20_000 + "Это русский текст, и он довольно длинный.\n"
    assert decode(text.encode("cp1251"), "a.txt").text == text


def test_choice_of_the_user_is_taken_but_not_over_a_byte_order_mark() -> None:
    assert decode("é".encode(), "a.txt", "latin-1") == Decoded("Ã©", "iso8859-1", False)
    assert decode("é".encode("utf-8-sig"), "a.txt", "latin-1").text == "é"


def test_choice_that_does_not_fit_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableTranscript, match=r"a\.txt, line 2: it is not valid utf-8"):
        decode(b"a\n\xe9\n", "a.txt", "utf-8")


@pytest.mark.parametrize("encoding", ["no-such", "base64", "idna", "unicode_escape", "a\0b"])
def test_what_is_no_encoding_of_files_is_refused(encoding: str) -> None:
    with pytest.raises(InvalidValue, match=r"^encoding: .* is not an? "):
        decode(b"abc", "a.txt", encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04 and more", "save it as plain text first"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data"),
        (b"Some text\0more", "zero byte|binary"),
        (bytes(range(1, 32)) * 9, "binary data"),
        (codecs.BOM_UTF16_LE + b"a", "not valid utf-16"),
        (codecs.BOM_UTF8 + b"a\n\0", "line 2: it holds a zero byte"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x23" + bytes(range(256)) * 8, "binary data"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTranscript, match=reason):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16-le")]
)
def test_damaged_webvtt_reads_alike_when_the_encoding_is_given_back(
    mark: bytes, encoding: str
) -> None:
    for text in ("WEBVTT\n\0\x01\x02 é", "WEBVTT\n\ud800é\0", "WEBVTT\né\0\ufeff"):
        data = mark + text.encode(encoding, "surrogatepass")
        for damaged in (data, data[:-1], data + b"\x81\xff"):
            found = decode(damaged, "a.vtt")
            assert decode(damaged, "a.vtt", found.encoding).text == found.text
            assert "\0" not in found.text


def test_a_text_that_would_not_come_back_is_refused() -> None:
    assert exact_text(b"a\xffb", "utf-8", "a.vtt").encode("utf-8", "surrogateescape") == b"a\xffb"
    with pytest.raises(
        UnreadableTranscript, match="it contains bytes that are not valid utf-16-le"
    ):
        exact_text(b"\x00\xd8", "utf-16-le", "a.vtt")
