"""The Clients screen: set up, edited without losing anything, explained, and deleted for good."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from client_samples import FILE, PRACTICE, png
from clients_desk import ClientsDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.client import Brand, Client
from briefing.core.tlp import Tlp
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme

LAW = Client("Weber & Partner", ("professional-services",), ("DE",), "medium")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def database(bundled_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, database: Path) -> Iterator[ClientsDesk]:
    made = ClientsDesk(qtbot, theme, tmp_path, database)
    yield made
    made.jobs.shutdown()


def test_without_a_client_the_screen_says_what_to_do(desk: ClientsDesk) -> None:
    (notice,) = desk.notices()
    assert notice.startswith("Set up a client")
    assert not desk.view.list.isVisible()
    assert not desk.view.page.head.isVisible()
    assert desk.view.title == "Clients"


def test_the_example_is_made_from_the_empty_screen_and_marked_as_one(desk: ClientsDesk) -> None:
    desk.click("Make an example")
    (kept,) = desk.kept()
    assert kept.example
    assert "example, nobody’s client" in desk.chips(desk.view.page.head)
    assert any(words.startswith("An example.") for words in desk.notices())
    desk.click("Make it a client of mine")
    desk.click("Save")
    assert [one.example for one in desk.kept()] == [False]
    assert "example, nobody’s client" not in desk.chips(desk.view.page.head)


def test_a_new_client_is_kept_with_everything_that_was_chosen(desk: ClientsDesk) -> None:
    desk.click("New client")
    form = desk.view.form
    desk.type_name("Seafront Dental")
    form.sectors._popup.chosen.emit("healthcare")
    form.countries._popup.chosen.emit("US")
    form.people.chosen.emit("small")
    form.people.set_value("small")
    form.suppliers._popup.chosen.emit("technology")
    form.msp.click()
    QTest.keyClicks(form.technology.line.input, "Microsoft: Exchange Server")
    QTest.keyClick(form.technology.line.input, Qt.Key.Key_Return)
    form.audience.setCurrentIndex(Tlp.GREEN.value)
    QTest.keyClicks(form.brand.primary.line.input, "0B3C78")
    QTest.keyClicks(form.brand.footer_line.input, "For Seafront")
    desk.click("Save")
    (kept,) = desk.kept()
    assert kept == Client(
        name="Seafront Dental",
        sectors=("healthcare",),
        countries=("US",),
        size="small",
        supplier_sectors=("technology",),
        uses_msp=True,
        technology=("microsoft:exchange_server",),
        tlp=Tlp.GREEN,
        brand=Brand(primary="#0b3c78", footer="For Seafront"),
        id=kept.id,
    )
    assert desk.view.title == "Seafront Dental"
    assert desk.places[-1] == Place("clients", kept.id)
    assert desk.view.drafts.edits == {}


def test_what_is_missing_is_told_at_its_field_and_nothing_is_kept(desk: ClientsDesk) -> None:
    desk.go(detail="new")
    desk.view.form.msp.click()
    QTest.keyClicks(desk.view.form.brand.primary.line.input, "blue")
    desk.click("Save")
    fields = desk.view.form.fields
    assert fields["name"].problem == "The name is missing."
    assert "“#blue” is no colour" in fields["brand.primary"].problem
    assert desk.window.focusWidget() is desk.view.form.name.input
    assert desk.kept() == ()
    desk.type_name("Acme")
    assert fields["name"].problem == ""


def test_a_name_that_is_taken_is_told_at_the_name_and_what_was_typed_stays(
    desk: ClientsDesk,
) -> None:
    desk.keep(LAW)
    desk.go(detail="new")
    desk.type_name("weber & partner")
    desk.click("Save")
    assert "already" in desk.view.form.fields["name"].problem
    assert desk.view.form.name.text() == "weber & partner"
    assert len(desk.kept()) == 1


def test_edits_are_kept_while_another_client_is_looked_at_and_said_to_be_unsaved(
    desk: ClientsDesk,
) -> None:
    practice, law = desk.keep(PRACTICE, LAW)
    desk.go(law.id)
    desk.type_name("Weber & Daughters")
    assert "edits not saved" in desk.chips(desk.view.page.head)
    desk.go(practice.id)
    assert "edits not saved" not in desk.chips(desk.view.page.head)
    assert [row for row in desk.rows() if "not saved" in row] == [
        "Weber & Daughters, Legal, consulting and other services · Germany, not saved"
    ]
    desk.go(law.id)
    assert desk.view.form.name.text() == "Weber & Daughters"
    assert {one.name for one in desk.kept()} == {"Seafront Dental", "Weber & Partner"}
    desk.click("Discard edits")
    assert desk.view.form.name.text() == "Weber & Partner"
    assert not any("not saved" in row for row in desk.rows())


def test_an_edit_that_is_taken_back_is_no_edit(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    desk.type_name("Weber & Partners")
    assert desk.button("Save").isEnabled()
    desk.type_name("Weber & Partner")
    assert not desk.button("Save").isEnabled()


def test_a_new_client_that_was_begun_waits_until_it_is_discarded(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(detail="new")
    desk.type_name("Begun")
    desk.go(law.id)
    desk.go(detail="new")
    assert desk.view.form.name.text() == "Begun"
    desk.click("Discard edits")
    assert desk.view.title == "Weber & Partner"
    assert len(desk.rows()) == 1


def test_edits_outlive_a_change_of_the_database(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    desk.type_name("Weber & Daughters")
    desk.view.reload()
    desk.settle()
    assert desk.view.form.name.text() == "Weber & Daughters"


def test_the_list_is_walked_by_keyboard_and_every_step_is_a_place(desk: ClientsDesk) -> None:
    practice, law = desk.keep(PRACTICE, LAW)
    desk.go(practice.id)
    rows = desk.view.list.rows
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    desk.settle()
    assert desk.places[-1] == Place("clients", law.id)
    assert desk.view.title == "Weber & Partner"


def test_a_client_that_is_gone_is_told_and_another_is_shown(desk: ClientsDesk) -> None:
    desk.keep(LAW)
    desk.go("no-such-id")
    assert any("not here any more" in words for words in desk.notices())
    assert desk.view.title == "Weber & Partner"


def test_a_duplicate_is_a_client_of_its_own(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    desk.menu("Duplicate")
    first, second = desk.kept()
    assert (first.name, second.name) == ("Weber & Partner", "Weber & Partner (2)")
    assert first.id != second.id
    assert desk.view.title == "Weber & Partner (2)"


def test_a_briefing_for_the_client_is_one_press_away(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    desk.click("Make briefing")
    assert desk.places[-1] == Place("briefings", law.id, "client")


def test_deleting_asks_first(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    desk.menu("Delete…")
    assert any(words.startswith("Delete “Weber & Partner”?") for words in desk.notices())
    desk.click("Keep it")
    assert len(desk.kept()) == 1
    desk.menu("Delete…")
    desk.click("Delete it")
    assert desk.kept() == ()
    assert desk.notices()[0].startswith("Set up a client")


def test_a_client_that_was_used_and_deleted_leaves_no_byte_anywhere(
    desk: ClientsDesk, database: Path
) -> None:
    practice, _law = desk.keep(PRACTICE, LAW)
    desk.go(practice.id)
    desk.click("Look as this client")
    assert desk.pane.header.accessibleName().startswith("Who would attack, 10 of")
    desk.type_name("Seafront Dental Sons")
    desk.click("Save")
    folder = desk.workspace.parent
    assert b"Seafront" in b"".join(file.read_bytes() for file in folder.glob("workspace.db*"))
    desk.menu("Delete…")
    desk.click("Delete it")
    assert desk.looking.client is None
    assert desk.chosen() == ""
    for file in (*folder.glob("workspace.db*"), *folder.glob("knowledge.db*")):
        assert b"Seafront" not in file.read_bytes(), file.name
    assert [one.name for one in desk.kept()] == ["Weber & Partner"]


def test_edits_of_a_client_that_was_deleted_elsewhere_become_a_new_client(
    desk: ClientsDesk,
) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    desk.type_name("Weber & Daughters")
    with_shelf = desk.view.drafts
    with_shelf.take(replace(with_shelf.shelved, clients=(), chosen=None))
    desk.go()
    desk.click("Save")
    assert "Weber & Daughters" in {one.name for one in desk.kept()}


def test_looking_through_a_client_is_remembered_and_let_go(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    desk.click("Look as this client")
    assert desk.looking.client == law
    assert desk.chosen() == "Weber & Partner"
    assert desk.rows() == [
        "Weber & Partner, Legal, consulting and other services · Germany, looked through"
    ]
    desk.view.form.audience.setCurrentIndex(Tlp.RED.value)
    desk.click("Save")
    assert desk.looking.ceiling is Tlp.RED
    desk.click("Look as nobody")
    assert desk.looking.client is None
    assert desk.chosen() == ""


def test_a_file_is_imported_and_shown(desk: ClientsDesk, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    file = tmp_path / "client.toml"
    file.write_text(FILE)
    desk.view.import_file(file)
    desk.settle()
    assert [replace(one, id="") for one in desk.kept()] == [PRACTICE]
    assert desk.view.title == "Seafront Dental"
    file.write_text(FILE.replace('"small"', '"large"'))
    desk.view.import_file(file)
    desk.settle()
    assert any("called “Seafront Dental” already" in words for words in desk.notices())
    assert [one.size for one in desk.kept()] == ["small"]
    desk.click("Replace it")
    assert [one.size for one in desk.kept()] == ["large"]
    assert desk.view.form.people.value == "large"


def test_a_file_that_is_refused_is_told_with_the_nearest_value(
    desk: ClientsDesk, tmp_path: Path
) -> None:
    file = tmp_path / "client.toml"
    file.write_text('name = "Acme"\nsectors = ["helthcare"]')
    desk.view.import_file(file)
    desk.settle()
    assert any("the nearest is “healthcare”" in words for words in desk.notices())
    assert desk.kept() == ()


def test_an_export_says_what_it_wrote_and_one_that_fails_says_why(
    desk: ClientsDesk, tmp_path: Path
) -> None:
    (practice,) = desk.keep(PRACTICE)
    desk.go(practice.id)
    desk.view.export_file(tmp_path / "out")
    desk.settle()
    assert desk.notices()[0].startswith("Wrote out.toml and out-logo.png.")
    assert (tmp_path / "out.toml").is_file()
    desk.view.export_file(tmp_path / "nowhere" / "out.toml")
    desk.settle()
    assert any("could not be written" in words for words in desk.notices())
