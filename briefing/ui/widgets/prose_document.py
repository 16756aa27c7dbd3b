"""The document behind ``Prose``: built run by run, and deaf to everything outside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from briefing.core.brief import Mark, Span, Style, Text
from briefing.ui.theme import Theme
from briefing.ui.tokens import TYPE, Colour, Role
from briefing.ui.widgets.tooltips import plain_tooltip

_LINK_SCHEMES = ("https://", "mailto:")
# Qt sets raised text at two thirds of its size; what is not text becomes visible as a gap.
_RAISED = 1.5
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
_REPLACEMENT = "\N{OBJECT REPLACEMENT CHARACTER}"
_STRONG: dict[Role, Role] = {
    "body": "strong",
    "table": "table_strong",
    "key": "table_strong",
    "note": "note_strong",
    "call": "call",
    "heading": "heading",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a source of the brief by its key, or an address.

    ``start`` and ``end`` are where its words stand in the document.
    """

    source: str = ""
    href: str = ""
    start: int = 0
    end: int = 0


class ProseDocument(QTextDocument):
    """Text with source marks. Links carry only a number, which is looked up in ``targets``."""

    def __init__(self, theme: Theme, role: Role, colour: Colour) -> None:
        """An empty document."""
        super().__init__()
        self._theme = theme
        self._role: Role = role
        self._colour: Colour = colour
        self.targets: list[Target] = []
        self.setDocumentMargin(0)
        self.setUndoRedoEnabled(False)

    def fill(
        self,
        paragraphs: tuple[Text, ...],
        numbers: Mapping[str, int],
        titles: Mapping[str, str],
    ) -> None:
        """Replace everything.

        Raises:
            KeyError: when a mark names a source that has no number.
        """
        self.clear()
        self.targets = []
        self.setDefaultFont(self._theme.font(self._role))
        self.setDefaultTextOption(QTextOption())
        cursor = QTextCursor(self)
        # One edit: otherwise Qt lays the text out again after every piece.
        cursor.beginEditBlock()
        try:
            for index, paragraph in enumerate(paragraphs):
                if index:
                    cursor.insertBlock()
                cursor.setBlockFormat(self._block_format(first=index == 0))
                self._insert_paragraph(cursor, paragraph, numbers, titles)
        finally:
            cursor.endEditBlock()

    def _insert_paragraph(
        self,
        cursor: QTextCursor,
        paragraph: Text,
        numbers: Mapping[str, int],
        titles: Mapping[str, str],
    ) -> None:
        for inline in paragraph:
            if isinstance(inline, Span):
                self._insert_span(cursor, inline)
            else:
                self._insert_mark(cursor, inline, numbers, titles)

    def _block_format(self, *, first: bool) -> QTextBlockFormat:
        block = QTextBlockFormat()
        height = self._theme.line_height(self._role)
        block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setTopMargin(0 if first else self._theme.px(8))
        return block

    def _insert_span(self, cursor: QTextCursor, span: Span) -> None:
        text = span.text.replace(_REPLACEMENT, "").replace("\n", "\N{LINE SEPARATOR}")
        layout = self._span_format(span)
        if span.href.startswith(_LINK_SCHEMES):
            place = cursor.position()
            target = Target("", span.href, place, place + _length(text))
            self._point(layout, target, span.href)
            layout.setFontUnderline(True)
        cursor.insertText(text, layout)

    def _span_format(self, span: Span) -> QTextCharFormat:
        role = _STRONG.get(self._role, self._role) if span.style is Style.STRONG else self._role
        layout = QTextCharFormat()
        layout.setFont(self._theme.font(role, italic=span.style is Style.EMPHASIS))
        layout.setForeground(self._theme.colour(self._colour))
        if span.style is Style.CODE:
            layout.setBackground(self._theme.colour("mist"))
        return layout

    def _insert_mark(
        self,
        cursor: QTextCursor,
        mark: Mark,
        numbers: Mapping[str, int],
        titles: Mapping[str, str],
    ) -> None:
        font = self._theme.font("mark")
        font.setPixelSize(round(TYPE["mark"].size * _RAISED * self._theme.factor))
        for position, key in enumerate(mark.sources):
            layout = QTextCharFormat()
            layout.setFont(font)
            layout.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            layout.setForeground(self._theme.colour("accent"))
            if position == 0:
                cursor.insertText(_NARROW_SPACE, layout)
            words = f"[{numbers[key]}]"
            place = cursor.position()
            target = Target(key, "", place, place + len(words))
            self._point(layout, target, titles.get(key, ""))
            cursor.insertText(words, layout)

    def _point(self, layout: QTextCharFormat, target: Target, tooltip: str) -> None:
        layout.setAnchor(True)
        layout.setAnchorHref(f"target:{len(self.targets)}")
        layout.setForeground(self._theme.colour("accent"))
        layout.setToolTip(plain_tooltip(tooltip))
        self.targets.append(target)

    def loadResource(self, type: int, name: QUrl | str) -> QImage | bytes:
        """Nothing is ever loaded, whatever the text names."""
        return nothing(type)


def _length(text: str) -> int:
    """How many places a text takes in a document, which counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def nothing(kind: int) -> QImage | bytes:
    """What a document is given instead of a resource.

    It must be something: where a document gets nothing for a picture, Qt opens the file itself.
    """
    if kind != QTextDocument.ResourceType.ImageResource.value:
        return b""
    picture = QImage(1, 1, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
