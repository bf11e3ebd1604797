from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from editor import weights
from editor.errors import ModelUnavailable
from editor.weights import MODELS, FileSpec, ModelSpec
from editor.weights.packaged import PACKAGED
from tests.support.local_hub import local_hub

REVISION = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "config.json": b"{}",
    "tokenizer.json": b"[]" * 500,
    "model.bin": bytes(range(256)) * 20_000,
}


def spec_of(files: dict[str, bytes], name: str = "toy") -> ModelSpec:
    pinned = {
        file: FileSpec(hashlib.sha256(data).hexdigest(), len(data)) for file, data in files.items()
    }
    return ModelSpec(name, "someone/toy", REVISION, pinned)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> ModelSpec:
    spec = spec_of(FILES)
    monkeypatch.setitem(MODELS, "toy", spec)
    return spec


def write_package(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("raise SystemExit('packages of weights are not run')")
    for name, data in files.items():
        (folder / name).write_bytes(data)


def test_every_model_is_pinned() -> None:
    assert list(MODELS) == [
        *("tiny", "tiny.en", "base", "base.en", "small", "small.en", "medium", "medium.en"),
        *("large-v3", "large-v3-turbo"),
    ]
    for name, spec in MODELS.items():
        assert spec.name == name
        assert len(spec.revision) == 40
        assert {"config.json", "model.bin", "tokenizer.json"} < set(spec.files)
        assert all(len(file.sha256) == 64 and file.size_bytes for file in spec.files.values())
    # Sizes of the whole as published.
    assert MODELS["base"].download_bytes == 147_882_941
    assert MODELS["large-v3"].download_bytes == 3_090_835_702
    assert [name for name, spec in MODELS.items() if spec.english_only] == [
        *("tiny.en", "base.en", "small.en", "medium.en"),
    ]


def test_packaged_base_is_joined_once_and_then_found(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    assert weights.available("base", tmp_path) == "packaged"
    folder = weights.ensure("base", tmp_path, on_progress=lambda *now: seen.append(now))
    assert folder == tmp_path / "base"
    assert {path.name: path.stat().st_size for path in folder.iterdir()} == {
        name: file.size_bytes for name, file in MODELS["base"].files.items()
    }
    assert seen == [(147_882_941, 147_882_941)]
    assert weights.available("base", tmp_path) == "cached"
    before = (folder / "model.bin").stat().st_mtime_ns
    assert weights.ensure("base", tmp_path) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".base.lock", "base"]


def test_packaged_tiny_is_used_where_it_lies(tmp_path: Path) -> None:
    folder = weights.ensure("tiny.en", tmp_path)
    assert (folder / "model.bin").stat().st_size == 75_537_502
    assert list(tmp_path.iterdir()) == []


def test_changed_package_is_refused_and_nothing_kept(
    tmp_path: Path, toy: ModelSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path / "site/toy_part1", {**FILES, "model.bin.1": FILES["model.bin"][:-9]})
    write_package(tmp_path / "site/toy_part2", {"model.bin.2": b"malicious"})
    monkeypatch.syspath_prepend(tmp_path / "site")
    parts = {
        "config.json": ("toy_part1/config.json",),
        "tokenizer.json": ("toy_part1/tokenizer.json",),
        "model.bin": ("toy_part1/model.bin.1", "toy_part2/model.bin.2"),
    }
    monkeypatch.setitem(PACKAGED, "toy", parts)
    with pytest.raises(ModelUnavailable, match=r"model\.bin is not the published file") as error:
        weights.ensure("toy", tmp_path / "models")
    assert error.value.model == "toy"
    assert [path.name for path in (tmp_path / "models").iterdir()] == [".toy.lock"]


def test_changed_file_in_place_is_refused(
    tmp_path: Path, toy: ModelSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path / "site/toy_whole", {**FILES, "config.json": b"[]"})
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setitem(PACKAGED, "toy", {name: (f"toy_whole/{name}",) for name in FILES})
    with pytest.raises(ModelUnavailable, match=r"config\.json is not the published file"):
        weights.ensure("toy", tmp_path / "models")


def test_package_of_which_a_part_is_missing_does_not_count(
    tmp_path: Path, toy: ModelSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path / "site/toy_half", {"config.json": b"{}"})
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setitem(PACKAGED, "toy", {name: (f"toy_half/{name}",) for name in FILES})
    assert weights.available("toy", tmp_path) is None


def test_own_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(ModelUnavailable, match=r"contains no model\.bin"):
        weights.ensure(str(tmp_path / "mine"), tmp_path)
    (tmp_path / "mine/model.bin").write_bytes(b"x")
    assert weights.ensure(str(tmp_path / "mine"), tmp_path) == tmp_path / "mine"


def test_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"no such model\. Choose one of tiny, tiny\.en,"):
        weights.ensure("huge", tmp_path)


