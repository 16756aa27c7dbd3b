"""A colour as ``#rrggbb``: a line to type in, a swatch of it, a dialog to choose it from."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QSizePolicy, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.text_field import TextField

_SIDE = 28
_WIDTH = 116


class Swatch(QWidget):
    """A square in a colour, with "Aa" as white text on it; crossed out where there is none."""

    def __init__(self, theme: Theme) -> None:
        """No colour yet."""
        super().__init__()
        self._theme = theme
        self._colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_colour(self, colour: str) -> None:
        """Show ``#rrggbb``, or "" for none."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """As high as any control."""
        return QSize(self._theme.px(_SIDE + 8), self._theme.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the letters."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.setBrush(QColor(self._colour) if self._colour else theme.colour("paper"))
        painter.drawRoundedRect(box, 4, 4)
        if self._colour:
            painter.setFont(theme.font("table_strong"))
            painter.setPen(QColor(Qt.GlobalColor.white))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "Aa")
        else:
            painter.drawLine(box.bottomLeft(), box.topRight())


class ColourField(QWidget):
    """``swatch  #0b3c78  Choose…``; what is no colour stays as it was typed."""

    changed = Signal()
    """A person has typed or chosen something."""

    def __init__(self, theme: Theme, name: str) -> None:
        """``name`` is what the colour is for."""
        super().__init__()
        self._theme = theme
        self._name = name
        self.line = TextField(theme, name, "#rrggbb")
        self.swatch = Swatch(theme)
        self.choose = normal_button(theme, "Choose…")
        self.choose.setAccessibleName(f"Choose: {name}")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.swatch, self.line, self.choose):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        self.line.edited.connect(self._on_line_edited)
        self.choose.clicked.connect(self._on_choose_clicked)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def colour(self) -> str:
        """What was typed, in small letters; "" for no colour."""
        text = self.line.text().strip().lower()
        return f"#{text}" if text and not text.startswith("#") else text

    def set_colour(self, colour: str) -> None:
        """Show a colour without saying that it changed."""
        if colour != self.colour:
            self.line.input.setText(colour)
        self._show()

    def _show(self) -> None:
        known = QColor(self.colour).isValid() and len(self.colour) == len("#rrggbb")
        self.swatch.set_colour(self.colour if known else "")

    def _take(self, colour: QColor) -> None:
        self.line.input.setText(colour.name())
        self._on_line_edited()

    def _on_line_edited(self) -> None:
        self._show()
        self.changed.emit()

    def _on_choose_clicked(self) -> None:
        dialog = QColorDialog(QColor(self.colour or "#0b3c78"), self.window())
        dialog.setWindowTitle(self._name)
        dialog.colorSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))
        self.line.setFixedWidth(self._theme.px(_WIDTH))
