"""What the Briefings screen has done by workers: compose, draw pages, check, export, remember.

Nothing here touches a widget. Pictures are ``QImage``, which any thread may make.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from briefing.core.brief import Brief
from briefing.core.errors import BriefingError, CancelledError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.exports import pdf
from briefing.exports.manifest import manifest
from briefing.exports.registry import ExportFormat
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.export_brief import ExportedFile, export_brief
from briefing.services.recipes import actor
from briefing.services.task import Task
from briefing.services.withheld import WithheldLine, withheld_lines
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import Delivery, Workspace

THUMBNAIL_WIDTH = 116
"""Pixels: twice what a thumbnail is drawn with, for sharp screens."""

CHOOSABLE = frozenset((*actor.PAGE, *actor.FULL))
"""Keys of the sections that can be left out; sources are always printed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person has set on the screen.

    Attributes:
        subject: Id of the actor.
        ceiling: The audience's ceiling.
        one_page: Only the executive page.
        author: As typed.
        off: Keys of the sections that were switched off.
        order: Keys in the order wanted; those it does not name keep their usual place.
    """

    subject: str
    ceiling: Tlp = Tlp.CLEAR
    one_page: bool = False
    author: str = ""
    off: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    def offers_same_as(self, other: Wish) -> bool:
        """Whether both can have the same sections."""
        return (self.subject, self.ceiling, self.one_page) == (
            other.subject,
            other.ceiling,
            other.one_page,
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A section the briefing can have.

    Attributes:
        group: 0 for the executive page, 1 for the full version and its appendix.
        choosable: Whether it can be left out.
    """

    key: str
    title: str
    group: int
    choosable: bool


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
    """

    wish: Wish
    brief: Brief
    offers: tuple[Offer, ...]
    drawn: Drawn
    withheld: tuple[WithheldLine, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and what stopped the rest of it (None where nothing did)."""

    brief: Brief
    files: tuple[ExportedFile, ...]
    problem: BriefingError | None = None


def make_preview(
    knowledge: KnowledgeFile,
    wish: Wish,
    world: Callable[[], World],
    ppi: float,
    task: Task,
    offers: tuple[Offer, ...] = (),
) -> Preview | Refused:
    """Compose what is wanted and draw its pages.

    Args:
        knowledge: The open database.
        wish: What is wanted.
        world: Gives the shapes of the map.
        ppi: Pixels an inch of the pictures.
        task: Progress and cancel.
        offers: The sections there are, where they are known from the preview before.

    Raises:
        CancelledError: when nobody waits for it any more.
        BriefingError: when it cannot be composed; the sentence says why.
    """
    task.report(0, 2, "Reading what is said")
    request = BriefRequest(actor.KIND, wish.subject, wish.ceiling, wish.one_page, wish.author)
    shapes = world()
    task.check()
    wanted = wanted_sections(offers, wish) if offers else None
    brief = compose_brief(knowledge, replace(request, sections=wanted), shapes)
    if not offers:
        offers = offers_of(brief)
        wanted = wanted_sections(offers, wish)
        if wanted is not None:
            task.check()
            brief = compose_brief(knowledge, replace(request, sections=wanted), shapes)
    task.report(1, 2, "Setting the pages")
    try:
        drawn = draw_pages(brief, ppi, task)
    except CancelledError:
        raise
    except BriefingError as error:
        return Refused(wish, offers, error)
    withheld = withheld_lines(knowledge, wish.subject, brief.withheld)
    return Preview(wish, brief, offers, drawn, withheld)


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


def offers_of(brief: Brief) -> tuple[Offer, ...]:
    """The sections of a briefing that was composed with all of them."""
    return tuple(
        Offer(section.key, section.title, min(number, 1), section.key in CHOOSABLE)
        for number, part in enumerate(brief.parts)
        for section in part.sections
    )


def wanted_sections(offers: Sequence[Offer], wish: Wish) -> tuple[str, ...] | None:
    """The keys to ask the recipe for; None where all of them are wanted as they come."""
    usual = [offer.key for offer in offers if offer.choosable]
    place = {key: number for number, key in enumerate(wish.order)}
    ordered = arranged(usual, place)
    wanted = [key for key in ordered if key not in wish.off]
    return None if wanted == usual else tuple(wanted)


def arranged(keys: Sequence[str], place: dict[str, int]) -> list[str]:
    """Keys in a person's order; a key without a place stays behind the one before it."""
    ranks: list[tuple[int, int]] = []
    last = -1
    for number, key in enumerate(keys):
        last = place.get(key, last)
        ranks.append((last, number))
    return [keys[number] for _, number in sorted(ranks)]


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
    """Remember what was handed over.

    Raises:
        DatabaseError: when the workspace cannot be written.
    """
    brief = exported.brief
    delivery = Delivery(
        kind=brief.kind,
        subject=wish.subject,
        title=brief.title,
        audience=brief.ceiling.code,
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
