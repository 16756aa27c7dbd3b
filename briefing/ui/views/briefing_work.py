"""What the Briefings screen has done by workers: compose, draw pages, check, export, remember.

Nothing here touches a widget. Pictures are ``QImage``, which any thread may make.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from briefing.core.brief import Brief
from briefing.core.client import Client
from briefing.core.errors import BriefingError, CancelledError
from briefing.exports import pdf
from briefing.exports.manifest import manifest
from briefing.exports.registry import ExportFormat
from briefing.services.clients import ClientShelf
from briefing.services.export_brief import ExportedFile, export_brief
from briefing.services.recipes.registry import recipe_named
from briefing.services.task import Task
from briefing.services.technology import KnownTechnology, known_technology
from briefing.services.withheld import WithheldLine, withheld_lines
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import Delivery, Workspace
from briefing.ui.views.briefing_composing import Composer
from briefing.ui.views.briefing_remarks import Remarks, read_remarks
from briefing.ui.views.briefing_wish import (
    Offer,
    Wish,
    offers_of,
    wanted_notes,
    wanted_sections,
)

__all__ = ["Drawn", "Exported", "Offer", "Preview", "Wish", "export_files"]

THUMBNAIL_WIDTH = 116
"""Pixels: twice what a thumbnail is drawn with, for sharp screens."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages as pictures, and the same small, in print order."""

    ppi: float
    pages: tuple[QImage, ...]
    thumbnails: tuple[QImage, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A composed briefing with its pages, and the sections it could have.

    Attributes:
        withheld: The first of what the ceiling kept out, for the author only.
        remarks: What the author should know of the notes.
    """

    wish: Wish
    brief: Brief
    offers: tuple[Offer, ...]
    drawn: Drawn
    withheld: tuple[WithheldLine, ...] = ()
    remarks: Remarks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A briefing that was composed and cannot be printed as it is.

    Attributes:
        offers: Its sections, so that what stands in the way can be switched off.
        error: What stands in the way.
    """

    wish: Wish
    offers: tuple[Offer, ...]
    error: BriefingError
    remarks: Remarks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing new, because a note cannot be printed; what was shown before still stands.

    Attributes:
        offers: The sections there are.
        remarks: What is the matter with which note.
        faulty: The first section of which the note cannot be printed.
    """

    wish: Wish
    offers: tuple[Offer, ...]
    remarks: Remarks
    faulty: Offer


@dataclass(frozen=True, slots=True)
class Known:
    """What can be chosen from, beside what the database is known to hold.

    Attributes:
        clients: The clients of the workspace, by name.
        deliveries: What was handed over, newest first.
        technology: Products the database knows.
    """

    clients: tuple[Client, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    technology: KnownTechnology = field(default_factory=lambda: KnownTechnology({}))


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and what stopped the rest of it (None where nothing did)."""

    brief: Brief
    files: tuple[ExportedFile, ...]
    problem: BriefingError | None = None


def make_preview(
    composer: Composer,
    wish: Wish,
    ppi: float,
    task: Task,
    offers: tuple[Offer, ...] = (),
) -> Preview | Refused | Held:
    """Compose what is wanted and draw its pages.

    Args:
        composer: Composes, from the open database.
        wish: What is wanted.
        ppi: Pixels an inch of the pictures.
        task: Progress and cancel.
        offers: The sections there are, where they are known from the preview before.

    Raises:
        CancelledError: when nobody waits for it any more.
        BriefingError: when it cannot be composed; the sentence says why.
    """
    task.report(0, 2, "Reading what is said")
    if not offers:
        whole = composer.compose(wish.request(None, ()))
        offers = offers_of(whole, recipe_named(wish.kind).sections)
        task.check()
    remarks, noted = read_remarks(wish.notes), wanted_notes(offers, wish)
    faulty = next((offer for offer, _ in noted if remarks[offer.key].error), None)
    if faulty is not None:
        return Held(wish, offers, remarks, faulty)
    notes = tuple((offer.first, text) for offer, text in noted)
    brief = composer.compose(wish.request(wanted_sections(offers, wish), notes))
    task.report(1, 2, "Setting the pages")
    try:
        drawn = draw_pages(brief, ppi, task)
    except CancelledError:
        raise
    except BriefingError as error:
        return Refused(wish, offers, error, remarks)
    withheld = withheld_lines(composer.knowledge, wish.subject, brief.withheld)
    return Preview(wish, brief, offers, drawn, withheld, remarks)


def draw_pages(brief: Brief, ppi: float, task: Task) -> Drawn:
    """The pages as pictures of so many pixels an inch.

    Raises:
        BriefingError: when the pages cannot be set.
    """
    task.check()
    pages = []
    for content in pdf.pages(brief, ppi):
        task.check()
        page = QImage.fromData(content)
        pages.append(page.convertToFormat(QImage.Format.Format_RGB32))
    smooth = Qt.TransformationMode.SmoothTransformation
    small = tuple(page.scaledToWidth(THUMBNAIL_WIDTH, smooth) for page in pages)
    return Drawn(ppi, tuple(pages), small)


def too_long(brief: Brief, pages: int) -> tuple[str, ...]:
    """The longest sections of an executive page that runs over; empty where it fits.

    Raises:
        BriefingError: when the pages cannot be set.
    """
    if pages <= 1:
        return ()
    return pdf.overflow(brief)


def export_files(
    brief: Brief, targets: Sequence[tuple[ExportFormat, Path]], task: Task
) -> Exported:
    """Write a briefing in several formats; what was written before a fault stays."""
    files: list[ExportedFile] = []
    for target, path in targets:
        try:
            files.append(export_brief(brief, target, path, task))
        except BriefingError as error:
            return Exported(brief, tuple(files), error)
    return Exported(brief, tuple(files))


def record_delivery(workspace: Path, wish: Wish, exported: Exported, at: str) -> None:
    """Remember what was handed over: about what, as the recipe knows it, and for whom.

    Its audience is the client it was made for, or else the level it was made for.

    Raises:
        DatabaseError: when the workspace cannot be written.
    """
    brief = exported.brief
    delivery = Delivery(
        kind=brief.kind,
        subject=wish.subject,
        title=brief.title,
        audience=wish.client.name if wish.client is not None else brief.ceiling.code,
        tlp=brief.tlp.code,
        delivered_at=at,
        manifest=manifest(brief).decode("utf-8"),
        files=tuple(str(file.path) for file in exported.files),
    )
    opened = Workspace(workspace)
    try:
        opened.record_delivery(delivery)
    finally:
        opened.close()


def read_deliveries(workspace: Path) -> tuple[Delivery, ...]:
    """What was delivered, newest first.

    Raises:
        DatabaseError: when the workspace cannot be read.
    """
    opened = Workspace(workspace)
    try:
        return opened.deliveries()
    finally:
        opened.close()


def read_known(workspace: Path, knowledge: KnowledgeFile) -> Known:
    """What can be chosen from.

    Raises:
        DatabaseError: when the workspace or the database cannot be read.
    """
    with ClientShelf(workspace) as shelf:
        clients = shelf.all()
    return Known(clients, read_deliveries(workspace), known_technology(knowledge))
