"""What is concluded from a case: the matrix in sentences, assessment, history, warnings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from case_panes_desk import HERON, answer, harbour_case, page_of, words_of
from case_samples import (
    assessment,
    case,
    claim,
    document,
    evidence,
    hypothesis,
    opinion,
    row_id,
    worked_case,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark, Stance, Supposes
from briefing.core.estimates import Likelihood
from briefing.core.tlp import Tlp
from briefing.services.matrix_words import leading
from briefing.ui.theme import Theme
from briefing.ui.views.case_assessment import AssessmentPane, missing_for_assessment
from briefing.ui.views.case_history import HistoryPane
from briefing.ui.views.case_matrix import MatrixPane
from briefing.ui.views.case_matrix_words import sentences


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a pane and gives it back."""

    def show(pane: QWidget) -> QWidget:
        qtbot.addWidget(pane)
        pane.resize(480, 640)
        pane.show()
        QApplication.processEvents()
        return pane

    return show


def two(first: str, second: str, *, pieces: int = 2, origin: str = "") -> CasePage:
    """Two hypotheses with these marks on evidence."""
    more = {"origin": origin} if origin else {}
    rows = (evidence(f"e{place}", **more) for place in range(1, pieces + 1))
    return page_of(case(*rows, answer("h1", first), answer("h2", second)))


def test_the_least_refuted_is_never_called_proved() -> None:
    page = page_of(harbour_case())
    assert leading(page) == "H3 is the least refuted, not proved."
    assert sentences(page) == (
        "Leaving each origin out in turn keeps it first: not fragile.",
        "E6 tells nothing apart (0.00).",
        "E3 and E5 have one origin (O3) and one vote.",
    )


def test_what_would_change_without_an_origin_is_said() -> None:
    page = two("I C", "C II")
    assert leading(page) == "H1 is the least refuted, not proved."
    assert sentences(page)[0] == "Fragile: without origin O2 (E2) H2 would lead."
    level = two("C C", "C I")
    assert sentences(level)[0] == "Fragile: without origin O2 (E2) H1 and H2 would be level."


def test_equals_are_not_ranked() -> None:
    page = two("I C", "C I")
    assert leading(page) == ("H1 and H2 are equally little refuted: the evidence does not decide.")


def test_one_origin_is_said_to_be_all_there_is() -> None:
    told = sentences(two("I C", "C C", origin="One report"))
    assert told[0] == "All evidence goes back to one origin (O1): without it nothing is left."


def test_what_is_not_judged_yet_is_counted_and_leads_nothing() -> None:
    page = two("C –", "– –")
    assert leading(page) == "H2 is not judged yet, so none is the least refuted."
    assert sentences(page)[-1] == "3 of 4 cells are not judged yet; they count for nothing."
    empty = two("– –", "– –")
    assert leading(empty) == "Nothing is judged yet."
    assert sentences(empty) == ("Go to a cell and press C, I or N.",)


def test_a_hypothesis_alone_competes_with_nothing() -> None:
    page = page_of(case(evidence("e1"), answer("h1", "C")))
    assert leading(page) == "H1 stands alone: nothing competes with it."
    assert sentences(page) == ()


