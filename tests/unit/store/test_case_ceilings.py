"""A case below a ceiling: rows above it leave no trace, wherever one looks."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import (
    assessment,
    claim,
    document,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
)
from eurepoc_samples import incidents
from kept_cases import BUNDLED, LAST, LATER, below, keep, later
from store_samples import source, take, whole

from briefing.core.case import Row
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.store.case_reading import read_case, row_versions
from briefing.store.cases import find_incident, list_cases
from briefing.store.incidents import list_incidents, open_incident
from briefing.store.schema import INCIDENT_MODELS

RAID = row_id("incident", "raid")
CANARY = "Zanzibar-Canary"
TABLES = ("record", "statement", "document", "document_words", "snapshot", *INCIDENT_MODELS)


def shown(path: Path, ceiling: Tlp) -> str:
    """Everything that an audience can read of rows, in any table and by any of our queries."""
    with below(path, ceiling) as connection:
        found = {table: whole(connection, table) for table in TABLES}
        cases = [
            (read_case(connection, row.id), open_incident(connection, row.id))
            for row in list_cases(connection)
        ]
        history = [
            row_versions(connection, native)
            for (native,) in connection.execute("SELECT DISTINCT native_id FROM main.record")
        ]
        return repr((found, list_cases(connection), list_incidents(connection), cases, history))


def hidden_rows(tlp: Tlp) -> tuple[Row, ...]:
    """A claim, evidence, an answer, a judgement and an opinion that speak of the canary."""
    cited = (document(CANARY.lower(), title=CANARY, publisher=CANARY),)
    given = {"tlp": tlp, "text": CANARY, "author": CANARY, "documents": cited}
    return (
        claim("x", by=CANARY, accused=CANARY, basis=CANARY, channel=CANARY, **given),
        evidence("x", origin=CANARY, bears_on=("x",), **given),
        hypothesis("x", {"e1": "II"}, short=CANARY, **given),
        assessment("x", "x", basis=CANARY, gaps=(CANARY,), date="2024-12-31", **given),
        opinion("x", "x", **given),
    )


OPEN = (
    subject(),
    claim("a"),
    evidence("e1", bears_on=("a", "x")),
    hypothesis("h1", {"e1": "C", "x": "II"}),
    assessment("j1", "h1"),
    opinion("o1", "j1", hypothesis="x"),
)


@pytest.mark.parametrize("ceiling", [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT])
def test_rows_above_the_ceiling_leave_no_trace_and_the_rest_stands(
    database: sqlite3.Connection, path: Path, ceiling: Tlp
) -> None:
    keep(database, path, (*OPEN, *hidden_rows(Tlp(ceiling + 1))))
    assert CANARY.lower() not in shown(path, ceiling).lower()
    with below(path, ceiling) as connection:
        read = read_case(connection, RAID)
        assert read.withheld == 5
        assert {row.id for row in read.case.rows()} == {row.id for row in OPEN}
        assert read.case.evidence[0].bears_on == (row_id("claim", "a"),)
        assert [cell.evidence for cell in read.case.hypotheses[0].cells] == [
            row_id("evidence", "e1")
        ]
        assert read.case.opinions[0].hypothesis == ""
        assert read.case.assessment == read.case.assessments[0]
        (row,) = list_cases(connection)
        assert (row.claims, row.evidence, row.hypotheses) == (1, 1, 1)
        assert row.accused == ("Heron",)
        assert row.tlp is Tlp.CLEAR
        (listed,) = list_incidents(connection)
        assert listed.claims == 1


def test_at_the_ceiling_everything_is_there(database: sqlite3.Connection, path: Path) -> None:
    keep(database, path, (*OPEN, *hidden_rows(Tlp.AMBER)))
    assert CANARY in shown(path, Tlp.AMBER)
    with below(path, Tlp.AMBER) as connection:
        assert read_case(connection, RAID).withheld == 0
        assert len(list(read_case(connection, RAID).case.rows())) == 11


def test_an_incident_above_the_ceiling_is_not_there_at_all(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(
        database,
        path,
        (
            subject(name=CANARY, slug="zanzibar-canary", description=CANARY, tlp=Tlp.RED),
            claim("a"),
            evidence("e1"),
        ),
    )
    with below(path, Tlp.AMBER) as connection:
        assert list_cases(connection) == ()
        for wanted in (CANARY, "zanzibar-canary"):
            with pytest.raises(NotFoundError) as error:
                find_incident(connection, wanted)
            assert error.value.near == ()
    assert CANARY not in shown(path, Tlp.AMBER)
    assert CANARY in shown(path, Tlp.RED)


def test_versions_are_seen_by_those_who_may_see_that_version(
    database: sqlite3.Connection, path: Path
) -> None:
    secret = evidence("e1", text=CANARY, tlp=Tlp.RED)
    lowered = later(secret, text="For all", tlp=Tlp.CLEAR)
    raised = later(lowered, LAST, text=CANARY, tlp=Tlp.RED)
    keep(database, path, [subject(), secret])
    keep(database, path, [lowered])
    assert CANARY not in shown(path, Tlp.CLEAR)
    with below(path, Tlp.CLEAR) as connection:
        assert read_case(connection, RAID).case.evidence == (lowered,)
        assert row_versions(connection, secret.id) == (lowered,)
    keep(database, path, [raised])
    assert CANARY not in shown(path, Tlp.CLEAR)
    with below(path, Tlp.CLEAR) as connection:
        read = read_case(connection, RAID)
        assert (read.case.evidence, read.withheld) == ((), 1)
        assert row_versions(connection, secret.id) == (lowered,)


def test_what_was_taken_out_stays_as_guarded_as_it_was(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject(), *hidden_rows(Tlp.RED)])
    keep(database, path, [later(row, withdrawn=True) for row in hidden_rows(Tlp.RED)])
    assert CANARY.lower() not in shown(path, Tlp.AMBER).lower()
    with below(path, Tlp.AMBER) as connection:
        assert read_case(connection, RAID).withheld == 0


def test_a_row_that_arrives_taken_out_is_guarded_too(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject(), *(later(row, withdrawn=True) for row in hidden_rows(Tlp.RED))])
    assert CANARY.lower() not in shown(path, Tlp.AMBER).lower()


def test_a_hidden_later_version_elsewhere_does_not_let_the_former_one_stand(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject(), evidence("e1", text="As first told")], of=BUNDLED)
    keep(database, path, [later(evidence("e1"), LATER, text=CANARY, tlp=Tlp.RED)])
    with below(path, Tlp.GREEN) as connection:
        read = read_case(connection, RAID)
        assert (read.case.evidence, read.withheld) == ((), 1)


def test_rows_of_a_hidden_source_are_not_there(database: sqlite3.Connection, path: Path) -> None:
    keep(database, path, OPEN)
    received = [replace(row, tlp=Tlp.CLEAR) for row in hidden_rows(Tlp.CLEAR)]
    keep(database, path, received, of=source("received", title=CANARY, tlp="RED"))
    assert CANARY.lower() not in shown(path, Tlp.AMBER_STRICT).lower()
    with below(path, Tlp.AMBER_STRICT) as connection:
        assert read_case(connection, RAID).withheld == 5


def test_claims_of_a_feed_above_the_ceiling_are_not_there(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents({"name": "Fox raid", "attributed_initiator": CANARY}))
    fed = incident_id("1")
    keep(database, path, [evidence("e1", incident=fed)])
    database.execute("UPDATE statement SET tlp = 'AMBER' WHERE predicate = 'attributed-to'")
    database.commit()
    with below(path, Tlp.GREEN) as connection:
        read = read_case(connection, fed)
        assert read.case.claims == ()
        assert len(read.case.evidence) == 1
        assert CANARY not in json.dumps(repr(read))
