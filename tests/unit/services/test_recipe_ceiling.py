"""TLP fails closed: what stands above an audience's ceiling never reaches the briefing."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from actor_briefs import best_described
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.core.brief import Brief, HeatTable
from briefing.core.errors import BriefingError
from briefing.core.names import normalised
from briefing.core.tlp import Tlp
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.ceiling import held
from briefing.store.actors import list_actors, statements_about
from briefing.store.ceilings import open_below
from briefing.store.connection import KnowledgeFile

PREDICATES_WITH_TEXT = (
    "named",
    "described-as",
    "judged",
    "advised",
    "happened",
    "sponsored-by",
    "located-in",
    "motivated-by",
    "has-goal",
    "targets-sector",
    "targets-country",
)
CANARY = "canary"


@pytest.fixture
def marked(bundled_database: Path, tmp_path: Path) -> Path:
    """A copy of the database that a test may mark as it likes."""
    return Path(shutil.copy(bundled_database, tmp_path / "marked.db"))


@pytest.fixture(scope="module")
def scratch(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for many examples; each example undoes what it did."""
    return Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("scratch") / "marked.db"))


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


def actor_named(knowledge: KnowledgeFile, name: str) -> str:
    return next(row.id for row in list_actors(knowledge.connection) if row.name == name)


def words(brief: Brief) -> str:
    """Everything a file can hold of a briefing: the summary for the author is not part of it."""
    return repr(replace(brief, withheld=()))


def compose(path: Path, name: str, ceiling: Tlp) -> Brief:
    knowledge = KnowledgeFile(path)
    try:
        request = BriefRequest("actor", actor_named(knowledge, name), ceiling)
        return compose_brief(knowledge, request)
    finally:
        knowledge.close()


def members_of(connection: sqlite3.Connection, name: str) -> str:
    """SQL literal list of the records of the best documented actor of that name."""
    (actor,) = connection.execute(
        "SELECT id FROM actor WHERE name = ? ORDER BY own_profile DESC, documents DESC", (name,)
    ).fetchone()
    rows = connection.execute("SELECT native FROM actor_member WHERE actor = ?", (actor,))
    return ", ".join(f"'{native}'" for (native,) in rows)


