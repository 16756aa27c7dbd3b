"""Which clients of the workspace a batch is for: a list of boxes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from briefing.services.batch_clients import Candidate
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.labels import Label

_ROWS = 7
_ROW = 28
_TICKED = Qt.CheckState.Checked


class ClientChoice(QWidget):
    """Everybody is chosen at first; the space bar switches the current row."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nobody is known yet."""
        super().__init__()
        self._theme = theme
        self._candidates: tuple[Candidate, ...] = ()
        self._model = QStandardItemModel(self)
        self.list = _Boxes(theme)
        self.list.setModel(self._model)
        self._count = Label(theme, "", "note", "ink_3", tabular=True)
        self.everybody = LinkButton(theme, "All", "key", "Choose all clients")
        self.nobody = LinkButton(theme, "None", "key", "Choose no client")
        self._head = QHBoxLayout()
        self._head.addWidget(self._count, 1)
        self._head.addWidget(self.everybody)
        self._head.addWidget(self.nobody)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._head)
        self._rows.addWidget(self.list)
        self._model.itemChanged.connect(self._on_changed)
        self.everybody.clicked.connect(lambda: self.choose_all(on=True))
        self.nobody.clicked.connect(lambda: self.choose_all(on=False))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """Those that are ticked, by name."""
        return tuple(one for row, one in enumerate(self._candidates) if self._item(row) == _TICKED)

    def set_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Show these, all ticked."""
        self._candidates = tuple(candidates)
        self._model.clear()
        for one in self._candidates:
            level = f" · {one.client.tlp.label}" if one.client is not None else ""
            item = QStandardItem(f"{one.name}{level}")
            item.setEditable(False)
            item.setCheckable(True)
            item.setCheckState(_TICKED)
            item.setSizeHint(self._row_size())
            self._model.appendRow(item)
        self.list.updateGeometry()
        self._on_changed()

    def choose(self, row: int, *, on: bool) -> None:
        """Tick a client, or take it back."""
        self._model.item(row).setCheckState(_TICKED if on else Qt.CheckState.Unchecked)

    def choose_all(self, *, on: bool) -> None:
        """Tick everybody, or nobody."""
        for row in range(len(self._candidates)):
            self.choose(row, on=on)

    def _item(self, row: int) -> Qt.CheckState:
        return self._model.item(row).checkState()

    def _on_changed(self) -> None:
        self._count.setText(f"{len(self.chosen):,} of {len(self._candidates):,}")
        self.changed.emit()

    def _row_size(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(_ROW))

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(4))
        self._head.setSpacing(self._theme.px(12))
        for row in range(self._model.rowCount()):
            self._model.item(row).setSizeHint(self._row_size())


class _Boxes(QListView):
    """As high as its rows, up to a few."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Clients")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("table"))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows up to a few."""
        model = self.model()
        rows = min(max(model.rowCount() if model is not None else 0, 1), _ROWS)
        return QSize(self._theme.px(280), rows * self._theme.px(_ROW) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """The same height: the form around it scrolls."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keyboard stands on a row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
