"""The Sources screen in a window, for its tests: what is shown, pressed, written and told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from stix_samples import attack, bundle, matrix, ref, relation
from update_samples import Drawer

from briefing.services.library import Library
from briefing.services.tokens import Tokens
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.sources import SourcesView
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LONG = 60_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""


def heron(number: int, day: int = 1, **fields: Any) -> dict[str, Any]:
    """An actor as ATT&CK writes one, changed on a day of March 2024."""
    own = {"name": f"Heron {number}", "x_mitre_version": "1.0", "aliases": [f"Heron {number}"]}
    stamp = f"2024-03-{day:02d}T10:00:00.000Z"
    return {**attack("intrusion-set", number, f"G9{number:03d}", **{**own, **fields})} | {
        "modified": stamp
    }


def technique(number: int) -> dict[str, Any]:
    """A technique of a whole release."""
    return attack("attack-pattern", number, f"T9{number:03d}", name=f"Wading {number}")


def uses(number: int, actor: int, what: int) -> dict[str, Any]:
    """That an actor uses a technique."""
    return relation(
        "uses",
        ref("intrusion-set", actor),
        ref("attack-pattern", what),
        number,
        created_by_ref=matrix()["created_by_ref"],
    )


def release(folder: Path, name: str, *objects: dict[str, Any]) -> Path:
    """A whole release of ATT&CK, of our own words."""
    return written(folder / name, bundle(matrix(), *objects))


def written(path: Path, content: bytes | str | dict[str, Any]) -> Path:
    """A file with this content."""
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def first_release(folder: Path) -> Path:
    """Two actors, of whom one uses a technique."""
    return release(folder, "first.json", heron(1), heron(2), technique(1), uses(1, 1, 1))


def second_release(folder: Path) -> Path:
    """One actor changes, one is new with a technique, one technique is gone."""
    changed = heron(
        1, 9, x_mitre_version="1.1", aliases=["Heron 1", "Grey", "Ash"], description="It wades."
    )
    new = (heron(3, 9), technique(2), uses(2, 3, 2))
    return release(folder, "second.json", changed, heron(2), *new)


class SourcesDesk:
    """The screen, the places it asked for, and its database."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path, path: Path | None = None) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.path = path or folder / "knowledge.db"
        open_knowledge(self.path).close()
        self.knowledge = KnowledgeFile(self.path)
        self.drawer = Drawer()
        self.jobs = Jobs()
        self.places: list[Place] = []
        self.changed = 0
        self.view = SourcesView(
            theme,
            self.jobs,
            Library(self.knowledge),
            SettingsFile(folder / "settings.json"),
            lambda: NOW,
            Tokens(lambda: self.drawer),
        )
        self.view.navigate.connect(self._go)
        self.view.data_changed.connect(self._on_data_changed)
        self.window = QWidget()
        box = QVBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        # As the program's window: what is too narrow is squeezed, and has to cope.
        self.window.setMinimumSize(300, 300)
        self.window.resize(1304, 852)
        qtbot.addWidget(self.window)
        self.window.show()
        self.go("")

    def _go(self, place: Place) -> None:
        self.places.append(place)
        if place.screen == "sources":
            self.view.show_place(place)

    def _on_data_changed(self) -> None:
        self.changed += 1
        self.view.reload()

    def go(self, subject: str) -> None:
        """Go to a place of the screen."""
        self.view.show_place(Place("sources", subject))
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.view.busy and not self.jobs.busy, timeout=LONG)
        QTest.qWait(60)  # What other screens are told comes a little later.
        self.qtbot.waitUntil(lambda: not self.view.busy and not self.jobs.busy, timeout=LONG)

    def read(self, *files: Path) -> None:
        """Import files as far as the preview."""
        self.view.import_paths(files)
        self.settle()

    def apply(self) -> None:
        self.view.pages.preview.bar.apply.click()
        self.settle()

    def take(self, *files: Path) -> None:
        """Import files, and say yes."""
        self.read(*files)
        self.apply()

    def click(self, words: str, inside: QWidget | None = None) -> None:
        """Press the visible button whose words, or whose accessible name, begin so."""
        QApplication.processEvents()
        found = [
            button
            for button in (inside or self.window).findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled() and _named(button, words)
        ]
        assert found, f"no button “{words}”"
        found[0].click()

    def click_undo(self, table: QTableView, row: int) -> None:
        """Click what stands in the last column of a history."""
        QApplication.processEvents()
        cell = table.model().index(row, table.model().columnCount() - 1)
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(cell).center()
        )

    def press(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is."""
        focus = self.window.focusWidget()
        QTest.keyClick(focus if focus is not None else self.view, key)

    def activate(self) -> None:
        """Give the window the keyboard, and the list in it."""
        self.window.activateWindow()
        with self.qtbot.waitActive(self.window):
            pass
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def tab_to(self, wanted: Callable[[QWidget], bool]) -> QWidget:
        """Press Tab until the keyboard is at something."""
        for _ in range(80):
            focus = self.window.focusWidget()
            if focus is not None and wanted(focus):
                return focus
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("Tab does not lead there.")

    def notices(self) -> list[tuple[str, str]]:
        """Title and text of every notice that is shown."""
        QApplication.processEvents()
        found = self.window.findChildren(Notice)
        return [
            (one.accessibleName(), one.accessibleDescription()) for one in found if one.isVisible()
        ]

    def told(self) -> str:
        """The same as one text."""
        return "\n".join(f"{title} {text}".strip() for title, text in self.notices())

    def said(self) -> str:
        """Everything that labels say."""
        QApplication.processEvents()
        found = []
        for label in self.window.findChildren(Label):
            if label.isVisible():
                named = isinstance(label, WrappedLabel) and label.accessibleName()
                found.append(named or label.text())
        return "\n".join(found)

    def snapshots(self) -> int:
        """How many imports the file holds."""
        [(number,)] = self.rows("SELECT count(*) FROM snapshot")
        return int(number)

    def held(self, kind: str = "") -> list[str]:
        """Native ids of the current records, of a kind where one is given."""
        query = "SELECT native_id, kind FROM record WHERE to_snapshot IS NULL ORDER BY native_id"
        return [native for native, one in self.rows(query) if kind in ("", one)]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives, read anew."""
        return [tuple(row) for row in KnowledgeFile(self.path).connection.execute(query)]


def cells(table: QTableView) -> list[list[str]]:
    """Every cell as shown, row by row."""
    model = table.model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data() or "") for column in columns]
        for row in range(model.rowCount())
    ]


def spoken(table: QTableView, row: int) -> list[str]:
    """What a screen reader says of a row."""
    model = table.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, column).data(role)) for column in range(model.columnCount())]


def _named(button: QAbstractButton, words: str) -> bool:
    return button.text().startswith(words) or button.accessibleName().startswith(words)
