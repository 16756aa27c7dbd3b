"""What stands behind a number of a matrix, checked by counting it in the database by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import actor, changes, document, native, source, take, targets

from briefing.analysis.matrix_shape import ALL
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.targeting import TargetingFilter
from briefing.core.tlp import Tlp
from briefing.services.cell_statements import actors_behind, narrowed, quote_statements
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

ANY = TargetingFilter()

BY_HAND = """
    SELECT count(DISTINCT who) AS actors, count(DISTINCT key) AS statements FROM (
        SELECT m.actor AS who, s.key FROM statement s
        JOIN actor_member m ON m.native = s.subject JOIN actor a ON a.id = m.actor
        WHERE s.predicate = 'targets-sector' AND s.object = :sector AND s.to_snapshot IS NULL
        AND (',' || a.origins || ',') LIKE :origin
        UNION ALL
        SELECT c.who, s.key FROM (
            SELECT incident, min(actor) AS who FROM claim WHERE actor <> ''
            GROUP BY incident HAVING count(DISTINCT actor) = 1
        ) c JOIN incident i ON i.id = c.incident AND i.started <> ''
        JOIN statement s ON s.subject = i.id JOIN actor a ON a.id = c.who
        WHERE s.predicate = 'targets-sector' AND s.object = :sector AND s.to_snapshot IS NULL
        AND (',' || a.origins || ',') LIKE :origin
    )
