"""Running text: safe, reachable, as high as it must be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing.core.brief import Mark, Span, Style, spans
from briefing.ui.theme import Theme
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.source_marks import SourceMarks

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NUMBERS = {"attack": 1, "misp": 2}


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def prose(theme: Theme, qtbot: QtBot) -> Prose:
    prose = Prose(theme)
    qtbot.addWidget(prose)
    prose.resize(400, 200)
    return prose


@pytest.fixture
def canary(tmp_path: Path, qapp: QApplication) -> Path:
    path = tmp_path / "canary.png"
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    picture.save(str(path))
    return path


def reds_in(widget: QWidget) -> int:
    picture = widget.grab().toImage()
    return sum(
        QColor(picture.pixel(x, y)).name() == "#ff0000"
        for x in range(picture.width())
        for y in range(picture.height())
    )


def test_markup_in_a_text_is_shown_as_text_and_opens_nothing(prose: Prose, canary: Path) -> None:
    markup = f'<img src="{canary.as_uri()}"><a href="file:///x">x</a>'
    prose.set_text(spans(markup))
    prose.show()
    assert prose.document().toPlainText() == markup
    assert reds_in(prose) == 0


def test_even_markup_that_got_in_loads_no_file(prose: Prose, canary: Path, qtbot: QtBot) -> None:
    html = f'<img src="{canary.as_uri()}">'
    control = QTextBrowser()
    qtbot.addWidget(control)
    for browser in (prose, control):
        browser.resize(400, 200)
        browser.document().setHtml(html)
        browser.show()
    assert reds_in(control) > 1000
    assert reds_in(prose) == 0
    picture = prose.loadResource(
        QTextDocument.ResourceType.ImageResource.value, QUrl.fromLocalFile(str(canary))
    )
    style = prose.loadResource(
        QTextDocument.ResourceType.StyleSheetResource.value, QUrl.fromLocalFile(str(canary))
    )
    assert (picture.width(), style) == (1, b"")


def test_source_marks_print_the_numbers_they_are_given(prose: Prose) -> None:
    prose.set_text(spans("Since 2004", Mark(("misp", "attack")), "."), NUMBERS)
    assert prose.document().toPlainText() == "Since 2004\N{NARROW NO-BREAK SPACE}[2][1]."
    assert prose.text() == "Since 2004."


def test_a_mark_without_a_number_is_an_error_of_the_caller(prose: Prose) -> None:
    with pytest.raises(KeyError):
        prose.set_text(spans("x", Mark(("unknown",))), NUMBERS)


def test_tab_and_enter_reach_every_link(theme: Theme, qtbot: QtBot) -> None:
    page, before, prose, after = QWidget(), QLineEdit(), Prose(theme), QLineEdit()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for widget in (before, prose, after):
        column.addWidget(widget)
    sources: list[str] = []
    links: list[str] = []
    prose.source_activated.connect(sources.append)
    prose.link_activated.connect(links.append)
    link = Span("advisory", href="https://example.org/a")
    prose.set_text(spans("One", Mark(("attack",)), " two", Mark(("misp",)), " ", link), NUMBERS)
    with qtbot.waitActive(page):
        page.show()
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    for _ in range(3):
        qtbot.keyClick(prose, Qt.Key.Key_Return)
        qtbot.keyClick(prose, Qt.Key.Key_Tab)
    assert sources == ["attack", "misp"]
    assert links == ["https://example.org/a"]
    assert page.focusWidget() is after


@pytest.mark.parametrize("href", ["file:///etc/hosts", "javascript:x", "ftp://x/", "//host/x"])
def test_only_web_and_mail_addresses_become_links(prose: Prose, href: str) -> None:
    prose.set_text(spans(Span("words", href=href)))
    prose.resize(400, 40)
    assert prose.anchorAt(QPoint(4, 10)) == ""


def test_what_is_copied_is_words_and_not_markup(prose: Prose) -> None:
    prose.set_text(spans(Span("strong", Style.STRONG), " words", Mark(("attack",))), NUMBERS)
    prose.selectAll()
    prose.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert not data.hasHtml()
    assert data.text() == "strong words\N{NARROW NO-BREAK SPACE}[1]"


def test_height_follows_width_in_whole_lines(prose: Prose, theme: Theme) -> None:
    prose.set_text(spans("word " * 60))
    line = theme.line_height("body")
    wide, narrow = prose.heightForWidth(600), prose.heightForWidth(200)
    assert narrow > wide >= line
    assert narrow % line == wide % line == 0


def test_asking_for_the_height_leaves_the_text_as_it_was(prose: Prose) -> None:
    prose.set_text(spans("word " * 60))
    prose.show()
    before = prose.document().textWidth()
    prose.heightForWidth(123)
    assert prose.document().textWidth() == before


def test_prose_grows_with_the_text_size(prose: Prose, theme: Theme) -> None:
    prose.set_text(spans("One line"))
    theme.set_factor(2.0)
    assert prose.sizeHint().height() == 40
    assert prose.document().toPlainText() == "One line"


def test_prose_without_links_is_no_stop_of_the_tab_key(prose: Prose) -> None:
    prose.set_text(spans("words"))
    assert not prose.focusPolicy() & Qt.FocusPolicy.TabFocus
    prose.set_text(spans("words", Mark(("attack",))), NUMBERS)
    assert prose.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_paragraphs_are_kept_apart(prose: Prose) -> None:
    prose.set_paragraphs([spans("One."), spans("Two.")])
    assert prose.text() == "One.\nTwo."
    assert prose.document().blockCount() == 2


def test_marks_beside_a_heading_say_which_source_they_open(theme: Theme, qtbot: QtBot) -> None:
    marks = SourceMarks(theme, [("misp", 2)], {"misp": "MISP galaxy"})
    qtbot.addWidget(marks)
    link = marks.findChildren(QWidget)[0]
    assert link.accessibleName() == "Source 2: MISP galaxy"
    with qtbot.waitSignal(marks.source_activated) as caught:
        qtbot.keyClick(link, Qt.Key.Key_Return)
    assert caught.args == ["misp"]


def test_marks_that_were_replaced_are_out_of_sight_at_once(theme: Theme, qtbot: QtBot) -> None:
    marks = SourceMarks(theme, [("misp", 2), ("attack", 1)])
    qtbot.addWidget(marks)
    marks.show()
    links = marks.findChildren(QWidget)
    assert all(link.isVisible() for link in links)
    marks.set_marks([("kev", 3)])
    assert not any(link.isVisible() for link in links)
