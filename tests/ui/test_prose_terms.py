"""Terms of the glossary in running text: pointed out once, quietly, and reached like a link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.brief import Mark, Span, Style, Text, spans
from briefing.core.glossary import Glossary, Term
from briefing.ui.theme import Theme
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

GLOSSARY = Glossary(
    (
        Term("Ransomware", "A program that locks files <until> money is paid.", (), ()),
        Term("Phishing", "A message under a false name.", (), ()),
        Term("Threat actor", "Whoever attacks.", ("group",), ()),
    )
)
NUMBERS = {"attack": 1}


class _Heard(QObject):
    """Takes note of the terms that were followed, as a window does."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.terms: list[str] = []
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer what nobody answered before."""
        if event.type() == QEvent.Type.WhatsThisClicked:
            self.terms.append(event.href())
            return True
        return False


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    theme.explain_with(lambda: GLOSSARY)
    yield theme
    QToolTip.hideText()


def shown(theme: Theme, qtbot: QtBot, *text: Text) -> Prose:
    prose = Prose(theme)
    qtbot.addWidget(prose)
    prose.set_paragraphs(text, NUMBERS, {"attack": "ATT&CK"})
    prose.resize(400, 200)
    with qtbot.waitActive(prose):
        prose.show()
    return prose


def formats(prose: Prose) -> list[tuple[str, QTextCharFormat]]:
    """Every run of the text with its look."""
    found = []
    block = prose.document().begin()
    while block.isValid():
        for run in block:
            found.append((run.fragment().text(), run.fragment().charFormat()))
        block = block.next()
    return found


def links(prose: Prose) -> list[str]:
    return [words for words, look in formats(prose) if look.isAnchor()]


def test_the_first_place_of_each_term_is_a_link_and_no_other(theme: Theme, qtbot: QtBot) -> None:
    text = spans("Phishing, then ransomware. More phishing, more ransomware.")
    prose = shown(theme, qtbot, text, spans("Ransomware again."))
    assert links(prose) == ["Phishing", "ransomware"]


def test_everyday_words_are_not_pointed_out(theme: Theme, qtbot: QtBot) -> None:
    assert links(shown(theme, qtbot, spans("A group did it."))) == []


def test_a_term_keeps_the_colour_of_its_text_and_is_dotted(theme: Theme, qtbot: QtBot) -> None:
    prose = shown(theme, qtbot, spans("By phishing."))
    plain, term, _ = (look for _, look in formats(prose))
    assert term.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    assert term.foreground() == plain.foreground()
    assert term.font() != plain.font() or term.fontWeight() == plain.fontWeight()
    assert term.underlineColor().name() == theme.tokens.ink_3


def test_what_is_hovered_over_says_what_it_means_as_text(theme: Theme, qtbot: QtBot) -> None:
    [tip] = [
        look.toolTip()
        for words, look in formats(shown(theme, qtbot, spans("ransomware")))
        if words == "ransomware"
    ]
    assert "<b>Ransomware</b>: A program that locks files &lt;until&gt; money is paid." in tip


def test_links_marks_and_code_stay_what_they_are(theme: Theme, qtbot: QtBot) -> None:
    advisory = Span("phishing advisory", href="https://example.org/a")
    text = spans(advisory, " ", Span("phishing", Style.CODE), " phishing", Mark(("attack",)))
    prose = shown(theme, qtbot, text)
    assert links(prose) == ["phishing advisory", "phishing", "[1]"]
    opened: list[str] = []
    prose.link_activated.connect(opened.append)
    prose.source_activated.connect(opened.append)
    heard = _Heard(prose)
    prose.clearFocus()
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        qtbot.keyClick(prose, Qt.Key.Key_Return)
        qtbot.keyClick(prose, Qt.Key.Key_Tab)
    assert opened == ["https://example.org/a", "attack"]
    assert heard.terms == ["Phishing"]


def test_what_is_copied_is_the_text_as_without_a_glossary(theme: Theme, qtbot: QtBot) -> None:
    text = spans("\U0001f600 Phishing ", Span("and ransomware", Style.STRONG), Mark(("attack",)))
    prose = shown(theme, qtbot, text)
    copied = []
    for glossary in (GLOSSARY, Glossary()):
        theme.explain_with(lambda chosen=glossary: chosen)
        prose.set_text(text, NUMBERS)
        prose.selectAll()
        prose.copy()
        copied.append(QGuiApplication.clipboard().text())
        assert prose.text() == "\U0001f600 Phishing and ransomware"
    assert copied[0] == copied[1]


def test_tab_marks_a_term_and_enter_tells_the_window(theme: Theme, qtbot: QtBot) -> None:
    page, before, prose, after = QWidget(), QLineEdit(), Prose(theme), QLineEdit()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for widget in (before, prose, after):
        column.addWidget(widget)
    heard = _Heard(page)
    prose.set_text(spans("\U0001f600 By phishing and ransomware."))
    with qtbot.waitActive(page):
        page.show()
    before.setFocus()
    marked = []
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    for _ in range(2):
        marked.append(prose.textCursor().selectedText())
        qtbot.keyClick(prose, Qt.Key.Key_Return)
        qtbot.keyClick(prose, Qt.Key.Key_Tab)
    assert marked == ["phishing", "ransomware"]
    assert heard.terms == ["Phishing", "Ransomware"]
    assert page.focusWidget() is after


def test_where_no_window_answers_the_meaning_is_told_in_place(theme: Theme, qtbot: QtBot) -> None:
    prose = shown(theme, qtbot, spans("By phishing."))
    prose.clearFocus()
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    assert "A message under a false name." in QToolTip.text()


def test_a_click_follows_a_term(theme: Theme, qtbot: QtBot) -> None:
    prose = shown(theme, qtbot, spans("Phishing it was."))
    heard = _Heard(prose)
    cursor = QTextCursor(prose.document())
    cursor.setPosition(3)
    qtbot.mouseClick(
        prose.viewport(), Qt.MouseButton.LeftButton, pos=prose.cursorRect(cursor).center()
    )
    assert heard.terms == ["Phishing"]


def test_rows_point_out_terms_in_texts_and_notes_but_not_in_labels(
    theme: Theme, qtbot: QtBot
) -> None:
    rows = ProseRows(theme, label_width=80)
    qtbot.addWidget(rows)
    rows.set_rows(
        [
            ProseRow(spans("Phishing was seen."), "Ransomware", spans("Said after ransomware.")),
            ProseRow(spans("no phishing is known"), quiet=True),
        ]
    )
    assert links(rows) == ["Phishing", "ransomware"]


def test_a_text_about_a_term_does_not_explain_it(theme: Theme, qtbot: QtBot) -> None:
    prose = shown(theme, qtbot)
    prose._document.known = frozenset(("Phishing",))
    prose.set_text(spans("Phishing spreads ransomware."))
    assert links(prose) == ["ransomware"]


def test_other_colours_and_sizes_keep_the_links(theme: Theme, qtbot: QtBot) -> None:
    prose = shown(theme, qtbot, spans("By phishing."))
    theme.set_scheme("dark")
    theme.set_factor(1.5)
    assert links(prose) == ["phishing"]
    [term] = [look for words, look in formats(prose) if words == "phishing"]
    assert term.underlineColor().name() == theme.tokens.ink_3
