"""The ranking beside a client: every point a sentence, every mark a source, every why answered."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from client_samples import PRACTICE
from clients_desk import ClientsDesk
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.actor import ActorRow, Basis
from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.core.relevance import Relevance, RelevantVulnerability
from briefing.core.tlp import Tlp
from briefing.store.labels import Labels
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.prose_rows import ProseRows
from briefing.ui.widgets.section_header import SectionHeader


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, tmp_path: Path, bundled_database: Path
) -> Iterator[ClientsDesk]:
    made = ClientsDesk(qtbot, theme, tmp_path, bundled_database)
    yield made
    made.jobs.shutdown()


def said(desk: ClientsDesk) -> str:
    """Everything the pane says, from top to bottom."""
    QApplication.processEvents()
    kinds = (ProseRows, Label, SectionHeader)
    found = [one for kind in kinds for one in desk.pane.findChildren(kind) if one.isVisible()]
    words = []
    for one in found:
        words.append(one.text() if isinstance(one, ProseRows | Label) else one.accessibleName())
    return "\n".join(words)


def shown(desk: ClientsDesk, client: Client = PRACTICE) -> None:
    (kept,) = desk.keep(client)
    desk.go(kept.id)


def test_the_points_of_every_actor_add_up_to_its_score(desk: ClientsDesk) -> None:
    shown(desk)
    actors = [one.text().split("\n") for one in desk.pane.actors.findChildren(ProseRows)]
    assert len(actors) == 10
    for head, *reasons in actors:
        score = float(head.split(" points")[0].rsplit(" ", 1)[1])
        points = [float(line.split(":")[0].removeprefix("+ ")) for line in reasons]
        assert sum(points) == pytest.approx(score, abs=0.001)


def test_the_basis_is_named_first(desk: ClientsDesk) -> None:
    shown(desk)
    ground = desk.pane.ground.text()
    assert "incident history" in ground or "catalogue only" in ground


def test_an_actor_is_a_link_to_its_profile(desk: ClientsDesk) -> None:
    shown(desk)
    first = desk.pane.actors.findChildren(ProseRows)[0]
    first.link_activated.emit("place:threat-actor--1")
    assert desk.places[-1] == Place("actors", "threat-actor--1")
    desk.pane.place_activated.emit("CVE-2024-0001")
    assert desk.places[-1] == Place("advisories", "CVE-2024-0001")


def test_a_mark_leads_to_its_source_in_the_list(desk: ClientsDesk) -> None:
    shown(desk)
    key = next(iter(desk.pane._numbered.numbers))
    first = desk.pane.actors.findChildren(ProseRows)[0]
    first.source_activated.emit(key)
    assert desk.pane.sources.list.marked() == key
    bar = desk.view.page._aside.verticalScrollBar()
    assert bar.value() > 0


def test_the_method_is_one_click_away(desk: ClientsDesk) -> None:
    shown(desk)
    desk.pane.header.link_activated.emit()
    assert desk.places[-1] == Place("help", "relevance")


def test_an_edit_changes_the_ranking_without_being_saved(desk: ClientsDesk) -> None:
    shown(desk)
    before = said(desk)
    form = desk.view.form
    form.countries.set_codes(("KR",))
    form.countries.changed.emit()
    desk.settle()
    assert said(desk) != before
    assert desk.kept()[0].countries == ("US", "CA")


def test_a_client_of_whom_nothing_is_stated_is_told_what_is_missing(desk: ClientsDesk) -> None:
    shown(desk, Client("Nobody yet"))
    assert "No country and no sector is stated" in desk.pane.missing.text()
    assert desk.pane.missing.isVisible()
    assert desk.pane.actors.findChildren(ProseRows) == []


def test_why_an_actor_is_not_here_is_answered_and_forgotten_with_the_client(
    desk: ClientsDesk,
) -> None:
    shown(desk)
    row = next(row for row in desk.view._library.actors if row.name == "Turla")
    desk.pane.field.set_name("Turla")
    desk.pane.asked.emit(row.id)
    desk.settle()
    assert desk.pane.answer_words.isVisible()
    assert desk.pane.answer_words.text().startswith("Turla is ")
    (other,) = desk.keep(Client("Other", ("energy",), ("DE",)))
    desk.go(other.id)
    assert desk.pane.answer_words.text() == ""
    assert desk.pane.field.text() == ""


def test_an_actor_that_is_ranked_is_answered_with_its_place_and_terms(desk: ClientsDesk) -> None:
    shown(desk)
    first = desk.pane._relevance
    assert first is not None
    desk.pane.asked.emit(first.actors[2].actor.id)
    desk.settle()
    assert " is number 3 of the " in desk.pane.answer_words.text()
    (answer,) = desk.pane.answer.findChildren(ProseRows)
    assert answer.text().startswith(f"3: {first.actors[2].actor.name}")
    assert "\n+ " in answer.text()


def test_an_actor_nobody_knows_is_a_sentence_at_the_question(desk: ClientsDesk) -> None:
    shown(desk)
    desk.pane.asked.emit("threat-actor--none")
    desk.settle()
    assert "There is no actor" in desk.pane.question.problem


def test_what_stands_beside_the_score_is_labelled_as_not_validated(desk: ClientsDesk) -> None:
    shown(desk)
    actor = ActorRow(**_row("Fox"))
    attacked = RelevantVulnerability(
        "CVE-2024-0001",
        "pumpworks:panel",
        "Panel takes any password",
        "2024-05-01",
        True,
        (actor,),
        Basis((), (), Tlp.CLEAR),
    )
    found = Relevance(
        *("catalogue only", 0, 0, "", "2026-01-01", 1, (), ()),
        technology=(attacked,),
        unmatched=("acme:skates",),
        missing=("Nobody matches.",),
        sources=(),
    )
    desk.pane.show_relevance(found, Labels({}))
    words = said(desk)
    assert "Through what you run, sensible, but not validated; beside the score" in words
    assert "CVE-2024-0001 Panel takes any password" in words
    assert "pumpworks:panel · CISA’s deadline 1 May 2024 · used by ransomware" in words
    assert "named with Fox" in words
    assert "Nothing is known here about acme:skates." in words
    assert "Nobody matches." in words
    assert not desk.pane.supply.isVisible()


def test_a_ranking_that_fails_says_why_and_is_tried_again_when_asked(desk: ClientsDesk) -> None:
    shown(desk)
    desk.pane.show_error(BriefingError("The database is damaged.", remedy="Restore a copy."))
    assert any(words.startswith("The database is damaged.") for words in desk.notices())
    assert not desk.pane.actors.isVisible()
    desk.view.reload()
    desk.settle()
    assert desk.pane.actors.isVisible()
    assert not any(words.startswith("The database is damaged.") for words in desk.notices())


def _row(name: str) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in dataclasses.fields(ActorRow):
        if field.default is not dataclasses.MISSING:
            continue
        kind = str(field.type)
        values[field.name] = (
            () if "tuple" in kind else 0 if kind == "int" else False if kind == "bool" else ""
        )
    return {**values, "id": "threat-actor--fox", "name": name}
