"""The kit: said to everybody, reached by every key, never cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from gallery import build_page, draw_page
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.tokens import DARK, LIGHT
from briefing.ui.widgets.badges import GradeBadge, LetterBox, TlpBadge
from briefing.ui.widgets.buttons import (
    IconButton,
    LinkButton,
    destructive_button,
    icon_button,
    primary_button,
)
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from briefing.ui.widgets.scales import ConfidenceSteps, LikelihoodScale
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

UNCUT = (QAbstractButton, QLabel, SectionHeader, TlpBadge, GradeBadge)
Show: TypeAlias = Callable[[QWidget], QWidget]

COUNTRIES = ("Belarus", "China", "India", "Iran", "Israel", "Korea", "Russia", "Spain", "Vietnam")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Puts a widget into an active window of its own, so that it can have the keyboard."""
    pages: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        page = QWidget()
        QVBoxLayout(page).addWidget(widget)
        qtbot.addWidget(page)
        pages.append(page)
        with qtbot.waitActive(page):
            page.show()
        return page

    return show


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_is_cut_at_any_text_size(
    qapp: QApplication, qtbot: QtBot, scheme: str, factor: float
) -> None:
    theme = Theme(scheme=scheme, factor=factor)
    theme.apply(qapp)
    page = build_page(theme)
    qtbot.addWidget(page)
    page.resize(page.minimumSizeHint().expandedTo(page.size()))
    page.show()
    qapp.processEvents()
    for child in page.findChildren(QWidget):
        if isinstance(child, UNCUT) and child.isVisibleTo(page):
            needed = child.minimumSizeHint()
            assert child.width() >= needed.width(), child.accessibleName()
            assert child.height() >= needed.height(), child.accessibleName()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_a_size_hint_holds_the_whole_text(qapp: QApplication, factor: float) -> None:
    theme = Theme(scheme="light", factor=factor)
    theme.apply(qapp)
    words = "Communication Through Removable Media"
    for widget, role in (
        (Label(theme, words, "title"), "title"),
        (LinkButton(theme, words), "key"),
        (primary_button(theme, words, "plus"), "primary"),
        (Chip(theme, words), "chip"),
        (SectionHeader(theme, words), "heading"),
    ):
        widget.ensurePolished()
        assert widget.sizeHint().width() >= theme.metrics(role).horizontalAdvance(words)
        assert widget.sizeHint().height() >= theme.metrics(role).height()


def test_every_control_of_the_kit_has_an_accessible_name(theme: Theme, qtbot: QtBot) -> None:
    page = build_page(theme)
    qtbot.addWidget(page)
    for child in page.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(page):
            named = child.accessibleName() or getattr(child, "text", lambda: "")()
            if not isinstance(child, QLineEdit) and child.metaObject().className() != "QComboBox":
                assert named, child


def test_light_and_dark_pictures_use_their_own_ground(qapp: QApplication) -> None:
    light: QImage = draw_page(qapp, "light", 1.0)
    dark: QImage = draw_page(qapp, "dark", 1.0)
    assert light.pixelColor(2, 2) == QColor(LIGHT.paper)
    assert dark.pixelColor(2, 2) == QColor(DARK.paper)


def test_labels_take_data_as_plain_text(theme: Theme) -> None:
    for kind in (Label, ElidedLabel, WrappedLabel):
        label = kind(theme, "<b>not bold</b>")
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_label_that_had_to_be_cut_says_all_in_its_tooltip(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel(theme, "Inception <Framework>")
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.toolTip() == "<qt>Inception &lt;Framework&gt;</qt>"
    label.resize(400, 20)
    assert label.toolTip() == ""


def test_a_wrapped_label_is_as_high_as_its_lines(theme: Theme) -> None:
    label = WrappedLabel(theme, "word " * 40, "table")
    label.set_lead("Unusual.")
    assert label.heightForWidth(200) % 16 == 0
    assert label.heightForWidth(100) > label.heightForWidth(200)
    assert label.accessibleName().startswith("Unusual. word")


def test_an_ampersand_on_a_button_is_an_ampersand(theme: Theme) -> None:
    button = primary_button(theme, "Update ATT&CK")
    assert button.accessibleName() == "Update ATT&CK"
    assert button.text() == "Update ATT&&CK"


def test_an_icon_button_says_in_words_what_it_does(theme: Theme) -> None:
    button: IconButton = icon_button(theme, "more", "More actions")
    assert button.accessibleName() == "More actions"
    assert "More actions" in button.toolTip()


def test_a_destructive_button_is_outlined_and_not_filled(theme: Theme, qtbot: QtBot) -> None:
    button = destructive_button(theme, "Delete draft")
    qtbot.addWidget(button)
    picture = button.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 4) == QColor(LIGHT.paper)


