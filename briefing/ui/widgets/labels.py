"""Labels: always plain text, in the role's line height, following the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.tooltips import plain_tooltip


class Label(QLabel):
    """One line that is never cut: its least width is its text."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = "body",
        colour: Colour = "ink",
        *,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Set the text in a role and a colour of the theme."""
        super().__init__(parent)
        self._theme = theme
        self._role: Role = role
        self._colour: Colour = colour
        self._tabular = tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_look(self, role: Role, colour: Colour) -> None:
        """Change what the text is for."""
        self._role = role
        self._colour = colour
        self._on_theme_changed()

    def baseline(self) -> float:
        """Distance from the top of the line to the baseline of its letters."""
        metrics = self._theme.metrics(self._role)
        line = self._theme.line_height(self._role)
        return (line - metrics.height()) / 2 + metrics.ascent()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._role, tabular=self._tabular))
        self.setPalette(self._theme.palette(self._colour))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the text, as high as the role's line."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        lines = self.text().count("\n") + 1
        return QSize(int(width) + 2, self._theme.line_height(self._role) * lines)

    def minimumSizeHint(self) -> QSize:
        """The same: a label that may shrink is an ``ElidedLabel``."""
        return self.sizeHint()


class ElidedLabel(Label):
    """One line that ends in "…" where it is too long; the whole text is its tooltip."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = QFontMetricsF(self.font())
        elided = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        alignment = self.alignment() | Qt.TextFlag.TextSingleLine
        painter.drawText(self.rect(), int(alignment), elided)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tooltip when part of it is hidden."""
        super().resizeEvent(event)
        hidden = super().sizeHint().width() > self.width() + 2
        self.setToolTip(plain_tooltip(self.text()) if hidden else "")

    def minimumSizeHint(self) -> QSize:
        """A few letters: enough to recognise that there is more."""
        return QSize(min(self.sizeHint().width(), self._theme.px(32)), self.sizeHint().height())


class WrappedLabel(Label):
    """Lines in the role's line height, broken at words; as high as its width asks for."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = "body",
        colour: Colour = "ink",
        *,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Like ``Label``, but height follows width."""
        self._lead = ""
        super().__init__(theme, text, role, colour, tabular=tabular, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_lead(self, lead: str) -> None:
        """Words in strong type before the text, in the same paragraph."""
        self._lead = lead
        self.setAccessibleName(self._words())
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return f"{self._lead} {self.text()}".strip() if self._lead else self.text()

    def _lead_format(self) -> QTextLayout.FormatRange:
        strong = QTextCharFormat()
        strong.setFont(self._theme.font("strong" if self._role == "body" else "table_strong"))
        found = QTextLayout.FormatRange()
        found.start = 0
        found.length = len(self._lead)
        found.format = strong
        return found

    def _layout_text(self, width: int) -> tuple[QTextLayout, int]:
        text = self._words().replace("\n", "\N{LINE SEPARATOR}")
        layout = QTextLayout(text, self.font())
        if self._lead:
            layout.setFormats([self._lead_format()])
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        line_height = self._theme.line_height(self._role)
        lines = 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, lines * line_height + (line_height - line.height()) / 2))
            lines += 1
        layout.endLayout()
        return layout, max(lines, 1) * line_height

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        return self._layout_text(width)[1]

    def sizeHint(self) -> QSize:
        """A comfortable measure of at most 480 pixels at 100 %."""
        width = min(super().sizeHint().width(), self._theme.px(480))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(
            min(super().sizeHint().width(), self._theme.px(80)),
            self._theme.line_height(self._role),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every line."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        self._layout_text(self.width())[0].draw(painter, QPointF(0, 0))
