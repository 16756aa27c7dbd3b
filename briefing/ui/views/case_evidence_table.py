"""The table of evidence: which columns there are, what cells say, how rows find their height."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QSizePolicy

from briefing.core.grading import CREDIBILITY, RELIABILITY
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.theme import Theme
from briefing.ui.views.case_region import Offer
from briefing.ui.widgets.cells import KEY_ROLE, Index
from briefing.ui.widgets.evidence_delegate import (
    BEARS,
    GRADE,
    ITEM_ROLE,
    KIND,
    NUMBER,
    ORIGIN,
    RELEVANCE,
    SHOWS,
    VERTEX,
    EvidenceDelegate,
    EvidenceItem,
)
from briefing.ui.widgets.table import STRETCH, Table

COLUMNS: Final = (
    PlainColumn("", "Number of the evidence, by which the matrix names it."),
    PlainColumn("What it shows", "What was observed; under it the documents that say so."),
    PlainColumn("Kind", "What it is about, and on which level it speaks."),
    PlainColumn("Diamond vertex", "Vertex of the Diamond Model of intrusion analysis (2013)."),
    PlainColumn(
        "Grade",
        "Admiralty code: reliability of who reports it (A to F), credibility of what is reported"
        " (1 to 6). The two are never averaged.",
    ),
    PlainColumn("Relevance", "How far it bears on the question who did it."),
    PlainColumn("Bears on", "The claims for or against which it speaks."),
    PlainColumn("Origin", "Where it starts. Evidence of one origin counts once in the matrix."),
)
_WIDTHS: Final = (38, STRETCH, 104, 104, 56, 80, 84, 56)
_TEXT_LEAST: Final = 280
_DISPENSABLE: Final = (VERTEX, KIND, RELEVANCE, ORIGIN)
_ORDER: Final = {"low": 0, "medium": 1, "high": 2}


class EvidenceModel(LazyTableModel[EvidenceItem]):
    """Items as they are numbered, or sorted by a column."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says; the item itself under ``ITEM_ROLE``."""
        if role == ITEM_ROLE:
            return self.item(index.row())
        return super().data(index, role)


