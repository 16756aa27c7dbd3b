"""The review queue with the bundled database, and at every text size."""

from __future__ import annotations

from pathlib import Path

import pytest
from identity_desk import IdentityDesk, copied
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.prose_rows import ProseRows


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


def test_the_real_queue_is_shown_whole_and_its_decisions_when_asked(
    qtbot: QtBot, theme: Theme, bundled_database: Path, tmp_path: Path
) -> None:
    desk = IdentityDesk(qtbot, theme, copied(bundled_database, tmp_path))
    assert desk.view.list.model().rowCount() == desk.view.waiting > 20
    decisions = desk.view.decisions
    few, every = len(decisions.rows), len(desk.kept())
    assert few < every
    [link] = [one for one in decisions.findChildren(LinkButton) if one.text() == f"All {every}"]
    link.click()
    desk.settle()
    assert len(decisions.rows) == every
    link.click()
    desk.settle()
    assert len(decisions.rows) == few


def test_the_real_queue_can_be_answered_row_by_row(
    qtbot: QtBot, theme: Theme, bundled_database: Path, tmp_path: Path
) -> None:
    desk = IdentityDesk(qtbot, theme, copied(bundled_database, tmp_path))
    before = desk.view.waiting
    for relation in desk.view.panel.buttons:
        desk.answer(relation, "A test.")
    assert desk.view.waiting < before
    assert sum(not decided.bundled for decided in desk.kept()) == 4


@pytest.mark.parametrize(("factor", "width"), [(1.0, 560), (1.5, 980), (2.0, 700)])
def test_nothing_is_cut_at_any_text_size(
    qtbot: QtBot,
    theme: Theme,
    bundled_database: Path,
    tmp_path: Path,
    factor: float,
    width: int,
) -> None:
    desk = IdentityDesk(qtbot, theme, copied(bundled_database, tmp_path))
    theme.set_factor(factor)
    desk.window.resize(width, 850)
    desk.settle()
    page = desk.view._page
    assert desk.window.width() == width
    assert page.content.width() <= page.viewport().width()
    for widget in page.content.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget.parent(), ProseRows):
            right = widget.mapTo(page.content, widget.rect().topRight()).x()
            assert right <= page.content.width()
    theme.set_factor(1.0)
