"""The primer as a briefing: its sentences with their sources, and nothing above a ceiling."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.core.brief import Brief, Bullets, Paragraph, plain
from briefing.core.client import Client
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.exports import markdown, pdf
from briefing.services.help_pages import primer_pages
from briefing.services.recipes import primer
from briefing.services.recipes.ceiling import allowed
from briefing.services.recipes.request import BriefRequest
from briefing.store.connection import KnowledgeFile

ASKED = BriefRequest("primer", "")


def composed(path: Path, request: BriefRequest = ASKED) -> Brief:
    knowledge = KnowledgeFile(path)
    try:
        with allowed(knowledge, request.ceiling) as seen:
            return primer.compose(seen, request, None)
    finally:
        knowledge.close()


def test_every_sentence_of_the_pages_is_in_the_full_primer_and_nothing_else(
    bundled_database: Path,
) -> None:
    brief = composed(bundled_database)
    prose = [b.text for b in brief.blocks() if isinstance(b, Paragraph)]
    listed = [item for b in brief.blocks() if isinstance(b, Bullets) for item in b.items]
    text = " ".join(map(plain, (*prose, *listed)))
    knowledge = KnowledgeFile(bundled_database)
    pages = primer_pages(knowledge)
    knowledge.close()
    said = [s for page in pages for sec in page.sections for b in sec.blocks for s in b.sentences]
    said += [sentence for page in pages for sentence in page.lead]
    assert said
    assert len(brief.statements()) == len(said)
    for sentence in said:
        assert sentence.text.split("'")[0][:40] in text
    assert len(brief.sources) == len({source.url for page in pages for source in page.sources})


def test_what_a_page_lists_stays_a_list(bundled_database: Path) -> None:
    brief = composed(bundled_database)
    knowledge = KnowledgeFile(bundled_database)
    blocks = [b for page in primer_pages(knowledge) for s in page.sections for b in s.blocks]
    knowledge.close()
    listed = [plain(one) for b in brief.blocks() if isinstance(b, Bullets) for one in b.items]
    items = [block.sentences[0].text for block in blocks if block.item]
    assert len(listed) == len(items) > 30
    for found, written in zip(listed, items, strict=True):
        assert found.startswith(written.split("'")[0][:40])


def test_the_executive_version_fits_one_page(bundled_database: Path) -> None:
    brief = composed(bundled_database, replace(ASKED, one_page=True))
    assert len(brief.parts) == 1
    assert pdf.overflow(brief) == ()
    assert "the primer has 8 pages" in brief.parts[0].subtitle
    assert len(brief.parts[0].sections) == 9  # one for each page, and the sources


def test_for_whom_it_was_made_marks_it_as_every_other_briefing(bundled_database: Path) -> None:
    client = Client("Seafront Dental", ("healthcare",), ("US",), tlp=Tlp.AMBER)
    asked = replace(ASKED, client=client, one_page=True)
    assert composed(bundled_database, replace(asked, ceiling=Tlp.RED)).tlp is Tlp.AMBER
    assert composed(bundled_database, replace(asked, ceiling=Tlp.GREEN)).tlp is Tlp.GREEN
    assert composed(bundled_database, replace(asked, client=None)).tlp is Tlp.CLEAR


def test_what_is_above_the_ceiling_keeps_the_whole_page_back(
    bundled_database: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(bundled_database, tmp_path / "marked.db"))
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE statement SET tlp = 'AMBER' WHERE id = (SELECT min(s.id)"
            " FROM statement s JOIN record_row r ON r.id = s.record WHERE r.kind = 'primer-page')"
        )
    kept = markdown.render(composed(path))
    assert b"What the three words mean" not in kept
    # The control: with the ceiling lifted the page is there again.
    lifted = markdown.render(composed(path, replace(ASKED, ceiling=Tlp.AMBER)))
    assert b"What the three words mean" in lifted


def test_where_every_page_is_kept_back_there_is_no_primer(
    bundled_database: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(bundled_database, tmp_path / "marked.db"))
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE statement SET tlp = 'AMBER' WHERE id IN (SELECT s.id FROM statement s"
            " JOIN record_row r ON r.id = s.record WHERE r.kind = 'primer-page')"
        )
    with pytest.raises(BriefingError, match="no page of the primer"):
        composed(path)


def test_a_section_that_there_is_not_is_refused(bundled_database: Path) -> None:
    with pytest.raises(WrongCallError, match="A primer has no section “map”"):
        composed(bundled_database, replace(ASKED, sections=("map",)))