def statements_of(connection: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    """Id, key, predicate and what a test changes, of every current statement about an actor.

    An advisory that names it says nothing about it, and is listed apart.
    """
    columns = "id, key, predicate, object, value, detail, confidence, tlp"
    return connection.execute(
        f"SELECT {columns} FROM statement WHERE subject IN ({members_of(connection, name)})"  # noqa: S608 - ids of this database
        " AND to_snapshot IS NULL"
        " AND (predicate <> 'mentioned-in' OR object LIKE 'document--%') ORDER BY id"
    ).fetchall()


def spoil(connection: sqlite3.Connection, statement: int, predicate: str) -> None:
    """Replace everything a statement says by words that are easy to find again."""
    connection.execute(
        "UPDATE statement SET value = ?, confidence = CASE predicate WHEN 'judged' THEN confidence"
        " ELSE '' END WHERE id = ?",
        (f"{CANARY}-{statement}", statement),
    )
    if predicate in ("targets-sector", "targets-country", "has-goal", "motivated-by"):
        connection.execute(
            "UPDATE statement SET object = ? WHERE id = ?", (f"{CANARY}-{statement}", statement)
        )
    if predicate in ("sponsored-by", "located-in"):
        connection.execute(
            "UPDATE statement SET detail = json_object('by', ?, 'body', ?, 'wording', ?)"
            " WHERE id = ?",
            (*[f"{CANARY}-{statement}"] * 3, statement),
        )
    if predicate == "named":
        connection.execute(
            "UPDATE statement SET detail = json_object('coined_by', ?) WHERE id = ?",
            (f"{CANARY}-{statement}", statement),
        )


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=st.sampled_from(["Gamaredon Group", "APT29", "Dark Pink", "Scattered Spider"]),
    ceiling=st.sampled_from([Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT]),
    share=st.sampled_from([2, 3, 7, 20]),
    turn=st.integers(0, 1000),
)
def test_no_word_of_a_withheld_statement_is_in_the_briefing(
    scratch: Path, name: str, ceiling: Tlp, share: int, turn: int
) -> None:
    above = set()
    with writing(scratch) as connection:
        before = statements_of(connection, name)
        for place, (statement, key, predicate, *_) in enumerate(before):
            chosen = (place + turn) % share == 0
            level = Tlp((place // share + turn) % len(Tlp)) if chosen else Tlp.CLEAR
            connection.execute("UPDATE statement SET tlp = ? WHERE id = ?", (level.code, statement))
            if level > ceiling:
                above.add(key)
                if predicate in PREDICATES_WITH_TEXT:
                    spoil(connection, statement, predicate)
    try:
        brief = compose(scratch, name, ceiling)
    finally:
        with writing(scratch) as connection:
            connection.executemany(
                "UPDATE statement SET object = ?, value = ?, detail = ?, confidence = ?, tlp = ?"
                " WHERE id = ?",
                [(*row[3:], row[0]) for row in before],
            )
    assert {row.statement for row in brief.withheld} == above
    assert CANARY not in words(brief)
    assert not above & set(brief.statements())
    assert brief.tlp <= ceiling
    assert all(block.tlp <= ceiling for block in brief.blocks())
    assert all(row.tlp > ceiling and ceiling.label in row.reason for row in brief.withheld)


def test_a_technique_that_is_withheld_is_neither_shown_nor_counted(marked: Path) -> None:
    with closing(KnowledgeFile(marked)) as knowledge:
        users = {
            actor
            for (actor,) in knowledge.connection.execute(
                "SELECT m.actor FROM actor_member m JOIN statement s ON s.subject = m.native"
                " JOIN technique t ON t.id = s.object WHERE t.attack_id = 'T1566.001'"
            )
        }
        name = best_described(knowledge.connection, lambda row: row.id in users).name
    with writing(marked) as connection:
        members = members_of(connection, name)
        connection.execute(
            f"UPDATE statement SET tlp = 'AMBER' WHERE subject IN ({members})"  # noqa: S608 - ids of this database
            " AND predicate = 'uses-technique' AND object IN"
            " (SELECT id FROM technique WHERE attack_id <> 'T1566.001')"
        )
    brief = compose(marked, name, Tlp.GREEN)
    (heat,) = [block for block in brief.blocks() if isinstance(block, HeatTable)]
    assert [cell.attack_id for column in heat.columns for cell in column.cells] == ["T1566.001"]
    assert brief.title.startswith(f"{name}: 1 technique stated")


def test_the_marking_is_the_highest_of_what_the_briefing_holds(marked: Path) -> None:
    with writing(marked) as connection:
        members = members_of(connection, "APT29")
        for level, value in (("GREEN", "APT29"), ("AMBER", "Cozy Bear")):
            connection.execute(
                f"UPDATE statement SET tlp = ? WHERE value = ? AND subject IN ({members})",  # noqa: S608 - ids of this database
                (level, value),
            )
    assert compose(marked, "APT29", Tlp.RED).tlp is Tlp.AMBER
    assert compose(marked, "APT29", Tlp.AMBER).tlp is Tlp.AMBER
    assert compose(marked, "APT29", Tlp.GREEN).tlp is Tlp.GREEN
    assert "Cozy Bear" not in words(compose(marked, "APT29", Tlp.GREEN))


def test_where_the_main_name_is_withheld_the_best_known_other_one_stands_in(marked: Path) -> None:
    with closing(KnowledgeFile(marked)) as knowledge:
        actor = best_described(knowledge.connection, lambda row: row.names > 2)
    with writing(marked) as connection:
        members = members_of(connection, actor.name)
        connection.execute(
            f"UPDATE statement SET tlp = 'RED' WHERE subject IN ({members})"  # noqa: S608 - ids of this database
            " AND predicate IN ('named', 'described-as') AND value LIKE ?",
            (f"%{actor.name}%",),
        )
        connection.execute("DELETE FROM identity_queue")
        named = Counter(
            normalised(name)
            for (name,) in connection.execute(
                f"SELECT value FROM statement WHERE subject IN ({members})"  # noqa: S608 - ids of this database
                " AND predicate = 'named' AND tlp <> 'RED' AND to_snapshot IS NULL"
            )
        )
    with closing(KnowledgeFile(marked)) as knowledge:
        brief = compose_brief(knowledge, BriefRequest("actor", actor.id, Tlp.AMBER_STRICT))
    assert named[normalised(brief.subject)] == max(named.values())
    assert actor.name not in words(brief)


def test_an_actor_of_which_every_name_is_withheld_is_refused_without_naming_it(
    marked: Path,
) -> None:
    with writing(marked) as connection:
        members = members_of(connection, "Gamaredon Group")
        connection.execute(
            f"UPDATE statement SET tlp = 'AMBER' WHERE subject IN ({members})"  # noqa: S608 - ids of this database
        )
    with pytest.raises(BriefingError) as refused:
        compose(marked, "Gamaredon Group", Tlp.GREEN)
    assert "Gamaredon" not in f"{refused.value} {refused.value.detail}"
    assert "TLP:GREEN" in refused.value.message


def test_titles_of_our_profile_are_used_only_where_all_of_it_may_be_seen(marked: Path) -> None:
    ours = compose(marked, "Gamaredon Group", Tlp.CLEAR).title
    with writing(marked) as connection:
        connection.execute(
            "UPDATE statement SET tlp = 'GREEN' WHERE id = (SELECT min(s.id) FROM statement s"
            " JOIN record_row r ON r.id = s.record WHERE r.source = 'threat-briefing'"
            " AND s.predicate = 'judged' AND s.subject = (SELECT m.native FROM actor_member m"
            " JOIN actor a ON a.id = m.actor WHERE a.name = 'Gamaredon Group'"
            " AND m.native LIKE 'threat-actor--%' AND m.native IN"
            " (SELECT native_id FROM record_row WHERE source = 'threat-briefing')))"
        )
    assert compose(marked, "Gamaredon Group", Tlp.GREEN).title == ours
    assert compose(marked, "Gamaredon Group", Tlp.CLEAR).title.startswith("Gamaredon Group: ")


def test_a_source_above_the_ceiling_is_left_out_with_all_that_it_says(marked: Path) -> None:
    with writing(marked) as connection:
        connection.execute("UPDATE source SET tlp = 'AMBER' WHERE id = 'misp-threat-actor'")
    brief = compose(marked, "APT29", Tlp.GREEN)
    assert "misp-threat-actor" not in {source.key for source in brief.sources}
    assert "MISP galaxy" not in {snapshot.title for snapshot in brief.made_from}
    assert brief.tlp is Tlp.CLEAR
    assert compose(marked, "APT29", Tlp.AMBER).tlp is Tlp.AMBER


def test_an_unknown_or_missing_marking_counts_as_red(marked: Path) -> None:
    with writing(marked) as connection:
        members = members_of(connection, "APT29")
        for level, value in (("", "The Dukes"), ("INTERNAL", "Cozy Bear")):
            connection.execute(
                f"UPDATE statement SET tlp = ? WHERE value = ? AND subject IN ({members})",  # noqa: S608 - ids of this database
                (level, value),
            )
    brief = compose(marked, "APT29", Tlp.AMBER_STRICT)
    assert "Cozy Bear" not in words(brief)
    assert {row.tlp for row in brief.withheld} == {Tlp.RED}
    assert compose(marked, "APT29", Tlp.RED).tlp is Tlp.RED


def test_a_question_of_identity_goes_where_the_name_behind_it_goes(marked: Path) -> None:
    assert "UNC2452" in words(compose(marked, "APT29", Tlp.CLEAR))
    with writing(marked) as connection:
        connection.execute(
            "UPDATE statement SET tlp = 'AMBER' WHERE predicate IN ('named', 'described-as')"
            " AND value LIKE '%UNC2452%'"
        )
    assert "UNC2452" not in words(compose(marked, "APT29", Tlp.GREEN))
    assert "UNC2452" in words(compose(marked, "APT29", Tlp.AMBER))


def test_a_decision_of_a_person_here_carries_no_marking_and_stays_here(marked: Path) -> None:
    with writing(marked) as connection:
        connection.execute(
            "INSERT INTO identity (one, other, relation, basis, reason, decided_by, decided_at)"
            " SELECT a.id, b.id, 'apart', 'decision', 'Our own case notes', 'An analyst', '2026'"
            " FROM actor a, actor b WHERE a.name = 'APT29' AND b.name = 'Turla'"
        )
    assert "case notes" not in words(compose(marked, "APT29", Tlp.AMBER_STRICT))
    assert "case notes" in words(compose(marked, "APT29", Tlp.RED))


def test_the_author_learns_what_was_kept_out_and_the_file_does_not(marked: Path) -> None:
    with writing(marked) as connection:
        members = members_of(connection, "APT29")
        marking = connection.execute(
            f"UPDATE statement SET tlp = 'AMBER' WHERE subject IN ({members})"  # noqa: S608 - ids of this database
            " AND predicate = 'sponsored-by' RETURNING key"
        )
        kept_out = {key for (key,) in marking.fetchall()}
    brief = compose(marked, "APT29", Tlp.GREEN)
    assert kept_out
    assert {row.statement for row in brief.withheld} == kept_out
    assert {row.tlp for row in brief.withheld} == {Tlp.AMBER}
    reason = "It is marked TLP:AMBER; the audience's ceiling is TLP:GREEN."
    assert {row.reason for row in brief.withheld} == {reason}
    assert not any(str(key) in words(brief) for key in kept_out)


def test_the_reader_of_an_audience_cannot_write_and_sees_no_hidden_row(marked: Path) -> None:
    with writing(marked) as connection:
        connection.execute("UPDATE statement SET tlp = 'RED' WHERE predicate = 'happened'")
    with closing(open_below(marked, Tlp.AMBER)) as opened:
        reader = opened.connection
        seen = reader.execute("SELECT count(*) FROM statement WHERE predicate = 'happened'")
        assert seen.fetchone()[0] == 0
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("DELETE FROM main.statement")
        actor = reader.execute("SELECT id FROM actor WHERE name = 'APT28'").fetchone()[0]
        predicates = {said.predicate for said in statements_about(reader, actor)}
    assert "happened" not in predicates
    assert "judged" in predicates


def test_a_statement_that_nobody_marked_makes_its_block_red() -> None:
    assert held([1, 2], {1: Tlp.GREEN}) is Tlp.RED
    assert held([1], {1: Tlp.GREEN}) is Tlp.GREEN
    assert held([], {}) is Tlp.CLEAR


def test_an_audience_reads_one_state_of_the_file_from_beginning_to_end(marked: Path) -> None:
    with writing(marked) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with closing(open_below(marked, Tlp.CLEAR)) as opened:
        with writing(marked) as connection:
            connection.execute(
                "UPDATE statement SET tlp = 'RED', value = 'secret' WHERE predicate = 'happened'"
            )
        seen = opened.connection.execute("SELECT count(*) FROM statement WHERE value = 'secret'")
        assert seen.fetchone()[0] == 0
