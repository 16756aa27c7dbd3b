"""The Attribution screen on a desk: a worked incident, three of a feed, and the places asked for.

``python tests/ui/attribution_desk.py FOLDER [DATABASE]`` draws it in light and dark, at 100 and
150 %. Whoever changes the screen looks at the pictures beside the design.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from case_samples import (
    actor_id,
    assessment,
    claim,
    document,
    evidence,
    hypothesis,
    row_id,
    subject,
)
from client_samples import labels
from eurepoc_samples import incidents
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from store_samples import take

from briefing.core.case import Row, Suspected
from briefing.core.case_words import (
    Claimant,
    ClaimStatus,
    EvidenceKind,
    Purpose,
    Relevance,
    Supposes,
)
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.services.cases import CaseBook
from briefing.services.library import Library
from briefing.settings import Settings, SettingsFile
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.labels import write_labels
from briefing.store.migrate import open_knowledge
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.attribution import AttributionView
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.prose import Prose

NOW = datetime(2026, 11, 12, 12, tzinfo=UTC)
RAID = row_id("incident", "raid")
PUMPS, FOX, QUIET = (incident_id(str(number)) for number in (1, 2, 3))
PATIENCE = 20.0


def raid(**more: str) -> tuple[Row, ...]:
    """Two claims, three pieces of evidence of two origins, three answers, one judgement."""
    return (
        subject(
            types=("sabotage",),
            sectors=("transport",),
            countries=("DE",),
            victim="The harbour",
            documents=(document("harbour"),),
            **more,
        ),
        claim(
            "a",
            claimant=Claimant.ACTOR,
            by="Heron",
            channel="leak site",
            basis="Attacker confirms",
            status=ClaimStatus.CONTESTED,
            stated_motive="a debt that was not paid",
            suspected=(Suspected(Purpose.CREDIBILITY, "nobody knew them before"),),
            reliability="E",
            origin="Statement of Heron",
            documents=(document("statement"), document("mirror", published="")),
            place=0,
        ),
        claim("b", accused="Egret", actor=actor_id("Egret"), place=1),
        evidence(
            "e1",
            bears_on=("a", "b"),
            text="Entry by a call to the help desk",
            kind=EvidenceKind.TTP,
            origin="Report of the coast guard",
            place=0,
        ),
        evidence(
            "e2",
            bears_on=("b",),
            text="A server that Egret rented before",
            reliability="A",
            credibility=2,
            relevance=Relevance.HIGH,
            origin="report of  the coast guard",
            place=1,
        ),
        evidence("e3", text="The filing names nobody", kind=EvidenceKind.OFFICIAL, place=2),
        hypothesis("h1", {"e1": "C", "e2": "I", "e3": "N"}, short="Heron alone", place=0),
        hypothesis("h2", {"e1": "C", "e2": "CC", "e3": "N"}, short="Egret alone", place=1),
        hypothesis("h3", {"e1": "N"}, short="Somebody else", supposes=Supposes.UNKNOWN, place=2),
        assessment("j1", "h2", gaps=("Nobody has seen the machines.",)),
    )


FEED = (
    {
        "name": "Pumps of a waterworks stopped",
        "start_date": "2021-05-03",
        "description": "Pumps stood still for an hour.",
        "receiver_country": "['Germany']",
        "receiver_category": "[['Critical infrastructure']]",
        "receiver_category_subcode": "[['Water']]",
        "attribution_date": "2021-05-04",
        "attribution_basis": "Attacker confirms",
        "attributing_actor": "Grey Heron",
        "attributed_initiator": "Grey Heron",
    },
    {
        "name": "Fox raid on a ministry",
        "start_date": "2022-02-01",
        "receiver_country": "['France']",
        "attribution_date": "2022-02-02; 2022-03-01",
        "attribution_basis": "Attacker confirms; Media-based attribution",
        "attributing_actor": "Fox; Morning Paper",
        "attributed_initiator": "Fox; Fox",
    },
    {"name": "Nobody says who did it", "start_date": "2020-01-01"},
)


def empty_database(path: Path) -> Path:
    """A knowledge database with the words of codes and nothing else."""
    connection = open_knowledge(path)
    with immediate(connection, path):
        write_labels(
            connection,
            [one for kind in labels().by_kind.values() for one in kind.values()],
        )
    connection.close()
    return path


def database(path: Path, *, worked: bool = True) -> Path:
    """The same with three incidents of a feed and, where ``worked``, one of our own."""
    empty_database(path)
    connection = open_knowledge(path)
    take(connection, path, incidents(*FEED))
    connection.close()
    if worked:
        CaseBook(path).save(raid(), now="2024-03-01T09:00:00.000Z")
    return path


@lru_cache(maxsize=1)
def _theme() -> Theme:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Theme(scheme="light")
    made.apply(app)
    return made


class AttributionDesk:
    """The screen, and the places it asked for."""

    def __init__(self, path: Path, folder: Path, theme: Theme | None = None) -> None:
        self.theme = theme or _theme()
        self.jobs = Jobs()
        self.library = Library(KnowledgeFile(path))
        self.settings = SettingsFile(folder / "settings.json")
        self.settings.keep(replace(Settings(), analyst="Analyst"))
        self.ceiling = Tlp.RED
        self.places: list[Place] = []
        self.view = AttributionView(
            self.theme,
            self.jobs,
            self.library,
            self.settings,
            lambda: self.ceiling,
            lambda: NOW,
        )
        self.view.navigate.connect(self._go)
        self.view.resize(1304, 852)
        self.view.show()

    def _go(self, place: Place) -> None:
        self.places.append(place)
        if place.screen == "attribution":
            self.view.show_place(place)

    def show(self, subject_: str = "", detail: str = "") -> AttributionView:
        """Show a place and wait until it is read."""
        self.view.show_place(Place("attribution", subject_, detail))
        self.settle()
        return self.view

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.until(lambda: not self.jobs.busy)

    def until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, "it never came"
            QTest.qWait(10)
        QApplication.processEvents()

    def names(self) -> list[str]:
        """The incidents in the list."""
        return [row.name for row in self.view.list.model.rows]

    def press(self, widget: QWidget, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(widget, key)
        QApplication.processEvents()

    def end(self) -> None:
        """Close and delete at once: whatever lingers is dressed anew with every theme."""
        self.jobs.shutdown()
        self.view.close()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(self.view, QEvent.Type.DeferredDelete.value)
        self.library.knowledge.close()
        if self.theme.factor != 1.0:
            self.theme.set_factor(1.0)


def words(widget: QWidget) -> str:
    """Everything a widget says."""
    QApplication.processEvents()
    found = [
        one.text()
        for kind in (Label, Prose)
        for one in widget.findChildren(kind)
        if one.isVisibleTo(widget)
    ]
    return " ".join(text for text in found if text)


def notices(widget: QWidget) -> list[str]:
    """Titles of the notices that are shown."""
    QApplication.processEvents()
    return [one.accessibleName() for one in widget.findChildren(Notice) if one.isVisibleTo(widget)]


def draw(folder: Path, path: Path | None = None) -> None:
    """Draw the screen: a worked incident, one of a feed, the list, nothing yet."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept:
        own = database(Path(kept) / "knowledge.db")
        bare = empty_database(Path(kept) / "empty.db")
        shots = (
            ("page", path or own, "", ""),
            ("list", path or own, "", "list"),
            ("feed", own, PUMPS, ""),
            ("empty", bare, "", ""),
        )
        for scheme, factor in (("light", 1.0), ("dark", 1.0), ("light", 1.5), ("dark", 1.5)):
            theme = Theme(scheme="light" if scheme == "light" else "dark", factor=factor)
            theme.apply(app)
            for name, file, subject_, detail in shots:
                with tempfile.TemporaryDirectory() as settings:
                    desk = AttributionDesk(file, Path(settings), theme)
                    desk.show(subject_, detail)
                    QTest.qWait(100)
                    picture = desk.view.grab()
                    picture.save(str(folder / f"{name}-{scheme}-{round(factor * 100)}.png"))
                    desk.jobs.shutdown()
                    desk.view.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    draw(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
