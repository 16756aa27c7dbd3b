"""The profile of an actor: every mark leads to its source, and what is not known is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sample_profile import (
    basis,
    catalogue_profile,
    full_profile,
    source,
    sparse_profile,
)

from briefing.core.actor import ActorProfile, NameRow, Said
from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.services.world_map import read_world
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_profile import ActorProfileView
from briefing.ui.views.actor_sections.advice import AdviceSection
from briefing.ui.views.actor_sections.documents import DocumentsSection
from briefing.ui.views.actor_sections.names import NamesSection
from briefing.ui.views.actor_sections.origin import OriginSection
from briefing.ui.views.actor_sections.related import RelatedSection
from briefing.ui.views.actor_sections.software import SoftwareSection
from briefing.ui.views.actor_sections.sources import SourcesSection
from briefing.ui.views.actor_sections.stages import StagesSection
from briefing.ui.views.actor_sections.targets import TargetsSection
from briefing.ui.views.actor_sections.timeline import TimelineSection
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.labels import ElidedLabel
from briefing.ui.widgets.link_flow import LinkFlow
from briefing.ui.widgets.marked_rows import MarkedRows
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_rows import ProseRows
from briefing.ui.widgets.source_list import SourceList

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|propagate)", extend=True)

WORLD = Path(__file__).resolve().parents[2] / "resources" / "map" / "world.json"


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(WORLD)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture(scope="module")
def only_view(theme: Theme, world: World) -> Iterator[ActorProfileView]:
    widget = ActorProfileView(theme, world)
    widget.show()
    yield widget
    widget.close()
    widget.deleteLater()


@pytest.fixture
def view(theme: Theme, only_view: ActorProfileView) -> ActorProfileView:
    """One for all tests, as in the program: widgets are used again for every actor."""
    theme.set_factor(1.0)
    only_view.show_empty()
    only_view.resize(900, 820)
    only_view.activateWindow()
    return only_view


@pytest.fixture
def full(view: ActorProfileView) -> ActorProfileView:
    view.show_profile(full_profile())
    view.finish()
    return view


def words_of(view: ActorProfileView) -> str:
    """Everything that can be read on the page, marks left out."""
    found = [view.page.head.findChild(ElidedLabel).text()]
    for widget in view.page.content.findChildren(QWidget):
        if widget.isVisibleTo(view.page.content):
            found.append(widget.text() if isinstance(widget, Prose) else widget.accessibleName())
    return "\n".join(found)


def chips_of(view: ActorProfileView) -> list[str]:
    return [chip.text() for chip in view.page.head.findChildren(Chip) if chip.isVisibleTo(view)]


def marked(view: ActorProfileView) -> str:
    return view.page.section(SourcesSection).list.marked()


def first_prose(section: QWidget) -> ProseRows:
    prose = section.findChild(ProseRows)
    assert prose is not None
    return prose


def test_a_source_mark_scrolls_to_its_source_and_marks_it(full: ActorProfileView) -> None:
    full.resize(900, 300)
    full.page.summary.source_activated.emit("paper")
    sources = full.page.section(SourcesSection)
    row = sources.list.visualRect(sources.list.currentIndex())
    viewport = full.page.viewport()
    assert marked(full) == "paper"
    assert viewport.rect().contains(sources.list.mapTo(viewport, row.center()))


def test_every_mark_of_a_sentence_is_a_link_that_the_keyboard_follows(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    lead = first_prose(full.page.summary)
    lead.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(lead, Qt.Key.Key_Return)
    assert marked(full) == "paper"


def test_escape_leads_back_from_a_source_to_where_one_was(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    full.resize(900, 300)
    lead = first_prose(full.page.summary)
    lead.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(lead, Qt.Key.Key_Return)
    assert full.page.verticalScrollBar().value() > 0
    qtbot.keyClick(full.page.section(SourcesSection).list, Qt.Key.Key_Escape)
    assert full.page.verticalScrollBar().value() == 0
    assert QApplication.focusWidget() is lead
    assert marked(full) == ""


def test_ambiguous_names_are_warned_of_and_lead_to_the_other_bearer(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    warning = full.page.section(NamesSection).findChild(ProseRows)
    assert warning.text() == "Sofa is also listed for Other Bear.\nSedan names software too."
    with qtbot.waitSignal(full.navigate) as asked:
        warning.place_activated.emit("actor--other")
    assert asked.args == [Place("actors", "actor--other")]


def test_the_first_names_are_listed_and_all_of_them_when_asked_for(full: ActorProfileView) -> None:
    names = full.page.section(NamesSection)
    rows = names.findChild(MarkedRows)
    assert len(rows.rows()) == 12
    names.header.link_activated.emit()
    assert len(rows.rows()) == 16
    assert rows.rows()[0].trailing == "CrowdStrike, Oct 2014"
    assert rows.rows()[1].trailing == "–"


def test_an_unknown_origin_is_said(view: ActorProfileView) -> None:
    view.show_profile(sparse_profile())
    assert "origin not stated" in chips_of(view)
    said = view.page.section(OriginSection).findChild(ProseRows).text()
    assert said == "Said: not stated; one catalogue here knows the actor"


def test_an_attribution_to_nobody_is_not_taken_for_a_country(view: ActorProfileView) -> None:
    profile = full_profile()
    nobody = replace(
        profile.origins[0], country=replace(profile.origins[0].country, code="", label="")
    )
    view.show_profile(replace(profile, origins=(nobody,)))
    said = view.page.section(OriginSection).findChild(ProseRows).text()
    assert "Attributed to nobody, GRU. A ministry: named the unit, 4 Oct 2018" in said
    assert "origin not stated" in chips_of(view)


def test_dissent_and_confidence_stand_under_what_is_said(full: ActorProfileView) -> None:
    origin = full.page.section(OriginSection)
    said = origin.findChild(ProseRows).text()
    assert said.splitlines() == [
        "Said: Russia, GRU. A ministry: named the unit, 4 Oct 2018",
        "Dissent: MISP states no origin.",
    ]
    assert "Confidence: not stated by the sources" in words_of(full)


def test_an_actor_with_one_statement_gets_a_sober_page(view: ActorProfileView) -> None:
    view.show_profile(sparse_profile())
    for section in (StagesSection, SoftwareSection, TargetsSection, DocumentsSection):
        assert not view.page.section(section).isVisibleTo(view)
    assert not view.page.section(RelatedSection).isVisibleTo(view)
    unknown = view.page.section(AdviceSection)
    assert unknown.isVisibleTo(view)
    assert (
        "No source here states what kind of actor it is, where it comes from, what it is after, "
        "whom it targets, which techniques it uses or which software it uses." in words_of(view)
    )


def test_an_actor_without_a_profile_of_ours_is_quoted_with_attribution(
    view: ActorProfileView,
) -> None:
    view.show_profile(catalogue_profile())
    lead = first_prose(view.page.summary).text()
    assert lead == "Title of attack: “Fuzzy Bear is a group. It phishes.”"
    more = view.page.summary._more
    assert more.text() == "Read what 1 catalogue says"
    more.click()
    assert "It has done so since 2014." in view.page.summary._quotes.text()


def test_our_own_words_come_before_those_of_catalogues(full: ActorProfileView) -> None:
    assert first_prose(full.page.summary).text() == "It is a bear. It steals."


def test_a_long_name_ends_in_dots_and_is_its_own_tooltip(view: ActorProfileView) -> None:
    name = "The Exceedingly Long Name of an Actor That No Column of Any Screen Has Room For, Ever"
    view.resize(560, 820)
    view.show_profile(sparse_profile(name))
    view.finish()
    label = view.page.head.findChild(ElidedLabel)
    assert label.width() < label.sizeHint().width()
    assert name in label.toolTip()
    rows = view.page.section(NamesSection).findChild(MarkedRows)
    assert name in "\n".join(rows._tooltip(QPointF(9, 9)))


@pytest.mark.parametrize("hostile", ["<img src=file:///etc/passwd>", "<b>bold</b> & [x](y)"])
def test_hostile_text_is_shown_as_text(view: ActorProfileView, hostile: str) -> None:
    profile = full_profile()
    view.show_profile(
        replace(
            profile,
            row=replace(profile.row, name=hostile),
            summary=(Said(hostile, basis("paper")),),
            names=(NameRow(hostile, hostile, "", basis("paper")),),
            sources=(*profile.sources[:2], replace(source("paper"), title=hostile)),
        )
    )
    view.finish()
    assert first_prose(view.page.summary).text() == hostile
    rows = view.page.section(NamesSection).findChild(MarkedRows)
    assert rows.rows()[0].text == hostile
    model = view.page.section(SourcesSection).list.model()
    assert model.index(2, 0).data() == hostile
    assert "<img" not in model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_tab_goes_down_the_page_and_reaches_every_part(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    full.show_profile(sparse_profile())
    full.show_profile(full_profile())
    full.finish()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    full.page.head.compare.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    while (focus := QApplication.focusWidget()) not in visited[:-1]:
        if focus is None or not full.page.isAncestorOf(focus):
            break
        visited += [] if focus in visited else [focus]
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert {type(widget) for widget in visited} >= {MarkedRows, ProseRows, LinkFlow, SourceList}
    tops = [widget.mapTo(full.page.content, QPoint(0, 0)).y() for widget in visited]
    bands = [band.y() for band in full.page._bands if not band.isHidden()]
    numbers = [sum(top >= band for band in bands) for top in tops]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(bands) + 1))


def test_page_down_scrolls_wherever_the_keyboard_is(qtbot: QtBot, full: ActorProfileView) -> None:
    full.resize(900, 300)
    bar = full.page.verticalScrollBar()
    rows = full.page.section(NamesSection).findChild(MarkedRows)
    for widget in (first_prose(full.page.summary), rows):
        bar.setValue(0)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.keyClick(widget, Qt.Key.Key_PageDown)
        assert bar.value() > 0
        qtbot.keyClick(widget, Qt.Key.Key_PageUp)
        assert bar.value() == 0


def test_a_year_lists_its_documents_and_addresses_stand_for_titles(full: ActorProfileView) -> None:
    documents = full.page.section(DocumentsSection)
    rows = documents.findChild(MarkedRows)
    assert [row.lead for row in rows.rows()[:2]] == ["2024 May 6", "2020"]
    assert rows.rows()[1].text == "The bear of 2020"
    full.page.section(TimelineSection).year_requested.emit(2018)
    assert [row.text for row in rows.rows()] == ["The bear of 2018"]


def test_a_document_opens_in_the_browser_only_when_it_is_clicked(
    qtbot: QtBot, full: ActorProfileView, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    rows = full.page.section(DocumentsSection).findChild(MarkedRows)
    assert opened == []
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(120, rows.height() // 16))
    rows.row_activated.emit("file:///etc/passwd")
    assert opened == [QUrl("https://example.org/paper")]


def test_software_leads_to_its_page(qtbot: QtBot, full: ActorProfileView) -> None:
    malware = full.page.section(SoftwareSection).findChild(LinkFlow)
    malware.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(full.navigate) as asked:
        qtbot.keyClick(malware, Qt.Key.Key_Return)
    assert asked.args == [Place("actors", "malware--1")]


def test_the_buttons_ask_for_a_comparison_and_a_briefing_of_this_actor(
    qtbot: QtBot, full: ActorProfileView
) -> None:
    with qtbot.waitSignal(full.compare_requested) as compared:
        full.page.head.compare.click()
    with qtbot.waitSignal(full.brief_requested) as briefed:
        full.page.head.brief.click()
    assert compared.args == briefed.args == ["actor--full"]


def test_the_profile_is_copied_as_text_with_the_numbers_of_its_sources(
    full: ActorProfileView,
) -> None:
    full.page.head._copy_text()
    text = QGuiApplication.clipboard().text()
    assert "It is a bear. [3]" in text
    assert "- Russia (GRU), says A ministry: named the unit, 4 Oct 2018 [3]" in text
    assert "- T1000 Technique 0, 3 of 170 groups [1]" in text
    assert "[3] B2 Title of paper, A publisher, 6 May 2024, https://example.org/paper" in text


@pytest.mark.parametrize(
    ("profile", "factor"),
    [
        (full_profile(), 1.0),
        (full_profile(), 2.0),
        (catalogue_profile(), 1.5),
        (sparse_profile(), 2.0),
    ],
)
def test_nothing_is_wider_than_the_window(
    view: ActorProfileView, theme: Theme, profile: ActorProfile, factor: float
) -> None:
    theme.set_factor(factor)
    view.show_profile(profile)
    for width in (560, 800, 1600):
        view.resize(width, 820)
        view.finish()
        QApplication.processEvents()
        room = view.page.viewport().width()
        assert view.page.content.width() <= room
        for widget in view.page.content.findChildren(QWidget):
            if widget.isVisibleTo(view) and not isinstance(widget.parentWidget(), SourceList):
                right = widget.mapTo(view.page.content, QPoint(widget.width(), 0)).x()
                assert right <= room, widget


def test_the_same_actor_is_shown_again_where_it_was_left(full: ActorProfileView) -> None:
    full.resize(900, 300)
    full.finish()
    full.page.verticalScrollBar().setValue(120)
    full.show_profile(full_profile())
    assert full.page.verticalScrollBar().value() == 120
    full.show_profile(sparse_profile())
    assert full.page.verticalScrollBar().value() == 0


def test_without_an_actor_the_page_says_what_to_do(view: ActorProfileView) -> None:
    notice = view.currentWidget().findChild(Notice)
    assert notice.accessibleName() == "No actor is chosen"
    assert view.profile is None


def test_an_error_says_what_happened_and_its_details_can_be_copied(
    qtbot: QtBot, view: ActorProfileView
) -> None:
    view.show_error(BriefingError("It could not be read.", "line 3", "Try another."))
    notice = view._notice
    assert notice.accessibleName() == "It could not be read."
    notice.findChild(type(view.page.head.compare)).click()
    assert QGuiApplication.clipboard().text() == "It could not be read.\nTry another.\nline 3"
