"""The slides of a brief: one message each, nothing over an edge, nothing lost of the first page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from odd_briefs import briefs
from slide_checks import faults, said

from briefing.core.brief import (
    Actions,
    AnyBlock,
    Bars,
    Block,
    Brief,
    BriefSource,
    ClaimsEvidence,
    Column,
    Facts,
    HeatTable,
    Mark,
    Paragraph,
    Part,
    Section,
    SourceList,
    Span,
    Stages,
    Style,
    Table,
    Text,
    WarningList,
    spans,
)
from briefing.core.dates import short_date
from briefing.core.errors import BriefingError
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.exports.fonts import printable
from briefing.exports.slide_lines import count
from briefing.exports.slide_shapes import (
    BarChart,
    Grid,
    Picture,
    cited,
    paras_of,
)
from briefing.exports.slides import BODY_SLIDE, HEADLINE, Slide, slides

NOT_PRINTED = {"statements", "tlp", "href", "edge", "key", "alt", "countries", "sources", "bounds"}


@pytest.fixture(scope="module")
def deck(sample: Brief) -> tuple[Slide, ...]:
    return slides(sample)


def strings(thing: Any) -> Iterator[str]:
    """Every text of a block that a reader sees on paper."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple) and thing and all(isinstance(it, Span | Mark) for it in thing):
        yield "".join(it.text if isinstance(it, Span) else " " for it in thing)
    elif isinstance(thing, tuple | list):
        for item in thing:
            yield from strings(item)
    elif is_dataclass(thing) and not isinstance(thing, Grade):
        for field in fields(thing):
            if field.name == "date":
                yield short_date(thing.date)
            elif field.name not in NOT_PRINTED:
                yield from strings(getattr(thing, field.name))


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def letters(text: str) -> set[str]:
    """Runs of Latin letters that no line is too short for."""
    return {word for word in re.findall("[a-z]+", printable(text).lower()) if len(word) <= 6}


def brief_of(
    *blocks: Any, one_page: bool = False, title: str = "What follows", **other: Any
) -> Brief:
    section = Section("s", title, tuple(blocks), **other)
    return Brief(
        kind="actor",
        kind_title="Actor briefing",
        subject="Night Heron",
        title="Night Heron rents its tools",
        parts=(Part("", "", (section,), one_page=one_page),),
        sources=(
            BriefSource(
                "a", "Notice", "Harbour", "https://harbour.example/n", "2026", Grade("A", 2)
            ),
            BriefSource("b", "Post", "Night Heron", "", "2026-03", Grade("E", 4), "Claimant"),
        ),
        made_from=(),
        data_as_of="2026-11-12",
        ceiling=Tlp.AMBER,
        tlp=Tlp.AMBER,
    )


def bodies(brief: Brief) -> list[Slide]:
    return [slide for slide in slides(brief) if slide.kind == BODY_SLIDE]


def test_nothing_stands_over_an_edge_or_in_too_small_a_type(deck: tuple[Slide, ...]) -> None:
    assert [fault for slide in deck for fault in faults(slide)] == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(briefs())
def test_whatever_the_words_nothing_stands_over_an_edge(odd: Brief) -> None:
    assert [fault for slide in slides(odd) for fault in faults(slide)] == []


def test_every_word_of_the_executive_page_is_on_a_slide(
    sample: Brief, deck: tuple[Slide, ...]
) -> None:
    shown = words(" ".join(said(slide) for slide in deck))
    for part in (part for part in sample.parts if part.one_page):
        assert words(" ".join((part.title, part.subtitle))) <= shown
        for section in part.sections:
            assert words(section.title) <= shown or section.key == "sources"
            for text in strings((section.blocks, section.note)):
                assert words(text) <= shown, section.title


def test_every_block_that_is_not_cut_is_on_a_slide_with_all_its_words(
    sample: Brief, deck: tuple[Slide, ...]
) -> None:
    shown = words(" ".join(said(slide) for slide in deck))
    for block in sample.blocks():
        if not isinstance(block, SourceList | HeatTable):
            missing = {word for text in strings(block) for word in words(text) if word not in shown}
            assert missing == set(), type(block).__name__


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(briefs())
def test_an_executive_page_of_any_words_loses_none(odd: Brief) -> None:
    parts = tuple(replace(part, one_page=True) for part in odd.parts)
    shown = letters(" ".join(said(slide) for slide in slides(replace(odd, parts=parts))))
    for block in (block for part in parts for section in part.sections for block in section.blocks):
        if not isinstance(block, SourceList):
            assert {word for text in strings(block) for word in letters(text)} <= shown


def test_the_slides_are_numbered_as_they_come(deck: tuple[Slide, ...]) -> None:
    assert [slide.number for slide in deck] == list(range(1, len(deck) + 1))


