"""Source marks outside of prose: raised numbers that lead to the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.tooltips import plain_tooltip


class SourceMarks(QWidget):
    """``[1][3]``: each is a link of its own."""

    source_activated = Signal(str)

    def __init__(
        self,
        theme: Theme,
        marks: Iterable[tuple[str, int]] = (),
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """``marks`` are key and printed number; ``titles`` become tooltips."""
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_marks(marks, titles)

    def set_marks(
        self, marks: Iterable[tuple[str, int]], titles: Mapping[str, str] | None = None
    ) -> None:
        """Show other marks."""
        clear_layout(self._row)
        for key, number in marks:
            title = (titles or {}).get(key, "")
            name = f"Source {number}: {title}" if title else f"Source {number}"
            link = LinkButton(self._theme, f"[{number}]", "mark", name)
            link.setToolTip(plain_tooltip(title))
            link.clicked.connect(lambda _=False, chosen=key: self.source_activated.emit(chosen))
            self._row.addWidget(link)
        self.setVisible(self._row.count() > 0)

    def sizeHint(self) -> QSize:
        """Nothing at all when there are no marks."""
        return super().sizeHint() if self._row.count() else QSize(0, 0)
