"""HTML as a reader meets it: elements with their attributes, and the words between them."""

from __future__ import annotations

from html.parser import HTMLParser

from briefing.exports.fonts import printable

_SILENT = ("style", "template", "title")
"""Elements whose text is not on the page."""
_VOID = ("meta", "img", "wbr", "col")


class Page(HTMLParser):
    """What a parser finds in a file.

    Attributes:
        tags: Every start tag with its attributes, in order.
        words: The text on the page.
        odd: Comments, declarations and instructions other than the document type.
        open: Names of elements that were not closed, and of ends without a start.
    """

    def __init__(self, content: bytes | str) -> None:
        """Read a file, or a piece of markup."""
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.odd: list[str] = []
        self.open: list[str] = []
        self.feed(content.decode("utf-8") if isinstance(content, bytes) else content)
        self.close()

    def named(self, name: str) -> list[dict[str, str]]:
        """Attributes of every element of that name."""
        return [attributes for tag, attributes in self.tags if tag == name]

    @property
    def names(self) -> set[str]:
        """Names of all elements."""
        return {tag for tag, _ in self.tags}

    def values(self, attribute: str) -> list[str]:
        """Values of an attribute wherever it stands."""
        return [found[attribute] for _, found in self.tags if attribute in found]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends; what ends must be what began last."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.open.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.open or self.open[-1] not in _SILENT:
            self.words += data

    def handle_comment(self, data: str) -> None:
        """A comment, which we never write."""
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        """The document type, and nothing besides."""
        if decl.lower() != "doctype html":
            self.odd.append(decl)

    def handle_pi(self, data: str) -> None:
        """An instruction, which we never write."""
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        """A section of another language."""
        self.odd.append(data)


def squeezed(words: str) -> str:
    """Words without any space, as they are printed."""
    return "".join(printable(words).split())
