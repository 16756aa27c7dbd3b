"""What rows of a case rest on, and by which statements features and actors are called."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import claim, document, evidence, hypothesis, subject
from endurance_inputs import new_database
from eurepoc_samples import incidents
from kept_cases import BUNDLED, HERE, below, keep, later
from store_samples import actor, changes, take

from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.store.case_reading import read_case
from briefing.store.connection import open_reader
from briefing.store.migrate import open_knowledge
from briefing.store.row_statements import bearers_of, read_named_features, row_bases


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_database(tmp_path / "knowledge.db")


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(path)) as connection:
        yield connection


def test_every_row_has_its_statements_and_the_documents_it_cites(
    writer: sqlite3.Connection, path: Path
) -> None:
    rows = [subject(), claim("a"), evidence("e1", documents=(document("x"), document("y")))]
    keep(writer, path, [*rows, hypothesis("h1")])
    case = read_case(writer, subject().id).case
    bases = row_bases(writer, case)
    assert set(bases) == {row.id for row in case.rows()}
    assert all(basis.statements for basis in bases.values())
    assert len(bases[evidence("e1").id].sources) == 2
    assert all(key.startswith("document--") for key in bases[evidence("e1").id].sources)
    # It cites nothing: whoever recorded it stands behind it.
    assert bases[hypothesis("h1").id].sources == (HERE.id,)


def test_of_a_row_held_twice_the_version_that_counts_is_meant(
    writer: sqlite3.Connection, path: Path
) -> None:
    keep(writer, path, [subject(), evidence("e1", documents=(document("old"),))], of=BUNDLED)
    before = row_bases(writer, read_case(writer, subject().id).case)[evidence("e1").id]
    keep(writer, path, [later(evidence("e1"), documents=(document("new"),))])
    after = row_bases(writer, read_case(writer, subject().id).case)[evidence("e1").id]
    assert not set(before.statements) & set(after.statements)
    assert not set(before.sources) & set(after.sources)


def test_the_claim_of_a_feed_rests_on_the_feed(writer: sqlite3.Connection, path: Path) -> None:
    take(writer, path, incidents({"name": "Fox raid", "attributed_initiator": "Fox"}))
    case = read_case(writer, incident_id("1")).case
    bases = row_bases(writer, case)
    (said,) = case.claims
    assert bases[said.id].sources == ("eurepoc",)
    # What the feed claims is no statement of the incident itself.
    assert not set(bases[said.id].statements) & set(bases[case.incident.id].statements)


def test_below_a_ceiling_hidden_rows_have_no_basis_and_levels_are_told(
    writer: sqlite3.Connection, path: Path
) -> None:
    rows = [
        subject(),
        replace(evidence("e1"), tlp=Tlp.GREEN),
        replace(evidence("x"), tlp=Tlp.RED),
    ]
    keep(writer, path, rows)
    with below(path, Tlp.AMBER) as reader:
        bases = row_bases(reader, read_case(reader, subject().id).case)
    assert evidence("x").id not in bases
    assert bases[evidence("e1").id].tlp is Tlp.GREEN


def test_features_are_called_by_the_statements_that_give_their_name(
    bundled_database: Path,
) -> None:
    with closing(open_reader(bundled_database)) as reader:
        found = read_named_features(reader, ["T1566.004", "S1068", "T9999"])
    assert {key: one.name for key, one in found.items()} == {
        "T1566.004": "Spearphishing Voice",
        "S1068": "BlackCat",
    }
    assert all(len(one.basis.statements) == 1 for one in found.values())
    assert found["T1566.004"].basis.sources == ("mitre-attack",)


def test_who_bears_a_name_is_found_whatever_its_spelling(
    writer: sqlite3.Connection, path: Path
) -> None:
    take(writer, path, changes(actor(1, "Heron"), actor(2, "Ardea", "Heron"), actor(3, "Ibis")))
    assert set(bearers_of(writer, ["HERON", ""])) == {actor(1).native_id, actor(2).native_id}
