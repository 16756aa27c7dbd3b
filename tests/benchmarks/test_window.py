"""Starting, and what the open window costs, beside a bare window of the same binding."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

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
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    spent = time.perf_counter() - begun
    assert os.waitstatus_to_exitcode(status) == 0
    return spent, usage.ru_maxrss / 1024


def test_start_to_painted_window(report: Report, bundled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "threat-briefing" / "knowledge.db"
    copy.parent.mkdir()
    shutil.copyfile(bundled, copy)
    ours_command = [sys.executable, "-m", "briefing", "--check-start"]
    bare_command = [sys.executable, "-c", BARE]
    ours, bare = [], []
    for _ in range(RUNS):
        bare.append(run(bare_command, tmp_path))
        ours.append(run(ours_command, tmp_path))
    start, floor = median([s for s, _ in ours]), median([s for s, _ in bare])
    report.add(
        "start to painted window",
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
