"""What whoever presents sees: this slide, the next one, notes, time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.exports.slide_notes import Notes
from briefing.ui.fonts import make_font
from briefing.ui.theme import Theme
from briefing.ui.tokens import TypeStyle
from briefing.ui.views.present_keys import Action
from briefing.ui.views.present_notes import SIZES, NotesPane
from briefing.ui.views.present_talk import as_time
from briefing.ui.widgets.buttons import (
    Button,
    flat_button,
    icon_button,
    normal_button,
)
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import ElidedLabel, Label
from briefing.ui.widgets.slide_view import Blank, SlideView

_FIGURES = TypeStyle(32, 40, 600)

_BUTTONS: Final[tuple[tuple[str, Action, str], ...]] = (
    ("Back", "previous", "Slide before (←)"),
    ("Next", "next", "Next slide (→)"),
    ("Black screen", "black", "Cover what the audience sees, and uncover it (B)"),
    ("Keys", "help", "Keys while presenting (?)"),
    ("End", "escape", "End the talk (Esc)"),
)


class _Figures(Label):
    """A time that can be read from some steps away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "title", tabular=True)

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        factor = self._theme.factor
        self.setFont(make_font(self.font().family(), _FIGURES, factor, tabular=True))

    def sizeHint(self) -> QSize:
        """As high as its line."""
        return QSize(super().sizeHint().width(), self._theme.px(_FIGURES.line))


class DeskView(QWidget):
    """The presenter's view. It shows what it is told, and says what was asked for."""

    asked = Signal(str)
    """An ``Action``: the same that a key asks for."""

    def __init__(self, theme: Theme) -> None:
        """Empty."""
        super().__init__()
        self._theme = theme
        self.setAutoFillBackground(True)
        self.setAccessibleName("Presenter’s view")
        self.slide = SlideView(theme, ground="paper")
        self.next = SlideView(theme, ground="paper")
        self.next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.notes = NotesPane(theme)
        self.count = Label(theme, "", "title", tabular=True)
        self.covered = Label(theme, "", "strong", "claim")
        self.time = _Figures(theme)
        self.clock = _Figures(theme)
        self.next_title = ElidedLabel(theme, "", "heading")
        self.pause = self._button(
            normal_button(theme, "Pause"), "pause", "Stop the time, and go on (T)"
        )
        self._lay_out()
        self.slide.next_asked.connect(lambda: self.asked.emit("next"))
        self.slide.previous_asked.connect(lambda: self.asked.emit("previous"))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_slide(self, image: QImage | None, blank: Blank, words: tuple[str, str]) -> None:
        """Show the slide in view; what covers it for the audience is said, not done.

        Args:
            image: Its picture, where it has been drawn.
            blank: What the audience sees instead.
            words: Name and text of the slide for a screen reader.
        """
        self.slide.show_image(image)
        self.slide.setAccessibleName(words[0])
        self.slide.setAccessibleDescription(words[1])
        self.covered.setText(f"The audience sees a {blank} screen" if blank else "")
        self.covered.updateGeometry()

    def show_next(self, image: QImage | None, headline: str) -> None:
        """Show the slide after it; an empty headline says that there is none."""
        self.next.show_image(image)
        self.next_title.setText(f"Next: {headline}" if headline else "This is the last slide")
        self.next.setAccessibleName(self.next_title.text())

    def show_place(self, number: int, count: int, typed: str) -> None:
        """Say where the talk is, and what number has been begun."""
        place = f"Slide {number} of {count}"
        self.count.setText(f"Go to slide {typed} with Enter" if typed else place)
        self.count.updateGeometry()

    def show_notes(self, notes: Notes) -> None:
        """Show the notes of the slide in view."""
        self.notes.show_notes(notes)

    def show_time(self, seconds: float, clock: str, *, runs: bool) -> None:
        """Show how long it has taken, and the time of day."""
        self.time.setText(as_time(seconds))
        stopped = "" if runs else ", stopped"
        self.time.setAccessibleName(f"Time so far {as_time(seconds)}{stopped}")
        self.clock.setText(clock)
        self.clock.setAccessibleName(f"It is {clock}")
        words = "Pause" if runs else "Go on"
        if self.pause.text() != words:
            self.pause.set_text(words)
            self.time.set_look("title", "ink" if runs else "ink_3")
        for label in (self.time, self.clock):
            label.updateGeometry()

    def resize_notes(self, steps: int) -> None:
        """Set the notes larger or smaller, or as they were (0)."""
        self.notes.resize_text(steps)
        self.smaller.setEnabled(self.notes.size_factor > SIZES[0])
        self.larger.setEnabled(self.notes.size_factor < SIZES[-1])

    def _button(self, button: Button, action: Action, tip: str) -> Button:
        button.setToolTip(tip)
        # A button that a mouse pressed does not keep the space bar, which goes on.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.asked.emit(action))
        return button

    def _lay_out(self) -> None:
        theme = self._theme
        self._outer = QVBoxLayout(self)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.count)
        self._bar.addWidget(self.covered)
        self._bar.addStretch(1)
        self._bar.addWidget(self.clock)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.slide, 3)
        self._left.addLayout(self._notes_head())
        self._left.addWidget(self.notes, 2)
        self._right.addLayout(self._times())
        self._flow = FlowLayout()
        for words, action, tip in _BUTTONS:
            self._flow.addWidget(self._button(normal_button(theme, words), action, tip))
        self._right.addLayout(self._flow)
        self._right.addWidget(self.next_title)
        self._right.addWidget(self.next, 1)
        self._columns = QHBoxLayout()
        self._columns.addLayout(self._left, 5)
        self._columns.addLayout(self._right, 3)
        self._outer.addLayout(self._bar)
        self._outer.addLayout(self._columns, 1)

    def _notes_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self.smaller = icon_button(self._theme, "minus", "Notes smaller (−)")
        self.larger = icon_button(self._theme, "plus", "Notes larger (+)")
        self.smaller.clicked.connect(lambda: self.asked.emit("smaller"))
        self.larger.clicked.connect(lambda: self.asked.emit("larger"))
        for button in (self.smaller, self.larger):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.smaller.setEnabled(False)
        head.addWidget(Label(self._theme, "Notes", "heading"))
        head.addStretch(1)
        head.addWidget(self.smaller)
        head.addWidget(self.larger)
        return head

    def _times(self) -> QHBoxLayout:
        times = QHBoxLayout()
        times.addWidget(self.time)
        times.addStretch(1)
        times.addWidget(self.pause)
        reset = flat_button(self._theme, "Reset")
        times.addWidget(self._button(reset, "reset", "Time from nought (R)"))
        return times

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._outer.setContentsMargins(px(24), px(16), px(24), px(16))
        self._outer.setSpacing(px(16))
        self._bar.setSpacing(px(12))
        self._flow.set_spacing(px(8))
        self._columns.setSpacing(px(24))
        for column in (self._left, self._right):
            column.setSpacing(px(12))
