"""The overlap with known groups: ranks and features, and always how little they prove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from case_panes_desk import (
    EGRET,
    GULL,
    HERON,
    beside_of,
    harbour_case,
    overlap_of,
    page_of,
    words_of,
)
from case_samples import actor_id, case, evidence, subject
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.errors import BriefingError
from briefing.core.weighing import Overlap
from briefing.services.overlap_beside import NamedActor
from briefing.services.overlap_words import BACKTEST_LINE, MARGINS
from briefing.ui.models.overlap_rows import SQUARES, SQUARES_ROLE, feature_order
from briefing.ui.theme import Theme
from briefing.ui.views.case_overlap import FEW, OverlapPane


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> OverlapPane:
    pane = OverlapPane(theme)
    qtbot.addWidget(pane)
    pane.resize(400, 700)
    pane.show_page(page_of(harbour_case()))
    pane.show()
    return pane


@pytest.fixture
def found(pane: OverlapPane) -> Callable[[Overlap], list[tuple[str, ...]]]:
    """Shows an overlap and gives back the rows of the table."""

    def show(overlap: Overlap) -> list[tuple[str, ...]]:
        pane.show_overlap(overlap, beside_of(harbour_case()))
        QApplication.processEvents()
        return rows(pane)

    return show


def rows(pane: OverlapPane) -> list[tuple[str, ...]]:
    return [
        tuple(part for part in (row.rank, row.name, row.told, row.shared) if part)
        for row in pane.table.rows.rows
    ]


def many(count: int) -> Overlap:
    """More groups than are shown at once."""
    overlap = overlap_of(1.1)
    last = overlap.ranked[-1]
    more = tuple(
        replace(last, rank=place, name=f"Wader {place}", actor=actor_id(f"Wader {place}"))
        for place in range(4, count + 1)
    )
    return replace(overlap, ranked=(*overlap.ranked, *more))


def test_groups_stand_in_their_order_and_one_row_is_nobody_known(
    found: Callable[[Overlap], list[tuple[str, ...]]],
) -> None:
    assert found(overlap_of()) == [
        ("1", "Heron", "9 of 9"),
        ("2", "Tern", "5 of 9"),
        ("3", "Gull", "4 of 9"),
        ("–", "Egret", "no profile in ATT&CK"),
        ("–", "Not in the catalogue", "always possible"),
    ]


def test_a_square_is_the_same_feature_in_every_row(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    overlap = overlap_of()
    found(overlap)
    order = feature_order(overlap)
    assert order[0] == "S9001"
    model = pane.table.rows
    for place, group in enumerate(overlap.ranked):
        squares = model.index(place, SQUARES).data(SQUARES_ROLE)
        used = {feature for feature, is_used in zip(order, squares, strict=True) if is_used}
        assert used == {one.feature for one in group.matched}


def test_squares_are_drawn_filled_and_outlined(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]], theme: Theme
) -> None:
    found(overlap_of())
    image = pane.table.viewport().grab().toImage()
    rect = pane.table.visualRect(pane.table.rows.index(1, SQUARES))
    side, gap = 8, 2
    middles = [
        image.pixelColor(rect.left() + 8 + place * (side + gap) + 4, rect.center().y())
        for place in range(9)
    ]
    teal = theme.colour("evidence")
    assert [colour == teal for colour in middles] == [
        *(True, False, True, True, True, True, False, False, False)
    ]


def test_nothing_looks_like_a_probability(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    said = words_of(pane) + "".join(row.spoken + "".join(row.hints) for row in pane.table.rows.rows)
    assert "%" not in said
    assert "0." not in said
    assert "no probability" in said


@pytest.mark.parametrize(("margin", "band"), list(zip((1.0, 1.3, 1.7, 2.5), MARGINS, strict=True)))
def test_the_backtest_stands_beside_every_ranking(
    pane: OverlapPane,
    found: Callable[[Overlap], list[tuple[str, ...]]],
    margin: float,
    band: tuple[float, str, int, int],
) -> None:
    found(overlap_of(margin))
    told = pane.backtest.accessibleDescription()
    assert pane.backtest.isVisible()
    assert told.startswith(BACKTEST_LINE)
    assert f"{band[2]} of {band[3]}" in told
    assert ("not discriminate" in told) == (margin < 1.25)


def test_what_weighs_most_follows_the_chosen_row(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    assert pane.weighs.accessibleName() == (
        "Weighs most for Heron: Egret’s locker (1 group), Technique 1 (2), Technique 2 (3),"
        " Technique 3 (4) and 5 more."
    )
    pane.table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(pane.table, Qt.Key.Key_Down)
    QTest.keyClick(pane.table, Qt.Key.Key_Down)
    assert pane.weighs.accessibleName().startswith("Weighs most for Gull: Technique 4 (5 groups)")


def test_infrastructure_and_victims_are_beside_it(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    assert pane.beside.accessibleName() == (
        "Beside it, not mixed in: infrastructure, nothing recorded;"
        " victims, Transport is named for Heron too."
    )
    beside = beside_of(harbour_case(), infrastructure=("192.0.2.7",), groups=())
    pane.show_overlap(overlap_of(), beside)
    assert pane.beside.text() == (
        "infrastructure, 192.0.2.7: no catalogue here lists that of groups;"
        " victims, nobody here names Transport as targets of the first groups."
    )
    pane.show_overlap(overlap_of(), beside_of(harbour_case(), victims=(), groups=()))
    assert pane.beside.text().endswith("victims, nothing recorded.")


def test_the_rest_is_shown_when_asked_for(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    assert len(found(many(30))) == FEW + 2
    assert pane.more.text() == "25 more share anything"
    pane.more.click()
    assert len(rows(pane)) == 32
    assert rows(pane)[-1] == ("–", "Not in the catalogue", "always possible")
    pane.more.click()
    assert len(rows(pane)) == FEW + 2


def test_an_actor_that_the_case_names_is_shown_wherever_it_stands(pane: OverlapPane) -> None:
    overlap = many(30)
    named = (
        NamedActor(overlap.ranked[20].actor, "Wader 21", "ranked", 21),
        NamedActor(GULL, "Gull", "ranked", 3),
        NamedActor(EGRET, "Egret", "shares nothing", 0),
    )
    pane.show_overlap(overlap, beside_of(harbour_case(), named=named))
    assert rows(pane)[FEW:] == [
        ("21", "Wader 21", "4 of 9"),
        ("–", "Egret", "shares nothing"),
        ("–", "Not in the catalogue", "always possible"),
    ]


def test_enter_opens_the_profile_and_the_button_asks_for_evidence(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    opened: list[str] = []
    asked: list[str] = []
    pane.actor_chosen.connect(opened.append)
    pane.evidence_asked.connect(asked.append)
    pane.add.click()
    pane.table.selectRow(1)
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    pane.add.click()
    pane.table.selectRow(4)  # Nobody has a profile there.
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert opened == [actor_id("Tern")]
    assert asked == [HERON, actor_id("Tern")]


def test_too_few_features_are_refused_and_nobody_is_said_to_share_nothing(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    told = found(overlap_of(None, ranked=(), refused="4 features cannot tell groups apart."))
    assert told == [("–", "Not in the catalogue", "always possible")]
    assert pane.refusal.accessibleName() == "4 features cannot tell groups apart."
    for part in (pane.add, pane.backtest, pane.weighs):
        assert not part.isVisible()
    found(overlap_of())
    assert not pane.refusal.isVisible()
    assert pane.add.isVisible()


def test_what_could_not_be_compared_is_named(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of(absent=("T8888",), unknown=("T9001", "T9002"), replaced=(("T7777", "T9001"),)))
    assert pane.left_out.text() == (
        "Not compared, since no catalogue here holds it: T8888."
        " No known group uses T9001 or T9002. T7777 was withdrawn and compared as T9001."
    )
    found(overlap_of())
    assert not pane.left_out.isVisible()


def test_what_entered_the_matrix_is_named(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    assert "It enters ACH as one piece of TTP evidence (E5)." in pane.foot.text()
    pane.show_page(page_of(case(evidence("e1"))))
    assert "evidence." in pane.foot.text()


def test_another_incident_or_other_features_forget_what_was_found(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    pane.show_page(page_of(harbour_case()))
    assert pane.table.isVisible()
    more = replace(harbour_case(), incident=subject(techniques=("T9001",)))
    pane.show_page(page_of(more))
    assert not pane.table.isVisible()
    assert pane.state.text() == "Nothing has been compared yet."
    pane.show_waiting()
    assert pane.state.text() == "Comparing with known groups …"
    pane.show_overlap(None, None)
    assert pane.state.text() == "Nothing has been compared yet."


def test_a_failure_is_told_in_its_place(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    pane.show_error(BriefingError("The database could not be read.", remedy="Try again."))
    assert pane.fault.accessibleName() == "The database could not be read."
    assert pane.fault.isVisible()
    assert not pane.table.isVisible()
    found(overlap_of())
    assert not pane.fault.isVisible()


def test_one_group_alone_has_no_margin(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    overlap = overlap_of(None)
    found(replace(overlap, ranked=overlap.ranked[:1]))
    assert "no margin" in pane.backtest.accessibleDescription()


@pytest.mark.parametrize("width", [240, 300, 400])
def test_names_and_counts_are_readable_however_narrow_the_pane(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]], width: int
) -> None:
    pane.resize(width, 900)
    found(overlap_of())
    table = pane.table
    assert table.horizontalScrollBar().maximum() == 0
    last = table.visualRect(table.rows.index(0, 3))
    assert last.right() <= table.viewport().width()
    assert last.width() >= table.fontMetrics().horizontalAdvance("9 of 9")


def test_a_screen_reader_hears_the_row_in_words(
    pane: OverlapPane, found: Callable[[Overlap], list[tuple[str, ...]]]
) -> None:
    found(overlap_of())
    model = pane.table.rows
    said = [model.index(place, 1).data(Qt.ItemDataRole.AccessibleTextRole) for place in (0, 3, 4)]
    assert said == [
        "Heron, first: shares 9 of 9 features.",
        "Egret: no profile in ATT&CK.",
        "An actor not in the catalogue: always possible.",
    ]
