"""A page of the Attribution screen: claims beside evidence, what is done with them, keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attribution_desk import (
    RAID,
    AttributionDesk,
    database,
    raid,
)
from case_samples import claim, row_id
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.core.case_words import Mark
from briefing.services.cases import CaseBook, open_case
from briefing.store.migrate import open_knowledge
from briefing.ui.views.case_claims import FEW
from briefing.ui.views.case_forms import RowDialog
from briefing.ui.widgets.claim_card import CARD_ROLE
from briefing.ui.widgets.evidence_delegate import KIND, ORIGIN, RELEVANCE, SHOWS, VERTEX

SAVED = "2026-01-01T00:00:00.000Z"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[AttributionDesk]:
    made = AttributionDesk(database(tmp_path / "knowledge.db"), tmp_path)
    yield made
    made.end()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were opened in the browser."""
    found: list[str] = []
    monkeypatch.setattr(
        "briefing.ui.views.actor_sections.section.QDesktopServices.openUrl",
        lambda url: found.append(url.toString()),
    )
    return found


def test_a_card_says_everything_about_a_claim(desk: AttributionDesk) -> None:
    claims = desk.show(RAID).page.claims
    index = claims.list.model().index(0, 0)
    text = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    for part in (
        "Claim A: Heron, 20 Sept 2023",
        "Claimant: Heron, the attacker itself",
        "Channel: leak site",
        "Motive: a debt that was not paid",
        "Suspected: to be taken seriously: nobody knew them before",
        "Origin: O3, Statement of Heron",
        "contested",
        "basis: attacker confirms",
        "grade E3",
        "The statement · Statement Press · 1 Oct 2023 and 1 more",
    ):
        assert part in text, part
    assert claims.head.accessibleName() == "Claims, 2: 1 contested, 1 unverified"


def test_evidence_is_numbered_graded_and_traced_to_its_origin(desk: AttributionDesk) -> None:
    region = desk.show(RAID).page.evidence
    model = region.table.items
    rows = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert rows[1] == [
        "E2",
        "A server that Egret rented before",
        "infrastructure",
        "Infrastructure",
        "A2",
        "high",
        "B",
        "O1",
    ]
    assert rows[2][6:] == ["neither", "O2"]
    assert region.head.accessibleName() == "Evidence, 3 pieces from 2 origins"


def test_a_chosen_claim_lights_up_its_evidence_and_says_which(desk: AttributionDesk) -> None:
    page = desk.show(RAID).page
    page.show_row(row_id("claim", "a"))
    assert "E1 bears on claim A." in page.claims.strip.text()
    assert page.evidence.table._words.claim == row_id("claim", "a")
    page.show_row(row_id("claim", "b"))
    assert "E1 and E2 bear on claim B." in page.claims.strip.text()


def test_chosen_evidence_lights_up_the_claims_it_bears_on(desk: AttributionDesk) -> None:
    page = desk.show(RAID).page
    page.show_row(row_id("claim", "a"))
    page.show_row(row_id("evidence", "e2"))
    assert page.claims.list._painter.related == {row_id("claim", "b")}
    assert page.claims.list.chosen() == page.evidence.table._words.claim == ""
    assert page.evidence.strip.text().startswith(
        "E2 bears on claim B. It starts with: report of  the coast guard."
    )
    page.show_row(row_id("evidence", "e3"))
    assert page.claims.list._painter.related == frozenset()
    assert page.evidence.strip.text().startswith("E3 bears on no claim.")


