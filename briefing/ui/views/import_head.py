"""The head of a preview: what it is of, how much changes, and the buttons for yes and no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.views.import_digest import Digest
from briefing.ui.views.import_words import apply_words, preview_title
from briefing.ui.widgets.buttons import Button, normal_button, primary_button
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Card
from briefing.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from briefing.ui.widgets.tooltips import plain_tooltip

_HASH_SHOWN = 12
_WIDE = 640


class PreviewBar(QWidget):
    """What is previewed, and the buttons; it stays above the page, so that they are at hand."""

    apply_asked = Signal()
    cancel_asked = Signal()
    leave_asked = Signal()
    """One of several sources is to be left out."""

    def __init__(self, theme: Theme) -> None:
        """Nothing waits yet."""
        super().__init__()
        self._theme = theme
        self._extra = 0
        self.leave: Button = normal_button(theme, "Leave out")
        self.cancel: Button = normal_button(theme, "Cancel")
        self.apply: Button = primary_button(theme, "Apply", "check")
        self._title = WrappedLabel(theme, "", "title")
        buttons = QWidget()
        self._buttons = QHBoxLayout(buttons)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self.leave, self.cancel, self.apply):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(
            Columns(
                theme,
                (self._title, buttons),
                (Arrangement(_WIDE, (((0, 1), (1, NATURAL)),)), stacked(2)),
                gap=12,
                line_gap=8,
            )
        )
        self.apply.clicked.connect(self.apply_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.leave.clicked.connect(self.leave_asked)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_digest(self, digests: Sequence[Digest], place: int, before: str) -> None:
        """Show one of the sources that wait; ``before`` is the version that is held of it."""
        many = len(digests) > 1
        self._title.setText(f"Preview: {preview_title(digests[place].preview, before)}")
        self.apply.set_text(apply_words(digests))
        self.cancel.set_text("Cancel all" if many else "Cancel")
        self.leave.setVisible(many)

    def set_ready(self, ready: bool, *, free: bool) -> None:
        """Whether there is anything to apply, and whether nothing is under way."""
        self.apply.setEnabled(ready)
        self.cancel.setEnabled(free)
        self.leave.setEnabled(free)

    def set_right_margin(self, extra: int) -> None:
        """Leave room at the right, as the scroll bar of the page below does."""
        self._extra = extra
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setContentsMargins(px(20), px(12), px(20) + self._extra, px(8))
        self._buttons.setSpacing(px(8))


class PreviewCounts(QWidget):
    """Where it was read from, and how much of it is new, gone, changed or as it was."""

    def __init__(self, theme: Theme) -> None:
        """Nothing waits yet."""
        super().__init__()
        self._theme = theme
        self._note = WrappedLabel(theme, "", "table", "ink_2")
        self._counts = Card(theme)
        self._line = QHBoxLayout()
        self._line.addWidget(
            Chip(theme, "nothing applied yet", "tint"), 0, Qt.AlignmentFlag.AlignTop
        )
        self._line.addWidget(self._note, 1)
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self._counts.body.addWidget(holder)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._line)
        self._rows.addWidget(self._counts)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_digest(self, digest: Digest) -> None:
        """Show the counts of one source."""
        self._note.setText(_about(digest))
        self._note.setToolTip(plain_tooltip(f"sha256 {digest.sha256}"))
        self._flow.clear()
        total, preview = digest.total, digest.preview
        dated = f", {digest.undated:,} with an unchanged date" if digest.undated else ""
        counts = [
            (_signed("+", total.added), "added"),
            (_signed("−", total.removed), "removed"),
            (f"{total.changed:,}", f"changed{dated}"),
            (f"{preview.unchanged:,}", "as they are"),
            (f"{len(preview.quarantined):,}", "not taken"),
        ]
        if total.older:
            counts.append((f"{total.older:,}", "left out as older"))
        for number, words in counts:
            self._flow.addWidget(_Count(self._theme, number, words))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setSpacing(px(8))
        self._line.setSpacing(px(8))
        self._flow.set_spacing(0, px(2))
        self._counts.body.setContentsMargins(px(4), px(8), px(4), px(8))


class _Count(QWidget):
    """``+4,241 added``: a big number with its noun, and a line before it inside a row."""

    def __init__(self, theme: Theme, number: str, words: str) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Label(theme, number, "title", tabular=True))
        row.addWidget(ElidedLabel(theme, words, "table", "ink_2"), 1)
        self.setAccessibleName(f"{number} {words}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line between two of them."""
        if self.x() > 0:
            QPainter(self).fillRect(0, 0, 1, self.height(), self._theme.colour("line"))


def _signed(sign: str, number: int) -> str:
    return f"{sign}{number:,}" if number else "0"


def _about(digest: Digest) -> str:
    preview = digest.preview
    whole = "the whole source" if digest.full else "a window of the source"
    parts = (
        preview.file,
        "" if preview.empty else whole,
        f"sha256 {digest.sha256[:_HASH_SHOWN]}…" if digest.sha256 else "",
        preview.source.licence,
    )
    return " · ".join(part for part in parts if part)
