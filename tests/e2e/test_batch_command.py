"""``briefing batch`` as a script calls it: keys, exit codes, and what lies in the folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from client_samples import FILE, png
from command_samples import Shell

KEYS = {"folder", "clients", "written", "failed", "not_begun"}
CLIENT_KEYS = {
    *("client", "title", "ceiling", "tlp", "files", "statements", "sources", "withheld"),
    "errors",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two clients, one of whom is called as the other, and one that cannot be read."""
    made = tmp_path / "clients"
    made.mkdir()
    (made / "logo.png").write_bytes(png())
    (made / "a.toml").write_text(FILE, encoding="utf-8")
    (made / "b.toml").write_text(FILE.replace("Seafront", "SEAFRONT"), encoding="utf-8")
    return made


def test_a_script_learns_what_was_written_for_whom(
    bears: Shell, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("batch", "client", "--folder", folder, "--format", "md", "--format", "stix")
    said = bears.as_json(*words, "-o", out, "--one-page")
    found = said.json
    assert said.code == 0
    assert set(found) == KEYS
    assert [set(one) for one in found["clients"]] == [CLIENT_KEYS] * 2
    assert (found["written"], found["failed"], found["not_begun"]) == (4, [], [])
    paths = [file["path"] for one in found["clients"] for file in one["files"]]
    assert sorted(paths) == sorted(str(path) for path in out.iterdir())
    assert [Path(path).name for path in paths[::2]] == [
        "Seafront Dental - client briefing - TLP-GREEN.md",
        "SEAFRONT Dental (2) - client briefing - TLP-GREEN.md",
    ]
    first = found["clients"][0]
    assert (first["client"], first["ceiling"], first["tlp"]) == (
        "Seafront Dental",
        "GREEN",
        "GREEN",
    )
    assert {"path", "format", "bytes", "pages", "tlp"} == set(first["files"][0])


def test_one_bad_file_fails_alone_and_the_exit_code_says_so(
    bears: Shell, folder: Path, tmp_path: Path
) -> None:
    (folder / "c.toml").write_text("name = [", encoding="utf-8")
    words = ("batch", "client", "--folder", folder, "--format", "md", "-o", tmp_path / "out")
    found = bears.as_json(*words)
    assert found.code == 1
    assert found.json["failed"] == ["c.toml"]
    [error] = found.json["clients"][2]["errors"]
    assert error["format"] is None
    assert "c.toml is not valid TOML" in error["error"]
    said = bears(*words)
    assert said.code == 1
    assert "c.toml: not written. The client file c.toml is not valid TOML" in said.out
    assert "2 files, 2 clients done. 1 client not done, or not whole." in said.out


def test_every_client_of_the_workspace_can_be_asked_for(
    bears: Shell, folder: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "own" / "workspace.db"
    words = ("batch", "client", "--all", "--format", "md", "-o", tmp_path / "out")
    nobody = bears(*words, "--workspace", workspace)
    assert nobody.code == 2
    assert "There is no client in your workspace." in nobody.err
    assert bears("clients", "add", folder / "a.toml", "--workspace", workspace).code == 0
    found = bears.as_json(*words, "--workspace", workspace).json
    assert [one["client"] for one in found["clients"]] == ["Seafront Dental"]


def test_single_files_can_be_named_and_pdf_is_the_usual_format(
    bears: Shell, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    files = ("--client", folder / "a.toml", "--client", folder / "b.toml")
    found = bears.as_json("batch", "client", *files, "-o", out, "--one-page").json
    assert [one["files"][0]["pages"] for one in found["clients"]] == [1, 1]
    assert all(path.read_bytes().startswith(b"%PDF") for path in out.iterdir())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("client",), "Say for which clients"),
        (("client", "--all", "--format", "doc"), "“doc” is not a format."),
        (("sector", "--all"), "'sector' is not 'client'"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_makes_no_folder(
    bears: Shell, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    out = tmp_path / "out"
    said = bears("batch", *words, "-o", out, "--workspace", tmp_path / "workspace.db")
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert not out.exists()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is a signal here.")
def test_the_keyboard_stops_a_run_and_what_was_done_is_told(
    bears: Shell, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for number in range(60):
        text = FILE.replace("Seafront", f"Quay {number}")
        (folder / f"n{number:02}.toml").write_text(text, encoding="utf-8")
    command = ["-m", "briefing", "batch", "client", "--folder", str(folder), "--format", "md"]
    files = ["-o", str(out), "--json", "--database", str(bears.database)]
    with subprocess.Popen(
        [sys.executable, *command, *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while len(list(out.glob("*.md"))) < 2:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        told, errors = process.communicate(timeout=60)
    found = json.loads(told)
    assert process.returncode == 1, errors
    assert found["not_begun"]
    assert found["written"] == len(list(out.iterdir())) == len(found["clients"])
