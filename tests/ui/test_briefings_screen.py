"""The Briefings screen: what is asked for, and the pages themselves."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from briefing_desk import LONG, Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QPushButton,
)
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.core.wording import curly
from briefing.exports import pdf
from briefing.exports.registry import by_name
from briefing.services.library import Library
from briefing.store.connection import KnowledgeFile
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_checks import check_words, listing
from briefing.ui.views.briefing_wish import Draft, Offer, Wish, arranged, wanted_sections

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_while_nobody_is_chosen_the_screen_says_what_to_do_and_exports_nothing(
    desk: Desk,
) -> None:
    desk.settle()
    assert desk.view.title == "Briefings"
    assert desk.notices() == ["Whom is the briefing about?"]
    assert not desk.view.export.button.isEnabled()
    desk.press("APT28")
    assert [place.screen for place in desk.asked] == ["briefings"]


def test_a_place_presets_the_actor_and_shows_the_pages_of_the_pdf_itself(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    preview = desk.preview
    assert desk.view.title == "Briefing on Gamaredon Group"
    drawn = pdf.pages(preview.brief, preview.drawn.ppi)
    assert desk.pages == len(drawn)
    same = QImage.fromData(drawn[0]).convertToFormat(QImage.Format.Format_RGB32)
    assert preview.drawn.pages[0] == same


def test_pages_are_drawn_for_the_pixels_they_are_shown_with(desk: Desk, actor: str) -> None:
    desk.show(actor)
    view = desk.view.preview.pages
    for zoom in ("actual", "page", "width"):
        view.set_zoom(zoom)
        desk.settle()
        preview = desk.preview
        shown = view.canvas.rect_of(0).width() * view.devicePixelRatio()
        assert abs(preview.drawn.pages[0].width() - shown) < 1.5


def test_an_actor_that_is_not_there_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="There is no actor"):
        desk.view.show_place(Place("briefings", "nobody"))


def test_typing_offers_actors_alone_and_enter_takes_one(desk: Desk, actor: str) -> None:
    field = desk.field
    field.setFocus()
    QTest.keyClicks(field, "primitive bear")
    assert field.suggestions
    assert all(row.endswith(" · actor") for row in field.suggestions)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.asked == [Place("briefings", actor)]
    assert field.suggestions == ()


def test_without_a_word_the_actors_with_a_profile_of_ours_are_offered(
    desk: Desk, library: Library
) -> None:
    field = desk.field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.suggestions[0].startswith(library.actors[0].name)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.asked == [Place("briefings", library.actors[1].id)]


def test_what_is_half_typed_goes_with_escape_or_with_the_keyboard(desk: Desk, actor: str) -> None:
    desk.show(actor)
    field = desk.field
    field.setFocus()
    QTest.keyClicks(field, "apt")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Gamaredon Group"
    QTest.keyClicks(field, "apt")
    desk.view.options.author.setFocus()
    assert field.text() == "Gamaredon Group"
    assert desk.asked == []


def test_a_name_nobody_bears_is_told_in_the_list(desk: Desk) -> None:
    field = desk.field
    field.setFocus()
    QTest.keyClicks(field, "zzzzqqq")
    [row] = field.suggestions
    assert row.startswith("Nothing is called “zzzzqqq”")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.asked == []


def test_of_many_wishes_only_the_newest_is_shown(desk: Desk, actor: str) -> None:
    loaded: list[Wish] = []
    desk.view.options.length.set_value("one-page")
    desk.view.loader.loaded.connect(lambda preview: loaded.append(preview.wish))
    desk.view.show_place(Place("briefings", actor))
    for author in ("A", "An", "An author"):
        desk.view.options.author.setText(author)
        desk.view.options.author.textEdited.emit(author)
    desk.settle()
    assert [wish.author for wish in loaded] == ["An author"]
    preview = desk.preview
    assert preview.brief.author == "An author"


def test_a_wish_that_came_while_another_was_at_work_replaces_it(
    desk: Desk, actor: str, qtbot: QtBot
) -> None:
    loaded: list[bool] = []
    desk.view.loader.loaded.connect(lambda preview: loaded.append(preview.wish.one_page))
    desk.view.show_place(Place("briefings", actor))
    qtbot.waitUntil(lambda: desk.jobs.busy, timeout=LONG)
    desk.view.options.length.set_value("one-page")
    desk.settle()
    assert loaded == [True]


def test_nobody_is_named_unasked(desk: Desk, actor: str) -> None:
    desk.show(actor)
    preview = desk.preview
    assert preview.brief.author == ""


def test_a_section_that_is_switched_off_is_not_printed_and_sources_stay(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    sections = desk.view.options.lists[0].sections
    titles = [sections.row(row)[0].title for row in range(sections.rowCount())]
    assert titles[-1] == "Sources"
    sections.switch(0)
    sections.switch(len(titles) - 1)
    desk.settle()
    preview = desk.preview
    printed = [section.title for section in preview.brief.parts[0].sections]
    assert printed == titles[1:]
    assert not sections.row(0)[1]


def test_a_section_is_moved_with_the_keyboard_and_printed_in_its_new_place(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    view = desk.view.options.lists[0]
    before = view.sections.order()
    view.setCurrentIndex(view.sections.index(0))
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    preview = desk.preview
    keys = tuple(section.key for section in preview.brief.parts[0].sections)
    assert keys[:2] == (before[1], before[0])
    assert view.currentIndex().row() == 1


def test_space_switches_the_section_that_is_marked(desk: Desk, actor: str) -> None:
    desk.show(actor)
    view = desk.view.options.lists[0]
    view.setCurrentIndex(view.sections.index(2))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert desk.view.options.wish.draft.off == {view.sections.order()[2]}
    desk.settle()


def test_the_order_holds_for_sections_another_actor_has_besides() -> None:
    usual = ["a", "new", "b", "c"]
    assert arranged(usual, {"c": 0, "a": 1, "b": 2}) == ["c", "a", "new", "b"]
    offers = tuple(Offer(key, key, 0, True) for key in usual)
    assert wanted_sections(offers, Wish("actor", "x")) is None
    assert wanted_sections(offers, Wish("actor", "x", draft=Draft(off=frozenset({"b"})))) == (
        "a",
        "new",
        "c",
    )


def test_the_five_levels_are_offered_with_their_meaning(desk: Desk) -> None:
    choice = desk.view.options.audience
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [str(choice.itemData(row, role)) for row in range(choice.count())]
    assert spoken == [f"{level.label}. {level.meaning}" for level in Tlp]
    desk.view.options.set_level(Tlp.AMBER)
    assert desk.view.options.wish.ceiling is Tlp.AMBER
    assert curly(Tlp.AMBER.meaning) in desk.said()


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
PRIVATE = """
UPDATE statement SET value = value || ' \ue000' WHERE id IN (
    SELECT s.id FROM statement s JOIN actor_member m ON m.native = s.subject
    WHERE m.actor = ? AND s.predicate = 'happened')
