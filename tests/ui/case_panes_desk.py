"""Panes of a case on a desk: a case that was worked through, and pictures of every pane.

``python tests/ui/case_panes_desk.py FOLDER`` draws them in light and dark, at 100, 150 and 200 %.
Whoever changes a pane looks at them beside the design.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from case_samples import (
    actor_id,
    assessment,
    case,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from briefing.analysis.ach import weigh
from briefing.analysis.case_warnings import Known, warnings
from briefing.core.actor import Basis, Coded, Counted
from briefing.core.case import Case, Cell, Hypothesis
from briefing.core.case_page import CasePage, KnownActor
from briefing.core.case_words import (
    Claimant,
    ClaimStatus,
    EvidenceKind,
    Mark,
    Relevance,
    Supposes,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.core.weighing import Matched, Overlap, Ranked
from briefing.services.overlap_beside import BesideOverlap, NamedActor, SharedVictims
from briefing.ui.theme import Scheme, Theme
from briefing.ui.views.case_assessment import AssessmentPane
from briefing.ui.views.case_history import HistoryPane
from briefing.ui.views.case_matrix import MatrixPane
from briefing.ui.views.case_overlap import OverlapPane
from briefing.ui.views.case_rationale import RationaleDialog
from briefing.ui.views.case_warnings import WarningsPane
from briefing.ui.widgets.focus_ring import FocusRing
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.section_header import SectionHeader

PIXELS = 1.5
HERON, EGRET, GULL = (actor_id(name) for name in ("Heron", "Egret", "Gull"))
_MARKS = {
    "h1": "C I N I C N",
    "h2": "I CC I I NA N",
    "h3": "C C CC CC C N",
    "h4": "N I I I I N",
}
_WHY = "The caller knew the name of the shift leader, as Heron’s callers did in two earlier raids."


def harbour_case() -> Case:
    """Two claimants, six pieces of evidence from five origins, four answers, two judgements."""
    return case(
        subject(),
        claim(
            "a",
            claimant=Claimant.ACTOR,
            by="Egret",
            accused="Egret",
            actor=EGRET,
            date="2023-09-14",
            status=ClaimStatus.CONTESTED,
            reliability="E",
            origin="Statement of Egret",
        ),
        claim("b", accused="Heron", actor=HERON, date="2023-09-13", status=ClaimStatus.CONTESTED),
        *_pieces(),
        *(answer(key, marks) for key, marks in _MARKS.items()),
        assessment(
            "j1",
            "h1",
            date="2023-12-04",
            text="Heron carried out the raid on its own account.",
            likelihood=Likelihood.ROUGHLY_EVEN,
            confidence=Confidence.LOW,
            basis="One press report, and nothing from the machines themselves.",
        ),
        assessment(
            "j2",
            "h3",
            supersedes="j1",
            date="2024-03-01",
            text="Heron carried out the raid as an affiliate of Egret.",
            basis="Two authorities say so independently; neither shows its grounds.",
            gaps=("No forensic report is public.",),
            assumptions=("E3 and E4 describe the same people as claim B.",),
        ),
        opinion(
            "o1",
            "j2",
            hypothesis="h4",
            author="Second desk",
            text="Both authorities may rest on one briefing; that somebody else did it stays open.",
        ),
    )


def _pieces() -> Iterable[Any]:
    told = (
        ("e1", "Entry by a call to the help desk", EvidenceKind.TTP, "C", 3, "high", "Press"),
        (
            "e2",
            "Statement tells of identity systems first, screens later",
            EvidenceKind.CLAIM,
            "E",
            3,
            "medium",
            "Statement of Egret",
        ),
        (
            "e3",
            "Advisory: Heron also uses Egret’s tools",
            EvidenceKind.OFFICIAL,
            "A",
            2,
            "high",
            "",
        ),
        ("e4", "Report: Heron became an affiliate", EvidenceKind.CAPABILITY, "B", 2, "high", "R"),
        (
            "e5",
            "TTP overlap: 9 of 9 features, first of 172 groups",
            EvidenceKind.TTP,
            "C",
            3,
            "medium",
            "",
        ),
        ("e6", "The harbour’s filing names no actor", EvidenceKind.OFFICIAL, "A", 1, "medium", "F"),
    )
    for key, text, kind, reliability, credibility, relevance, origin in told:
        yield evidence(
            key,
            text=text,
            kind=kind,
            reliability=reliability,
            credibility=credibility,
            relevance=Relevance(relevance),
            origin=origin or "Advisory of the coast guard",
            method="overlap" if key == "e5" else "",
        )


def answer(key: str, marks: str, **more: Any) -> Hypothesis:
    """A hypothesis with a mark for each of E1, E2, …; "–" leaves one out."""
    given = {
        "h1": ("Heron alone", "Heron did it on its own account.", (HERON,), Supposes.ACTOR),
        "h2": ("Egret’s operators alone", "Egret’s own people did it.", (EGRET,), Supposes.ACTOR),
        "h3": ("Heron for Egret", "Heron did it for Egret.", (HERON, EGRET), Supposes.SEVERAL),
        "h4": ("Another actor or a false flag", "Somebody else did it.", (), Supposes.FALSE_FLAG),
    }
    short, text, actors, supposes = given[key]
    made = hypothesis(key, short=short, text=text, actors=actors, supposes=supposes, **more)
    cells = tuple(
        Cell(row_id("evidence", f"e{place}"), Mark(mark), _WHY if (key, place) == ("h1", 1) else "")
        for place, mark in enumerate(marks.split(), start=1)
        if mark != "–"
    )
    return replace(made, cells=cells)


def page_of(shown: Case, **more: Any) -> CasePage:
    """The page of a case, weighed as the program weighs it."""
    given: dict[str, Any] = {
        "case": shown,
        "told": None,
        "weighing": weigh(shown),
        "warnings": (),
        "actors": {
            id_: KnownActor(id_, name, attack_id, "", Tlp.CLEAR)
            for id_, name, attack_id in (
                (HERON, "Heron", "G9001"),
                (EGRET, "Egret", ""),
                (GULL, "Gull", "G9003"),
            )
        },
        "shared_names": {},
        "labels": {},
        "sources": {},
        **more,
    }
    return CasePage(**given)


def with_warnings(shown: Case) -> CasePage:
    """The page of a case with the warnings that apply to it."""
    return page_of(shown, warnings=warnings(shown, weigh(shown), Known()))


def overlap_of(margin: float | None = 2.2, **more: Any) -> Overlap:
    """Nine features, shared by three groups; ``margin`` is that of the first over the second."""
    features = (*(f"T90{place:02}" for place in range(1, 9)), "S9001")
    names = {one: f"Technique {one[-1]}" for one in features} | {"S9001": "Egret’s locker"}
    order = ("S9001", *features[:-1])

    def ranked(rank: int, name: str, shared: Iterable[str]) -> Ranked:
        shared = tuple(shared)
        found = tuple(
            Matched(one, names[one], 1 / len(shared), order.index(one) + 1) for one in shared
        )
        return Ranked(rank, actor_id(name), name, f"G900{rank}", 1 / rank, found)

    given: dict[str, Any] = {
        "features": features,
        "unknown": (),
        "groups": 172,
        "ranked": (
            ranked(1, "Heron", order),
            ranked(2, "Tern", (order[0], *order[2:6])),
            ranked(3, "Gull", order[4:8]),
        ),
        "margin": margin,
        "discriminates": margin is not None and margin >= 1.25,
        "as_of": "2024-03-01",
        **more,
    }
    return Overlap(**given)


def words_of(pane: QWidget) -> str:
    """Everything that a pane says."""
    QApplication.processEvents()
    parts = []
    for one in pane.findChildren(QWidget):
        if one.isVisible() and isinstance(one, Prose):
            parts.append(one.text())
        elif one.isVisible() and isinstance(one, (Label, SectionHeader)):
            parts.append(one.accessibleName() or (one.text() if isinstance(one, Label) else ""))
    return "\n".join(parts)


def framed(theme: Theme, pane: QWidget, width: int) -> QWidget:
    """A pane on the paper of a screen, with the margins it has there."""
    page = QWidget()
    page.setObjectName("page")
    page.setStyleSheet(f"#page {{ background: {theme.tokens.paper}; }}")
    box = QVBoxLayout(page)
    box.setContentsMargins(20, 12, 20, 12)
    box.addWidget(pane)
    page.ensurePolished()
    page.show()
    for _ in range(3):
        QApplication.processEvents()
        height = max(box.heightForWidth(width), box.minimumHeightForWidth(width))
        page.resize(QSize(width, height if height > 0 else page.sizeHint().height()))
    QApplication.processEvents()
    return page


def drawn(page: QWidget) -> QImage:
    """A picture of a widget, as on a screen with one and a half pixels a point."""
    image = QImage(page.size() * PIXELS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PIXELS)
    page.render(image)
    return image


def beside_of(shown: Case, **more: Any) -> BesideOverlap:
    """Nothing of infrastructure; one sector that the first group is said to target too."""
    hit = Coded("transport", "Transport")
    given: dict[str, Any] = {
        "infrastructure": shown.incident.infrastructure,
        "victims": (hit,),
        "groups": (
            SharedVictims(HERON, "Heron", True, (Counted(*astuple(hit), 1, Basis((), ())),)),
        ),
        "named": (
            NamedActor(EGRET, "Egret", "no profile", 0),
            NamedActor(HERON, "Heron", "ranked", 1),
        ),
        "sources": (),
        **more,
    }
    return BesideOverlap(**given)


def matrix_of(theme: Theme, shown: Case) -> MatrixPane:
    pane = MatrixPane(theme)
    pane.show_page(page_of(shown))
    return pane


def assessment_of(theme: Theme, shown: Case) -> AssessmentPane:
    pane = AssessmentPane(theme)
    pane.show_page(page_of(shown))
    return pane


def warnings_of(theme: Theme, shown: Case, *opened: int) -> WarningsPane:
    pane = WarningsPane(theme)
    pane.show_page(with_warnings(shown))
    for place in opened:
        pane.rows[place].disclosure.setChecked(True)
    return pane


def overlap_pane_of(theme: Theme, overlap: Overlap | None, beside: bool = True) -> OverlapPane:
    pane = OverlapPane(theme)
    shown = harbour_case()
    pane.show_page(page_of(shown))
    pane.show_overlap(overlap, beside_of(shown) if beside else None)
    return pane


def history_of(theme: Theme, shown: Case) -> HistoryPane:
    pane = HistoryPane(theme)
    pane.show_page(page_of(shown))
    return pane


def dialog_of(theme: Theme) -> RationaleDialog:
    page = page_of(harbour_case())
    holder = QWidget()
    made = RationaleDialog(
        theme, holder, page, row_id("hypothesis", "h1"), row_id("evidence", "e1")
    )
    made.setParent(None)
    return made


def _panes() -> dict[str, tuple[int, Callable[[Theme], QWidget]]]:
    refused = {"refused": "4 features cannot tell known groups apart.", "ranked": ()}
    unjudged = replace(
        harbour_case(),
        hypotheses=tuple(replace(one, cells=one.cells[:-2]) for one in harbour_case().hypotheses),
    )
    return {
        "matrix": (544, lambda theme: matrix_of(theme, harbour_case())),
        "matrix-unjudged": (544, lambda theme: matrix_of(theme, unjudged)),
        "matrix-empty": (544, lambda theme: matrix_of(theme, case())),
        "assessment": (344, lambda theme: assessment_of(theme, harbour_case())),
        "assessment-none": (344, lambda theme: assessment_of(theme, case(hypothesis()))),
        "warnings": (344, lambda theme: warnings_of(theme, harbour_case(), 1)),
        "warnings-none": (344, lambda theme: warnings_of(theme, worked_case())),
        "overlap": (372, lambda theme: overlap_pane_of(theme, overlap_of())),
        "overlap-refused": (372, lambda theme: overlap_pane_of(theme, overlap_of(**refused))),
        "history": (580, lambda theme: history_of(theme, harbour_case())),
        "rationale": (520, dialog_of),
    }


def main(folder: Path, *names: str) -> None:
    """Draw the panes that were named, or all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        for factor in (1.0, 1.5, 2.0):
            theme = Theme(scheme=scheme, factor=factor)
            theme.apply(app)
            ring = FocusRing(theme)
            for name, (width, build) in _panes().items():
                if names and name not in names:
                    continue
                pane = build(theme)
                page = framed(theme, pane, round(width * min(factor, 1.5)))
                if isinstance(pane, MatrixPane) and pane.grid.isVisible():
                    page.activateWindow()
                    pane.grid.select(row_id("hypothesis", "h1"), row_id("evidence", "e1"))
                    QApplication.processEvents()
                drawn(page).save(str(folder / f"{name}-{scheme}-{round(factor * 100)}.png"))
                page.close()
            del ring


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
