"""Clients in the workspace: kept, changed, chosen, and removed without a trace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from client_samples import PRACTICE, png
from sqlite_utils import Migrations

from briefing.core.client import Brand, Client
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.tlp import Tlp
from briefing.services.clients import ClientError, ClientShelf, free_name
from briefing.services.relevance import RelevanceDesk
from briefing.store import migrate, schema
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import SavedFilter, Workspace

NAME = b"Seafront"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


@pytest.fixture
def shelf(path: Path) -> Iterator[ClientShelf]:
    with ClientShelf(path) as opened:
        yield opened


def bytes_of(folder: Path, name: str) -> bytes:
    """All that a database left on the disk: the file, its log, its index."""
    return b"".join(part.read_bytes() for part in folder.glob(f"{name}*"))


def test_a_client_comes_back_whole_from_the_file(shelf: ClientShelf, path: Path) -> None:
    kept = shelf.add(PRACTICE)
    assert kept == replace(PRACTICE, id=kept.id)
    shelf.close()
    with ClientShelf(path) as again:
        assert again.all() == (kept,)


def test_every_client_has_an_id_of_its_own(shelf: ClientShelf) -> None:
    first, second = shelf.add(PRACTICE), shelf.add(replace(PRACTICE, name="Other"))
    assert first.id != second.id
    assert len(first.id) == 36


def test_clients_stand_by_name_whatever_their_case(shelf: ClientShelf) -> None:
    for name in ("banana", "Äpfel", "Apple", "Cherry"):
        shelf.add(Client(name))
    assert [one.name for one in shelf.all()] == ["Apple", "banana", "Cherry", "Äpfel"]


def test_a_changed_client_keeps_its_id(shelf: ClientShelf) -> None:
    kept = shelf.add(PRACTICE)
    shelf.change(replace(kept, name="Harbour View", tlp=Tlp.RED, brand=Brand()))
    (found,) = shelf.all()
    assert (found.id, found.name, found.tlp, found.brand) == (
        kept.id,
        "Harbour View",
        Tlp.RED,
        Brand(),
    )


def test_a_client_that_was_deleted_elsewhere_cannot_be_changed(shelf: ClientShelf) -> None:
    kept = shelf.add(PRACTICE)
    shelf.delete(kept.id)
    with pytest.raises(NotFoundError, match="not in the workspace any more"):
        shelf.change(kept)
    assert shelf.all() == ()


def test_two_clients_cannot_bear_one_name_in_any_case_or_width(shelf: ClientShelf) -> None:
    shelf.add(Client("Straße & Söhne"))
    with pytest.raises(ClientError, match="already") as refused:
        shelf.add(Client("STRASSE & SÖHNE"))
    assert [one.field for one in refused.value.problems] == ["name"]
    other = shelf.add(Client("Another"))
    with pytest.raises(ClientError):
        shelf.change(replace(other, name="straße &  söhne".replace("  ", " ")))
    assert [one.name for one in shelf.all()] == ["Another", "Straße & Söhne"]


def test_taking_a_client_replaces_the_one_of_its_name(shelf: ClientShelf) -> None:
    first = shelf.add(PRACTICE)
    again = shelf.take(replace(PRACTICE, size="large"))
    assert again.id == first.id
    assert [one.size for one in shelf.all()] == ["large"]
    assert shelf.take(Client("New one")).id != first.id


def test_what_cannot_be_a_client_is_refused_with_every_reason(shelf: ClientShelf) -> None:
    wrong = replace(
        PRACTICE,
        name=" ",
        size="huge",
        technology=("Microsoft Exchange",),
        brand=Brand(b"no picture", "blue", "#12", "two\nlines"),
    )
    with pytest.raises(ClientError) as refused:
        shelf.add(wrong)
    assert {one.field for one in refused.value.problems} == {
        *("name", "size", "technology"),
        *("brand.logo", "brand.primary", "brand.secondary", "brand.footer"),
    }
    assert shelf.all() == ()


def test_a_client_is_found_by_its_name_or_id_and_a_typo_is_told_the_nearest(
    shelf: ClientShelf,
) -> None:
    kept = shelf.add(PRACTICE)
    assert shelf.named("SEAFRONT dental") == shelf.named(kept.id) == kept
    with pytest.raises(NotFoundError, match="nearest name is “Seafront Dental”") as missing:
        shelf.named("Seafrnt Dentl")
    assert missing.value.near == ("Seafront Dental",)


def test_the_choice_outlives_the_program_and_goes_with_the_client(
    shelf: ClientShelf, path: Path
) -> None:
    kept = shelf.add(PRACTICE)
    assert shelf.chosen is None
    shelf.choose(kept.id)
    with ClientShelf(path) as again:
        assert again.chosen == kept
        assert again.read().chosen == kept
    shelf.delete(kept.id)
    assert shelf.chosen is None
    again_kept = shelf.add(PRACTICE)
    assert shelf.chosen is None, "a new client must not inherit the choice"
    shelf.choose(again_kept.id)
    shelf.choose("")
    assert shelf.chosen is None


def test_the_choice_survives_a_change_of_the_client(shelf: ClientShelf) -> None:
    kept = shelf.add(PRACTICE)
    shelf.choose(kept.id)
    shelf.change(replace(kept, name="Renamed"))
    found = shelf.chosen
    assert found is not None
    assert found.name == "Renamed"


def test_choosing_somebody_who_is_not_there_chooses_nobody(shelf: ClientShelf) -> None:
    shelf.choose("no-such-id")
    assert shelf.chosen is None


def test_a_free_name_is_numbered_until_nobody_bears_it() -> None:
    assert free_name("Acme", ()) == "Acme"
    assert free_name("Acme", ("ACME", "acme (2)")) == "Acme (3)"


def test_a_deleted_client_leaves_no_byte_in_the_workspace(path: Path) -> None:
    other = Workspace(path)  # another part of the program that has the file open
    other.save_filter(SavedFilter("Energy", "actors", {}))
    logo = png(200, 200, pixels=bytes(range(256)) * 157 + bytes(8))
    with ClientShelf(path) as shelf:
        shelf.add(Client("Stays"))
        kept = shelf.add(replace(PRACTICE, brand=replace(PRACTICE.brand, logo=logo)))
        shelf.choose(kept.id)
        shelf.change(replace(kept, name="Seafront Dental and Sons"))
        before = bytes_of(path.parent, path.name)
        assert NAME in before
        assert logo[60:200] in before
        assert shelf.delete(kept.id)
        after = bytes_of(path.parent, path.name)
        for trace in (NAME, kept.id.encode(), logo[60:200], b"pumpworks"):
            assert trace not in after
        assert [one.name for one in shelf.all()] == ["Stays"]
    assert [saved.name for saved in other.filters("actors")] == ["Energy"]
    other.close()


def test_where_another_reader_holds_the_log_the_rest_goes_once_it_is_closed(path: Path) -> None:
    with ClientShelf(path) as shelf:
        kept = shelf.add(PRACTICE)
        reader = migrate.open_workspace(path)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM client").fetchall()
        reader_sees = reader.execute("SELECT name FROM client").fetchone()[0]
        shelf._store._connection.execute("PRAGMA busy_timeout = 50")
        assert not shelf.delete(kept.id)
        assert shelf.all() == ()
        assert reader_sees == "Seafront Dental"
        reader.execute("ROLLBACK")
        reader.close()
    assert NAME not in bytes_of(path.parent, path.name)


def test_a_client_that_was_used_leaves_no_byte_in_the_knowledge_database(
    bundled_database: Path, tmp_path: Path
) -> None:
    database = Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))
    knowledge = KnowledgeFile(database)
    with ClientShelf(tmp_path / "workspace.db") as shelf:
        kept = shelf.add(PRACTICE)
        shelf.choose(kept.id)
        found = RelevanceDesk(knowledge).rank(kept, today=date(2026, 11, 24))
        assert found.of > 500
        assert shelf.delete(kept.id)
    knowledge.close()
    assert NAME not in bytes_of(tmp_path, "knowledge.db")
    assert kept.id.encode() not in bytes_of(tmp_path, "knowledge.db")
    assert NAME not in bytes_of(tmp_path, "workspace.db")


@pytest.mark.parametrize("version", [1, 2])
def test_an_earlier_workspace_is_brought_up_with_all_it_holds(
    path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    steps = (schema.m001_workspace, schema.m002_read_marks)
    earlier = Migrations("workspace")
    for step in steps[:version]:
        earlier()(step)
    with monkeypatch.context() as older:
        older.setattr(migrate.schema, "workspace", earlier)
        older.setattr(migrate, "WORKSPACE_VERSION", version)
        old = Workspace(path)
        old.save_filter(SavedFilter("Energy", "actors", {"sector": "energy"}))
        old.close()
    with ClientShelf(path) as shelf:
        assert shelf.all() == ()
        shelf.add(PRACTICE)
    opened = Workspace(path)
    assert [saved.name for saved in opened.filters("actors")] == ["Energy"]
    opened.close()
    assert path.with_name(f"workspace.db.before-schema-{version + 1}").is_file()


def test_a_level_that_is_none_closes_the_audience_altogether(path: Path) -> None:
    with ClientShelf(path) as shelf:
        kept = shelf.add(PRACTICE)
        with shelf._store._connection as connection:
            connection.execute("UPDATE client SET tlp = 'PURPLE'")
        assert shelf.named(kept.id).tlp is Tlp.CLEAR


def test_a_foreign_file_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"somebody's notes")
    with pytest.raises(BriefingError, match=r"not a database|not a workspace"):
        ClientShelf(path)
    assert path.read_bytes() == b"somebody's notes"
