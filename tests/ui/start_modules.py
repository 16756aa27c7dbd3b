"""The window with its first screen, in a process of its own, which prints what it has loaded.

Standard output holds one JSON object: the modules once the first screen stands whole, and those
once the Briefings screen was opened after it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from briefing import paths
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.navigation import Place
from briefing.ui.program import Program


def main(folder: Path) -> None:
    """Start, look, open the Briefings screen, look again, and end."""
    loaded: dict[str, list[str]] = {}
    library = Library(KnowledgeFile(paths.bundled_database()))
    program = Program(library, SettingsFile(folder / "settings.json"), folder / "workspace.db")

    def look() -> None:
        loaded["first screen"] = sorted(sys.modules)
        program.window.go(Place("briefings"))
        QTimer.singleShot(0, look_again)

    def look_again() -> None:
        loaded["briefings"] = sorted(sys.modules)
        program.window.close()

    program.completed.connect(look)
    program.run()
    sys.stdout.write(json.dumps(loaded))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
