"""Infrastructure, victims and named actors, listed beside the overlap and not mixed in."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from case_samples import case, claim, hypothesis, subject
from overlap_samples import (
    BEAR,
    IDS,
    REPORT,
    SIX,
    bear,
    catalogue,
    feature,
    feature_id,
    group,
    group_id,
    panda,
    seen,
    six_features,
    uses,
)
from store_samples import actor, changes, source, take

from briefing.core.case import Case, Evidence
from briefing.core.changes import Predicate, StatementDraft
from briefing.services.overlap import overlap_with_groups
from briefing.services.overlap_beside import LEADING, beside_overlap


@pytest.fixture
def known(database: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Bear and Panda."""
    take(database, path, catalogue(*six_features(), bear(REPORT.id), panda()))
    return database


def targeting(number: int, *codes: str) -> list[StatementDraft]:
    return [
        StatementDraft(
            group_id(number),
            Predicate.TARGETS_COUNTRY if code.isupper() else Predicate.TARGETS_SECTOR,
            *(code, code),
        )
        for code in codes
    ]


def beside_case(*rows: Evidence) -> Case:
    return seen(
        *rows,
        sectors=("healthcare", "critical-infrastructure"),
        countries=("US", "FR"),
        infrastructure=("198.51.100.7",),
    )


def test_infrastructure_and_victims_are_listed_beside_with_who_states_them(
    database: sqlite3.Connection, path: Path
) -> None:
    said = targeting(1, "US", "healthcare", "energy", "DE", "critical-infrastructure")
    members = [uses(1, one) for one in SIX]
    take(database, path, catalogue(*six_features(), group(1, "Bear", *members, *said), panda()))
    about = beside_case()
    found = beside_overlap(database, about, overlap_with_groups(database, IDS))
    assert found.infrastructure == ("198.51.100.7",)
    assert [one.label for one in found.victims] == [
        *(
            "Health and pharmaceuticals",
            "Critical infrastructure, no branch named",
            "United States",
            "France",
        ),
    ]
    first, second = found.groups
    assert (first.name, first.stated) == ("Bear", True)
    assert [(one.code, one.label, one.basis.sources) for one in first.shared] == [
        ("critical-infrastructure", "Critical infrastructure, no branch named", ("mitre-attack",)),
        ("healthcare", "Health and pharmaceuticals", ("mitre-attack",)),
        ("US", "United States", ("mitre-attack",)),
    ]
    assert (second.name, second.stated, second.shared) == ("Panda", False, ())
    assert [one.key for one in found.sources] == ["mitre-attack"]


def test_only_the_leading_groups_are_looked_at(database: sqlite3.Connection, path: Path) -> None:
    many = [group(n, f"Group {n}", uses(n, SIX[0])) for n in range(1, 6)]
    take(database, path, catalogue(*six_features(), *many))
    overlap = overlap_with_groups(database, IDS)
    assert len(beside_overlap(database, seen(), overlap).groups) == LEADING


def test_each_actor_the_case_names_is_placed_or_said_to_have_no_profile(
    database: sqlite3.Connection, path: Path
) -> None:
    wolf = group(3, "Wolf", uses(3, feature_id(8, "T1008")))
    take(database, path, catalogue(*six_features(), feature(8, "T1008"), bear(), wolf))
    lynx = actor(9, "Lynx")
    take(database, path, changes(lynx, of=source()))
    rows = (
        claim("a", actor=lynx.native_id),
        claim("b"),
        claim("c", actor="threat-actor--nobody"),
        hypothesis("h1", actors=(BEAR, group_id(3), lynx.native_id)),
    )
    about = case(seen().incident, *rows)
    found = beside_overlap(database, about, overlap_with_groups(database, IDS))
    assert [(one.name, one.standing, one.rank) for one in found.named] == [
        ("Lynx", "no profile", 0),
        ("Bear", "ranked", 1),
        ("Wolf", "shares nothing", 0),
    ]


def test_where_nothing_was_ranked_nobody_is_placed(known: sqlite3.Connection) -> None:
    about = case(subject(), hypothesis("h1", actors=(BEAR,)))
    found = beside_overlap(known, about, overlap_with_groups(known, IDS[:2]))
    assert (found.named, found.groups, found.sources) == ((), (), ())
