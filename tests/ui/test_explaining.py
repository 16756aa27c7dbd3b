"""F1 says what a word means, wherever the keyboard is; hovering says what a label means."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QStringListModel, Qt
from PySide6.QtGui import QHelpEvent, QStandardItem, QStandardItemModel, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing.core.brief import spans
from briefing.core.glossary import Glossary, Term
from briefing.ui.explaining import ABOUT, HELP_TOPIC, QUESTION, Explainer
from briefing.ui.theme import Theme
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table_head import TableHead

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

GLOSSARY = Glossary(
    (
        Term("Ransomware", "A program that locks files.", (), ()),
        Term("Phishing", "A message under a false name.", (), ()),
        Term("MITRE ATT&CK", "A catalogue.", ("ATT&CK",), ()),
        Term("Confidence", "Whether the ground is firm.", (), ()),
        Term("Claim", "That somebody says who did it.", (), ()),
    )
)


class _Desk:
    """A window with widgets, and where F1 led."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.theme = theme
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.column = QVBoxLayout(self.window)
        self.shown: list[str] = []
        self.explainer = Explainer(theme, self.window, self.shown.append)

    def put(self, widget: QWidget) -> QWidget:
        """Show a widget, with the keyboard in it."""
        self.column.addWidget(widget)
        with self.qtbot.waitActive(self.window):
            self.window.show()
        widget.setFocus()
        assert QApplication.focusWidget() is widget
        return widget

    def f1(self) -> list[str]:
        """Press it; where it led."""
        QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_F1)
        return self.shown

    @property
    def menu(self) -> QMenu:
        """What is offered to choose from."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def hover(self, widget: QWidget, at: QPoint | None = None) -> str:
        """What a mouse that rests on a widget is told, as Qt asks for it."""
        QToolTip.hideText()
        self.qtbot.waitUntil(lambda: not QToolTip.text())
        place = at or widget.rect().center()
        event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)
        return QToolTip.text()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(scheme="light")
    made.apply(qapp)
    made.explain_with(lambda: GLOSSARY)
    yield made
    QToolTip.hideText()


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> _Desk:
    return _Desk(theme, qtbot)


def _field(text: str, caret: int, length: int = 0) -> QLineEdit:
    field = QLineEdit(text)
    if length:
        field.setSelection(caret, length)
    else:
        field.setCursorPosition(caret)
    return field


def _area(text: str, caret: int, anchor: int) -> QPlainTextEdit:
    area = QPlainTextEdit(text)
    cursor = area.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)
    return area


@pytest.mark.parametrize(
    "make",
    [
        lambda: _field("phishing and ransomware", 3),
        lambda: _field("phishing and ransomware", 2, 4),
        lambda: _field("\U0001f600" * 8 + " phishing, ransomware", 18, 6),
        lambda: _area("phishing and ransomware", 4, 4),
        lambda: _area("\U0001f600 phishing\nand ransomware", 5, 5),
        lambda: _area("\U0001f600\U0001f600 phishing ransomware", 13, 5),
    ],
)
def test_the_word_at_the_caret_or_the_selection_is_what_is_asked_about(
    desk: _Desk, make: Callable[[], QWidget]
) -> None:
    widget = make()
    widget.setProperty(HELP_TOPIC, "reading")
    desk.put(widget)
    if isinstance(widget, QLineEdit) and not widget.selectedText():
        widget.setCursorPosition(3)
    assert desk.f1() == ["glossary#Phishing"]


def test_a_selection_over_several_lines_asks_about_all_its_terms(desk: _Desk) -> None:
    desk.put(_area("phishing\nand ransomware", 0, 20))
    assert desk.f1() == []
    assert [action.text() for action in desk.menu.actions()] == [QUESTION, "Phishing", "Ransomware"]


def _list() -> QListView:
    view = QListView()
    view.setModel(QStringListModel(["nothing", "About phishing"], view))
    view.setCurrentIndex(view.model().index(1, 0))
    return view


def _combo() -> QComboBox:
    box = QComboBox()
    box.addItems(["other", "by phishing"])
    box.setCurrentIndex(1)
    return box


def _tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("Ransomware")
    bar.addTab("Phishing")
    bar.setCurrentIndex(1)
    return bar


def _named(accessible: str, described: str = "") -> QPushButton:
    button = QPushButton("Go")
    button.setAccessibleName(accessible)
    button.setAccessibleDescription(described)
    return button


def test_what_a_password_field_holds_is_never_read(desk: _Desk) -> None:
    field = _field("phishing", 3)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setProperty(HELP_TOPIC, "reading")
    desk.put(field)
    assert desk.f1() == ["reading"]


@pytest.mark.parametrize(
    "make",
    [
        _list,
        _combo,
        _tabs,
        lambda: QPushButton("Phishing"),
        lambda: QLineEdit("about phishing ", accessibleName="Name"),
        lambda: _named("Show phishing"),
        lambda: _named("Go", "Shows phishing."),
    ],
)
def test_what_a_control_shows_or_is_called_is_what_is_asked_about(
    desk: _Desk, make: Callable[[], QWidget]
) -> None:
    desk.window.setProperty(HELP_TOPIC, "reading")
    desk.put(make())
    assert desk.f1() == ["glossary#Phishing"]


def test_an_ampersand_of_a_button_is_a_letter_of_its_word(desk: _Desk) -> None:
    desk.put(QPushButton("Open ATT&&CK"))
    assert desk.f1() == ["glossary#MITRE ATT&CK"]


def test_the_head_of_a_column_is_asked_about_from_its_cells(desk: _Desk) -> None:
    model = QStandardItemModel(1, 1)
    model.setHorizontalHeaderLabels(["Confidence"])
    model.setItem(0, 0, QStandardItem("high"))
    table = _table(desk.theme, model)
    table.setCurrentIndex(model.index(0, 0))
    desk.put(table)
    assert desk.f1() == ["glossary#Confidence"]


def _table(theme: Theme, model: QStandardItemModel) -> QTableView:
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.setHorizontalHeader(TableHead(theme, table))
    return table


def test_the_topic_of_the_very_widget_goes_before_the_words_it_shows(desk: _Desk) -> None:
    widget = desk.put(QPushButton("Phishing"))
    widget.setProperty(HELP_TOPIC, "reading#tlp")
    assert desk.f1() == ["reading#tlp"]


def test_without_a_term_the_topic_around_the_widget_is_opened_or_else_help(desk: _Desk) -> None:
    desk.put(QPushButton("A claim is made"))
    assert desk.f1() == [""]
    desk.window.setProperty(HELP_TOPIC, "ach")
    assert desk.f1() == ["", "ach"]


def test_an_everyday_word_counts_where_it_is_all_there_is(desk: _Desk) -> None:
    desk.put(QPushButton("Claim"))
    assert desk.f1() == ["glossary#Claim"]


def test_of_several_terms_one_is_chosen_by_keyboard(desk: _Desk) -> None:
    desk.window.setProperty(HELP_TOPIC, "sources")
    button = desk.put(QPushButton("Phishing, ransomware, ATT&&CK"))
    assert desk.f1() == []
    texts = [action.text() for action in desk.menu.actions() if not action.isSeparator()]
    assert texts == [QUESTION, "Phishing", "Ransomware", "MITRE ATT&&CK", ABOUT]
    QTest.keyClick(desk.menu, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert (desk.shown, QApplication.focusWidget()) == ([], button)
    desk.f1()
    QTest.keyClick(desk.menu, Qt.Key.Key_Down)
    QTest.keyClick(desk.menu, Qt.Key.Key_Return)
    assert desk.shown == ["glossary#Ransomware"]
    desk.f1()
    QTest.keyClick(desk.menu, Qt.Key.Key_Return)
    desk.f1()
    QTest.keyClick(desk.menu, Qt.Key.Key_Up)
    QTest.keyClick(desk.menu, Qt.Key.Key_Return)
    assert desk.shown[1:] == ["glossary#Phishing", "sources"]


def test_running_text_asks_about_its_marked_term_or_else_about_all_of_them(desk: _Desk) -> None:
    prose = Prose(desk.theme)
    prose.set_text(spans("Phishing brings ransomware."))
    desk.put(prose)
    desk.f1()
    assert len(desk.menu.actions()) == 3
    QTest.keyClick(desk.menu, Qt.Key.Key_Escape)
    prose.clearFocus()
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(prose, Qt.Key.Key_Tab)
    assert desk.f1() == ["glossary#Ransomware"]


def test_following_a_term_in_a_text_leads_to_help(desk: _Desk) -> None:
    prose = Prose(desk.theme)
    prose.set_text(spans("By phishing."))
    desk.put(prose)
    prose.clearFocus()
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(prose, Qt.Key.Key_Return)
    assert desk.shown == ["glossary#Phishing"]


def test_a_label_without_a_tooltip_says_what_it_means(desk: _Desk) -> None:
    label, plain = Label(desk.theme, "Confidence"), Label(desk.theme, "Recorded")
    long = Label(desk.theme, f"Phishing {'and so on ' * 9}")
    for widget in (label, plain, long):
        desk.column.addWidget(widget)
    desk.window.show()
    assert "Whether the ground is firm." in desk.hover(label)
    assert desk.hover(plain) == ""
    assert desk.hover(long) == ""
    label.setToolTip("Its own words")
    assert desk.hover(label) == "Its own words"


def test_a_heading_says_what_it_means(desk: _Desk) -> None:
    header = SectionHeader(desk.theme, "Claim")
    desk.column.addWidget(header)
    desk.window.show()
    assert "says who did it" in desk.hover(header)


def test_what_only_holds_other_things_says_nothing(desk: _Desk) -> None:
    desk.window.setAccessibleName("Phishing")
    desk.window.resize(200, 200)
    desk.window.show()
    assert desk.hover(desk.window) == ""


def test_the_head_of_a_column_says_its_own_words_and_what_they_mean(desk: _Desk) -> None:
    model = QStandardItemModel(1, 2)
    model.setHorizontalHeaderLabels(["Confidence", "Date"])
    table = _table(desk.theme, model)
    desk.put(table)
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(0) + 5, 5)
    assert "Whether the ground is firm." in desk.hover(head.viewport(), at)
    tip = Qt.ItemDataRole.ToolTipRole
    model.setHeaderData(0, Qt.Orientation.Horizontal, "How sure we are", tip)
    both = desk.hover(head.viewport(), at)
    assert both.startswith("How sure we are")
    assert "Whether the ground is firm." in both
    other = QPoint(head.sectionViewportPosition(1) + 5, 5)
    assert desk.hover(head.viewport(), other) == ""


def test_in_a_dialog_the_meaning_is_told_in_place(theme: Theme, qtbot: QtBot) -> None:
    dialog = FormDialog(theme, None, "Title", "Do it")
    qtbot.addWidget(dialog)
    field = QLineEdit()
    field.setAccessibleName("Confidence")
    dialog.add("Confidence", field)
    with qtbot.waitActive(dialog):
        dialog.open()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F1)
    assert "Whether the ground is firm." in QToolTip.text()
    assert dialog.isVisible()
