"""Who is said to target which sector: by origin, or actor by actor."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from briefing.analysis.matrix_shape import ALL, OTHERS, shaped
from briefing.analysis.seriation import Order
from briefing.core.targeting import Matrix, TargetingActor, TargetingFilter
from briefing.services.cell_statements import ColumnKind, actors_behind, narrowed
from briefing.services.library import Library
from briefing.services.targeting import TargetingIndex
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.matrix_cell import CellPane
from briefing.ui.views.matrix_words import (
    NOTHING,
    ORDER_HELP,
    ORDERS,
    WORDS,
    columns_link,
    foot_note,
    head_note,
    rows_link,
)
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.matrix_grid import MatrixGrid
from briefing.ui.widgets.matrix_legend import MatrixLegend
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.segments import Segments

FEW_COLUMNS: Final = {"origin": 8, "actor": 20}
"""So many columns have a name of their own until all are asked for."""

_EVERY: Final = 1_000_000
"""More actors than there are."""
_NAMED: Final = 3
_SPLIT: Final = (0.58, 0.42)
_AROUND: Final = 24
_SIDES: Final = 4
"""Room for the ring round a link at the edge."""
_LOW: Final = 480
"""A view less high than this, in pixels at 100 %, shows statements instead of explanations."""
_VERY_LOW: Final = 420
"""A view less high than this shows statements instead of the matrix."""


class _Page(Scroller):
    """Says when it has another size."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it."""
        super().resizeEvent(event)
        self.resized.emit()