"""


@pytest.fixture(scope="module")
def bundled(bundled_database: Path) -> Iterator[KnowledgeFile]:
    knowledge = KnowledgeFile(bundled_database)
    yield knowledge
    knowledge.close()


@pytest.fixture(scope="module")
def index(bundled: KnowledgeFile) -> TargetingIndex:
    return TargetingIndex.read(bundled)


@pytest.mark.parametrize(
    ("sector", "origin", "pattern"),
    [
        ("government", "CN", "%,CN,%"),
        ("finance", "RU", "%,RU,%"),
        ("energy", "IR", "%,IR,%"),
        ("water", "CN", "%,CN,%"),
        ("healthcare", "", ",,"),
    ],
)
def test_a_cell_of_the_real_catalogue_is_what_sql_counts(
    bundled: KnowledgeFile, index: TargetingIndex, sector: str, origin: str, pattern: str
) -> None:
    values = {"sector": sector, "origin": pattern}
    actors, statements = bundled.connection.execute(BY_HAND, values).fetchone()
    assert actors > 0
    behind = actors_behind(index, ANY, "origin", sector, [origin])
    assert index.matrix_by_origin(ANY).cells[sector, origin] == actors
    assert (len(behind), sum(one.statements for one in behind)) == (actors, statements)
    keys = [key for one in behind for key in one.basis.statements]
    quoted = quote_statements(bundled, keys)
    assert {statement.key for statement in quoted.statements} == set(keys)
    assert {statement.code for statement in quoted.statements} == {sector}


def test_every_statement_names_sources_that_are_listed(
    bundled: KnowledgeFile, index: TargetingIndex
) -> None:
    behind = actors_behind(index, ANY, "origin", "government", None)
    quoted = quote_statements(bundled, [key for one in behind for key in one.basis.statements])
    listed = {entry.key for entry in quoted.sources}
    assert all(statement.sources for statement in quoted.statements)
    assert {key for statement in quoted.statements for key in statement.sources} == listed
    assert sum(entry.statements for entry in quoted.sources) >= len(quoted.statements)


def test_a_total_counts_an_actor_once_over_all_its_sectors(index: TargetingIndex) -> None:
    matrix = index.matrix_by_origin(ANY)
    behind = actors_behind(index, ANY, "origin", ALL, ["CN"])
    assert len(behind) == len({one.actor.id for one in behind}) == matrix.column_totals["CN"]
    everybody = actors_behind(index, ANY, "origin", ALL, None)
    assert len(everybody) == matrix.actors
    assert len({key for one in everybody for key in one.basis.statements}) == sum(
        one.statements for one in everybody
    )


def test_a_cell_of_an_actor_holds_its_statements(index: TargetingIndex) -> None:
    matrix = index.matrix_by_actor(ANY)
    (sector, actor_id), number = max(matrix.cells.items(), key=lambda cell: cell[1])
    [one] = actors_behind(index, ANY, "actor", sector, [actor_id])
    assert (one.actor.id, one.statements) == (actor_id, number)
    assert number > 1


def test_most_statements_come_first(index: TargetingIndex) -> None:
    behind = actors_behind(index, ANY, "origin", "finance", ["RU"])
    said = [one.statements for one in behind]
    assert said == sorted(said, reverse=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


def written(path: Path, *records: object) -> KnowledgeFile:
    connection = open_knowledge(path)
    cited = document("https://example.org/2020/05/fox")
    take(connection, path, changes(*records, of=source(tlp="GREEN"), documents=[cited]))  # type: ignore[arg-type]  # RecordDraft
    connection.close()
    return KnowledgeFile(path)


def origin(number: int, code: str) -> StatementDraft:
    return StatementDraft(native(number), Predicate.SPONSORED_BY, object=code, value=code)


def test_an_actor_of_a_chosen_and_another_origin_is_found_in_both_columns(path: Path) -> None:
    knowledge = written(
        path,
        actor(1, "Fox", said=(*targets(1, "finance"), origin(1, "RU"), origin(1, "BY"))),
        actor(2, "Wolf", said=(*targets(2, "finance"), origin(2, "BY"))),
    )
    index = TargetingIndex.read(knowledge)
    chosen = TargetingFilter(origins=frozenset({"RU"}))
    assert index.matrix_by_origin(chosen).column_totals == {"RU": 1, "BY": 1}
    [fox] = actors_behind(index, chosen, "origin", "finance", ["BY"])
    assert fox.actor.name == "Fox"
    assert narrowed(index, ANY, "origin", ["BY"]).actors == frozenset()
    knowledge.close()


def test_statements_come_in_the_words_of_their_source_newest_first(path: Path) -> None:
    said = [
        StatementDraft(native(1), Predicate.TARGETS_SECTOR, object="finance", value="Banks"),
        StatementDraft(
            native(1),
            Predicate.TARGETS_SECTOR,
            object="finance",
            value="Insurance",
            first_seen="2019-03",
            last_seen="2021",
        ),
        StatementDraft(
            native(1), Predicate.TARGETS_SECTOR, object="finance", value="Tills", first_seen="2020"
        ),
    ]
    knowledge = written(path, actor(1, "Fox", said=said))
    [fox] = actors_behind(TargetingIndex.read(knowledge), ANY, "actor", "finance", [native(1)])
    quoted = quote_statements(knowledge, fox.basis.statements)
    shown = [(one.words, one.first, one.last, one.incident) for one in quoted.statements]
    assert shown == [
        ("Tills", "2020", "2020", ""),
        ("Insurance", "2019-03", "2021", ""),
        ("Banks", "", "", ""),
    ]
    assert {one.tlp for one in quoted.statements} == {Tlp.GREEN}
    assert [entry.key for entry in quoted.sources] == ["feed-a"]
    assert quote_statements(knowledge, [1]).statements == ()
    knowledge.close()


def test_our_own_text_cites_documents_and_repeats_no_codes(
    bundled: KnowledgeFile,
) -> None:
    keys = [
        key
        for (key,) in bundled.connection.execute(
            "SELECT s.key FROM statement s JOIN record r ON r.id = s.record"
            " WHERE s.predicate = 'targets-sector' AND r.source = 'threat-briefing'"
            " AND s.to_snapshot IS NULL AND s.object = s.value"
            " AND s.id IN (SELECT statement FROM citation)"
        )
    ]
    quoted = quote_statements(bundled, keys)
    assert len(quoted.statements) == len(keys) > 0
    assert {one.words for one in quoted.statements} == {""}
    assert all(key.startswith("document--") for one in quoted.statements for key in one.sources)


def test_a_statement_of_an_incident_bears_its_name_and_dates(
    bundled: KnowledgeFile, index: TargetingIndex
) -> None:
    behind = actors_behind(index, ANY, "origin", "government", None)
    quoted = quote_statements(bundled, [key for one in behind for key in one.basis.statements])
    by_name = {one.incident: one for one in quoted.statements if one.incident}
    assert by_name
    name, statement = next(iter(by_name.items()))
    found: sqlite3.Row = bundled.connection.execute(
        "SELECT i.started, i.ended FROM incident i JOIN statement s ON s.subject = i.id"
        " WHERE s.key = ?",
        (statement.key,),
    ).fetchone()
    assert name
    assert statement.first == found["started"]
    assert statement.last == (found["ended"] or found["started"])
