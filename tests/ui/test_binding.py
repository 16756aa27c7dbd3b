"""What the Qt binding must not do to us."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_return_none_do_not_lose_references_to_it(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 loses one reference a call, and the process aborts in the end.
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 100