class MatrixView(QWidget):
    """A matrix with its order, its legend and, once a cell is opened, the statements behind it.

    It fills the page it stands in, which has its own margins at the sides.
    """

    navigate = Signal(object)
    """The Place that was asked for: an actor."""
    cell_activated = Signal(str, str)
    """Codes of the sector and the origin ("" for "not stated") or actor of a cell that was opened.
    What counts several together, as heads and totals do, is shown here only."""
    cell_closed = Signal()
    """The statements were put away."""

    def __init__(
        self,
        theme: Theme,
        kind: ColumnKind,
        library: Library,
        *,
        few_rows: int | None = None,
    ) -> None:
        """Without numbers; see ``set_targeting``.

        Args:
            theme: Looks.
            kind: What stands in the columns.
            library: Is asked for the words of statements and of codes.
            few_rows: How many sectors are shown until all are asked for; None for all at once.
        """
        super().__init__()
        self._theme = theme
        self._kind: ColumnKind = kind
        self._few_rows = few_rows
        self._all_rows = few_rows is None
        self._all_columns = False
        self._index: TargetingIndex | None = None
        self._wanted = TargetingFilter()
        self._matrix: Matrix | None = None
        self._opened: tuple[str, str] | None = None
        words = WORDS[kind].grid
        self.header = SectionHeader(theme, words.title)
        self.order = Segments(theme, "Order of sectors and columns", ORDERS)
        self.order.setToolTip(ORDER_HELP)
        self._columns_link = LinkButton(theme, "", "key")
        self.grid = MatrixGrid(theme)
        self._legend = MatrixLegend(theme)
        self._foot = WrappedLabel(theme, "", "note", "ink_3")
        self._nothing = Notice(theme, "empty", *NOTHING)
        self.pane = CellPane(theme, library)
        self._scroller = _Page(theme, sides=_SIDES, top=8)
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def opened(self) -> tuple[str, str] | None:
        """Codes of sector and column whose statements are shown."""
        return self._opened

    def set_targeting(self, index: TargetingIndex, wanted: TargetingFilter) -> None:
        """Show another choice; what is opened stays open where it is still there."""
        if index is self._index and wanted == self._wanted:
            return
        self._index, self._wanted = index, wanted
        self._matrix = (
            index.matrix_by_origin(wanted)
            if self._kind == "origin"
            else index.matrix_by_actor(wanted, most=_EVERY)
        )
        self._show_grid()
        if self._opened is not None:
            self.show_cell(*self._opened)

    def behind(self, sector: str, column: str) -> tuple[TargetingActor, ...]:
        """The actors of a cell, a total or a head, with their statements; codes as emitted."""
        if self._index is None:
            return ()
        return actors_behind(self._index, self._wanted, self._kind, sector, self._members(column))

    def title_of(self, sector: str, column: str) -> str:
        """A cell, a total or a head in words: ``Government × China``."""
        return self.grid.spoken(sector, column).partition(": ")[0]

    def show_cell(self, sector: str, column: str) -> None:
        """Show the statements behind a cell; where nobody reports any, put them away."""
        actors = self.behind(sector, column)
        if not actors:
            self.close_cell()
            return
        self._opened = (sector, column)
        self.pane.show_actors(self.title_of(sector, column), actors)
        if self.pane.isHidden():
            self.pane.show()
            self._splitter.setSizes([round(self.height() * share) for share in _SPLIT])
        self.grid.mark(sector, column)
        self._spare_room()

    def close_cell(self) -> None:
        """Put the statements away."""
        self._opened = None
        self.grid.mark("", "")
        self.pane.hide()
        self._spare_room()

    def _members(self, column: str) -> Collection[str] | None:
        if column == ALL:
            return None
        for shown in self.grid.grid.columns:
            if shown.code == column:
                return [member.code for member in shown.members]
        return [column]

    def _show_grid(self) -> None:
        if self._index is None or self._matrix is None:
            return
        few = FEW_COLUMNS[self._kind]
        grid = shaped(
            self._matrix,
            cast(Order, self.order.value),
            most_rows=None if self._all_rows else self._few_rows,
            most_columns=None if self._all_columns else few,
            together=self._together,
        )
        self.grid.set_grid(grid, WORDS[self._kind].grid, self._about)
        self._legend.set_grid(grid)
        self.header.set_note(head_note(self._kind, grid))
        self.header.set_link(rows_link(grid, self._few_rows))
        self._columns_link.setText(columns_link(self._kind, grid, few))
        self._columns_link.setAccessibleName(self._columns_link.text())
        self._columns_link.setVisible(bool(self._columns_link.text()))
        self._columns_link.updateGeometry()
        self._foot.setText(foot_note(self._kind, self._index.count(self._wanted).known, grid))
        for widget in (self.grid, self._tools):
            widget.setVisible(bool(grid.rows))
        self._nothing.setVisible(not grid.rows)
        self._spare_room()

    def _spare_room(self) -> None:
        """Leave out what there is no room for beside statements."""
        room = self.height() / self._theme.factor if self._opened is not None else _LOW
        self._legend.setVisible(bool(self.grid.grid.rows) and room >= _LOW)
        self._foot.setVisible(room >= _LOW)
        had_keyboard = self.grid.hasFocus()
        self._scroller.setVisible(room >= _VERY_LOW)
        if had_keyboard and room < _VERY_LOW:
            self.pane.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit_grid()

    def _fit_grid(self) -> None:
        """Give the matrix the height that all the rest leaves, so that its heads stay in sight."""
        window, content = self._scroller.viewport(), self._scroller.content
        # Qt makes it so high: what its width asks for, and never less than the hint.
        whole = max(content.heightForWidth(window.width()), content.minimumSizeHint().height())
        others = whole - self.grid.sizeHint().height()
        fitting = min(window.height() - others, self.grid.ideal_height)
        self.grid.set_height(max(fitting, self.grid.least_height))

    def _together(self, row: str, columns: Collection[str]) -> int:
        if self._index is None:
            return 0
        wanted = narrowed(self._index, self._wanted, self._kind, columns)
        part = self._index.matrix_by_origin(wanted)
        return part.actors if row == ALL else part.row_totals.get(row, 0)

    def _about(self, sector: str, column: str) -> Iterable[str]:
        """The actors of whom most is said, for a tooltip."""
        if self._kind == "actor" and column not in (ALL, OTHERS):
            return ()
        names = [one.actor.name for one in self.behind(sector, column)]
        return (", ".join(names[:_NAMED]),)

    def _lay_out(self) -> None:
        self._tools = QWidget()
        self._flow = FlowLayout(self._tools)
        for widget in (
            Label(self._theme, "Order", "note", "ink_3"),
            self.order,
            self._columns_link,
        ):
            self._flow.addWidget(widget)
        body = self._scroller.body
        body.addWidget(self.header)
        body.addWidget(self._tools)
        body.addWidget(self._nothing)
        body.addWidget(self.grid)
        body.addWidget(self._legend)
        body.addWidget(self._foot)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self._scroller)
        self._splitter.addWidget(self.pane)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self.pane.hide()
        self._nothing.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    def _connect(self) -> None:
        self.order.chosen.connect(self._on_order_chosen)
        self.header.link_activated.connect(self._on_header_link_activated)
        self._columns_link.clicked.connect(self._on_columns_link_clicked)
        self.grid.cell_opened.connect(self._on_grid_cell_opened)
        self.grid.column_opened.connect(self._on_grid_column_opened)
        self.grid.current_moved.connect(self._on_grid_current_moved)
        self.grid.ideal_height_changed.connect(self._fit_grid)
        self._scroller.resized.connect(self._fit_grid)
        self.pane.navigate.connect(self.navigate)
        self.pane.closed.connect(self._on_pane_closed)
        self._theme.changed.connect(self._on_theme_changed)

    def _on_order_chosen(self) -> None:
        self._show_grid()
        self._mark()

    def _on_header_link_activated(self) -> None:
        self._all_rows = not self._all_rows
        self._show_grid()
        self._mark()

    def _on_columns_link_clicked(self) -> None:
        self._all_columns = not self._all_columns
        self._show_grid()
        self._mark()

    def _on_grid_cell_opened(self, sector: str, column: str) -> None:
        self.show_cell(sector, column)
        if sector != ALL and column not in (ALL, OTHERS):
            self.cell_activated.emit(sector, column)

    def _on_grid_column_opened(self, column: str) -> None:
        if column == OTHERS:
            self._on_columns_link_clicked()
        elif self._kind == "actor":
            self.navigate.emit(Place("actors", column))
        else:
            self._on_grid_cell_opened(ALL, column)

    def _on_grid_current_moved(self, point: QPoint) -> None:
        place = self.grid.viewport().mapTo(self._scroller.content, point)
        self._scroller.ensureVisible(place.x(), place.y(), 0, self._theme.px(_AROUND))

    def _on_pane_closed(self) -> None:
        self.close_cell()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cell_closed.emit()

    def _mark(self) -> None:
        if self._opened is not None:
            self.grid.mark(*self._opened)

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._spare_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the statements away."""
        if event.key() == Qt.Key.Key_Escape and self._opened is not None:
            self._on_pane_closed()
        else:
            super().keyPressEvent(event)
