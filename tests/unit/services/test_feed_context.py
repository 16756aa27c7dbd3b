"""What feeds are read with, and the feeds that the program knows."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from feed_samples import item, rss
from https_server import NOW
from update_samples import Desk, exploited, told

from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.grading import RELIABILITY
from briefing.core.tlp import Tlp
from briefing.feeds import (
    aptnotes,
    csaf,
    eurepoc,
    kev,
    leak_sites,
    misp_event,
    misp_galaxy,
    misp_manifest,
    rolie,
    stix,
    stix_attack,
)
from briefing.feeds import rss as news
from briefing.feeds.catalogue import FETCHED_AS, read_catalogue
from briefing.feeds.formats import FORMATS
from briefing.paths import data_folder
from briefing.services.feed_context import CATALOGUES, feed_context, known_feeds, vocabulary
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile

DEFAULTS: dict[ModuleType, tuple[str, ...]] = {
    stix: tuple(stix_attack.SOURCES.values()),
    misp_galaxy: (*misp_galaxy._SOURCES.values(), misp_galaxy.OTHERS),
    misp_event: (misp_event.SOURCE,),
    csaf: (csaf.CISA,),
    kev: (kev.SOURCE,),
    news: tuple(known for _, known in news._SOURCES),
    eurepoc: (eurepoc.SOURCE,),
    aptnotes: (aptnotes.SOURCE,),
    leak_sites: (leak_sites.RANSOMWARE_LIVE, leak_sites.RANSOMLOOK),
    # These two only list what others are read from.
    misp_manifest: (),
    rolie: (),
}
"""Each format's module, and the sources it records what it reads under."""

ENTRY = """
[[source]]
id = "fox"
title = "Fox"
publisher = "Fox"
kind = "feed"
licence = "CC0-1.0"
notice = ""
url = ""
reliability = "C"
reliability_why = "It is a sample."
tlp = "CLEAR"
"""


def test_every_format_records_what_it_reads_under_a_source_that_is_described() -> None:
    assert {module.FORMAT for module in DEFAULTS} == set(FORMATS)
    known = known_feeds(data_folder())
    for module, sources in DEFAULTS.items():
        assert set(sources) <= set(known), module.__name__


def test_every_known_feed_says_who_publishes_it_and_how_far_it_is_trusted() -> None:
    for name, feed in known_feeds(data_folder()).items():
        source = feed.source
        assert source.id == name
        assert source.reliability in RELIABILITY
        assert source.reliability_why.endswith(".")
        assert source.tlp in {level.code for level in Tlp}
        assert source.title
        assert source.publisher
        assert source.licence
        assert feed.fetched_as in FETCHED_AS
        assert feed.stale_after_days >= 0


def test_no_source_is_described_twice() -> None:
    described: list[str] = []
    for name in CATALOGUES:
        described += read_catalogue((data_folder() / name).read_bytes(), name)
    assert len(described) == len(set(described))


def test_the_feeds_of_the_design_are_known() -> None:
    known = known_feeds(data_folder())
    addresses = {name for name, feed in known.items() if feed.address}
    assert addresses >= {
        *("attack-enterprise", "attack-mobile", "attack-ics", "misp-threat-actor"),
        *("cisa-csaf", "cisa-kev", "cisa-advisories", "ncsc-uk", "cert-eu", "cert-fr"),
        *("jpcert", "acsc", "aptnotes"),
    }
    assert {"eurepoc", "ransomware-live", "ransomlook"} <= set(known)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "sources.toml has no entry 'source'"),
        ("[[source]]\nid = 'fox'", "sources.toml cannot be used: “fox” has no title"),
        (ENTRY + "colour = 'red'", "sources.toml cannot be used"),
        (ENTRY + "fetched_as = 'gopher'", "is fetched as “gopher”, which is no way known"),
        (ENTRY + "address = 'http://fox.example/'", "does not begin with https"),
        ("source = 7", "sources.toml cannot be used"),
        ("this is no TOML", "sources.toml cannot be used"),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_a_sentence(
    tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BriefingError, match=words):
        known_feeds(tmp_path)