def test_a_headline_has_at_most_two_lines(deck: tuple[Slide, ...]) -> None:
    for slide in deck[1:]:
        assert count(slide.headline, HEADLINE.width) <= 2


def test_the_title_of_a_part_leads_its_first_slide(sample: Brief, deck: tuple[Slide, ...]) -> None:
    led = [slide.headline.text.replace("\u00a0", " ").partition(" (1")[0] for slide in deck]
    assert [part.title for part in sample.parts if part.title not in led] == []


def test_a_title_that_the_title_slide_has_said_is_not_said_again(sample: Brief) -> None:
    first = replace(sample, title=sample.parts[0].title)
    heads = [slide.headline.text.replace("\u00a0", " ") for slide in slides(first)]
    assert heads.count(first.title) == 1


def test_marks_of_a_slide_are_explained_in_its_notes(
    sample: Brief, deck: tuple[Slide, ...]
) -> None:
    for slide in deck[1:]:
        marked = cited((slide.headline, *paras_of(slide.shapes)))
        lines = slide.notes.evidence
        assert {f"[{number}]" for number in marked} <= {line.split()[0] for line in lines}
    judged = next(slide for slide in deck if slide.kicker and "judgements" in slide.kicker.text)
    line = judged.notes.evidence[0]
    source = sample.sources[int(line[1 : line.index("]")]) - 1]
    assert source.title in line
    assert source.publisher in line
    assert f"Grade {source.grade.code}" in line


def test_every_slide_has_notes(deck: tuple[Slide, ...]) -> None:
    assert all(slide.notes.lines() for slide in deck)


def test_likely_questions_stand_in_the_notes_with_their_answers(
    sample: Brief, deck: tuple[Slide, ...]
) -> None:
    asked = [
        question.ask
        for part in sample.parts
        for section in part.sections
        for question in section.questions
    ]
    noted = [ask for slide in deck for ask, _ in slide.notes.questions]
    assert asked
    assert noted == asked


def test_all_countries_of_a_map_stand_in_its_notes(deck: tuple[Slide, ...]) -> None:
    (mapped,) = (
        slide for slide in deck[1:] if any(isinstance(shape, Picture) for shape in slide.shapes)
    )
    assert any("Vietnam" in line for line in mapped.notes.says)


def test_a_long_section_goes_on_with_its_number(sample: Brief) -> None:
    long = Paragraph(spans("One thing is said here at some length, and another. " * 60))
    found = [slide.headline.text for slide in bodies(brief_of(long))][:-1]
    assert len(found) > 1
    for number, text in enumerate(found, start=1):
        assert text.endswith(f"({number}\u00a0of\u00a0{len(found)})")


def a_table(rows: int) -> Table:
    return Table(
        (Column("Name"), Column("By")), tuple((spans(f"n{i}"), spans("x")) for i in range(rows))
    )


def test_a_long_table_of_the_full_version_says_how_much_more_there_is() -> None:
    first = bodies(brief_of(a_table(60)))[0]
    (grid,) = (shape for shape in first.shapes if isinstance(shape, Grid))
    kept = len(grid.rows) - grid.head
    assert f"and {60 - kept} more, in the document" in said(first)
    assert len(bodies(brief_of(a_table(60)))) == 2


def test_a_long_table_of_the_executive_page_is_never_cut() -> None:
    found = bodies(brief_of(a_table(60), one_page=True))
    text = " ".join(said(slide) for slide in found)
    assert all(f"n{i} " in text + " " for i in range(60))
    assert "in the document" not in text


def test_a_table_that_goes_on_repeats_its_head() -> None:
    for slide in bodies(brief_of(a_table(60), one_page=True))[:-1]:
        (grid,) = (shape for shape in slide.shapes if isinstance(shape, Grid))
        assert [para.text for para in paras_of((grid,))][:2] == ["Name", "By"]


def test_the_first_sentence_of_prose_leads_and_is_not_said_twice() -> None:
    prose = Paragraph(
        spans("Nobody knows who paid for it.", Mark(("a",)), " The sum is not known either.")
    )
    slide = bodies(brief_of(prose))[0]
    assert slide.headline.text == "Nobody knows who paid for it[1]"
    assert "Nobody" not in " ".join(para.text for para in paras_of(slide.shapes))
    assert slide.notes.evidence[0].startswith("[1] Notice")


def part_of(*sections: Section) -> Brief:
    return replace(brief_of(), parts=(Part("", "", sections),))