def test_choices_tell_what_is_at_hand(tmp_path: Path, toy: ModelSpec) -> None:
    (tmp_path / "toy").mkdir()
    for name, data in FILES.items():
        (tmp_path / "toy" / name).write_bytes(data)
    by_name = {choice.name: choice for choice in weights.model_choices(tmp_path)}
    assert by_name["toy"].available == "cached"
    assert by_name["base"] == weights.ModelChoice("base", 147_882_941, "packaged", False)
    assert by_name["small.en"] == weights.ModelChoice("small.en", 486_098_798, None, True)


def test_cached_file_of_another_size_is_not_cached(tmp_path: Path, toy: ModelSpec) -> None:
    (tmp_path / "toy").mkdir()
    for name, data in FILES.items():
        (tmp_path / "toy" / name).write_bytes(data[:-1])
    assert weights.available("toy", tmp_path) is None


# The hub's library reads its address when imported, so the download runs in a process of its own.
DOWNLOAD = """
import json, sys
from pathlib import Path
from editor import weights
from editor.errors import EditorError, JobCancelled
from editor.weights import MODELS, FileSpec, ModelSpec

models_dir, files, cancel_at = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
pinned = {name: FileSpec(*file) for name, file in files.items()}
MODELS["toy"] = ModelSpec("toy", "someone/toy", "0123456789abcdef0123456789abcdef01234567", pinned)
seen = []

def on_progress(done_bytes, total_bytes):
    seen.append((done_bytes, total_bytes))
    if done_bytes >= cancel_at:
        raise JobCancelled("7")

try:
    result = {"folder": str(weights.ensure("toy", models_dir, on_progress=on_progress))}
except EditorError as error:
    result = {"code": error.code, "message": str(error)}
print(json.dumps({**result, "seen": seen}))
"""


