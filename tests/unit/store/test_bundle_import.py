"""A newer bundle comes as ordinary imports: local work stays, and nothing comes twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import actor, changes, document, facts, native, rows, source, take

from briefing.core.changes import ChangeSet, Label, Predicate, StatementDraft
from briefing.store.apply import Applied, apply_changes, undo
from briefing.store.builder import CURATOR, CuratedDecision, DatabaseBuilder
from briefing.store.bundle import apply_bundle
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.identity import decide, withdraw
from briefing.store.migrate import open_knowledge
from briefing.store.overview import bundle_is_new
from briefing.store.planning import plan_changes
from briefing.store.read_models import rebuild

AT = "2026-03-04T05:06:07+00:00"
MISP = source("misp-threat-actor")
TIDAL = source("tidal-groups")
APART = CuratedDecision(native(1), native(2), "apart", "Two groups.")
FIRST = (changes(actor(1, "Fox"), of=MISP), changes(actor(2, "Fox"), of=TIDAL))

Build = Callable[..., sqlite3.Connection]


@pytest.fixture
def bundle(tmp_path: Path) -> Build:
    """Builds a bundle and opens it for reading."""

    def build(
        name: str, *change_sets: ChangeSet, decisions: tuple[CuratedDecision, ...] = ()
    ) -> sqlite3.Connection:
        target = tmp_path / f"{name}.db"
        with DatabaseBuilder(tmp_path / f"{name}.scratch.db") as builder:
            builder.labels([Label("sector", "energy", f"Energy of {name}")])
            for change_set in change_sets:
                builder.apply(change_set, taken_at=AT)
            builder.decide(decisions, decided_at=AT)
            builder.finish()
            builder.write(target)
        return KnowledgeFile(target).connection

    return build


@pytest.fixture
def copy(bundle: Build, tmp_path: Path) -> sqlite3.Connection:
    """The user's copy of the first bundle, in which two Foxes are kept apart."""
    bundle("first", *FIRST, decisions=(APART,))
    return open_knowledge(tmp_path / "first.db")


def bring(bundle: sqlite3.Connection, copy: sqlite3.Connection, tmp_path: Path) -> list[Applied]:
    with immediate(copy, tmp_path / "first.db"):
        return apply_bundle(bundle, copy, applied_at=AT)


def in_force(copy: sqlite3.Connection) -> list[tuple[str, str]]:
    return rows(copy, "SELECT relation, decided_by FROM identity WHERE withdrawn_at IS NULL")


