"""The form of a client: logo, colours, technology, chips; by keyboard and at every text size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from client_samples import PRACTICE, jpeg
from clients_desk import ClientsDesk, picture
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from briefing.core.client import Client
from briefing.services.technology import KnownTechnology
from briefing.ui.theme import Theme
from briefing.ui.widgets.chips import Chip

LAW = Client("Weber & Partner", ("professional-services",), ("DE",), "medium")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, tmp_path: Path, bundled_database: Path
) -> Iterator[ClientsDesk]:
    made = ClientsDesk(qtbot, theme, tmp_path, bundled_database)
    yield made
    made.jobs.shutdown()
    theme.set_factor(1.0)


def test_a_logo_is_shown_and_one_that_is_no_picture_is_refused_at_its_field(
    desk: ClientsDesk, tmp_path: Path
) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    brand = desk.view.form.brand
    brand.take_logo(picture(tmp_path / "logo.jpg", "JPG"))
    desk.settle()
    assert brand.preview.isVisible()
    drawing = tmp_path / "logo.svg"
    drawing.write_text("<svg><script>alert(1)</script></svg>")
    brand.take_logo(drawing)
    desk.settle()
    assert "may hold a script" in brand.logo.problem
    assert "The logo from before stays." in brand.logo.problem
    brand.take_logo(picture(tmp_path / "logo.png"))
    desk.settle()
    assert brand.logo.problem == ""
    desk.click("Save")
    assert desk.kept()[0].brand.logo.startswith(b"\x89PNG")
    desk.click("Remove the logo")
    desk.click("Save")
    assert desk.kept()[0].brand.logo == b""
    assert not brand.preview.isVisible()


@pytest.mark.qt_log_ignore("Quantization table")  # what Qt itself says of such a file
def test_a_picture_that_qt_cannot_draw_is_refused_too(desk: ClientsDesk, tmp_path: Path) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    empty = tmp_path / "empty.jpg"  # segments in their order, and no pixels
    empty.write_bytes(jpeg())
    desk.view.form.brand.take_logo(empty)
    desk.settle()
    assert "cannot be drawn" in desk.view.form.brand.logo.problem


def test_a_pale_colour_is_noted_and_the_nearest_shade_is_one_click_away(
    desk: ClientsDesk,
) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    brand = desk.view.form.brand
    QTest.keyClicks(brand.primary.line.input, "#ffb347")
    note = brand.fields["brand.primary"].warning
    assert "contrast of 1.7 to 1" in note
    desk.click("Use #")
    assert brand.fields["brand.primary"].warning == ""
    assert brand.primary.colour in note
    desk.click("Save")
    assert desk.kept()[0].brand.primary == brand.primary.colour


def test_technology_nothing_is_known_of_is_kept_and_noted(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    field = desk.view.form.technology
    for text in ("fortios", "acme:skates"):
        field.line.input.setText(text)
        QTest.keyClick(field.line.input, Qt.Key.Key_Return)
        if text == "fortios":
            assert "vendor:product" in field.line._message.text()
            assert field.line.text() == "fortios"
    assert field.codes == ("acme:skates",)
    assert "Nothing is known here" in desk.view.form.fields["technology"].warning
    desk.click("Save")
    assert desk.kept()[0].technology == ("acme:skates",)


def test_a_chip_is_removed_by_keyboard_and_the_keyboard_stays_in_the_field(
    desk: ClientsDesk,
) -> None:
    (practice,) = desk.keep(PRACTICE)
    desk.go(practice.id)
    countries = desk.view.form.countries
    desk.window.activateWindow()
    first = next(chip for chip in countries.findChildren(Chip) if chip.text() == "United States")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Delete)
    assert countries.codes == ("CA",)
    focus = desk.window.focusWidget()
    assert isinstance(focus, Chip)
    QTest.keyClick(focus, Qt.Key.Key_Delete)
    assert countries.codes == ()
    assert desk.window.focusWidget() is countries.add


def test_the_list_behind_a_choice_leaves_out_what_is_chosen(desk: ClientsDesk) -> None:
    (practice,) = desk.keep(PRACTICE)
    desk.go(practice.id)
    countries = desk.view.form.countries
    countries.open()
    model = countries._popup._model
    labels = {model.item(row).text() for row in range(model.rowCount())}
    assert "Germany (DE)" in labels
    assert not labels & {"United States (US)", "Canada (CA)"}
    countries._popup.hide()


def test_tab_reaches_every_field_in_the_order_of_the_eye(desk: ClientsDesk) -> None:
    (practice,) = desk.keep(PRACTICE)
    desk.go(practice.id)
    desk.window.activateWindow()
    form = desk.view.form
    desk.view.setFocus()
    wanted = [
        desk.view.list.rows,
        desk.view.list.new,
        desk.view.page.head.more,
        form.name.input,
        form.sectors.add,
        form.countries.add,
        form.people,
        form.customers.add,
        form.suppliers.add,
        form.msp,
        form.technology.line.input,
        form.audience,
        form.brand.choose_logo,
        form.brand.primary.line.input,
        form.brand.secondary.line.input,
        form.brand.footer_line.input,
        desk.pane.field,
    ]
    for widget in wanted:
        assert desk.tab_to(lambda focus, widget=widget: focus is widget) is widget


def test_every_control_has_a_name_for_screen_readers(desk: ClientsDesk) -> None:
    (practice,) = desk.keep(PRACTICE)
    desk.go(practice.id)
    for line in desk.view.form.findChildren(QLineEdit):
        assert line.accessibleName()
    assert desk.view.form.sectors.add.accessibleDescription() == (
        "Sectors chosen: Health and pharmaceuticals."
    )


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_nothing_is_wider_than_the_window_at_any_text_size(
    desk: ClientsDesk, factor: float
) -> None:
    (practice,) = desk.keep(PRACTICE)
    desk.theme.set_factor(factor)
    desk.go(practice.id)
    page = desk.view.page
    for part, scroller in (("form", page._main), ("ranking", page._aside)):
        page.part.set_value(part)
        desk.settle()
        assert scroller.isVisible()
        assert scroller.content.minimumSizeHint().width() <= scroller.viewport().width()
    assert page.part.isVisible() == (factor > 1.0)
    assert page.width() <= desk.view.width()


def test_what_is_typed_is_completed_from_what_the_database_knows(desk: ClientsDesk) -> None:
    (law,) = desk.keep(LAW)
    desk.go(law.id)
    form = desk.view.form
    form.set_technology(KnownTechnology({"fortinet:fortios": "", "fortinet:fortimanager": ""}))
    offered = form.technology._completer
    QTest.keyClicks(form.technology.line.input, "forti")
    assert offered._offered.stringList() == ["fortinet:fortios", "fortinet:fortimanager"]
    assert offered.list.isVisible()
    offered.activated.emit("fortinet:fortios")
    assert form.technology.codes == ("fortinet:fortios",)
    assert form.technology.line.text() == ""
    assert form.fields["technology"].warning == ""
    QTest.keyClicks(form.technology.line.input, "forti")
    assert offered._offered.stringList() == ["fortinet:fortimanager"]
    offered.list.hide()