def test_title_and_link_stand_on_one_baseline(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    header = SectionHeader(theme, "HHH", "", "HHH")
    shown(header)
    picture = header.grab().toImage()
    paper = QColor(LIGHT.paper)
    middle = picture.width() // 2
    lowest = [
        max(
            y for y in range(picture.height()) for x in columns if picture.pixelColor(x, y) != paper
        )
        for columns in (range(middle), range(middle, picture.width()))
    ]
    assert abs(lowest[0] - lowest[1]) <= 1


def test_badges_say_their_meaning_in_words(theme: Theme) -> None:
    assert TlpBadge(theme, Tlp.AMBER_STRICT).accessibleName() == "TLP:AMBER+STRICT"
    assert "need to know" in TlpBadge(theme, Tlp.AMBER).toolTip()
    assert "usually reliable" in GradeBadge(theme, Grade("B", 2)).toolTip()
    assert LetterBox(theme, "A").accessibleName() == "Claim A"


def test_a_tlp_badge_looks_the_same_in_both_themes(theme: Theme, qtbot: QtBot) -> None:
    badge = TlpBadge(theme, Tlp.RED)
    qtbot.addWidget(badge)
    light = badge.grab().toImage().copy(4, 2, 40, 16)
    theme.set_scheme("dark")
    assert badge.grab().toImage().copy(4, 2, 40, 16) == light


def test_likelihood_and_confidence_are_said_apart(theme: Theme) -> None:
    scale = LikelihoodScale(theme, Likelihood.LIKELY)
    assert scale.accessibleName() == f"Likelihood: likely {Likelihood.LIKELY.range}"
    scale.set_likelihood(None)
    assert scale.accessibleName() == "Likelihood: not stated"
    steps = ConfidenceSteps(theme, Confidence.NOT_STATED, "by the sources")
    assert steps.accessibleName() == "Confidence: not stated by the sources"


def test_a_flow_goes_on_in_the_next_line(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, 8)
    for name in COUNTRIES:
        flow.addWidget(Chip(theme, name))
    one_line = flow.sizeHint().width()
    assert flow.heightForWidth(one_line) == theme.px(20)
    assert flow.heightForWidth(one_line // 2) > 2 * theme.px(20)
    flow.clear()
    assert flow.count() == 0


def test_a_page_is_as_wide_as_its_window(theme: Theme, qtbot: QtBot) -> None:
    page = Scroller(theme)
    qtbot.addWidget(page)
    page.body.addWidget(WrappedLabel(theme, "word " * 400))
    page.resize(400, 200)
    page.show()
    assert page.content.width() == page.viewport().width()
    assert page.verticalScrollBar().maximum() > 0
    assert page.horizontalScrollBar().maximum() == 0


def test_a_narrow_page_gives_wrapped_lines_all_they_need(theme: Theme, qtbot: QtBot) -> None:
    page = Scroller(theme)
    qtbot.addWidget(page)
    holder = QWidget()
    rows = QVBoxLayout(holder)
    labels = [WrappedLabel(theme, "word " * 60) for _ in range(3)]
    for label in labels:
        rows.addWidget(label)
    page.body.addWidget(holder)
    page.resize(200, 600)
    page.show()
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width())
    assert holder.y() == page.body.contentsMargins().top()


def test_what_is_short_stands_at_the_top_of_its_page(theme: Theme, qtbot: QtBot) -> None:
    page = Scroller(theme)
    qtbot.addWidget(page)
    label = WrappedLabel(theme, "One line")
    page.body.addWidget(label)
    page.resize(400, 600)
    page.show()
    assert label.y() == page.body.contentsMargins().top()
    assert label.height() == label.heightForWidth(label.width())
