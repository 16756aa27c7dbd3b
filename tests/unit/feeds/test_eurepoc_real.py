"""The three real tables: all of it is taken, nearly all of it has a code, and they agree."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest
from eurepoc_samples import EUREPOC, real_changes, real_payload, said
from galaxy_samples import real_vocabulary
from shared_data import needs_shared_data

from briefing.core.changes import StatementDraft
from briefing.core.vocabulary import Country, Place, Scope, Sector
from briefing.feeds.eurepoc import FORMAT, incident_id
from briefing.feeds.recognise import outline_of

pytestmark = needs_shared_data

COUNTRIES = [
    ("receiver", "receiver_country"),
    ("attribution", "attributed_initiator_country"),
    ("attribution", "attributing_country"),
]
SECTORS = [("receiver", "receiver_category"), ("receiver", "receiver_category_subcode")]


def rows_of(kind: str) -> list[dict[str, str]]:
    text = real_payload(kind).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def stated(kind: str, column: str) -> Counter[str]:
    """Every value of a column that says something, counted."""
    cells = Counter(row[column].strip() for row in rows_of(kind))
    return Counter(
        {raw: count for raw, count in cells.items() if not real_vocabulary().is_unstated(raw)}
    )


def keyed(kind: str, predicate: str) -> dict[int, StatementDraft]:
    return {s.key(EUREPOC.id): s for s in said(real_changes(kind), predicate)}


@pytest.mark.parametrize(
    ("kind", "records", "documents"),
    [("incident", 1643, 4662), ("attribution", 1966, 0), ("receiver", 1639, 0)],
)
def test_every_row_of_every_table_is_taken(kind: str, records: int, documents: int) -> None:
    assert FORMAT.matches(outline_of(real_payload(kind)))
    changes = real_changes(kind)
    assert (len(changes.records), len(changes.documents)) == (records, documents)
    assert (changes.quarantined, changes.version, changes.kinds) == ((), "1.1", {kind})
    kept = [record.value() for record in changes.records]
    rows = [sorted(row.items()) for value in kept for row in value.get("rows", [value])]
    received = [sorted(pair for pair in row.items() if pair[1]) for row in rows_of(kind)]
    assert sorted(rows) == sorted(received)


@pytest.mark.parametrize(("kind", "column"), COUNTRIES)
def test_every_country_has_a_code_and_a_region_is_no_country(kind: str, column: str) -> None:
    values = stated(kind, column)
    found = {raw: real_vocabulary().target_of(raw) for raw in values}
    known = sum(count for raw, count in values.items() if found[raw])
    assert known >= 0.9 * values.total()
    # More than was asked for holds today: a later release may bring words nobody has mapped.
    assert {raw for raw in values if found[raw] is None} == set()
    regions = {raw for raw, target in found.items() if isinstance(target, Place)}
    assert {raw for raw in values if "(region)" in raw} <= regions
    assert all(isinstance(found[raw], Country) for raw in set(values) - regions)


@pytest.mark.parametrize(("kind", "column"), SECTORS)
def test_every_sector_has_a_code(kind: str, column: str) -> None:
    values = stated(kind, column)
    known = sum(count for raw, count in values.items() if real_vocabulary().sectors_of(raw))
    assert known >= 0.9 * values.total()
    assert {raw for raw in values if not real_vocabulary().sectors_of(raw)} == set()


def test_where_a_sector_is_stated_most_is_a_sector_and_the_rest_a_scope() -> None:
    found: Counter[Any] = Counter()
    for row in rows_of("receiver"):
        raw = row["receiver_category_subcode"].strip() or row["receiver_category"].strip()
        if not real_vocabulary().is_unstated(raw):
            found[type(real_vocabulary().sector_of(raw))] += 1
    assert found == {Sector: 5240, Scope: 1017}


def test_no_statement_about_a_target_is_without_a_code() -> None:
    for kind in ("incident", "receiver"):
        for predicate in ("targets-country", "targets-sector"):
            assert {s.value for s in said(real_changes(kind), predicate) if not s.object} == set()


def test_both_tables_of_attributions_say_the_same_of_every_incident() -> None:
    one, other = keyed("incident", "attributed-to"), keyed("attribution", "attributed-to")
    assert len(one) == 2585
    assert one.keys() == other.keys()


def test_both_tables_of_receivers_say_the_same_but_for_one_country() -> None:
    one, other = keyed("incident", "targets-sector"), keyed("receiver", "targets-sector")
    assert len(one) == 2807
    assert one.keys() == other.keys()
    one, other = keyed("incident", "targets-country"), keyed("receiver", "targets-country")
    assert other.keys() < one.keys()
    (left,) = [one[key] for key in one.keys() - other.keys()]
    assert (left.subject, left.object) == (incident_id("1855"), "CA")


def test_in_most_incidents_in_which_the_attacker_confirms_nobody_else_says_who_it_was() -> None:
    bases: dict[str, set[str]] = {}
    for claim in said(real_changes("attribution"), "attributed-to"):
        bases.setdefault(claim.subject, set()).add(claim.detail.get("basis", ""))
    confirmed = [found for found in bases.values() if "Attacker confirms" in found]
    assert len(confirmed) == 648
    assert len([found for found in confirmed if len(found) == 1]) == 592


def test_a_state_is_accused_only_where_the_category_says_so() -> None:
    for claim in said(real_changes("attribution"), "attributed-to"):
        if claim.object:
            assert claim.detail["category"] == "State"
            assert claim.object in real_vocabulary().countries


def test_no_end_is_before_its_beginning() -> None:
    happened = said(real_changes("incident"), "happened")
    written = [s.value.split(" – ") for s in happened]
    upside_down = [pair for pair in written if pair[-1] < pair[0]]
    assert len(upside_down) == 83
    assert all(s.last_seen in ("", max(s.first_seen, s.last_seen)) for s in happened)