"""


def test_what_the_audience_may_not_see_is_left_out_and_listed_for_the_author_only(
    qtbot: QtBot, theme: Theme, actor: str, tmp_path: Path
) -> None:
    desk = Desk(qtbot, theme, _changed(tmp_path, MARK, actor), tmp_path)
    desk.show(actor, one_page=False)
    preview = desk.preview
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
    above = desk.preview
    assert above.brief.tlp is Tlp.AMBER
    desk.jobs.shutdown()


def test_a_character_that_cannot_be_printed_is_named_and_the_section_with_it_can_go(
    qtbot: QtBot, theme: Theme, actor: str, tmp_path: Path
) -> None:
    desk = Desk(qtbot, theme, _changed(tmp_path, PRIVATE, actor), tmp_path)
    desk.view.options.author.setText("Ana")
    desk.show(actor)
    [title] = desk.notices()
    assert "U+E000" in title
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
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    desk.view.loader.checked.emit(("Who they are, 62 mm", "How they work, 41 mm"))
    text = desk.told("The first page needs a second one.")
    assert "Who they are, 62\N{NO-BREAK SPACE}mm; How they work, 41\N{NO-BREAK SPACE}mm" in text
    preview = desk.preview
    [(words, good), *_] = check_words(preview.brief, 2, False)
    assert words == "2 pages; the executive version needs more than one"
    assert not good


def test_keys_go_from_page_to_page(desk: Desk, actor: str) -> None:
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


def test_a_thumbnail_leads_to_its_page(desk: Desk, actor: str) -> None:
    desk.show(actor, one_page=False)
    thumbnails = desk.view.preview.thumbnails
    thumbnails.setCurrentIndex(thumbnails.model().index(3, 0))
    assert desk.view.preview.pages.current == 3
    desk.view.preview.pages.go_to(1)
    assert thumbnails.currentIndex().row() == 1


def test_changed_data_is_composed_anew(desk: Desk, actor: str, library: Library) -> None:
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
    desk: Desk, actor: str, theme: Theme, factor: float, width: int
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
