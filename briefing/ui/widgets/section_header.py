"""A section's heading, its note, its source marks and its link, all on one baseline."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.source_marks import SourceMarks
from briefing.ui.widgets.tooltips import plain_tooltip


class SectionHeader(QWidget):
    """``Names  30 in two sources[1]        All 30``.

    The title is never cut; a note that does not fit ends in "…" and is then the tooltip.
    """

    link_activated = Signal()
    source_activated = Signal(str)

    def __init__(
        self,
        theme: Theme,
        title: str,
        note: str = "",
        link: str = "",
        *,
        colour: Colour = "ink",
        parent: QWidget | None = None,
    ) -> None:
        """``link`` is the words of the link at the right, or "" for none."""
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._note = note
        self._colour: Colour = colour
        self._link = LinkButton(theme, link, "key", f"{title}: {link}")
        self._link.setParent(self)
        self._link.setVisible(bool(link))
        self._link.clicked.connect(self.link_activated)
        self._marks = SourceMarks(theme)
        self._marks.setParent(self)
        self._marks.source_activated.connect(self.source_activated)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._name()

    def set_note(self, note: str) -> None:
        """Change the note."""
        self._note = note
        self._name()
        self._on_theme_changed()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title = title
        self._name()
        self._on_theme_changed()

    def set_link(self, link: str) -> None:
        """Change the words of the link; "" hides it."""
        self._link.setText(link)
        self._link.setAccessibleName(f"{self._title}: {link}")
        self._link.setVisible(bool(link))
        self._on_theme_changed()

    def set_marks(self, marks: Iterable[tuple[str, int]]) -> None:
        """Source marks after the note: key and printed number of each."""
        self._marks.set_marks(marks)
        self._on_theme_changed()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._title}, {self._note}" if self._note else self._title)

    def _on_theme_changed(self) -> None:
        self._place()
        self.updateGeometry()
        self.update()

    def _title_width(self) -> float:
        return self._theme.metrics("heading").horizontalAdvance(self._title)

    def _baseline(self) -> float:
        metrics = self._theme.metrics("heading")
        return (self.height() - metrics.height()) / 2 + metrics.ascent()

    def _note_left(self) -> float:
        return self._title_width() + self._theme.px(8)

    def _note_room(self) -> float:
        right = self.width()
        if self._link.isVisibleTo(self):
            right -= self._link.sizeHint().width() + self._theme.px(12)
        return right - self._note_left() - self._marks.sizeHint().width() - self._theme.px(2)

    def _shown_note(self) -> str:
        metrics = self._theme.metrics("note")
        return metrics.elidedText(
            self._note, Qt.TextElideMode.ElideRight, max(self._note_room(), 0)
        )

    def _place(self) -> None:
        base = self._baseline()
        link = self._link.sizeHint()
        top = round(base - self._link.baseline())
        self._link.setGeometry(self.width() - link.width(), top, link.width(), link.height())
        marks = self._marks.sizeHint()
        left = self._note_left() + self._theme.metrics("note").horizontalAdvance(self._shown_note())
        top = round(base - self._theme.metrics("note").capHeight() - self._theme.px(7))
        self._marks.setGeometry(round(left) + self._theme.px(2), top, marks.width(), marks.height())

    def event(self, event: QEvent) -> bool:
        """Show the whole note as a tooltip when it had to be cut."""
        if isinstance(event, QHelpEvent):
            if self._shown_note() != self._note:
                QToolTip.showText(event.globalPos(), plain_tooltip(self._note), self)
                return True
            event.ignore()  # The window may know what the title means.
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the link at the right."""
        self._place()

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        note = self._theme.metrics("note").horizontalAdvance(self._note)
        width = self._note_left() + note + self._marks.sizeHint().width()
        if self._link.isVisibleTo(self):
            width += self._theme.px(12) + self._link.sizeHint().width()
        return QSize(round(width) + 2, self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """The title and the link."""
        width = self._title_width()
        if self._link.isVisibleTo(self):
            width += self._theme.px(12) + self._link.sizeHint().width()
        return QSize(round(width) + 2, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title and note."""
        painter = QPainter(self)
        base = self._baseline()
        painter.setFont(self._theme.font("heading"))
        painter.setPen(self._theme.colour(self._colour))
        painter.drawText(QPointF(0, base), self._title)
        painter.setFont(self._theme.font("note"))
        painter.setPen(self._theme.colour("ink_3"))
        painter.drawText(QPointF(self._note_left(), base), self._shown_note())
