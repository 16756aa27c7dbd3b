"""Starting, and what the open window costs, beside a bare window of the same binding."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
from measure import Report, median

BARE = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, window.close)
        return False

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


def run(command: list[str], home: Path) -> tuple[float, float]:
    """Wall-clock seconds of a whole process, and its largest resident memory in MB."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment |= {name: str(home) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    # A person's computer keeps compiled modules; a machine for tests may be told not to.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        usage = psutil.Process(process.pid)
        largest = 0
        while process.poll() is None:
            with contextlib.suppress(psutil.Error):
                largest = max(largest, usage.memory_info().rss)
            time.sleep(0.004)
        spent = time.perf_counter() - begun
    assert process.returncode == 0
    return spent, largest / 2**20


def test_start_to_painted_window(report: Report, bundled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "threat-briefing" / "knowledge.db"
    copy.parent.mkdir()
    shutil.copyfile(bundled, copy)
    ours_command = [sys.executable, "-m", "briefing", "--check-start"]
    bare_command = [sys.executable, "-c", BARE]
    ours, bare = [], []
    run(ours_command, tmp_path)
    for _ in range(RUNS):
        bare.append(run(bare_command, tmp_path))
        ours.append(run(ours_command, tmp_path))
    start, floor = median([s for s, _ in ours]), median([s for s, _ in bare])
    report.add(
        "start to the whole window, page beside the list included",
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
