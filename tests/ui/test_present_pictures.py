"""Pictures of a talk are complete and alike whenever they are taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from briefing import paths
from briefing.services.library import Library
from briefing.store.connection import KnowledgeFile
from briefing.ui import screens

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")


def test_pictures_of_a_talk_are_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shots = tuple(shot for shot in screens.SHOTS if shot.name.startswith("present"))
    monkeypatch.setattr(screens, "SHOTS", shots)
    monkeypatch.setattr(screens, "SCHEMES", ("dark",))
    monkeypatch.setattr(screens, "TEXT_SIZES", (100,))
    library = Library(KnowledgeFile(paths.bundled_database()))
    first = list(screens.draw_all(library, tmp_path / "a"))
    second = list(screens.draw_all(library, tmp_path / "b"))
    assert [path.name for path in first] == ["present-dark-100.png", "present-notes-dark-100.png"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    audience, desk = (QImage(str(path)) for path in first)
    assert audience.size() == desk.size() == screens.SIZE
    # The slide is white in a dark program too, with black above and below it.
    assert audience.pixelColor(720, 600).name() == "#ffffff"
    assert audience.pixelColor(720, 10).name() == "#000000"
