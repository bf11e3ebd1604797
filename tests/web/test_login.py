from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from editor.accounts import MOST_OF_ONE
from editor.store import Store
from editor.web import Services, Streams, create_app
from editor.web.schemas.responses_history import HistoryAnswer
from tests.web.conftest import ReadingClient

OURS = {"Origin": "http://localhost"}
PASSWORD = "correct horse"


@pytest.fixture
def guarded(services: Services) -> Services:
    """A server that others can reach, an editor Ann and a viewer Bob."""
    services.accounts.add("Ann", "editor", PASSWORD)
    services.accounts.add("Bob", "viewer", PASSWORD)
    return replace(services, settings=replace(services.settings, login=True))


def client_of(services: Services, page_folder: Path) -> FlaskClient:
    app = create_app(services, streams=Streams(idle_s=0.1, poll_s=0.01), static=page_folder)
    app.test_client_class = ReadingClient
    return app.test_client()


@pytest.fixture
def stranger(guarded: Services, page_folder: Path) -> FlaskClient:
    return client_of(guarded, page_folder)


def log_in(client: FlaskClient, name: str, password: str = PASSWORD) -> TestResponse:
    body = {"name": name, "password": password}
    return client.post("/api/login", json=body, headers=OURS)


def edit_of(store: Store, transcript_id: str) -> dict[str, Any]:
    revision = store.segment(transcript_id, "s2").segment.revision
    return {"kind": "text", "segment_id": "s2", "base_revision": revision, "text": "good night"}


def test_stranger_gets_the_login_page_and_nothing_else(
    stranger: FlaskClient, transcript_id: str
) -> None:
    for path in ("/", f"/t/{transcript_id}"):
        response = stranger.get(path)
        assert response.status_code == 303
        assert response.headers["Location"] == f"/login?next={path.replace('/', '%2F')}"
    assert stranger.get("/login").status_code == 200
    assert stranger.get("/static/js/main.js").status_code == 200


def test_every_route_of_the_api_asks_who_it_is(stranger: FlaskClient) -> None:
    open_to_all = {"/api/login", "/api/logout", "/login", "/healthz", "/readyz"}
    asked = 0
    for rule in stranger.application.url_map.iter_rules():
        path = rule.rule.replace("<int:", "<")
        for name in rule.arguments:
            path = path.replace(f"<{name}>", "1")
        # What shared links lead to is tried in tests/web/test_shared_links.py.
        if path in open_to_all or path.startswith(("/static/", "/s/")):
            continue
        for method in (rule.methods or set()) - {"OPTIONS"}:
            response = stranger.open(path, method=method, headers=OURS)
            assert response.status_code in (303, 401), f"{method} {path}"
            asked += 1
    assert asked > 30


def test_person_logs_in_works_and_logs_out(
    stranger: FlaskClient, store: Store, transcript_id: str
) -> None:
    assert log_in(stranger, "ann").status_code == 204
    assert stranger.get("/api/me").json == {"name": "Ann", "may_edit": True, "needs_login": True}
    edit = edit_of(store, transcript_id)
    address = f"/api/transcripts/{transcript_id}"
    assert stranger.post(f"{address}/edits", json=edit, headers=OURS).status_code == 200
    stolen = stranger.get_cookie("transcript-editor")
    assert stranger.post("/api/logout", json={}, headers=OURS).status_code == 204
    assert stranger.get(address).status_code == 401
    assert stolen is not None
    stranger.set_cookie("transcript-editor", stolen.value)
    assert stranger.get(address).status_code == 401


def test_name_goes_into_the_history(
    stranger: FlaskClient, store: Store, transcript_id: str
) -> None:
    log_in(stranger, "Ann")
    address = f"/api/transcripts/{transcript_id}"
    stranger.post(f"{address}/edits", json=edit_of(store, transcript_id), headers=OURS)
    stranger.post(f"{address}/undo", json={}, headers=OURS)
    stranger.post(f"{address}/redo", json={}, headers=OURS)
    answer = stranger.get(f"{address}/history").json
    assert answer
    assert [(step["action"], step["author"]) for step in answer["steps"]] == [
        ("redo", "Ann"),
        ("undo", "Ann"),
        ("edit", "Ann"),
    ]


