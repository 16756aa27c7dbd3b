"""Overlap with known groups and its backtest, from the command line."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_samples import Said, Shell
from shared_data import FOLDER, needs_shared_data

from briefing import cli

HELP_DESK = "T1566.004,T1621,T1219,S1068,T1486,T1078.004,T1484.002,T1098.005,T1556.006"
COMMON = "T1059.001,S0002,T1003,T1566,T1078"
KEYS = {"ranked", "margin", "discriminates", "refused"}
CASES = FOLDER / "attribution-backtest.json.gz"
NOT_LISTED = "An actor not in the catalogue: always possible"
BACKTEST = "In 8 of 21 cases the true group is not in the top ten."


@pytest.fixture
def bundle(bundled_database: Path) -> Shell:
    return Shell(bundled_database)


@pytest.fixture(scope="module")
def releases(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The bundle with two releases of ATT&CK."""
    path = Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("releases") / "knowledge.db"))
    shell = Shell(path)
    for release in ("17.1", "18.1"):
        assert shell("import", FOLDER / f"attack-enterprise-{release}-stix20.json.gz").code == 0
    return shell


def answer(shell: Shell, *words: str) -> dict[str, Any]:
    said = shell.as_json("overlap", "--features", *words)
    assert said.code == 0
    return said.json


def names(found: dict[str, Any]) -> list[str]:
    return [one["name"] for one in found["ranked"]]


def test_the_contracts_keys_are_printed(bundle: Shell) -> None:
    found = answer(bundle, HELP_DESK)
    assert set(found) >= KEYS
    assert found["refused"] is None
    first = found["ranked"][0]
    assert set(first) >= {"id", "name", "attack_id", "score", "matched"}
    assert (first["name"], first["attack_id"], first["rank"]) == ("Scattered Spider", "G1015", 1)
    assert sum(one["share"] for one in first["matched"]) == pytest.approx(1)
    assert found["margin"] == pytest.approx(first["score"] / found["ranked"][1]["score"])
    assert found["discriminates"]
    scores = [one["score"] for one in found["ranked"]]
    assert scores == sorted(scores, reverse=True)


def test_a_person_reads_ranks_features_the_margin_and_what_it_is_worth(bundle: Shell) -> None:
    said = bundle("overlap", "--features", HELP_DESK)
    assert said.code == 0
    assert "  1  Scattered Spider (G1015): " in said.out
    assert "BlackCat S1068 (1 group)" in said.out
    assert "Margin of the first over the second: 2 or more." in said.out
    for line in (NOT_LISTED, BACKTEST, "Ranks and shared features: the order is no probability."):
        assert line in said.out
    assert not re.search(r"%|\b0\.\d", said.out)


def test_what_many_groups_share_does_not_discriminate_and_ties_are_explained(
    bundle: Shell,
) -> None:
    said = bundle("overlap", "--features", COMMON)
    assert "below 1.25, which does not discriminate" in said.out
    assert "Groups that share equally much have the worse rank in common." in said.out
    assert re.search(r"\d+ more share something; --json lists all\.", said.out)


def test_unknown_and_withdrawn_ids_are_named_and_do_not_stop_it(bundle: Shell) -> None:
    asked = COMMON.replace("T1059.001", "T1086,T9999")
    found = answer(bundle, asked)
    assert found["absent"] == ["T9999"]
    assert found["replaced"] == {"T1086": "T1059.001"}
    assert names(found) == names(answer(bundle, COMMON))
    said = bundle("overlap", "--features", asked)
    assert "T9999 is in no catalogue here and was not compared." in said.out
    assert "T1086 was withdrawn from ATT&CK; T1059.001 was compared in its place." in said.out


def test_a_technique_no_group_uses_is_named(bundle: Shell) -> None:
    assert "T1059.002" in answer(bundle, f"{COMMON},T1059.002")["unknown"]
    said = bundle("overlap", "--features", f"{COMMON},T1059.002")
    assert "No known group is said to use T1059.002." in said.out


def test_two_unknown_ids_are_named_together(bundle: Shell) -> None:
    said = bundle("overlap", "--features", f"{COMMON},T9998,T9999")
    assert "T9998 and T9999 are in no catalogue here and were not compared." in said.out


def refused(said: Said) -> None:
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_what_is_no_id_of_a_feature_is_a_wrong_call(bundle: Shell) -> None:
    for words, named in (
        (f"{COMMON},Mimikatz", "“Mimikatz” is no ATT&CK id"),
        (f"{COMMON},G0007,TA0001", "“G0007” and “TA0001” are no ATT&CK ids"),
        (" , ", "--features names no ATT&CK id"),
    ):
        said = bundle("overlap", "--features", words)
        refused(said)
        assert said.err.startswith(named)
    refused(bundle("overlap", "--features", COMMON, "--as-of", "yesterday"))
    refused(bundle("overlap"))


def test_fewer_than_five_features_are_refused(bundle: Shell) -> None:
    said = bundle.as_json("overlap", "--features", "T1059.001,S0002")
    assert said.code == 1
    assert said.json["ranked"] == []
    assert said.json["margin"] is None
    assert "fewer than 5" in said.json["refused"]
    text = bundle("overlap", "--features", "T1059.001 S0002")
    assert text.code == 1
    assert said.json["refused"] in text.out
    assert NOT_LISTED in text.out
    assert BACKTEST in text.out


def test_before_the_first_release_nothing_can_be_compared(bundle: Shell) -> None:
    said = bundle.as_json("overlap", "--features", COMMON, "--as-of", "2020-01-01")
    assert said.code == 1
    assert said.json["refused"].startswith("No known groups can be compared as of 1 January 2020")


@needs_shared_data
def test_as_of_a_day_the_release_of_that_day_counts(releases: Shell) -> None:
    then = answer(releases, HELP_DESK, "--as-of", "2025-06-01")
    assert (then["groups"], then["as_of"]) == (166, "2025-05-02")
    later = answer(releases, HELP_DESK, "--as-of", "2025-11-20")
    assert (later["groups"], later["as_of"]) == (172, "2025-11-12")
    now = answer(releases, HELP_DESK)
    assert now["groups"] >= 172
    assert names(then)[0] == names(now)[0] == "Scattered Spider"


@needs_shared_data
def test_the_backtest_prints_the_contracts_keys_and_meets_the_bar(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["backtest", "attribution", str(CASES), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {key: found[key] for key in ("n", "top1", "top3", "top10", "mrr")} == {
        **{"n": 21, "top1": 7, "top3": 10, "top10": 13},
        "mrr": 0.434,
    }
    assert len(found["cases"]) == 21
    assert sum(band["rankings"] for band in found["margins"]) == 20


@needs_shared_data
def test_a_person_reads_the_backtest_with_its_failures(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["backtest", "attribution", str(CASES)]) == 0
    out = capsys.readouterr().out
    assert "In 8 of 21 cases the true group is not in the top ten." in out
    assert "C0032 C0032: TEMP.Veles, rank 112 of 141" in out
    assert "2 or more" in out
    assert "%" not in out


def test_a_file_that_is_none_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.json.gz"
    file.write_bytes(gzip.compress(b'{"cases": []}'))
    assert cli.main(["backtest", "attribution", str(file), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "lacks “group_names”" in said.err
