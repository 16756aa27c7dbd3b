"""The Briefings screen: every kind of briefing, what it asks for, and for whom it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from briefing_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.core.brief_filter import BriefFilter
from briefing.core.client import Client
from briefing.core.errors import BriefingError, NotFoundError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.exports.registry import by_name
from briefing.services.clients import ClientShelf
from briefing.services.deliveries import read_deliveries
from briefing.services.recipes.registry import RECIPES
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_choice_panes import delivery_key
from briefing.ui.views.briefing_period import OWN, PeriodPane
from briefing.ui.views.client_work import EXAMPLE
from briefing.ui.views.present import PresentWindow

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints"),
    pytest.mark.usefixtures("one_page"),
]

LEGAL = Client("Northgate Legal", ("professional-services",), ("GB",), tlp=Tlp.GREEN)


def add(desk: Desk, *clients: Client) -> list[Client]:
    """Keep clients, and let the screen know them."""
    kept = desk.add(*clients)
    desk.view.show_place(Place("briefings"))
    desk.settle()
    return kept


def made_for(desk: Desk, client: Client | None) -> None:
    """Choose for whom, as a person does."""
    box = desk.view.options.made_for.box
    place = box.findData(client.id if client is not None else "")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    desk.settle()


@pytest.mark.parametrize("kind", [recipe.name for recipe in RECIPES])
def test_every_kind_there_is_can_be_chosen_and_asks_in_words(desk: Desk, kind: str) -> None:
    if kind != "actor":
        desk.view.options.chooser.button(kind).click()
        assert desk.asked == [Place("briefings", "", kind)]
    desk.go(kind)
    assert desk.view.options.kind == kind
    if desk.view.options.ready:
        assert desk.preview.brief.kind == kind
    else:
        assert desk.notices() == [desk.view.options.pane.empty.title]
        assert not desk.view.export.button.isEnabled()


def test_arrow_keys_move_among_the_kinds_and_tab_stops_once(desk: Desk) -> None:
    chooser = desk.view.options.chooser
    chooser.button("actor").setFocus()
    QTest.keyClick(chooser.button("actor"), Qt.Key.Key_Down)
    assert desk.asked == [Place("briefings", "", "client")]
    policies = [chooser.button(recipe.name).focusPolicy() for recipe in RECIPES]
    assert policies.count(Qt.FocusPolicy.StrongFocus) == 1


def test_a_sector_is_briefed_on(desk: Desk) -> None:
    desk.go("sector", "healthcare")
    brief = desk.preview.brief
    assert (brief.kind, brief.subject) == ("sector", "Health and pharmaceuticals")
    assert desk.view.title == "Briefing on Health and pharmaceuticals"


def test_an_incident_is_found_by_its_readable_id_and_by_typing(desk: Desk) -> None:
    desk.go("incident", "mgm-resorts-2023")
    assert desk.preview.brief.kind == "incident"
    assert desk.view.title == "Briefing on MGM Resorts, September 2023"
    desk.field.setFocus()
    QTest.keyClicks(desk.field, "solarwinds")
    assert all(row.endswith(" · incident") for row in desk.field.suggestions)
    QTest.keyClick(desk.field, Qt.Key.Key_Return)
    [place] = desk.asked
    assert place.detail == "incident"


def test_the_primer_asks_for_nothing(desk: Desk) -> None:
    desk.go("primer")
    assert desk.preview.brief.kind == "primer"
    assert desk.view.title == "Primer"


def test_sections_that_go_together_are_one_row_of_the_list(desk: Desk) -> None:
    desk.view.options.length.set_value("full")
    desk.go("primer")
    first, behind = (one.sections for one in desk.view.options.lists)
    assert first.order() == ("what", "asked")
    assert behind.order() == ("pages",)
    behind.switch(behind.place_of("pages"))
    desk.settle()
    keys = [section.key for part in desk.preview.brief.parts for section in part.sections]
    assert not [key for key in keys if key.startswith("pages")]
    assert [key for key in keys if key.startswith("asked-")]


def test_a_digest_is_of_the_last_days_or_of_two_dates(desk: Desk) -> None:
    desk.go("advisories")
    pane = desk.view.options.pane
    assert isinstance(pane, PeriodPane)
    assert desk.preview.wish.period == ("2026-10-26", "2026-11-24")
    place = pane.span.box.findData(OWN)
    pane.span.box.setCurrentIndex(place)
    pane.span.box.activated.emit(place)
    for line, day in ((pane.first_day, "2026-08-01"), (pane.last_day, "2026-07-01")):
        line.input.selectAll()
        QTest.keyClicks(line.input, day)
    desk.settle()
    assert "It cannot end before it begins." in desk.said()
    assert desk.notices() == ["Which period is the digest of?"]
    assert desk.pages == 0
    pane.last_day.input.selectAll()
    QTest.keyClicks(pane.last_day.input, "2026-08-31")
    desk.settle()
    assert desk.preview.wish.period == ("2026-08-01", "2026-08-31")
    assert "August 2026" in desk.preview.brief.subject


def test_a_digest_is_narrowed_to_what_concerns_its_client(desk: Desk) -> None:
    [client] = add(desk, EXAMPLE)
    desk.go("advisories")
    made_for(desk, client)
    pane = desk.view.options.pane
    assert isinstance(pane, PeriodPane)
    link = pane._like
    assert link.isVisible()
    assert link.text() == "Narrow to Harbour Dental Group"
    link.click()
    desk.settle()
    wanted = BriefFilter(client.sectors, client.countries, client.technology)
    assert desk.preview.wish.filter == wanted
    assert not link.isVisible()


def test_without_a_client_the_way_to_set_one_up_is_shown(desk: Desk) -> None:
    desk.go("client")
    assert desk.notices() == ["A client briefing is about an organisation of yours."]
    desk.press("Set up a client")
    assert desk.asked == [Place("clients", "", "new")]


def test_a_client_is_briefed_up_to_its_own_level_and_in_its_own_name(desk: Desk) -> None:
    harbour, legal = add(desk, EXAMPLE, LEGAL)
    desk.go("client", harbour.id)
    brief = desk.preview.brief
    assert (brief.client, brief.ceiling) == (harbour.name, Tlp.AMBER)
    assert not desk.view.options.made_for.isVisible()
    desk.go("client", legal.id)
    assert desk.preview.brief.ceiling is Tlp.GREEN
    assert desk.view.title == "Briefing for Northgate Legal"


def test_a_client_that_was_deleted_is_refused_in_words(desk: Desk) -> None:
    add(desk, EXAMPLE)
    with pytest.raises(NotFoundError, match="not in the workspace any more"):
        desk.go("client", "gone")
    said: list[BriefingError] = []
    desk.view.options.failed.disconnect()
    desk.view.options.failed.connect(said.append)
    [client] = desk.view._known.clients
    desk.go("client", client.id)
    with ClientShelf(desk.workspace) as shelf:
        shelf.delete(client.id)
    desk.go("client")
    assert [error.message for error in said] == ["This client is not in the workspace any more."]


def test_it_is_made_for_whom_the_program_is_looked_at_through(desk: Desk, actor: str) -> None:
    harbour, legal = add(desk, EXAMPLE, LEGAL)
    desk.looking.set_client(harbour)
    desk.go("sector", "healthcare")
    assert desk.preview.wish.client == harbour
    assert desk.preview.brief.ceiling is Tlp.AMBER
    desk.looking.set_ceiling(Tlp.GREEN)
    desk.settle()
    assert desk.preview.brief.ceiling is Tlp.GREEN
    made_for(desk, legal)
    assert desk.preview.brief.client == legal.name
    made_for(desk, None)
    assert desk.preview.brief.client == ""
    assert desk.preview.brief.ceiling is Tlp.CLEAR


def test_a_level_that_somebody_set_holds_for_this_client_alone(desk: Desk) -> None:
    harbour, legal = add(desk, EXAMPLE, LEGAL)
    desk.go("client", harbour.id)
    desk.view.options.set_level(Tlp.RED)
    desk.go("client", legal.id)
    assert desk.view.options.level is Tlp.GREEN
    desk.go("client", harbour.id)
    assert desk.view.options.level is Tlp.RED


def test_what_was_set_of_a_kind_is_there_again_after_another_was_shown(
    desk: Desk, actor: str
) -> None:
    desk.show(actor)
    sections = desk.view.options.lists[0].sections
    sections.switch(1)
    sections.move(0, 2)
    order, off = sections.order(), desk.view.options.wish.draft.off
    desk.settle()
    desk.go("sector", "healthcare")
    assert desk.view.options.wish.draft.off == frozenset()
    desk.go("actor")
    wish = desk.preview.wish
    assert (wish.subject, wish.draft.off, wish.draft.order[: len(order)]) == (actor, off, order)
    assert desk.view.options.lists[0].sections.order() == order


def test_what_was_handed_over_is_found_again_by_its_subject_and_for_its_client(
    desk: Desk,
) -> None:
    [harbour] = add(desk, EXAMPLE)
    desk.go("sector", "healthcare")
    made_for(desk, harbour)
    desk.view.export.start(((by_name("md"), desk.folder / "a.md"),))
    desk.settle()
    [kept] = read_deliveries(desk.workspace)
    assert (kept.kind, kept.subject, kept.audience) == ("sector", "healthcare", harbour.name)


def test_what_has_changed_goes_back_to_a_briefing_that_was_handed_over(
    desk: Desk, actor: str
) -> None:
    [harbour] = add(desk, EXAMPLE)
    desk.go("changes")
    assert desk.notices() == ["What has changed since which briefing?"]
    desk.show(actor)
    made_for(desk, harbour)
    desk.view.export.start(((by_name("md"), desk.folder / "a.md"),))
    desk.settle()
    [delivery] = read_deliveries(desk.workspace)
    made_for(desk, None)
    desk.view.delivered.changes_requested.emit(0)
    assert desk.asked[-1] == Place("briefings", delivery_key(delivery), "changes")
    desk.go("changes", delivery_key(delivery))
    preview = desk.preview
    assert (preview.brief.kind, preview.wish.subject) == ("changes", actor)
    assert preview.wish.client == harbour


def test_a_kind_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(WrongCallError, match="is not a kind of briefing"):
        desk.go("horoscope")
    assert desk.view.options.kind == "actor"


def test_a_client_that_is_changed_is_made_for_as_it_is_now(desk: Desk) -> None:
    [harbour] = add(desk, EXAMPLE)
    desk.go("client", harbour.id)
    with ClientShelf(desk.workspace) as shelf:
        shelf.change(replace(harbour, name="Harbour Dental"))
    desk.go("client")
    assert desk.preview.brief.client == "Harbour Dental"


def test_f5_presents_what_is_shown_and_nothing_where_nothing_is(desk: Desk, actor: str) -> None:
    def talks() -> list[PresentWindow]:
        windows = QApplication.topLevelWidgets()
        return [one for one in windows if isinstance(one, PresentWindow) and one.isVisible()]

    QTest.keyClick(desk.view.options.author, Qt.Key.Key_F5)
    assert talks() == []
    desk.show(actor)
    desk.view.options.author.setFocus()
    QTest.keyClick(desk.view.options.author, Qt.Key.Key_F5)
    [talk] = talks()
    desk.settle()
    talk.close()
    assert talks() == []
    desk.settle()


@pytest.mark.parametrize("kind", [recipe.name for recipe in RECIPES])
@pytest.mark.parametrize(("factor", "width"), [(1.0, 1300), (2.0, 1300), (2.0, 720)])
def test_no_kind_asks_for_more_room_than_its_form_has(
    desk: Desk, theme: Theme, kind: str, factor: float, width: int
) -> None:
    theme.set_factor(factor)
    desk.window.resize(width, 850)
    try:
        desk.go(kind)
        form = desk.view._form
        assert form.content.width() <= form.viewport().width()
    finally:
        theme.set_factor(1.0)
