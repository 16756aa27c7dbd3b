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
from briefing.exports.registry import ExportFormat
from briefing.services.clients import ClientShelf
from briefing.services.deliveries import read_deliveries
from briefing.services.export_brief import ExportedFile, export_brief
from briefing.services.recipes.registry import recipe_named
from briefing.services.task import Task
from briefing.services.technology import KnownTechnology, known_technology
from briefing.services.withheld import WithheldLine, withheld_lines
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import Delivery
from briefing.ui.views.briefing_composing import Composer
from briefing.ui.views.briefing_remarks import Remarks, read_remarks
from briefing.ui.views.briefing_wish import (
    Offer,
    Wish,
    offers_of,
    wanted_notes,
    wanted_sections,
)

THUMBNAIL_WIDTH = 116
"""Pixels: twice what a thumbnail is drawn with, for sharp screens."""
MOST_DELIVERIES = 50
"""So many are listed: each is read with its manifest, whenever the screen is shown."""


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
    """What came of writing a briefing to some files.

    Attributes:
        files: What was written.
        problems: Everything that was not, each with its reason; being stopped is the last.
    """

    brief: Brief
    files: tuple[ExportedFile, ...]
    problems: tuple[BriefingError, ...] = ()


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
    remarks, noted = read_remarks(wish.draft.notes), wanted_notes(offers, wish)
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
    """Write a briefing in several formats; a file that cannot be written does not stop the rest.

    Args:
        brief: What to write.
        targets: Each format and its file.
        task: Progress, a step a file; cancelled, the rest is not written.
    """
    files: list[ExportedFile] = []
    problems: list[BriefingError] = []
    for place, (target, path) in enumerate(targets):
        task.report(place, len(targets), f"Writing {path.name}")
        try:
            files.append(export_brief(brief, target, path, task.quiet()))
        except CancelledError as stopped:
            problems.append(stopped)
            break
        except BriefingError as error:
            problems.append(error)
    return Exported(brief, tuple(files), tuple(problems))


def read_known(workspace: Path, knowledge: KnowledgeFile) -> Known:
    """What can be chosen from.

    Raises:
        DatabaseError: when the workspace or the database cannot be read.
    """
    with ClientShelf(workspace) as shelf:
        clients = shelf.all()
    deliveries = read_deliveries(workspace, MOST_DELIVERIES)
    return Known(clients, deliveries, known_technology(knowledge))
