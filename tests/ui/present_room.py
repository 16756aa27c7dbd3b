"""A talk on the one screen there is, for its tests: what is pressed, waited for and seen."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.brief import Brief
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.present import PresentWindow

LONG = 60_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""
Key = Qt.Key


class Clocks:
    """A clock and a time of day that stand until they are moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.now = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)


class Room:
    """A talk on the one screen there is."""

    def __init__(self, qtbot: QtBot, theme: Theme, brief: Brief, jobs: Jobs | None = None) -> None:
        self.qtbot = qtbot
        self.clocks = Clocks()
        self.ended: list[int] = []
        self.window = PresentWindow(
            theme,
            brief,
            jobs=jobs,
            now=lambda: self.clocks.now,
            seconds=lambda: self.clocks.seconds,
        )
        self.window.ended.connect(self.ended.append)

    def start(self, number: int = 1) -> Room:
        self.window.start(number)
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the slides are made and every picture that is wanted is there."""
        self.qtbot.waitUntil(lambda: bool(self.window.slides), timeout=LONG)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.window.images.busy, timeout=LONG)

    def press(
        self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            target = QApplication.focusWidget() or self.window
            QTest.keyClick(target, key, held)

    @property
    def number(self) -> int:
        return self.window.talk.number

    def middle(self) -> QColor:
        """The colour in the middle of what the audience sees."""
        image: QImage = self.window.grab().toImage()
        return image.pixelColor(image.rect().center())
