"""The history of a judgement: every version, what it took the place of, what it changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from case_panes_desk import harbour_case, page_of, words_of
from case_samples import assessment, case, hypothesis
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.estimates import Confidence
from briefing.ui.theme import Theme
from briefing.ui.views.case_history import HistoryDialog, HistoryPane
from briefing.ui.views.case_judgement import Judgement
from briefing.ui.widgets.folding_scale import FoldingConfidence, FoldingLikelihood
from briefing.ui.widgets.section_header import SectionHeader


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a pane and gives it back."""

    def show(pane: QWidget) -> QWidget:
        qtbot.addWidget(pane)
        pane.resize(480, 640)
        pane.show()
        QApplication.processEvents()
        return pane

    return show


def test_the_history_shows_every_judgement_the_newest_first(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = HistoryPane(theme)
    pane.show_page(page_of(harbour_case()))
    shown(pane)
    said = words_of(pane)
    assert said.index("affiliate of Egret (H3)") < said.index("own account (H1)")
    for words in (
        "Version 2, stands",
        "Version 1, superseded by version 2 on 1 Mar 2024",
        "Supersedes: version 1 of 4 Dec 2023",
        "Changed: Likelihood was roughly even.\nConfidence was low.\nIt judged H1 Heron alone.",
        "4 Dec 2023, Analyst, version 1",
        "Basis: One press report",
    ):
        assert words in said
    terms = [one.accessibleName() for one in pane.findChildren(FoldingLikelihood)]
    steps = [one.accessibleName() for one in pane.findChildren(FoldingConfidence)]
    assert terms == [
        "Likelihood: likely 55–80\N{NO-BREAK SPACE}%",
        "Likelihood: roughly even 45–55\N{NO-BREAK SPACE}%",
    ]
    assert steps == ["Confidence: medium", "Confidence: low"]


def test_versions_are_counted_however_long_the_chain_even_in_a_ring(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    chain = [
        assessment(f"j{place}", "h1", supersedes=f"j{place - 1}", date=f"2024-01-0{place}")
        for place in range(1, 6)
    ]
    pane = HistoryPane(theme)
    pane.show_page(page_of(case(hypothesis("h1"), *chain)))
    shown(pane)
    headers = [one.accessibleName() for one in pane.findChildren(SectionHeader)[1:]]
    assert headers[0] == "Version 5, stands"
    assert "Supersedes: a version that is not held here" in words_of(pane)
    ring = (
        assessment("j1", "h1", supersedes="j2"),
        assessment("j2", "h1", supersedes="j1", confidence=Confidence.HIGH),
    )
    pane.show_page(page_of(case(hypothesis("h1"), *ring)))
    QApplication.processEvents()
    assert len([one for one in pane.findChildren(Judgement) if one.isVisible()]) == 2


def test_the_history_is_read_and_closed_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    dialog = HistoryDialog(theme, None, page_of(harbour_case()))
    chosen: list[str] = []
    dialog.row_chosen.connect(chosen.append)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.resize(620, 300)
    QApplication.processEvents()
    QTest.keyClick(dialog.page, Qt.Key.Key_PageDown)
    assert dialog.page.verticalScrollBar().value() > 0
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert chosen == []
