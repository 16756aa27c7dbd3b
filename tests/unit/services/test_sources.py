"""The list of sources: what is held, how old it is, where more is to be had; imports so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from https_server import NOW
from store_samples import actor, changes, source
from update_samples import Desk

from briefing.core.changes import ChangeSet, Quarantined
from briefing.core.errors import NotFoundError, WrongCallError
from briefing.paths import data_folder
from briefing.services.feed_reading import Incoming
from briefing.services.feed_setup import forget, own_feed, set_up
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.sources import SourceEntry, history, list_sources, quarantine
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.feeds import FeedState, write_feed
from briefing.store.migrate import open_knowledge

TODAY = date(2026, 12, 1)


def entries(desk: Desk, today: date = TODAY) -> dict[str, SourceEntry]:
    return {entry.id: entry for entry in list_sources(desk.knowledge, desk.data, today)}


def take(desk: Desk, change_set: ChangeSet, file: str = "some.json") -> int:
    """Take a change-set in on the day of the samples; the number of its snapshot."""
    incoming = Incoming(file, "stix", change_set, (file,))
    (result,) = apply_import(desk.path, [incoming], Leave(), NOW, Task.silent())
    assert result.applied is not None
    assert result.applied.snapshot is not None
    return result.applied.snapshot


def kev(desk: Desk, edition: str) -> ChangeSet:
    known = next(e for e in list_sources(desk.knowledge, desk.data, TODAY) if e.id == "cisa-kev")
    assert known.stale_days == 0
    made = changes(actor(1, "Fox"), of=source("cisa-kev"), version="7")
    return replace(made, edition=edition)


def test_what_is_held_comes_first_and_then_what_could_be_each_by_title(
    bundled_database: Path,
) -> None:
    listed = list_sources(KnowledgeFile(bundled_database), data_folder(), TODAY)
    held = [entry for entry in listed if entry.records]
    others = [entry for entry in listed if not entry.records]
    assert list(listed) == held + others
    assert {entry.id for entry in held} >= {"mitre-attack", "misp-threat-actor", "threat-briefing"}
    assert {entry.id for entry in others} >= {"attack-enterprise", "cisa-kev", "cert-fr"}
    for part in (held, others):
        titles = [entry.title.casefold() for entry in part]
        assert titles == sorted(titles)
    assert not any(entry.own for entry in listed)
    assert all(entry.publisher and entry.licence and entry.reliability_why for entry in listed)


def test_a_feed_that_is_not_held_is_never_old_and_says_where_it_is_to_be_had(desk: Desk) -> None:
    entry = entries(desk)["cisa-kev"]
    assert (entry.version, entry.taken_at, entry.as_of, entry.records) == ("", "", "", 0)
    assert (entry.stale_days, entry.checked_at, entry.inside) == (0, "", False)
    assert entry.fetched_as == "file"
    assert entry.address.startswith("https://")


@pytest.mark.parametrize(
    ("edition", "as_of", "days"),
    [
        ("2026-11-20T08:00:00", "2026-11-20", 11),
        ("2026-11-25", "2026-11-24", 0),
        ("2026-05", "2026-05-01", 214),
        ("", "2026-11-24", 0),
        ("000000000349", "2026-11-24", 0),
        ("2026-13-45T00:00:00", "2026-11-24", 0),
        ("2026-02-31", "2026-03-03", 273),
        ("2999-01-01", "2026-11-24", 0),
    ],
    ids=["day", "tomorrow", "month", "none", "number", "no day", "31 February", "far future"],
)
def test_content_is_as_old_as_the_feeds_own_release_says_where_that_can_be(
    desk: Desk, edition: str, as_of: str, days: int
) -> None:
    take(desk, kev(desk, edition))
    entry = entries(desk)["cisa-kev"]
    assert (entry.as_of, entry.stale_days) == (as_of, days)
    assert (entry.version, entry.taken_at[:10], entry.records) == ("7", "2026-11-24", 1)


@pytest.mark.parametrize(("day", "days"), [(1, 0), (2, 8), (9, 15)])
def test_a_feed_is_old_once_it_is_older_than_such_a_feed_should_be(
    desk: Desk, day: int, days: int
) -> None:
    take(desk, kev(desk, "2026-11-24"))
    assert entries(desk, date(2026, 12, day))["cisa-kev"].stale_days == days


def test_what_nobody_has_described_is_never_old_and_is_the_persons_own(desk: Desk) -> None:
    take(desk, replace(changes(actor(1, "Fox"), of=source("local-fox")), edition="2001-01-01"))
    entry = entries(desk)["local-fox"]
    assert (entry.as_of, entry.stale_days, entry.own) == ("2001-01-01", 0, True)
    assert (entry.address, entry.fetched_as) == ("", "file")


def test_a_feed_that_was_set_up_is_listed_with_its_address(desk: Desk) -> None:
    desk.set_up("team", "taxii", "https://taxii.example/taxii2/")
    entry = entries(desk)["team"]
    assert (entry.title, entry.own, entry.inside) == ("Team", True, True)
    assert (entry.fetched_as, entry.address) == ("taxii", "https://taxii.example/taxii2/")
    assert (entry.licence, entry.reliability, entry.records) == ("Not stated", "F", 0)


def test_a_known_feed_keeps_the_programs_address_until_a_person_names_another(desk: Desk) -> None:
    known = entries(desk)["cisa-kev"].address
    noted = FeedState("cisa-kev", "KEV", "file", "", checked_at="2026-11-24T09:30:00+00:00")
    connection = open_knowledge(desk.path)
    with immediate(connection, desk.path):
        write_feed(connection, noted)
    connection.close()
    entry = entries(desk)["cisa-kev"]
    assert (entry.address, entry.checked_at[:10]) == (known, "2026-11-24")
    with pytest.raises(NotFoundError, match="Nobody set up a feed “cisa-kev” here"):
        own_feed(desk.knowledge, "cisa-kev")
    desk.set_up("cisa-kev", "rolie", "https://mirror.example/kev.json")
    entry = entries(desk)["cisa-kev"]
    assert (entry.address, entry.fetched_as) == ("https://mirror.example/kev.json", "rolie")
    forget(desk.knowledge, "cisa-kev")
    assert entries(desk)["cisa-kev"].address == known


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"source": "Our Team"}, "cannot be the id of a source"),
        ({"source": ""}, "cannot be the id of a source"),
        ({"source": "café-ß"}, "cannot be the id of a source"),
        ({"address": "http://taxii.example/"}, "is no https address"),
        ({"address": "file:///etc/passwd"}, "is no https address"),
        ({"format": "gopher"}, "use one of file, feed, rolie, misp, taxii"),
    ],
)
def test_a_feed_that_cannot_be_is_not_set_up(
    desk: Desk, changed: dict[str, str], words: str
) -> None:
    feed = replace(FeedState("team", "Team", "taxii", "https://taxii.example/"), **changed)
    with pytest.raises(WrongCallError, match=words):
        set_up(desk.path, feed)
    assert desk.rows("SELECT * FROM feed") == []


def test_what_was_set_up_is_read_as_it_was_written(desk: Desk) -> None:
    feed = FeedState(
        *("team", "Team’s own", "taxii", "https://taxii.example/", True),
        {"collections": ["Fuchs & Häher"], "token": True},
        *('W/"one"', "Fri, 01 Mar 2024 15:00:00 GMT", '{"a": "b"}', "2026-11-24T09:30:00+00:00"),
    )
    set_up(desk.path, feed)
    assert own_feed(desk.knowledge, "team") == feed


def test_what_is_forgotten_is_not_asked_and_stays_held(desk: Desk) -> None:
    desk.set_up("team", "taxii", "https://taxii.example/")
    take(desk, changes(actor(1, "Fox"), of=source("team")))
    forget(desk.knowledge, "team")
    assert entries(desk)["team"].records == 1
    assert entries(desk)["team"].address == ""
    with pytest.raises(NotFoundError, match="Nobody set up a feed “team” here"):
        forget(desk.knowledge, "team")


def test_every_import_is_listed_the_newest_first_with_what_it_left_out(desk: Desk) -> None:
    take(desk, changes(actor(1, "Fox"), of=source("local-fox"), version="1"), "first.json")
    left_out = (Quarantined("x--1", "It has no name."), Quarantined("", "It is no object."))
    second = replace(
        changes(actor(1, "Fox", n=1), actor(2, "Owl"), of=source("local-fox"), version="2"),
        quarantined=left_out,
    )
    number = take(desk, second, "second.json")
    rows = history(desk.knowledge)
    assert [(row.id, row.file, row.version, row.version_before) for row in rows] == [
        (2, "second.json", "2", "1"),
        (1, "first.json", "1", ""),
    ]
    assert [(row.added, row.changed, row.removed, row.quarantined) for row in rows] == [
        (1, 1, 0, 2),
        (1, 0, 0, 0),
    ]
    assert [row.newest for row in rows] == [True, False]
    assert quarantine(desk.knowledge, number) == left_out
    assert quarantine(desk.knowledge, 1) == ()


def test_what_came_with_the_program_names_no_file(bundled_database: Path) -> None:
    rows = history(KnowledgeFile(bundled_database))
    assert rows
    assert {row.file for row in rows} == {""}