def start_download(
    address: str,
    models_dir: Path,
    spec: ModelSpec,
    *,
    cancel_at: int = 10**12,
    token: str | None = None,
) -> subprocess.Popen[str]:
    environ = {**os.environ, "HF_HUB_OFFLINE": "0", "HF_ENDPOINT": address}
    if token:
        environ["HF_TOKEN"] = token
    return subprocess.Popen(
        [sys.executable, "-c", DOWNLOAD, str(models_dir), json.dumps(spec.files), str(cancel_at)],
        env=environ,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def end_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    with process:
        output = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    result: dict[str, Any] = json.loads(output)
    return result


def run_download(
    address: str,
    models_dir: Path,
    spec: ModelSpec,
    *,
    cancel_at: int = 10**12,
    token: str | None = None,
) -> dict[str, Any]:
    return end_of(start_download(address, models_dir, spec, cancel_at=cancel_at, token=token))


def begin(models_dir: Path, name: str, data: bytes) -> None:
    """Leave the beginning of a file as a killed download does."""
    (models_dir / ".toy.part").mkdir(parents=True, exist_ok=True)
    (models_dir / ".toy.part" / name).write_bytes(data)


def test_download_brings_the_pinned_files_and_tells_progress(tmp_path: Path) -> None:
    spec = spec_of(FILES)
    with local_hub({**FILES, "README.md": b"not wanted"}, REVISION) as hub:
        result = run_download(hub.address, tmp_path, spec)
    folder = tmp_path / "toy"
    assert result["folder"] == str(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
    assert [fetched[:2] for fetched in hub.fetched] == [(name, 0) for name in FILES]
    seen = result["seen"]
    assert len(seen) > 10
    assert seen == sorted(seen)
    assert seen[-1] == [spec.download_bytes, spec.download_bytes]
    assert all(0 < done <= total == spec.download_bytes for done, total in seen)


def test_connection_lost_in_the_middle_goes_on_there(tmp_path: Path) -> None:
    with local_hub(FILES, REVISION) as hub:
        hub.breaks_off = "model.bin"
        result = run_download(hub.address, tmp_path, spec_of(FILES))
    assert (tmp_path / "toy/model.bin").read_bytes() == FILES["model.bin"]
    start, again = hub.starts("model.bin")
    assert start == 0
    assert 2_000_000 < again <= len(FILES["model.bin"]) // 2
    assert result["seen"] == sorted(result["seen"])


def test_killed_download_goes_on_inside_the_file(tmp_path: Path) -> None:
    spec = spec_of(FILES)
    partial = tmp_path / ".toy.part/model.bin"
    with local_hub(FILES, REVISION) as hub:
        hub.stalls = "model.bin"
        process = start_download(hub.address, tmp_path, spec)
        with process:
            while not (partial.exists() and partial.stat().st_size > 2_000_000):
                assert process.poll() is None
                time.sleep(0.02)
            process.kill()
        kept_bytes = partial.stat().st_size
        hub.fetched.clear()
        result = run_download(hub.address, tmp_path, spec)
    assert [fetched[:2] for fetched in hub.fetched] == [("model.bin", kept_bytes)]
    assert (tmp_path / "toy/model.bin").read_bytes() == FILES["model.bin"]
    assert result["seen"][0][0] > kept_bytes


def test_cancelled_download_keeps_what_came_for_the_next(tmp_path: Path) -> None:
    spec = spec_of(FILES)
    with local_hub(FILES, REVISION) as hub:
        result = run_download(hub.address, tmp_path, spec, cancel_at=2_000_000)
        assert result["code"] == "job_cancelled"
        assert not (tmp_path / "toy").exists()
        hub.fetched.clear()
        assert run_download(hub.address, tmp_path, spec)["folder"] == str(tmp_path / "toy")
    ((name, start, _),) = hub.fetched
    assert name == "model.bin"
    assert start > 1_900_000


def test_hub_without_ranges_sends_the_file_again_and_it_is_whole_once(tmp_path: Path) -> None:
    begin(tmp_path, "model.bin", FILES["model.bin"][:1_000_000])
    with local_hub(FILES, REVISION) as hub:
        hub.knows_ranges = False
        run_download(hub.address, tmp_path, spec_of(FILES))
    assert hub.starts("model.bin") == [0]
    assert (tmp_path / "toy/model.bin").read_bytes() == FILES["model.bin"]


@pytest.mark.parametrize(
    "begun",
    [b"another file" * 1000, b"\0" * len(FILES["model.bin"]), b"x" * 2 * len(FILES["model.bin"])],
    ids=["changed", "zeros after a power cut", "too long"],
)
def test_damaged_beginning_is_found_out_and_fetched_anew(tmp_path: Path, begun: bytes) -> None:
    begin(tmp_path, "model.bin", begun)
    with local_hub(FILES, REVISION) as hub:
        run_download(hub.address, tmp_path, spec_of(FILES))
    assert hub.starts("model.bin")[-1] == 0
    assert (tmp_path / "toy/model.bin").read_bytes() == FILES["model.bin"]


@pytest.mark.parametrize(
    "model",
    [FILES["model.bin"][:-1] + b"x", b"a short one", FILES["model.bin"] + b"!"],
    ids=["other content", "shorter", "longer"],
)
@pytest.mark.parametrize("begun", [0, 1_000_000])
def test_wrong_file_from_the_hub_is_refused_and_not_kept(
    tmp_path: Path, model: bytes, begun: int
) -> None:
    spec = spec_of(FILES)
    if begun:
        begin(tmp_path, "model.bin", FILES["model.bin"][:begun])
    with local_hub({**FILES, "model.bin": model}, REVISION) as hub:
        result = run_download(hub.address, tmp_path, spec)
        assert result["code"] == "model_unavailable"
        assert "model.bin is not the published file" in result["message"]
        assert not (tmp_path / "toy").exists()
        kept = {path.name for path in (tmp_path / ".toy.part").iterdir()}
        assert kept == {"config.json", "tokenizer.json"}
        hub.files = dict(FILES)
        hub.fetched.clear()
        assert run_download(hub.address, tmp_path, spec)["folder"] == str(tmp_path / "toy")
    assert [fetched[:2] for fetched in hub.fetched] == [("model.bin", 0)]


def test_token_goes_to_the_hub_and_not_to_where_it_sends_us(tmp_path: Path) -> None:
    begin(tmp_path, "model.bin", FILES["model.bin"][:1_000_000])
    with local_hub(FILES, REVISION) as hub, local_hub(FILES, REVISION) as elsewhere:
        hub.moved["model.bin"] = elsewhere.address
        run_download(hub.address, tmp_path, spec_of(FILES), token="hf_secret")
    assert {fetched.authorization for fetched in hub.fetched} == {"Bearer hf_secret"}
    assert elsewhere.fetched == [("model.bin", 1_000_000, None)]


def test_without_a_connection_the_error_says_what_to_do(tmp_path: Path) -> None:
    with local_hub({}, REVISION) as hub:
        address = hub.address
    result = run_download(address, tmp_path, spec_of(FILES))
    assert result["message"] == (
        "model toy: it is not on this computer, and the model hub cannot be reached. Connect to "
        "the internet and try again (5 MB to download), or choose a model that is on this computer."
    )


def test_hub_that_lacks_a_file_is_an_error(tmp_path: Path) -> None:
    with local_hub({"config.json": b"{}"}, REVISION) as hub:
        result = run_download(hub.address, tmp_path, spec_of(FILES))
    assert result["code"] == "model_unavailable"
    assert "refused it (HTTP 404)" in result["message"]
    assert not (tmp_path / "toy").exists()


def test_two_processes_at_once_download_once(tmp_path: Path) -> None:
    with local_hub(FILES, REVISION) as hub:
        running = [start_download(hub.address, tmp_path, spec_of(FILES)) for _ in range(2)]
        answers = [end_of(process) for process in running]
    assert [answer["folder"] for answer in answers] == [str(tmp_path / "toy")] * 2
    assert hub.starts("model.bin") == [0]


def test_packages_of_phones_are_the_pinned_ones_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert weights.letter_to_sound_pack("xx") is None
    files = dict.fromkeys(("encoder.onnx", "decoder_step.onnx", "g2p_vocab.json"), b"other")
    write_package(tmp_path / "hama" / "assets", {"asr_waveform_fp16.onnx": b"other", **files})
    (tmp_path / "hama" / "__init__.py").write_text("raise SystemExit('not run')")
    write_package(tmp_path / "g2p2_group_germanic", {"de.g2p.xz": b"other"})
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelUnavailable, match=r"asr_waveform_fp16.onnx is not the published file"):
        weights.phones_folder()
    with pytest.raises(ModelUnavailable, match=r"g2p2-group-germanic==0.2.3 again"):
        weights.letter_to_sound_pack("de")
