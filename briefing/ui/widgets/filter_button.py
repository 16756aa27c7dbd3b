"""A filter: its label, its value, and a list to choose another from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from briefing.ui.icons import paint_icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Role
from briefing.ui.widgets.filter_popup import FilterPopup, Option
from briefing.ui.widgets.tooltips import plain_tooltip

ANY = ""
"""The code of "any": the filter is off."""

_HEIGHT = 28
_PADDING = 10
_GAP = 5
_CHEVRON = 12
_OPENING_KEYS = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
)


class FilterButton(QAbstractButton):
    """``Origin Russia ⌄``: accent border, tinted ground and strong value once it is set."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, label: str, *, any_label: str = "any") -> None:
        """A filter that is off; ``any_label`` is what it then shows ("" for a plain choice)."""
        super().__init__()
        self._theme = theme
        self._label = label
        self._any = any_label
        self._value = ANY
        self._labels: dict[str, str] = {}
        self._popup = FilterPopup(theme, label, self)
        self._popup.chosen.connect(self._on_popup_chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)
        theme.changed.connect(self._on_theme_changed)
        self.set_options(())

    @property
    def value(self) -> str:
        """The code of what is chosen; "" is any."""
        return self._value

    def set_options(self, options: Sequence[Option]) -> None:
        """What can be chosen: code, label and count of each; "any" is added in front.

        A value that is no longer among them stays chosen, so that a person sees what is filtered.
        """
        anything: list[Option] = [(ANY, self._any, None)] if self._any else []
        known = {code: label for code, label, _ in options}
        if self._value and self._value not in known:
            known[self._value] = self._labels.get(self._value, self._value)
        self._labels = known
        self._popup.set_options([*anything, *options])
        self._show_value()

    def set_value(self, code: str) -> None:
        """Choose without asking; ``chosen`` is emitted only when a person chooses."""
        self._value = code
        self._show_value()

    def open(self) -> None:
        """Show the list under the button."""
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        self._popup.open_at(below, self.width(), self._value)

    def _shown(self) -> str:
        return self._labels.get(self._value, self._value) if self._value else self._any

    def _show_value(self) -> None:
        self.setAccessibleName(f"{self._label}: {self._shown()}")
        self.setAccessibleDescription("Opens a list to choose from.")
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._offer_tooltip()
        self.updateGeometry()
        self.update()

    def _offer_tooltip(self) -> None:
        cut = self.sizeHint().width() > self.width()
        self.setToolTip(plain_tooltip(f"{self._label}: {self._shown()}") if cut else "")

    def _value_role(self) -> Role:
        return "primary" if self._value else "button"

    def _on_popup_chosen(self, code: str) -> None:
        changed = code != self._value
        self.set_value(code)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        if changed:
            self.chosen.emit(code)

    def sizeHint(self) -> QSize:
        """Label, value and chevron in one line."""
        label = self._theme.metrics("table").horizontalAdvance(self._label)
        value = self._theme.metrics(self._value_role()).horizontalAdvance(self._shown())
        extra = self._theme.px(2 * _PADDING + _GAP + 8 + _CHEVRON)
        return QSize(round(label + value) + extra, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The label and a few letters of the value."""
        label = self._theme.metrics("table").horizontalAdvance(self._label)
        extra = self._theme.px(2 * _PADDING + _GAP + 8 + _CHEVRON + 28)
        return QSize(round(label) + extra, self._theme.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole value as a tooltip where it had to be cut."""
        self._offer_tooltip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Down, Enter or the space bar."""
        if event.key() in _OPENING_KEYS:
            self.open()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, label, value and chevron."""
        theme, on = self._theme, bool(self._value) and bool(self._any)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if on else "control"), 1))
        quiet = "mist_2" if self.underMouse() else "paper"
        painter.setBrush(theme.colour("tint_2" if on else quiet))  # type: ignore[arg-type]  # both are names
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = theme.px(_CHEVRON)
        right = self.width() - theme.px(_PADDING) - side
        chevron = QRectF(right, (self.height() - side) / 2, side, side)
        paint_icon(painter, chevron, theme, "chevron-down", "accent" if on else "ink_2")
        metrics = theme.metrics("table")
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        left = float(theme.px(_PADDING))
        painter.setFont(theme.font("table"))
        painter.setPen(theme.colour("ink_3"))
        painter.drawText(QPointF(left, base), self._label)
        left += metrics.horizontalAdvance(self._label) + theme.px(_GAP)
        role = self._value_role()
        room = max(right - theme.px(4) - left, 0)
        text = theme.metrics(role).elidedText(self._shown(), Qt.TextElideMode.ElideRight, room)
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour("accent" if on else "ink"))
        painter.drawText(QPointF(left, base), text)
