"""TLP fails closed: no briefing for a client or on a sector holds what is above its ceiling."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from brief_clients import (
    CLIENTS,
    PRACTICE,
    block_of,
    of_file,
    sections,
    sector_of_file,
    texts,
    words,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from relevance_samples import BEAR, PANDA, add, bear, panda, raid, sponsored_by, targets

from briefing.core.actor import Basis
from briefing.core.brief import ActorReasons, Brief, Matrix
from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp, parse_tlp
from briefing.exports import markdown
from briefing.services.recipes.ceiling import allowed
from briefing.services.recipes.gathered import gather
from briefing.services.recipes.marking import marked
from briefing.store.connection import KnowledgeFile

CANARY = "canary-7391"
DENTIST = Client("Harbour Dental Group", ("healthcare",), ("US",), tlp=Tlp.GREEN)
_SAID = "SELECT id, key, predicate, object, value, detail, tlp FROM statement"


@pytest.fixture(scope="module")
def scratch(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for many examples; each example undoes what it did."""
    return Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("scratch") / "marked.db"))


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


@contextmanager
def guarded(path: Path, ceiling: Tlp, share: int, turn: int) -> Iterator[set[int]]:
    """Mark every so many statements at all levels, and make those above the ceiling easy to find.

    Yields:
        Keys of the statements above the ceiling.
    """
    above = set()
    with writing(path) as connection:
        before = connection.execute(f"{_SAID} WHERE id % ? = ?", (share, turn % share)).fetchall()
        for place, (statement, key, predicate, code, *_) in enumerate(before):
            level = Tlp((place + turn) % len(Tlp))
            connection.execute("UPDATE statement SET tlp = ? WHERE id = ?", (level.code, statement))
            if level > ceiling:
                above.add(key)
                spoiled = f"{CANARY}-{statement}"
                text = ("targets-sector", "targets-country", "has-goal", "motivated-by")
                connection.execute(
                    "UPDATE statement SET value = ?, object = ? WHERE id = ?",
                    (spoiled, spoiled if predicate in text else code, statement),
                )
    try:
        yield above
    finally:
        with writing(path) as connection:
            connection.executemany(
                "UPDATE statement SET object = ?, value = ?, detail = ?, tlp = ? WHERE id = ?",
                [(*row[3:], row[0]) for row in before],
            )


def check(brief: Brief, above: set[int], ceiling: Tlp) -> None:
    """Nothing above is in it, and the author learns only of what is."""
    assert CANARY not in words(brief)
    assert not above & set(brief.statements())
    assert brief.tlp <= ceiling
    assert all(block.tlp <= ceiling for block in brief.blocks())
    assert all(one.tlp <= ceiling for one in brief.objects)
    assert {row.statement for row in brief.withheld} <= above
    assert all(row.tlp > ceiling and ceiling.label in row.reason for row in brief.withheld)
    assert not any(str(row.statement) in markdown.render(brief).decode() for row in brief.withheld)


@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=st.sampled_from(sorted(CLIENTS)),
    ceiling=st.sampled_from([Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT]),
    share=st.sampled_from([2, 3, 7, 20]),
    turn=st.integers(0, 1000),
)
def test_no_word_of_a_guarded_statement_is_in_a_clients_briefing(
    scratch: Path, name: str, ceiling: Tlp, share: int, turn: int
) -> None:
    with guarded(scratch, ceiling, share, turn) as above:
        brief = of_file(scratch, CLIENTS[name], ceiling=ceiling)
    check(brief, above, ceiling)
    assert brief.withheld


@settings(
    max_examples=5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sector=st.sampled_from(["healthcare", "mining", "water"]),
    ceiling=st.sampled_from([Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT]),
    share=st.sampled_from([2, 3, 7, 20]),
    turn=st.integers(0, 1000),
)
def test_no_word_of_a_guarded_statement_is_in_a_sectors_briefing(
    scratch: Path, sector: str, ceiling: Tlp, share: int, turn: int
) -> None:
    with guarded(scratch, ceiling, share, turn) as above:
        brief = sector_of_file(scratch, sector, ceiling=ceiling)
    check(brief, above, ceiling)
    assert brief.withheld


