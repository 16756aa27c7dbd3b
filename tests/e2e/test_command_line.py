"""The command line as scripts use it: exit codes, JSON keys, one sentence for every error."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing import cli
from briefing.paths import data_folder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    bundled_database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.setenv("BRIEFING_DATABASE", str(bundled_database))

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def as_json(run: Run, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run(*arguments, "--json")
    return code, json.loads(out)


def test_look_up_prints_the_contracts_keys(run: Run) -> None:
    code, answer = as_json(run, "lookup", "Fancy Bear")
    assert code == 0
    assert set(answer) == {"query", "matches", "near"}
    match = answer["matches"][0]
    assert match["attack_id"] == "G0007"
    assert {"id", "name", "matched", "names", "origin", "kind", "goals", "sectors"} <= set(match)
    assert {"countries", "techniques", "software", "advisories"} <= set(match)
    coiners = {name["name"]: name["coined_by"] for name in match["names"]}
    assert coiners["Fancy Bear"] == "CrowdStrike"
    assert match["matched"]["kind"] == "alias"
    assert all(name["sources"] for name in match["names"])


def test_a_name_nobody_bears_exits_with_one_and_lists_near_names(run: Run) -> None:
    code, answer = as_json(run, "lookup", "Fancy Bera")
    assert code == 1
    assert "Fancy Bear" in answer["near"]


def test_info_counts_what_the_database_holds(run: Run) -> None:
    code, info = as_json(run, "database", "info")
    assert code == 0
    assert info["counts"]["actors"] >= 900
    assert info["counts"]["statements"] >= 20_000
    assert info["counts"]["statements_without_source"] == 0
    profiles = list((data_folder() / "actors").glob("*.md"))
    assert info["counts"]["own_profiles"] == len(profiles)
    assert all({"id", "title", "version", "taken_at", "records"} <= set(s) for s in info["sources"])
    assert info["data_as_of"] == "2025-11-26"


def test_check_finds_the_bundled_database_sound(run: Run) -> None:
    code, report = as_json(run, "database", "check")
    assert (code, report["faults"]) == (0, [])


def test_a_briefing_is_written_in_every_format_that_is_named(run: Run, tmp_path: Path) -> None:
    pdf, text = tmp_path / "a.pdf", tmp_path / "a.md"
    code, result = as_json(run, "brief", "actor", "Fancy Bear", "-o", str(pdf), "-o", str(text))
    assert code == 0
    assert [file["format"] for file in result["files"]] == ["pdf", "md"]
    assert result["files"][0]["pages"] >= 2
    assert result["files"][0]["tlp"] == "CLEAR"
    assert result["statements"] > 0
    assert result["sources"] > 0
    assert result["withheld"] == []
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "APT28" in text.read_text(encoding="utf-8")


def test_the_same_briefing_twice_is_the_same_bytes(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    run("brief", "actor", "G0007", "-o", str(first))
    run("brief", "actor", "G0007", "-o", str(second))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nonsense",), 2, "No such command"),
        (("lookup",), 2, "Missing argument"),
        (("lookup", "x", "--database", "/nowhere/at/all.db"), 1, "There is no database at"),
        (("brief", "actor", "Fancy Bera", "-o", "x.pdf"), 2, "Near: Fancy Bear"),
        (("brief", "actor", "UAC-0056", "-o", "x.pdf"), 2, "is used for 2 actors"),
        (("brief", "novel", "APT28", "-o", "x.pdf"), 2, "actor"),
        (("brief", "actor", "APT28", "-o", "x.odt"), 2, "formats are"),
        (("brief", "actor", "APT28", "-o", "x.pdf", "--tlp", "PINK"), 2, "no TLP level"),
        (("brief", "actor", "", "-o", "x.pdf"), 2, "Say whom"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_never_a_traceback(
    run: Run, arguments: tuple[str, ...], code: int, words: str
) -> None:
    got, out, err = run(*arguments)
    assert got == code
    assert words in err
    assert "Traceback" not in err
    assert out == ""


def test_an_output_folder_that_is_missing_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("brief", "actor", "G0007", "-o", str(tmp_path / "no" / "x.pdf"))
    assert code == 1
    assert "could not be written" in err
    assert "What was there before is still there" in err


def test_a_newer_database_is_refused_and_left_as_it_was(run: Run, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA application_id = 0x54424B31")
    connection.execute("PRAGMA user_version = 99")
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    before = newer.read_bytes()
    code, _, err = run("lookup", "x", "--database", str(newer))
    assert code == 1
    assert "newer Threat Briefing" in err
    assert newer.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["newer.db"]


def test_a_damaged_database_is_said_to_be_damaged(run: Run, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"no database at all " * 500)
    code, _, err = run("lookup", "x", "--database", str(damaged))
    assert code == 1
    assert "damaged or is not a database" in err


def test_rebuilding_makes_the_same_read_models(
    run: Run, bundled_database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(bundled_database.read_bytes())
    code, out, _ = run("database", "rebuild", "--database", str(copy))
    assert code == 0
    assert "made again" in out


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for name, command in cli.commands.commands.items():
        names = getattr(command, "commands", {"": command})
        for part in names:
            assert f"briefing {name} {part}".strip() in readme
