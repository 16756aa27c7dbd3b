"""Starting, and what the open window costs, beside a bare window of the same binding."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from measure import Report, median
from PySide6.QtCore import QEventLoop, QSocketNotifier, QTimer

from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui import screens
from briefing.ui.navigation import Place
from briefing.ui.program import Program

BARE = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, told)
        return False

def told():
    print("Painted", flush=True)
    window.close()

app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1440, 900)
window.setCentralWidget(QLabel("bare"))
painted = Painted()
window.installEventFilter(painted)
window.show()
app.exec()
"""
RUNS = 7
SETTLING = 1500
"""Milliseconds within which a change of colours or text size is over."""
CHANGES = 3


def run(command: list[str], home: Path) -> tuple[list[float], float]:
    """Seconds from the start of a process to each line it prints, and its memory in MB after them.

    Wall-clock time from before the process exists, so that the interpreter's own start counts.
    """
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment |= {name: str(home) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    # A person's computer keeps compiled modules; a machine for tests may be told not to.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told: list[float] = []
        largest = 0.0
        usage = psutil.Process(process.pid)
        for _line in process.stdout:
            told.append(time.perf_counter() - begun)
            largest = max(largest, usage.memory_info().rss / 2**20)
    assert process.returncode == 0
    return told, largest


def test_start_to_painted_window(report: Report, bundled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "threat-briefing" / "knowledge.db"
    copy.parent.mkdir()
    shutil.copyfile(bundled, copy)
    ours_command = [sys.executable, "-m", "briefing", "--check-start"]
    bare_command = [sys.executable, "-c", BARE]
    run(ours_command, tmp_path)
    ours, bare = [], []
    for _ in range(RUNS):
        bare.append(run(bare_command, tmp_path))
        ours.append(run(ours_command, tmp_path))
    floor = median([told[0] for told, _ in bare])
    for place, what in enumerate(("window with its list", "page beside the list")):
        start = median([told[place] for told, _ in ours])
        report.add(
            f"start to the {what} painted",
            f"{start:.2f} s",
            f"bare PySide6 window {floor:.2f} s: {start / floor:.2f} ×",
            "≤ 1.5 × and ≤ +0.5 s",
            start <= 1.5 * floor and start <= floor + 0.5,
        )
    memory, least = median([m for _, m in ours]), median([m for _, m in bare])
    report.add(
        "memory of the open window",
        f"{memory:.0f} MB",
        f"bare PySide6 window {least:.0f} MB: +{memory - least:.0f} MB",
        "≤ +120 MB",
        memory - least <= 120,
    )


class Pulse:
    """The longest time for which nothing from outside, such as a key, would have been heard."""

    def __init__(self) -> None:
        """Nothing is measured yet."""
        self._near, self._far = socket.socketpair()
        self._far.send(b"-")  # never read: there is something to hear in every turn of the loop
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read)
        self._notifier.setEnabled(False)
        self._notifier.activated.connect(self._on_notifier_activated)
        self._last = self._longest = 0.0

    def longest(self, change: Callable[[], None]) -> float:
        """The longest silence around a change, in seconds."""
        loop = QEventLoop()
        QTimer.singleShot(SETTLING // 10, change)
        QTimer.singleShot(SETTLING, loop.quit)
        self._last, self._longest = time.perf_counter(), 0.0
        self._notifier.setEnabled(True)
        loop.exec()
        self._notifier.setEnabled(False)
        return self._longest

    def end(self) -> None:
        """Close both ends."""
        for end in (self._near, self._far):
            end.close()

    def _on_notifier_activated(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


@contextmanager
def _opened(bundled: Path, folder: Path) -> Iterator[tuple[Program, Library]]:
    library = Library(KnowledgeFile(bundled))
    program = Program(library, SettingsFile(folder / "settings.json"), folder / "workspace.db")
    program.window.resize(screens.SIZE)
    program.window.show()
    try:
        yield program, library
    finally:
        program.end()


@pytest.mark.usefixtures("qapp")
@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_changing_colours_and_text_size(report: Report, bundled: Path, tmp_path: Path) -> None:
    with _opened(bundled, tmp_path) as (program, library):
        largest = max(library.actors, key=lambda row: row.statements).id
        # Every screen has been opened: each has widgets that are told of the change.
        for place in (
            Place("briefings", largest),
            Place("help"),
            Place("actors", largest),
        ):
            program.window.go(place)
            screens.settle(program)
        pulse, theme = Pulse(), program.theme
        changes: tuple[tuple[str, Callable[[], None], Callable[[], None]], ...] = (
            (
                "colours",
                lambda: theme.set_scheme("dark"),
                lambda: theme.set_scheme("light"),
            ),
            ("text size", lambda: theme.set_factor(1.25), lambda: theme.set_factor(1.0)),
        )
        theme.set_scheme("light")
        for what, there, back in changes:
            screens.settle(program)
            silences = [pulse.longest(way) for _ in range(CHANGES) for way in (there, back)]
            longest = median(silences)
            report.add(
                f"longest stop at a change of {what}, every screen open",
                f"{longest * 1000:.0f} ms",
                "-",
                "≤ 100 ms",
                longest <= 0.1,
            )
        pulse.end()
