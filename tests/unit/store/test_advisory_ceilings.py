"""A reader below a ceiling: advisories, vulnerabilities and links above it are not there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from advisory_samples import (
    FOX,
    FOX_REPORT,
    GRAVEL,
    HERON,
    HERON_NEWS,
    LOOSE_CVE,
    NEW_CVE,
    NOTES,
    OLD_CVE,
    PLAIN_NEWS,
    PUMPS,
    SHARED_REPORT,
    advisory,
    database,
    of,
)
from store_samples import take, whole

from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.store.advisories import advisories_of, list_advisories, open_advisory
from briefing.store.ceilings import open_below
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.schema import INCIDENT_MODELS, REPORT_MODELS
from briefing.store.vulnerabilities import list_vulnerabilities, open_vulnerability

Marker = Callable[..., Path]


@pytest.fixture
def marked(path: Path) -> Marker:
    """A full database in which statements that fit a condition are marked RED."""
    database(path)

    def mark(condition: str, *values: object) -> Path:
        with closing(sqlite3.connect(path)) as connection, connection:
            changed = connection.execute(
                f"UPDATE statement SET tlp = 'RED' WHERE {condition}",  # noqa: S608 - the test's own words
                values,
            ).rowcount
        assert changed
        return path

    return mark


def everything(path: Path, ceiling: Tlp) -> str:
    """All that the read models of reports show below a ceiling."""
    with closing(open_below(path, ceiling)) as reader:
        tables = (*REPORT_MODELS, *INCIDENT_MODELS)
        return repr({table: whole(reader.connection, table) for table in tables})


def test_at_the_highest_ceiling_everything_is_there(marked: Marker) -> None:
    path = marked("subject = ?", PUMPS)
    with closing(open_below(path, Tlp.RED)) as reader:
        assert len(list_advisories(reader.connection)) == 5


def test_an_advisory_above_the_ceiling_is_not_there_nor_what_only_it_knows(marked: Marker) -> None:
    path = marked("subject = ?1 OR object = ?1", PUMPS)
    with closing(open_below(path, Tlp.GREEN)) as reader:
        found = {row.id for row in list_advisories(reader.connection)}
        assert found == {HERON_NEWS, PLAIN_NEWS, FOX_REPORT, SHARED_REPORT}
        with pytest.raises(NotFoundError):
            open_advisory(reader.connection, read_labels(reader.connection), PUMPS)
        with pytest.raises(NotFoundError):
            open_vulnerability(reader.connection, LOOSE_CVE)
        kept = open_vulnerability(reader.connection, OLD_CVE)
        assert (kept.row.due, kept.row.cvss, kept.row.advisories) == ("2024-03-20", None, 0)
        assert kept.advisories == ()
    assert "Pumpworks Controller" not in everything(path, Tlp.GREEN)
    assert PUMPS not in everything(path, Tlp.GREEN)


@pytest.mark.parametrize(
    ("predicate", "blank"),
    [
        ("issued-by", ("issuer",)),
        ("happened", ("published", "updated")),
        ("affects", ("products",)),
        ("deployed-in", ("sectors", "countries")),
    ],
)
def test_of_a_visible_title_the_columns_that_rest_on_hidden_statements_are_blank(
    marked: Marker, predicate: str, blank: tuple[str, ...]
) -> None:
    path = marked("subject = ? AND predicate = ?", PUMPS, predicate)
    with closing(open_below(path, Tlp.AMBER)) as reader:
        row = next(row for row in list_advisories(reader.connection) if row.id == PUMPS)
        for name in ("issuer", "published", "updated", "products", "sectors", "countries"):
            assert bool(getattr(row, name)) == (name not in blank)
        assert row.url
        assert row.due == "2024-03-20"


def test_a_due_date_above_the_ceiling_shows_neither_at_the_vulnerability_nor_at_the_advisory(
    marked: Marker,
) -> None:
    path = marked("subject = ? AND predicate = 'advised'", OLD_CVE)
    with closing(open_below(path, Tlp.AMBER)) as reader:
        row = next(row for row in list_advisories(reader.connection) if row.id == PUMPS)
        assert (row.due, len(row.cves)) == ("", 2)
        found = {v.id: v for v in list_vulnerabilities(reader.connection)}
        assert (found[OLD_CVE].due, found[OLD_CVE].listed) == ("", "2024-02-28")
        assert found[NEW_CVE].due == "2030-01-15"


def test_that_ransomware_uses_a_vulnerability_is_not_told_above_the_ceiling(marked: Marker) -> None:
    path = marked("subject = ? AND predicate IN ('happened', 'named', 'affects')", NEW_CVE)
    with closing(open_below(path, Tlp.AMBER)) as reader:
        [row] = [v for v in list_vulnerabilities(reader.connection) if v.id == NEW_CVE]
        assert (row.name, row.vendor, row.listed, row.ransomware) == ("", "", "", False)
        assert row.due == "2030-01-15"


def test_a_link_by_a_secret_name_is_not_there_though_the_title_is(marked: Marker) -> None:
    path = marked("subject = ? AND predicate = 'named' AND value = 'Night Heron'", HERON)
    with closing(open_below(path, Tlp.AMBER)) as reader:
        links = dict(
            reader.connection.execute(
                "SELECT entity, basis FROM mention WHERE advisory = ?", (HERON_NEWS,)
            ).fetchall()
        )
        assert links == {GRAVEL: "tag", NEW_CVE: "id"}
        # What a source states by an exact id rests on no name.
        assert [ref.id for ref in advisories_of(reader.connection, HERON)] == [FOX_REPORT]


def test_a_stated_link_above_the_ceiling_is_not_there(marked: Marker) -> None:
    path = marked("subject = ? AND predicate = 'mentioned-in'", HERON)
    with closing(open_below(path, Tlp.AMBER)) as reader:
        assert [ref.id for ref in advisories_of(reader.connection, HERON)] == [HERON_NEWS]


def test_a_tag_above_the_ceiling_links_nothing(marked: Marker) -> None:
    path = marked("predicate = 'described-as' AND object = 'tag'")
    with closing(open_below(path, Tlp.AMBER)) as reader:
        assert advisories_of(reader.connection, GRAVEL) == ()


def test_a_program_found_by_a_hidden_name_is_not_linked_by_its_id_either(marked: Marker) -> None:
    path = marked("value = 'Lure' AND predicate = 'named'")
    with closing(open_below(path, Tlp.AMBER)) as reader:
        found = open_advisory(reader.connection, read_labels(reader.connection), PUMPS)
        assert found.links == ()


def test_a_whole_source_above_the_ceiling_takes_its_advisories_along(path: Path) -> None:
    database(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE source SET tlp = 'AMBER+STRICT' WHERE id = 'notes'")
    with closing(open_below(path, Tlp.AMBER)) as reader:
        found = {row.id for row in list_advisories(reader.connection)}
        assert found == {PUMPS, HERON_NEWS, PLAIN_NEWS}
        assert advisories_of(reader.connection, FOX) == ()


def test_no_word_of_an_advisory_above_the_ceiling_is_in_any_table_of_reports(path: Path) -> None:
    database(path)
    native = "report--00000000-0000-5000-8000-0000000000aa"
    with closing(open_knowledge(path)) as connection:
        canary = advisory(
            native,
            "Canary of Amber Fox",
            issuer="Canary House",
            published="1999-09-09",
            summary="canary CVE-1999-99999",
            products=[("Canary", "Cage")],
            used_in=[("sector", "energy", "Energy")],
            tlp="RED",
        )
        take(connection, path, of(NOTES, canary))
    for ceiling in (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT):
        shown = everything(path, ceiling).lower()
        assert "canary" not in shown
        assert "1999" not in shown
        assert native not in shown
    assert "canary" in everything(path, Tlp.RED).lower()


def test_what_a_person_set_up_and_what_was_not_taken_is_nobody_elses_business(path: Path) -> None:
    database(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE source SET tlp = 'RED' WHERE id = 'notes'")
        for source in ("notes", "news"):
            connection.execute(
                "INSERT INTO quarantine (snapshot, place, native_id, reason) SELECT max(id), 0, ?,"
                " 'why' FROM snapshot WHERE source = ?",
                (source, source),
            )
        connection.execute(
            "INSERT INTO feed (source, title, format, address) VALUES ('news', 'N', 'feed', 'x')"
        )
    with closing(open_below(path, Tlp.AMBER)) as reader:
        assert [
            row["native_id"] for row in reader.connection.execute("SELECT * FROM quarantine")
        ] == ["news"]
        assert whole(reader.connection, "feed") == []
