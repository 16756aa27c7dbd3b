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
from briefing.core.glossary import Term
from briefing.ui.theme import Theme
from briefing.ui.tokens import TYPE, Colour, Role
from briefing.ui.widgets.meanings import meanings
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
    """Where a link leads: a source of the brief by its key, an address, or the glossary.

    ``start`` and ``end`` are where its words stand in the document.
    """

    source: str = ""
    href: str = ""
    term: Term | None = None
    start: int = 0
    end: int = 0


class ProseDocument(QTextDocument):
    """Text with source marks. Links carry only a number, which is looked up in ``targets``.

    The first place where a term of the glossary stands is a link too, one that keeps quiet.

    Attributes:
        targets: Where each link leads.
        known: Names of terms that need no explaining here.
    """

    def __init__(self, theme: Theme, role: Role, colour: Colour) -> None:
        """An empty document."""
        super().__init__()
        self._theme = theme
        self._role: Role = role
        self._colour: Colour = colour
        self.targets: list[Target] = []
        self.known: frozenset[str] = frozenset()
        self._explained: set[str] = set()
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
        self._explained = set(self.known)
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
            target = Target(href=span.href, start=place, end=place + _length(text))
            self._point(layout, target, span.href)
            layout.setFontUnderline(True)
            cursor.insertText(text, layout)
        elif span.style is Style.CODE:
            cursor.insertText(text, layout)
        else:
            self._insert_words(cursor, text, layout)

    def _insert_words(self, cursor: QTextCursor, text: str, layout: QTextCharFormat) -> None:
        """Insert text, and make links of the terms in it that were not met before."""
        done = 0
        for spot in self._theme.glossary.telling(text):
            if spot.term.term in self._explained:
                continue
            self._explained.add(spot.term.term)
            cursor.insertText(text[done : spot.start], layout)
            self._insert_term(cursor, text[spot.start : spot.end], spot.term, layout)
            done = spot.end
        cursor.insertText(text[done:], layout)

    def _insert_term(
        self, cursor: QTextCursor, words: str, term: Term, around: QTextCharFormat
    ) -> None:
        layout = QTextCharFormat(around)
        place = cursor.position()
        target = Target(term=term, start=place, end=place + _length(words))
        self._point(layout, target, "")
        layout.setToolTip(meanings((term,)))
        # As quiet as a link can be: the colour of the text, and dots in that of remarks.
        layout.setForeground(around.foreground())
        layout.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        layout.setUnderlineColor(self._theme.colour("ink_3"))
        cursor.insertText(words, layout)

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
            target = Target(source=key, start=place, end=place + len(words))
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
