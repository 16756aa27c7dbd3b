"""What belongs together stays together in Word, on slides and on printed HTML."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx_reading import W, xml
from sample_brief import unbranded
from sample_brief_parts import costed_actions
from slide_checks import said

from briefing.core.brief import AnyBlock, Brief, Column, Paragraph, Part, Section, Table, spans
from briefing.core.wording import inside
from briefing.exports import docx, html
from briefing.exports.slides import BODY_SLIDE, Slide, slides

ISSUERS = tuple(
    block
    for name in ("Harbour CERT", "Quay CERT")
    for block in (
        Paragraph(spans(f"{name}, one advisory")),
        Table((Column("Advisory"), Column("Due")), ((spans(f"{name} 1"), spans("May")),)),
    )
)


def with_blocks(*blocks: AnyBlock) -> Brief:
    section = Section("s", "All advisories", blocks)
    return replace(unbranded(), parts=(Part("", "", (section,)),), made_from=())


def bodies(brief: Brief) -> list[Slide]:
    """The slides of the only part, without those of the sources."""
    found = (slide for slide in slides(brief) if slide.kind == BODY_SLIDE)
    return [slide for slide in found if not slide.lists]


def test_words_that_name_a_table_lead_its_slide() -> None:
    (found,) = bodies(with_blocks(*ISSUERS[:2]))
    assert found.headline.text == "All advisories: Harbour CERT, one advisory"
    assert "Harbour CERT 1" in said(found)


def test_small_tables_with_names_share_a_slide_that_names_them() -> None:
    (found,) = bodies(with_blocks(*ISSUERS))
    assert found.headline.text == "All advisories: Harbour CERT and Quay CERT"
    for words in ("Harbour CERT, one advisory", "Harbour CERT 1", "Quay CERT, one advisory"):
        assert words in said(found)


def test_a_sentence_before_a_table_keeps_its_own_slide() -> None:
    prose = Paragraph(spans("Nothing that is newer was imported. It is not known why."))
    found = bodies(with_blocks(prose, *ISSUERS[1:2]))
    assert len(found) == 2


def test_words_that_name_a_table_stay_on_its_page_in_word() -> None:
    body = xml(docx.render(with_blocks(*ISSUERS)))
    naming = [
        it
        for it in body.iter(f"{W}p")
        if "one advisory" in "".join(run.text or "" for run in it.iter(f"{W}t"))
    ]
    assert len(naming) == 2
    assert all(it.find(f"{W}pPr/{W}keepNext") is not None for it in naming)


def test_mitigations_stand_below_an_action_that_says_who_and_at_what_cost() -> None:
    block = costed_actions()
    codes = block.actions[0].mitigations[0]
    content = html.render(with_blocks(block)).decode()
    assert "Mitigation · technique" not in content
    assert f'class="below">{codes}' in content
    (slide, *_) = bodies(with_blocks(replace(block, actions=block.actions * 2)))
    assert "ATT&CK" not in said(slide)
    assert codes in said(slide)


def test_the_one_page_version_is_marked_so_that_paper_gives_it_a_page() -> None:
    content = html.render(unbranded()).decode()
    assert content.count('class="part alone"') == sum(part.one_page for part in unbranded().parts)
    assert ".part.alone + .part, .part + .part.alone { break-before: page; }" in content


@pytest.mark.parametrize(
    ("label", "within"), [("H1", "H1"), ("FSB", "FSB"), ("Way in", "way in"), ("A goal", "a goal")]
)
def test_a_label_inside_a_sentence_keeps_what_is_no_word(label: str, within: str) -> None:
    assert inside(label) == within
