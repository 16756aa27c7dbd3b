"""An incident from the first line to another computer, by a person with a keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from command_samples import Shell
from endurance_inputs import new_database
from keyboard_hands import CTRL, DOWN, ENTER, ESCAPE, LEFT, RIGHT, SPACE, Hands, name_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.case import Case, Cell, Cited, Suspected
from briefing.core.case_words import (
    Claimant,
    EvidenceKind,
    Mark,
    Purpose,
    Relevance,
    Stance,
    Supposes,
    Vertex,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.services.cases import open_case
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.navigation import Place
from briefing.ui.program import Program

NAME = "Raid on the ferry, June 2024"
SLUG = "raid-on-the-ferry-2024"
SPIDER = "Scattered Spider"
FIRST, SECOND = "Ada Example", "Bert Example"
GAZETTE = Cited(
    "https://gazette.example/2024/06/15/ferry",
    "Ferry stands still",
    "gazette.example",
    "2024-06-15",
)
REASON = "Scattered Spider is known to call help desks."
MARK_C, MARK_I, MARK_N = Qt.Key.Key_C, Qt.Key.Key_I, Qt.Key.Key_N
TECHNIQUES = "T1566.004\nT1621\nT1656\nT1219\nT1578.002\nT1213.005"


@pytest.fixture
def program(qapp: QApplication, bundled_database: Path, tmp_path: Path) -> Iterator[Program]:
    path = Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))
    library = Library(KnowledgeFile(path))
    made = Program(library, SettingsFile(tmp_path / "settings.json"), tmp_path / "workspace.db")
    yield made
    made.end()
    library.knowledge.close()


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    program.window.go(Place("actors"))
    program.window.show()
    program.window.activateWindow()
    with qtbot.waitActive(program.window):
        pass
    return Hands(program.window)


def shown(inside: QWidget) -> list[QWidget]:
    """Everything in a dialog that is to be seen."""
    return [one for one in inside.findChildren(QWidget) if one.isVisible()]


class _Story:
    """What the person does, a chapter at a time."""

    def __init__(self, program: Program, hands: Hands) -> None:
        self.program = program
        self.hands = hands

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.hands.until(lambda: not self.program.jobs.busy, "all work is done")

    def go_there(self) -> None:
        hands = self.hands
        hands.press(Qt.Key.Key_4, held=CTRL)
        self.settle()
        hands.menu("Audience up to TLP:CLEAR", "TLP:AMBER:", DOWN)
        self.settle()

    def record_the_incident(self) -> None:
        hands = self.hands
        hands.push("New incident")
        hands.opens("New incident")
        hands.fill("Name", NAME)
        hands.fill("Began", "14 June 2024")
        hands.fill("Became public", "2024-06-15")
        hands.fill("Victim", "Ferry Line")
        hands.search("Add a sector", "transport")
        hands.search("Add a country", "norway")
        hands.fill("What happened", "The ferry stood still for a day.")
        hands.fill("Link", GAZETTE.url)
        hands.fill("Title of the document", GAZETTE.title)
        hands.pick("Who may see it", "TLP:GREEN")
        hands.mnemonic(Qt.Key.Key_N)
        hands.mnemonic(Qt.Key.Key_S)
        hands.fill("Another answer", "Scattered Spider did it for money.")
        hands.fill("Your name", FIRST)
        hands.mnemonic(Qt.Key.Key_R)
        hands.closes("New incident")
        self.settle()
        assert self.program.window.windowTitle().startswith(NAME)

    def add_the_claim(self) -> None:
        hands = self.hands
        hands.push("Claims: Add claim")
        hands.opens("Add a claim")
        hands.pick("Who says it", "The attackers themselves")
        hands.fill("Name of the claimant", "Scattered Spi")
        hands.press(DOWN, ENTER)
        hands.fill("Who is said to have done it", "scattered spi")
        hands.press(DOWN, ENTER)
        hands.fill("What is said", "It stopped the ferry.")
        hands.fill("Said on", "16 June 2024")
        hands.push("Choose one used before")
        hands.press(ENTER)
        hands.to("Credibility")
        hands.press(SPACE)
        hands.fill("Why somebody suspects: Credibility", "It showed no proof.")
        hands.pick("Reliability of the source", "E")
        hands.push("Record the claim")
        hands.closes("Add a claim")
        self.settle()

    def add_evidence(self, text: str, link: str, kind: str, level: str, grade: str) -> None:
        hands = self.hands
        hands.push("Evidence: Add evidence")
        hands.opens("Add evidence")
        hands.type(text)
        if link:
            hands.push("Add a document")
            hands.type(link)
            hands.fill("Title of the document", f"About: {text}")
            hands.push("Add this document")
        else:
            hands.push("Choose one used before")
            hands.press(ENTER)
        hands.pick("Kind", kind)
        hands.pick("Level", level)
        hands.tick("Relevance", "high", key=RIGHT)
        hands.pick("Reliability of the source", grade[0])
        hands.pick("Credibility of the information", grade[1])
        hands.to("Claim A")
        hands.press(SPACE)
        hands.press(ENTER, held=CTRL)
        hands.closes("Add evidence")
        self.settle()

    def add_the_hypothesis(self) -> None:
        hands = self.hands
        hands.push("Competing hypotheses (ACH): Add hypothesis")
        hands.opens("Add a hypothesis")
        hands.tick("What it supposes", "A known actor")
        hands.fill("An actor of the catalogue", "scattered spi")
        hands.press(DOWN, ENTER)
        hands.push("Record the hypothesis")
        hands.closes("Add a hypothesis")
        self.settle()

    def mark(self) -> None:
        """A row of the matrix at a time: consistent, inconsistent, strongly so, with one reason."""
        hands = self.hands
        hands.to("Competing hypotheses", whole=True)
        hands.press(MARK_C, RIGHT, MARK_I, RIGHT, MARK_N, RIGHT, MARK_C, MARK_C)
        self.settle()
        hands.press(DOWN, MARK_I, MARK_I, LEFT, MARK_C, LEFT, MARK_I, LEFT, MARK_N)
        self.settle()
        hands.press(ENTER)
        hands.opens("E2 × H1")
        hands.type(REASON)
        hands.push("Keep")
        hands.closes("E2 × H1")
        self.settle()

    def assess(self) -> None:
        hands = self.hands
        hands.push("New assessment")
        hands.opens("New assessment")
        hands.tick("Hypothesis", "H3")
        hands.fill("The judgement in a sentence", "Scattered Spider did it for money.")
        hands.tick("Likelihood", "likely, 55")
        hands.tick("Confidence", "low")
        hands.fill("Why the confidence is what it is", "Two reports, of one origin each.")
        hands.fill("Gaps", "Nobody has seen the machines.\nThe ransom note is not public.")
        hands.push("Record the assessment")
        hands.closes("New assessment")
        self.settle()

    def give_a_second_opinion(self) -> None:
        hands = self.hands
        hands.push("Second opinion")
        hands.opens("Second opinion")
        hands.tick("How far you agree", "Disagree")
        hands.fill("Why", "Anybody can call a help desk.")
        hands.pick("What you hold instead", "H2")
        hands.push("Change the name under which you record")
        hands.press(Qt.Key.Key_A, held=CTRL)
        hands.type(SECOND)
        hands.push("Record the opinion")
        hands.closes("Second opinion")
        self.settle()

    def look_at_the_history(self) -> None:
        hands = self.hands
        hands.push("Assessment: History")
        hands.opens(f"History: {NAME}")
        assert "Assessments, the newest first" in name_of(hands.focus)
        assert "Version 1, stands" in [name_of(one) for one in shown(hands.dialog)]
        hands.press(DOWN)
        hands.press(ESCAPE)
        hands.closes(f"History: {NAME}")

    def name_techniques(self) -> None:
        hands = self.hands
        hands.menu("More about this incident", "Change the incident")
        hands.opens("Change the incident")
        hands.fill("Techniques", TECHNIQUES)
        hands.fill("Software", "S1068")
        hands.push("Record the change")
        hands.closes("Change the incident")
        self.settle()

    def add_the_overlap(self) -> None:
        hands = self.hands
        hands.to("Known groups by what they share")
        hands.push("Add as evidence")
        hands.opens("Add the overlap as evidence")
        hands.push("Add it")
        hands.closes("Add the overlap as evidence")
        self.settle()

    def export(self, target: Path) -> None:
        hands = self.hands
        hands.menu("More about this incident", "Export as STIX 2.1")
        hands.opens("Export the incident")
        hands.press(Qt.Key.Key_A, held=CTRL)
        hands.type(str(target))
        hands.press(ENTER)
        hands.closes("Export the incident")
        self.settle()


def held(path: Path) -> Case:
    """The incident as a database holds it."""
    with closing(KnowledgeFile(path)) as knowledge:
        return open_case(knowledge.connection, SLUG).case


def received(sent: Path, folder: Path) -> Case:
    """The incident as another computer holds it that knows nothing else."""
    shell = Shell(new_database(folder / "there.db"))
    taken = shell.as_json("import", sent)
    assert taken.code == 0, taken
    (result,) = taken.results
    assert result["quarantined"] == []
    return held(shell.database)


def test_an_incident_is_worked_through_by_keyboard_alone_and_arrives_elsewhere(
    program: Program, hands: Hands, tmp_path: Path
) -> None:
    story = _Story(program, hands)
    story.go_there()
    story.record_the_incident()
    story.add_the_claim()
    story.add_evidence("Entry by a call to the help desk", "", "TTPs", "Operational", "C3")
    server = "https://lab.example/2024-06-20/server"
    story.add_evidence("A server that others rent too", server, "Infrastructure", "Tactical", "B2")
    story.add_the_hypothesis()
    story.mark()
    story.assess()
    story.give_a_second_opinion()
    story.look_at_the_history()
    story.name_techniques()
    story.add_the_overlap()
    target = tmp_path / "ferry.json"
    story.export(target)

    made = held(tmp_path / "knowledge.db")
    _has_what_was_typed(made)
    _has_the_marks(made)
    _has_the_judgements(made)
    arrived = received(target, tmp_path)
    for ours, theirs in zip(made.rows(), arrived.rows(), strict=True):
        for one in fields(ours):
            if one.name != "source":
                assert getattr(ours, one.name) == getattr(theirs, one.name), one.name
    assert arrived == made


def _has_what_was_typed(case: Case) -> None:
    incident = case.incident
    assert (incident.name, incident.slug, incident.tlp) == (NAME, SLUG, Tlp.GREEN)
    assert (incident.first_seen, incident.disclosed) == ("2024-06-14", "2024-06-15")
    assert (incident.sectors, incident.countries) == (("transport",), ("NO",))
    assert incident.documents == (GAZETTE,)
    assert incident.features == (*TECHNIQUES.split(), "S1068")
    [claim] = case.claims
    assert (claim.claimant, claim.by, claim.accused) == (Claimant.ACTOR, SPIDER, SPIDER)
    assert claim.actor.startswith("intrusion-set--")
    assert (claim.date, claim.grade.code) == ("2024-06-16", "E–")
    assert claim.suspected == (Suspected(Purpose.CREDIBILITY, "It showed no proof."),)
    assert claim.documents == (GAZETTE,)
    call, server, overlap = case.evidence
    assert (call.kind, call.vertex) == (EvidenceKind.TTP, Vertex.CAPABILITY)
    assert (call.relevance, call.grade.code) == (Relevance.HIGH, "C3")
    assert call.origin == GAZETTE.publisher
    assert [one.publisher for one in server.documents] == ["lab.example"]
    assert call.bears_on == server.bears_on == (claim.id,)
    assert (overlap.method, overlap.author) == ("overlap", SECOND)
    assert SPIDER in overlap.text
    supposed = [Supposes.UNKNOWN, Supposes.FALSE_FLAG, Supposes.ACTOR, Supposes.ACTOR]
    assert [one.supposes for one in case.hypotheses] == supposed
    assert case.hypotheses[-1].actors == (claim.actor,)


def _has_the_marks(case: Case) -> None:
    call, server, _overlap = (one.id for one in case.evidence)
    marks = [{cell.evidence: cell.mark for cell in one.cells} for one in case.hypotheses]
    assert marks == [
        {call: Mark.C, server: Mark.N},
        {call: Mark.I, server: Mark.I},
        {call: Mark.N, server: Mark.C},
        {call: Mark.CC, server: Mark.II},
    ]
    reasons = [cell for one in case.hypotheses for cell in one.cells if cell.rationale]
    assert reasons == [Cell(server, Mark.N, REASON)]


def _has_the_judgements(case: Case) -> None:
    [assessment], [opinion] = case.assessments, case.opinions
    assert (assessment.author, opinion.author) == (FIRST, SECOND)
    assert assessment.hypothesis == case.hypotheses[2].id
    assert (assessment.likelihood, assessment.confidence) == (Likelihood.LIKELY, Confidence.LOW)
    assert len(assessment.gaps) == 2
    assert (opinion.assessment, opinion.stance) == (assessment.id, Stance.DISAGREE)
    assert opinion.hypothesis == case.hypotheses[1].id
