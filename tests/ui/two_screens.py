"""A talk on two screens, played through in a process of its own, which prints what it saw.

Qt takes the screens of its offscreen platform from a file when it starts, so a test cannot have
them otherwise. Run with that platform; the answer is one JSON object on standard output.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sample_brief import gamaredon

from briefing.ui.theme import Theme
from briefing.ui.views.present import PresentWindow
from briefing.ui.views.present_stage import SETTLING


def main() -> None:
    """Present, change over, lose the projector, have it back."""
    app = QApplication([])
    theme = Theme(scheme="light")
    theme.apply(app)
    connected = sorted(QGuiApplication.screens(), key=lambda screen: screen.geometry().x())
    there: list[QScreen] = list(connected)
    program = QWidget()
    program.setGeometry(200, 200, 600, 400)
    program.show()
    window = PresentWindow(theme, gamaredon(), program, screens=lambda: there)
    window.start(4)
    seen: dict[str, Any] = {"started": _state(window)}
    QTest.keyClick(window.desk.slide, "x")
    seen["changed over"] = _state(window)
    QTest.keyClick(window.desk.slide, "x")
    QTest.keyClick(window.desk.slide, "b")
    seen["covered"] = _state(window)
    QTest.keyClick(window.desk.slide, "b")
    beamer = there.pop()
    app.screenRemoved.emit(beamer)
    _wait()
    seen["unplugged"] = _state(window)
    there.append(beamer)
    app.screenAdded.emit(beamer)
    _wait()
    seen["plugged in"] = _state(window)
    ended: list[int] = []
    window.ended.connect(ended.append)
    window.desk.close()
    seen["ended"] = ended
    sys.stdout.write(json.dumps(seen))


def _state(window: PresentWindow) -> dict[str, Any]:
    for _ in range(200):
        QTest.qWait(20)
        if window.slides and not window.images.busy:
            break
    image = window.slide.image
    return {
        "two": window.stage.two_screens,
        "number": window.talk.number,
        "blank": window.slide.blank,
        "slide": window.slide.isVisible() and list(window.geometry().getRect()),
        "desk": window.desk.isVisible() and list(window.desk.window().geometry().getRect()),
        "own window": window.desk.isWindow(),
        "covered": window.desk.covered.text(),
        "image": None if image is None else [image.width(), image.height()],
        "kept": window.images.kept,
    }


def _wait() -> None:
    QTest.qWait(SETTLING + 100)


if __name__ == "__main__":
    main()
