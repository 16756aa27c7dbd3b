"""The one object every widget is given to show text: colours, fonts, measures, terms to explain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from briefing import paths
from briefing.core.glossary import Glossary
from briefing.ui import fonts
from briefing.ui.stylesheet import stylesheet
from briefing.ui.tokens import DARK, LIGHT, TYPE, Colour, Role, Tokens

Scheme = Literal["system", "light", "dark"]
SMALLEST_FACTOR = 1.0
LARGEST_FACTOR = 2.0

_QT_SCHEMES: dict[Scheme, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_PALETTE: dict[QPalette.ColorRole, Colour] = {
    QPalette.ColorRole.Window: "paper",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.AlternateBase: "mist_2",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "paper",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_3",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "paper",
}
# Widgets that no factory of ours makes still get the size the design gives their kind.
_CLASS_ROLES: dict[str, Role] = {
    "QPushButton": "button",
    "QToolButton": "button",
    "QMenu": "table",
    "QHeaderView": "head",
    "QTableView": "table",
    "QTreeView": "table",
    "QListView": "table",
}


class Theme(QObject):
    """Colours, fonts and measures for one text size, in light or dark; and what words mean.

    Widgets take it in their constructor, read it when they paint, and listen to ``changed``.
    """

    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, scheme: Scheme = "system", factor: float = 1.0
    ) -> None:
        """Follow the system's colour scheme unless ``scheme`` names one."""
        super().__init__(parent)
        self._scheme: Scheme = scheme
        self._factor = _clamped(factor)
        self._app: QApplication | None = None
        self._family = fonts.load_inter()
        self._italic_loaded = False
        self._fonts: dict[tuple[Role, bool, bool], QFont] = {}
        self._palettes: dict[Colour, QPalette] = {}
        self._glossary: Callable[[], Glossary] = Glossary
        self._dark = self._wants_dark()
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_scheme_changed)

    @property
    def tokens(self) -> Tokens:
        """The colours of the present scheme."""
        return DARK if self._dark else LIGHT

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self._dark

    @property
    def scheme(self) -> Scheme:
        """What the person chose: follow the system, light or dark."""
        return self._scheme

    @property
    def factor(self) -> float:
        """Text size, 1.0 (100 %) to 2.0 (200 %)."""
        return self._factor

    @property
    def glossary(self) -> Glossary:
        """The terms that running text and labels explain; none before ``explain_with``."""
        return self._glossary()

    def explain_with(self, glossary: Callable[[], Glossary]) -> None:
        """Explain these terms from now on; asked anew whenever a text is filled."""
        self._glossary = glossary

    def set_scheme(self, scheme: Scheme) -> None:
        """Choose light or dark, or follow the system."""
        self._scheme = scheme
        self._refresh()

    def set_factor(self, factor: float) -> None:
        """Set the text size; what lies outside 1.0 to 2.0 becomes the nearest bound."""
        self._factor = _clamped(factor)
        self._refresh()

    def px(self, pixels: float) -> int:
        """A measure of the design (pixels at 100 %) at the present text size."""
        return round(pixels * self._factor)

    def colour(self, name: Colour) -> QColor:
        """One token as a colour for a painter."""
        value: str = getattr(self.tokens, name)
        return QColor(value)

    def font(self, role: Role, *, tabular: bool = False, italic: bool = False) -> QFont:
        """The font of a role; ``tabular`` for numeric columns, dates and ranges only."""
        key = (role, tabular, italic)
        if key not in self._fonts:
            if italic and not self._italic_loaded:
                fonts.load_inter_italic()
                self._italic_loaded = True
            self._fonts[key] = fonts.make_font(
                self._family, TYPE[role], self._factor, tabular=tabular, italic=italic
            )
        return QFont(self._fonts[key])

    def metrics(self, role: Role, *, tabular: bool = False) -> QFontMetricsF:
        """Measures of text set in a role."""
        return QFontMetricsF(self.font(role, tabular=tabular))

    def line_height(self, role: Role) -> int:
        """The height of the line a role stands in, in scaled pixels."""
        return self.px(TYPE[role].line)

    def apply(self, app: QApplication) -> None:
        """Dress the whole application, now and after every change."""
        self._app = app
        app.setStyle("Fusion")
        self._refresh()

    def palette(self, text: Colour = "ink") -> QPalette:
        """The tokens for whatever a style sheet does not reach, with text in one colour."""
        if text not in self._palettes:
            self._palettes[text] = _make_palette(self, text)
        return QPalette(self._palettes[text])

    def _wants_dark(self) -> bool:
        if self._scheme != "system":
            return self._scheme == "dark"
        return bool(QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark)

    def _refresh(self) -> None:
        self._dark = self._wants_dark()
        self._fonts.clear()
        self._palettes.clear()
        if self._app is not None:
            self._dress(self._app)
        self.changed.emit()

    def _dress(self, app: QApplication) -> None:
        # Title bars and the system's own dialogs follow too, where the system can do that.
        app.styleHints().setColorScheme(_QT_SCHEMES[self._scheme])
        shade = "dark" if self._dark else "light"
        folder = paths.resources_folder() / "icons" / "controls" / shade
        QDir.setSearchPaths("controls", [str(folder)])
        app.setPalette(self.palette())
        app.setStyleSheet(stylesheet(self.tokens, self._factor))
        # After the sheet: setting it gives every class its former font back.
        app.setFont(self.font("body"))
        for name, role in _CLASS_ROLES.items():
            # The stub asks for bytes, which the binding refuses; it takes a string.
            QApplication.setFont(self.font(role), name)  # type: ignore[arg-type]  # see above
        QToolTip.setFont(self.font("table"))

    def _on_system_scheme_changed(self) -> None:
        if self._scheme == "system":
            self._refresh()


def _clamped(factor: float) -> float:
    return min(max(factor, SMALLEST_FACTOR), LARGEST_FACTOR)


def _make_palette(theme: Theme, text: Colour) -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE.items():
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("ink_3"))
    palette.setColor(QPalette.ColorRole.WindowText, theme.colour(text))
    disabled = theme.colour("ink_3" if text == "ink" else text)
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, disabled)
    return palette
