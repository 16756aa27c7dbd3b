"""Campaigns: the read model, and what stands in an actor's profile."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from store_samples import actor, changes, native, rows, source, take

from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.core.tlp import Tlp
from briefing.store.campaigns import campaigns_of
from briefing.store.labels import read_labels
from briefing.store.profiles import open_profile


def campaign(
    number: int, name: str, first: str, last: str, *of: str, tlp: str = "", **content: object
) -> RecordDraft:
    identity = f"campaign--{number:08d}-0000-4000-8000-000000000000"
    said = [
        StatementDraft(identity, Predicate.NAMED, value=name),
        StatementDraft(
            identity, Predicate.HAPPENED, object="active", first_seen=first, last_seen=last
        ),
        *(
            StatementDraft(
                identity, Predicate.ATTRIBUTED_TO, object=whom, value="attributed-to", tlp=tlp
            )
            for whom in of
        ),
    ]
    return RecordDraft.of(identity, "campaign", {"name": name, **content}, said)


def test_a_campaign_has_its_time_and_the_actors_it_is_attributed_to(
    database: sqlite3.Connection, path: Path
) -> None:
    late = campaign(1, "Late harvest", "2024-03", "2024-05", native(1))
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl"), late))
    assert rows(database, "SELECT name, started, ended, actors FROM campaign") == [
        ("Late harvest", "2024-03", "2024-05", native(1))
    ]
    assert campaigns_of(database, native(2)) == ()


def test_a_profile_lists_campaigns_newest_first_with_who_says_so(
    database: sqlite3.Connection, path: Path
) -> None:
    first = campaign(1, "Early", "2020", "", native(1), tlp="AMBER")
    second = campaign(2, "Late", "2024-03", "2024-05", native(1))
    withdrawn = campaign(3, "Gone", "2025", "", native(1), revoked=True)
    take(database, path, changes(actor(1, "Fox"), first, second, withdrawn))
    profile = open_profile(database, read_labels(database), native(1))
    assert [one.name for one in profile.campaigns] == ["Late", "Early"]
    assert profile.campaigns[1].basis.tlp is Tlp.AMBER
    assert profile.campaigns[0].basis.sources == ("feed-a",)
    assert "feed-a" in {entry.key for entry in profile.sources}


def test_two_sources_that_say_so_are_both_named(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox"), campaign(1, "Early", "2020", "", native(1))))
    other = changes(campaign(1, "Early", "2021", "", native(1)), of=source("feed-b"))
    take(database, path, other)
    (found,) = campaigns_of(database, native(1))
    assert found.basis.sources == ("feed-a", "feed-b")
    assert found.started == "2020"
