"""The Briefings screen: what is asked for, the pages themselves, what is written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.exports import pdf
from briefing.exports.registry import FORMATS, by_name
from briefing.services.build_database import build_database
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.ui.errors import ErrorDialog
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_checks import check_words, listing
from briefing.ui.views.briefing_export import file_stem, size_words, targets_at
from briefing.ui.views.briefing_work import Offer, Wish, arranged, wanted_sections
from briefing.ui.views.briefings import BriefingsView
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.two_line_list import TwoLineList

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

DAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG = 120_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""


def _world() -> World:
    return read_world(paths.resources_folder() / "map" / "world.json")


class _Desk:
    """The screen in a window, and what was asked of the window."""

    def __init__(self, qtbot: QtBot, theme: Theme, library: Library, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.jobs = Jobs()
        self.asked: list[Place] = []
        self.view = BriefingsView(
            theme, self.jobs, library, folder / "workspace.db", _world, lambda: DAY
        )
        self.view.navigate.connect(self.asked.append)
        self.window = QWidget()
        QVBoxLayout(self.window).addWidget(self.view)
        self.window.resize(1300, 850)
        qtbot.addWidget(self.window)
        self.window.show()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.view.busy and not self.jobs.busy, timeout=LONG)
        # A widget put into a layout is shown at the next turn of the event loop.
        QApplication.processEvents()

    def show(self, actor: str, *, one_page: bool = True) -> None:
        if one_page:
            self.view.options.length.set_value("one-page")
        self.view.show_place(Place("briefings", actor))
        self.settle()

    @property
    def pages(self) -> int:
        return self.view.preview.pages.canvas.count

    def notices(self) -> list[str]:
        """Titles of everything a person is told."""
        found = self.window.findChildren(Notice)
        return [notice.accessibleName() for notice in found if notice.isVisible()]

    def told(self, title: str) -> str:
        """What stands under a title."""
        [notice] = [
            notice
            for notice in self.window.findChildren(Notice)
            if notice.isVisible() and notice.accessibleName() == title
        ]
        return notice.accessibleDescription()

    def press(self, words: str) -> None:
        """Press the button with these words."""
        [button] = [
            button
            for button in self.window.findChildren(QPushButton)
            if button.isVisible() and button.text() == words
        ]
        button.click()

    def export_to(self, name: str) -> None:
        """Choose a file in the dialog."""
        self.view.export.button.click()
        dialog = self.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.selectFile(str(self.folder / name))
        dialog.accept()

    def said(self) -> str:
        """Everything the screen says in labels."""
        labels = self.window.findChildren(Label)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(KnowledgeFile(paths.bundled_database()))


@pytest.fixture(scope="module")
def actor(library: Library) -> str:
    """One that has a profile of ours."""
    return library.search("Gamaredon Group")[0].id


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, library: Library, tmp_path: Path) -> Iterator[_Desk]:
    made = _Desk(qtbot, theme, library, tmp_path)
    yield made
    made.jobs.shutdown()


def test_while_nobody_is_chosen_the_screen_says_what_to_do_and_exports_nothing(
    desk: _Desk,
) -> None:
    desk.settle()
    assert desk.view.title == "Briefings"
    assert desk.notices() == ["Whom is the briefing about?"]
    assert not desk.view.export.button.isEnabled()
    desk.press("APT28")
    assert [place.screen for place in desk.asked] == ["briefings"]


def test_a_place_presets_the_actor_and_shows_the_pages_of_the_pdf_itself(
    desk: _Desk, actor: str
) -> None:
    desk.show(actor)
    preview = desk.view.loader.current
    assert preview is not None
    assert desk.view.title == "Briefing on Gamaredon Group"
    drawn = pdf.pages(preview.brief, preview.drawn.ppi)
    assert desk.pages == len(drawn)
    same = QImage.fromData(drawn[0]).convertToFormat(QImage.Format.Format_RGB32)
    assert preview.drawn.pages[0] == same


def test_pages_are_drawn_for_the_pixels_they_are_shown_with(desk: _Desk, actor: str) -> None:
    desk.show(actor)
    view = desk.view.preview.pages
    for zoom in ("actual", "page", "width"):
        view.set_zoom(zoom)
        desk.settle()
        preview = desk.view.loader.current
        assert preview is not None
        shown = view.canvas.rect_of(0).width() * view.devicePixelRatio()
        assert abs(preview.drawn.pages[0].width() - shown) < 1.5


def test_an_actor_that_is_not_there_is_refused_in_words(desk: _Desk) -> None:
    with pytest.raises(NotFoundError, match="There is no actor"):
        desk.view.show_place(Place("briefings", "nobody"))


def test_typing_offers_actors_alone_and_enter_takes_one(desk: _Desk, actor: str) -> None:
    field = desk.view.options.actor
    field.setFocus()
    QTest.keyClicks(field, "primitive bear")
    [popup] = [view for view in desk.window.findChildren(QListView) if view.model() is field._model]
    kinds = {field._model.hit(row).kind for row in range(field._model.rowCount())}  # type: ignore[union-attr]  # rows are hits here
    assert popup.isVisible()
    assert kinds == {"actor"}
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.asked == [Place("briefings", actor)]
    assert not popup.isVisible()


def test_what_is_half_typed_goes_with_escape_or_with_the_keyboard(desk: _Desk, actor: str) -> None:
    desk.show(actor)
    field = desk.view.options.actor
    field.setFocus()
    QTest.keyClicks(field, "apt")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Gamaredon Group"
    QTest.keyClicks(field, "apt")
    desk.view.options.author.setFocus()
    assert field.text() == "Gamaredon Group"
    assert desk.asked == []


def test_a_name_nobody_bears_is_told_in_the_list(desk: _Desk) -> None:
    field = desk.view.options.actor
    field.setFocus()
    QTest.keyClicks(field, "zzzzqqq")
    assert field._model.lines(0)[0] == "Nothing is called “zzzzqqq”"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.asked == []


def test_of_many_wishes_only_the_newest_is_shown(desk: _Desk, actor: str) -> None:
    loaded: list[Wish] = []
    desk.view.options.length.set_value("one-page")
    desk.view.loader.loaded.connect(lambda preview: loaded.append(preview.wish))
    desk.view.show_place(Place("briefings", actor))
    for author in ("A", "An", "An author"):
        desk.view.options.author.setText(author)
        desk.view.options.author.textEdited.emit(author)
    desk.settle()
    assert [wish.author for wish in loaded] == ["An author"]
    preview = desk.view.loader.current
    assert preview is not None
    assert preview.brief.author == "An author"


def test_a_wish_that_came_while_another_was_at_work_replaces_it(
    desk: _Desk, actor: str, qtbot: QtBot
) -> None:
    loaded: list[bool] = []
    desk.view.loader.loaded.connect(lambda preview: loaded.append(preview.wish.one_page))
    desk.view.show_place(Place("briefings", actor))
    qtbot.waitUntil(lambda: desk.jobs.busy, timeout=LONG)
    desk.view.options.length.set_value("one-page")
    desk.settle()
    assert loaded == [True]


def test_nobody_is_named_unasked(desk: _Desk, actor: str) -> None:
    desk.show(actor)
    preview = desk.view.loader.current
    assert preview is not None
    assert preview.brief.author == ""


def test_a_section_that_is_switched_off_is_not_printed_and_sources_stay(
    desk: _Desk, actor: str
) -> None:
    desk.show(actor)
    sections = desk.view.options.lists[0].sections
    titles = [sections.row(row)[0].title for row in range(sections.rowCount())]
    assert titles[-1] == "Sources"
    sections.switch(0)
    sections.switch(len(titles) - 1)
    desk.settle()
    preview = desk.view.loader.current
    assert preview is not None
    printed = [section.title for section in preview.brief.parts[0].sections]
    assert printed == titles[1:]
    assert not sections.row(0)[1]


def test_a_section_is_moved_with_the_keyboard_and_printed_in_its_new_place(
    desk: _Desk, actor: str
) -> None:
    desk.show(actor)
    view = desk.view.options.lists[0]
    before = view.sections.order()
    view.setCurrentIndex(view.sections.index(0))
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    preview = desk.view.loader.current
    assert preview is not None
    keys = tuple(section.key for section in preview.brief.parts[0].sections)
    assert keys[:2] == (before[1], before[0])
    assert view.currentIndex().row() == 1


def test_space_switches_the_section_that_is_marked(desk: _Desk, actor: str) -> None:
    desk.show(actor)
    view = desk.view.options.lists[0]
    view.setCurrentIndex(view.sections.index(2))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert desk.view.options.wish.off == {view.sections.order()[2]}
    desk.settle()


def test_the_order_holds_for_sections_another_actor_has_besides() -> None:
    usual = ["a", "new", "b", "c"]
    assert arranged(usual, {"c": 0, "a": 1, "b": 2}) == ["c", "a", "new", "b"]
    offers = tuple(Offer(key, key, 0, True) for key in usual)
    assert wanted_sections(offers, Wish("x")) is None
    assert wanted_sections(offers, Wish("x", off=frozenset({"b"}))) == ("a", "new", "c")


def test_the_five_levels_are_offered_with_their_meaning(desk: _Desk) -> None:
    choice = desk.view.options.audience
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [str(choice.itemData(row, role)) for row in range(choice.count())]
    assert spoken == [f"{level.label}. {level.meaning}" for level in Tlp]
    desk.view.options.set_level(Tlp.AMBER)
    assert desk.view.options.wish.ceiling is Tlp.AMBER
    assert Tlp.AMBER.meaning in desk.said()


def _changed(folder: Path, change: str, actor: str) -> Library:
    """A copy of the database with some statements about an actor changed."""
    copy = folder / "knowledge.db"
    shutil.copyfile(paths.bundled_database(), copy)
    connection = sqlite3.connect(copy)
    with connection:
        connection.execute(change, (actor,))
    connection.close()
    return Library(KnowledgeFile(copy))


MARK = """
UPDATE statement SET tlp = 'AMBER' WHERE id IN (
    SELECT s.id FROM statement s JOIN actor_member m ON m.native = s.subject
    WHERE m.actor = ? AND s.predicate = 'uses-software' LIMIT 3)
