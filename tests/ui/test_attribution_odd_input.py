"""The Attribution screen and odd words, levels and presses of Escape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from adversity_desk import (
    ESCAPE,
    cell,
    claims_form,
    errors,
    mark,
    path_of,
    recorded,
    told,
    undo_last,
)
from attribution_desk import FOX, RAID, AttributionDesk, database, notices
from case_samples import claim, document, evidence, hypothesis, row_id, subject
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.analysis.ach import weigh
from briefing.core.case import Case
from briefing.core.tlp import Tlp
from briefing.services.cases import CaseBook
from briefing.store import connection
from briefing.ui.models.ach_table import LABEL_ROLE, AchTableModel
from briefing.ui.views.case_form_incident import IncidentPanel
from briefing.ui.views.case_new import NewIncidentDialog
from briefing.ui.widgets.ach_grid import AchGrid

H1, H2 = row_id("hypothesis", "h1"), row_id("hypothesis", "h2")
E1, E2 = row_id("evidence", "e1"), row_id("evidence", "e2")
A, B = row_id("claim", "a"), row_id("claim", "b")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[AttributionDesk]:
    made = AttributionDesk(database(tmp_path / "knowledge.db"), tmp_path)
    yield made
    made.end()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that another program holds is given up on soon."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)


def test_an_incident_that_was_undone_elsewhere_is_told_to_be_gone(desk: AttributionDesk) -> None:
    desk.show(RAID)
    undo_last(path_of(desk))
    desk.view.reload()
    desk.show()
    assert len(notices(desk.view.panes)) == 1
    assert "Raid on the harbour" not in desk.names()


def test_links_under_the_matrix_are_those_of_the_incident_that_is_shown(
    desk: AttributionDesk,
) -> None:
    desk.show(RAID)
    cell(desk)
    assert "Take H1 out" in desk.view.page.strip.text()
    desk.show(FOX)
    assert desk.view.page.strip.text() == ""


def test_the_line_about_a_file_goes_with_the_incident_that_was_written(
    desk: AttributionDesk, tmp_path: Path
) -> None:
    desk.show(RAID)
    desk.view.work.export(tmp_path / "raid.json")
    desk.settle()
    desk.show(RAID)
    assert desk.view.page.written.isVisible()
    desk.show(FOX)
    assert not desk.view.page.written.isVisible()


def test_other_screens_are_told_once_the_screen_is_left(desk: AttributionDesk) -> None:
    heard: list[bool] = []
    desk.view.data_changed.connect(lambda: heard.append(True))
    desk.show(RAID)
    mark(desk, Qt.Key.Key_A)
    desk.settle()
    assert heard == []
    desk.view.hide()
    QTest.qWait(1)
    assert heard == [True]
    desk.view.show()
    desk.view.hide()
    QTest.qWait(1)
    assert heard == [True]


@pytest.mark.parametrize("title", ["", "   ", "\u200b\u2060", "\u202e\n"])
def test_a_name_of_which_nothing_is_to_be_seen_is_none(desk: AttributionDesk, title: str) -> None:
    desk.show(RAID)
    dialog = desk.view.work.editor.new_incident()
    dialog.incident.name.input.setText(title)
    dialog.do.click()
    assert dialog.step == 0
    assert "Give the incident a name" in dialog.incident.fields["name"].problem
    dialog.reject()


LONG, RTL, EMOJI = "Wörd" * 500, "‏שלום עולם مرحبا‮evil‬", "👩‍👩‍👧‍👦🏴‍☠️ é̴̡̛ " * 20


@pytest.mark.parametrize("text", [LONG, "word " * 400, RTL, EMOJI, "<b>&amp;</b> %s {0}\\n"])
def test_whatever_is_typed_is_recorded_and_shown_and_cuts_nothing(
    desk: AttributionDesk, text: str
) -> None:
    text = " ".join(text.split())
    rows = (
        subject(name=text, victim=text, documents=(document("harbour", title=text),)),
        claim("a", text=text, by=text, accused=text, origin=text),
        evidence("e1", bears_on=("a",), text=text, origin=text),
        hypothesis("h1", {"e1": "C"}, text=text, short=text[:40]),
    )
    desk.show(RAID)
    page = desk.view.page
    for row in rows:
        CaseBook(path_of(desk)).save([row], now="2026-01-01T00:00:00.000Z")
    desk.view.reload()
    desk.show(RAID)
    assert page.page is not None
    assert desk.view.title == text
    assert page.page.case.evidence[0].text == page.page.case.claims[0].text == text
    for width in (1304, 720):
        desk.view.resize(width, 700)
        QTest.qWait(1)
        assert page.content.width() <= page.viewport().width()
        assert page.content.minimumSizeHint().width() <= page.viewport().width()


def test_what_is_above_the_audiences_level_is_recorded_only_when_that_was_read(
    desk: AttributionDesk,
) -> None:
    desk.ceiling = Tlp.CLEAR
    desk.show(FOX)
    dialog = desk.view.work.editor.new_incident()
    dialog.incident.name.input.setText("A quiet raid")
    dialog.incident.tlp.setCurrentIndex(Tlp.RED.value)
    dialog.do.click()
    assert dialog.step == 0
    warning = dialog.incident.fields["tlp"].warning
    assert warning.startswith("This is above TLP:CLEAR, the audience’s level")
    dialog.do.click()
    assert dialog.step == 1
    dialog.skip.click()
    dialog.do.click()
    desk.settle()
    # It is not there to be shown, so nothing is said to be missing either.
    assert desk.view.title == "Fox raid on a ministry"
    assert desk.view.page.isVisible()
    assert errors(desk) == []
    assert recorded(desk, "A quiet raid").incident.tlp is Tlp.RED


def test_escape_leaves_an_untouched_form_at_once_and_a_typed_one_at_the_second_press(
    desk: AttributionDesk,
) -> None:
    desk.show(RAID)
    untouched = claims_form(desk)
    QTest.keyClick(untouched, ESCAPE)
    assert not untouched.isVisible()
    dialog = claims_form(desk)
    assert dialog.panel.fields
    dialog.panel.documents.more.click()
    QTest.keyClicks(dialog.panel.documents.entry.title.input, "T")
    QTest.keyClick(dialog, ESCAPE)
    assert "not recorded" in told(dialog)
    QTest.keyClicks(dialog.panel.documents.entry.title.input, "h")
    assert told(dialog) == ""
    for _ in range(2):
        assert dialog.isVisible()
        QTest.keyClick(dialog, ESCAPE)
    assert not dialog.isVisible()


def test_a_new_incident_is_not_lost_to_one_escape(desk: AttributionDesk) -> None:
    desk.show(RAID)
    dialog = desk.view.work.editor.new_incident()
    assert isinstance(dialog, NewIncidentDialog)
    QTest.keyClicks(dialog.incident.name.input, "Raid on the ferry")
    dialog.do.click()
    QTest.keyClick(dialog, ESCAPE)
    assert dialog.isVisible()
    assert "not recorded" in told(dialog)
    QTest.keyClick(dialog, ESCAPE)
    assert not dialog.isVisible()


def test_infrastructure_that_was_typed_counts_as_typed(desk: AttributionDesk) -> None:
    desk.show(RAID)
    page = desk.view.page.page
    assert page is not None
    dialog = desk.view.work.editor.edit_incident(page)
    assert isinstance(dialog.panel, IncidentPanel)
    QTest.keyClicks(dialog.panel.infrastructure, "203.0.113.7")
    QTest.keyClick(dialog, ESCAPE)
    assert dialog.isVisible()
    dialog.reject()


def test_heads_of_hundreds_of_rows_are_measured_once_each(desk: AttributionDesk) -> None:
    rows = tuple(
        evidence(f"n{number}", text=f"Piece {number}", origin=f"Origin {number}", place=number)
        for number in range(300)
    )
    answers = tuple(hypothesis(f"n{number}", place=number) for number in range(60))
    many = Case(subject(), (), rows, answers)
    page = desk.show(RAID).page.page
    assert page is not None
    grid = AchGrid(desk.theme)
    asked: list[int] = []
    model = grid.cells.model()
    assert isinstance(model, AchTableModel)
    told_before = model.headerData

    def counted(section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == LABEL_ROLE and orientation == Qt.Orientation.Vertical:
            asked.append(section)
        return told_before(section, orientation, role)

    model.headerData = counted  # type: ignore[method-assign]  # to count
    grid.show_page(replace(page, case=many, weighing=weigh(many)))
    assert len(asked) < 10 * len(rows)
