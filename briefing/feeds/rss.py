"""RSS 0.9 to 2.0 and Atom: what authorities publish, one advisory an item.

Formats: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec and
RFC 4287. A feed is a window: an item that is no longer in it has not been taken back. Quirks met
on real feeds: years of two digits, ``CEST`` for a zone, HTML escaped within titles, identifiers
that are no addresses, links with line breaks around them, items edited in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    Quarantined,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    document_for,
    stable_id,
)
from briefing.feeds.advisory_pages import page_key
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.plain_text import one_line, shortened
from briefing.feeds.recognise import Format, Outline
from briefing.feeds.rss_items import Channel, Item, read_channel
from briefing.feeds.rss_links import belongs, host_of

_SOURCES = (
    ("cisa.gov", "cisa-advisories"),
    ("ncsc.gov.uk", "ncsc-uk"),
    ("cert.europa.eu", "cert-eu"),
    ("cert.ssi.gouv.fr", "cert-fr"),
    ("jpcert.or.jp", "jpcert"),
    ("cyber.gov.au", "acsc"),
)
"""Domains of those who issue advisories, and the sources their feeds are."""
_ROOTS = frozenset(("rss", "rdf", "feed"))
_CVE = re.compile(
    r"(?<![A-Za-z0-9_-])CVE-[0-9]{4}-[0-9]{4,19}(?![A-Za-z0-9_]|-[0-9])", re.IGNORECASE
)
"""CVE record format 5: four figures or more, and nothing that would make it another word."""
_MOST_OF_A_TITLE = 120
_QUOTED = 80


def parse_feed(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read one feed.

    Raises:
        BriefingError: for what is no feed, is not well-formed, or is beyond the bounds of
            ``rss_excerpt``. An item that says nothing, or repeats the identifier of another, is
            quarantined.
    """
    channel = read_channel(payload)
    source = _source(channel, payload, context)
    kept, quarantined = _distinct(channel, source, context)
    documents: dict[str, DocumentDraft] = {}
    records = []
    for native, item in kept.items():
        document = _document(item, source)
        if document:
            documents.setdefault(document.id, document)
        cited = (document.id,) if document else ()
        statements = tuple(_statements(native, item, source, cited))
        records.append(RecordDraft.of(native, "advisory", item.content, statements, item.edition))
    return ChangeSet(
        source=source,
        version=_version(channel),
        sha256=payload.sha256,
        full=False,
        records=tuple(records),
        documents=tuple(documents.values()),
        quarantined=tuple(quarantined),
    )


def _source(channel: Channel, payload: Payload, context: FeedContext) -> SourceInfo:
    """The publisher by its domain: where the feed was fetched from, else where it says it is from.

    What a feed says of itself counts only where nobody knows better.
    """
    claimed = [payload.url] if payload.url else [channel.own_address, channel.link]
    host = next((host for host in map(host_of, claimed) if host), "")
    for domain, known in _SOURCES:
        if belongs(host, domain) and known in context.sources:
            return context.source(known)
    return context.unknown_source(channel.title or host or payload.stem)


def _distinct(
    channel: Channel, source: SourceInfo, context: FeedContext
) -> tuple[dict[str, Item], list[Quarantined]]:
    """Items by native id; of two with one id the later one, or the first of equals.

    What our own texts hold of the same page is the same advisory.
    """
    kept: dict[str, Item] = {}
    quarantined = []
    for place, item in enumerate(channel.items, start=1):
        if not item.key:
            reason = f"Item {place}: it has no identifier, no link, no title and no text."
            quarantined.append(Quarantined("", reason))
            continue
        native = context.pages.get(page_key(item.link)) or stable_id(
            "advisory", source.id, item.key
        )
        earlier = kept.get(native)
        if earlier is None or item.edition > earlier.edition:
            kept[native] = item
        if earlier is not None:
            name = shortened(_title(item), _QUOTED)
            reason = (
                f"Item {place}: “{name}” has the identifier of another item of this feed;"
                " the later of the two was taken."
            )
            quarantined.append(Quarantined(native, reason))
    return kept, quarantined


def _document(item: Item, source: SourceInfo) -> DocumentDraft | None:
    if not item.link:
        return None
    return document_for(
        item.link,
        title=_title(item),
        publisher=source.publisher,
        published=item.published.day or item.updated.day,
    )


def _title(item: Item) -> str:
    return item.title or one_line(item.text, _MOST_OF_A_TITLE) or item.link or one_line(item.guid)


def _statements(
    native: str, item: Item, source: SourceInfo, cited: tuple[str, ...]
) -> Iterator[StatementDraft]:
    def state(predicate: Predicate, **fields: Any) -> StatementDraft:
        return StatementDraft(native, predicate, documents=cited, **fields)

    # An item without a title is named by how it begins, which is not its publisher's word for it.
    detail = {} if item.title else {"from": "text" if item.text else "identifier"}
    yield state(Predicate.NAMED, value=_title(item), detail=detail)
    yield state(Predicate.ISSUED_BY, value=source.publisher)
    for what, stamp in (("published", item.published), ("updated", item.updated)):
        if stamp.raw:
            raw = one_line(stamp.raw, _QUOTED)
            yield state(Predicate.HAPPENED, object=what, value=raw, first_seen=stamp.day)
    if item.text:
        yield state(Predicate.DESCRIBED_AS, object="summary", value=item.text, detail={"place": 1})
    for category in item.categories:
        yield state(Predicate.DESCRIBED_AS, object="tag", value=category)
    for cve in _mentioned(item):
        yield StatementDraft(cve, Predicate.MENTIONED_IN, native, cve, documents=cited)


def _mentioned(item: Item) -> tuple[str, ...]:
    found = (match.group().upper() for text in item.prose() for match in _CVE.finditer(text))
    return tuple(dict.fromkeys(found))


def _version(channel: Channel) -> str:
    """The day the feed says it was made, or else the day of its newest item."""
    newest = max((item.edition for item in channel.items), default="")
    return channel.updated.day or newest[:10]


def _matches(outline: Outline) -> bool:
    return outline.kind == "xml" and outline.keys[:1] != () and outline.keys[0].lower() in _ROOTS


FORMAT = Format("feed", "News feed (RSS or Atom)", _matches, parse_feed)
