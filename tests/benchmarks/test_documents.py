"""Briefings as PDF beside a bare Typst compile of the same input, and the preview after an edit."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import typst
from measure import Report, quantile, seconds

from briefing import paths
from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.exports import pdf
from briefing.exports.fonts import font_folders
from briefing.exports.pages import page_count
from briefing.exports.typst_data import typst_data
from briefing.exports.typst_engine import STANDARDS, template
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.store.names import find_exact

SIX_PAGES = ("G1006", "G0082", "G0022", "G0087", "G0046", "G0047", "G0080", "G0119", "G0018")
"""Actors whose briefings have about six pages; the first that has six is taken."""
LARGEST = "G0007"
"""APT28: the longest briefing there is."""
IN_A_ROW, BLOCKS = 10, 4


def briefing_on(bundled: Path, attack_id: str) -> Brief:
    knowledge = KnowledgeFile(bundled)
    (found,) = find_exact(knowledge.connection, attack_id)
    world = read_world(paths.resources_folder() / "map" / "world.json")
    return compose_brief(knowledge, BriefRequest("actor", found.entity), world)


def of_six_pages(bundled: Path) -> str:
    """An actor with a briefing of six pages; what is known grows, and briefings with it."""
    for attack_id in SIX_PAGES:
        if page_count(pdf.render(briefing_on(bundled, attack_id))) == 6:
            return attack_id
    pytest.fail(f"None of {', '.join(SIX_PAGES)} has six pages any more: name others.")


def six_pages(bundled: Path) -> Brief:
    """A briefing of six pages."""
    return briefing_on(bundled, of_six_pages(bundled))


def seconds_of(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def bare_compile(root: Path) -> Callable[[str, str], object]:
    """Typst itself with the same template and fonts, and nothing of ours around it."""
    source = template()
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=list(font_folders()),
    )
    compiler = typst.Compiler(None, root=str(root), font_paths=fonts, ignore_system_fonts=True)
    return lambda data, date: compiler.compile(
        source,
        sys_inputs={"brief": data},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=moment(date),
    )


def test_ten_briefings_of_six_pages_in_a_row_as_pdf(
    report: Report, bundled: Path, tmp_path: Path
) -> None:
    brief = six_pages(bundled)
    bare = bare_compile(tmp_path)
    ours: list[float] = []
    floor: list[float] = []
    for block in range(BLOCKS):
        # Another author each time, and others for bare Typst: it remembers what it has compiled in
        # this process, whoever asked, and so would answer at once. In turn, so that whatever else
        # the computer does falls on both.
        mine = [replace(brief, author=f"Author {block}.{number}") for number in range(IN_A_ROW)]
        theirs = [replace(one, author=f"{one.author} bare") for one in mine]
        inputs = [typst_data(one, "a4") for one in theirs]
        ours += [seconds_of(partial(pdf.render, one)) for one in mine]
        floor += [seconds_of(partial(bare, data, brief.data_as_of)) for data in inputs]
    # All of them together, and no median: what is let go of between two documents belongs to it.
    each, bare_each = (sum(found) / len(found) for found in (ours, floor))
    report.add(
        f"PDF of six pages, each of {IN_A_ROW} in a row",
        f"{each * 1000:.0f} ms",
        f"bare Typst, same input {bare_each * 1000:.0f} ms: {each / bare_each:.2f} ×",
        "≤ 1.3 ×",
        each <= 1.3 * bare_each,
    )


@pytest.mark.parametrize("largest", [False, True])
def test_the_preview_after_an_edit(report: Report, bundled: Path, largest: bool) -> None:
    brief = briefing_on(bundled, LARGEST) if largest else six_pages(bundled)
    edits = iter(range(1000))
    count = len(pdf.pages(brief))

    def edit() -> None:
        pdf.pages(replace(brief, author=f"Author {next(edits)}"))

    p95 = quantile(seconds(edit, 20), 0.95)
    bar = "-" if largest else "p95 ≤ 400 ms"
    report.add(
        f"preview of {count} pages after an edit",
        f"p95 {p95 * 1000:.0f} ms",
        "-",
        bar,
        largest or p95 <= 0.4,
    )
