"""Channel and items of a feed in one shape, whatever dialect of RSS or Atom it is written in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.core.errors import BriefingError
from briefing.feeds.payload import Payload
from briefing.feeds.plain_text import one_line, plain_text
from briefing.feeds.rss_dates import Stamp, read_stamp
from briefing.feeds.rss_excerpt import excerpt_of
from briefing.feeds.rss_links import whole_address
from briefing.feeds.rss_text import feed_text

_NO_STAMP = Stamp()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed.

    Attributes:
        content: What feedparser gave, as plain JSON.
        guid: The identifier the feed gives it, as written; "" where it gives none.
        link: Address of its page; "" where it has none that can be cited.
        title: On one line; "" where it has none.
        text: Its summary, or its content where it has no summary, as plain text.
        categories: Labels on one line, each once.
        published: When it was issued.
        updated: When it was changed last.
    """

    content: dict[str, Any]
    guid: str
    link: str
    title: str
    text: str
    categories: tuple[str, ...]
    published: Stamp
    updated: Stamp

    @property
    def key(self) -> str:
        """What makes it the same item at every reading; "" for an item that says nothing."""
        return self.guid or self.link or self.title or self.text

    @property
    def edition(self) -> str:
        """Text that orders its versions; "" where it bears no date."""
        return max(self.updated.utc, self.published.utc)

    def prose(self) -> Iterator[str]:
        """Everything in it that people read, as received."""
        yield from (str(self.content.get(name, "")) for name in ("title", "summary"))
        yield from self.content.get("content", ())


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed.

    Attributes:
        title: On one line; "" where it has none.
        link: The address of the site it belongs to.
        own_address: Where it says that it lies itself.
        updated: When it says that it was made.
        items: In the order of the feed.
    """

    title: str
    link: str
    own_address: str
    updated: Stamp
    items: tuple[Item, ...]


def read_channel(payload: Payload) -> Channel:
    """Read a feed.

    Raises:
        BriefingError: for what is no feed, or is refused before it is read.
    """
    found = _parsed(excerpt_of(feed_text(payload), payload.name), payload.name)
    # A plain dict: feedparser's own takes one date for the other, with a warning.
    feed = dict(found["feed"])
    own_address = whole_address(_linked(feed, "self"), payload.url)
    site = _text(feed, "link") or _linked(feed, "alternate")
    link = whole_address(site, own_address or payload.url)
    base = link or own_address or payload.url
    stamps = [read_stamp(_text(feed, name)) for name in ("updated", "published")]
    return Channel(
        title=one_line(_text(feed, "title"), 200),
        link=link,
        own_address=own_address,
        updated=next((stamp for stamp in stamps if stamp.day), _NO_STAMP),
        items=tuple(
            _item(dict(entry), base, is_atom=found["version"].startswith("atom"))
            for entry in found["entries"]
        ),
    )


def _parsed(excerpt: bytes, name: str) -> Any:
    # lazy: 0.05 s, and no other command needs it.
    import feedparser  # type: ignore[import-untyped] # noqa: PLC0415 - see above; it ships no types

    try:
        # A stream: feedparser takes bytes for the name of a file first.
        found = feedparser.parse(
            io.BytesIO(excerpt), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        # Whatever it fails with, the feed is not taken.
        raise _unreadable(name, repr(error)) from error
    if found["bozo"]:
        raise _unreadable(name, repr(found.get("bozo_exception")))
    return found


def _unreadable(name: str, detail: str) -> BriefingError:
    return BriefingError(
        f"{name} could not be read as a feed.",
        detail=detail,
        remedy="Nothing was changed. Download the feed again, or tell its publisher.",
    )


def _item(entry: dict[str, Any], base: str, *, is_atom: bool) -> Item:
    content = _content(entry)
    published, updated = (read_stamp(content.get(name, "")) for name in ("published", "updated"))
    if not published.raw and not is_atom:
        # RSS 1.0 has one date (dc:date), which feedparser files under "updated".
        published, updated = updated, _NO_STAMP
    text = next((read for read in map(plain_text, _texts(content)) if read), "")
    return Item(
        content=content,
        guid=content.get("guid", ""),
        link=whole_address(content.get("link", ""), base),
        title=one_line(content.get("title", "")),
        text=text,
        categories=_categories(content),
        published=published,
        updated=updated,
    )


def _content(entry: dict[str, Any]) -> dict[str, Any]:
    """What of an entry is kept, as plain JSON: what is empty is left out."""
    guid, link = _text(entry, "id"), _text(entry, "link")
    if not link or (entry.get("guidislink") and link == guid):
        # feedparser lets an identifier stand in for a link; one that is no address leads nowhere.
        link = _linked(entry, "alternate") or (link if whole_address(link, "") else "")
    found: dict[str, Any] = {
        "guid": guid,
        "link": link,
        **{name: _text(entry, name) for name in ("title", "published", "updated", "summary")},
        "content": [text for part in entry.get("content", ()) if (text := _text(part, "value"))],
        "categories": [
            {name: text for name in ("term", "label", "scheme") if (text := _text(tag, name))}
            for tag in entry.get("tags", ())
        ],
    }
    if found["content"] == [found["summary"]]:
        # feedparser repeats the content where there is no summary.
        del found["content"]
    return {name: value for name, value in found.items() if value}


def _texts(content: dict[str, Any]) -> Iterable[str]:
    return (content.get("summary", ""), *content.get("content", ()))


def _categories(content: dict[str, Any]) -> tuple[str, ...]:
    labels = (
        one_line(tag.get("label") or tag.get("term", "")) for tag in content.get("categories", ())
    )
    return tuple(dict.fromkeys(label for label in labels if label))


def _linked(holder: dict[str, Any], relation: str) -> str:
    """The first address with a relation."""
    links = (_text(link, "href") for link in holder.get("links", ()) if link["rel"] == relation)
    return next((link for link in links if link), "")


def _text(holder: Any, key: str) -> str:
    value = dict(holder).get(key)
    return value.strip() if isinstance(value, str) else ""
