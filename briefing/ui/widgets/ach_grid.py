"""The matrix of competing hypotheses: evidence against answers, marked by keyboard or mouse."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark
from briefing.core.wording import sentence_case
from briefing.ui.models.ach_table import LABEL_ROLE, TELLS_APART, AchTableModel, AchTotalsModel
from briefing.ui.theme import Theme
from briefing.ui.widgets.ach_tables import AchCells, AchFigures
from briefing.ui.widgets.ach_words import KEYS, WORDS, letters

_HEAD_SHARE: Final = 0.34
_WIDEST_HEAD: Final = 260
_LEAST_CELL: Final = 48
_WIDEST_LEAST: Final = 76
_WIDEST_CELL: Final = 120
_LAST: Final = 44
_TOTAL_ROW: Final = 24
_MOST_ROWS: Final = 14
"""More rows than this scroll, so that heads and sums stay in sight."""


class AchGrid(QWidget):
    """Rows E1, E2, …, columns H1, H2, …; below, what speaks against each hypothesis.

    Arrow keys move; C, I, N and A mark, C and I twice for strong, Delete clears; Enter opens the
    reason behind a mark, Space shows the evidence. A click offers the same in a menu.
    """

    mark_chosen = Signal(str, str, object)
    """Ids of hypothesis and evidence, and the ``Mark``, or None to take it away."""
    rationale_asked = Signal(str, str)
    """Ids of the hypothesis and the evidence whose reason is to be read or written."""
    row_chosen = Signal(str)
    """Id of the evidence or the hypothesis that is to be shown."""
    current_moved = Signal(QRect)
    """The keyboard went to a cell that stands there in this widget."""
    current_told = Signal(str)
    """The current cell in sentences."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_page``."""
        super().__init__()
        self._theme = theme
        self._cells = AchTableModel(self)
        self._sums = AchTotalsModel(self)
        self.cells = AchCells(theme, self._cells)
        self.totals = AchFigures(theme, "Inconsistency of each hypothesis", self._sums, lined=False)
        self.menu: QMenu | None = None
        self._lay_out()
        self._connect()

    def show_page(self, page: CasePage) -> None:
        """Show another case, or another state of it; the keyboard stays on its cell."""
        before = self._ids(self.cells.currentIndex())
        self._cells.set_page(page)
        self._sums.set_page(page)
        self._arrange()
        index = self._index_of(*before)
        self.cells.setCurrentIndex(index if index.isValid() else self._cells.index(0, 0))

    def select(self, hypothesis: str, evidence: str) -> None:
        """Go to a cell; ids that are not here leave everything as it is."""
        index = self._index_of(hypothesis, evidence)
        if index.isValid():
            self.cells.setCurrentIndex(index)
            self.cells.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> tuple[str, str]:
        """Ids of the hypothesis and the evidence of the current cell; "" for what there is not."""
        return self._ids(self.cells.currentIndex())

    def copy_as_text(self) -> None:
        """Put the whole matrix on the clipboard, cells apart by tabs."""
        lines = ["\t".join(("", *(_head(self._cells, place) for place in self._places())))]
        for model in (self._cells, self._sums):
            for row in range(model.rowCount()):
                cells = (str(model.index(row, column).data() or "") for column in self._places())
                lines.append("\t".join((_side(model, row), *cells)))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _places(self) -> range:
        return range(self._cells.columnCount())

    def _ids(self, index: QModelIndex) -> tuple[str, str]:
        evidence = self._cells.evidence_at(index.row())
        hypothesis = self._cells.hypothesis_at(index.column())
        return (hypothesis.id if hypothesis else "", evidence.id if evidence else "")

    def _index_of(self, hypothesis: str, evidence: str) -> QModelIndex:
        columns = [one.id for one in self._cells.hypotheses]
        rows = [one.id for one in self._cells.evidence]
        if evidence not in rows or hypothesis not in (*columns, ""):
            return QModelIndex()
        column = columns.index(hypothesis) if hypothesis else len(columns)
        return self._cells.index(rows.index(evidence), column)

    def _lay_out(self) -> None:
        self.totals.columns.hide()
        # Only the lower table shows the bar that moves both.
        self.cells.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(self._theme.px(2))
        self._box.addWidget(self.cells)
        self._box.addWidget(self.totals)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self.cells.marked.connect(self._on_cells_marked)
        self.cells.rationale_asked.connect(self._on_cells_rationale_asked)
        self.cells.evidence_asked.connect(self._on_cells_evidence_asked)
        self.cells.menu_asked.connect(self._on_cells_menu_asked)
        self.cells.current_moved.connect(self._on_cells_current_moved)
        self.cells.columns.sectionClicked.connect(self._on_columns_section_clicked)
        self.cells.rows.sectionClicked.connect(self._on_rows_section_clicked)
        for table in (self.cells, self.totals):
            table.copy_asked.connect(self.copy_as_text)
        upper, lower = self.cells.horizontalScrollBar(), self.totals.horizontalScrollBar()
        upper.valueChanged.connect(lower.setValue)
        lower.valueChanged.connect(upper.setValue)
        self._theme.changed.connect(self._arrange)

    def _widths(self) -> tuple[int, list[int]]:
        """Of the heads at the side, and of every column."""
        px, count = self._theme.px, len(self._cells.hypotheses)
        sums = [_side(self._sums, row) for row in range(self._sums.rowCount())]
        metrics = self._theme.metrics("table")
        least = max((metrics.horizontalAdvance(title) for title in sums), default=0) + px(10)
        last = round(max(px(_LAST), self._last_width()))
        many = self._cells.rowCount() > _MOST_ROWS
        bar = self.cells.verticalScrollBar().sizeHint().width() if many else 0
        beside = self.width() - last - bar
        # Words at the side may take less than their share before words above are broken.
        wanted = min(beside * _HEAD_SHARE, beside - count * self._least_cell(), px(_WIDEST_HEAD))
        head = round(max(least, wanted))
        room = beside - head
        cell = min(max(room // max(count, 1), px(_LEAST_CELL)), px(_WIDEST_CELL))
        # What cells leave goes to the words at the side, where most is to be read.
        spare = max(room - cell * count, 0)
        return head + spare, [*([cell] * count), last]

    def _least_cell(self) -> int:
        """Room for two letters, and for the longest word above where it is not too long."""
        heads = (_head(self._cells, place) for place in range(len(self._cells.hypotheses)))
        words = [word for head in heads for word in head.split()]
        metrics, px = self._theme.metrics("note"), self._theme.px
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0.0)
        return round(min(max(longest + px(10), px(_LEAST_CELL)), px(_WIDEST_LEAST)))

    def _last_width(self) -> float:
        longest = max(TELLS_APART.split(), key=len)
        return self._theme.metrics("note").horizontalAdvance(longest) + self._theme.px(10)

    def _arrange(self) -> None:
        """Give every part its size."""
        px = self._theme.px
        self._box.setSpacing(px(2))
        head, widths = self._widths()
        for table in (self.cells, self.totals):
            table.rows.set_width(head)
        row_height = self.cells.rows.row_height()
        self.cells.set_sizes(widths, row_height)
        self.totals.set_sizes(widths, px(_TOTAL_ROW))
        shown = min(self._cells.rowCount(), _MOST_ROWS)
        self.cells.setFixedHeight(self.cells.columns.height_of(widths) + shown * row_height)
        is_wide = head + sum(widths) > self.width()
        bar = self.totals.horizontalScrollBar().sizeHint().height() if is_wide else 0
        self.totals.setFixedHeight(self._sums.rowCount() * px(_TOTAL_ROW) + bar)
        self.updateGeometry()

    def _menu(self, index: QModelIndex) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self._cells.mark_at(index)
        for mark in (*Mark, None):
            code = f"{letters(mark)}  " if mark else ""
            words = sentence_case(WORDS[mark])
            action = menu.addAction(f"{code}{words}\t{KEYS[mark]}")
            action.setCheckable(True)
            action.setChecked(mark is now)
            action.setData(mark.value if mark else "")
            action.triggered.connect(
                lambda _=False, chosen=mark: self.cells.set_mark(index, chosen)
            )
        hypothesis, evidence = self._ids(index)
        row = self._cells.label_of_row(index.row())
        column = str(self._cells.headerData(index.column(), Qt.Orientation.Horizontal, LABEL_ROLE))
        menu.addSeparator()
        why = "Reason …" if self._cells.rationale_at(index) else "Write down why …"
        menu.addAction(f"{why}\tEnter", lambda: self.rationale_asked.emit(hypothesis, evidence))
        menu.addAction(f"Show {row}\tSpace", lambda: self.row_chosen.emit(evidence))
        menu.addAction(f"Show {column}", lambda: self.row_chosen.emit(hypothesis))
        menu.addSeparator()
        menu.addAction(
            "Copy matrix", QKeySequence(QKeySequence.StandardKey.Copy), self.copy_as_text
        )
        return menu

    def _on_cells_marked(self, index: QModelIndex, mark: Mark | None) -> None:
        self.mark_chosen.emit(*self._ids(index), mark)
        self._tell(index)

    def _on_cells_rationale_asked(self, index: QModelIndex) -> None:
        self.rationale_asked.emit(*self._ids(index))

    def _on_cells_evidence_asked(self, index: QModelIndex) -> None:
        self.row_chosen.emit(self._ids(index)[1])

    def _on_cells_menu_asked(self, index: QModelIndex, place: QPoint) -> None:
        self.menu = self._menu(index)
        self.menu.popup(place)

    def _on_cells_current_moved(self, index: QModelIndex) -> None:
        self._tell(index)
        if index.isValid() and self.cells.hasFocus():
            rect = self.cells.visualRect(index)
            place = self.cells.viewport().mapTo(self, rect.topLeft())
            self.current_moved.emit(QRect(place, rect.size()))

    def _tell(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.current_told.emit("")
            return
        said = " ".join(filter(None, self._cells.words_at(index)))
        label, shown = self._cells.label_of_row(index.row()), self._cells.evidence[index.row()]
        # Heads are cut where they are long; here the whole sentence stands.
        self.current_told.emit(said if shown.text in said else f"{said}\n{label}: {shown.text}")

    def _on_columns_section_clicked(self, column: int) -> None:
        hypothesis = self._cells.hypothesis_at(column)
        if hypothesis is not None:
            self.row_chosen.emit(hypothesis.id)

    def _on_rows_section_clicked(self, row: int) -> None:
        evidence = self._cells.evidence_at(row)
        if evidence is not None:
            self.row_chosen.emit(evidence.id)

    def sizeHint(self) -> QSize:
        """As high as its rows, in a usual width."""
        height = self.cells.height() + self._box.spacing() + self.totals.height()
        return QSize(self._theme.px(500), height)

    def minimumSizeHint(self) -> QSize:
        """The same height in any width: what is too wide scrolls."""
        return QSize(self._theme.px(240), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._arrange()


def _head(model: AchTableModel, column: int) -> str:
    label = str(model.headerData(column, Qt.Orientation.Horizontal, LABEL_ROLE))
    return f"{label} {model.headerData(column, Qt.Orientation.Horizontal)}".strip()


def _side(model: AchTableModel | AchTotalsModel, row: int) -> str:
    label = str(model.headerData(row, Qt.Orientation.Vertical, LABEL_ROLE))
    return f"{label} {model.headerData(row, Qt.Orientation.Vertical)}".strip()