"""
HIEROGLYPH = """
UPDATE statement SET value = value || ' \N{EGYPTIAN HIEROGLYPH A001}' WHERE id IN (
    SELECT s.id FROM statement s JOIN actor_member m ON m.native = s.subject
    WHERE m.actor = ? AND s.predicate = 'happened')
"""


def test_what_the_audience_may_not_see_is_left_out_and_listed_for_the_author_only(
    qtbot: QtBot, theme: Theme, actor: str, tmp_path: Path
) -> None:
    desk = _Desk(qtbot, theme, _changed(tmp_path, MARK, actor), tmp_path)
    desk.show(actor, one_page=False)
    preview = desk.view.loader.current
    assert preview is not None
    withheld = preview.brief.withheld
    assert len(withheld) == 3
    assert "3 marked TLP:AMBER." in desk.told("3 statements left out.")
    assert "the file does not say so" in desk.told("3 statements left out.")
    desk.press("List them")
    desk.settle()
    lines = listing(preview)
    assert [line.partition(":")[2].split(":")[0] for line in lines] == ["AMBER · Software"] * 3
    for line in lines:
        assert line in desk.said()
    printed = by_name("md").render(preview.brief).decode()
    assert not any(str(item.statement) in printed for item in withheld)
    desk.view.options.set_level(Tlp.AMBER)
    desk.settle()
    assert "3 statements left out." not in desk.notices()
    above = desk.view.loader.current
    assert above is not None
    assert above.brief.tlp is Tlp.AMBER
    desk.jobs.shutdown()


def test_a_character_no_font_has_is_named_and_the_section_with_it_can_go(
    qtbot: QtBot, theme: Theme, actor: str, tmp_path: Path
) -> None:
    desk = _Desk(qtbot, theme, _changed(tmp_path, HIEROGLYPH, actor), tmp_path)
    desk.view.options.author.setText("Ana")
    desk.show(actor)
    [title] = desk.notices()
    assert "EGYPTIAN HIEROGLYPH A001" in title
    assert desk.pages == 0
    assert desk.view.options.author.text() == "Ana"
    assert not desk.view.export.button.isEnabled()
    desk.press("Try again")
    desk.settle()
    assert desk.notices() == [title]
    sections = desk.view.options.lists[0].sections
    sections.switch(sections.order().index("timeline"))
    desk.settle()
    assert desk.notices() == []
    assert desk.view.export.button.isEnabled()
    desk.jobs.shutdown()


def test_an_executive_page_that_runs_over_names_its_longest_sections(
    desk: _Desk, actor: str
) -> None:
    desk.show(actor)
    desk.view.loader.checked.emit(("Who they are, 62 mm", "How they work, 41 mm"))
    text = desk.told("The first page needs a second one.")
    assert "Who they are, 62 mm; How they work, 41 mm" in text
    preview = desk.view.loader.current
    assert preview is not None
    [(words, good), *_] = check_words(preview.brief, 2, False)
    assert words == "2 pages; the executive version needs more than one"
    assert not good


def test_keys_go_from_page_to_page(desk: _Desk, actor: str) -> None:
    desk.show(actor, one_page=False)
    view = desk.view.preview.pages
    seen = []
    for key in (
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_End,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(view, key)
        seen.append(view.current)
    assert seen == [1, 2, 1, desk.pages - 1, 0]
    assert f"Page 1 of {desk.pages}" in desk.said()


def test_a_thumbnail_leads_to_its_page(desk: _Desk, actor: str) -> None:
    desk.show(actor, one_page=False)
    thumbnails = desk.view.preview.thumbnails
    thumbnails.setCurrentIndex(thumbnails.model().index(3, 0))
    assert desk.view.preview.pages.current == 3
    desk.view.preview.pages.go_to(1)
    assert thumbnails.currentIndex().row() == 1


def test_export_writes_what_is_shown_in_every_format_chosen_and_remembers_it(
    desk: _Desk, actor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk.show(actor)
    desk.view.export.choose("md", on=True)
    assert desk.view.export.button.text() == "Export PDF and Markdown…"
    desk.export_to("for the board.pdf")
    desk.settle()
    preview = desk.view.loader.current
    assert preview is not None
    written = {path.suffix: path.read_bytes() for path in desk.folder.glob("for the board.*")}
    expected = {known.suffixes[0]: known.render(preview.brief) for known in FORMATS}
    assert written == expected
    assert f"for the board.pdf\n{size_words(len(written['.pdf']))}" in desk.said()
    links = [link for link in desk.window.findChildren(LinkButton) if link.isVisible()]
    folders = [link for link in links if link.text() == "Open folder"]
    folders[0].click()
    assert opened == [QUrl.fromLocalFile(str(desk.folder))]
    [row] = _delivered(desk)
    assert row == "Gamaredon Group, 24 Nov 2026 · TLP:CLEAR, PDF, Markdown"


def _delivered(desk: _Desk) -> list[str]:
    found = [
        view
        for view in desk.window.findChildren(TwoLineList)
        if view.accessibleName() == "Delivered before"
    ]
    model = found[0].model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def test_a_delivered_file_that_was_moved_is_told_about(desk: _Desk, actor: str) -> None:
    desk.show(actor)
    desk.export_to("a.pdf")
    desk.settle()
    (desk.folder / "a.pdf").unlink()
    desk.view.delivered.open_folder_of(0)
    [dialog] = desk.window.findChildren(ErrorDialog)
    assert dialog.accessibleName() == "a.pdf is no longer where it was put."
    dialog.accept()


def test_a_file_that_stands_there_is_replaced_only_when_a_person_says_so(
    desk: _Desk, actor: str
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
    desk: _Desk, actor: str
) -> None:
    desk.show(actor)
    desk.view.export.start(targets_at(desk.folder / "gone" / "a.pdf", FORMATS[:1]))
    desk.settle()
    [title] = desk.notices()
    assert title.startswith(f"The file {desk.folder / 'gone' / 'a.pdf'} could not be written")
    assert desk.view.delivered.isHidden()
    assert desk.view.export.button.isEnabled()


def test_an_export_can_be_stopped_and_then_nothing_is_written(
    desk: _Desk, actor: str, qtbot: QtBot
) -> None:
    desk.show(actor)
    desk.view.export.start(targets_at(desk.folder / "a.pdf", FORMATS[:1]))
    [row] = desk.window.findChildren(ProgressRow)
    row.cancelled.emit()
    desk.settle()
    assert desk.notices() == ["The export was stopped."]
    assert list(desk.folder.glob("a.pdf")) == []


def test_names_of_files_are_safe_and_say_whom_and_for_whom(desk: _Desk, actor: str) -> None:
    desk.show(actor)
    preview = desk.view.loader.current
    assert preview is not None
    assert file_stem(preview.brief) == "Gamaredon Group - actor briefing - TLP-CLEAR"
    both = targets_at(Path("v1.2 final"), FORMATS)
    assert [path.name for _, path in both] == ["v1.2 final.pdf", "v1.2 final.md"]
    kept = targets_at(Path("notes.markdown"), FORMATS)
    assert [path.name for _, path in kept] == ["notes.pdf", "notes.markdown"]


def test_changed_data_is_composed_anew(desk: _Desk, actor: str, library: Library) -> None:
    desk.show(actor)
    loaded: list[object] = []
    desk.view.loader.loaded.connect(loaded.append)
    desk.view.show_place(Place("briefings", actor))
    desk.settle()
    assert loaded == []
    library.forget()
    desk.view.show_place(Place("briefings", actor))
    desk.settle()
    assert len(loaded) == 1


@pytest.mark.parametrize(("factor", "width"), [(1.0, 1300), (1.5, 1300), (2.0, 720)])
def test_everything_has_room_at_every_text_size(
    desk: _Desk, actor: str, theme: Theme, factor: float, width: int
) -> None:
    desk.show(actor)
    theme.set_factor(factor)
    desk.window.resize(width, 850)
    desk.settle()
    try:
        for button in desk.window.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width(), button.text()
        zoom = desk.view.preview.zoom
        assert zoom.width() >= zoom.sizeHint().width()
        assert desk.view.preview.geometry().right() <= desk.view.width()
    finally:
        theme.set_factor(1.0)


class _Heartbeat(QObject):
    """Beats every ten milliseconds while the thread of the window is free."""

    def __init__(self) -> None:
        super().__init__()
        self.beats: list[float] = []
        self._timer = QTimer(self, interval=10)
        self._timer.timeout.connect(lambda: self.beats.append(perf_counter()))

    def start(self) -> None:
        self.beats = []
        self._timer.start()

    def largest_gap(self) -> float:
        """Milliseconds."""
        return max((after - before for before, after in pairwise(self.beats)), default=0) * 1000


def test_the_window_lives_on_while_pages_files_and_a_database_are_made(
    desk: _Desk, actor: str, library: Library, qtbot: QtBot
) -> None:
    heart = _Heartbeat()
    largest: dict[str, float] = {}

    def watch(name: str, start: object, is_done: object) -> None:
        heart.start()
        start()  # type: ignore[operator]  # a callable without arguments
        qtbot.waitUntil(is_done, timeout=LONG)  # type: ignore[arg-type]  # the same
        # A window that waits for the work beats once before and once after it, if at all.
        assert len(heart.beats) > 3, name
        largest[name] = heart.largest_gap()

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
    words = ", ".join(f"{name} {gap:.0f} ms" for name, gap in largest.items())
    print(f"\n  largest gap between two 10 ms beats: {words}")  # noqa: T201 - a measurement to read


def test_the_keyboard_is_at_the_export_button_again_after_an_export(
    desk: _Desk, actor: str, qtbot: QtBot
) -> None:
    desk.show(actor)
    desk.window.activateWindow()
    with qtbot.waitActive(desk.window):
        pass
    desk.view.export.button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.view.export.start(targets_at(desk.folder / "a.pdf", FORMATS[:1]))
    working = desk.window.focusWidget()
    assert isinstance(working, QPushButton)
    assert working.text() == "Cancel"
    desk.settle()
    assert desk.window.focusWidget() is desk.view.export.button


def test_what_was_written_is_said_until_something_else_is_asked_for(
    desk: _Desk, actor: str
) -> None:
    desk.show(actor)
    desk.export_to("a.pdf")
    desk.settle()
    assert "a.pdf" in desk.said()
    desk.view.options.set_level(Tlp.GREEN)
    desk.settle()
    assert "a.pdf" not in desk.said()
