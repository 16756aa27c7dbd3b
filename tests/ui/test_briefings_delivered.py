"""Briefings that were handed over: what they were, and what has changed since."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from briefing_desk import LONG
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from relevance_samples import BEAR, add, empty_database, targets
from store_samples import actor

from briefing.core.changes import RecordDraft, StatementDraft
from briefing.core.errors import BriefingError
from briefing.exports.manifest import manifest
from briefing.services import delivered as service
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.delivered import Counted, count_changes
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import Delivery
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_delivered import FEW, DeliveredList


def bear(*said: StatementDraft) -> RecordDraft:
    """Bear as a release gives it: a record with other statements has another content."""
    content = [(one.object, one.value, one.confidence) for one in said]
    return actor(1, "Bear", said=said, says=content)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = empty_database(tmp_path_factory.mktemp("delivered") / "knowledge.db")
    add(path, bear(*targets(BEAR, "healthcare", "energy", "US")))
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "knowledge.db"))


@pytest.fixture
def knowledge(path: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(path)) as opened:
        yield opened


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


class Desk:
    """The list, and what it asked for."""

    def __init__(self, qtbot: QtBot, theme: Theme, knowledge: KnowledgeFile) -> None:
        self.qtbot = qtbot
        self.jobs = Jobs()
        self.list = DeliveredList(
            theme, lambda subject: {BEAR: "Bear"}.get(subject, ""), self.jobs, knowledge
        )
        qtbot.addWidget(self.list)
        self.asked: list[int] = []
        self.failed: list[BriefingError] = []
        self.list.changes_requested.connect(self.asked.append)
        self.list.failed.connect(self.failed.append)

    def show(self, *deliveries: Delivery) -> None:
        self.list.set_deliveries(deliveries)
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=LONG)

    def said(self) -> list[str]:
        return [row.accessibleName() for row in self.list.rows]

    def standing(self) -> list[str]:
        return [row.standing for row in self.list.rows]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, knowledge: KnowledgeFile) -> Iterator[Desk]:
    made = Desk(qtbot, theme, knowledge)
    yield made
    made.jobs.shutdown()


@pytest.fixture
def delivery(knowledge: KnowledgeFile, tmp_path: Path) -> Delivery:
    """A briefing on Bear, made for a client."""
    brief = compose_brief(knowledge, BriefRequest("actor", BEAR))
    return Delivery(
        kind="actor",
        subject=BEAR,
        title=brief.title,
        audience="Harbour Dental Group",
        tlp="CLEAR",
        delivered_at="2026-10-02T12:00:00+00:00",
        manifest=manifest(brief).decode(),
        files=(str(tmp_path / "bear.pdf"), str(tmp_path / "bear.stix.json")),
    )


def of(delivery: Delivery, **other: object) -> Delivery:
    return replace(delivery, **other)  # type: ignore[arg-type]  # as named there


def test_a_row_says_what_it_is_for_whom_when_and_in_which_formats(
    desk: Desk, delivery: Delivery
) -> None:
    desk.show(delivery)
    [words] = desk.said()
    assert words.startswith(
        "Bear, Actor briefing · 2 Oct 2026 · TLP:CLEAR, for Harbour Dental Group · PDF, STIX, "
    )
    assert not desk.list.isHidden()


def test_kinds_without_a_name_of_their_own_are_known_by_their_title(
    desk: Desk, delivery: Delivery
) -> None:
    digest = of(
        delivery, kind="advisories", subject="2026-09", title="Nine advisories", audience="AMBER"
    )
    desk.show(digest)
    [words] = desk.said()
    assert words.startswith("Nine advisories, Advisory digest · 2 Oct 2026")
    assert "AMBER" not in words


def test_nothing_has_changed_while_the_database_has_not(desk: Desk, delivery: Delivery) -> None:
    desk.show(delivery)
    [words] = desk.standing()
    assert words.endswith(" statements: none changed")


def test_what_changed_and_what_was_withdrawn_is_counted(
    desk: Desk, delivery: Delivery, path: Path
) -> None:
    said = [replace(one, confidence="high") for one in targets(BEAR, "healthcare")]
    add(path, bear(*said, *targets(BEAR, "US")))
    desk.show(delivery)
    [words] = desk.standing()
    assert words.startswith("1 changed, 1 withdrawn, of ")


def test_a_count_holds_until_the_database_changes(
    desk: Desk, delivery: Delivery, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Delivery] = []
    count = service._count

    def counting(knowledge: KnowledgeFile, one: Delivery) -> service.ChangedSince:
        counted.append(one)
        return count(knowledge, one)

    monkeypatch.setattr(service, "_count", counting)
    desk.show(delivery)
    desk.show(delivery)
    assert len(counted) == 1
    newer = of(delivery, delivered_at="2026-11-02T12:00:00+00:00")
    desk.show(newer, delivery)
    assert counted == [delivery, newer]
    add(path, bear(*targets(BEAR, "US")))
    desk.show(newer, delivery)
    assert counted == [delivery, newer, newer, delivery]
    assert "withdrawn" in desk.standing()[1]


def test_a_briefing_from_elsewhere_is_not_known_here(
    desk: Desk, delivery: Delivery, knowledge: KnowledgeFile
) -> None:
    head, key, tail = delivery.manifest.rpartition('"statements":[')
    foreign = f"{head}{key}12345,{tail}"
    desk.show(of(delivery, manifest=foreign))
    assert "1 not known here" in desk.standing()[0]


def test_a_manifest_that_cannot_be_read_is_told_and_asks_for_nothing(
    desk: Desk, delivery: Delivery
) -> None:
    desk.show(of(delivery, manifest="{"), delivery)
    broken, whole = desk.list.rows
    assert broken.standing
    assert not broken.changes.isEnabled()
    assert whole.changes.isEnabled()


def test_the_changes_of_a_briefing_are_asked_for_by_its_place(
    desk: Desk, delivery: Delivery
) -> None:
    newer = of(delivery, kind="changes", delivered_at="2026-11-02T12:00:00+00:00")
    desk.show(newer, delivery)
    changes, actor = desk.list.rows
    assert changes.changes.isHidden()
    actor.changes.click()
    assert desk.asked == [1]
    assert desk.list.deliveries[1] is delivery


def test_the_folder_of_a_briefing_opens_and_one_that_is_gone_is_told(
    desk: Desk, delivery: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk.show(delivery)
    desk.list.rows[0].folder.click()
    [error] = desk.failed
    assert error.message == "bear.pdf and bear.stix.json are no longer where they were put."
    (tmp_path / "bear.stix.json").write_text("{}")
    desk.list.rows[0].folder.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_a_few_are_shown_until_all_are_asked_for(desk: Desk, delivery: Delivery) -> None:
    many = [
        of(delivery, delivered_at=f"2026-10-{day:02}T12:00:00+00:00") for day in range(9, 0, -1)
    ]
    desk.show(*many)
    assert len(desk.list.rows) == FEW
    desk.list._header.link_activated.emit()
    desk.qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=LONG)
    assert len(desk.list.rows) == len(many)
    assert all(desk.standing())


def test_nothing_is_shown_where_nothing_was_delivered(desk: Desk) -> None:
    desk.show()
    assert desk.list.isHidden()


def test_counting_can_be_stopped(knowledge: KnowledgeFile, delivery: Delivery) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(BriefingError, match="cancelled"):
        count_changes(knowledge, [delivery], Counted(), task)
