"""The Briefings screen: notes of the author's own under sections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from briefing_desk import Desk, world
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from briefing.core.brief import Brief, Note
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.exports.registry import by_name
from briefing.services.compose_brief import BriefRequest
from briefing.services.library import Library
from briefing.store.connection import KnowledgeFile
from briefing.ui.theme import Theme
from briefing.ui.views import briefing_composing
from briefing.ui.views.briefing_composing import Composer
from briefing.ui.views.briefing_notes import NoteEditor
from briefing.ui.views.briefing_sections import SectionList
from briefing.ui.views.client_work import EXAMPLE

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints"),
    pytest.mark.usefixtures("one_page"),
]

DEEP = "> " * 40 + "quoted"
OTHER = replace(EXAMPLE, name="Another Group")


def sections(desk: Desk) -> SectionList:
    return desk.view.options.lists[0]


def editor(desk: Desk) -> NoteEditor:
    found = desk.view.options.sections.editor
    assert found is not None
    return found


def open_note(desk: Desk, key: str) -> NoteEditor:
    """Open the note of a section with the keyboard."""
    view = sections(desk)
    view.setFocus()
    view.setCurrentIndex(view.sections.index(view.sections.place_of(key)))
    QTest.keyClick(view, Qt.Key.Key_N)
    return editor(desk)


def write(desk: Desk, key: str, text: str) -> None:
    """Write a note, and wait for the pages."""
    QTest.keyClicks(open_note(desk, key).area, text)
    desk.settle()


def notes(brief: Brief) -> dict[str, int]:
    """Key of each section to how many notes stand under it."""
    found = [(section.key, section.blocks) for part in brief.parts for section in part.sections]
    counts = {key: sum(isinstance(block, Note) for block in blocks) for key, blocks in found}
    return {key: count for key, count in counts.items() if count}


def spoken(desk: Desk, key: str) -> str:
    model = sections(desk).sections
    index = model.index(model.place_of(key))
    return str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))


def test_a_note_is_printed_under_its_section_in_every_format(desk: Desk, actor: str) -> None:
    desk.show(actor)
    write(desk, "who", "**Ask** who may reset a password.")
    assert notes(desk.preview.brief) == {"who": 1}
    assert "**Ask** who may reset a password." in by_name("md").render(desk.preview.brief).decode()
    assert spoken(desk, "who").endswith(", on, with a note")


def test_a_note_is_opened_with_a_click_at_the_right_of_its_row(desk: Desk, actor: str) -> None:
    desk.show(actor)
    view = sections(desk)
    rect = view.visualRect(view.sections.index(view.sections.place_of("stages")))
    spot = QPoint(rect.right() - 12, rect.top() + 10)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert editor(desk).area.accessibleName() == "Note on “How they work”"
    assert editor(desk).area.hasFocus()
    assert "stages" not in desk.view.options.wish.draft.off


def test_the_editor_stands_under_its_row_and_moves_with_it(desk: Desk, actor: str) -> None:
    desk.show(actor)
    open_note(desk, "who")
    view = sections(desk)
    desk.settle()
    for _ in range(2):
        rect = view.visualRect(view.sections.index(view.sections.place_of("who")))
        assert rect.contains(editor(desk).geometry())
        assert editor(desk).height() >= editor(desk).minimumSizeHint().height()
        view.sections.move(view.sections.place_of("who"), 3)
        desk.settle()


def test_escape_closes_a_note_and_keeps_what_was_typed(desk: Desk, actor: str) -> None:
    desk.show(actor)
    write(desk, "who", "Kept")
    QTest.keyClick(editor(desk).area, Qt.Key.Key_Escape)
    assert desk.view.options.sections.editor is None
    assert sections(desk).hasFocus()
    assert open_note(desk, "who").text() == "Kept"


def test_a_note_that_is_removed_is_no_longer_printed(desk: Desk, actor: str) -> None:
    desk.show(actor)
    write(desk, "who", "Gone soon")
    editor(desk).remove.click()
    desk.settle()
    assert notes(desk.preview.brief) == {}
    assert spoken(desk, "who").endswith(", on")


def test_tab_goes_from_the_list_through_the_note_and_on(desk: Desk, actor: str) -> None:
    desk.view.options.length.set_value("full")
    desk.show(actor, one_page=False)
    write(desk, "who", "Words")
    here = editor(desk)
    here.remove.setFocus()
    for stop in (here.done, here.area, here.level.box, desk.view.options.lists[1]):
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
        assert stop.hasFocus(), stop.accessibleName()


def test_how_long_a_note_is_and_may_be_is_counted(desk: Desk, actor: str) -> None:
    desk.show(actor)
    write(desk, "who", "Four")
    assert "4 of 20,000 characters." in desk.said()


def test_what_is_not_markdown_here_is_told_at_the_note_and_printed_as_text(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    write(desk, "who", "<b>Ask</b> [why](javascript:alert)")
    said = desk.said()
    assert "Line 1: HTML is not read" in said
    assert "links begin with https: or mailto:" in said
    assert notes(desk.preview.brief) == {"who": 1}
    assert b"javascript" not in by_name("html").render(desk.preview.brief).replace(
        b"(javascript:alert)", b""
    )


def test_a_note_that_cannot_be_printed_leaves_the_last_good_pages_and_the_words(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    write(desk, "who", "Good")
    pages, before = desk.pages, desk.view.preview.pages.canvas._pages
    editor(desk).area.setPlainText(DEEP)
    desk.settle()
    assert "nested more than 20 levels deep" in desk.said()
    assert "not up to date" in desk.said()
    assert (desk.pages, desk.view.preview.pages.canvas._pages) == (pages, before)
    assert editor(desk).text() == DEEP
    assert not desk.view.export.button.isEnabled()
    editor(desk).done.click()
    desk.press("Show the note")
    assert editor(desk).text() == DEEP
    editor(desk).area.setPlainText("Good again")
    desk.settle()
    assert desk.notices() == []
    assert notes(desk.preview.brief) == {"who": 1}


def test_pages_of_something_else_do_not_stay_beside_a_note_that_cannot_be_printed(
    desk: Desk, actor: str, library: Library
) -> None:
    desk.show(actor)
    write(desk, "who", DEEP)
    other = next(row.id for row in library.actors if row.id != actor)
    desk.show(other)
    assert desk.pages
    desk.show(actor)
    assert desk.pages == 0
    assert desk.notices() == ["The note on “Who they are” cannot be printed."]


def test_a_note_under_a_section_that_is_off_is_kept_and_not_printed(desk: Desk, actor: str) -> None:
    desk.show(actor)
    write(desk, "who", "Later")
    model = sections(desk).sections
    model.switch(model.place_of("who"))
    desk.settle()
    assert "The section is switched off, so this note is not printed." in desk.said()
    assert notes(desk.preview.brief) == {}
    model.switch(model.place_of("who"))
    desk.settle()
    assert notes(desk.preview.brief) == {"who": 1}


def test_notes_are_marked_with_the_audience_or_with_a_level_below_it(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    desk.view.options.set_level(Tlp.AMBER)
    write(desk, "who", "Ours")
    assert desk.preview.brief.tlp is Tlp.AMBER
    box = editor(desk).level.box
    place = box.findData("GREEN")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    desk.settle()
    assert desk.preview.brief.tlp is Tlp.GREEN
    desk.view.options.set_level(Tlp.CLEAR)
    desk.settle()
    assert desk.pages == 0
    assert "above the audience" in desk.notices()[0]
    assert not desk.view.export.button.isEnabled()


def test_what_is_written_for_one_client_is_never_in_the_briefing_of_another(desk: Desk) -> None:
    harbour, other = desk.add(EXAMPLE, OTHER)
    desk.go("client", harbour.id)
    write(desk, "actors", "Their provider signs in as administrator.")
    desk.go("client", other.id)
    assert desk.preview.brief.client == "Another Group"
    assert notes(desk.preview.brief) == {}
    desk.go("client", harbour.id)
    assert notes(desk.preview.brief) == {"actors": 1}


def test_what_is_written_for_nobody_goes_along_to_a_client_and_not_on_to_the_next(
    desk: Desk, actor: str
) -> None:
    harbour, other = desk.add(EXAMPLE, OTHER)
    desk.show(actor)
    write(desk, "who", "General")
    desk.looking.set_client(harbour)
    desk.settle()
    assert desk.view.options.wish.draft.notes == (("who", "General"),)
    write(desk, "who", " and of Harbour")
    desk.looking.set_client(other)
    assert desk.view.options.wish.draft.notes == ()
    desk.looking.set_client(None)
    assert desk.view.options.wish.draft.notes == (("who", "General"),)
    desk.settle()


def test_notes_of_a_subject_are_there_again_after_another_kind_was_shown(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    write(desk, "who", "Mine")
    desk.go("primer")
    assert desk.view.options.sections.editor is None
    desk.go("actor")
    assert notes(desk.preview.brief) == {"who": 1}


def test_while_a_note_is_typed_the_briefing_is_composed_once(
    library: Library, actor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[BriefRequest] = []
    compose = briefing_composing.compose_brief

    def counted(knowledge: KnowledgeFile, request: BriefRequest, world: World | None) -> Brief:
        asked.append(request)
        return compose(knowledge, request, world)

    monkeypatch.setattr(briefing_composing, "compose_brief", counted)
    composer = Composer(library.knowledge, world)
    plain = BriefRequest("actor", actor)
    for text in ("A", "As", "Ask"):
        made = composer.compose(replace(plain, notes=(("summary", text),)))
        assert notes(made) == {"summary": 1}
    assert asked == [plain]
    composer.forget()
    composer.compose(plain)
    assert asked == [plain, plain]


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_a_note_has_room_at_every_text_size(
    desk: Desk, actor: str, theme: Theme, factor: float
) -> None:
    desk.show(actor)
    theme.set_factor(factor)
    try:
        write(desk, "who", "One line that is long enough to be broken, and then another. " * 3)
        here = editor(desk)
        assert here.area.verticalScrollBar().maximum() == 0
        assert here.height() == here.height_for(here.width())
        for stop in here.stops:
            assert here.rect().contains(stop.geometry()) or here.isAncestorOf(stop)
    finally:
        theme.set_factor(1.0)
