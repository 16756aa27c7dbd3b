"""Briefings as PDF beside a bare Typst compile of the same input, and the preview after an edit."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import typst
from measure import Report, median, quantile, seconds

from briefing import paths
from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.exports import pdf
from briefing.exports.fonts import font_folders
from briefing.exports.pages import page_count
from briefing.exports.typst_data import typst_data
from briefing.exports.typst_engine import STANDARDS, engine, template
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.store.names import find_exact

SIX_PAGES = ("G0094", "G0082", "G0102", "G0087", "G0047")
"""Actors whose briefings have about six pages; the first that has six is taken."""
LARGEST = "G0007"
"""APT28: the longest briefing there is."""
TIMES = 15


def briefing_on(bundled: Path, attack_id: str) -> Brief:
    knowledge = KnowledgeFile(bundled)
    (found,) = find_exact(knowledge.connection, attack_id)
    world = read_world(paths.resources_folder() / "map" / "world.json")
    return compose_brief(knowledge, BriefRequest("actor", found.entity), world)


def of_six_pages(bundled: Path) -> str:
    """An actor with a briefing of six pages; what is known grows, and briefings with it."""
    return next(
        attack_id
        for attack_id in SIX_PAGES
        if page_count(pdf.render(briefing_on(bundled, attack_id))) == 6
    )


def six_pages(bundled: Path) -> Brief:
    """A briefing of six pages."""
    return briefing_on(bundled, of_six_pages(bundled))


def seconds_of(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def bare_compile(root: Path, inputs: Mapping[str, str]) -> Callable[[Brief], object]:
    """Typst itself with the same template, fonts and input, and nothing of ours around it."""
    source = template()
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=list(font_folders()),
    )
    compiler = typst.Compiler(None, root=str(root), font_paths=fonts, ignore_system_fonts=True)
    return lambda brief: compiler.compile(
        source,
        sys_inputs={"brief": inputs[brief.author]},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=moment(brief.data_as_of),
    )


def test_a_briefing_of_six_pages_as_pdf(report: Report, bundled: Path, tmp_path: Path) -> None:
    brief = six_pages(bundled)
    # Another author each time: Typst remembers what it has compiled, and so would answer at once.
    briefs = [replace(brief, author=f"Author {number}") for number in range(TIMES + 1)]
    inputs = {one.author: typst_data(one, "a4") for one in briefs}
    bare = bare_compile(tmp_path, inputs)
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for one in briefs:
        # In turn, so that whatever else the computer does falls on both; what is done after a
        # document has been handed over falls on neither.
        times["ours"].append(seconds_of(partial(pdf.render, one)))
        engine().settle()
        times["floor"].append(seconds_of(partial(bare, one)))
    ours, floor = (median(sorted(found[1:])) for found in times.values())
    report.add(
        "PDF of six pages",
        f"{ours * 1000:.0f} ms",
        f"bare Typst, same input {floor * 1000:.0f} ms: {ours / floor:.2f} ×",
        "≤ 1.3 ×",
        ours <= 1.3 * floor,
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
