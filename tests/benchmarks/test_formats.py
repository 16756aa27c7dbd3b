"""One briefing in every format beside the bare library writing as many shapes, rows and paragraphs.

The PDF and its preview are measured in ``test_documents``.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from measure import Report, median, seconds
from pptx import Presentation
from pptx.util import Pt
from test_documents import of_six_pages, six_pages

from briefing.core.brief import Brief
from briefing.exports.registry import FORMATS, by_name

HERE = Path(__file__).parent
TIMES = 7
PEAK = """
import sys
from pathlib import Path
from test_documents import briefing_on
from briefing.exports.registry import by_name
brief = briefing_on(Path(sys.argv[1]), sys.argv[2])
if sys.argv[3]:
    by_name(sys.argv[3]).render(brief)
print(Path("/proc/self/status").read_text())
"""
"""A process begins with the peak of the one it was forked from, so the kernel's mark is read."""


@dataclass(frozen=True)
class Held:
    """How much a file holds, as the library that wrote it counts."""

    many: int
    noun: str
    bare: Callable[[], object]


def slides(content: bytes) -> Held:
    """As many text boxes on as many slides."""
    made = Presentation(io.BytesIO(content))
    shapes = [
        sum(len(shape.table.rows) * 2 if shape.has_table else 1 for shape in slide.shapes)
        for slide in made.slides
    ]

    def bare() -> object:
        deck = Presentation()
        for count in shapes:
            slide = deck.slides.add_slide(deck.slide_layouts[6])
            for _ in range(count):
                box = slide.shapes.add_textbox(Pt(9), Pt(9), Pt(99), Pt(20))
                box.text_frame.text = "A line of some words"
        return deck.save(io.BytesIO())

    return Held(sum(shapes), f"shapes on {len(shapes)} slides", bare)


def words(content: bytes) -> Held:
    """As many paragraphs, those in the cells of tables among them."""
    made = Document(io.BytesIO(content))
    count = len(list(made.element.body.iter("{*}p")))

    def bare() -> object:
        document = Document()
        for _ in range(count):
            document.add_paragraph("A line of some words")
        return document.save(io.BytesIO())

    return Held(count, "paragraphs", bare)


def sheets(content: bytes) -> Held:
    """As many cells; nothing here reads a workbook, so they are counted in its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name) for name in packed.namelist() if "worksheets/sheet" in name]
    count = sum(part.count(b"<c ") for part in parts)

    def bare() -> object:
        book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
        sheet = book.add_worksheet()
        for number in range(count):
            sheet.write_string(number // 8, number % 8, "A line of some words")
        return book.close()

    return Held(count, "cells", bare)


PEERS: dict[str, tuple[str, Callable[[bytes], Held]]] = {
    "pptx": ("python-pptx", slides),
    "docx": ("python-docx", words),
    "xlsx": ("XlsxWriter", sheets),
}


@pytest.fixture(scope="module")
def brief(bundled: Path) -> Brief:
    return six_pages(bundled)


@pytest.mark.parametrize("name", [one.name for one in FORMATS if one.name != "pdf"])
def test_a_briefing_of_six_pages_in_a_format(report: Report, brief: Brief, name: str) -> None:
    render = by_name(name).render
    content = render(brief)
    ours = median(seconds(lambda: render(brief), TIMES))
    against = "-"
    if name in PEERS:
        library, counts = PEERS[name]
        held = counts(content)
        peer = median(seconds(held.bare, TIMES))
        against = (
            f"bare {library}, {held.many:,} {held.noun} {peer * 1000:.0f} ms: {ours / peer:.1f} ×"
        )
    report.add(
        f"six-page briefing as {by_name(name).label}",
        f"{ours * 1000:.0f} ms, {len(content) / 1000:.0f} kB",
        against,
        "≤ 1 s",
        ours <= 1,
    )


def test_peak_memory_of_every_format(report: Report, bundled: Path) -> None:
    if not Path("/proc/self/status").is_file():
        pytest.skip("Only Linux keeps a mark of a process's memory that starts with the process.")
    actor = of_six_pages(bundled)
    composed = peak(bundled, actor, "")
    found = {one.name: peak(bundled, actor, one.name) - composed for one in FORMATS}
    report.add(
        "peak memory of writing it, beyond composing it",
        ", ".join(f"{name} +{max(0, round(more))} MB" for name, more in found.items()),
        f"a process that composes it and writes nothing: {composed:.0f} MB",
        "-",
        True,
    )


def peak(bundled: Path, actor: str, name: str) -> float:
    """Megabytes of a process of its own that composes the briefing and writes it."""
    folders = os.pathsep.join((str(HERE), *sys.path))
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(bundled), actor, name],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": folders},
    )
    return int(done.stdout.rsplit("VmHWM:", 1)[1].split()[0]) / 1e3
