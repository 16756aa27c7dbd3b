"""The widgets a profile is made of: rows with marks, links in lines, columns that fold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.brief import Mark, Span
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.ui.theme import Theme
from briefing.ui.widgets.column_layout import (
    NATURAL,
    Arrangement,
    Columns,
    in_rows,
    stacked,
)
from briefing.ui.widgets.folding_scale import FoldingConfidence, FoldingLikelihood
from briefing.ui.widgets.link_flow import FlowItem, LinkFlow
from briefing.ui.widgets.marked_row_painter import ROW, MarkedRow, RowPainter
from briefing.ui.widgets.marked_rows import MarkedRows
from briefing.ui.widgets.prose_rows import PLACE, SOURCES, ProseRow, ProseRows
from briefing.ui.widgets.source_list import SourceItem, SourceList
from briefing.ui.widgets.tab_order import order_tabs
from briefing.ui.widgets.tooltip_lines import tooltip_of

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|propagate)", extend=True)

MARKS = (("a", 1), ("b", 2), ("c", 3))
TITLES = {"a": "First", "b": "Second", "c": "Third & last"}


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(scheme="light")


@pytest.fixture(autouse=True)
def at_full_size(theme: Theme) -> Iterator[None]:
    yield
    theme.set_factor(1.0)


class Fixed(QWidget):
    """Asks for the same size whatever is around it."""

    def sizeHint(self) -> QSize:
        return QSize(100, 20)


def columns(qtbot: QtBot, theme: Theme, count: int, *arrangements: Arrangement) -> Columns:
    widget = Columns(theme, [Fixed() for _ in range(count)], arrangements, 10, 5)
    qtbot.addWidget(widget)
    return widget


def places(widget: Columns, width: int) -> list[tuple[int, int, int]]:
    widget.columns.setGeometry(QRect(0, 0, width, widget.columns.heightForWidth(width)))
    items = (widget.columns.itemAt(place) for place in range(widget.columns.count()))
    return [(i.geometry().x(), i.geometry().y(), i.geometry().width()) for i in items]


def test_columns_stand_beside_each_other_where_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    widget = columns(qtbot, theme, 3, in_rows(300, 3, 3), stacked(3))
    assert places(widget, 320) == [(0, 0, 100), (110, 0, 100), (220, 0, 100)]
    assert places(widget, 299) == [(0, 0, 299), (0, 25, 299), (0, 50, 299)]


def test_larger_text_needs_more_room_for_the_same_columns(qtbot: QtBot, theme: Theme) -> None:
    widget = columns(qtbot, theme, 2, in_rows(300, 2, 2), stacked(2))
    assert widget.columns.columns_at(320) == 2
    theme.set_factor(1.5)
    assert widget.columns.columns_at(320) == 1


def test_a_hidden_column_leaves_its_room_to_the_others(qtbot: QtBot, theme: Theme) -> None:
    widget = columns(qtbot, theme, 3, in_rows(0, 3, 3))
    widget.columns.itemAt(1).widget().hide()
    widget.columns.invalidate()
    assert [place[2] for place in places(widget, 210)][::2] == [100, 100]


def test_a_natural_column_is_as_wide_as_it_asks_for(qtbot: QtBot, theme: Theme) -> None:
    widget = columns(qtbot, theme, 2, Arrangement(0, (((0, 1), (1, NATURAL)),)))
    assert [place[2] for place in places(widget, 400)] == [290, 100]


@given(width=st.integers(160, 2000), count=st.integers(2, 6))
def test_columns_fill_their_row_to_the_last_pixel(theme: Theme, width: int, count: int) -> None:
    widget = Columns(theme, [Fixed() for _ in range(count)], (in_rows(0, count, count),), 10, 5)
    *_, (left, _, last) = places(widget, width)
    assert left + last == width


def marked_rows(qtbot: QtBot, theme: Theme, *, links: bool = False) -> MarkedRows:
    rows = MarkedRows(theme, "Names", links=links, least_column=200)
    qtbot.addWidget(rows)
    rows.set_rows(
        [
            MarkedRow("one", "One", trailing="Mandiant", marks=MARKS[:1]),
            MarkedRow("two", "Two", trailing="ESET", marks=MARKS),
            MarkedRow("three", "Three"),
        ],
        TITLES,
    )
    rows.resize(300, rows.heightForWidth(300))
    return rows


def test_rows_stand_in_two_columns_where_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    rows = marked_rows(qtbot, theme)
    assert rows.heightForWidth(300) == 3 * ROW
    assert rows.heightForWidth(500) == 2 * ROW


def test_a_click_on_a_mark_leads_to_its_source(qtbot: QtBot, theme: Theme) -> None:
    rows = marked_rows(qtbot, theme)
    (_, box), *_ = rows._parts(0).marks
    with qtbot.waitSignal(rows.source_activated) as followed:
        qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert followed.args == ["a"]


def test_more_marks_than_have_room_are_offered_in_a_menu(qtbot: QtBot, theme: Theme) -> None:
    rows = marked_rows(qtbot, theme)
    key, box = rows._parts(1).marks[-1]
    assert key == ""
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    menu = rows.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "[1]  First",
        "[2]  Second",
        "[3]  Third && last",
    ]
    with qtbot.waitSignal(rows.source_activated) as followed:
        menu.actions()[2].trigger()
    menu.close()
    assert followed.args == ["c"]


def test_arrow_keys_move_and_enter_follows_the_source_or_opens_the_row(
    qtbot: QtBot, theme: Theme
) -> None:
    rows = marked_rows(qtbot, theme)
    with qtbot.waitSignal(rows.source_activated) as followed:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert followed.args == ["a"]
    links = marked_rows(qtbot, theme, links=True)
    qtbot.keyClick(links, Qt.Key.Key_Down)
    assert links.accessibleDescription() == "Two, ESET"
    with qtbot.waitSignal(links.row_activated) as opened:
        qtbot.keyClick(links, Qt.Key.Key_Return)
    assert opened.args == ["two"]


@given(width=st.integers(160, 900), text=st.text(max_size=60), trailing=st.text(max_size=40))
def test_the_parts_of_a_row_never_overlap(
    theme: Theme, width: int, text: str, trailing: str
) -> None:
    painter = RowPainter(theme, links=False, lead_width=0, trailing_from=0)
    row = MarkedRow("k", text, trailing=trailing, marks=MARKS)
    parts = painter.parts(row, QRectF(0, 0, width, ROW))
    assert parts.text.right() <= parts.trailing.left() + 0.01
    assert parts.trailing.right() <= parts.marks[0][1].left() + 0.01
    assert parts.marks[-1][1].right() == width


def test_links_break_into_lines_and_none_is_cut(qtbot: QtBot, theme: Theme) -> None:
    flow = LinkFlow(theme, "Malware")
    qtbot.addWidget(flow)
    flow.set_items([FlowItem(f"k{number}", f"Malware {number}") for number in range(20)])
    boxes = flow._laid_out(240)
    assert all(box.right() <= 240 for box in boxes)
    assert flow.heightForWidth(240) > flow.heightForWidth(480)
    assert flow.accessibleName().startswith("Malware: Malware 0, Malware 1")


def test_a_link_of_a_flow_opens_by_mouse_and_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    flow = LinkFlow(theme, "Tools")
    qtbot.addWidget(flow)
    flow.set_items([FlowItem("net", "Net"), FlowItem("tor", "Tor")], "Tools")
    flow.resize(300, flow.heightForWidth(300))
    centre = flow._laid_out(300)[1].center().toPoint()
    with qtbot.waitSignal(flow.item_activated) as opened:
        qtbot.mouseClick(flow, Qt.MouseButton.LeftButton, pos=centre)
    assert opened.args == ["tor"]
    qtbot.keyClick(flow, Qt.Key.Key_Left)
    with qtbot.waitSignal(flow.item_activated) as opened:
        qtbot.keyClick(flow, Qt.Key.Key_Return)
    assert opened.args == ["net"]


@pytest.mark.parametrize("likelihood", list(Likelihood))
def test_the_words_of_a_scale_move_under_it_and_are_never_cut(
    qtbot: QtBot, theme: Theme, likelihood: Likelihood
) -> None:
    scale = FoldingLikelihood(theme, likelihood)
    qtbot.addWidget(scale)
    for width in range(scale.minimumSizeHint().width(), 400, 7):
        for (left, _), needed in zip(scale._places(width), scale._widths(), strict=True):
            assert left + needed <= width
    assert scale.heightForWidth(400) < scale.heightForWidth(scale.minimumSizeHint().width())


def test_the_note_of_a_confidence_moves_under_its_word(qtbot: QtBot, theme: Theme) -> None:
    steps = FoldingConfidence(theme, Confidence.LOW, "says a ministry with a long name")
    qtbot.addWidget(steps)
    assert steps.heightForWidth(400) == 20
    assert steps.heightForWidth(200) == 40


def prose_rows(qtbot: QtBot, theme: Theme) -> ProseRows:
    rows = ProseRows(theme, label_width=60)
    qtbot.addWidget(rows)
    rows.set_rows(
        [
            ProseRow((Span("So it is."), Mark(("a", "b"))), "Said", (Span("in a note"),)),
            ProseRow((Span("Other", href=f"{PLACE}actor--1"),)),
            ProseRow((Span("+2", href=f"{SOURCES}a\nc"),)),
        ],
        {"a": 1, "b": 2, "c": 3},
        TITLES,
    )
    return rows


def test_rows_of_prose_read_as_label_words_and_note(qtbot: QtBot, theme: Theme) -> None:
    assert prose_rows(qtbot, theme).text() == "Said: So it is. in a note\nOther\n+2"


def test_words_hang_beside_their_label(qtbot: QtBot, theme: Theme) -> None:
    rows = ProseRows(theme, label_width=60)
    qtbot.addWidget(rows)
    rows.set_rows([ProseRow((Span("word " * 30),), "Said")])
    rows.document().setTextWidth(200)
    lines = rows.document().firstBlock().layout()
    rows.document().size()
    assert lines.lineCount() > 3
    first = lines.lineAt(0)
    label = len("Said\t")
    assert first.cursorToX(label)[0] + first.x() == pytest.approx(lines.lineAt(1).x() + 60, abs=61)
    assert lines.lineAt(1).x() - first.x() == 60


def test_links_in_rows_lead_into_the_program_and_to_sources(qtbot: QtBot, theme: Theme) -> None:
    rows = prose_rows(qtbot, theme)
    with qtbot.waitSignal(rows.place_activated) as asked:
        rows.link_activated.emit(f"{PLACE}actor--1")
    assert asked.args == ["actor--1"]
    rows.link_activated.emit(f"{SOURCES}a\nc")
    menu = rows.findChild(QMenu)
    assert [action.text()[:3] for action in menu.actions()] == ["[1]", "[3]"]
    menu.close()


def test_a_mark_without_a_number_is_an_error(qtbot: QtBot, theme: Theme) -> None:
    rows = ProseRows(theme)
    qtbot.addWidget(rows)
    with pytest.raises(KeyError):
        rows.set_rows([ProseRow((Mark(("unknown",)),))], {}, {})


def test_sources_open_with_enter_or_a_click_on_the_title_only(qtbot: QtBot, theme: Theme) -> None:
    sources = SourceList(theme, "Sources")
    qtbot.addWidget(sources)
    grade = Grade("B", 2)
    sources.set_sources(
        [
            SourceItem("a", 1, grade, "First", "https://example.org/a", "2018", "rests on Reuters"),
            SourceItem("b", 2, grade, "Second"),
        ]
    )
    sources.resize(400, sources.sizeHint().height())
    viewport, left = sources.viewport(), Qt.MouseButton.LeftButton
    first = sources.visualRect(sources.model().index(0, 0))
    title = sources._delegate.title_rect(first, sources.model().index(0, 0).data(257))
    with qtbot.assertNotEmitted(sources.address_requested):
        qtbot.mouseClick(viewport, left, pos=QPointF(title.left(), first.bottom() - 6).toPoint())
        sources.mark("b")
        qtbot.keyClick(sources, Qt.Key.Key_Return)
    with qtbot.waitSignal(sources.address_requested) as asked:
        qtbot.mouseClick(viewport, left, pos=title.center().toPoint())
    assert asked.args == ["https://example.org/a"]
    sources.mark("a")
    with qtbot.waitSignal(sources.address_requested):
        qtbot.keyClick(sources, Qt.Key.Key_Return)
    with qtbot.waitSignal(sources.left):
        qtbot.keyClick(sources, Qt.Key.Key_Escape)
    assert sources.marked() == ""
    assert sources.mark("no such source").isNull()


def test_tab_follows_the_layout_however_late_a_widget_was_made(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    flows = [LinkFlow(theme, str(number)) for number in range(3)]
    for flow in flows:
        flow.set_items([FlowItem("k", "Word")])
    for place, flow in ((0, flows[1]), (1, flows[2]), (0, flows[0])):
        row.insertWidget(place, flow)
    order_tabs(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    flows[0].setFocus(Qt.FocusReason.TabFocusReason)
    for flow in flows:
        assert QApplication.focusWidget() is flow
        qtbot.keyClick(flow, Qt.Key.Key_Tab)


def test_a_tooltip_shows_lines_and_markup_as_text() -> None:
    assert tooltip_of(["<b>One</b>", "", "Two"]) == "<qt>&lt;b&gt;One&lt;/b&gt;<br/>Two</qt>"