def test_the_bundle_a_copy_was_made_from_is_not_new_and_changes_nothing(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    same = bundle("same", *FIRST, decisions=(APART,))
    copy.execute("UPDATE label SET label = 'Energy of same'")
    copy.commit()
    before = facts(copy)
    assert all(applied.snapshot is None for applied in bring(same, copy, tmp_path))
    assert facts(copy) == before
    assert not bundle_is_new(same, copy)


def test_the_real_bundle_applied_to_its_own_copy_changes_nothing(
    bundled_database: Path, real_copy: sqlite3.Connection, copy_path: Path
) -> None:
    bundle = KnowledgeFile(bundled_database).connection
    assert not bundle_is_new(bundle, real_copy)
    before = facts(real_copy)
    with immediate(real_copy, copy_path):
        applied = apply_bundle(bundle, real_copy, applied_at=AT)
    assert {result.snapshot for result in applied} == {None}
    assert facts(real_copy) == before


def test_a_newer_bundle_changes_what_differs_and_leaves_the_users_own_sources(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    take(copy, tmp_path / "first.db", changes(actor(9, "Mine"), of=source("mine", kind="analyst")))
    newer = bundle("newer", changes(actor(1, "Fox", "Elk"), of=MISP), FIRST[1])
    assert bundle_is_new(newer, copy)
    results = bring(newer, copy, tmp_path)
    assert [(r.added, r.changed, r.removed) for r in results] == [(0, 1, 0), (0, 0, 0)]
    assert not bundle_is_new(newer, copy)
    assert rows(copy, "SELECT name FROM actor WHERE id = ?", native(9)) == [("Mine",)]
    assert rows(copy, "SELECT label FROM label") == [("Energy of newer",)]


def test_a_source_described_anew_is_described_anew_though_no_record_changed(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    renamed = source("misp-threat-actor", title="Renamed")
    newer = bundle("newer", changes(actor(1, "Fox"), of=renamed), FIRST[1])
    assert bundle_is_new(newer, copy)
    bring(newer, copy, tmp_path)
    assert rows(copy, "SELECT title FROM source WHERE id = 'misp-threat-actor'") == [("Renamed",)]


@pytest.mark.parametrize("names", [("Fox",), ("Fox", "Elk")])
def test_a_label_that_a_person_raised_stays_whatever_the_bundle_says(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path, names: tuple[str, ...]
) -> None:
    raised = replace(MISP, tlp="RED")
    take(copy, tmp_path / "first.db", changes(actor(1, "Fox"), of=raised))
    bring(bundle("newer", changes(actor(1, *names), of=MISP), FIRST[1]), copy, tmp_path)
    assert rows(copy, "SELECT id, tlp FROM source ORDER BY id") == [
        ("misp-threat-actor", "RED"),
        ("tidal-groups", "CLEAR"),
    ]
    query = (
        "SELECT DISTINCT r.source, s.tlp FROM statement s JOIN record r ON r.id = s.record"
        " WHERE s.to_snapshot IS NULL ORDER BY r.source"
    )
    assert rows(copy, query) == [("misp-threat-actor", "RED"), ("tidal-groups", "CLEAR")]


def test_a_bundle_that_narrows_a_source_narrows_it_in_the_copy(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    narrowed = changes(actor(1, "Fox"), of=replace(MISP, tlp="AMBER"))
    bring(bundle("newer", narrowed, FIRST[1]), copy, tmp_path)
    query = "SELECT tlp FROM source WHERE id = 'misp-threat-actor'"
    assert rows(copy, query) == [("AMBER",)]


def test_a_decision_that_left_the_bundle_is_withdrawn_and_a_new_one_is_made(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    bring(bundle("without", *FIRST), copy, tmp_path)
    assert in_force(copy) == []
    assert rows(copy, "SELECT count(*) FROM actor") == [(1,)]
    bring(bundle("again", *FIRST, decisions=(APART,)), copy, tmp_path)
    assert in_force(copy) == [("apart", CURATOR)]
    assert rows(copy, "SELECT count(*) FROM actor") == [(2,)]


def test_what_a_person_decided_about_a_pair_stays_whatever_the_bundle_says(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    with immediate(copy, tmp_path / "first.db"):
        decide(
            copy, native(2), native(1), "same-as", reason="x", decided_by="analyst", decided_at=AT
        )
    bring(bundle("newer", *FIRST, decisions=(APART,)), copy, tmp_path)
    assert in_force(copy) == [("same-as", "analyst")]


def test_a_bundled_decision_that_a_person_withdrew_does_not_come_back(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    with immediate(copy, tmp_path / "first.db"):
        withdraw(copy, 1, at=AT, withdrawn_by="analyst")
        rebuild(copy)
    newer = bundle(
        "newer", *FIRST, changes(actor(3, "Elk"), of=source("feed-b")), decisions=(APART,)
    )
    bring(newer, copy, tmp_path)
    assert in_force(copy) == []
    assert rows(copy, "SELECT count(*) FROM actor") == [(2,)]


def of_edition(edition: str, *names: str, kinds: frozenset[str] = frozenset()) -> ChangeSet:
    """A release of MISP's galaxy in which one actor has these names."""
    made = changes(actor(1, *names), of=MISP, version=edition)
    return replace(made, edition=edition, kinds=kinds)


def test_a_corrected_document_arrives_though_no_record_changed(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    take(copy, tmp_path / "first.db", replace(FIRST[0], documents=(document(title="First"),)))
    better = document(title="Corrected", credibility=5)
    bring(bundle("newer", replace(FIRST[0], documents=(better,)), FIRST[1]), copy, tmp_path)
    assert rows(copy, "SELECT title, credibility FROM document") == [("Corrected", 5)]


def test_a_document_comes_with_every_source_that_cites_it_though_another_names_it(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    report = document()
    said = StatementDraft(native(2), Predicate.HAPPENED, value="x", documents=(report.id,))
    citing = changes(actor(2, "Fox", said=[said]), of=TIDAL)
    newer = bundle("newer", replace(of_edition("3", "Fox"), documents=(report,)), citing)
    # The source that names it is left out, for a later release is held.
    take(copy, tmp_path / "first.db", of_edition("4", "Later Fox"))
    assert len(bring(newer, copy, tmp_path)) == 1
    assert rows(copy, "SELECT title, source FROM document") == [("Report", TIDAL.id)]
    assert rows(copy, "PRAGMA foreign_key_check") == []


def test_a_bundle_that_says_what_is_held_already_makes_an_earlier_release_an_earlier_one(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    assert rows(copy, "SELECT DISTINCT edition FROM snapshot") == [("",)]
    bring(bundle("newer", of_edition("3", "Fox"), FIRST[1]), copy, tmp_path)
    assert plan_changes(copy, of_edition("2", "Old Fox")).held_edition == "3"
    assert rows(copy, "SELECT count(*) FROM snapshot") == [(2,)]


def test_a_bundle_is_taken_again_when_the_release_that_was_held_instead_is_undone(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "first.db"
    newer = bundle("newer", of_edition("3", "Fox of the bundle"), FIRST[1])
    later = take(copy, path, of_edition("4", "Later Fox"))
    bring(newer, copy, tmp_path)
    assert not bundle_is_new(newer, copy)
    with immediate(copy, path):
        assert later.snapshot is not None
        undo(copy, later.snapshot)
        rebuild(copy)
    assert bundle_is_new(newer, copy)
    bring(newer, copy, tmp_path)
    assert rows(copy, "SELECT name FROM actor WHERE id = ?", native(1)) == [("Fox of the bundle",)]
    assert not bundle_is_new(newer, copy)


def test_to_undo_a_source_of_ones_own_does_not_bring_the_bundle_again(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    newer = bundle("newer", of_edition("3", "Fox", "Elk"), FIRST[1])
    bring(newer, copy, tmp_path)
    with immediate(copy, tmp_path / "first.db"):
        mine = apply_changes(
            copy,
            changes(actor(9, "Mine"), of=source("mine", kind="analyst")),
            taken_at=AT,
            applied_at=AT,
            file="mine.json",
        )
        assert mine.snapshot is not None
        undo(copy, mine.snapshot)
    assert not bundle_is_new(newer, copy)


def test_a_later_file_of_one_kind_of_record_stays_and_the_other_kinds_arrive(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    def both(edition: str, fox: str, group: str) -> ChangeSet:
        drafts = actor(1, fox), actor(1, group, kind="intrusion-set")
        return replace(changes(*drafts, of=MISP, version=edition), edition=edition)

    def names() -> set[str]:
        query = (
            "SELECT s.value FROM statement s JOIN record r ON r.id = s.record WHERE"
            " r.source = ? AND s.predicate = 'named' AND s.to_snapshot IS NULL"
        )
        return {row[0] for row in rows(copy, query, MISP.id)}

    bring(bundle("two", both("2", "Fox 2", "Group 2"), FIRST[1]), copy, tmp_path)
    part = frozenset(("threat-actor",))
    take(copy, tmp_path / "first.db", of_edition("5", "Fox 5", kinds=part))
    for number in ("3", "4"):
        newer = bundle(number, both(number, f"Fox {number}", f"Group {number}"), FIRST[1])
        bring(newer, copy, tmp_path)
        assert names() == {"Fox 5", f"Group {number}"}
    bring(bundle("six", both("6", "Fox 6", "Group 6"), FIRST[1]), copy, tmp_path)
    assert names() == {"Fox 6", "Group 6"}


def test_a_bundle_all_of_whose_kinds_are_held_later_changes_nothing_of_the_source(
    bundle: Build, copy: sqlite3.Connection, tmp_path: Path
) -> None:
    take(
        copy,
        tmp_path / "first.db",
        of_edition("5", "Fox 5", kinds=frozenset(("threat-actor",))),
    )
    newer = bundle("newer", of_edition("3", "Fox 3"), FIRST[1])
    assert len(bring(newer, copy, tmp_path)) == 1
    assert rows(copy, "SELECT name FROM actor WHERE id = ?", native(1)) == [("Fox 5",)]
