"""The Attribution screen: choosing an incident, what is read when, states, export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import eurepoc_samples
import pytest
from attribution_desk import (
    FOX,
    PUMPS,
    QUIET,
    RAID,
    AttributionDesk,
    database,
    empty_database,
    notices,
    raid,
    words,
)
from case_samples import evidence
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shared_data import needs_shared_data
from store_samples import take

from briefing.analysis.case_filter import ONLY_ATTACKER, CaseFilter
from briefing.core.tlp import Tlp
from briefing.services.cases import CaseBook
from briefing.store.migrate import open_knowledge
from briefing.ui.errors import ErrorDialog
from briefing.ui.navigation import Place

SAVED = "2026-01-01T00:00:00.000Z"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[AttributionDesk]:
    made = AttributionDesk(database(tmp_path / "knowledge.db"), tmp_path)
    yield made
    made.end()


@pytest.fixture
def bare(qapp: QApplication, tmp_path: Path) -> Iterator[AttributionDesk]:
    made = AttributionDesk(empty_database(tmp_path / "knowledge.db"), tmp_path)
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


def spoken(desk: AttributionDesk, row: int) -> str:
    index = desk.view.list.model.index(row, 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def push(widget: QWidget, text: str) -> None:
    button = next(one for one in widget.findChildren(QPushButton) if one.text() == text)
    assert button.isVisibleTo(widget)
    button.click()


def test_what_was_worked_comes_first_and_is_shown_first(desk: AttributionDesk) -> None:
    view = desk.show()
    assert desk.names()[0] == view.title == "Raid on the harbour, September 2023"
    assert len(desk.names()) == 4
    assert view.page.head.chooser.accessibleName() == "Incident: 1 of 4"


def test_a_row_says_how_many_claims_there_are_and_on_what_they_rest(desk: AttributionDesk) -> None:
    desk.show()
    assert "2 claims: attacker confirms" in spoken(desk, 0)
    assert "3 pieces of evidence, 3 hypotheses, assessed" in spoken(desk, 0)
    at = desk.names().index("Fox raid on a ministry")
    assert "1 Feb 2022, 2 claims: attacker confirms and media-based attribution" in spoken(desk, at)
    at = desk.names().index("Pumps of a waterworks stopped")
    assert "1 claim: only the attacker says so" in spoken(desk, at)
    assert "no claim" in spoken(desk, desk.names().index("Nobody says who did it"))


def test_incidents_of_which_only_the_attacker_speaks_can_be_asked_for(
    desk: AttributionDesk,
) -> None:
    view = desk.show(detail="list")
    view.list.set_filter(CaseFilter(basis=ONLY_ATTACKER))
    assert desk.names() == ["Pumps of a waterworks stopped"]
    assert view.list.result.accessibleName() == "1 of 4 incidents · a claim with a basis in 3"
    view.list.set_filter(CaseFilter(sector="water", country="FR"))
    assert notices(view.list) == ["No incident matches sector Water and dams and country France"]
    push(view.list, "Remove filter “Sector”")
    assert desk.names() == ["Fox raid on a ministry"]


def test_choices_of_the_filters_are_named_and_counted(desk: AttributionDesk) -> None:
    filters = desk.show(detail="list").list.filters
    assert [option[1:] for option in filters._options("basis")] == [
        ("only the attacker says so", 1),
        ("attacker confirms", 3),
        ("media-based attribution", 1),
        ("no claim", 1),
    ]
    assert ("DE", "Germany", 2) in filters._options("country")


def test_what_is_filtered_is_remembered_and_a_click_takes_it_back(
    desk: AttributionDesk, tmp_path: Path
) -> None:
    view = desk.show(detail="list")
    view.list.set_filter(CaseFilter(text="fox"))
    view.hide()
    again = AttributionDesk(desk.library.knowledge.path, tmp_path)
    assert again.view.list.filter == CaseFilter()
    again.end()
    assert "attribution.list shown" in desk.settings.settings.remembered


def test_the_page_says_what_happened_and_which_words_mean_what(desk: AttributionDesk) -> None:
    said = words(desk.show("raid-2023").page.head)
    for part in (
        "Raid on the harbour, September 2023",
        "Disclosed 12 Sept 2023. Who says who did it is a claim; what speaks for or against it is"
        " evidence; what we conclude is an assessment.",
        "Screens of the harbour went dark.",
        "When: 10 Sept 2023",
        "Victim: The harbour",
    ):
        assert part in said, part


def test_enter_in_the_list_opens_an_incident_and_gives_it_the_keyboard(
    desk: AttributionDesk,
) -> None:
    view = desk.show(detail="list")
    view.list.rows.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(view.list.rows, Qt.Key.Key_Down, Qt.Key.Key_Return)
    desk.settle()
    assert desk.places[-1] == Place("attribution", FOX)
    assert view.title == "Fox raid on a ministry"
    assert view.focusWidget() is view.page.claims.list


def test_the_list_is_shown_and_hidden_by_the_button_and_by_escape(desk: AttributionDesk) -> None:
    view = desk.show(RAID)
    assert not view.panes.is_list_shown
    view.page.head.chooser.click()
    assert view.panes.is_list_shown
    assert view.focusWidget() is view.list.rows
    desk.press(view.list.rows, Qt.Key.Key_Escape)
    assert not view.panes.is_list_shown


def test_in_a_narrow_window_the_list_takes_the_place_of_the_page(desk: AttributionDesk) -> None:
    view = desk.show(RAID, "list")
    view.resize(600, 552)
    QApplication.processEvents()
    assert view.list.isVisible()
    assert not view.page.isVisible()
    view.list.incident_opened.emit(PUMPS)
    desk.settle()
    assert view.page.isVisible()
    assert not view.list.isVisible()
    view.work.saved.emit(PUMPS)
    desk.settle()
    desk.settle()
    assert view.page.isVisible()


def test_an_incident_of_a_feed_is_shown_in_the_same_way(desk: AttributionDesk) -> None:
    view = desk.show(PUMPS)
    page = view.page
    assert "“Pumps stood still for an hour.”" in words(page.head)
    assert page.claims.head.accessibleName() == "Claims, 1, only the attacker says so"
    assert "No evidence is recorded yet." in words(page.evidence)
    page.show_row(page.page.case.claims[0].id if page.page else "")
    assert "Change" not in page.claims.strip.text()
    assert "Nobody is recorded as saying who did it." in words(desk.show(QUIET).page.claims)


def test_what_is_above_the_audience_is_not_shown_and_that_is_said(desk: AttributionDesk) -> None:
    guarded = evidence("e4", text="A source that must not be named", tlp=Tlp.RED, place=3)
    CaseBook(desk.library.knowledge.path).save((guarded,), now=SAVED)
    desk.ceiling = Tlp.CLEAR
    page = desk.show(RAID).page
    assert page.evidence.table.items.rowCount() == 3
    assert "1 row about this incident is above the audience’s level" in words(page.head)
    desk.ceiling = Tlp.RED
    desk.view.recount()
    desk.settle()
    assert page.evidence.table.items.rowCount() == 4


def test_an_empty_database_says_what_an_incident_is_and_where_to_begin(
    bare: AttributionDesk,
) -> None:
    view = bare.show()
    assert notices(view) == ["No incident is held yet"]
    assert not view.panes.is_list_shown
    push(view, "Open Sources")
    assert bare.places == [Place("sources")]


def test_while_it_is_read_the_screen_says_so(desk: AttributionDesk) -> None:
    desk.view.show_place(Place("attribution", RAID))
    assert notices(desk.view) == ["Reading the incidents …"]
    desk.settle()
    assert notices(desk.view.page.claims) == []


def test_what_is_not_there_is_told_with_what_is_near(desk: AttributionDesk) -> None:
    view = desk.show("raid-2022")
    assert notices(view) == ["There is no incident “raid-2022” in this database."]
    assert "raid-2023" in words(view)
    push(view, "Choose an incident")
    assert view.panes.is_list_shown


def test_an_incident_is_exported_with_its_rows(desk: AttributionDesk, tmp_path: Path) -> None:
    view = desk.show(RAID)
    view.work.export(tmp_path / "raid.json")
    desk.settle()
    assert (tmp_path / "raid.json").stat().st_size > 1000
    assert "Written: raid.json · 10 rows, TLP:CLEAR" in view.page.written.text()


@needs_shared_data
def test_of_1643_real_incidents_the_attacker_alone_speaks_in_592(
    bare: AttributionDesk,
) -> None:
    path = bare.library.knowledge.path
    connection = open_knowledge(path)
    for kind in ("incident", "attribution", "receiver"):
        take(connection, path, eurepoc_samples.real_changes(kind))
    connection.close()
    view = bare.show(detail="list")
    assert view.list.result.accessibleName() == "1,643 incidents · 0 worked"
    view.list.set_filter(CaseFilter(basis=ONLY_ATTACKER))
    assert view.list.result.accessibleName().startswith("592 of 1,643 incidents")


def test_a_technique_that_no_catalogue_here_has_is_told(desk: AttributionDesk) -> None:
    view = desk.show(RAID)
    view.page.feature_asked.emit("T9999")
    dialog = next(one for one in view.window().findChildren(ErrorDialog) if one.isVisible())
    assert "T9999 is in no catalogue that is held here." in words(dialog)
    dialog.accept()
    assert desk.places == []


def test_what_was_recorded_elsewhere_is_not_shown_over_another_screen(
    desk: AttributionDesk,
) -> None:
    view = desk.show(RAID)
    view.hide()
    view.work.saved.emit(PUMPS)
    assert desk.places == []
    view.show()
    assert desk.show().title == "Raid on the harbour, September 2023"


def test_after_an_incident_was_taken_out_the_first_of_the_others_is_shown(
    desk: AttributionDesk,
) -> None:
    view = desk.show(RAID)
    gone = [replace(row, withdrawn=True) for row in raid()]
    CaseBook(desk.library.knowledge.path).save(gone, now=SAVED)
    view.work.saved.emit(RAID)
    desk.settle()
    desk.settle()
    assert view.title == "Fox raid on a ministry"


def test_the_history_of_assessments_opens_over_the_screen(desk: AttributionDesk) -> None:
    page = desk.show(RAID).page
    page.assessment.history_asked.emit()
    assert page.history is not None
    assert page.history.windowTitle() == "History: Raid on the harbour, September 2023"
    page.history.reject()
