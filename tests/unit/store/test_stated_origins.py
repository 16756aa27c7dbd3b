"""Where actors are said to come from, of all at once, for whoever may see it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store_samples import actor, changes, native, take

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.tlp import Tlp
from briefing.store.actors import list_actors
from briefing.store.ceilings import open_below
from briefing.store.stated_origins import read_stated_origins


def from_places(*codes: str, tlp: str = "") -> list[StatementDraft]:
    """Statements that the first actor is sponsored by countries."""
    return [
        StatementDraft(native(1), Predicate.SPONSORED_BY, code, code, tlp=tlp) for code in codes
    ]


def test_it_says_what_the_list_of_actors_says_of_the_real_data(bundled_database: Path) -> None:
    with closing(open_below(bundled_database, Tlp.CLEAR)) as seen:
        found = read_stated_origins(seen.connection)
        rows = list_actors(seen.connection)
    assert {row.id: tuple(found.get(row.id, ())) for row in rows} == {
        row.id: row.origins for row in rows
    }


def test_where_something_else_is_guarded_an_origin_that_may_be_seen_is_still_told(
    database: sqlite3.Connection, path: Path
) -> None:
    said = [*from_places("RU"), *from_places("CN", tlp="RED")]
    take(database, path, changes(actor(1, "Bear", said=said)))
    with closing(open_below(path, Tlp.AMBER)) as seen:
        assert list_actors(seen.connection)[0].origins == ()
        found = read_stated_origins(seen.connection)[native(1)]
    assert list(found) == ["RU"]
    assert len(found["RU"]) == 1


def test_a_value_that_leads_to_no_code_is_no_origin(
    database: sqlite3.Connection, path: Path
) -> None:
    said = [StatementDraft(native(1), Predicate.SPONSORED_BY, value="Somewhere")]
    take(database, path, changes(actor(1, "Bear", said=said)))
    assert read_stated_origins(database) == {}