def test_the_canaries_are_found_where_nothing_is_guarded(scratch: Path) -> None:
    with guarded(scratch, Tlp.CLEAR, 2, 1):
        brief = of_file(scratch, PRACTICE, ceiling=Tlp.RED)
        sector = sector_of_file(scratch, "healthcare", ceiling=Tlp.RED)
    assert CANARY in words(brief)
    assert brief.tlp is Tlp.RED
    assert sector.tlp is Tlp.RED


def test_an_actor_seen_in_a_guarded_incident_only_is_not_named(path: Path) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA, tlp="RED"))
    brief = of_file(path, DENTIST)
    assert "Panda" not in words(brief)
    assert brief.title.startswith("One named actor")
    assert "Panda" in words(of_file(path, DENTIST, ceiling=Tlp.RED))


def test_the_page_does_not_say_that_anything_was_kept_out(path: Path) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA, tlp="RED"))
    brief = of_file(path, DENTIST)
    told = " ".join(texts((brief.parts, brief.sources)))
    assert "Bear" in told
    assert not any(word in told for word in ("withheld", "marked above", "TLP:RED", "Panda"))


def test_the_author_learns_which_statements_would_have_counted(path: Path) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA, tlp="RED"))
    withheld = of_file(path, DENTIST).withheld
    with writing(path) as connection:
        red = {key for (key,) in connection.execute("SELECT key FROM statement WHERE tlp = 'RED'")}
    assert {row.statement for row in withheld} == red
    assert {row.reason for row in withheld} == {
        "It is marked TLP:RED; the audience's ceiling is TLP:GREEN."
    }
    assert of_file(path, DENTIST, ceiling=Tlp.RED).withheld == ()


def test_what_a_guarded_source_says_is_kept_out_with_its_name(path: Path) -> None:
    add(path, bear(), raid(1))
    add(path, panda(), raid(2, by=PANDA), of="secret")
    with writing(path) as connection:
        connection.execute("UPDATE source SET tlp = 'AMBER' WHERE id = 'secret'")
    brief = of_file(path, DENTIST)
    assert "secret" not in words(brief).lower()
    assert "Panda" not in words(brief)
    assert {row.reason for row in brief.withheld} == {
        "Its source is marked above the audience's ceiling, TLP:GREEN."
    }


def test_an_actor_whose_origin_may_be_seen_keeps_it_though_something_else_is_guarded(
    path: Path,
) -> None:
    guarded_target = targets(BEAR, "JP", tlp="RED")
    add(path, bear(*sponsored_by("RU"), *targets(BEAR, "healthcare"), *guarded_target), raid(1))
    found = sections(of_file(path, DENTIST))
    assert block_of(found["actors"], ActorReasons).rows[0].origin == "Russia"
    assert block_of(found["matrix"], Matrix).columns == ("Russia",)
    assert "Japan" not in repr(found)


def test_an_audience_that_is_narrower_than_the_client_sees_no_more(path: Path) -> None:
    add(path, bear(), raid(1), panda(), raid(2, by=PANDA, tlp="AMBER"))
    client = replace(DENTIST, tlp=Tlp.RED)
    assert "Panda" not in words(of_file(path, client, ceiling=Tlp.GREEN))


def test_a_statement_that_vanished_meanwhile_stops_the_briefing(bundled_database: Path) -> None:
    with (
        closing(KnowledgeFile(bundled_database)) as knowledge,
        allowed(knowledge, Tlp.CLEAR) as seen,
        pytest.raises(BriefingError, match="changed while the briefing was put together"),
    ):
        gather(seen, [Basis((), (1,))])


def test_a_briefing_above_its_ceiling_is_refused_whatever_made_it_so(path: Path) -> None:
    add(path, bear(), raid(1))
    nothing = replace(of_file(path, DENTIST), parts=())
    with (
        closing(KnowledgeFile(path)) as knowledge,
        allowed(knowledge, Tlp.AMBER) as seen,
        pytest.raises(BriefingError, match="TLP:RED, above its audience's ceiling"),
    ):
        marked(nothing, seen)


def test_an_unknown_marking_counts_as_red(path: Path) -> None:
    add(path, bear(), raid(1))
    with writing(path) as connection:
        connection.execute("UPDATE statement SET tlp = 'INTERNAL'")
    brief = of_file(path, DENTIST, ceiling=Tlp.AMBER_STRICT)
    assert "Bear" not in words(brief)
    assert {row.tlp for row in brief.withheld} == {parse_tlp("INTERNAL")} == {Tlp.RED}
