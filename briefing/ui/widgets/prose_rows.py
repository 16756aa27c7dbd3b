"""Prose in rows: a quiet label at the left, the words beside it, a quieter note under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption

from briefing.core.brief import Mark, Span, Text, plain
from briefing.ui.theme import Theme
from briefing.ui.tokens import TYPE, Colour, Role
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_document import ProseDocument, Target
from briefing.ui.widgets.source_menu import open_source_menu

PLACE = "place:"
"""Begins the ``href`` of a span that leads to something in the program, followed by its id."""
SOURCES = "sources:"
"""Begins the ``href`` of a span that lists sources, followed by their keys, a line each."""

_COMFORTABLE_WIDTH = 480
_FIRST_GAP = 3
"""Pixels above the first line, which raised marks reach into."""
_JOINER = "\N{WORD JOINER}"
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
_RAISED = 1.5
"""Qt sets raised text at two thirds of its size."""


@dataclass(frozen=True, slots=True)
class ProseRow:
    """One row.

    Attributes:
        text: What is said; "" where there is only a note.
        label: What kind of thing it is; "" where it is that of the row before.
        note: A smaller line under it.
        quiet: Whether the text is only that something is not known.
    """

    text: Text
    label: str = ""
    note: Text = ()
    quiet: bool = False


class RowsDocument(ProseDocument):
    """Paragraphs that hang beside their labels."""

    def __init__(
        self, theme: Theme, role: Role, colour: Colour, label_width: int, gap: int
    ) -> None:
        """``label_width`` and ``gap`` (between rows) are in pixels at 100 %."""
        super().__init__(theme, role, colour)
        self._label_width = label_width
        self._gap = gap

    def fill_rows(
        self, rows: Sequence[ProseRow], numbers: Mapping[str, int], titles: Mapping[str, str]
    ) -> None:
        """Replace everything.

        Raises:
            KeyError: when a mark names a source that has no number.
        """
        self.fill((), {}, {})
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        is_first = True
        for row in rows:
            gap = 0 if is_first else self._gap
            if row.text or row.label:
                self._begin(cursor, self._row_format(gap, self._role), first=is_first)
                if self._label_width:
                    cursor.insertText(f"{row.label}\t", self._plain_format(self._role, "ink_3"))
                if row.quiet:
                    cursor.insertText(plain(row.text), self._plain_format(self._role, "ink_3"))
                else:
                    self._insert(cursor, row.text, numbers, titles)
                is_first, gap = False, 0
            if row.note:
                block = self._row_format(gap, "note", hanging=False)
                self._begin(cursor, block, first=is_first)
                self._insert_note(cursor, row.note, numbers, titles)
                is_first = False
        frame = self.rootFrame().frameFormat()
        frame.setTopMargin(self._theme.px(_FIRST_GAP))
        self.rootFrame().setFrameFormat(frame)
        cursor.endEditBlock()

    def _begin(self, cursor: QTextCursor, block: QTextBlockFormat, *, first: bool) -> None:
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)

    def _row_format(self, gap: int, role: Role, *, hanging: bool = True) -> QTextBlockFormat:
        theme, block = self._theme, QTextBlockFormat()
        height = theme.line_height(role)
        block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setTopMargin(theme.px(gap))
        if self._label_width:
            width = theme.px(self._label_width)
            block.setLeftMargin(width)
            if hanging:
                block.setTextIndent(-width)
                block.setTabPositions([QTextOption.Tab(width, QTextOption.TabType.LeftTab)])
        return block

    def _plain_format(self, role: Role, colour: Colour) -> QTextCharFormat:
        layout = QTextCharFormat()
        layout.setFont(self._theme.font(role))
        layout.setForeground(self._theme.colour(colour))
        return layout

    def _insert(
        self,
        cursor: QTextCursor,
        text: Text,
        numbers: Mapping[str, int],
        titles: Mapping[str, str],
    ) -> None:
        for inline in text:
            if isinstance(inline, Mark):
                self._insert_mark(cursor, inline, numbers, titles)
            elif inline.href.startswith((PLACE, SOURCES)):
                self._insert_inner_link(cursor, inline)
            else:
                self._insert_span(cursor, inline)

    def _insert_inner_link(self, cursor: QTextCursor, span: Span) -> None:
        is_raised = span.href.startswith(SOURCES)
        layout = self._raised_format() if is_raised else self._span_format(span)
        if is_raised:
            cursor.insertText(_JOINER, layout)
        place = cursor.position()
        # A document counts in UTF-16.
        end = place + len(span.text.encode("utf-16-le")) // 2
        self._point(layout, Target(href=span.href, start=place, end=end), "")
        cursor.insertText(span.text, layout)

    def _insert_mark(
        self,
        cursor: QTextCursor,
        mark: Mark,
        numbers: Mapping[str, int],
        titles: Mapping[str, str],
    ) -> None:
        """As in prose, but never broken between two marks: a column is too narrow for that."""
        for position, key in enumerate(mark.sources):
            layout, words = self._raised_format(), f"[{numbers[key]}]"
            cursor.insertText(_JOINER if position else _NARROW_SPACE, layout)
            place = cursor.position()
            target = Target(source=key, start=place, end=place + len(words))
            self._point(layout, target, titles.get(key, ""))
            cursor.insertText(words, layout)

    def _raised_format(self) -> QTextCharFormat:
        font = self._theme.font("mark")
        font.setPixelSize(round(TYPE["mark"].size * _RAISED * self._theme.factor))
        layout = QTextCharFormat()
        layout.setFont(font)
        layout.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        layout.setForeground(self._theme.colour("accent"))
        return layout

    def _insert_note(
        self,
        cursor: QTextCursor,
        note: Text,
        numbers: Mapping[str, int],
        titles: Mapping[str, str],
    ) -> None:
        for inline in note:
            if isinstance(inline, Mark):
                self._insert_mark(cursor, inline, numbers, titles)
            elif inline.href.startswith((PLACE, SOURCES)):
                self._insert_inner_link(cursor, inline)
            else:
                self._insert_words(cursor, inline.text, self._plain_format("note", "ink_3"))


class ProseRows(Prose):
    """Shows rows. ``place_activated`` carries the id of a ``PLACE`` link that was followed.

    A ``SOURCES`` link opens a menu of sources; what is chosen there is a source that was followed.
    """

    place_activated = Signal(str)

    def __init__(
        self,
        theme: Theme,
        role: Role = "table",
        colour: Colour = "ink",
        *,
        label_width: int = 0,
        gap: int = 3,
    ) -> None:
        """No rows yet; ``label_width`` 0 leaves the labels out."""
        super().__init__(theme, role, colour)
        self._rows: tuple[ProseRow, ...] = ()
        self._rows_document = RowsDocument(theme, role, colour, label_width, gap)
        self._rows_document.setParent(self)
        self._document = self._rows_document
        self.setDocument(self._document)
        self.link_activated.connect(self._on_link_activated)

    def set_rows(
        self,
        rows: Sequence[ProseRow],
        numbers: Mapping[str, int] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Show rows; numbers and titles as for ``Prose.set_paragraphs``.

        Raises:
            KeyError: when a mark names a source that has no number.
        """
        self._rows = tuple(rows)
        self._numbers = numbers or {}
        self._titles = titles or {}
        self._fill()

    def text(self) -> str:
        """The words without the marks, a row a line."""
        return "\n".join(_spoken(row) for row in self._rows)

    def _fill(self) -> None:
        self._heights.clear()
        self._rows_document.fill_rows(self._rows, self._numbers, self._titles)
        has_links = bool(self._document.targets)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_links else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """A comfortable width; the height follows from the width, and laying out twice is slow."""
        return QSize(self._theme.px(_COMFORTABLE_WIDTH), self._theme.line_height(self._role))

    def _on_link_activated(self, href: str) -> None:
        if href.startswith(PLACE):
            self.place_activated.emit(href.removeprefix(PLACE))
        elif href.startswith(SOURCES):
            keys = href.removeprefix(SOURCES).split("\n")
            marks = [(key, self._numbers[key]) for key in keys if key in self._numbers]
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
            open_source_menu(self, place, marks, self._titles, self.source_activated.emit)


def _spoken(row: ProseRow) -> str:
    words = f"{plain(row.text)} {plain(row.note)}".strip()
    return f"{row.label}: {words}" if row.label else words
