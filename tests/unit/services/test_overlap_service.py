"""Overlap with the groups of a database, and what is said beside every ranking."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from dated_imports import take_on
from overlap_samples import (
    BEAR,
    IDS,
    PANDA,
    REPORT,
    SIX,
    bear,
    catalogue,
    feature,
    group,
    panda,
    six_features,
    uses,
)
from store_samples import take

from briefing.core.tlp import Tlp
from briefing.core.weighing import Overlap
from briefing.services.overlap import overlap_with_groups
from briefing.services.overlap_words import margin_line, ordinal, standing
from briefing.store.ceilings import open_below


@pytest.fixture
def known(database: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Bear and Panda."""
    take(database, path, catalogue(*six_features(), bear(REPORT.id), panda()))
    return database


def test_groups_are_ranked_by_what_they_share_with_the_incident(known: sqlite3.Connection) -> None:
    overlap = overlap_with_groups(known, IDS)
    assert [(one.rank, one.name, one.attack_id, one.actor) for one in overlap.ranked] == [
        (1, "Bear", "G0001", BEAR),
        (2, "Panda", "G0002", PANDA),
    ]
    assert (overlap.groups, overlap.refused, overlap.as_of) == (2, "", "2026-01-02")
    assert overlap.ranked[0].score == 1
    assert overlap.ranked[0].matched[0].name == "Trojan"


def test_ids_are_read_in_any_case_and_each_once(known: sqlite3.Connection) -> None:
    written = [f" {one.lower()} " for one in IDS]
    assert overlap_with_groups(known, [*written, *IDS]) == overlap_with_groups(known, IDS)


def test_what_is_in_no_catalogue_is_named_and_not_compared(known: sqlite3.Connection) -> None:
    overlap = overlap_with_groups(known, [*IDS, "T9999", "Mimikatz"])
    assert overlap.absent == ("T9999", "Mimikatz")
    assert overlap.features == IDS
    assert overlap.ranked == overlap_with_groups(known, IDS).ranked


def test_what_is_in_no_catalogue_does_not_make_up_the_number(known: sqlite3.Connection) -> None:
    overlap = overlap_with_groups(known, [*IDS[:4], "T9999"])
    assert overlap.refused.startswith("4 features")


def test_a_withdrawn_id_is_compared_as_what_took_its_place(
    database: sqlite3.Connection, path: Path
) -> None:
    old = feature(
        *(7, "T1007"),
        revoked=True,
        related=[{"type": "revoked-by", "dest-uuid": SIX[0].partition("--")[2]}],
    )
    take(database, path, catalogue(*six_features(), old, bear()))
    overlap = overlap_with_groups(database, ["T1007", *IDS[1:]])
    assert overlap.replaced == (("T1007", "T1001"),)
    assert set(overlap.features) == set(IDS)
    # The same feature by both its ids is one feature.
    assert overlap_with_groups(database, ["T1007", *IDS]).features == IDS


def test_a_feature_that_the_catalogue_holds_and_nobody_uses_is_named(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, catalogue(*six_features(), panda()))
    overlap = overlap_with_groups(database, IDS)
    assert overlap.unknown == IDS[2:]
    assert overlap.absent == ()


def test_as_of_a_day_the_catalogue_of_that_day_is_compared(
    database: sqlite3.Connection, path: Path
) -> None:
    take_on(database, path, "2024-01-10", catalogue(*six_features(), panda()))
    take_on(database, path, "2025-01-10", catalogue(*six_features(), panda(), bear()))
    then = overlap_with_groups(database, IDS, "2024-06-01")
    assert [one.name for one in then.ranked] == ["Panda"]
    assert (then.groups, then.as_of) == (1, "2024-01-10")
    before = overlap_with_groups(database, IDS, "2023-12-31")
    assert before.ranked == ()
    assert before.refused == (
        "No known groups can be compared as of 31 December 2023:"
        " the first release of ATT&CK held here is of 10 January 2024."
    )


def test_an_empty_database_says_that_nothing_is_known(database: sqlite3.Connection) -> None:
    now = overlap_with_groups(database, IDS)
    assert now.refused.startswith("No group with techniques or software is known here")
    then = overlap_with_groups(database, IDS, "2024-01-01")
    assert then.refused.endswith("no release of ATT&CK is held here.")


def test_below_a_ceiling_hidden_statements_are_in_no_ranking(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, catalogue(*six_features(), bear(tlp="RED"), panda()))
    with closing(open_below(path, Tlp.CLEAR)) as reader:
        assert [one.name for one in overlap_with_groups(reader.connection, IDS).ranked] == ["Panda"]


def with_margin(margin: float | None) -> Overlap:
    return Overlap(
        features=IDS,
        unknown=(),
        groups=2,
        ranked=(),
        margin=margin,
        discriminates=margin is not None and margin >= 1.25,
    )


@pytest.mark.parametrize(
    ("margin", "words"),
    [
        (1.0, "below 1.25, which does not discriminate. With such a margin the first was right in"),
        (1.25, "1.25 to 1.5. With such a margin the first was right in 13 of 31 rankings."),
        (1.5, "1.5 to 2. With such a margin the first was right in 8 of 13 rankings."),
        (7.0, "2 or more. With such a margin the first was right in 22 of 22 rankings."),
    ],
)
def test_the_margin_is_told_with_how_often_it_was_right(
    known: sqlite3.Connection, margin: float, words: str
) -> None:
    ranked = overlap_with_groups(known, IDS).ranked
    line = margin_line(replace(with_margin(margin), ranked=ranked))
    assert line.startswith(f"Margin of the first over the second: {words}")


def test_without_a_second_or_without_a_ranking_there_is_no_margin(
    known: sqlite3.Connection,
) -> None:
    ranked = overlap_with_groups(known, IDS).ranked
    assert "Only one group" in margin_line(replace(with_margin(None), ranked=ranked[:1]))
    assert margin_line(with_margin(None)) == ""


def test_a_tie_and_a_margin_that_says_nothing_are_told(
    database: sqlite3.Connection, path: Path
) -> None:
    twin = group(2, "Twin", *(uses(2, one) for one in SIX))
    take(database, path, catalogue(*six_features(), bear(), twin))
    overlap = overlap_with_groups(database, IDS)
    assert standing(overlap, overlap.ranked[0]) == (
        "Shares 6 of 6 features with Bear, second of 2 groups, level with 1 other;"
        " the margin does not discriminate."
    )


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (1, "first"),
        (10, "tenth"),
        (11, "11th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (103, "103rd"),
        (111, "111th"),
    ],
)
def test_places_are_words_up_to_the_tenth(place: int, words: str) -> None:
    assert ordinal(place) == words
