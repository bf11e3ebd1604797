from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from editor.cli import cli
from editor.document import RecognisedWord, Segment, Word
from editor.review import WordScores
from editor.store import Store
from editor.web.schemas.responses_glossary import GlossaryAnswer
from editor.web.schemas.responses_review import AllDoubts, Names
from tests.support.segments import put_segments


@pytest.fixture
def spelled(store: Store) -> str:
    """A name in two spellings, each heard as it is written; "a lot" was heard as a name."""
    row = store.create_transcript(title="T", media_name="t.mp3", model="base")
    lines = (("s1", "we use Deepseek here"), ("s2", "but DeepSeq is a lot"))
    segments: list[Segment] = []
    heard: list[RecognisedWord] = []
    for number, (segment_id, text) in enumerate(lines):
        words = []
        for index, word in enumerate(text.split()):
            at, at_ms = len(heard), number * 5000 + index * 400
            words.append(Word(word, at_ms, at_ms + 300, "heard", 0.9, recognised_ids=(at,)))
            said = {"a": "Elad", "lot": "Elad"}.get(word, word)
            heard.append(RecognisedWord(at, said, at_ms, at_ms + 300, 0.9))
        segments.append(Segment(segment_id, text, tuple(words)))
    put_segments(store, row.id, segments)
    store.save_chunk(row.id, "r", 0, 0, 10_000, heard)
    return row.id


def names(client: FlaskClient, transcript_id: str) -> Names:
    return Names.model_validate(client.get(f"/api/transcripts/{transcript_id}/names").json)


def test_spellings_are_grouped_and_are_doubts_of_their_segments(
    client: FlaskClient, spelled: str
) -> None:
    found = names(client, spelled)
    assert {s.text: s.count for s in found.groups[0].spellings} == {"Deepseek": 1, "DeepSeq": 1}
    assert {one.id: [d.kind for d in one.doubts] for one in found.segments} == {
        "s1": ["spelling"],
        "s2": ["spelling", "different"],
    }
    assert found.segments[0].doubts[0].why.endswith("spelled “DeepSeq” elsewhere")
    bare = AllDoubts.model_validate(client.get(f"/api/transcripts/{spelled}/doubts").json)
    assert {one.id: [d.kind for d in one.doubts] for one in bare.segments} == {"s2": ["different"]}


def test_a_spelling_is_kept_and_corrected_spellings_are_no_doubts(
    client: FlaskClient, spelled: str
) -> None:
    body = {"segment_id": "s1", "kind": "spelling", "written": "Deepseek", "heard": "Deepseek"}
    response = client.put(f"/api/transcripts/{spelled}/kept-doubts", json=body)
    assert response.status_code == 200
    assert names(client, spelled).segments[0].doubts[0].kept
    edit = {"kind": "text", "segment_id": "s2", "base_revision": 1, "text": "but Deepseek is a lot"}
    assert client.post(f"/api/transcripts/{spelled}/edits", json=edit).status_code == 200
    assert names(client, spelled).segments == []


def test_glossaries_are_kept_for_one_transcript_and_for_all(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    own = f"/api/transcripts/{transcript_id}/glossary"
    terms = [" Elad  Gil", "# hosts", "DeepSeek # a lab", "Elad Gil", ""]
    assert client.put(own, json={"terms": terms}).get_json()["terms"] == ["Elad Gil", "DeepSeek"]
    client.put("/api/glossary", json={"terms": ["No Priors"]})
    assert client.get(own).get_json()["terms"] == ["Elad Gil", "DeepSeek"]
    assert client.get("/api/glossary").get_json()["terms"] == ["No Priors"]
    client.put(own, json={"terms": []})
    assert store.glossary(transcript_id) == []
    assert client.get("/api/transcripts/no/glossary").status_code == 404
    assert client.put("/api/transcripts/no/glossary", json={"terms": []}).status_code == 404


def test_a_glossary_goes_with_its_transcript(store: Store, transcript_id: str) -> None:
    store.set_glossary(transcript_id, ["Elad"])
    store.set_glossary(None, ["DeepSeek"])
    store.delete_transcript(transcript_id)
    assert store.glossary(None) == ["DeepSeek"]


def test_a_glossary_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    recording, glossary = tmp_path / "a.wav", tmp_path / "g.txt"
    recording.write_bytes(b"RIFF")
    glossary.write_bytes(b"\0\1\2\3" * 50)
    command = ["transcribe", str(recording), "--glossary", str(glossary)]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 1
    assert "g.txt" in str(result.exception)


def test_another_style_is_a_doubt_where_it_is_asked_for_and_can_be_kept(
    client: FlaskClient, spelled: str
) -> None:
    edit = {"kind": "text", "segment_id": "s1", "base_revision": 1, "text": "We use Deepseek here"}
    path = f"/api/transcripts/{spelled}"
    assert client.post(f"{path}/edits", json=edit).get_json()["corrected"] == 0
    assert [d.kind for d in names(client, spelled).segments[0].doubts] == ["spelling"]

    def styled() -> list[tuple[str, str, bool]]:
        answer = client.get(f"{path}/names?style=true").get_json()
        doubts = Names.model_validate(answer).segments[0].doubts
        return [(d.kind, d.why, d.kept) for d in doubts if d.kind == "style"]

    assert styled() == [("style", "sounds the same; capitals differ", False)]
    body = {"segment_id": "s1", "kind": "style", "written": "We", "heard": "we"}
    assert client.put(f"{path}/kept-doubts", json=body).status_code == 200
    assert styled() == [("style", "sounds the same; capitals differ", True)]


@pytest.mark.parametrize("path", ["/api/glossary", "/api/transcripts/{}/glossary"])
def test_two_who_change_a_glossary_at_once_both_keep_their_terms(
    client: FlaskClient, transcript_id: str, path: str
) -> None:
    address = path.format(transcript_id)

    def put(terms: list[str], base: list[str] | None = None) -> list[str]:
        body = {"terms": terms} if base is None else {"terms": terms, "base": base}
        answer = GlossaryAnswer.model_validate(client.put(address, json=body).json)
        return answer.terms

    assert put(["Base", "Old"]) == ["Base", "Old"]
    assert put(["Base", "Ann"], ["Base", "Old"]) == ["Base", "Ann"]
    assert put(["Ben", "Base", "Old"], ["Base", "Old"]) == ["Base", "Ann", "Ben"]
    # Whoever saw nothing takes nothing away.
    assert put(["More"], []) == ["Base", "Ann", "Ben", "More"]
    assert put(["More", "Base"], ["Base", "Ann", "Ben", "More"]) == ["More", "Base"]
    assert put(["Only"]) == ["Only"]


def test_a_changed_glossary_is_looked_for_in_the_transcript_that_is_open(
    client: FlaskClient, store: Store, spelled: str
) -> None:
    store.update_transcript(spelled, language="en")
    store.save_word_scores(spelled, "r", 0, 0, 10_000, WordScores())
    for address in ("/api/glossary", f"/api/transcripts/{spelled}/glossary"):
        kinds = []
        for terms in (["Elad"], ["Elad"]):
            body = {"terms": terms, "transcript_id": spelled}
            answer = GlossaryAnswer.model_validate(client.put(address, json=body).json)
            kinds.append(answer.job and answer.job.kind)
        assert kinds == ["terms", None], "terms that stand there already are no news"
    body = {"terms": [], "transcript_id": "gone"}
    assert client.put("/api/glossary", json=body).status_code == 404
