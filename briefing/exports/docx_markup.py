"""WordprocessingML as text: paragraphs, runs, fields, links and bookmarks.

Markup is put together as strings and parsed once, when the document is complete. Whatever comes
from a brief goes through ``escaped``, and nothing else may put it into markup. The order of child
elements is that of ISO/IEC 29500-1, without which Word refuses a file.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from briefing.exports.office_text import clean

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
"""For the root of every part in WordprocessingML."""
IGNORABLE = 'mc:Ignorable="w14"'
"""What a program that knows only the standard may skip."""

TAB = "<w:r><w:tab/></w:r>"
JOINER = '<w:r><w:rPr><w:rStyle w:val="Joiner"/></w:rPr><w:t>\N{WORD JOINER}</w:t></w:r>'
"""Keeps a mark on the line of the word before it, in programs that break before brackets.

Its style names a typeface that has the character, and a size at which no other matters.
"""
NO_BREAK = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"

_LETTERS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_FROM_RIGHT = re.compile(f"{_LETTERS}+(?:[ \u00a0.,:;'’-]+{_LETTERS}+)*")
"""Hebrew, Arabic and their neighbours, with the spaces and stops between their words."""


def twips(millimetres: float) -> int:
    """Twentieths of a point, in which Word measures pages and tables."""
    return round(millimetres * 1440 / 25.4)


def emu(millimetres: float) -> int:
    """English Metric Units, in which drawings are measured."""
    return round(millimetres * 36_000)


def escaped(text: str) -> str:
    """A text of the brief as XML, for an element or an attribute."""
    return escape(clean(text), {'"': "&quot;"})


def run(text: str, style: str = "", props: str = "") -> str:
    """Runs of one text; what is read from the right is marked as such.

    Args:
        text: Any text.
        style: Id of a character style.
        props: Further run properties, from ``w:rFonts`` on.
    """
    words = escaped(text)
    if words.isascii() or not _FROM_RIGHT.search(words):
        return _run(words, style, props)
    made, end = [], 0
    for found in _FROM_RIGHT.finditer(words):
        made.append(_run(words[end : found.start()], style, props))
        made.append(_run(found.group(), style, props + "<w:rtl/>"))
        end = found.end()
    return "".join([*made, _run(words[end:], style, props)])


def _run(words: str, style: str, props: str) -> str:
    if not words:
        return ""
    styled = f'<w:rStyle w:val="{style}"/>' if style else ""
    said = f"<w:rPr>{styled}{props}</w:rPr>" if styled or props else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{words}</w:t></w:r>'


def patch(fill: str) -> str:
    """A patch of a colour in a line; em spaces, for no-break ones show as pieces."""
    return f'<w:r><w:rPr>{shaded(fill)}</w:rPr><w:t xml:space="preserve">\u2003\u2003</w:t></w:r>'


def paragraph(style: str, content: str, props: str = "") -> str:
    """A paragraph.

    Args:
        style: Id of a paragraph style.
        content: Runs, links, drawings.
        props: Further paragraph properties, from ``w:keepNext`` on.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}</w:pPr>{content}</w:p>'


def linked(bookmark: str, content: str) -> str:
    """Runs that jump to a bookmark."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def field(instruction: str, result: str, style: str = "") -> str:
    """A field with the result it shows until Word counts anew."""
    styled = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    begin, separate, end = (
        f'<w:r>{styled}<w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    )
    asked = f'<w:r>{styled}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{begin}{asked}{separate}{run(result, style)}{end}"


def kept(content: str) -> str:
    """The same paragraphs, each kept on the page of what follows it."""
    return re.sub(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)', r"\1<w:keepNext/>", content)


def shaded(fill: str) -> str:
    """A ground of that colour (``#rrggbb``)."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{bare(fill)}"/>'


def bare(colour: str) -> str:
    """``#rrggbb`` as Word writes it, ``RRGGBB``."""
    return colour.removeprefix("#").upper()
