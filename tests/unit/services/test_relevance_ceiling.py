"""TLP in a ranking: what is above a client's ceiling is in no score, sentence or list."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from incident_samples import bases
from relevance_samples import (
    BEAR,
    DENTIST,
    PANDA,
    TODAY,
    add,
    bear,
    names,
    panda,
    raid,
    ranked,
    seen_by,
    targets,
    told,
)
from store_samples import native

from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.services.relevance import RelevanceDesk
from briefing.store.connection import KnowledgeFile


@pytest.fixture
def desk(path: Path, closing_files: list[KnowledgeFile]) -> RelevanceDesk:
    """Reads when first asked, so a test fills the database before."""
    closing_files.append(KnowledgeFile(path))
    return RelevanceDesk(closing_files[0])


def test_what_is_above_the_clients_ceiling_is_in_no_score_and_no_sentence(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA, tlp="RED"))
    below, above = ranked(desk), ranked(desk, seen_by(DENTIST, Tlp.RED))
    assert names(below) == ["Bear"]
    assert names(above) == ["Bear", "Panda"]
    assert below.incidents == 1
    assert max(basis.tlp for basis in bases(below)) is Tlp.CLEAR
    assert (
        "1 incident that would count is marked above TLP:AMBER, or rests on something that is, and"
        " is withheld: in no score and no list."
    ) in below.missing
    assert above.missing == (
        "Only 2 actors are tied to its countries or sectors by what is said here. Import"
        " incidents (EuRepoC) or catalogues under Sources to know more.",
    )


def test_a_guarded_statement_about_an_incident_hides_only_itself(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), panda(), raid(1))
    more = raid(1, by=PANDA, countries=("CA",), sectors=("water",), tlp="RED")
    add(path, more, of="analyst", tlp="RED")
    found = ranked(desk)
    assert names(found) == ["Bear"]
    assert told(found.actors[0])["country"][0] == 0.75
    assert desk.rank(seen_by(DENTIST, Tlp.RED), today=TODAY).actors[1].actor.name == "Panda"


def test_of_real_data_nothing_above_the_ceiling_is_in_an_answer(
    bundled_database: Path, tmp_path: Path, closing_files: list[KnowledgeFile]
) -> None:
    marked = Path(shutil.copy(bundled_database, tmp_path / "marked.db"))
    with closing(sqlite3.connect(marked)) as connection, connection:
        connection.execute("UPDATE statement SET tlp = 'RED' WHERE key % 5 = 0")
        red = {key for (key,) in connection.execute("SELECT key FROM statement WHERE tlp = 'RED'")}
    closing_files.append(KnowledgeFile(marked))
    desk = RelevanceDesk(closing_files[0])
    client = replace(
        DENTIST, customer_sectors=("government",), supplier_sectors=("energy",), uses_msp=True
    )
    found = ranked(desk, client)
    everything = ranked(desk, replace(client, tlp=Tlp.RED))
    shown = {key for basis in bases(found) for key in basis.statements}
    assert len(found.actors) == 10
    assert not shown & red
    assert red & {key for basis in bases(everything) for key in basis.statements}
    assert "withheld" in found.missing[-1]
    for one in found.actors:
        explained = desk.explain(client, one.actor.id, today=TODAY)
        assert not {key for basis in bases(explained) for key in basis.statements} & red


def test_a_source_that_is_guarded_hides_all_it_says(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(), raid(1))
    add(path, panda(), raid(2, by=PANDA), of="secret", tlp="AMBER+STRICT")
    assert names(ranked(desk)) == ["Bear"]
    assert names(ranked(desk, seen_by(DENTIST, Tlp.AMBER_STRICT))) == ["Bear", "Panda"]


def test_what_a_row_sums_up_is_blank_where_a_part_is_guarded(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(*targets(BEAR, "JP", tlp="RED")), raid(1))
    assert ranked(desk).actors[0].actor.countries == ()
    assert ranked(desk, seen_by(DENTIST, Tlp.RED)).actors[0].actor.countries == ("JP",)


def test_guarded_statements_of_catalogues_are_counted_as_withheld(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(*targets(BEAR, "US")), panda(*targets(PANDA, "US", tlp="RED")))
    found = ranked(desk)
    assert names(found) == ["Bear"]
    assert found.missing[-1].startswith("1 statement that would count is marked above TLP:AMBER")


def test_an_actor_that_is_not_there_or_may_not_be_named_is_refused(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), raid(1))
    add(path, panda(), of="secret", tlp="RED")
    for actor in (native(77), PANDA):
        with pytest.raises(NotFoundError, match="up to TLP:AMBER may see"):
            desk.explain(DENTIST, actor, today=TODAY)
