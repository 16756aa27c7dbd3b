"""Comparing a change-set with what is held: by hash, by edition, and within what it is whole of."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import actor, changes, facts, native, source, take, targets

from briefing.core.changes import ChangeSet, Quarantined, RecordDraft
from briefing.core.errors import BriefingError
from briefing.core.preview import MOST_SHARE
from briefing.store.planning import (
    ManyRemovalsError,
    OlderReleaseError,
    Plan,
    plan_changes,
    refuse_unasked,
)


def counts(plan: Plan) -> tuple[int, int, int, int]:
    return len(plan.added), len(plan.changed), len(plan.removed), plan.unchanged


def of_edition(draft: RecordDraft, edition: str) -> RecordDraft:
    return replace(draft, edition=edition)


def released(edition: str, *drafts: RecordDraft, kinds: frozenset[str] = frozenset()) -> ChangeSet:
    return replace(changes(*drafts, version=edition), edition=edition, kinds=kinds)


def test_against_nothing_everything_is_added(database: sqlite3.Connection) -> None:
    plan = plan_changes(database, changes(actor(1, "Fox"), actor(2, "Owl")))
    assert counts(plan) == (2, 0, 0, 0)
    assert not plan.empty
    assert plan.held == {}


def test_a_plan_writes_nothing(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox")))
    before = facts(database)
    plan_changes(database, changes(actor(2, "Owl")))
    assert not database.in_transaction
    assert facts(database) == before


def test_the_content_decides_what_has_changed_and_what_stands(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl"), actor(3, "Elk")))
    plan = plan_changes(database, changes(actor(1, "Fox"), actor(2, "Owl", n=1), actor(4, "Bat")))
    assert counts(plan) == (1, 1, 1, 1)
    assert [held.native_id for held in plan.removed] == [native(3)]
    assert plan.held == {"threat-actor": 3}


def test_the_same_again_is_an_empty_plan(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl")))
    plan = plan_changes(database, changes(actor(2, "Owl"), actor(1, "Fox")))
    assert plan.empty
    assert plan.unchanged == 2


def test_what_a_window_does_not_hold_is_not_gone(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl")))
    assert counts(plan_changes(database, changes(actor(1, "Fox"), full=False))) == (0, 0, 0, 1)


def test_a_release_that_is_whole_of_some_kinds_removes_only_of_those(
    database: sqlite3.Connection, path: Path
) -> None:
    both = changes(actor(1, "Fox"), actor(2, "Owl", kind="malware"), actor(3, "Elk"))
    take(database, path, both)
    plan = plan_changes(database, released("2", actor(1, "Fox"), kinds=frozenset({"threat-actor"})))
    assert [held.native_id for held in plan.removed] == [native(3)]
    assert plan.held == {"threat-actor": 2}


def test_what_other_sources_hold_is_not_compared(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox"), of=source("feed-b")))
    assert counts(plan_changes(database, changes(actor(2, "Owl")))) == (1, 0, 0, 0)


def test_what_is_held_and_could_not_be_read_is_not_gone(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl")))
    bad = Quarantined(native(2), "It is bad.")
    plan = plan_changes(database, replace(changes(actor(1, "Fox")), quarantined=(bad,)))
    assert plan.removed == []


def test_an_earlier_edition_in_a_window_is_left_out_unless_it_is_asked_for(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(of_edition(actor(1, "Fox", n=2), "2024-02"), full=False))
    earlier = changes(of_edition(actor(1, "Fox", n=1), "2024-01"), full=False)
    assert [draft.native_id for draft in plan_changes(database, earlier).older] == [native(1)]
    assert plan_changes(database, earlier).empty
    assert counts(plan_changes(database, earlier, older=True)) == (0, 1, 0, 0)
    later = changes(of_edition(actor(1, "Fox", n=3), "2024-03"), full=False)
    assert counts(plan_changes(database, later)) == (0, 1, 0, 0)


def test_in_a_whole_release_the_release_decides_not_the_edition_of_a_record(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, released("1", of_edition(actor(1, "Fox", n=2), "2024-02")))
    plan = plan_changes(database, released("2", of_edition(actor(1, "Fox", n=1), "2024-01")))
    assert counts(plan) == (0, 1, 0, 0)


def test_two_records_with_one_id_are_refused_with_the_id(database: sqlite3.Connection) -> None:
    with pytest.raises(BriefingError, match=f"two records with the id {native(1)}"):
        plan_changes(database, changes(actor(1, "Fox"), actor(1, "Owl")))


def test_a_record_that_is_read_differently_now_is_changed_where_statements_are_compared(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox", said=targets(1, "energy"))))
    read_anew = changes(actor(1, "Fox", said=targets(1, "water")))
    assert plan_changes(database, read_anew).empty
    assert counts(plan_changes(database, read_anew, compare_statements=True)) == (0, 1, 0, 0)


def test_a_source_that_got_another_label_has_every_record_written_again(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), of=source(tlp="CLEAR")))
    plan = plan_changes(database, changes(actor(1, "Fox"), of=source(tlp="AMBER")))
    assert counts(plan) == (0, 1, 0, 0)


def test_an_earlier_release_is_refused_unless_it_is_asked_for(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, released("2025-10", actor(1, "Fox", n=2)))
    older = released("2025-04", actor(1, "Fox", n=1))
    plan = plan_changes(database, older)
    assert plan.held_edition == "2025-10"
    with pytest.raises(OlderReleaseError, match=r"\(2025-04\) is older than the one you have"):
        refuse_unasked(older, plan, older=False, removals=True)
    refuse_unasked(older, plan, older=True, removals=True)


def test_an_earlier_release_that_says_the_same_is_no_reason_to_ask(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, released("2025-10", actor(1, "Fox")))
    older = released("2025-04", actor(1, "Fox"))
    refuse_unasked(older, plan_changes(database, older), older=False, removals=False)


def test_releases_of_different_kinds_are_not_ordered_against_each_other(
    database: sqlite3.Connection, path: Path
) -> None:
    fox, owl = actor(1, "Fox"), actor(2, "Owl", kind="malware")
    take(database, path, released("2025-10", fox, kinds=frozenset({"threat-actor"})))
    plan = plan_changes(database, released("2025-04", owl, kinds=frozenset({"malware"})))
    assert plan.held_edition == ""


@given(st.integers(0, 20))
def test_removals_are_asked_about_from_the_same_share_on_whatever_the_number(gone: int) -> None:
    plan = Plan()
    plan.held.update({"threat-actor": 20})
    plan.removed = [None] * gone  # type: ignore[list-item]  # only their number counts here
    if gone > MOST_SHARE * 20:
        with pytest.raises(ManyRemovalsError, match=f"would lose {gone} of 20 records"):
            refuse_unasked(changes(), plan, older=False, removals=False)
    else:
        refuse_unasked(changes(), plan, older=False, removals=False)
    refuse_unasked(changes(), plan, older=False, removals=True)


def test_the_same_bytes_as_were_taken_last_are_not_compared_again(
    database: sqlite3.Connection,
) -> None:
    plan = plan_changes(database, replace(changes(full=False), repeats=24_771))
    assert plan.empty
    assert plan.unchanged == 24_771
