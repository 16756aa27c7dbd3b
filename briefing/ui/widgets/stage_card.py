"""One of the four stages: a head with number, title and count, then its techniques."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Role
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.frames import Card
from briefing.ui.widgets.labels import ElidedLabel
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList

_HEAD = 28
_CIRCLE = 16
_PADDING = 8
_ROUND = 3


class CardHead(QWidget):
    """A tinted strip: a number in a circle (or none), a title, a count at the right."""

    def __init__(self, theme: Theme, title: str, number: str = "", count: str = "") -> None:
        """``count`` is what stands at the right."""
        super().__init__()
        self._theme = theme
        self._title = title
        self._number = number
        self._count = count
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def set_count(self, count: str) -> None:
        """Change what stands at the right."""
        self._count = count
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _title_left(self) -> int:
        return self._theme.px(_PADDING + (_CIRCLE + 8 if self._number else 0))

    def _count_width(self) -> float:
        return self._theme.metrics("table_strong").horizontalAdvance(self._count)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        title = self._theme.metrics("table_strong").horizontalAdvance(self._title)
        width = self._title_left() + title + self._count_width() + self._theme.px(3 * _PADDING)
        return QSize(round(width), self._theme.px(_HEAD))

    def minimumSizeHint(self) -> QSize:
        """The title is cut last, the count never."""
        width = self._title_left() + self._count_width() + self._theme.px(48 + 2 * _PADDING)
        return QSize(round(width), self._theme.px(_HEAD))

    def _paint_number(self, painter: QPainter) -> None:
        side = self._theme.px(_CIRCLE)
        top = (self.height() - side) / 2
        circle = QRectF(self._theme.px(_PADDING), top, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(circle)
        painter.setFont(self._theme.font("chip"))
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), self._number)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, number, title, count."""
        theme = self._theme
        strong: Role = "table_strong"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(0, 0, self.width(), self.height() + _ROUND), _ROUND, _ROUND)
        painter.fillPath(ground, theme.colour("tint_2"))
        line = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        if self._number:
            self._paint_number(painter)
        metrics = theme.metrics(strong)
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        right = self.width() - theme.px(_PADDING) - self._count_width()
        painter.setFont(theme.font(strong))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QPointF(right, base), self._count)
        room = right - self._title_left() - theme.px(_PADDING)
        shown = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(self._title_left(), base), shown)


class StageCard(Card):
    """A stage with its techniques as links and a link to all of them."""

    technique_activated = Signal(str)
    more_activated = Signal()

    def __init__(
        self, theme: Theme, number: int, title: str, count: int, unit: str = "techniques"
    ) -> None:
        """``unit`` is the noun of the count, for screen readers."""
        super().__init__(theme)
        self.setAccessibleName(f"Stage {number}, {title}: {count:,} {unit}")
        self.head = CardHead(theme, title, str(number), f"{count:,}")
        self.head.setAccessibleName(self.accessibleName())
        self._note = ElidedLabel(theme, "", "note", "ink_3")
        self.list = TwoLineList(theme, f"{title}: {unit}", dense=True, links=True)
        self.list.fit_rows()
        self.list.row_activated.connect(self.technique_activated)
        self._more = LinkButton(theme, "", "head")
        self._more.clicked.connect(self.more_activated)
        self._inner = QVBoxLayout()
        self._inner.addWidget(self._note)
        self._inner.addWidget(self.list)
        self._inner.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._inner.addStretch(1)
        self.body.addWidget(self.head)
        self.body.addLayout(self._inner)
        self.set_note("")
        self.set_more("")
        self._on_theme_changed()

    def set_note(self, note: str) -> None:
        """The quiet line under the head; "" hides it."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_items(self, items: Sequence[TwoLineItem]) -> None:
        """The techniques to show."""
        self.list.set_items(items)
        self.list.setVisible(bool(items))

    def set_more(self, text: str) -> None:
        """The link under the techniques ("all 12 techniques"); "" hides it."""
        self._more.setText(text)
        self._more.setAccessibleName(text)
        self._more.setVisible(bool(text))

    def _on_theme_changed(self) -> None:
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        if hasattr(self, "_inner"):
            px = self._theme.px
            self._inner.setContentsMargins(px(_PADDING), px(5), px(_PADDING), px(6))
            self._inner.setSpacing(px(3))
