"""Bringing feeds in and taking them back from the command line: keys, exit codes, sentences."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from command_samples import Shell
from feed_samples import item, rss
from stix_samples import bundle, thing
from update_samples import Drawer, advisory, exploited, whole_file

from briefing import cli
from briefing.feeds.catalogue import FETCHED_AS
from briefing.services.tokens import SERVICE

KEYS = {
    *("path", "source", "format", "snapshot", "added", "changed", "removed", "unchanged"),
    *("quarantined", "seconds", "error"),
}
SOURCE_KEYS = {
    *("id", "title", "publisher", "licence", "reliability", "version", "taken_at", "records"),
    *("stale_days", "address", "fetched_as", "checked_at", "set_up_here"),
}
ADDRESS = "https://taxii.example/taxii2/"


@pytest.fixture
def kev(tmp_path: Path) -> Path:
    file = tmp_path / "kev.json"
    file.write_bytes(exploited(1, 2))
    return file


def types(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(value))


def test_an_import_prints_the_contracts_keys(shell: Shell, kev: Path) -> None:
    said = shell.as_json("import", kev)
    assert said.code == 0
    assert set(said.json) == {"results"}
    (result,) = said.results
    assert set(result) >= KEYS
    assert (result["path"], result["source"], result["format"]) == (str(kev), "cisa-kev", "kev")
    assert [result[key] for key in ("added", "changed", "removed", "unchanged")] == [2, 0, 0, 0]
    assert (result["snapshot"], result["quarantined"], result["error"]) == (1, [], None)
    assert result["seconds"] >= 0


def test_the_same_file_again_is_no_snapshot(shell: Shell, kev: Path) -> None:
    shell("import", kev)
    before = whole_file(shell.database)
    (result,) = shell.as_json("import", kev).results
    assert (result["snapshot"], result["added"], result["unchanged"]) == (None, 0, 2)
    assert whole_file(shell.database) == before
    said = shell("import", kev)
    assert said.code == 0
    assert said.out.endswith("nothing new; 2 records as before.\n")


def test_what_was_not_taken_is_listed_with_its_reason(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "team.json"
    file.write_bytes(bundle(thing("tool", 1, name="Spade"), thing("tool", 2, id="no id")))
    said = shell.as_json("import", file)
    (result,) = said.results
    assert said.code == 0
    assert result["added"] == 1
    assert [set(item) for item in result["quarantined"]] == [{"native_id", "reason"}]
    assert "which is no STIX id" in result["quarantined"][0]["reason"]


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    shell: Shell, kev: Path, tmp_path: Path
) -> None:
    shell("import", kev)
    newer = tmp_path / "newer.json"
    newer.write_bytes(exploited(1, 2, 3, version="2024.03.03"))
    before = whole_file(shell.database)
    said = shell.as_json("import", newer, "--dry-run")
    assert said.code == 0
    (result,) = said.results
    assert set(result) >= KEYS
    assert (result["snapshot"], result["added"], result["unchanged"]) == (None, 1, 2)
    (change,) = result["changes"]
    assert (change["action"], change["native_id"]) == ("added", "CVE-2024-00003")
    text = shell("import", newer, "--dry-run").out
    assert "1 added, 0 changed, 0 removed" in text
    assert "Nothing was written." in text
    assert whole_file(shell.database) == before
    assert shell.as_json("import", newer).results[0]["added"] == 1


def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(
    shell: Shell, kev: Path, tmp_path: Path
) -> None:
    strange = tmp_path / "letter.txt"
    strange.write_text("Dear colleague,", encoding="utf-8")
    said = shell.as_json("import", strange, kev)
    assert said.code == 1
    taken, refused = said.results
    assert (taken["added"], taken["error"]) == (2, None)
    assert set(refused) >= KEYS
    assert (refused["path"], refused["source"], refused["snapshot"]) == ("letter.txt", None, None)
    assert "is none of the feeds that are read here" in refused["error"]
    text = shell("import", strange)
    assert (text.code, text.out) == (1, "")
    assert text.err.count("\n") == 1
    assert text.err.startswith("letter.txt is none of the feeds that are read here.")
    (tmp_path / "bare").mkdir()
    assert shell("import", tmp_path / "bare").err == "bare: The folder holds no files.\n"


def test_a_folder_and_an_archive_are_read_file_by_file(
    shell: Shell, kev: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    (stick / "deep").mkdir(parents=True)
    shutil.copy(kev, stick / "deep" / "k.json")
    (stick / "news.xml").write_text(rss(item(title="Fox", guid="1")), encoding="utf-8")
    with zipfile.ZipFile(stick / "more.zip", "w") as archive:
        archive.writestr("a.json", advisory(1))
        archive.writestr("b.json", advisory(2))
        archive.writestr("readme", "Hello")
    said = shell.as_json("import", stick)
    assert said.code == 1
    taken = {result["source"]: result["added"] for result in said.results if not result["error"]}
    assert taken == {"cisa-kev": 2, "cisa-csaf": 2, "local-fox-news": 1}
    (refused,) = [result for result in said.results if result["error"]]
    assert refused["path"] == "stick/more.zip/readme"


def test_an_older_release_wins_only_when_it_is_asked_to(
    shell: Shell, kev: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.json"
    newer.write_bytes(exploited(1, 2, 3))
    shell("import", newer)
    said = shell.as_json("import", kev)
    assert said.code == 1
    assert "is older than the one you have" in said.results[0]["error"]
    assert "--older" in said.results[0]["error"]
    assert shell.as_json("import", kev, "--older").results[0]["removed"] == 1


def test_most_of_a_source_goes_only_when_it_is_asked_to(
    shell: Shell, kev: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.json"
    whole.write_bytes(exploited(1, 2, 3, 4, 5, 9))
    shell("import", whole)
    fewer = tmp_path / "fewer.json"
    fewer.write_bytes(exploited(5, 9))
    said = shell.as_json("import", fewer)
    assert said.code == 1
    assert "--accept-removals" in said.results[0]["error"]
    (result,) = shell.as_json("import", fewer, "--accept-removals").results
    assert (result["removed"], result["unchanged"]) == (4, 2)


def test_an_undo_gives_back_what_was_there(shell: Shell, kev: Path) -> None:
    before = shell.info()
    snapshot = shell.as_json("import", kev).results[0]["snapshot"]
    assert shell.info()["counts"]["vulnerabilities"] == 2
    said = shell.as_json("undo", str(snapshot))
    assert said.code == 0
    assert set(said.json) == {"snapshot", "reopened", "removed"}
    assert (said.json["snapshot"], said.json["reopened"]) == (1, 0)
    assert said.json["removed"] > 2
    assert shell.info() == before


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("99", 1, "There is no snapshot 99 in this database."),
        ("first", 2, "'first' is not a valid integer"),
        ("1", 1, "Undo snapshot 2 first."),
    ],
)
def test_what_cannot_be_undone_is_one_sentence(
    shell: Shell, kev: Path, tmp_path: Path, number: str, code: int, words: str
) -> None:
    shell("import", kev)
    newer = tmp_path / "newer.json"
    newer.write_bytes(exploited(1, 2, 3))
    shell("import", newer)
    before = shell.info()
    said = shell("undo", number, "--json")
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert said.err.count("\n") == 1
    assert shell.info() == before


def test_what_came_with_the_program_is_not_undone(bundled_database: Path, tmp_path: Path) -> None:
    shell = Shell(Path(shutil.copy(bundled_database, tmp_path / "copy.db")))
    before = shell.info()
    for snapshot in range(1, before["counts"]["snapshots"] + 1):
        said = shell("undo", str(snapshot))
        assert (said.code, said.out) == (1, "")
        assert "came with the program and cannot be undone" in said.err
    assert shell.info() == before


def test_a_source_and_a_label_can_be_named(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "news.xml"
    file.write_text(rss(item(title="Fox", guid="1")), encoding="utf-8")
    (result,) = shell.as_json("import", file, "--source", "our-team", "--tlp", "amber").results
    assert result["source"] == "our-team"
    sources = {entry["id"]: entry for entry in shell.as_json("sources").json["sources"]}
    assert (sources["our-team"]["records"], sources["our-team"]["set_up_here"]) == (1, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--tlp", "AMBER"), "--tlp needs --source"),
        (("--source", "x", "--tlp", "PINK"), "“PINK” is no TLP level"),
        (("--source", "Our Team"), "use small letters, figures and hyphens"),
        (("--sauce", "x"), "No such option"),
    ],
)
def test_a_wrong_call_is_exit_code_two_and_nothing_is_taken(
    shell: Shell, kev: Path, options: tuple[str, ...], words: str
) -> None:
    said = shell("import", kev, *options)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert "Traceback" not in said.err
    assert shell.info()["counts"]["vulnerabilities"] == 0


def test_a_file_that_is_not_there_is_exit_code_two(shell: Shell, tmp_path: Path) -> None:
    said = shell("import", tmp_path / "missing.json")
    assert (said.code, said.out) == (2, "")
    assert "missing.json" in said.err


@pytest.mark.parametrize("command", [("import", "kev.json"), ("undo", "1"), ("sources",)])
def test_without_a_database_every_command_says_where_to_get_one(
    tmp_path: Path, kev: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kev.parent)
    said = Shell(tmp_path / "none.db")(*command)
    assert said.code == 1
    assert "There is no database at" in said.err
    assert not (tmp_path / "none.db").exists()


def test_sources_are_listed_with_their_age_and_address(shell: Shell, kev: Path) -> None:
    shell("import", kev)
    said = shell.as_json("sources")
    assert said.code == 0
    listed = {entry["id"]: entry for entry in said.json["sources"]}
    assert all(set(entry) >= SOURCE_KEYS for entry in listed.values())
    assert (listed["cisa-kev"]["records"], listed["cisa-kev"]["version"]) == (2, "2024.03.01")
    assert listed["cisa-kev"]["stale_days"] > 7
    assert listed["cert-fr"]["version"] is None
    text = shell("sources").out
    assert "cisa-kev: CISA Known Exploited Vulnerabilities Catalog (2 records, 2024.03.01," in text
    assert "cert-fr: CERT-FR alerts and advisories (nothing held)" in text


def test_a_feed_of_ones_own_is_set_up_listed_and_forgotten(shell: Shell) -> None:
    added = shell("sources", "add", "team", "--address", ADDRESS, "--as", "taxii", "--inside")
    assert added.code == 0
    assert "“briefing update team” asks it" in added.out
    listed = {entry["id"]: entry for entry in shell.as_json("sources").json["sources"]}
    assert listed["team"]["address"] == ADDRESS
    assert listed["team"]["set_up_here"] is True
    assert shell("sources", "remove", "team").code == 0
    assert "team" not in {entry["id"] for entry in shell.as_json("sources").json["sources"]}
    again = shell("sources", "remove", "team")
    assert (again.code, again.out) == (1, "")
    assert "Nobody set up a feed “team” here." in again.err


def test_a_token_goes_from_standard_input_into_the_keyring_and_leaves_with_the_feed(
    shell: Shell, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = ("sources", "add", "team", "--address", ADDRESS, "--as", "taxii")
    types("sesame\r\n", monkeypatch)
    assert shell(*add, "--user", "ada", "--token-stdin").code == 0
    assert drawer.kept == {(SERVICE, "team"): '{"user": "ada", "secret": "sesame"}'}
    assert b"sesame" not in b"".join(whole_file(shell.database))
    assert shell("sources", "remove", "team").code == 0
    assert drawer.kept == {}
    types("sesame", monkeypatch)
    shell(*add, "--token-stdin")
    assert shell(*add).code == 0
    assert drawer.kept == {}


@pytest.mark.parametrize(
    ("typed", "options", "code", "words"),
    [
        ("sesame", ("--address", "http://taxii.example/"), 2, "is no https address"),
        ("sesame", ("--address", ADDRESS, "--tlp", "PINK"), 2, "is no TLP level"),
        ("", ("--address", ADDRESS), 2, "Nothing came on standard input"),
        ("open sesame", ("--address", ADDRESS), 1, "a character that no token has"),
        ("sesame", ("--address", ADDRESS, "--user", "a:b"), 1, "holds a colon"),
    ],
)
def test_a_feed_that_cannot_be_set_up_leaves_no_token_behind(
    shell: Shell,
    drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    options: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    types(typed, monkeypatch)
    said = shell("sources", "add", "team", *options, "--token-stdin")
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert drawer.kept == {}
    assert "team" not in {entry["id"] for entry in shell.as_json("sources").json["sources"]}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--user", "ada", "--address", ADDRESS), "--user needs --token-stdin"),
        (("--as", "gopher", "--address", ADDRESS), "gopher"),
        ((), "Missing option '--address'"),
        (("--cafile", "missing.pem", "--address", ADDRESS), "missing.pem"),
    ],
)
def test_a_feed_that_is_described_wrongly_is_exit_code_two(
    shell: Shell, options: tuple[str, ...], words: str
) -> None:
    said = shell("sources", "add", "team", *options)
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_the_ways_to_fetch_that_can_be_named_are_all_there_are() -> None:
    add = cli.commands.commands["sources"].commands["add"]
    (way,) = [option for option in add.params if option.name == "fetched_as"]
    assert tuple(way.type.choices) == FETCHED_AS


def test_a_dry_run_compares_releases_of_one_source_with_each_other(
    shell: Shell, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "1.json").write_bytes(exploited(1, 2, version="2024.03.02"))
    (stick / "2.json").write_bytes(exploited(1, 2, 3, version="2024.03.03"))
    before = whole_file(shell.database)
    first, second = shell.as_json("import", stick, "--dry-run").results
    assert (first["added"], second["added"], second["unchanged"]) == (2, 1, 2)
    assert whole_file(shell.database) == before
    taken = shell.as_json("import", stick).results
    assert [result["added"] for result in taken] == [2, 1]


def test_a_dry_run_says_that_an_older_release_would_be_refused(
    shell: Shell, kev: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.json"
    newer.write_bytes(exploited(1, 2, 3, version="2024.03.03"))
    shell("import", newer)
    rehearsed = shell.as_json("import", kev, "--dry-run")
    taken = shell.as_json("import", kev)
    assert (rehearsed.code, taken.code) == (1, 1)
    assert rehearsed.results[0]["error"] == taken.results[0]["error"] is not None


def test_nothing_is_recorded_as_the_programs_own_text(shell: Shell, kev: Path) -> None:
    for source in ("threat-briefing", ""):
        said = shell("import", kev, "--source", source)
        assert said.code == 2
        assert "source" in said.err or "own texts" in said.err
