"""A table that leaves out columns of less use where it is too narrow for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from briefing.ui.theme import Theme
from briefing.ui.widgets.table import STRETCH, RowKind, Table


class FittedTable(Table):
    """The column that stretches keeps room for its text; others go for it, one after another."""

    resized_by_person = Signal()

    def __init__(self, theme: Theme, name: str, rows: RowKind = "normal") -> None:
        """``name`` is for screen readers."""
        self._chosen: list[int] = []
        self._dispensable: tuple[int, ...] = ()
        self._least = 0
        self._arranging = False
        super().__init__(theme, name, rows)
        self._watch_head()

    def _watch_head(self) -> None:
        self._head.sectionResized.connect(self._on_head_section_resized)

    def set_dispensable(self, columns: Sequence[int], least: int) -> None:
        """What goes first where the stretching column would be narrower than ``least`` pixels."""
        self._dispensable, self._least = tuple(columns), least
        self._fit_columns()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Widths of the columns in pixels at 100 %; ``STRETCH`` for the one that takes the rest."""
        self._chosen = list(widths)
        was = self._arranging
        self._arranging = True
        super().set_widths(widths)
        self._arranging = was
        self._fit_columns()

    def widths(self) -> list[int]:
        """Widths as chosen, also of columns that are left out just now."""
        return list(self._chosen)

    def _fit_columns(self) -> None:
        if len(self._chosen) != self._head.count():
            return
        px = self._theme.px
        room = self.viewport().width() - px(self._least)
        room -= sum(px(width) for width in self._chosen if width != STRETCH)
        hidden = set()
        for column in self._dispensable:
            if room >= 0:
                break
            hidden.add(column)
            room += px(self._chosen[column])
        was = self._arranging
        self._arranging = True
        for column in range(self._head.count()):
            self.setColumnHidden(column, column in hidden)
        self._arranging = was

    def _on_head_section_resized(self, section: int, _before: int, now: int) -> None:
        fixed = self._head.sectionResizeMode(section) != QHeaderView.ResizeMode.Stretch
        if fixed and now and not self._arranging and section < len(self._chosen):
            self._chosen[section] = max(round(now / self._theme.factor), 1)
            self.resized_by_person.emit()

    def _on_theme_changed(self) -> None:
        self._arranging = True
        super()._on_theme_changed()
        if self._chosen:
            self.set_widths(self._chosen)
        self._arranging = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as fit."""
        super().resizeEvent(event)
        self._fit_columns()
