from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from flask.testing import FlaskClient

from editor.web import Services, create_app
from editor.web.http import compress
from editor.web.http.page_files import page_files
from editor.web.http.pages import static_folder

MODULE = "text/javascript; charset=utf-8"
PAGES = ["index.html", "login.html", "editor.html"]


@pytest.fixture
def opened(services: Services) -> Callable[[Path], FlaskClient]:
    """A client of an app with its page in some folder."""
    return lambda folder: create_app(services, static=folder).test_client()


def write_page(folder: Path, library: str) -> Path:
    """A page of two modules; `library` is what the second holds."""
    (folder / "js" / "list").mkdir(parents=True)
    for name in PAGES:
        html = '<script type="module" src="/static/js/main.js"></script>'
        (folder / name).write_text(html, "utf-8")
    main = '/** @type {import("./none.js").A} */\nimport {\n  rows,\n} from "./list/rows.js";\n'
    (folder / "js" / "main.js").write_text(main, "utf-8")
    (folder / "js" / "list" / "rows.js").write_text(library, "utf-8")
    return folder


def addresses(html: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', html)


@pytest.mark.parametrize(
    ("path", "content_type", "text"),
    [
        ("/", "text/html; charset=utf-8", "library"),
        ("/t/abc", "text/html; charset=utf-8", "editor"),
        ("/static/js/main.js", "text/javascript; charset=utf-8", "export {};"),
    ],
)
def test_pages_are_sent_with_their_types(
    client: FlaskClient, path: str, content_type: str, text: str
) -> None:
    response = client.get(path)
    assert (response.text, response.headers["Content-Type"]) == (text, content_type)
    assert response.headers["Cache-Control"] == "no-cache"


def test_what_a_page_names_is_kept_for_good_under_its_content(
    opened: Callable[[Path], FlaskClient], tmp_path: Path
) -> None:
    first = opened(write_page(tmp_path / "a", "export const rows = 1;"))
    page = first.get("/")
    main, rows, entry = addresses(page.text)
    assert main == entry
    assert normpath(join(dirname(main), "list/rows.js")) == rows
    for address in (main, rows):
        module = first.get(address)
        assert module.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert module.headers["Content-Type"] == MODULE
    again = first.get("/", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")

    # After an update the page names others; who has the old page open gets what there is.
    second = opened(write_page(tmp_path / "b", "export const rows = 2;"))
    assert addresses(second.get("/").text)[1] != rows
    module = second.get(rows)
    assert (module.text, module.headers["Cache-Control"]) == ("export const rows = 2;", "no-cache")
    assert second.get("/", headers={"If-None-Match": page.headers["ETag"]}).status_code == 200


def test_files_are_compressed_before_they_are_asked_for(
    opened: Callable[[Path], FlaskClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "export const rows = 1;\n" * 100
    client = opened(write_page(tmp_path / "long", code))
    monkeypatch.setattr(compress, "packed", None)
    rows = addresses(client.get("/").text)[1]
    taken = client.get(rows, headers={"Accept-Encoding": "gzip"})
    assert taken.headers["Content-Encoding"] == "gzip"
    assert len(taken.data) < 100
    plain = client.get(rows)
    assert plain.text == code
    assert plain.headers["Vary"] == taken.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != taken.headers["ETag"]


@pytest.mark.parametrize("name", PAGES)
def test_every_module_of_a_page_is_asked_for_at_once(name: str) -> None:
    sent = page_files(static_folder())
    prefix = f"/static/{sent.hash}/"
    paths = [address.removeprefix(prefix) for address in addresses(sent.files[name].data.decode())]
    modules = {path for path in paths if path.endswith(".js")}
    for module in modules:
        code = sent.files[module].data.decode()
        for imported in re.findall(r'from "([^"]+)";', code):
            assert normpath(join(dirname(module), imported)) in modules
    assert {path.partition("#")[0] for path in paths} <= set(sent.files)
    scripts = [path for path in paths if path.endswith(".js")]
    assert len(scripts) - len(set(scripts)) == 1, "only the script itself stands there twice"


def test_the_editor_asks_for_its_transcript_at_once(client: FlaskClient) -> None:
    link = client.get("/t/a%3Eb").headers["Link"]
    assert link == "</api/transcripts/a%3Eb>; rel=preload; as=fetch; crossorigin"


@pytest.mark.parametrize(
    "path",
    ["/static/nope.js", "/static/../secret.txt", "/static/..%2fsecret.txt", "/static//etc/passwd"],
)
def test_nothing_outside_the_folder_is_sent(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (308, 404)
    assert "secret" not in response.text


def test_page_lies_beside_the_package_in_a_checkout() -> None:
    assert static_folder().name == "static"
