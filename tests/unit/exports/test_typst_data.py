"""The template's input: words ready for type, and where a mark jumps to."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_brief import full, one_page

from briefing.core.brief import (
    Action,
    Actions,
    Brand,
    Brief,
    HeatColumn,
    HeatTable,
    Mark,
    Part,
    Quotation,
    Section,
    SourceList,
    Stage,
    Stages,
    Text,
    spans,
)
from briefing.core.tlp import Tlp
from briefing.exports.text_measure import width
from briefing.exports.typst_data import typst_data
from briefing.exports.typst_words import BREAK, Words

POINTS = 72 / 25.4
"""In a millimetre."""
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="9"/></svg>'
BRAND = Brand("Harbour", LOGO)


def data_of(brief: Brief, **options: bool) -> dict[str, Any]:
    return dict(json.loads(typst_data(brief, **options)))


def lists(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        block
        for part in data["parts"]
        for section in part["sections"]
        for block in section["blocks"]
        if block["type"] == "sources"
    ]


def block_of(brief: Brief, block: Any) -> dict[str, Any]:
    part = Part("Part", "", (Section("s", "Section", (block,)),))
    found = data_of(replace(brief, parts=(part,)))["parts"][0]["sections"][0]["blocks"][0]
    return dict(found)


def test_the_same_brief_gives_the_same_text(sample: Brief) -> None:
    assert typst_data(sample) == typst_data(sample)


def test_marks_jump_to_the_full_list(sample: Brief) -> None:
    data = data_of(sample)
    short, whole = lists(data)
    assert short["numbers"] == [1, 2, 3, 4, 5, 6, 8]
    assert short["anchors"] == []
    assert whole["anchors"] == whole["numbers"] == data["linked"] == list(range(1, 13))


def test_without_a_full_list_marks_jump_to_where_a_source_is_named_first(sample: Brief) -> None:
    second = Part("Second", "", (*full().sections, Section("s", "Sources", (SourceList(True),))))
    data = data_of(replace(sample, parts=(one_page(), second)))
    first, other = lists(data)
    assert first["anchors"] == [1, 2, 3, 4, 5, 6, 8]
    assert other["anchors"] == [7]
    assert data["linked"] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_picture_has_no_links_and_no_attachment(sample: Brief) -> None:
    data = data_of(sample, picture=True)
    assert data["linked"] == []
    assert data["attachments"] == []
    assert data_of(sample)["attachments"][0]["name"] == "brief.json"


@pytest.mark.parametrize(
    ("do", "why", "printed"),
    [
        ("Patch", "it is the way in", "Patch,"),
        ("Patch", "It is the way in", "Patch."),
        ("Patch,", "it is the way in", "Patch,"),
        ("Patch", "", "Patch"),
        ("", "why", ""),
    ],
)
def test_an_imperative_gets_the_stop_it_needs(
    sample: Brief, do: str, why: str, printed: str
) -> None:
    actions = Actions((Action(do, spans(why) if why else (), ("M1",), ("T1", "T2"), ""),))
    (row,) = block_of(sample, actions)["rows"]
    assert row["do"] == printed
    assert row["codes"] == "M1 · T1, T2"
    assert row["stage"] == "–"


@pytest.mark.parametrize(
    ("why", "gap"),
    [
        (spans("because"), True),
        (spans("", Mark(("misp-galaxy",))), False),
        ((), False),
    ],
)
def test_a_mark_stands_close_to_an_action_without_a_reason(
    sample: Brief, why: Text, gap: bool
) -> None:
    (row,) = block_of(sample, Actions((Action("Patch", why, (), (), ""),)))["rows"]
    assert row["gap"] is gap


@pytest.mark.parametrize("kind", ["Digest", "Digest of advisories for wide manufacturers"])
def test_the_title_at_the_head_of_a_page_is_one_line(sample: Brief, kind: str) -> None:
    title = "Wide MANUFACTURERS of WOMEN’S HATS were hit " * 4
    for brief in (sample, replace(sample, brand=BRAND, cover=False)):
        data = data_of(replace(brief, title=title, kind_title=kind, tlp=Tlp.AMBER_STRICT))
        logo = 22 * POINTS if data["look"]["logo"] and data["cover"] is None else 0
        taken = width(data["kind"], 7.5, bold=True) + width(data["running"], 7.5) + logo
        assert data["running"].endswith("…")
        assert taken + width(data["tlp"]["label"], 8.5) + 2 * 3.2 * POINTS <= 174 * POINTS


def test_the_highest_class_of_a_legend_ends_where_the_groups_do(sample: Brief) -> None:
    heat = HeatTable((HeatColumn(1, "Empty", 0, ()),), 3, (1, 2, 3, 3, 3))
    assert [row["label"] for row in block_of(sample, heat)["legend"]] == ["1", "2", "3"]
    fewer = replace(heat, groups_total=2)
    assert [row["label"] for row in block_of(sample, fewer)["legend"]] == ["1", "2"]


def test_marks_of_a_quotation_stand_behind_its_closing_mark(sample: Brief) -> None:
    quotation = Quotation(spans("Said", Mark(("misp-galaxy",)), " so", Mark(("attack-13",))), "who")
    block = block_of(sample, quotation)
    assert block["text"] == ["Said", {"m": [1]}, " so"]
    assert block["marks"] == [{"m": [7]}]


def test_a_legend_leaves_out_classes_that_hold_nothing(sample: Brief) -> None:
    heat = HeatTable((HeatColumn(1, "Empty", 0, ()),), 172, (1, 1, 2, 10, 70))
    block = block_of(sample, heat)
    assert [row["label"] for row in block["legend"]] == ["1", "2–9", "10–69", "70 and more"]
    assert block["columns"][0]["rest"] == "none stated"
    assert not block["columns"][0]["total"]


def test_a_stage_without_a_technique_counts_none(sample: Brief) -> None:
    stages = Stages((Stage(1, "One", 0, spans("Unknown")), Stage(2, "Two", 1, spans("Known"))))
    rows = block_of(sample, stages)["stages"]
    assert [row["count"] for row in rows] == ["", "1 technique"]


@given(st.text(max_size=200))
def test_places_to_break_are_all_that_is_added(text: str) -> None:
    words = Words(_EMPTY)
    assert words.line(text).replace(BREAK, "") == words.line(text.replace(BREAK, "")).replace(
        BREAK, ""
    )


def test_long_runs_may_break_after_punctuation_and_words_may_not() -> None:
    words = Words(_EMPTY)
    address = words.line("example.org/security/advisories/aa25-071a").split(BREAK)
    assert "".join(address) == "example.org/security/advisories/aa25-071a"
    assert "example." in address
    assert BREAK not in words.line("Internationalisierungsbestrebungen")
    assert all(len(piece) <= 10 for piece in words.line("f" * 64).split(BREAK))


_EMPTY = Brief(
    kind="",
    kind_title="",
    subject="",
    title="",
    parts=(),
    sources=(),
    made_from=(),
    data_as_of="",
    ceiling=Tlp.CLEAR,
    tlp=Tlp.CLEAR,
)