def test_claims_are_walked_opened_and_left_by_keyboard(
    desk: AttributionDesk, opened: list[str]
) -> None:
    page = desk.show(RAID).page
    cards = page.claims.list
    desk.press(cards, Qt.Key.Key_Down)
    assert cards.chosen() == row_id("claim", "a")
    desk.press(cards, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert cards.chosen() == row_id("claim", "b")
    assert opened == ["https://claim-b.example/claim-b"]
    desk.press(cards, Qt.Key.Key_Escape)
    assert cards.chosen() == ""
    assert page.claims.strip.text() == "Choose a claim to see what bears on it."


def test_several_documents_are_offered_as_a_menu(desk: AttributionDesk, opened: list[str]) -> None:
    page = desk.show(RAID).page
    page.show_row(row_id("claim", "a"))
    desk.press(page.claims.list, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    labels = [action.text() for action in menu.actions()]
    assert labels == ["The statement · Statement Press · 1 Oct 2023", "The mirror · Mirror Press"]
    menu.actions()[1].trigger()
    menu.close()
    assert opened == ["https://mirror.example/mirror"]


def test_evidence_is_walked_and_opened_by_keyboard(
    desk: AttributionDesk, opened: list[str]
) -> None:
    table = desk.show(RAID).page.evidence.table
    desk.press(table, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert table.chosen() == row_id("evidence", "e2")
    assert opened == ["https://evidence-e2.example/evidence-e2"]
    desk.press(table, Qt.Key.Key_Escape)
    assert table.chosen() == ""


def test_a_click_on_the_documents_of_a_row_opens_them(
    desk: AttributionDesk, opened: list[str]
) -> None:
    page = desk.show(RAID).page
    table = page.evidence.table
    cell = table.visualRect(table.items.index(0, SHOWS))
    place = table._words.documents_rect(table.items.item(0), cell.toRectF()).center().toPoint()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    cards = page.claims.list
    index = cards.model().index(1, 0)
    rect = cards._painter.documents_rect(index.data(CARD_ROLE), cards.visualRect(index).toRectF())
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert opened == [
        "https://evidence-e1.example/evidence-e1",
        "https://claim-b.example/claim-b",
    ]


def test_evidence_sorts_by_what_a_column_means(desk: AttributionDesk) -> None:
    table = desk.show(RAID).page.evidence.table
    table.sortByColumn(RELEVANCE, Qt.SortOrder.DescendingOrder)
    assert table.items.item(0).number == "E2"


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_nothing_is_cut_at_any_text_size(desk: AttributionDesk, factor: float) -> None:
    view = desk.show(RAID)
    view.resize(764, 552)
    desk.theme.set_factor(factor)
    QTest.qWait(20)
    page = view.page
    assert page.content.width() <= page.viewport().width()
    for part in (page.claims.list, page.evidence.table):
        assert part.height() >= part.heightForWidth(part.width())
    last = page.evidence.table.items.rowCount() - 1
    bottom = page.evidence.table.visualRect(page.evidence.table.items.index(last, SHOWS)).bottom()
    assert bottom <= page.evidence.table.viewport().height()


def test_columns_without_room_say_what_they_hold_in_the_row(desk: AttributionDesk) -> None:
    view = desk.show(RAID)
    view.resize(420, 552)
    QTest.qWait(20)
    table = view.page.evidence.table
    hidden = [one for one in (KIND, VERTEX, RELEVANCE, ORIGIN) if table.isColumnHidden(one)]
    assert hidden == [KIND, VERTEX, RELEVANCE, ORIGIN]
    said = table.items.item(0).beside(table._words.hidden)
    assert said == "TTP, operational · Infrastructure · relevance medium · origin O1"


def test_of_many_claims_the_first_are_shown_until_all_are_asked_for(
    desk: AttributionDesk,
) -> None:
    many = [claim(f"c{number}", place=number) for number in range(2, FEW + 4)]
    CaseBook(desk.library.knowledge.path).save((*raid(), *many), now=SAVED)
    page = desk.show(RAID).page
    assert page.claims.list.model().rowCount() == FEW
    page.show_row(row_id("claim", f"c{FEW + 3}"))
    assert page.claims.list.model().rowCount() == FEW + 4
    assert page.claims.list.chosen() == row_id("claim", f"c{FEW + 3}")
    assert not page.claims.more.isVisible()


def test_a_warning_leads_to_the_rows_that_cause_it(desk: AttributionDesk) -> None:
    page = desk.show(RAID).page
    link = next(one for row in page.warnings.rows for one in row.links() if one.text() == "E2")
    link.click()
    assert page.evidence.table.chosen() == row_id("evidence", "e2")


def test_adding_a_claim_opens_its_form(desk: AttributionDesk) -> None:
    page = desk.show(RAID).page
    page.claims.head.link_activated.emit()
    dialog = next(one for one in desk.view.window().findChildren(RowDialog) if one.isVisible())
    assert dialog.windowTitle() == "Add a claim"
    dialog.reject()


def test_a_mark_is_recorded_and_the_chosen_row_stays_chosen(desk: AttributionDesk) -> None:
    page = desk.show(RAID).page
    page.show_row(row_id("evidence", "e3"))
    page.matrix.mark_chosen.emit(row_id("hypothesis", "h3"), row_id("evidence", "e3"), Mark.I)
    desk.settle()
    desk.settle()
    connection = open_knowledge(desk.library.knowledge.path)
    held = open_case(connection, RAID).case.hypotheses[2]
    connection.close()
    cell = held.cell(row_id("evidence", "e3"))
    assert cell is not None
    assert cell.mark is Mark.I
    assert page.page is not None
    assert page.page.case.hypotheses[2] == held
    assert page.evidence.table.chosen() == row_id("evidence", "e3")


def test_every_document_is_listed_once_with_the_rows_that_rest_on_it(
    desk: AttributionDesk, opened: list[str]
) -> None:
    region = desk.show(RAID).page.documents
    assert region.head.accessibleName() == "Documents, 7 documents"
    first = region.list.model().index(0, 0)
    assert str(first.data(Qt.ItemDataRole.AccessibleTextRole)).endswith("the incident")
    region.list.row_activated.emit("0")
    assert opened == ["https://harbour.example/harbour"]


def test_tab_walks_from_the_head_through_claims_and_evidence_to_the_matrix(
    desk: AttributionDesk,
) -> None:
    page = desk.show(RAID).page
    page.show_row(row_id("claim", "a"))
    QTest.qWait(20)
    walked: list[str] = []
    widget = page.head.chooser.nextInFocusChain()
    while widget is not None and widget is not page.head.chooser and len(walked) < 400:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(page):
            walked.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    stops = (
        "New incident",
        "Claims: Add claim",
        "Open 2 documents",
        "Change A",
        "Claims",
        "Evidence: Add evidence",
        "Evidence",
        "Competing hypotheses (ACH): Add hypothesis",
        "New assessment",
        "Documents",
    )
    places = [walked.index(stop) for stop in stops]
    assert places == sorted(places)
    assert all(name for name in walked)