def test_a_section_that_says_there_is_nothing_joins_its_neighbour() -> None:
    nothing = Section("n", "Advisories", (Paragraph(spans("None is on record.")),))
    table = Section("t", "Software", (a_table(3),))
    found = [slide for slide in bodies(part_of(table, nothing)) if not slide.lists]
    assert len(found) == 1
    assert "Advisories: None is on record." in said(found[0])
    rests = Paragraph(spans("None is on record.", Mark(("a",))))
    kept = bodies(part_of(table, replace(nothing, blocks=(rests,))))
    assert sum(not slide.lists for slide in kept) == 2


def named_tables(*rows: int) -> list[Any]:
    blocks: list[Any] = []
    for at, count_ in enumerate(rows):
        name = spans(Span(f"Issuer {at}", Style.STRONG), ", some")
        blocks += [Paragraph(name), a_table(count_)]
    return blocks


def test_tables_with_names_share_a_slide_as_far_as_it_holds_them() -> None:
    found = [slide for slide in bodies(brief_of(*named_tables(1, 1, 20))) if not slide.lists]
    assert found[0].headline.text == "What follows: Issuer 0 and Issuer 1"
    assert "Issuer 0, some" in said(found[0])
    assert found[1].headline.text.startswith("What follows: Issuer 2, some")


def test_a_column_of_which_nothing_is_known_is_left_out() -> None:
    rows = tuple((spans(f"name {at}"), (), spans("x")) for at in range(3))
    slide = bodies(brief_of(Table((Column("Name"), Column("Due"), Column("By")), rows)))[0]
    assert "Due" not in said(slide)
    assert "By" in said(slide)


def test_a_number_and_its_sign_stay_on_one_line() -> None:
    assert "30\u00a0%" in said(
        bodies(brief_of(Paragraph(spans("It is right in 30 % of cases."))))[0]
    )


def test_sources_stand_in_two_columns_on_few_slides() -> None:
    source = BriefSource("a", "Notice of a harbour that was attacked twice", "Harbour", "", "2026",
                         Grade("A", 2))  # fmt: skip
    many = tuple(replace(source, key=f"s{at}") for at in range(65))
    found = [slide for slide in bodies(replace(brief_of(), sources=many)) if slide.lists]
    assert [number for slide in found for number in slide.lists] == list(range(1, 66))
    assert len(found) <= 4
    for slide in found:
        left, right = (shape for shape in slide.shapes if isinstance(shape, Grid))
        assert left.box.right < right.box.left


def test_a_lone_sentence_stays_under_its_topic() -> None:
    slide = bodies(brief_of(Paragraph(spans("Nobody knows who paid for any of it."))))[0]
    assert slide.headline.text == "What follows"
    assert "Nobody knows who paid for any of it." in said(slide)


def test_sources_are_listed_once_and_all(sample: Brief, deck: tuple[Slide, ...]) -> None:
    listed = [number for slide in deck for number in slide.lists]
    assert listed == list(range(1, len(sample.sources) + 1))


def test_a_brief_without_a_list_of_sources_gets_one() -> None:
    listed = [number for slide in bodies(brief_of(a_table(1))) for number in slide.lists]
    assert listed == [1, 2]


def test_bars_with_labels_too_long_for_a_chart_are_a_table() -> None:
    block = Bars((("A very long label " * 20, 3),), "sources")
    slide = bodies(brief_of(block))[0]
    assert any(isinstance(shape, Grid) for shape in slide.shapes)
    assert not any(isinstance(shape, BarChart) for shape in slide.shapes)


@pytest.mark.parametrize(
    "block",
    [
        Facts(()),
        Table((), ()),
        Bars((), "sources"),
        Stages(()),
        Actions(()),
        Paragraph(()),
        ClaimsEvidence((), (), 0),
        WarningList(()),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_block_that_says_nothing_has_no_slide(block: AnyBlock) -> None:
    assert all(slide.lists for slide in bodies(brief_of(block)))
    (noted, *_) = bodies(brief_of(block, note=spans("Nobody counted them.")))
    assert "Nobody counted them." in said(noted)


def test_a_block_nobody_knows_is_refused() -> None:
    class Song(Block):
        pass

    with pytest.raises(TypeError, match="Song"):
        slides(brief_of(Song()))


def test_a_mark_to_a_source_that_is_not_listed_is_refused() -> None:
    with pytest.raises(BriefingError, match="does not list"):
        slides(brief_of(Paragraph(spans("Said.", Mark(("nowhere",))))))


def test_half_a_character_is_refused_in_a_sentence() -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        slides(brief_of(Facts((("Name", (Span("\ud800"),)),))))


def test_characters_that_no_file_may_hold_are_left_out() -> None:
    text: Text = (Span("a\x00b\ufffe\u202ec"),)
    assert "abc" in said(bodies(brief_of(Facts((("Name", text),))))[0])
