"""Marks of the matrix, evidence that was computed, and rows that are withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from case_form_desk import ANALYST, CaseFormDesk, button, changed, raid
from case_samples import actor_id, document, evidence, row_id
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.case import Claim, Row
from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark
from briefing.core.tlp import Tlp
from briefing.ui.errors import ErrorDialog
from briefing.ui.theme import Theme
from briefing.ui.views.case_form_evidence import EvidencePanel
from briefing.ui.views.case_withdraw import WithdrawDialog, WithdrawPanel

H1, H2 = row_id("hypothesis", "h1"), row_id("hypothesis", "h2")
E1, E2 = row_id("evidence", "e1"), row_id("evidence", "e2")
A, B = row_id("claim", "a"), row_id("claim", "b")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, tmp_path: Path, bundled_database: Path
) -> Iterator[CaseFormDesk]:
    made = CaseFormDesk(qtbot, theme, tmp_path, bundled_database, ANALYST)
    yield made
    made.close()


@pytest.fixture
def page(desk: CaseFormDesk) -> CasePage:
    return desk.put()


def _cells(page: CasePage, wanted: str) -> dict[str, tuple[Mark, str]]:
    [hypothesis] = [one for one in page.case.hypotheses if one.id == wanted]
    return {cell.evidence: (cell.mark, cell.rationale) for cell in hypothesis.cells}


def _withdraw(desk: CaseFormDesk, page: CasePage, row: Row) -> WithdrawDialog:
    dialog = desk.editor.withdraw(page, row)
    assert isinstance(dialog, WithdrawDialog)
    return dialog


def _told(dialog: WithdrawDialog) -> tuple[str, ...]:
    assert isinstance(dialog.panel, WithdrawPanel)
    return dialog.panel.told


def test_a_mark_is_recorded_at_once_and_can_be_taken_away(
    desk: CaseFormDesk, page: CasePage
) -> None:
    desk.editor.set_mark(page, H2, E2, Mark.II, "The press  had it before.")
    desk.settle()
    assert desk.dialogs() == []
    assert desk.saved == [page.case.incident.id]
    assert _cells(desk.page(), H2) == {
        E1: (Mark.I, ""),
        E2: (Mark.II, "The press had it before."),
    }
    desk.editor.set_mark(desk.page(), H2, E1, None)
    desk.editor.set_mark(desk.page(), H2, E2, Mark.I)
    desk.settle()
    assert _cells(desk.page(), H2) == {E2: (Mark.I, "The press had it before.")}
    desk.editor.set_mark(desk.page(), H2, E2, Mark.I, "")
    desk.settle()
    assert _cells(desk.page(), H2) == {E2: (Mark.I, "")}
    assert len(desk.versions(H2)) == 5


def test_marks_that_follow_each_other_before_the_page_is_read_anew_are_all_kept(
    desk: CaseFormDesk, page: CasePage
) -> None:
    for evidence_id, mark in ((E1, Mark.CC), (E2, Mark.I), (E1, Mark.NA)):
        desk.editor.set_mark(page, H1, evidence_id, mark)
    desk.settle()
    assert _cells(desk.page(), H1) == {E1: (Mark.NA, ""), E2: (Mark.I, "")}
    moments = [row.modified for row in desk.versions(H1)]
    assert moments == sorted(set(moments), reverse=True)


def test_a_mark_that_could_not_be_kept_is_told_and_not_built_upon(
    desk: CaseFormDesk, page: CasePage
) -> None:
    kept = desk.path.read_bytes()
    desk.path.write_bytes(b"no database any more")
    desk.editor.set_mark(page, H1, E1, Mark.II)
    desk.settle()
    [dialog] = [one for one in desk.window.findChildren(ErrorDialog) if one.isVisible()]
    assert str(desk.path) in dialog.accessibleName()
    assert desk.saved == []
    desk.path.write_bytes(kept)
    desk.editor.set_mark(page, H1, E2, Mark.C)
    desk.settle()
    assert _cells(desk.page(), H1) == {E1: (Mark.C, ""), E2: (Mark.C, "")}


def test_a_cell_above_the_ceiling_survives_a_mark_made_below_it(desk: CaseFormDesk) -> None:
    whole = desk.put(*(changed(row, tlp=Tlp.RED) if row.id == E1 else row for row in raid()))
    desk.ceiling = Tlp.AMBER
    seen = tuple(
        changed(one, cells=tuple(cell for cell in one.cells if cell.evidence != E1))
        for one in whole.case.hypotheses
    )
    below = replace(whole, case=replace(whole.case, evidence=(), hypotheses=seen))
    desk.editor.set_mark(below, H1, E2, Mark.I)
    desk.settle()
    assert _cells(desk.page(), H1) == {E1: (Mark.C, ""), E2: (Mark.I, "")}


def test_an_analyst_without_a_name_is_asked_once_and_the_mark_is_kept(
    desk: CaseFormDesk, page: CasePage
) -> None:
    desk.settings.settings = type(desk.settings.settings)()
    desk.editor.set_mark(page, H2, E2, Mark.C)
    [dialog] = desk.dialogs()
    desk.press(dialog)
    assert desk.saved == []
    dialog.author.name.input.setText(" Ada   Example ")  # type: ignore[attr-defined]  # a RowDialog
    desk.press(dialog)
    assert _cells(desk.page(), H2)[E2] == (Mark.C, "")
    desk.editor.set_mark(desk.page(), H2, E2, Mark.N)
    assert desk.dialogs() == []
    desk.settle()
    assert {row.author for row in desk.versions(H2)[:2]} == {ANALYST}


def test_an_overlap_is_looked_at_before_it_becomes_evidence(
    desk: CaseFormDesk, page: CasePage
) -> None:
    draft = evidence(
        "overlap",
        text="Shares four of five features with Heron.",
        method="overlap",
        author="",
        documents=(document("attack"),),
        origin="The catalogue",
    )
    dialog = desk.editor.add_overlap_evidence(page, draft)
    assert isinstance(dialog.panel, EvidencePanel)
    assert dialog.panel.text.text() == "Shares four of five features with Heron."
    dialog.panel.relevance.set_value("low")
    desk.press(dialog)
    made = next(one for one in desk.page().case.evidence if one.id == draft.id)
    assert (made.method, made.relevance, made.author) == ("overlap", "low", ANALYST)
    dialog = desk.editor.add_overlap_evidence(desk.page(), draft)
    desk.press(dialog)
    assert len(desk.page().case.evidence) == 3


def test_withdrawing_evidence_says_that_its_cells_go_too(
    desk: CaseFormDesk, page: CasePage
) -> None:
    row = next(one for one in page.case.evidence if one.id == E1)
    dialog = _withdraw(desk, page, row)
    assert _told(dialog) == ("Its cells in the matrix go too, at H1 and H2.",)
    assert dialog.focusWidget() is dialog.leave
    dialog.leave.click()
    desk.settle()
    assert desk.saved == []
    button(_withdraw(desk, page, row), "Take it out").click()
    desk.settle()
    after = desk.page()
    assert [one.id for one in after.case.evidence] == [E2]
    assert _cells(after, H1) == {E2: (Mark.N, "")}
    assert _cells(after, H2) == {}
    assert [version.withdrawn for version in desk.versions(E1)] == [True, False]


def test_withdrawing_a_claim_a_hypothesis_or_all_says_what_goes_along(
    desk: CaseFormDesk, page: CasePage
) -> None:
    labels = page.case.labels()
    bearing = next(label for row, label in labels.items() if row == E1)
    by_id = {row.id: row for row in page.case.rows()}
    assert _told(_withdraw(desk, page, by_id[A])) == (f"{bearing} no longer bears on it.",)
    assert _told(_withdraw(desk, page, by_id[H1])) == ("With it goes 1 assessment.",)
    dialog = _withdraw(desk, page, page.case.incident)
    assert _told(dialog) == (
        "With it go 2 claims, 2 pieces of evidence, 2 hypotheses and 1 assessment.",
    )
    button(dialog, "Take it out").click()
    desk.settle()
    assert desk.versions(H1)[0].withdrawn
    assert desk.saved == [page.case.incident.id]


def test_what_a_feed_claims_is_not_withdrawn_here(desk: CaseFormDesk, page: CasePage) -> None:
    told = changed(page.case.claims[0], text="", id=row_id("claim", "feed"), actor=actor_id("Owl"))
    assert isinstance(told, Claim)
    assert told.is_of_feed
    assert desk.editor.withdraw(page, told) is None
    QApplication.processEvents()
    [dialog] = [one for one in desk.window.findChildren(ErrorDialog) if one.isVisible()]
    assert dialog.accessibleName() == (
        "This claim is what a feed says, and it goes only with the feed."
    )
