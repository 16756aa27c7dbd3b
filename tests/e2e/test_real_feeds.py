"""Real feeds through the command line: every file, releases and back, what they must never do."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command_samples import Shell
from shared_data import FOLDER, needs_shared_data

from briefing.paths import data_folder
from briefing.services.build_database import build_database
from briefing.services.task import Task

pytestmark = needs_shared_data

ATTACK_17 = FOLDER / "attack-enterprise-17.1-stix20.json.gz"
ATTACK_18 = FOLDER / "attack-enterprise-18.1-stix20.json.gz"
NAMES = ("APT28", "Lazarus Group", "FIN7", "Fancy Bear", "G0016", "UNC3886", "Storm-0501", "Fox")
EARLIER = ("attack-ics-17.1-stix21.json.gz", "kev-older", "misp-galaxy-older")
"""Releases of which a later one stands beside them."""
CORRECTED = "csaf_older"
"""Earlier revisions with the date of the later ones: either counts as a change of the other."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with vocabularies and nothing said."""
    target = tmp_path_factory.mktemp("real") / "empty.db"
    return build_database(data_folder(), target, Task.silent(), empty=True).path


@pytest.fixture
def nothing(empty: Path, tmp_path: Path) -> Shell:
    """Commands on a database in which nothing is said."""
    return Shell(Path(shutil.copy(empty, tmp_path / "knowledge.db")))


@pytest.fixture
def bundled(bundled_database: Path, tmp_path: Path) -> Shell:
    """Commands on a copy of what the program brings."""
    return Shell(Path(shutil.copy(bundled_database, tmp_path / "knowledge.db")))


def rows(shell: Shell, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(shell.database)) as connection:
        return [tuple(row) for row in connection.execute(query)]


def looked_up(shell: Shell) -> dict[str, Any]:
    return {name: shell.as_json("lookup", name).json for name in NAMES}


def whole(answer: dict[str, Any]) -> list[str]:
    """The actors of an answer that bear the name as theirs."""
    return [match["id"] for match in answer["matches"] if match["matched"]["kind"] == "name"]


def files_in(name: str) -> list[Path]:
    path = FOLDER / name
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]


def test_a_release_of_attack_and_the_next_and_back_again(bundled: Shell) -> None:
    before = looked_up(bundled)
    (first,) = bundled.as_json("import", ATTACK_17).results
    assert (first["source"], first["added"], first["error"]) == ("attack-enterprise", 22_652, None)
    at_17 = bundled.info(), looked_up(bundled)
    (second,) = bundled.as_json("import", ATTACK_18).results
    counts = {key: second[key] for key in ("added", "changed", "removed", "unchanged")}
    assert counts == {"added": 4241, "changed": 1328, "removed": 2122, "unchanged": 19_202}

    at_18 = bundled.info(), looked_up(bundled)
    assert at_18[0]["counts"] != at_17[0]["counts"]
    assert at_18[1]["Storm-0501"] != at_17[1]["Storm-0501"]
    _no_actor_is_doubled(bundled, before, at_18[1])

    said = bundled.as_json("undo", str(second["snapshot"]))
    assert said.code == 0
    assert said.json["reopened"] > 2122
    assert (bundled.info(), looked_up(bundled)) == at_17
    assert bundled.as_json("database", "check").json["faults"] == []


def _no_actor_is_doubled(shell: Shell, before: dict[str, Any], after: dict[str, Any]) -> None:
    for name in ("APT28", "Lazarus Group", "FIN7"):
        assert len(after[name]["matches"]) == len(before[name]["matches"])
        assert len(whole(after[name])) == 1
        match = after[name]["matches"][0]
        assert {"mitre-attack", "attack-enterprise"} <= set(match["matched"]["sources"])
    doubled = "SELECT attack_id FROM actor WHERE attack_id <> '' GROUP BY 1 HAVING count(*) > 1"
    assert rows(shell, doubled) == []


def test_advisories_name_sectors_and_countries_and_never_as_targets(nothing: Shell) -> None:
    (result,) = nothing.as_json("import", FOLDER / "csaf").results
    assert (result["added"], result["error"]) == (150, None)
    stated = dict(rows(nothing, "SELECT predicate, count(*) FROM statement GROUP BY 1"))
    assert not [predicate for predicate in stated if predicate.startswith("targets")]
    deployed = {name: number for name, number in stated.items() if name.startswith("deployed")}
    assert sum(deployed.values()) > 150, stated


def test_at_least_nine_tenths_of_what_eurepoc_says_of_targets_is_mapped(nothing: Shell) -> None:
    results = nothing.as_json("import", FOLDER / "eurepoc").results
    assert [result["error"] for result in results] == [None] * 3
    info = nothing.info()
    assert info["counts"]["dated_incidents"] > 1_600
    stated = dict(rows(nothing, "SELECT predicate, count(*) FROM statement GROUP BY 1"))
    assert stated["attributed-to"] > 5_000
    for predicate in ("targets-sector", "targets-country"):
        left = [value for value in info["unmapped"] if value["predicate"] == predicate]
        assert stated[predicate] > 5_000
        assert sum(value["statements"] for value in left) <= stated[predicate] / 10, left


def test_every_file_is_taken_or_refused_in_a_sentence_and_taken_once(bundled: Shell) -> None:
    names = sorted(path.name for path in FOLDER.iterdir())
    later = [name for name in names if name not in (*EARLIER, CORRECTED, ATTACK_17.name)]
    files = [file for name in later for file in files_in(name)]
    first = bundled.as_json("import", *files)
    _every_file_has_its_fate(files, first.results)
    assert sum(result["added"] for result in first.results) > 34_000
    again = bundled.as_json("import", *files)
    _every_file_has_its_fate(files, again.results)
    assert [result for result in again.results if result["snapshot"]] == []
    refused = {result["path"]: result["error"] for result in first.results if result["error"]}
    assert {r["path"]: r["error"] for r in again.results if r["error"]} == refused
    for name in EARLIER:
        said = bundled.as_json("import", FOLDER / name)
        assert said.code == 1
        assert all("is older than the one you have" in result["error"] for result in said.results)
    assert bundled.as_json("database", "check").json["faults"] == []


def _every_file_has_its_fate(files: list[Path], results: list[dict[str, Any]]) -> None:
    """One result a file: counts, or a sentence for a person."""
    assert len(results) == len(files)
    taken = {result["path"] for result in results if not result["error"]}
    refused = {result["path"]: result["error"] for result in results if result["error"]}
    assert taken <= {str(file) for file in files}
    assert {file.name.removesuffix(".gz") for file in files if str(file) not in taken} == set(
        refused
    )
    for sentence in refused.values():
        assert sentence[0].isupper() or sentence.split()[0] in refused
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
        assert "Error" not in sentence


def test_earlier_revisions_of_advisories_are_taken_once(nothing: Shell) -> None:
    (first,) = nothing.as_json("import", FOLDER / CORRECTED).results
    assert (first["added"], first["error"]) == (25, None)
    (again,) = nothing.as_json("import", FOLDER / CORRECTED).results
    assert (again["snapshot"], again["unchanged"]) == (None, 25)