class EvidenceTable(Table):
    """As high as its rows. Enter opens the documents of a row, Escape chooses none."""

    left = Signal()
    """Escape was pressed."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``set_items``."""
        super().__init__(theme, "Evidence", "two_lines")
        self.offers: Callable[[str], Sequence[Offer]] = lambda _evidence: ()
        self._words = EvidenceDelegate(theme, self)
        self._heights: dict[int, int] = {}
        self.set_delegate(self._words)
        self.items = EvidenceModel(COLUMNS, _cell, lambda item: item.key, self)
        self.setModel(self.items)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_widths(_WIDTHS)
        self.items.layoutChanged.connect(self._fit)

    def set_items(self, items: Sequence[EvidenceItem]) -> None:
        """Show other evidence."""
        self._words.claim = ""
        self._head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.items.set_rows(tuple(items))
        self._heights.clear()
        self._fit()
        self.updateGeometry()

    def relate(self, claim: str) -> None:
        """Let the rows stand out that bear on a claim; "" for none."""
        self._words.claim = claim
        self.viewport().update()

    def choose(self, evidence: str) -> None:
        """Make a row the chosen one; "" chooses none."""
        for row in range(self.items.rowCount()):
            if evidence and self.items.item(row).key == evidence:
                self.select_row(row)
                return
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def chosen(self) -> str:
        """Id of the chosen evidence, or ""."""
        index = self.currentIndex()
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def corner(self, evidence: str) -> QPoint:
        """Where a menu about a row opens, in global coordinates."""
        for row in range(self.items.rowCount()):
            if self.items.item(row).key == evidence:
                rect = self.visualRect(self.items.index(row, SHOWS))
                return self.viewport().mapToGlobal(rect.bottomLeft())
        return self.mapToGlobal(QPoint())

    def _hidden_at(self, width: int) -> tuple[int, ...]:
        """Columns that go where the words would be too narrow."""
        px = self._theme.px
        room = width - px(_TEXT_LEAST) - sum(px(one) for one in _WIDTHS)
        hidden: list[int] = []
        for column in _DISPENSABLE:
            if room >= 0:
                break
            hidden.append(column)
            room += px(_WIDTHS[column])
        return tuple(hidden)

    def _text_width(self, width: int, hidden: Sequence[int]) -> int:
        px = self._theme.px
        return width - sum(px(one) for at, one in enumerate(_WIDTHS) if at not in hidden)

    def _fit(self) -> None:
        """Give columns their widths, and every row the height its words need."""
        width = self.viewport().width()
        hidden = self._hidden_at(width)
        self._words.hidden = hidden
        for column, one in enumerate(_WIDTHS):
            self.setColumnHidden(column, column in hidden)
            if one != STRETCH:
                self._head.resizeSection(column, self._theme.px(one))
        text = self._text_width(width, hidden)
        for row in range(self.items.rowCount()):
            self.setRowHeight(row, self._words.height(self.items.item(row), text, hidden))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        if hasattr(self, "items"):
            self._heights.clear()
            self._fit()

    def _on_documents(self, position: QPointF) -> bool:
        index = self.indexAt(position.toPoint())
        if not index.isValid() or index.column() != SHOWS:
            return False
        cell = self.visualRect(index).toRectF()
        return self._words.documents_rect(index.data(ITEM_ROLE), cell).contains(position)

    def _menu(self) -> QMenu:
        menu = super()._menu()
        first = menu.actions()[0]
        offers = self.offers(self.chosen())
        for label, run in offers:
            action = menu.addAction(label.replace("&", "&&"))
            action.triggered.connect(lambda _=False, run=run: run())
            menu.insertAction(first, action)
        if offers:
            menu.insertSeparator(first)
        return menu

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The head and all rows at this width."""
        return self._head.sizeHint().height() + self._height_of_rows(width)

    def _height_of_rows(self, width: int) -> int:
        """Of all rows; a layout asks many times for the same width."""
        if width not in self._heights:
            hidden = self._hidden_at(width)
            text = self._text_width(width, hidden)
            rows = (self.items.item(row) for row in range(self.items.rowCount()))
            self._heights[width] = sum(self._words.height(item, text, hidden) for item in rows)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All rows at a comfortable width."""
        width = max(self.width(), self._theme.px(320))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow; no row is cut."""
        return QSize(self._theme.px(300), self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape chooses nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if self._on_documents(event.position()) else arrow)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the documents that were clicked."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._on_documents(event.position()):
            self.row_activated.emit(self.indexAt(event.position().toPoint()))


def _cell(item: EvidenceItem, column: int) -> Cell:
    """What a cell says, by what it is sorted, and what a screen reader says of it."""
    letters = ", ".join(letter for _, letter in item.claims)
    kind, level, relevance = item.hints
    reliability, credibility = item.grade.reliability, item.grade.credibility or len(CREDIBILITY)
    place = list(RELIABILITY).index(reliability) * 10 + credibility
    cells = {
        NUMBER: Cell(item.number, int(item.number[1:])),
        SHOWS: Cell(item.text, spoken=f"{item.number}: {item.text}. {''.join(item.documents)}"),
        KIND: Cell(item.kind, spoken=f"{item.kind}. {kind} {level}"),
        VERTEX: Cell(item.vertex),
        GRADE: Cell(item.grade.code, place, f"{item.grade.code}. {item.grade.words}"),
        RELEVANCE: Cell(item.relevance, _ORDER[item.relevance], f"{item.relevance}. {relevance}"),
        BEARS: Cell(letters or item.none, spoken=f"Bears on {letters or 'no claim'}"),
        ORIGIN: Cell(item.origin, int(item.origin[1:]), f"{item.origin}: {item.origin_words}"),
    }
    return cells[column]
