"""Feeds written here: RSS, RDF and Atom in small, and what feed modules are given with them."""

from __future__ import annotations

from functools import cache
from html import escape

from briefing.core.changes import ChangeSet, SourceInfo
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.vocabulary import read_vocabulary
from briefing.paths import data_folder

AUTHORITIES = ("cisa-advisories", "ncsc-uk", "cert-eu", "cert-fr", "jpcert", "acsc")
COLLECTORS = ("aptnotes", "ransomware-live", "ransomlook")


@cache
def vocabulary() -> Vocabulary:
    """The vocabularies of ``data/``."""
    return read_vocabulary(data_folder() / "vocabulary")


def known(name: str) -> SourceInfo:
    """A source as the program may know it."""
    return SourceInfo(
        id=name,
        title=name.replace("-", " ").title(),
        publisher=f"Publisher of {name}",
        kind="feed",
        licence="Not stated",
        notice="",
        url="",
        reliability="B",
        reliability_why="It is a sample.",
        tlp="CLEAR",
    )


def context(chosen: SourceInfo | None = None, *names: str) -> FeedContext:
    """What a feed module is given: the real vocabularies, and every source or those named."""
    found = {name: known(name) for name in names or (*AUTHORITIES, *COLLECTORS)}
    return FeedContext(vocabulary(), found, chosen)


def payload(data: bytes | str, name: str = "feed.xml", url: str = "") -> Payload:
    """A file, in UTF-8 where it is given as text."""
    return Payload(name, data.encode() if isinstance(data, str) else data, url)


def item(**fields: str) -> str:
    """An RSS item; each keyword is an element with that text."""
    inside = (f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
    return f"<item>{''.join(inside)}</item>"


def rss(*items: str, link: str = "https://fox.example/", title: str = "Fox news") -> str:
    """A feed in RSS 2.0."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{title}</title><link>{link}</link><description>What the fox heard.</description>"
        f"{''.join(items)}</channel></rss>"
    )


def rdf(*items: str) -> str:
    """A feed in RSS 1.0, whose items stand beside the channel."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="https://www.jpcert.or.jp/english/rss/jpcert-en.rdf">'
        "<title>Heron alerts</title><link>https://www.jpcert.or.jp/english/</link>"
        "<dc:date>2026-09-09T18:00+09:00</dc:date>"
        '<items><rdf:Seq><rdf:li rdf:resource="https://www.jpcert.or.jp/english/1"/></rdf:Seq>'
        f"</items></channel>{''.join(items)}</rdf:RDF>"
    )


def atom(*entries: str, head: str = '<link href="https://owl.example/"/>') -> str:
    """A feed in Atom 1.0."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Owl watch</title><id>urn:owl</id>{head}{''.join(entries)}</feed>"
    )


def said(changes: ChangeSet, predicate: str, what: str | None = None) -> list[str]:
    """The values of every statement with a predicate, and with an object where one is given."""
    return [
        statement.value
        for record in changes.records
        for statement in record.statements
        if statement.predicate.value == predicate and what in (None, statement.object)
    ]
