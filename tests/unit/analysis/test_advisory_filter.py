"""Filtering advisories: what is left, what further choices would leave, what is stated at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.analysis.advisory_filter import (
    ANY_ACTOR,
    DUE,
    FIELDS,
    KEPT,
    LISTED,
    OVERDUE,
    READ,
    UNREAD,
    AdvisoryFilter,
    Choice,
    Loosening,
    Marks,
    Part,
    counts,
    loosen,
    matching,
    read_filter,
    stated,
)
from briefing.core.advisory import AdvisoryRow

_BLANK = AdvisoryRow(
    *("a", "advisory", "", "Title", "", "news", "", "", "", (), (), (), (), "", ()),
    *(0, 0, "k1"),
)
PUMPS = replace(
    _BLANK,
    id="pumps",
    number="AG-1",
    title="Pump Controller",
    issuer="Agency",
    published="2024-03-01",
    sectors=("water", "energy"),
    products=("pumpworks:controller", "pumpworks:panel"),
    cves=("CVE-2024-1",),
    due="2024-03-20",
)
FOX = replace(
    _BLANK, id="fox", title="Fox tracks", issuer="Vendor", published="2025-01-02", actors=("f", "h")
)
PANEL = replace(
    PUMPS,
    id="panel",
    title="Panel",
    published="2025-05-05",
    products=("otherworks:panel",),
    due="2026-01-01",
    sectors=(),
)
ROWS = (PUMPS, FOX, PANEL, _BLANK)
MARKS = Marks(date(2025, 6, 1), {"pumps": "k1", "fox": "older"}, frozenset({"fox"}))


def left(**chosen: str) -> list[str]:
    return [row.id for row in matching(ROWS, AdvisoryFilter(**chosen), MARKS)]


def test_a_sector_that_an_advisory_is_about_can_be_chosen_as_well() -> None:
    warned = replace(_BLANK, id="warned", about_sectors=("energy",))
    chosen = AdvisoryFilter(sector="energy")
    found = matching((*ROWS, warned), chosen, MARKS)
    assert [row.id for row in found] == ["pumps", "warned"]
    assert stated((*ROWS, warned), "sector") == stated(ROWS, "sector") + 1
    assert counts((*ROWS, warned), chosen, "sector", MARKS)[0] == Choice("energy", 2)


@pytest.mark.parametrize(
    ("part", "value", "ids"),
    [
        ("issuer", "Agency", ["pumps", "panel"]),
        ("sector", "energy", ["pumps"]),
        ("technology", "pumpworks", ["pumps"]),
        ("technology", "otherworks:panel", ["panel"]),
        ("since", "2025", ["fox", "panel"]),
        ("actor", ANY_ACTOR, ["fox"]),
        ("actor", "h", ["fox"]),
        ("actor", "x", []),
        ("kev", LISTED, ["pumps", "panel"]),
        ("kev", DUE, ["panel"]),
        ("kev", OVERDUE, ["pumps"]),
        ("mark", UNREAD, ["fox", "panel", "a"]),
        ("mark", READ, ["pumps"]),
        ("mark", KEPT, ["fox"]),
        ("text", "cve-2024-1", ["pumps", "panel"]),
        ("text", "ag-1", ["pumps", "panel"]),
        ("text", "PUMPWORKS PANEL", ["pumps"]),
        ("text", "tracks", ["fox"]),
    ],
)
def test_a_choice_leaves_the_advisories_that_meet_it(
    part: Part, value: str, ids: list[str]
) -> None:
    assert left(**{part: value}) == ids


def test_choices_add_up_and_no_choice_leaves_all() -> None:
    assert left(issuer="Agency", since="2025") == ["panel"]
    assert left() == ["pumps", "fox", "panel", "a"]


def test_an_advisory_its_source_changed_is_unread_again() -> None:
    assert MARKS.is_read(PUMPS)
    assert not MARKS.is_read(FOX)
    assert MARKS.has_changed(FOX)
    assert not MARKS.has_changed(PUMPS)
    assert not MARKS.has_changed(PANEL)


def test_counts_say_what_each_value_would_leave_beside_the_other_choices() -> None:
    chosen = AdvisoryFilter(since="2025", issuer="Vendor")
    assert counts(ROWS, chosen, "issuer", MARKS) == (Choice("Agency", 1), Choice("Vendor", 1))
    assert counts(ROWS, AdvisoryFilter(issuer="Gone"), "issuer", MARKS)[-1] == Choice("Gone", 0)


def test_makers_stand_before_their_products() -> None:
    assert [c.code for c in counts(ROWS, AdvisoryFilter(), "technology", MARKS)] == [
        "otherworks",
        "otherworks:panel",
        "pumpworks",
        "pumpworks:controller",
        "pumpworks:panel",
    ]


def test_the_choice_of_any_stands_before_single_ones() -> None:
    assert counts(ROWS, AdvisoryFilter(), "actor", MARKS)[0] == Choice(ANY_ACTOR, 1)
    assert counts(ROWS, AdvisoryFilter(), "kev", MARKS) == (
        Choice(LISTED, 2),
        Choice(DUE, 1),
        Choice(OVERDUE, 1),
    )
    assert counts(ROWS, AdvisoryFilter(), "mark", MARKS)[0] == Choice(UNREAD, 3)


def test_years_run_backwards_and_count_what_came_later_too() -> None:
    assert counts(ROWS, AdvisoryFilter(since="2023"), "since", MARKS) == (
        Choice("2025", 2),
        Choice("2024", 3),
        Choice("2023", 3),
    )


def test_it_is_said_for_how_many_anything_is_stated() -> None:
    assert {part: stated(ROWS, part) for part in (*FIELDS, "text")} == {
        "issuer": 3,
        "sector": 1,
        "technology": 2,
        "since": 3,
        "actor": 1,
        "kev": 2,
        "mark": 4,
        "text": 4,
    }


def test_where_nothing_matches_the_choice_that_frees_most_is_named() -> None:
    chosen = AdvisoryFilter(issuer="Agency", actor=ANY_ACTOR)
    assert loosen(ROWS, chosen, MARKS) == Loosening("actor", 2)
    hopeless = AdvisoryFilter(issuer="Gone", actor="x")
    assert loosen(ROWS, hopeless, MARKS) == Loosening(None, 4)
    assert loosen(ROWS, AdvisoryFilter(), MARKS) == Loosening(None, 4)


def test_a_filter_is_kept_and_read_again_without_what_is_not_known() -> None:
    chosen = AdvisoryFilter(sector="water", text="pump")
    assert read_filter(chosen.values()) == chosen
    assert read_filter({**chosen.values(), "colour": "red", "since": 2024}) == chosen
