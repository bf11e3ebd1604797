"""The main job with a real model on synthetic speech whose word times are known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from editor.asr import ModelCache, align_trusted_text, prepare
from editor.asr.recogniser import Recogniser
from editor.cli import cli, retiming, reviewing
from editor.cli.serving import add_sample
from editor.cli.source import Source, checked_source
from editor.config import Settings
from editor.document import RecognisedWord, split_words
from editor.errors import UnreadableMedia, UnreadableTranscript
from editor.formats import read
from editor.formats.exports import Options
from editor.jobs import Queue
from editor.jobs.worker import Worker
from editor.library import align, export, jobs_transcribe, recordings, transcripts
from editor.review import segment_doubts
from editor.store import Store
from editor.timecode import ms_from_timestamp, timestamp_from_ms
from tests.support.fresh import fresh_store
from tests.support.robot import say
from tests.support.speech import Spoken, joined, music, noise, silence, speak, write_wav

pytestmark = pytest.mark.model

SAID = (
    "The keeper of the lighthouse wrote every morning in his logbook.",
    "At low tide the rocks were dry, and the gulls came back.",
)
#: What a machine made of it: a wrong name, a word lost, another spelling.
WRITTEN = (
    "The keeper of the light house wrote morning in his lockbook.\n"
    "- At low tide the rocks were dry, and the girls came back.\n"
)


@pytest.fixture(scope="module")
def spoken() -> Spoken:
    return joined([speak(SAID[0]), silence(900), speak(SAID[1])])


@pytest.fixture
def recording(tmp_path: Path, spoken: Spoken) -> Path:
    path = tmp_path / "talk.wav"
    write_wav(spoken, path)
    return path


LINES = (
    "The boats went out before the sun was up.",
    "Nobody in the harbour had slept that night.",
    "A cold wind came down from the northern hills.",
    "She counted seven lamps along the old wall.",
    "Then the bell rang twice and everything stopped.",
    "My brother carried the ropes to the second boat.",
    "We could hear the water under the wooden planks.",
    "Later the fog lifted and the coast was clear.",
    "They sold the fish before the market opened.",
    "In the evening all of them sat by the fire.",
)
CUT = (
    "Welcome to tonight's programme about gardens.",
    "Our guest grows seventeen kinds of potatoes.",
    "Please stay with us for the whole hour.",
    "Goodbye and thank you for listening, everybody.",
)


@dataclass
class Late:
    """A recording and captions of it that come 2.4 s late; `starts_ms` are the true ones."""

    recording: Path
    captions: Path
    starts_ms: list[int]


@pytest.fixture
def late(tmp_path: Path) -> Late:
    said = joined([speak(line) for line in LINES], pause_ms=700)
    starts, at = [], 0
    for line in LINES:
        starts.append(said.words[at][1])
        at += len(split_words(line))
    shown = [(start + 2400, line) for start, line in zip(starts, LINES, strict=True)]
    captions = write_captions(tmp_path / "boats.vtt", shown)
    return Late(write_wav(said, tmp_path / "boats.wav"), captions, starts)


def write_captions(path: Path, shown: Sequence[tuple[int, str]]) -> Path:
    """Captions of 1.6 s each, from where they begin (ms)."""
    blocks = (
        f"{timestamp_from_ms(ms)} --> {timestamp_from_ms(ms + 1600)}\n{line}\n\n"
        for ms, line in shown
    )
    path.write_text("WEBVTT\n\n" + "".join(blocks), "utf-8")
    return path


def of_a_longer_recording(late: Late, path: Path) -> Path:
    """Captions of a recording from which 20 s before these and all behind them were cut."""
    starts_ms = late.starts_ms
    before = zip((2000, 8000, 15_000), CUT, strict=False)
    same = ((start + 22_400, line) for start, line in zip(starts_ms, LINES, strict=True))
    return write_captions(path, [*before, *same, (starts_ms[-1] + 30_000, CUT[3])])


#: A model is loaded once for all tests; each would load it from its own data folder.
LOADED = cache(Recogniser)


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(prepare.__globals__, "Recogniser", LOADED)


@pytest.fixture
def held() -> Iterator[ExitStack]:
    """What is held open until the end of a test."""
    with ExitStack() as stack:
        yield stack


def hear_once(monkeypatch: pytest.MonkeyPatch, command: ModuleType, held: ExitStack) -> None:
    """Let what a command heard first, and the text timed by it, serve all its further runs."""
    heard: list[object] = []

    @contextmanager
    def checked(source: Source) -> Iterator[object]:
        if not heard:
            heard.append(held.enter_context(checked_source(source)))
        yield heard[0]

    monkeypatch.setattr(command, "checked_source", checked)


def test_retime_mends_late_captions_and_keeps_their_texts(
    tmp_path: Path, late: Late, monkeypatch: pytest.MonkeyPatch, held: ExitStack
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    out = tmp_path / "out.vtt"
    captions = of_a_longer_recording(late, tmp_path / "longer.vtt")
    hear_once(monkeypatch, retiming, held)
    result = CliRunner().invoke(
        cli,
        ["retime", str(late.recording), str(captions), "--model", "tiny.en", "-o", str(out)],
    )
    assert result.exit_code == 0, result.output
    assert "Your captions were 22." in result.stderr
    assert "Not in the recording: captions 1 to 3, 00:00:02.000 to 00:00:16.600." in result.stderr
    assert "Not in the recording: caption 14, " in result.stderr
    mended = out.read_text("utf-8").split("\n")
    assert [line for line in mended if line in (*LINES, *CUT)] == list(LINES)
    times = [line.split(" --> ") for line in mended if "-->" in line]
    for (start, end), true in zip(times, late.starts_ms, strict=True):
        assert abs(ms_from_timestamp(start) - true) <= 250
        assert abs(ms_from_timestamp(end) - ms_from_timestamp(start) - 1600) <= 1
    # In TTML of one line, with what was cut kept: moved as far as the rest, but not before 0.
    kept, run = out.with_suffix(".ttml"), CliRunner().invoke
    assert run(cli, ["convert", str(captions), "-o", str(kept)]).exit_code == 0
    kept.write_bytes(kept.read_bytes().replace(b"\n", b" "))
    result = run(
        cli, ["retime", str(late.recording), str(kept), "--keep-unmatched", "-o", str(kept)]
    )
    assert (result.exit_code, "captions 1 to 3, 00:00:02.000 to" in result.stderr) == (0, True)
    shown = read(kept.read_bytes(), "a.ttml").captions
    assert sorted(one.text for one in shown) == sorted((*LINES, *CUT))
    assert [one.start_ms for one in shown if one.text in LINES] == list(
        map(ms_from_timestamp, (start for start, _ in times))
    )
    assert all(one.start_ms < 1000 for one in shown if one.text in CUT[:3])


def test_a_trusted_text_is_listened_for_as_it_stands(
    tmp_path: Path, recording: Path, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    text, out = tmp_path / "talk.txt", tmp_path / "out.json"
    text.write_text("(gentle music)\n" + "\n".join(SAID), "utf-8")
    command = ["align", str(recording), str(text), "--trust-text", "--model", "base"]
    result = CliRunner().invoke(cli, [*command, "-o", str(out)])
    assert result.exit_code == 0, result.output
    written = json.loads(out.read_text("utf-8"))
    assert written["coverage"]["written_share"] == 1
    words = [w for s in written["segments"] if s["kind"] == "speech" for w in s["words"]]
    true = [word[1] for word in spoken.words]
    errors = sorted(abs(w["start_ms"] - t) for w, t in zip(words, true, strict=True))
    assert errors[len(errors) // 2] <= 80


@pytest.mark.parametrize("how", [["--trust-text"], []])
def test_words_keep_step_through_music_and_over_seams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: list[str]
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    lines = [speak(line, speed=speed) for speed in (1.0, 0.8, 1.2) for line in LINES[:5]]
    said = joined([music(6000), speak("Hello."), *lines[:8], music(9000), *lines[8:]])
    text, out = tmp_path / "talk.txt", tmp_path / "out.json"
    text.write_text(said.text, "utf-8")
    recording = write_wav(said, tmp_path / "talk.wav")
    command = ["align", str(recording), str(text), *how, "--model", "base"]
    result = CliRunner().invoke(cli, [*command, "-o", str(out)])
    assert result.exit_code == 0, result.output
    words = [w for s in json.loads(out.read_text("utf-8"))["segments"] for w in s["words"]]
    pairs = zip(words, said.words, strict=True)
    errors = sorted(abs(word["start_ms"] - true) for word, (_, true, _) in pairs)
    assert errors[len(errors) // 2] <= 80
    assert errors[-1] <= 500


def test_a_trusted_text_that_is_not_said_is_not_heard(
    tmp_path: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    text, out = tmp_path / "other.txt", tmp_path / "out.json"
    text.write_text("\n".join(LINES), "utf-8")
    command = ["align", str(recording), str(text), "--trust-text", "--model", "base"]
    result = CliRunner().invoke(cli, [*command, "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert json.loads(out.read_text("utf-8"))["coverage"]["written_share"] < 0.3


@dataclass
class Seen:
    phases: list[str] = field(default_factory=list)
    fractions: list[float] = field(default_factory=list)

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        self.phases.append(phase)
        self.fractions.append(fraction)

    def checkpoint(self) -> None:
        pass


def settings_in(folder: Path) -> Settings:
    return Settings.from_env(
        {"TRANSCRIPT_EDITOR_DATA": str(folder), "TRANSCRIPT_EDITOR_MODEL": "tiny.en"}
    )


def test_align_gives_known_words_their_times(
    tmp_path: Path, recording: Path, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    text, out = tmp_path / "talk.txt", tmp_path / "out.json"
    text.write_text("\n".join(SAID), "utf-8")
    result = CliRunner().invoke(
        cli, ["align", str(recording), str(text), "--model", "tiny.en", "-o", str(out)]
    )
    assert result.exit_code == 0, result.output
    written = json.loads(out.read_text("utf-8"))
    assert written["coverage"]["written_share"] == 1
    words = [word for segment in written["segments"] for word in segment["words"]]
    assert [word["text"] for word in words] == split_words(" ".join(SAID))
    true = [word[1] for word in spoken.words]
    errors = sorted(abs(w["start_ms"] - t) for w, t in zip(words, true, strict=True))
    assert errors[len(errors) // 2] <= 120
    assert errors[-1] <= 700


def library(
    tmp_path: Path,
    recording: Path,
    text: bytes | None,
    text_name: str = "talk.txt",
    *,
    is_trusted: bool = False,
) -> tuple[Settings, Store, str]:
    settings = settings_in(tmp_path / "data")
    store = fresh_store(settings.database_url)
    queue = Queue(settings.data_dir / "queue.db")
    transcript_id = transcripts.create_transcript(
        settings,
        store,
        queue=queue,
        media_path=recording,
        media_name="talk.wav",
        text=text,
        text_name=text_name if text else None,
        text_encoding=None,
        title=None,
        model="tiny.en",
        language=None,
        is_trusted=is_trusted,
    )

    def run(context: object) -> None:
        job = store.jobs(transcript_id)[0]
        jobs_transcribe.transcribe(settings, store, job, Seen(), model_cache)

    model_cache = ModelCache(settings)
    worker = Worker(store, queue, {"transcribe": run}, name="test")
    worker.step()
    # A trusted text is found by its phones.
    assert model_cache.is_loaded is not is_trusted
    queue.close()
    return settings, store, transcript_id


def test_job_times_the_text_and_export_gives_it_back(tmp_path: Path, recording: Path) -> None:
    settings, store, transcript_id = library(tmp_path, recording, WRITTEN.encode())
    assert store.jobs(transcript_id)[0].state == "done"
    row = store.transcript(transcript_id)
    assert row.coverage is not None
    assert row.coverage["written_share"] > 0.95
    for format_name in ("srt", "vtt", "txt", "json"):
        exported = export.export_file(
            store, transcript_id, format_name=format_name, options=Options()
        )
        drafts = read(exported.data, f"a.{format_name}").drafts
        assert [d.text for d in drafts] == [
            line.removeprefix("- ") for line in WRITTEN.splitlines()
        ]
    peaks = recordings.read_peaks(settings, transcript_id, level=20, start_ms=0, end_ms=1000)
    assert peaks is not None
    assert len(peaks) == 40
    transcripts.delete_transcript(settings, store, transcript_id)
    assert not recordings.folder_of(settings, transcript_id).exists()
    store.close()


def test_a_trusted_text_of_the_library_is_followed_and_goes_on_after_a_stop(
    tmp_path: Path, late: Late
) -> None:
    text = " ".join(LINES).encode()
    settings, store, transcript_id = library(tmp_path, late.recording, text, is_trusted=True)
    heard = store.recognised_words(transcript_id)
    assert [word.text for word in heard] == split_words(" ".join(LINES))
    assert store.transcript(transcript_id).coverage is not None
    (segment,) = (one.segment for one in store.segments(transcript_id))
    at = [0]
    for line in LINES[:-1]:
        at.append(at[-1] + len(split_words(line)))
    errors = [abs(segment.words[i].start_ms - t) for i, t in zip(at, late.starts_ms, strict=True)]
    assert median(errors) <= 150
    folder = recordings.folder_of(settings, transcript_id)
    prepared = prepare(folder / "original.wav", folder, 0, Seen())
    with ModelCache(settings).recogniser("tiny.en", Seen()) as recogniser:
        rest = list(
            align_trusted_text(
                prepared,
                lambda: recogniser,
                language="en",
                done=heard[:40],
                written=(split_words(" ".join(LINES)), [True] * len(heard)),
                progress=(seen := Seen()),
            )
        )
    assert seen.fractions == sorted(seen.fractions)
    assert rest[0].number == 1
    assert rest[0].words[0].text == heard[40].text
    assert rest[-1].words[-1].text == "fire."
    store.close()


def test_the_job_tells_that_captions_were_late_and_sounds_get_mended_times_in_one_step(
    tmp_path: Path, late: Late
) -> None:
    end_ms = late.starts_ms[-1] + 2400
    span = f"{timestamp_from_ms(end_ms + 2400)} --> {timestamp_from_ms(end_ms + 3000)}"
    text = late.captions.read_text("utf-8") + f"{span}\n[bell]\n\n"
    _, store, transcript_id = library(tmp_path, late.recording, text.encode(), "boats.vtt")
    coverage = store.transcript(transcript_id).coverage
    assert coverage is not None
    assert [remark["kind"] for remark in coverage["remarks"]] == ["drift"]
    assert abs(coverage["drift"]["parts"][0]["late_ms"] - 2400) <= 250
    exported = export.export_file(
        store, transcript_id, format_name="original", options=Options(is_mended=True)
    )
    drafts = read(exported.data, "boats.vtt").drafts
    for draft, true_ms in zip(drafts, [*late.starts_ms, end_ms], strict=True):
        assert draft.start_ms is not None
        assert draft.end_ms is not None
        assert abs(draft.start_ms - true_ms) <= 250
        assert abs(draft.end_ms - draft.start_ms - (600 if true_ms == end_ms else 1600)) <= 1
    before = store.segments(transcript_id)[-1].segment
    assert before.words[0].origin == "placed"
    applied = align.mend_times(store, transcript_id, edit_id="once")
    assert align.mend_times(store, transcript_id, edit_id="once").revision_id is not None
    after = store.segments(transcript_id)[-1].segment
    assert applied.can_undo
    assert after.words[0].origin == "imported"
    assert abs(after.words[0].start_ms - end_ms) <= 250
    store.undo(transcript_id)
    assert store.segments(transcript_id)[-1].segment.words == before.words
    store.close()


def test_without_a_text_what_was_heard_becomes_it(tmp_path: Path, recording: Path) -> None:
    _, store, transcript_id = library(tmp_path, recording, None)
    text = " ".join(stored.segment.text for stored in store.segments(transcript_id))
    assert "low tide the rocks were dry" in text
    store.close()


def test_refused_input_stores_nothing_and_keeps_the_file(tmp_path: Path, recording: Path) -> None:
    settings = settings_in(tmp_path / "data")
    store = fresh_store(settings.database_url)
    junk = tmp_path / "junk.mp3"
    junk.write_bytes(b"no sound at all" * 100)
    for path, text, error in (
        (junk, b"text", UnreadableMedia),
        (recording, b"\0\0\0", UnreadableTranscript),
    ):
        with pytest.raises(error, match=r"^(talk.mp3|a.txt): "):
            transcripts.create_transcript(
                settings,
                store,
                media_path=path,
                media_name="talk.mp3",
                text=text,
                text_name="a.txt",
                text_encoding=None,
                title=None,
                model="tiny.en",
                language=None,
            )
        assert path.exists()
    assert store.list_transcripts() == []
    store.close()


def test_sample_project_is_aligned_and_its_errors_are_doubts(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "data")
    store = fresh_store(settings.database_url)
    queue = Queue(settings.data_dir / "queue.db")
    transcript_id = add_sample(settings, store, queue)
    assert [job.state for job in store.jobs(transcript_id)] == ["done"]
    coverage = store.transcript(transcript_id).coverage
    assert coverage is not None
    assert coverage["written_share"] > 0.9
    heard = store.recognised_words(transcript_id)
    segments = [stored.segment for stored in store.segments(transcript_id)]
    listened = store.word_scores(transcript_id)
    assert listened
    plain, scored = (segment_doubts(segments, heard, told) for told in (None, listened))
    assert any("equivalency" in d.written for found in scored.values() for d in found)
    assert any("fits the sound" in d.why for found in scored.values() for d in found)
    assert plain.keys() == scored.keys()
    assert plain != scored
    queue.close()
    store.close()


def test_the_glossary_is_listened_for(
    tmp_path: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str | None] = []
    recognise = Recogniser.recognise

    def noted(self: Recogniser, samples: Any, **options: Any) -> Any:
        told.append(options["hotwords"])
        return recognise(self, samples, **options)

    monkeypatch.setattr(Recogniser, "recognise", noted)
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    glossary, out = tmp_path / "terms.txt", tmp_path / "out.txt"
    command = ["transcribe", str(recording), "--model", "tiny.en", "--glossary", str(glossary)]
    glossary.write_text("# spellings\n" * 100_000, "utf-8")
    assert "a glossary has 1000000 bytes" in str(CliRunner().invoke(cli, command).exception)
    glossary.write_text("# spellings\nlogbook\n", "utf-8")
    result = CliRunner().invoke(cli, [*command, "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert set(told) == {"logbook"}
    assert "logbook" in out.read_text("utf-8")

    settings, store, transcript_id = library(tmp_path, recording, None)
    store.set_glossary(None, ["DeepSeek"])
    store.set_glossary(transcript_id, ["Elad Gil"])
    told.clear()
    job = store.create_job("transcribe", transcript_id, {})
    model_cache = ModelCache(settings)
    jobs_transcribe.transcribe(settings, store, job, Seen(), model_cache)
    assert set(told) == {"Elad Gil, DeepSeek"}
    store.close()


def test_review_lists_the_errors_of_a_text_first(
    tmp_path: Path, recording: Path, monkeypatch: pytest.MonkeyPatch, held: ExitStack
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    text = tmp_path / "talk.txt"
    text.write_text(WRITTEN, "utf-8")
    hear_once(monkeypatch, reviewing, held)
    command = ["review", str(recording), str(text), "--model", "tiny.en"]
    listed = CliRunner().invoke(cli, [*command, "--format", "json", "--min-score", "0"])
    assert listed.exit_code == 0, listed.output
    doubts = json.loads(listed.stdout)
    fields = "kind first_word last_word written heard score start_ms end_ms why"
    assert list(doubts[0]) == fields.split()
    worst = sorted((doubt["first_word"], doubt["last_word"]) for doubt in doubts[:3])
    assert worst == [(7, 6), (10, 10), (20, 20)]
    assert [d["score"] for d in doubts] == sorted((d["score"] for d in doubts), reverse=True)
    table = CliRunner().invoke(cli, [*command, "--limit", "2"])
    assert table.exit_code == 2
    assert "girls" in table.stdout
    quiet = CliRunner().invoke(cli, [*command, "--min-score", "0.5", "--include-minor"])
    assert quiet.exit_code == 0
    assert "style" not in table.stdout
    assert "“light house”: sounds the same; hyphens or spaces differ" in quiet.stdout


def test_what_is_no_speech_becomes_no_text_and_nothing_heard_is_told(
    tmp_path: Path, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    terms, text, out = tmp_path / "terms.txt", tmp_path / "talk.txt", tmp_path / "out.json"
    terms.write_text("Zephyrine Quartermaine\nHarbour Mattress\n", "utf-8")
    text.write_text("\n".join(LINES), "utf-8")

    def run(said: Spoken, command: str, *files: Path) -> tuple[list[str], str]:
        recording = write_wav(said, tmp_path / "in.wav")
        how = ["--model", "base", "--glossary", str(terms), "-o", str(out)]
        result = CliRunner().invoke(cli, [command, str(recording), *map(str, files), *how])
        assert result.exit_code == 0, result.output
        segments = json.loads(out.read_text("utf-8"))["segments"]
        words = [word for segment in segments for word in segment["words"]]
        return [w["text"] for w in words if w["origin"] == "heard"], result.stderr

    around = joined([noise(8_000), spoken, music(9_000), silence(9_000), spoken])
    heard, told = run(around, "transcribe")
    assert len(heard) == pytest.approx(len(around.words), abs=3)
    assert "of the text matches" not in told
    heard, told = run(joined([noise(6_000), music(8_000)]), "align", text)
    assert heard == []
    assert "No speech was recognised in in.wav" in told
    assert "\n0.0% of the text matches the recording" in told


GERMAN = (
    "Guten Morgen und herzlich willkommen. Meine Schwester hat einen großen Hund und zwei kleine"
    " Katzen, und wir gehen heute zusammen in den Garten."
)


def test_a_passage_in_another_language_is_heard_in_that_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    english = speak(" ".join(SAID))
    german, begins = say(GERMAN, "de", 140)
    said = joined([english, Spoken(german), english], pause_ms=900)
    recording = write_wav(said, tmp_path / "talk.wav")
    text, out = tmp_path / "talk.txt", tmp_path / "out.json"
    text.write_text(f"{english.text}\n{GERMAN}\n{english.text}\n", "utf-8")
    command = ["align", str(recording), str(text), "--model", "base", "-o", str(out)]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    segments = json.loads(out.read_text("utf-8"))["segments"]
    found = [word["start_ms"] for word in segments[1]["words"] if word["origin"] == "heard"]
    assert "German is spoken from 0:0" in result.stderr
    assert len(found) > 0.7 * len(begins)
    first_ms = english.duration_ms + 900
    true_ms = [first_ms + at_ms for at_ms in begins.values()]
    errors = [min(abs(at - true) for true in true_ms) for at in found]
    assert median(errors) <= 80
    assert {
        word["origin"] for segment in (segments[0], segments[2]) for word in segment["words"]
    } == {"heard"}


def test_where_recognition_understands_nothing_the_text_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recognition is played, since no sound derails it on every processor; listening is real."""

    def mumble(_: object, samples: Any, *, start_ms: int, **__: object) -> Iterator[RecognisedWord]:
        for at_ms in range(start_ms, start_ms + len(samples) // 16, 400):
            yield RecognisedWord(0, "mumble", at_ms, at_ms + 400, 0.3)

    monkeypatch.setattr(Recogniser, "recognise", mumble)
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path / "data"))
    said = joined([speak(line) for line in LINES], pause_ms=500)
    text, out = tmp_path / "talk.txt", tmp_path / "out.json"
    text.write_text(said.text, "utf-8")
    recording = write_wav(said, tmp_path / "talk.wav")
    command = ["align", str(recording), str(text), "--model", "base", "--language", "en"]
    result = CliRunner().invoke(cli, [*command, "-o", str(out)])
    assert result.exit_code == 0, result.output
    words = [w for s in json.loads(out.read_text("utf-8"))["segments"] for w in s["words"]]
    pairs = zip(words, said.words, strict=True)
    errors = [abs(word["start_ms"] - true) for word, (_, true, _) in pairs]
    assert {word["origin"] for word in words} == {"heard"}
    assert median(errors) <= 60
    assert max(errors) <= 500
