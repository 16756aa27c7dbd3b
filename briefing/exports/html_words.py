"""The words of a brief as HTML: spans, links, and marks that lead to the sources."""

from __future__ import annotations

from briefing.core.brief import Brief, Mark, Span, Style, Text
from briefing.exports.html_markup import element, text
from briefing.exports.links import safe_href
from briefing.exports.marks import Numbers

_TOGETHER = 5
"""So many marks stay on one line; more may go on in the next."""
_STYLES = {Style.STRONG: "strong", Style.EMPHASIS: "em", Style.CODE: "code"}


def source_anchor(number: int) -> str:
    """Id of a source in the list."""
    return f"source-{number}"


def section_anchor(part: int, section: int) -> str:
    """Id of a section, by its place and its part's, from 1."""
    return f"section-{part}-{section}"


def mark_anchor(number: int, section: str) -> str:
    """Id of the first mark of a source in a section."""
    return f"mark-{number}-{section}"


class Words:
    """Sets the words of one brief.

    Attributes:
        judgements: How many judgements the section holds so far; they are numbered.
    """

    def __init__(self, brief: Brief) -> None:
        """Know the brief's sources."""
        self.judgements = 0
        self._numbers = Numbers(brief)
        self._names = {
            number: source.short or source.publisher or source.title or "Untitled"
            for number, source in enumerate(brief.sources, start=1)
        }
        self._section = ""
        self._marked: set[int] = set()

    def begin(self, section: str) -> None:
        """A section begins: its anchor."""
        self.judgements = 0
        self._section = section
        self._marked.clear()

    def text(self, words: Text) -> str:
        """Spans and marks."""
        return "".join(
            self.marks(inline.sources) if isinstance(inline, Mark) else _span(inline)
            for inline in words
        )

    def marks(self, sources: tuple[str, ...]) -> str:
        """Marks for sources, each a link to its row in the list."""
        links = [self._mark(number) for number in self._numbers.of(sources)]
        many = "many" if len(links) > _TOGETHER else ""
        return element("sup", *links, class_=many) if links else ""

    def numbers(self, sources: tuple[str, ...]) -> tuple[int, ...]:
        """Numbers of sources."""
        return self._numbers.of(sources)

    def named(self, number: int) -> str:
        """A source in a word or two."""
        return self._names[number]

    def linked(self, number: int) -> str:
        """A mark in the height of its line."""
        return element(
            "a", text(f"[{number}]"), href=f"#{source_anchor(number)}", title=self.named(number)
        )

    def _mark(self, number: int) -> str:
        first = self._section and number not in self._marked
        self._marked.add(number)
        return element(
            "a",
            text(f"[{number}]"),
            href=f"#{source_anchor(number)}",
            id=mark_anchor(number, self._section) if first else "",
            title=self.named(number),
            role="doc-noteref",
        )


def outward(words: str, address: str) -> str:
    """A link out of the file where the address may be one, else the words."""
    href = safe_href(address)
    return element("a", text(words), href=href, rel="noreferrer") if href else text(words)


def _span(span: Span) -> str:
    words = outward(span.text, span.href)
    style = _STYLES.get(span.style)
    return element(style, words) if style else words
