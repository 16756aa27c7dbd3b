"""All techniques of one stage: filtered, sorted, and one of them in full."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_profile import full_profile

from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_profile import STAGE, ActorProfileView
from briefing.ui.views.actor_sections.sources import SourcesSection
from briefing.ui.views.actor_sections.stages import StagesSection
from briefing.ui.widgets.prose_rows import ProseRows

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|propagate)", extend=True)


@pytest.fixture
def full(qtbot: QtBot, qapp: QApplication) -> ActorProfileView:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    widget = ActorProfileView(theme, None)
    qtbot.addWidget(widget)
    widget.resize(1200, 820)
    widget.show()
    widget.show_profile(full_profile())
    widget.finish()
    return widget


def test_a_stage_shows_three_techniques_and_a_page_with_all(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    stages = full.page.section(StagesSection)
    with qtbot.waitSignal(full.navigate) as asked:
        stages.stage_requested.emit("initial-access")
    assert asked.args == [Place("actors", "actor--full", f"{STAGE}initial-access")]
    assert full.currentWidget() is full.stage
    assert full.stage.shown_techniques() == ["T1000", "T1001", "T1002", "T1003", "T1004"]
    assert "Mitigations: M1000 Mitigation 0" in full.stage.detail_text()
    assert "Detections: Network Traffic: Kind 0" in full.stage.detail_text()
    assert "used by 3 of 170 groups" in full.stage.detail_text()


def test_techniques_of_a_stage_are_filtered_by_mitigation_and_detection(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    full.show_part(f"{STAGE}initial-access")
    qtbot.keyClicks(full.stage._filter.input, "m1003 traffic")
    assert full.stage.shown_techniques() == ["T1003"]
    assert "Mitigations: M1003 Mitigation 3" in full.stage.detail_text()
    qtbot.keyClicks(full.stage._filter.input, " nothing")
    assert full.stage.detail_text() == "No technique here has these words."


def test_escape_leads_from_a_stage_back_to_the_profile(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    full.show_part(f"{STAGE}initial-access")
    with qtbot.waitSignal(full.navigate) as asked:
        qtbot.keyClick(full.stage, Qt.Key.Key_Escape)
    assert asked.args == [Place("actors", "actor--full")]
    assert full.currentWidget() is full.page


def test_a_part_that_does_not_exist_shows_the_profile(full: ActorProfileView) -> None:
    full.show_part(f"{STAGE}no-such-stage")
    assert full.currentWidget() is full.page


def test_techniques_are_sorted_by_how_many_groups_use_them(full: ActorProfileView) -> None:
    full.show_part(f"{STAGE}initial-access")
    full.stage.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert full.stage.shown_techniques() == ["T1004", "T1003", "T1002", "T1001", "T1000"]


def test_a_technique_leads_to_its_page_and_its_mark_to_the_source(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    full.show_part(f"{STAGE}initial-access")
    with qtbot.waitSignal(full.navigate) as asked:
        full.stage.table.row_activated.emit(full.stage.table.model().index(1, 0))
    assert asked.args == [Place("actors", "attack-pattern--1")]
    full.stage.findChild(ProseRows).source_activated.emit("attack")
    assert full.currentWidget() is full.page
    assert full.page.section(SourcesSection).list.marked() == "attack"


def test_mitigations_and_detections_have_columns_where_there_is_room(
    full: ActorProfileView,
) -> None:
    full.show_part(f"{STAGE}initial-access")
    assert not full.stage.table.isColumnHidden(3)
    full.resize(600, 820)
    assert full.stage.table.isColumnHidden(3)
