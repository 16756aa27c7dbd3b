"""A change of text size: a profile lays out what is seen first, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sample_profile import full_profile

from briefing.services.world_map import read_world
from briefing.ui.theme import Theme
from briefing.ui.views.actor_profile import ActorProfileView
from briefing.ui.views.actor_sections.sources import SourcesSection
from briefing.ui.widgets.labels import ElidedLabel
from briefing.ui.widgets.prose import Prose

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|propagate)", extend=True)

WORLD = Path(__file__).resolve().parents[2] / "resources" / "map" / "world.json"


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def view(theme: Theme) -> Iterator[ActorProfileView]:
    theme.set_factor(1.0)
    widget = ActorProfileView(theme, read_world(WORLD))
    widget.resize(900, 820)
    widget.show()
    widget.activateWindow()
    yield widget
    widget.close()
    widget.deleteLater()


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


def test_after_a_change_of_text_size_what_lies_below_the_view_comes_back(
    full: ActorProfileView, theme: Theme, qtbot: QtBot
) -> None:
    full.resize(900, 300)
    full.finish()
    full.page.head.brief.setFocus(Qt.FocusReason.OtherFocusReason)
    before = words_of(full)
    theme.set_factor(1.5)
    assert words_of(full) != before
    qtbot.waitUntil(lambda: words_of(full) == before)
    theme.set_factor(1.0)
    full.finish()
    assert words_of(full) == before


def test_a_change_of_text_size_leaves_the_keyboard_where_it_is(
    full: ActorProfileView, theme: Theme
) -> None:
    full.resize(900, 300)
    sources = full.page.section(SourcesSection).list
    sources.setFocus(Qt.FocusReason.OtherFocusReason)
    full.page.to_top()
    theme.set_factor(1.5)
    assert sources.hasFocus()
