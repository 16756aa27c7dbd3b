"""The contents of a Word document: a field over the full version, with its entries filled in."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.core.brief import Brief
from briefing.exports.docx_markup import TAB, field, linked, paragraph, run

_FEWEST = 4
"""Sections from which a list of them helps."""
_RANGE = "full_version"
"""Bookmark around what the contents list."""


class Contents:
    """Headings of the full version in their order.

    Attributes:
        wanted: Whether there are enough of them for a list.
    """

    def __init__(self, brief: Brief) -> None:
        """Count the sections of the parts that may take more than a page."""
        parts = [part for part in brief.parts if not part.one_page]
        self.wanted = sum(len(part.sections) for part in parts) >= _FEWEST
        self._next = len(brief.sources) + 1
        self._entries: list[tuple[str, str]] = []
        self._whole = 0

    def heading(self, title: str, *, listed: bool, aside: str = "") -> str:
        """The heading of a section.

        Args:
            title: Its words.
            listed: Whether the contents list it.
            aside: Runs that follow in its line; not where it is listed, or Word would list them.
        """
        content = run(title) + aside
        if listed and self.wanted and content:
            number = self._number()
            name = f"_Toc{number:06d}"
            self._entries.append((name, title))
            content = _start(number, name) + content + _end(number)
        return paragraph("Heading1", content)

    def begin(self) -> str:
        """Where the full version begins."""
        self._whole = self._number()
        return _start(self._whole, _RANGE)

    def end(self) -> str:
        """Where it ends, if it began."""
        return _end(self._whole) if self._whole else ""

    def lines(self, pages: Mapping[str, int]) -> str:
        """The field with one line a section.

        Args:
            pages: Page of each bookmark, as far as it is known.
        """
        if not self._entries:
            return ""
        opened, closed = _field(f'TOC \\o "1-1" \\h \\z \\b {_RANGE}')
        last = len(self._entries) - 1
        made = [paragraph("TOCHeading", run("Contents"))]
        for at, (name, title) in enumerate(self._entries):
            page = field(f"PAGEREF {name} \\h", str(pages.get(name, 1)))
            entry = linked(name, f"{run(title)}{TAB}{page}")
            before, after = opened if at == 0 else "", closed if at == last else ""
            made.append(paragraph("TOC1", before + entry + after))
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
            f"<w:sdtContent>{''.join(made)}</w:sdtContent></w:sdt>"
        )

    def _number(self) -> int:
        self._next += 1
        return self._next - 1


def _field(instruction: str) -> tuple[str, str]:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    asked = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return begin + asked + separate, end


def _start(number: int, name: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def _end(number: int) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'
