"""A reader below a ceiling: records, snapshots and links of hidden sources tell it nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import actor, changes, native, rows, source, take, targets

from briefing.core.tlp import Tlp
from briefing.store.ceilings import open_below
from briefing.store.connection import immediate
from briefing.store.identity import decide
from briefing.store.read_models import rebuild

AT = "2026-03-04T05:06:07+00:00"
RED = source("red-team", tlp="RED")


def below(path: Path, query: str, ceiling: Tlp = Tlp.CLEAR) -> list[tuple[object, ...]]:
    with closing(open_below(path, ceiling)) as reader:
        return rows(reader.connection, query)


def test_a_hidden_record_stays_hidden_when_it_is_replaced_and_its_statements_stand(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), of=source("open-lab")))
    take(database, path, changes(actor(1, "Lantern"), of=RED))
    take(database, path, changes(actor(1, "Lantern", modified="later"), of=RED))
    assert below(path, "SELECT count(*) FROM record WHERE content LIKE '%Lantern%'") == [(0,)]
    assert below(path, "SELECT name FROM actor WHERE name LIKE '%Lantern%'") == []
    assert below(path, "SELECT count(*) FROM record WHERE content LIKE '%Fox%'") == [(1,)]


def test_a_replaced_record_of_an_open_source_stays_hidden_while_any_of_its_statements_is(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox", said=targets(1, "energy"))))
    database.execute("UPDATE statement SET tlp = 'RED' WHERE predicate = 'targets-sector'")
    database.commit()
    take(database, path, changes(actor(1, "Fox", said=targets(1, "energy"), n=1)))
    assert below(path, "SELECT DISTINCT content FROM record") == [("{}",)]


def test_a_record_of_a_hidden_source_that_states_nothing_shows_no_content(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, note="Lantern"), of=RED))
    assert below(path, "SELECT content, source FROM record") == [("{}", "")]
    assert "Lantern" in str(below(path, "SELECT content FROM record", Tlp.RED))


def test_snapshots_of_hidden_sources_and_what_a_source_was_called_before_are_not_there(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), of=source("open-lab", title="Lantern desk")))
    take(database, path, changes(actor(1, "Fox", n=1), of=source("open-lab")))
    take(database, path, changes(actor(1, "Lantern"), of=RED))
    assert below(path, "SELECT id, source, source_before FROM snapshot") == [
        (1, "open-lab", None),
        (2, "open-lab", None),
    ]
    assert len(below(path, "SELECT id FROM snapshot", Tlp.RED)) == 3


@pytest.mark.parametrize("by", ["analyst", "Threat Briefing"])
def test_why_records_were_joined_is_told_only_where_names_and_decision_may_be_known(
    database: sqlite3.Connection, path: Path, by: str
) -> None:
    take(database, path, changes(actor(1, "Fox"), of=source("open-lab")))
    take(database, path, changes(actor(2, "Lynx"), of=source("other-lab")))
    take(database, path, changes(actor(3, "Lantern"), of=RED))
    with immediate(database, path):
        for other in (2, 3):
            decide(
                database,
                native(1),
                native(other),
                "same-as",
                reason="Lantern says so.",
                decided_by=by,
                decided_at=AT,
            )
        rebuild(database)
    query = "SELECT one, other FROM identity_link"
    assert len(below(path, query, Tlp.RED)) == 2
    expected = [(native(1), native(2))] if by == "Threat Briefing" else []
    assert below(path, query) == expected