def test_a_catalogue_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(ENTRY, encoding="utf-8")
    with pytest.raises(BriefingError, match=r"feeds\.toml cannot be read: No such file"):
        known_feeds(tmp_path)


def test_the_vocabularies_are_read_once() -> None:
    assert vocabulary(data_folder()) is vocabulary(data_folder())


def test_feeds_are_read_with_what_the_program_and_the_database_know(
    bundled_database: Path,
) -> None:
    context = feed_context(KnowledgeFile(bundled_database), data_folder())
    assert context.chosen is None
    assert {"mitre-attack", "tidal-groups", "cisa-kev"} <= set(context.sources)
    assert "CrowdStrike" in context.producers.values()
    assert len(context.known_ids) > 3_000
    assert all(native.endswith(f"--{uuid}") for uuid, native in context.known_ids.items())
    assert {taken.source for taken in context.taken.values()} <= set(context.sources)


def test_how_the_program_judges_a_source_goes_before_what_was_recorded_once(
    bundled_database: Path, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "kev.json"
    file.write_bytes(exploited(1))
    context = feed_context(desk.knowledge, data_folder())
    (incoming,) = read_paths([file], context, Task.silent()).incoming
    apply_import(desk.path, [incoming], Leave(), NOW, Task.silent())
    known = known_feeds(data_folder())["cisa-kev"].source
    assert feed_context(desk.knowledge, data_folder()).sources["cisa-kev"] == known


def test_the_same_bytes_are_recognised_as_taken_and_read_no_more(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "kev.json"
    file.write_bytes(exploited(1, 2))

    def taken() -> tuple[int, int, int, int]:
        reading = read_paths([file], feed_context(desk.knowledge, desk.data), Task.silent())
        results = apply_import(desk.path, reading.incoming, Leave(), NOW, Task.silent())
        return told(results[0])

    assert taken() == (2, 0, 0, 0)
    context = feed_context(desk.knowledge, desk.data)
    assert [item.source for item in context.taken.values()] == ["cisa-kev"]
    assert taken() == (0, 0, 0, 2)


@pytest.mark.parametrize(("label", "tlp"), [(None, "RED"), (Tlp.GREEN, "GREEN")])
def test_a_source_of_ones_own_is_not_judged_and_red_unless_labelled(
    desk: Desk, label: Tlp | None, tlp: str
) -> None:
    chosen = feed_context(desk.knowledge, desk.data, "our-team", label).chosen
    assert chosen is not None
    assert (chosen.id, chosen.title, chosen.reliability, chosen.tlp) == (
        *("our-team", "Our team", "F"),
        tlp,
    )


def test_a_known_source_that_is_named_is_taken_as_it_is_described(desk: Desk) -> None:
    known = known_feeds(desk.data)["ncsc-uk"].source
    assert feed_context(desk.knowledge, desk.data, "ncsc-uk").chosen == known
    labelled = feed_context(desk.knowledge, desk.data, "ncsc-uk", Tlp.AMBER).chosen
    assert labelled is not None
    assert labelled.tlp == "AMBER"


def test_what_a_person_names_is_where_everything_is_recorded(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "news.xml"
    file.write_text(
        rss(item(title="Fox", guid="1"), link="https://www.ncsc.gov.uk/"), encoding="utf-8"
    )
    context = feed_context(desk.knowledge, desk.data, "our-team")
    (incoming,) = read_paths([file], context, Task.silent()).incoming
    assert incoming.changes.source.id == "our-team"


@pytest.mark.parametrize("name", ["Our Team", "-", "café", "team²", "a_b", "x" * 61, "../x"])
def test_a_name_that_cannot_be_an_id_is_a_sentence(desk: Desk, name: str) -> None:
    with pytest.raises(WrongCallError, match="use small letters, figures and hyphens"):
        feed_context(desk.knowledge, desk.data, name)


def test_a_label_without_a_source_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(WrongCallError, match="--tlp needs --source"):
        feed_context(desk.knowledge, desk.data, "", Tlp.GREEN)
