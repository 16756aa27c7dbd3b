"""Matrices on a desk: shown with the bundled data, walked through and clicked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from briefing.core.targeting import TargetingFilter
from briefing.services.targeting import TargetingIndex
from briefing.ui.views.matrix import MatrixView
from briefing.ui.widgets.matrix_grid import MatrixGrid

EVERYTHING = TargetingFilter()
SIZE = QSize(924, 640)
"""A tab of the Map screen inside a window of 1440 × 900."""


def shown(qtbot: QtBot, view: MatrixView, index: TargetingIndex) -> MatrixView:
    """Show everything in a view of the usual size."""
    qtbot.addWidget(view)
    view.resize(SIZE)
    view.set_targeting(index, EVERYTHING)
    view.show()
    qtbot.waitExposed(view)
    return view


def press(view: MatrixView, *keys: Qt.Key, far: bool = False) -> None:
    """Press keys on the matrix; ``far`` with Ctrl."""
    modifier = Qt.KeyboardModifier.ControlModifier if far else Qt.KeyboardModifier.NoModifier
    view.grid.setFocus(Qt.FocusReason.TabFocusReason)
    for key in keys:
        QTest.keyClick(view.grid, key, modifier)


def click(qtbot: QtBot, grid: MatrixGrid, point: QPoint) -> None:
    """Click on a place of the matrix."""
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=point)
