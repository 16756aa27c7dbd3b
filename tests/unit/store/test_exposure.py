"""Ways past a client's own door: who uses them, and which of its products are attacked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import actor, changes, document, native, source, take

from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.core.tlp import Tlp
from briefing.feeds.products import affects
from briefing.store.actors import OWN
from briefing.store.exposure import attacked_in, named_products, users_of
from briefing.store.guarded import guarded_actors, highest_level
from briefing.store.migrate import open_knowledge
from briefing.store.sponsors import read_sponsors

BEAR = native(1)
TECHNIQUE = native(1, "attack-pattern")
PRODUCT = "example:mail_gateway"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(path)) as opened:
        yield opened


def flaw(number: int, *, product: str = "Mail Gateway") -> RecordDraft:
    """A vulnerability of a product that no catalogue lists as exploited."""
    cve = f"CVE-2024-{number:05}"
    said = [
        StatementDraft(cve, Predicate.NAMED, value=f"Flaw {number}"),
        affects(cve, "Example", product),
    ]
    return RecordDraft.of(cve, "vulnerability", {"name": f"Flaw {number}"}, said)


def exploits(subject: str, number: int) -> StatementDraft:
    return StatementDraft(subject, Predicate.EXPLOITS, object=f"CVE-2024-{number:05}", value="x")


def test_a_vulnerability_that_an_actor_exploits_is_attacked(
    connection: sqlite3.Connection, path: Path
) -> None:
    bear = actor(1, "Bear", said=[exploits(BEAR, 1)])
    take(connection, path, changes(bear, flaw(1), flaw(2), flaw(3, product="Printer")))
    (found,) = attacked_in(connection, [PRODUCT])
    assert (found.id, found.product, found.name) == ("CVE-2024-00001", PRODUCT, "Flaw 1")
    assert found.actors == (BEAR,)
    assert len(found.basis.statements) == 2


def test_what_an_actors_software_exploits_is_attacked_by_the_actor(
    connection: sqlite3.Connection, path: Path
) -> None:
    tool = native(5, "malware")
    uses = StatementDraft(BEAR, Predicate.USES_SOFTWARE, object=tool, value="Tool")
    software = RecordDraft.of(tool, "malware", {"name": "Tool"}, [exploits(tool, 1)])
    take(connection, path, changes(actor(1, "Bear", said=[uses]), software, flaw(1)))
    assert [one.actors for one in attacked_in(connection, [PRODUCT])] == [(BEAR,)]


def test_products_of_which_nothing_is_known_are_told_apart(
    connection: sqlite3.Connection, path: Path
) -> None:
    take(connection, path, changes(flaw(1)))
    assert named_products(connection, [PRODUCT, "example:printer"]) == {PRODUCT}
    assert attacked_in(connection, [PRODUCT]) == ()


def test_actors_are_found_by_the_techniques_they_use(
    connection: sqlite3.Connection, path: Path
) -> None:
    uses = StatementDraft(BEAR, Predicate.USES_TECHNIQUE, object=TECHNIQUE, value="Trusted")
    content = {
        "name": "Trusted Relationship",
        "external_references": [{"source_name": "mitre-attack", "external_id": "T1199"}],
    }
    named = StatementDraft(TECHNIQUE, Predicate.NAMED, value="Trusted Relationship")
    technique = RecordDraft.of(TECHNIQUE, "attack-pattern", content, [named])
    take(connection, path, changes(actor(1, "Bear", said=[uses]), technique))
    ((use,),) = users_of(connection, ["T1199"]).values()
    assert (use.attack_id, use.name, use.basis.sources) == (
        "T1199",
        "Trusted Relationship",
        ("feed-a",),
    )
    assert users_of(connection, ["T1195"]) == {}


def located(country: str, **fields: str) -> StatementDraft:
    return StatementDraft(BEAR, Predicate.LOCATED_IN, object=country, value=country, **fields)


def test_the_country_an_actor_is_in_counts_where_nobody_names_a_sponsor(
    connection: sqlite3.Connection, path: Path
) -> None:
    take(connection, path, changes(actor(1, "Bear", said=[located("RU")])))
    assert read_sponsors(connection)[BEAR].country == "RU"


def test_a_named_sponsor_outranks_the_country_an_actor_is_in(
    connection: sqlite3.Connection, path: Path
) -> None:
    sponsored = StatementDraft(BEAR, Predicate.SPONSORED_BY, object="BY", value="Belarus")
    take(connection, path, changes(actor(1, "Bear", said=[located("RU"), sponsored])))
    assert read_sponsors(connection)[BEAR].country == "BY"


def test_what_we_say_ourselves_of_a_sponsor_rests_on_the_documents(
    connection: sqlite3.Connection, path: Path
) -> None:
    report = document()
    sponsored = StatementDraft(
        BEAR, Predicate.SPONSORED_BY, object="RU", value="Russia", documents=(report.id,)
    )
    bear = actor(1, "Bear", said=[sponsored])
    take(connection, path, changes(bear, of=source(OWN), documents=[report]))
    assert read_sponsors(connection)[BEAR].basis.sources == (report.id,)


def test_an_actor_is_as_guarded_as_the_most_guarded_thing_said_of_it(
    connection: sqlite3.Connection, path: Path
) -> None:
    assert highest_level(connection) is Tlp.CLEAR
    take(connection, path, changes(actor(1, "Bear", said=[located("RU", tlp="GREEN")])))
    take(connection, path, changes(actor(2, "Panda"), of=source("b", tlp="AMBER")))
    assert guarded_actors(connection) == {BEAR: Tlp.GREEN, native(2): Tlp.AMBER}
    assert highest_level(connection) is Tlp.AMBER
    take(connection, path, changes(actor(3, "Wolf", said=[]), of=source("c", tlp="odd")))
    assert highest_level(connection) is Tlp.RED
