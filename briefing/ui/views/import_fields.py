"""What differs in one object: each field before and after, in words that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.preview import FieldChange
from briefing.ui.theme import Theme
from briefing.ui.views.import_words import field_words
from briefing.ui.widgets.column_layout import Arrangement, Columns
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.tooltips import plain_tooltip

_MOST = 12
"""Fields that are shown; an object with more is a different object."""
_TWO = Arrangement(0, (((0, 1), (1, 1)),))
ABSENT = "–"


class FieldRows(QWidget):
    """A row a field; rows are kept and filled anew, since arrow keys run through many objects."""

    def __init__(self, theme: Theme) -> None:
        """Nothing to show yet."""
        super().__init__()
        self._theme = theme
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._rows: list[_FieldRow] = []
        self._head = Columns(
            theme,
            [WrappedLabel(theme, name, "head", "ink_3") for name in ("Before", "After")],
            (_TWO,),
            gap=16,
        )
        self._more = WrappedLabel(theme, "", "note", "ink_3")
        self._box.addWidget(self._head)
        self._box.addWidget(Divider(theme, quiet=False))
        self._box.addWidget(self._more)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_fields(())

    def show_fields(self, fields: Sequence[FieldChange]) -> None:
        """Show the fields of one object."""
        shown = fields[:_MOST]
        while len(self._rows) < len(shown):
            row = _FieldRow(self._theme)
            self._rows.append(row)
            self._box.insertWidget(self._box.count() - 1, row)
        for row, field in zip(self._rows, shown, strict=False):
            row.show_field(field)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
        more = len(fields) - len(shown)
        self._more.setText(f"and {more:,} more fields")
        self._more.setVisible(more > 0)

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(4))


class _FieldRow(QWidget):
    """``description   A suspected group …   A suspected criminal group …``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = WrappedLabel(theme, "", "key", "ink")
        self._before = WrappedLabel(theme, "", "table", "ink_2")
        self._after = WrappedLabel(theme, "", "table", "ink")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(2))
        box.addWidget(self._name)
        box.addWidget(Columns(theme, (self._before, self._after), (_TWO,), gap=16))
        box.addWidget(Divider(theme))

    def show_field(self, field: FieldChange) -> None:
        """Show one field."""
        self._name.setText(field_words(field.name))
        self._name.setToolTip(plain_tooltip(field.name))
        for label, text, count, sign in (
            (self._before, field.before, field.gone, "−"),
            (self._after, field.after, field.came, "+"),
        ):
            lead = f"{sign}{count:,}: " if count else ""
            label.setText(f"{lead}{text}" if text else ABSENT)
        self.setAccessibleName(
            f"{field_words(field.name)}: before {field.before or 'nothing'},"
            f" after {field.after or 'nothing'}"
        )
