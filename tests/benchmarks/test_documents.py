"""Briefings as PDF beside a bare Typst compile of the same input, and the preview after an edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
from briefing.exports.typst_engine import STANDARDS, template
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.store.names import find_exact

SIX_PAGES = "G0016"
"""APT29: six pages, from the catalogues alone."""
LARGEST = "G0007"
"""APT28: nine pages, the longest briefing there is."""


def briefing_on(bundled: Path, attack_id: str) -> Brief:
    knowledge = KnowledgeFile(bundled)
    (found,) = find_exact(knowledge.connection, attack_id)
    world = read_world(paths.resources_folder() / "map" / "world.json")
    return compose_brief(knowledge, BriefRequest("actor", found.entity), world)


def bare_compile(brief: Brief, root: Path) -> Callable[[], object]:
    """Typst itself with the same template, fonts and input, and nothing of ours around it."""
    data, date, source = typst_data(brief, "a4"), moment(brief.data_as_of), template()
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=list(font_folders()),
    )
    compiler = typst.Compiler(None, root=str(root), font_paths=fonts, ignore_system_fonts=True)
    return lambda: compiler.compile(
        source,
        sys_inputs={"brief": data},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=date,
    )


def test_a_briefing_of_six_pages_as_pdf(report: Report, bundled: Path, tmp_path: Path) -> None:
    brief = briefing_on(bundled, SIX_PAGES)
    pages = page_count(pdf.render(brief))
    ours = median(seconds(lambda: pdf.render(brief), 15))
    floor = median(seconds(bare_compile(brief, tmp_path), 15))
    report.add(
        f"PDF of {pages} pages",
        f"{ours * 1000:.0f} ms",
        f"bare Typst, same input {floor * 1000:.0f} ms: {ours / floor:.2f} ×",
        "≤ 1.3 ×",
        ours <= 1.3 * floor,
    )


@pytest.mark.parametrize("attack_id", [SIX_PAGES, LARGEST])
def test_the_preview_after_an_edit(report: Report, bundled: Path, attack_id: str) -> None:
    brief = briefing_on(bundled, attack_id)
    edits = iter(range(1000))
    count = len(pdf.pages(brief))

    def edit() -> None:
        pdf.pages(replace(brief, author=f"Author {next(edits)}"))

    p95 = quantile(seconds(edit, 20), 0.95)
    bar = "p95 ≤ 400 ms" if attack_id == SIX_PAGES else "-"
    report.add(
        f"preview of {count} pages after an edit", f"p95 {p95 * 1000:.0f} ms", "-", bar, p95 <= 0.4
    )
