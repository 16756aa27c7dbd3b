"""Slides on a screen: text inside its boxes, marking and number on each, one picture at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from brief_clients import PRACTICE, client_brief
from incident_briefs import MGM, brief_on
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_brief import gamaredon

from briefing import paths
from briefing.core.brief import Brief
from briefing.core.tlp import Tlp
from briefing.exports.slide_frame import NUMBER, foot_marking, top_marking
from briefing.exports.slide_lines import lines
from briefing.exports.slide_shapes import HEIGHT, WIDTH, Box, Grid, Para, Run, TextBox, Type
from briefing.exports.slides import TITLE_SLIDE, Slide, drawn, slides
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.widgets.slide_fonts import UNIT
from briefing.ui.widgets.slide_images import SlideImages
from briefing.ui.widgets.slide_painter import slide_image
from briefing.ui.widgets.slide_text import laid_out

TEXT = Type(18, 25)
LONG = 60_000


@pytest.fixture(scope="module", autouse=True)
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture(scope="module")
def briefs() -> Iterator[dict[str, Brief]]:
    """An actor, a client and an incident of the bundled database, and the sample of every block."""
    knowledge = KnowledgeFile(paths.bundled_database())
    world = read_world(paths.resources_folder() / "map" / "world.json")
    actor = Library(knowledge).search("Gamaredon Group")[0].id
    yield {
        "actor": compose_brief(knowledge, BriefRequest("actor", actor), world),
        "client": client_brief(knowledge, PRACTICE, world),
        "incident": brief_on(knowledge, MGM),
        "sample": gamaredon(),
    }
    knowledge.close()


@pytest.fixture(scope="module")
def sample() -> tuple[Slide, ...]:
    return slides(gamaredon())


def rooms(slide: Slide) -> Iterator[tuple[tuple[Para, ...], Box]]:
    """Every text of a slide with the room it was measured for."""
    for shape in drawn(slide):
        if isinstance(shape, TextBox):
            box = shape.box
            yield (
                shape.paras,
                Box(box.left + shape.inset, box.top, box.width - 2 * shape.inset, box.height),
            )
        elif isinstance(shape, Grid):
            for row in shape.rows:
                column = 0
                for cell in row.cells:
                    width = sum(shape.widths[column : column + cell.span]) - 2 * shape.pad
                    yield cell.paras, Box(0, 0, width, row.height - 2 * shape.skirt)
                    column += cell.span


def over(paras: tuple[Para, ...], room: Box) -> tuple[float, float]:
    """How far laid out text stands over the right and the lower edge of its room, in points."""
    laid = laid_out(paras, room)
    right = max(
        part.at.x() + line.x() + line.naturalTextWidth()
        for part in laid
        for line in (part.layout.lineAt(at) for at in range(part.layout.lineCount()))
    )
    last = laid[-1].layout.lineCount() * paras[-1].type.line
    return right / UNIT - room.right, laid[-1].at.y() / UNIT + last - room.bottom


@pytest.mark.parametrize("name", ["actor", "client", "incident", "sample"])
def test_no_text_of_a_briefing_stands_over_the_edge_of_its_box(
    briefs: dict[str, Brief], name: str
) -> None:
    for slide in slides(briefs[name]):
        for paras, room in rooms(slide):
            right, below = over(paras, room)
            assert right < 0.5, (slide.number, paras[0].text[:40])
            assert below < 0.01, (slide.number, paras[-1].text[:40])


def colour(image: QImage, x: float, y: float) -> QColor:
    scale = image.width() / WIDTH
    return image.pixelColor(round(x * scale), round(y * scale))


def inked(image: QImage, box: Box, ground: str) -> bool:
    """Whether anything stands on the ground of a box."""
    columns = range(int(box.left), int(box.right))
    rows = range(int(box.top), int(box.bottom))
    plain = QColor(ground)
    return any(colour(image, x, y) != plain for x in columns for y in rows)


@pytest.mark.parametrize("name", ["actor", "client", "incident"])
def test_every_slide_shows_its_marking_twice_and_its_number(
    briefs: dict[str, Brief], name: str
) -> None:
    for slide in slides(briefs[name]):
        image = slide_image(slide, QSize(960, 540))
        on_title = slide.kind == TITLE_SLIDE
        for mark in (top_marking(slide.tlp, title=on_title).box, foot_marking(slide.tlp).box):
            assert colour(image, mark.left + 4, mark.top + mark.height / 2).name() == "#000000"
            inside = Box(mark.left + 6, mark.top + 2, mark.width - 12, mark.height - 4)
            assert inked(image, inside, "#000000"), slide.number
        assert inked(image, NUMBER, slide.look.band if on_title else "#ffffff"), slide.number


def test_a_brand_colours_the_title_slide_and_never_the_marking(sample: tuple[Slide, ...]) -> None:
    image = slide_image(sample[0], QSize(960, 540))
    assert colour(image, 20, HEIGHT - 100).name() == sample[0].look.band != "#0b3c78"
    mark = top_marking(Tlp.CLEAR, title=True).box
    assert colour(image, mark.left + 4, mark.top + mark.height / 2).name() == "#000000"


def test_a_slide_is_drawn_alike_in_every_size(sample: tuple[Slide, ...]) -> None:
    """Lines break at the same words, so a small picture is a large one made smaller."""
    small = slide_image(sample[2], QSize(480, 270))
    large = slide_image(sample[2], QSize(1920, 1080)).scaled(480, 270)
    rows = range(0, 270, 3)
    apart = [
        abs(small.pixelColor(x, y).lightness() - large.pixelColor(x, y).lightness())
        for y in rows
        for x in range(0, 480, 3)
    ]
    assert sum(apart) / len(apart) < 12


def test_a_mark_never_begins_a_line() -> None:
    mark = Run("[12]", raised=True, source=12)
    words = Run("Seen once in a town.")
    for width in range(100, 240, 7):
        [laid] = laid_out((Para((words, mark), TEXT),), Box(0, 0, width, 500))
        text = laid.layout.text()
        for number in range(laid.layout.lineCount()):
            start = laid.layout.lineAt(number).textStart()
            assert start == 0 or text[start] not in "[\N{WORD JOINER}", width


@pytest.mark.parametrize(
    "text",
    [
        "one two three /four five six /seven eight",
        "https://a-very-long-name.example/that/goes/on/and/on/without/a/space?in=it",
        "Служба безпеки України, then مرحبا بالعالم, then back",
        "a\N{NO-BREAK SPACE}b " * 12,
    ],
)
def test_no_text_takes_more_lines_than_were_measured(text: str) -> None:
    for width in range(30, 400, 11):
        para = Para((Run(text),), TEXT)
        [laid] = laid_out((para,), Box(0, 0, width, 500))
        assert laid.layout.lineCount() <= len(lines(para, width)), width


def test_text_in_the_middle_stands_in_the_middle() -> None:
    para = Para((Run("one line"),), TEXT)
    [laid] = laid_out((para,), Box(0, 100, 400, 100), middle=True)
    assert laid.at.y() / UNIT == pytest.approx(150 - TEXT.line / 2)


def test_pictures_are_kept_only_while_they_are_wanted(
    qtbot: QtBot, sample: tuple[Slide, ...]
) -> None:
    jobs = Jobs()
    images = SlideImages(jobs)
    images.set_slides(sample)
    size = QSize(480, 270)
    try:
        images.want([(0, size), (1, size), (2, size), (99, size), (-1, size)])
        qtbot.waitUntil(lambda: not images.busy, timeout=LONG)
        assert images.kept == 3
        images.want([(2, size), (3, size)])
        assert images.image(2, size) is not None
        assert images.image(0, size) is None
        qtbot.waitUntil(lambda: not images.busy, timeout=LONG)
        assert images.kept == 2
        images.stop()
        assert images.kept == 0
    finally:
        jobs.shutdown()