def test_cookie_is_for_our_pages_and_not_for_scripts(guarded: Services, page_folder: Path) -> None:
    url = "https://texts.example"
    secure = replace(guarded, settings=replace(guarded.settings, url=url))
    client = client_of(secure, page_folder)
    headers = {"Host": "texts.example", "Origin": url}
    body = {"name": "Ann", "password": PASSWORD}
    cookie = client.post("/api/login", json=body, headers=headers).headers["Set-Cookie"]
    name, *traits = cookie.split("; ")
    assert name.startswith("__Host-transcript-editor=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(traits)
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_other_site_cannot_use_the_login(
    stranger: FlaskClient, store: Store, transcript_id: str, headers: dict[str, str]
) -> None:
    log_in(stranger, "Ann")
    address = f"/api/transcripts/{transcript_id}"
    edit = edit_of(store, transcript_id)
    for response in (
        stranger.post(f"{address}/edits", json=edit, headers=headers),
        stranger.delete(address, headers=headers),
        stranger.post("/api/login", json={"name": "Bob", "password": "x"}, headers=headers),
    ):
        assert response.status_code == 403
    assert store.revisions(transcript_id) == []


def test_form_of_another_site_is_not_read(stranger: FlaskClient) -> None:
    form = {"name": "Ann", "password": PASSWORD}
    assert stranger.post("/api/login", data=form, headers=OURS).status_code == 415


def test_viewer_reads_and_changes_nothing(
    stranger: FlaskClient, store: Store, transcript_id: str
) -> None:
    log_in(stranger, "Bob")
    address = f"/api/transcripts/{transcript_id}"
    assert stranger.get(address).status_code == 200
    assert stranger.get(f"{address}/export?format=srt").status_code == 200
    response = stranger.post(f"{address}/edits", json=edit_of(store, transcript_id), headers=OURS)
    assert response.status_code == 403
    assert response.json
    assert response.json["error"]["message"] == "Bob can view transcripts but not change them."
    for method, path in (
        ("DELETE", address),
        ("PATCH", address),
        ("POST", f"{address}/undo"),
        ("POST", f"{address}/jobs"),
        ("POST", f"{address}/versions"),
        ("PUT", f"{address}/kept-doubts"),
        ("POST", "/api/transcripts"),
        ("POST", "/api/uploads"),
    ):
        assert stranger.open(path, method=method, json={}, headers=OURS).status_code == 403


@pytest.mark.parametrize("way", ["removed", "logged out", "new password", "token removed"])
def test_who_is_out_hears_nothing_more(
    guarded: Services, page_folder: Path, store: Store, transcript_id: str, way: str
) -> None:
    streams = Streams(idle_s=60, poll_s=0.01, permission_s=0.02)
    client = create_app(guarded, streams=streams, static=page_folder).test_client()
    headers = {}
    if way == "token removed":
        headers = {"Authorization": f"Bearer {guarded.accounts.add_token('Bob', 'reader')}"}
    else:
        log_in(client, "Bob")
    answer = client.get(f"/api/transcripts/{transcript_id}/events", headers=headers)
    told = (part.decode() for part in answer.iter_encoded())
    assert "event: changes" in next(told)
    if way == "removed":
        guarded.accounts.remove("Bob")
    elif way == "logged out":
        client.post("/api/logout", json={}, headers=OURS)
    elif way == "new password":
        guarded.accounts.set_password("Bob", "another password")
    else:
        store.remove_token(store.tokens()[0].id)
    assert list(told)[-1].startswith("event: end")


def test_guessing_is_slowed_down_whoever_asks(guarded: Services, page_folder: Path) -> None:
    for _ in range(MOST_OF_ONE):
        # Another client each time: the count is the server's, not the browser's.
        response = log_in(client_of(guarded, page_folder), "Ann", "wrong")
        assert response.status_code == 401
        assert "Set-Cookie" not in response.headers
    response = log_in(client_of(guarded, page_folder), "Ann")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 600


def test_address_is_a_proxys_word_only_where_there_is_one(
    guarded: Services, page_folder: Path
) -> None:
    told = {**OURS, "X-Forwarded-For": "198.51.100.7"}
    wrong = {"name": "Ann", "password": "wrong"}
    for proxies, statuses in ((0, {429}), (1, {401})):
        settings = replace(guarded.settings, proxies=proxies)
        client = client_of(replace(guarded, settings=settings), page_folder)
        for _ in range(MOST_OF_ONE):
            client.post("/api/login", json=wrong, headers=OURS)
        assert client.post("/api/login", json=wrong, headers=told).status_code in statuses


def test_script_works_by_its_token_without_origin(
    stranger: FlaskClient, guarded: Services, store: Store, transcript_id: str
) -> None:
    token = guarded.accounts.add_token("Ann", "nightly")
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/transcripts/{transcript_id}/edits"
    edit = edit_of(store, transcript_id)
    assert stranger.post(address, json=edit, headers=headers).status_code == 200
    assert store.revisions(transcript_id)[0].author == "Ann"
    viewers = {"Authorization": f"Bearer {guarded.accounts.add_token('Bob', 'reader')}"}
    assert stranger.get("/api/transcripts", headers=viewers).status_code == 200
    assert stranger.post(address, json=edit, headers=viewers).status_code == 403


@pytest.mark.parametrize("given", ["Bearer te_wrong", "Bearer ", "Basic QW5uOng=", "x"])
def test_wrong_token_is_refused(stranger: FlaskClient, given: str) -> None:
    assert stranger.get("/api/models", headers={"Authorization": given}).status_code == 401


def test_new_login_ends_the_one_before(stranger: FlaskClient, guarded: Services) -> None:
    log_in(stranger, "Ann")
    before = stranger.get_cookie("transcript-editor")
    log_in(stranger, "Ann")
    after = stranger.get_cookie("transcript-editor")
    assert before is not None
    assert after is not None
    assert guarded.accounts.logged_in(before.value) is None
    assert guarded.accounts.logged_in(after.value) is not None


def test_own_computer_needs_no_name(client: FlaskClient) -> None:
    assert client.get("/api/me").json == {"name": None, "may_edit": True, "needs_login": False}


def test_titles_names_deletions_and_restores_carry_the_name(
    stranger: FlaskClient, transcript_id: str
) -> None:
    log_in(stranger, "Ann")
    address = f"/api/transcripts/{transcript_id}"
    assert stranger.patch(address, json={"title": "Seven"}, headers=OURS).status_code == 200
    for name in ("first", "second"):
        stranger.post(f"{address}/versions", json={"name": name}, headers=OURS)
    whole = HistoryAnswer.model_validate(stranger.get(f"{address}/history").json)
    stranger.delete(f"{address}/versions/{whole.versions[0].id}", headers=OURS)
    stranger.delete(address, headers=OURS)
    stranger.post(f"{address}/restore", json={}, headers=OURS)
    told = HistoryAnswer.model_validate(stranger.get(f"{address}/history").json)
    assert [(one.kind, one.author) for one in told.deeds] == [
        ("restore", "Ann"),
        ("delete", "Ann"),
        ("forget", "Ann"),
        ("title", "Ann"),
    ]
    assert [(one.name, one.author) for one in told.versions] == [("first", "Ann")]
