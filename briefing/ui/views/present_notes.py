"""Notes of a slide, in a size of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from briefing.exports.slide_notes import Notes
from briefing.ui.fonts import make_font
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, TypeStyle

SIZES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""What the notes can be set in, against the text size of the program."""

_TEXT = TypeStyle(16, 24, 400)
_ASKED = TypeStyle(16, 24, 600)
_HEAD = TypeStyle(13, 20, 650)
_SMALL = TypeStyle(13, 20, 400)
_NOTHING = "No notes for this slide."


class NotesPane(QTextEdit):
    """Read and scrolled, never written."""

    def __init__(self, theme: Theme) -> None:
        """Empty, in the usual size."""
        super().__init__()
        self._theme = theme
        self._notes = Notes()
        self._step = 0
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Notes")
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.setStyleSheet("QTextEdit { background: transparent; border: none; padding: 0; }")
        theme.changed.connect(self._fill)

    @property
    def size_factor(self) -> float:
        """Size of the notes against the text size of the program, from 1.0 to 2.0."""
        return SIZES[self._step]

    def show_notes(self, notes: Notes) -> None:
        """Show the notes of another slide, from their beginning."""
        self._notes = notes
        self._fill()
        self.verticalScrollBar().setValue(0)

    def resize_text(self, steps: int) -> None:
        """Set the notes larger or smaller by so many steps; 0 is the usual size."""
        wanted = self._step + steps if steps else 0
        self._step = min(max(wanted, 0), len(SIZES) - 1)
        self._fill()

    def read_on(self, share: float) -> None:
        """Move on by a share of what is in view; less than nought moves back."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(bar.pageStep() * share))

    def _fill(self) -> None:
        bar = self.verticalScrollBar()
        at = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        writer = _Writer(cursor, self._theme, self.size_factor)
        notes = self._notes
        for line in notes.says or (() if notes.questions or notes.evidence else (_NOTHING,)):
            writer.paragraph(line, _SMALL, "ink_2", 4)
        if notes.questions:
            writer.paragraph("Likely questions", _HEAD, "accent", 14)
        for asked, answer in notes.questions:
            writer.paragraph(asked, _ASKED, "ink", 8)
            writer.paragraph(answer, _TEXT, "ink", 2)
        if notes.evidence:
            writer.paragraph("What this rests on", _HEAD, "accent", 14)
        for line in notes.evidence:
            writer.paragraph(line, _SMALL, "ink_2", 4)
        cursor.endEditBlock()
        # The caret went on with the text; wherever it stands is scrolled to when notes are shown.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        bar.setValue(round(at * bar.maximum()))


class _Writer:
    """Puts paragraphs into a document, one after the other."""

    def __init__(self, cursor: QTextCursor, theme: Theme, factor: float) -> None:
        self._cursor = cursor
        self._theme = theme
        self._factor = theme.factor * factor
        self._first = True

    def paragraph(self, text: str, style: TypeStyle, colour: Colour, before: int) -> None:
        """One paragraph, ``before`` pixels below the last at 100 %."""
        block = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        block.setLineHeight(round(style.line * self._factor), fixed)
        block.setTopMargin(0 if self._first else round(before * self._factor))
        letters = QTextCharFormat()
        family = self._theme.font("body").family()
        letters.setFont(make_font(family, style, self._factor))
        letters.setForeground(self._theme.colour(colour))
        if not self._first:
            self._cursor.insertBlock()
        self._cursor.setBlockFormat(block)
        self._cursor.setBlockCharFormat(letters)
        self._cursor.insertText(text, letters)
        self._first = False
