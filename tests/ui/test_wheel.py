"""The wheel belongs to the page: no closed list changes because somebody scrolled past it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot
from wheel import taken

import briefing.ui
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_audience import AudienceChoice
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.closed_list import ClosedList
from briefing.ui.widgets.scroller import Scroller

_TURNED_BY_QT = re.compile(
    r"\bQ(?:ComboBox|FontComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit|Slider|Dial)"
    r"\("
)
"""Making one of them; ``class ClosedList(QComboBox)`` is not meant."""


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


def _closed_list(theme: Theme, kind: str) -> tuple[QWidget, QComboBox]:
    if kind == "audience":
        audience = AudienceChoice(theme)
        audience.setCurrentIndex(Tlp.GREEN.value)
        return audience, audience
    if kind == "choice":
        choice = ChoiceBox(theme, "Kind", (Choice("a", "One"), Choice("b", "Other")))
        return choice, choice.box
    box = ClosedList()
    box.addItems(["One", "Other"])
    return box, box


@pytest.mark.parametrize("focused", [False, True])
@pytest.mark.parametrize("kind", ["audience", "choice", "plain"])
def test_a_closed_list_leaves_the_wheel_to_its_page(
    qtbot: QtBot, theme: Theme, kind: str, focused: bool
) -> None:
    page = Scroller(theme)
    qtbot.addWidget(page)
    widget, box = _closed_list(theme, kind)
    page.body.addWidget(widget)
    page.resize(400, 300)
    page.show()
    if focused:
        page.activateWindow()
        with qtbot.waitActive(page):
            pass
        box.setFocus()
    before = box.currentIndex()
    assert not taken(box)
    assert box.currentIndex() == before


def test_the_wheel_scrolls_a_page(qtbot: QtBot, theme: Theme) -> None:
    page = Scroller(theme)
    qtbot.addWidget(page)
    long = QWidget()
    long.setMinimumHeight(2000)
    page.body.addWidget(long)
    page.resize(400, 300)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert taken(page.viewport())
    assert page.verticalScrollBar().value() > 0


def test_every_closed_list_of_the_program_leaves_the_wheel_alone() -> None:
    folder = Path(briefing.ui.__file__).parent
    found = [
        f"{path.relative_to(folder)}: {line.strip()}"
        for path in sorted(folder.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if _TURNED_BY_QT.search(line) or re.search(r"class \w+\(Q\w*(ComboBox|SpinBox)\)", line)
    ]
    assert found == ["widgets/closed_list.py: class ClosedList(QComboBox):"]
    assert issubclass(AudienceChoice, ClosedList)
