from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from editor.web import Services, create_app
from editor.web.http.page_words import LANGUAGES, in_language, words_of
from editor.web.http.pages import static_folder

PAGES = ["index.html", "login.html", "editor.html"]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_word_of_the_pages_is_there_in_each_language(language: str) -> None:
    words = json.loads((static_folder() / f"pages.{language}.json").read_text("utf-8"))
    html = [(static_folder() / name).read_text("utf-8") for name in PAGES]
    written = {text for page in html for text in words_of(page)}
    assert {text for text in written if not words.get(text)} == set(), "not translated"
    assert set(words) - written == set(), "on no page any more"


def test_only_what_is_read_is_put_in_another_language() -> None:
    html = (
        '<html lang="en"><p title="Save" data-part="save">Save &amp; go <b>Save</b>\n'
        "  all of it, <i>×</i>\n  Now</p>"
    )
    words = {"Save": 'Sicher "jetzt"', "Save & go": "<Los>", "all of it,": "alles,"}
    assert list(words_of(html)) == ["Save", "Save & go", "Save", "all of it,", "Now"]
    assert in_language(html, "de", words) == (
        '<html lang="de"><p title="Sicher &quot;jetzt&quot;" data-part="save">'
        '&lt;Los&gt; <b>Sicher "jetzt"</b>\n  alles, <i>×</i>\n  Now</p>'
    )


@pytest.mark.parametrize(
    ("accepted", "chosen", "language"),
    [
        ("", "", "en"),
        ("de-CH,de;q=0.9,en;q=0.8", "", "de"),
        ("en-GB,de;q=0.8", "", "en"),
        ("fr,de;q=0.5", "", "de"),
        ("fr", "", "en"),
        ("de;q=0,en;q=0.1", "", "en"),
        ("de", "en", "en"),
        ("en", "de", "de"),
        ("en", "../de", "en"),
    ],
)
def test_a_page_is_in_the_language_chosen_else_in_the_browsers(
    services: Services, accepted: str, chosen: str, language: str
) -> None:
    client: FlaskClient = create_app(services, static=static_folder()).test_client()
    if chosen:
        client.set_cookie("language", chosen)
    page = client.get("/login", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page.text
    assert {"en": "Password", "de": "Passwort"}[language] in page.text
    assert page.vary.as_set() == {"accept-encoding", "accept-language", "cookie"}

    client.delete_cookie("language")
    other = {"en": "de", "de": "en"}[language]
    since = {"Accept-Language": other, "If-None-Match": page.headers["ETag"]}
    assert client.get("/login", headers=since).status_code == 200
