"""A feed cut down to what is read of it, before feedparser sees it.

feedparser knows every dialect of RSS and Atom, and has a handler for whatever element a feed
writes. Measured on 6.0.14: an ``<author>`` of 40 kB took 5 seconds and grows with the square of its
length, so do categories, namespaces and ``xml:base``; some elements end in a KeyError. Therefore
the feed is read once by a parser that knows no entities (defusedxml), and only the elements that
become an advisory are written out again, each within its bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml.common import (  # type: ignore[import-untyped] # defusedxml ships no types
    DefusedXmlException,
)
from defusedxml.expatreader import (  # type: ignore[import-untyped] # defusedxml ships no types
    DefusedExpatParser,
)

from briefing.core.errors import BriefingError

MOST_DEPTH = 100
"""Elements within elements; Atom with its XHTML reaches about 20."""
MOST_NODES = 500_000
"""Elements and attributes of a file."""
MOST_ITEMS = 10_000
MOST_FIELDS = 100_000
"""Elements of items that are read, over the whole file."""
MOST_CATEGORIES = 200
"""Of one item."""
LONGEST_ATTRIBUTE = 8_000
"""A longer one is left out: it is no address and no word."""
LONGEST_BASE = 500
"""Of ``xml:base``, which feedparser resolves anew at every element."""

_ATOM = "http://www.w3.org/2005/Atom"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES: Mapping[str | None, str] = {
    None: "",
    "": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/atom/ns#": "",
    _ATOM: "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
}
"""Namespaces that are read, and the prefixes they are written out with."""
_DECLARATIONS = (
    f' xmlns:rdf="{_RDF}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)
_DATES = frozenset(("pubdate", "published", "issued", "updated", "modified")).union(
    ("dc:date", "dcterms:issued", "dcterms:modified")
)
_OF_CHANNEL = _DATES | {"title", "link", "lastbuilddate"}
_PROSE = frozenset(("title", "description", "summary", "content", "content:encoded"))
_OF_ITEM = _DATES | _PROSE | {"link", "guid", "id", "category", "dc:subject"}
_KEPT = frozenset(("href", "rel", "type", "term", "label", "scheme", "domain", "ispermalink"))
_BROKEN_OFF = ("no element found", "unclosed token", "unclosed CDATA section")


_Name: TypeAlias = tuple[str | None, str]
"""Namespace and local name."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun.

    Attributes:
        place: ``root``, ``channel``, ``item``, ``field``, ``prose`` (may hold elements, which are
            written as text), ``xhtml`` (likewise; its own text is no HTML yet), ``markup`` (an
            element within those) or ``outside`` (not read).
        end: What is written where it ends.
    """

    place: str
    end: str


_UNREADABLE = " "
_OUTSIDE = _Open("outside", "")
_FIELDS = frozenset(("field", "prose", "xhtml"))


def excerpt_of(text: str, name: str) -> bytes:
    """The channel and the items of a feed with what is read of them, as XML in UTF-8.

    Prose that holds elements of its own (XHTML) is written as HTML text.

    Args:
        text: The feed without XML declaration.
        name: The file's name, for errors.

    Raises:
        BriefingError: for what is no well-formed XML, is no feed, declares a document type or
            entities, or is beyond the bounds of this module.
    """
    excerpt = _Excerpt(name)
    parser: Any = DefusedExpatParser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(excerpt)
    try:
        # In one piece: Expat 2.5 reads a long token again with every piece it is given.
        parser.feed(text.encode())
        parser.close()
    except SAXParseException as error:
        raise _not_well_formed(name, error) from error
    except DefusedXmlException as error:
        raise BriefingError(
            f"{name} was refused: it declares a document type or entities, by which a feed can"
            " reach for files and grow without end.",
            detail=type(error).__name__,
            remedy="Nothing was changed. No feed needs this; ask its publisher for one without.",
        ) from error
    if not excerpt.is_feed:
        raise BriefingError(
            f"{name} holds neither a channel nor an item.",
            remedy="Nothing was changed. Check that this is the feed you meant.",
        )
    return "".join(excerpt.parts).encode()


def _not_well_formed(name: str, error: SAXParseException) -> BriefingError:
    said = str(error.getMessage())
    place = f"line {error.getLineNumber()}, column {(error.getColumnNumber() or 0) + 1}"
    message = f"{name} is no well-formed XML: {place} cannot be read."
    if said in _BROKEN_OFF:
        message = f"{name} breaks off in the middle, at {place}."
    return BriefingError(
        message,
        detail=f"{said} at {place}",
        remedy="Nothing was changed. Download the feed again, or tell its publisher.",
    )


class _Excerpt(ContentHandler):
    """Writes out what is read of a feed, and stops where it is beyond the bounds."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.parts = ['<?xml version="1.0" encoding="utf-8"?>\n']
        self.is_feed = False
        self._name = name
        self._open: list[_Open] = []
        self._own_namespace: str | None = None
        self._text: list[str] = []
        self._nodes = self._items = self._fields = self._categories = 0

    def startElementNS(  # noqa: N802 - the name is SAX's
        self, name: tuple[str | None, ...], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self._nodes += 1 + len(attrs)
        self._within(self._nodes, MOST_NODES, "elements and attributes")
        self._within(len(self._open) + 1, MOST_DEPTH, "elements within each other")
        attributes = {_pair(key): value for key, value in attrs.items()}
        begin, element = self._begun(_pair(name), attributes)
        self.parts.append(begin)
        self._open.append(element)

    def endElementNS(  # noqa: N802 - the name is SAX's
        self, name: tuple[str | None, ...], qname: str | None
    ) -> None:
        element = self._open.pop()
        if element.place == "markup":
            self._text.append(element.end)
            return
        if element.place in _FIELDS:
            # One piece: feedparser takes 2 µs for every entity.
            whole = "".join(self._text).replace("]]>", "]]]]><![CDATA[>")
            self._text.clear()
            self.parts.append(f"<![CDATA[{whole}]]>" if whole else "")
        self.parts.append(element.end)

    def characters(self, content: str) -> None:
        place = self._open[-1].place
        if place in ("field", "prose"):
            self._text.append(content)
        elif place in ("xhtml", "markup"):
            self._text.append(escape(content))

    def _begun(self, name: _Name, attributes: dict[_Name, str]) -> tuple[str, _Open]:
        """What is written for an element, and how it goes on inside it."""
        if not self._open:
            return self._root(name, attributes)
        place = self._open[-1].place
        if place in ("prose", "xhtml", "markup"):
            # What is no HTML is no markup that a text should show: of it only the text stays.
            local = name[1] if name[0] == _XHTML or self._tag(name) == name[1].lower() else "span"
            written = "".join(f" {key[1]}={quoteattr(value)}" for key, value in attributes.items())
            self._text.append(f"<{local}{written}>")
            return "", _Open("markup", f"</{local}>")
        tag = self._tag(name)
        if place == "root" and tag == "channel":
            self.is_feed = True
            return f"<channel{_base(attributes)}>", _Open("channel", "</channel>")
        if place in ("root", "channel") and tag in ("item", "entry"):
            return self._item(tag, attributes)
        if (place == "channel" and tag in _OF_CHANNEL) or (place == "item" and tag in _OF_ITEM):
            return self._field(tag, attributes)
        return "", _OUTSIDE

    def _tag(self, name: _Name) -> str:
        """The name in small letters with the prefix it is written out with; "" where unknown."""
        namespace = None if name[0] == self._own_namespace else name[0]
        prefix = _PREFIXES.get(namespace)
        return "" if prefix is None else prefix + name[1].lower()

    def _root(self, name: _Name, attributes: dict[_Name, str]) -> tuple[str, _Open]:
        namespace, local = name
        base = _base(attributes)
        match local.lower():
            case "feed":
                self.is_feed = True
                self._own_namespace = namespace
                return f'<feed xmlns="{_ATOM}"{_DECLARATIONS}{base}>', _Open("channel", "</feed>")
            case "rss":
                self._own_namespace = namespace
                return f'<rss version="2.0"{_DECLARATIONS}{base}>', _Open("root", "</rss>")
            case "rdf":
                return f'<rss version="2.0"{_DECLARATIONS}{base}>', _Open("root", "</rss>")
        raise BriefingError(
            f"{self._name} is no RSS or Atom feed: it begins with <{local[:80]}>.",
            remedy="Nothing was changed. Check that this is the feed and not the page about it.",
        )

    def _item(self, tag: str, attributes: dict[_Name, str]) -> tuple[str, _Open]:
        self.is_feed = True
        self._items += 1
        self._categories = 0
        self._within(self._items, MOST_ITEMS, "items")
        about = attributes.get((_RDF, "about"), "")[:LONGEST_ATTRIBUTE]
        identity = f" rdf:about={quoteattr(about)}" if about else ""
        return f"<{tag}{identity}{_base(attributes)}>", _Open("item", f"</{tag}>")

    def _field(self, tag: str, attributes: dict[_Name, str]) -> tuple[str, _Open]:
        self._fields += 1
        self._within(self._fields, MOST_FIELDS, "elements in its items")
        if tag in ("category", "dc:subject"):
            self._categories += 1
            self._within(self._categories, MOST_CATEGORIES, "categories in one item")
        if tag in _PROSE:
            return _prose(tag, attributes)
        kept = "".join(
            f" {local}={quoteattr(value)}"
            for (namespace, local), value in attributes.items()
            if not namespace and local.lower() in _KEPT and len(value) <= LONGEST_ATTRIBUTE
        )
        return f"<{tag}{kept}{_base(attributes)}>", _Open("field", f"</{tag}>")

    def _within(self, count: int, most: int, what: str) -> None:
        if count > most:
            raise BriefingError(
                f"{self._name} was refused: it has more than {most:,} {what}, which no feed needs.",
                remedy="Nothing was changed. Ask whoever publishes it for a smaller feed.",
            )


def _prose(tag: str, attributes: dict[_Name, str]) -> tuple[str, _Open]:
    declared = attributes.get((None, "type"), "").strip().lower()
    encoded = attributes.get((None, "mode"), "").strip().lower() == "base64"
    is_text = declared in ("", "text", "html", "xhtml") or declared.startswith("text/")
    is_markup = declared == "xhtml" or declared.endswith(("+xml", "/xml"))
    if encoded or not (is_text or is_markup):
        return "", _OUTSIDE
    place = "xhtml" if is_markup else "prose"
    return f'<{tag} type="text/html">', _Open(place, f"</{tag}>")


def _pair(name: tuple[str | None, ...]) -> _Name:
    """A name of SAX, which takes a namespace with a space in it for several names."""
    return (name[0], name[1] or "") if len(name) == 2 else (_UNREADABLE, "unreadable")


def _base(attributes: dict[_Name, str]) -> str:
    base = attributes.get((_XML, "base"), "").strip()
    return f" xml:base={quoteattr(base)}" if 0 < len(base) <= LONGEST_BASE else ""