def test_the_matrix_says_what_is_missing_before_it_can_be_filled(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = MatrixPane(theme)
    shown(pane)
    asked: list[bool] = []
    pane.add_asked.connect(lambda: asked.append(True))
    pane.show_page(page_of(case()))
    assert pane.nothing.accessibleName() == "No hypotheses yet"
    pane.header._link.click()
    assert asked == [True]
    pane.show_page(page_of(case(answer("h1", ""))))
    assert pane.nothing.accessibleName() == "No evidence yet"
    assert not pane.grid.isVisible()
    pane.show_page(page_of(harbour_case()))
    assert pane.grid.isVisible()
    assert not pane.nothing.isVisible()
    said = pane.words.accessibleName()
    assert said.startswith("H3 is the least refuted, not proved. Leaving each origin out in turn")


def test_the_current_cell_is_told_below_the_matrix(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = MatrixPane(theme)
    pane.show_page(page_of(harbour_case()))
    shown(pane)
    pane.grid.select(row_id("hypothesis", "h2"), row_id("evidence", "e5"))
    assert pane.told.text() == (
        "E5 × H2: NA, does not apply. E5 has no bearing on H2. No reason was written down.\n"
        "E5: TTP overlap: 9 of 9 features, first of 172 groups"
    )


def test_a_reason_is_written_with_its_mark(
    qtbot: QtBot, theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = MatrixPane(theme)
    pane.show_page(page_of(two("C –", "– –").case))
    shown(pane)
    told: list[tuple[object, ...]] = []
    pane.rationale_written.connect(lambda *said: told.append(said))
    pane.grid.select(row_id("hypothesis", "h2"), row_id("evidence", "e2"))
    QTest.keyClick(pane.grid.cells, Qt.Key.Key_Return)
    dialog = pane.dialog
    assert dialog is not None
    QTest.keyClicks(dialog.reason, " Nobody else knew. ")
    dialog.do.click()
    assert told == []  # A reason without a mark is refused, and stays.
    assert dialog.reason.text() == "Nobody else knew."
    dialog.marks.set_value("CC")
    dialog.do.click()
    ids = (row_id("hypothesis", "h2"), row_id("evidence", "e2"))
    assert told == [(*ids, Mark.CC, "Nobody else knew.")]


def test_a_key_changes_a_mark_and_keeps_its_reason(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = MatrixPane(theme)
    pane.show_page(page_of(harbour_case()))
    shown(pane)
    told: list[tuple[object, ...]] = []
    pane.mark_chosen.connect(lambda *said: told.append(said))
    pane.rationale_written.connect(lambda *said: told.append(said))
    for key in ("h1", "h2"):  # Only the first has a reason.
        pane.grid.select(row_id("hypothesis", key), row_id("evidence", "e1"))
        QTest.keyClick(pane.grid.cells, Qt.Key.Key_N)
    first, second = told
    assert first[2] is Mark.N
    assert str(first[3]).startswith("The caller knew")
    assert second == (row_id("hypothesis", "h2"), row_id("evidence", "e1"), Mark.N)


def test_likelihood_and_confidence_stand_on_lines_of_their_own(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = AssessmentPane(theme)
    pane.show_page(page_of(harbour_case()))
    shown(pane)
    judgement = pane.judgement
    assert judgement.likelihood.accessibleName() == "Likelihood: likely 55–80\N{NO-BREAK SPACE}%"
    assert judgement.confidence.accessibleName() == "Confidence: medium"
    both = (judgement.likelihood.geometry(), judgement.confidence.geometry())
    assert both[0].bottom() < both[1].top()
    for line in words_of(pane).split("\n"):
        low = line.lower()
        assert not ("likely" in low and "confidence" in low)


def test_an_assessment_is_shown_with_all_it_rests_on(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = AssessmentPane(theme)
    pane.show_page(page_of(harbour_case()))
    shown(pane)
    said = words_of(pane)
    for words in (
        "Heron carried out the raid as an affiliate of Egret (H3).",
        "1 Mar 2024, Analyst, version 2",
        "Hypothesis: H3 Heron for Egret",
        "Basis: Two authorities say so independently",
        "Gaps: No forensic report is public.",
        "Assumes: E3 and E4 describe the same people as claim B.",
        "Second desk disagrees. Both authorities may rest on one briefing",
        "Holds H4 Another actor or a false flag instead.",
    ):
        assert words in said
    assert pane.judgement.tlp.accessibleName() == Tlp.CLEAR.label


def test_a_judgement_of_several_sentences_is_shown_as_it_was_written(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = AssessmentPane(theme)
    text = "Heron did it. Egret lent the tools."
    pane.show_page(page_of(case(hypothesis("h1"), assessment("j1", text=text))))
    shown(pane)
    assert pane.judgement.text.text() == text


def test_an_assessment_against_the_matrix_says_so(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = AssessmentPane(theme)
    shown(pane)
    before = harbour_case()
    other = replace(before.assessments[1], hypothesis=row_id("hypothesis", "h1"))
    pane.show_page(page_of(replace(before, assessments=(before.assessments[0], other))))
    assert "Matrix: H3 is less refuted than H1 there." in words_of(pane)
    doubted = replace(other, likelihood=Likelihood.UNLIKELY)
    pane.show_page(page_of(replace(before, assessments=(before.assessments[0], doubted))))
    assert "Matrix" not in words_of(pane)


def test_somebody_else_s_standing_assessment_is_not_hidden(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    before = harbour_case()
    other = assessment(
        "j9",
        "h2",
        author="Third desk",
        text="Egret’s own people did it.",
        date="2024-02-01",
        likelihood=Likelihood.VERY_LIKELY,
    )
    pane = AssessmentPane(theme)
    pane.show_page(page_of(replace(before, assessments=(*before.assessments, other))))
    shown(pane)
    said = words_of(pane)
    assert "Third desk judges otherwise. Egret’s own people did it." in said
    assert "H2 Egret’s operators alone: very likely." in said
    assert "1 disagrees, 1 judges otherwise" in said


def test_every_stance_reads_as_a_sentence(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    said = [opinion(one.value, "j1", stance=one, author="Desk") for one in Stance]
    pane = AssessmentPane(theme)
    pane.show_page(page_of(case(hypothesis("h1"), assessment("j1"), *said)))
    shown(pane)
    for verb in ("strongly disagrees", "disagrees", "neither agrees nor disagrees", "agrees"):
        assert f"Desk {verb}." in words_of(pane)


def test_without_an_assessment_it_says_what_is_missing() -> None:
    assert missing_for_assessment(page_of(case())) == (
        "hypotheses: three or more answers to the question who did it",
        "evidence that speaks for or against them",
    )
    page = page_of(case(evidence("e1"), evidence("e2"), answer("h1", "C –"), answer("h2", "– –")))
    assert missing_for_assessment(page) == (
        "one more hypothesis, so that answers compete",
        "a hypothesis of an actor nobody has named, or of a false flag",
        "3 of 4 cells of the matrix",
    )
    full = worked_case()
    assert missing_for_assessment(page_of(full)) == ()
    one = page_of(case(evidence("e1"), answer("h4", "N")))
    assert missing_for_assessment(one) == ("two more hypotheses, so that answers compete",)
    assert one.case.hypotheses[0].supposes is Supposes.FALSE_FLAG


def test_nothing_can_be_judged_before_there_is_a_hypothesis(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = AssessmentPane(theme)
    pane.show_page(page_of(case(claim("a"))))
    shown(pane)
    assert not pane.new.isEnabled()
    assert pane.new.toolTip()
    assert not pane.second.isVisible()
    pane.show_page(page_of(case(answer("h1", ""))))
    assert pane.new.isEnabled()


def test_the_buttons_ask_for_what_they_say(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = AssessmentPane(theme)
    pane.show_page(page_of(harbour_case()))
    shown(pane)
    asked: list[object] = []
    pane.new_asked.connect(lambda: asked.append("new"))
    pane.opinion_asked.connect(asked.append)
    pane.history_asked.connect(lambda: asked.append("history"))
    for button in (pane.new, pane.second, pane.header._link):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
    assert asked == ["new", row_id("assessment", "j2"), "history"]


def test_what_an_assessment_cites_opens_in_the_browser(
    theme: Theme, shown: Callable[[QWidget], QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    cited = document("report")
    bare = document("paper", publisher="", published="")
    pane = AssessmentPane(theme)
    pane.show_page(page_of(case(hypothesis("h1"), assessment("j1", documents=(cited, bare)))))
    shown(pane)
    assert "Rests on: Report Press (1 Oct 2023), The paper" in words_of(pane)
    pane.judgement.rows.setFocus(Qt.FocusReason.BacktabFocusReason)
    QTest.keyClick(pane.judgement.rows, Qt.Key.Key_Return)
    assert opened == [bare.url]


def test_a_hypothesis_that_was_taken_out_is_said_to_be(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = AssessmentPane(theme)
    pane.show_page(page_of(case(assessment("j1", "h9"))))
    shown(pane)
    assert "Hypothesis: a hypothesis that was taken out" in words_of(pane)


def test_an_actor_s_id_is_never_shown(theme: Theme, shown: Callable[[QWidget], QWidget]) -> None:
    for pane in (MatrixPane(theme), AssessmentPane(theme), HistoryPane(theme)):
        pane.show_page(page_of(harbour_case()))
        shown(pane)
        assert HERON not in words_of(pane)
        assert "--" not in words_of(pane)
