"""Draws profiles of the built database to PNG, for looking at while one works on them.

Run it as ``python -m tests.ui.draw_profile FOLDER [NAME…]``.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea

from briefing import paths
from briefing.core.actor import ActorProfile
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.ui.theme import Scheme, Theme
from briefing.ui.views.actor_profile import ActorProfileView

DATABASE = Path(__file__).parents[2] / "build" / "knowledge.db"
NAMES = ("APT28", "Gamaredon Group", "TA499", "APT29", "Quad7 Botnet Operators")


def draw(folder: Path, names: tuple[str, ...], schemes: tuple[Scheme, ...]) -> None:
    """Write ``NAME-scheme-factor-width.png``, each as high as its page."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(scheme="light")
    theme.apply(app)
    library = Library(KnowledgeFile(DATABASE))
    world = read_world(paths.resources_folder() / "map" / "world.json")
    view = ActorProfileView(theme, world)
    view.show()
    by_name = {row.name: row.id for row in reversed(library.actors)}
    for scheme in schemes:
        theme.set_scheme(scheme)
        for factor, width in ((1.0, 900), (1.5, 900), (1.0, 1300), (1.0, 560), (2.0, 560)):
            theme.set_factor(factor)
            for name in names:
                picture(view, library.profile(by_name[name]), QSize(width, 820)).save(
                    str(folder / f"{name.replace(' ', '-')}-{scheme}-{factor:g}-{width}.png")
                )


def picture(view: ActorProfileView, profile: ActorProfile, size: QSize) -> QPixmap:
    """The whole page at a width, not only what a window shows."""
    view.resize(size)
    view.show_profile(profile)
    view.finish()
    for _ in range(3):
        QApplication.processEvents()
    page = view.currentWidget()
    assert isinstance(page, QScrollArea)
    view.resize(size.width(), max(page.widget().height() + 2, size.height()))
    for _ in range(3):
        QApplication.processEvents()
    return view.grab()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    draw(target, tuple(sys.argv[2:]) or NAMES, ("light", "dark"))
    sys.stdout.write(f"{time.perf_counter() - begun:.1f} s\n")
