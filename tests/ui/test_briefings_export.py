"""The Briefings screen: what is written, what is remembered, and a window that never waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from briefing_desk import LONG, Desk
from heart import STILL, Heart
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFocusEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports.registry import FORMATS
from briefing.services.build_database import build_database
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.file_names import file_stem
from briefing.services.format_limits import format_limits
from briefing.services.library import Library
from briefing.ui.errors import ErrorDialog
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_export import targets_at
from briefing.ui.views.briefing_formats import GOOD_FOR, FormatChoice
from briefing.ui.views.briefing_written import size_words
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.progress_row import ProgressRow

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_export_writes_what_is_shown_in_every_format_chosen_and_remembers_it(
    desk: Desk, actor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk.show(actor)
    desk.view.export.choose("md", on=True)
    assert desk.view.export.button.text() == "Export PDF and Markdown…"
    desk.export_to("for the board.pdf")
    desk.settle()
    preview = desk.preview
    written = {path.suffix: path.read_bytes() for path in desk.folder.glob("for the board.*")}
    chosen = (known for known in FORMATS if known.name in ("pdf", "md"))
    expected = {known.suffixes[0]: known.render(preview.brief) for known in chosen}
    assert written == expected
    assert f"for the board.pdf\n{size_words(len(written['.pdf']))}" in desk.said()
    links = [link for link in desk.window.findChildren(LinkButton) if link.isVisible()]
    folders = [link for link in links if link.text() == "Open folder"]
    folders[0].click()
    assert opened == [QUrl.fromLocalFile(str(desk.folder))]
    [row] = _delivered(desk)
    statements = len(preview.brief.statements())
    assert row == (
        "Gamaredon Group, Actor briefing · 24 Nov 2026 · TLP:CLEAR, PDF, MD,"
        f" {statements} statements: none changed"
    )


def _delivered(desk: Desk) -> list[str]:
    return [row.accessibleName() for row in desk.view.delivered.rows]


def test_a_delivered_file_that_was_moved_is_told_about(desk: Desk, actor: str) -> None:
    desk.show(actor)
    desk.export_to("a.pdf")
    desk.settle()
    (desk.folder / "a.pdf").unlink()
    desk.view.delivered.open_folder_of(0)
    [dialog] = desk.window.findChildren(ErrorDialog)
    assert dialog.accessibleName() == "a.pdf is no longer where it was put."
    dialog.accept()


def test_a_file_that_stands_there_is_replaced_only_when_a_person_says_so(
    desk: Desk, actor: str
) -> None:
    target = desk.folder / "a.pdf"
    target.write_text("mine")
    desk.show(actor)
    desk.export_to("a.pdf")
    assert "a.pdf stands in" in desk.told("Replace it?")
    assert target.read_text() == "mine"
    desk.press("Replace")
    desk.settle()
    assert target.read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_remembered(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    desk.view.export.start(targets_at(desk.folder / "gone" / "a.pdf", FORMATS[:1]))
    desk.settle()
    [title] = desk.notices()
    assert title.startswith(f"The file {desk.folder / 'gone' / 'a.pdf'} could not be written")
    assert desk.view.delivered.isHidden()
    assert desk.view.export.button.isEnabled()


def test_an_export_can_be_stopped_and_then_nothing_is_written(
    desk: Desk, actor: str, qtbot: QtBot
) -> None:
    desk.show(actor)
    desk.view.export.start(targets_at(desk.folder / "a.pdf", FORMATS[:1]))
    [row] = desk.window.findChildren(ProgressRow)
    row.cancelled.emit()
    desk.settle()
    assert desk.notices() == ["The export was stopped."]
    assert list(desk.folder.glob("a.pdf")) == []


def test_names_of_files_are_safe_and_say_whom_and_for_whom(desk: Desk, actor: str) -> None:
    desk.show(actor)
    preview = desk.preview
    assert file_stem(preview.brief) == "Gamaredon Group - actor briefing - TLP-CLEAR"
    all_of_them = targets_at(Path("v1.2 final"), FORMATS)
    assert [path.name for _, path in all_of_them] == [
        f"v1.2 final{known.suffixes[0]}" for known in FORMATS
    ]
    kept = {known.name: path.name for known, path in targets_at(Path("notes.markdown"), FORMATS)}
    assert (kept["pdf"], kept["md"], kept["stix"]) == (
        "notes.pdf",
        "notes.markdown",
        "notes.stix.json",
    )


def test_one_file_that_cannot_be_written_does_not_keep_the_others_from_it(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    (desk.folder / "a.pdf").mkdir()
    chosen = tuple(known for known in FORMATS if known.name in ("pdf", "md", "stix", "csv"))
    desk.view.export.start(targets_at(desk.folder / "a.pdf", chosen))
    desk.settle()
    [title] = desk.notices()
    assert title.startswith(f"The file {desk.folder / 'a.pdf'} could not be written")
    assert sorted(path.name for path in desk.folder.glob("a.*")) == [
        "a.csv.zip",
        "a.md",
        "a.pdf",
        "a.stix.json",
    ]
    assert "3 files written\nMarkdown" in desk.said()
    assert len(desk.view.delivered.rows) == 1


def test_a_full_disk_is_told_and_the_old_file_stays(
    desk: Desk, actor: str, small_disk: Callable[[str], Path]
) -> None:
    desk.show(actor)
    target = small_disk("16k") / "a.pdf"
    target.write_text("mine")
    desk.view.export.start(targets_at(target, FORMATS[:1]))
    desk.settle()
    [title] = desk.notices()
    assert "No space left on device" in title
    assert "What was there before is still there." in desk.told(title)
    assert [(path.name, path.read_text()) for path in target.parent.iterdir()] == [
        ("a.pdf", "mine")
    ]


def test_the_button_counts_the_files_where_there_are_many(desk: Desk, actor: str) -> None:
    desk.show(actor)
    for known in FORMATS:
        desk.view.export.choose(known.name, on=True)
    assert desk.view.export.button.text() == "Export 9 files…"
    for known in FORMATS:
        desk.view.export.choose(known.name, on=False)
    assert desk.view.export.button.text() == "Export…"
    assert "Choose a format first." in desk.said()


def test_each_format_says_what_it_is_good_for(desk: Desk, qtbot: QtBot) -> None:
    assert set(GOOD_FOR) == {known.name for known in FORMATS}
    boxes = desk.view.export.choice.stops
    for known, box in zip(FORMATS, boxes, strict=True):
        assert isinstance(box, QCheckBox)
        assert box.text() == known.label
        assert GOOD_FOR[known.name] in box.accessibleDescription()
        QApplication.sendEvent(box, QFocusEvent(QEvent.Type.FocusIn))
        assert f"{known.label}: {GOOD_FOR[known.name]}." in desk.said()


def test_what_a_format_cannot_hold_is_said_before_it_is_written(
    qtbot: QtBot, theme: Theme, library: Library, actor: str
) -> None:
    """A briefing without techniques or tables: no layer can be made of it, and little else."""
    choice = FormatChoice(theme)
    qtbot.addWidget(choice)
    changes: list[None] = []
    choice.changed.connect(lambda: changes.append(None))
    choice.choose("navigator", on=True)
    primer = compose_brief(library.knowledge, BriefRequest("primer", ""))
    choice.set_limits(format_limits(primer))
    assert [known.name for known in choice.formats] == ["pdf"]
    assert len(changes) == 2
    assert "Navigator: The briefing names no technique of ATT&CK" in _warned(choice)
    assert "STIX" not in _warned(choice)
    choice.choose("stix", on=True)
    choice.choose("xlsx", on=True)
    assert "STIX 2.1: It would hold judgements and sources alone" in _warned(choice)
    assert "Excel: It would hold sources alone" in _warned(choice)
    whole = compose_brief(library.knowledge, BriefRequest("actor", actor))
    choice.set_limits(format_limits(whole))
    assert [known.name for known in choice.formats] == ["pdf", "stix", "navigator", "xlsx"]
    assert _warned(choice) == ""


def _warned(choice: FormatChoice) -> str:
    said = [one.accessibleName() for one in choice.findChildren(QWidget) if not one.isHidden()]
    return " ".join(words for words in said if ": It would" in words or ": The briefing" in words)


def test_the_window_lives_on_while_pages_files_and_a_database_are_made(
    desk: Desk, actor: str, library: Library, qtbot: QtBot
) -> None:
    heart = Heart()
    largest: dict[str, str] = {}

    def watch(name: str, start: Callable[[], object], is_done: Callable[[], bool]) -> None:
        def work() -> None:
            start()
            qtbot.waitUntil(is_done, timeout=LONG)

        worked, passed = heart.during(work)
        # A window that waits for the work beats once before and once after it, if at all.
        assert heart.beats > 3, name
        assert worked <= STILL, name
        largest[name] = f"{passed * 1000:.0f} ms, worked {worked * 1000:.0f} ms"

    watch(
        "preview",
        lambda: desk.view.show_place(Place("briefings", actor)),
        lambda: not desk.view.busy,
    )
    desk.settle()
    watch(
        "export",
        lambda: desk.view.export.start(targets_at(desk.folder / "a.pdf", FORMATS)),
        lambda: not desk.jobs.busy,
    )
    ended: list[object] = []
    target = desk.folder / "built.db"

    def build() -> None:
        job = desk.jobs.run(
            "Building",
            lambda task: build_database(paths.data_folder(), target, task),
            serial=True,
        )
        job.finished.connect(ended.append)
        job.failed.connect(ended.append)

    watch("database", build, lambda: bool(ended))
    assert not isinstance(ended[0], BriefingError)
    words = ", ".join(f"{name} {gap}" for name, gap in largest.items())
    print(f"\n  largest gap between two 10 ms beats: {words}")  # noqa: T201 - a measurement to read


@pytest.mark.parametrize("in_front", [True, False])
def test_the_keyboard_is_at_the_export_button_again_after_an_export(
    desk: Desk, actor: str, qtbot: QtBot, in_front: bool
) -> None:
    desk.show(actor)
    desk.window.activateWindow()
    with qtbot.waitActive(desk.window):
        pass
    desk.view.export.button.setFocus(Qt.FocusReason.TabFocusReason)
    if not in_front:
        # As the dialog that asked for a name does while it closes.
        dialog = QWidget()
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        with qtbot.waitActive(dialog):
            pass
    desk.view.export.start(targets_at(desk.folder / "a.pdf", FORMATS[:1]))
    working = desk.window.focusWidget()
    assert isinstance(working, QPushButton)
    assert working.text() == "Cancel"
    desk.settle()
    assert desk.window.focusWidget() is desk.view.export.button


def test_what_was_written_is_said_until_something_else_is_asked_for(desk: Desk, actor: str) -> None:
    desk.show(actor)
    desk.export_to("a.pdf")
    desk.settle()
    assert "a.pdf" in desk.said()
    desk.view.options.set_level(Tlp.GREEN)
    desk.settle()
    assert "a.pdf" not in desk.said()
