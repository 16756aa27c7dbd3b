"""Hostile feeds: refused with a sentence or read, in a time that grows with their size alone.

The bounds of time. Every part of a feed is looked at a fixed number of times; what feedparser sees
is limited to 10,000 items and 100,000 elements. Measured on a busy computer of 2024: 1.1 seconds a
MiB for the worst text, and 3 to 5 seconds for the most elements. The limits below are some times
that, in seconds of this process, so that what grows faster fails and a slow day does not.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from feed_samples import atom, context, item, payload, rdf, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError
from briefing.feeds import rss_excerpt
from briefing.feeds.plain_text import without_controls
from briefing.feeds.rss import parse_feed
from briefing.feeds.rss_text import MOST_BYTES

SECONDS_FOR_ITS_ELEMENTS = 8.0
SECONDS_A_MIB = 4.0


def parsed(text: bytes | str) -> ChangeSet:
    return parse_feed(payload(text, "sent.xml"), context())


def outcome(data: bytes | str) -> ChangeSet | str:
    """What is taken, or the sentence with which it is refused; nothing else, and within bounds."""
    size = len(data) / 2**20
    start = time.process_time()
    try:
        result: ChangeSet | str = parsed(data)
    except BriefingError as error:
        result = str(error)
    assert time.process_time() - start < SECONDS_FOR_ITS_ELEMENTS + SECONDS_A_MIB * size
    if isinstance(result, str):
        assert result.startswith("sent.xml ")
        assert ". Nothing was changed. " in result
        assert result.endswith(".")
    return result


def refused(data: bytes | str) -> str:
    found = outcome(data)
    assert isinstance(found, str)
    return found


def numbered(pattern: str, count: int) -> str:
    return " ".join(pattern.replace("{n}", str(number)) for number in range(count))


ITEM = item(title="Owls", guid="1")
ITEM_OF_ATTRIBUTES = "<item " + numbered('a{n}=""', 1000) + "/>"
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text("the canary sang", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY l9 "ha">]>',
        '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "{canary}">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "{canary}">%p;<!ENTITY l9 "ha">]>',
        '<!DOCTYPE rss SYSTEM "{canary}">',
        '<!DOCTYPE rss PUBLIC "-//Fox//DTD//EN" "https://fox.example/rss.dtd">',
        "<!DOCTYPE rss>",
    ],
)
def test_a_feed_that_declares_a_type_or_entities_is_refused(declared: str, canary: Path) -> None:
    text = rss("<item><title>&l9;</title></item>").replace(
        "<rss", declared.replace("{canary}", canary.as_uri()) + "<rss"
    )
    for data in (text.encode(), text.encode("utf-16")):
        sentence = refused(data)
        assert "declares a document type or entities" in sentence
        assert "sang" not in sentence


def test_an_entity_that_nobody_declared_stays_its_name() -> None:
    changes = parsed(rss("<item><title>&l9;</title></item>"))
    assert changes.records[0].value() == {"title": "&l9;"}


@pytest.mark.parametrize("as_written", [str, Path.as_uri])
def test_a_payload_that_names_a_file_is_not_read_as_one(
    canary: Path, as_written: Callable[[Path], str]
) -> None:
    assert "sang" not in refused(as_written(canary))


def test_feedparser_is_given_no_name_of_a_file(
    canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def noted(source: Any, **settings: Any) -> Any:
        given.append((source, settings))
        return parse(source, **settings)

    parse = feedparser.parse
    monkeypatch.setattr(feedparser, "parse", noted)
    parsed(rss(item(title=str(canary))))
    ((source, settings),) = given
    assert isinstance(source, io.BytesIO)
    assert settings == {"sanitize_html": False, "resolve_relative_uris": False}


@pytest.mark.parametrize("odd", [KeyError("where"), RecursionError(), MemoryError()])
def test_whatever_feedparser_fails_with_the_feed_is_refused(
    odd: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(source: Any, **settings: Any) -> Any:
        raise odd

    monkeypatch.setattr(feedparser, "parse", failing)
    assert refused(rss(ITEM)).startswith("sent.xml could not be read as a feed.")


def test_what_feedparser_calls_malformed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # Its second parser guesses; what it makes of half a feed would be taken for the whole.
    monkeypatch.setattr("briefing.feeds.rss_items.excerpt_of", lambda text, name: b"<rss><item>")
    assert refused(rss(ITEM)).startswith("sent.xml could not be read as a feed.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "sent.xml breaks off in the middle, at line 1, column 1."),
        (rss(ITEM)[:-12], "sent.xml breaks off in the middle, at line 2"),
        (rss(ITEM)[:150], "sent.xml breaks off in the middle, at line 2"),
        (rss("<item><title><![CDATA[x</title></item>"), "sent.xml breaks off in the middle"),
        ("<rss><channel></rss>", "sent.xml is no well-formed XML: line 1, column 17 cannot"),
        ("\n\n<rss>\n <a:b/></rss>", "sent.xml is no well-formed XML: line 4, column 2 cannot"),
        (rss(ITEM) + "more", "sent.xml is no well-formed XML: line 2"),
        ('{"a": 1}', "sent.xml is no well-formed XML: line 1, column 1 cannot be read."),
        (
            "<html><body>404</body></html>",
            "sent.xml is no RSS or Atom feed: it begins with <html>.",
        ),
        ("<rss/>", "sent.xml holds neither a channel nor an item."),
        ("<rss><other><item/></other></rss>", "sent.xml holds neither a channel nor an item."),
    ],
)
def test_what_is_no_feed_is_refused_with_its_place_and_reason(text: str, sentence: str) -> None:
    assert refused(text).startswith(sentence)


def test_a_namespace_with_spaces_in_it_is_one_that_nobody_knows() -> None:
    odd = "<x:a xmlns:x='a\u2003b\u2003c\u2003d' x:b='c'/>"
    changes = parsed(rss(f"<item>{odd}<title>T{odd}</title></item>"))
    assert [record.statements[0].value for record in changes.records] == ["T"]
    assert "it begins with <unreadable>" in refused(odd)


def test_a_feed_beyond_16_mib_is_not_read() -> None:
    assert "larger than 16 MiB" in refused(rss(ITEM).ljust(MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (rss("<item><description>" + "<b>" * 100), "100 elements within each other"),
        (rss("<a/>" * rss_excerpt.MOST_NODES), "500,000 elements and attributes"),
        (rss(*[ITEM_OF_ATTRIBUTES] * 501), "500,000 elements and attributes"),
        (rss("<item/>" * (rss_excerpt.MOST_ITEMS + 1)), "10,000 items"),
        (
            rss(f"<item>{'<link/>' * (rss_excerpt.MOST_FIELDS + 1)}</item>"),
            "100,000 elements in its items",
        ),
        (
            rss(f"<item>{'<category>a</category>' * 201}</item>"),
            "200 categories in one item",
        ),
    ],
    ids=["depth", "elements", "attributes", "items", "fields", "categories"],
)
def test_a_feed_beyond_what_feeds_need_is_refused(text: str, what: str) -> None:
    assert refused(text).startswith(
        f"sent.xml was refused: it has more than {what}, which no feed needs."
    )


SIZE = 400_000


def many(unit: str) -> str:
    return unit * (SIZE // len(unit))


SLOW = {
    # Each of these takes feedparser alone, or another parser, time by the square of its size.
    "author": rss(f"<item><title>T</title><author>{many('a')}</author></item>"),
    "base": rss(ITEM.replace("<item>", f"<item xml:base='http://a/{many('a/')}'>")),
    "namespaces": rss(ITEM.replace("<item>", "<item " + numbered("xmlns:a{n}='n'", 9000) + ">")),
    "instructions": atom(
        f"<entry><title>T</title><content type='xhtml'>{many('<?a?> ')}</content></entry>"
    ),
    "keywords": rss(
        f"<item><title>T</title><k:keywords xmlns:k='x'>{many('a ')}</k:keywords></item>"
    ),
    "tags in a title": rss(item(title=many("<b>"), guid="1")),
    "open tags": rss(item(title="T", description=many("<b "))),
    "open comments": rss(item(title="T", description=many("<!--"))),
    "entities": rss(item(title="T", description=many("&lt;"))),
    "brackets": rss(item(title="T", description=many("["))),
    "angles": rss(item(title="T", description=many("<"))),
    "ends of CDATA": rss(f"<item><description>a{many(']]&gt;')}</description></item>"),
    "elements in text": rss(f"<item><description>a{many('<i/>')}</description></item>"),
    "halves of ids": rss(item(title="T", description=many("CVE-2026-"))),
    "path": rss(item(title="T", link="http://a/" + many("../a/"))),
    "query": rss(item(title="T", link="https://a/?" + many("&a"))),
    "figures in a date": rss(item(title="T", pubDate=many("1"))),
    "words in a date": rss(item(title="T", pubDate=many("Mon, 1 Jan "))),
    "doubles": rss(*[item(title=str(number), guid="1") for number in range(9000)]),
    "links": rss(*[f"<item><title>{n}</title>{'<link>a</link>' * 10}</item>" for n in range(2500)]),
    "declarations": many("<?xml ") + rss(ITEM),
    "space": many(" ") + rss(ITEM),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_text_made_to_take_long_takes_no_longer_than_any_other(name: str) -> None:
    outcome(SLOW[name])


def test_a_long_attribute_is_left_out_and_the_rest_is_read() -> None:
    long = "a" * (rss_excerpt.LONGEST_ATTRIBUTE + 1)
    entry = f'<entry><title>T</title><link href="https://owl.example/{long}"/></entry>'
    changes = parsed(atom(entry))
    assert [record.value() for record in changes.records] == [{"title": "T"}]


FEEDS = [
    rss(
        item(title="Owls & mice", guid="1", pubDate="Mon, 31 Aug 26 12:00:00 CEST"),
        item(title="Herons", link="https://fox.example/2", description="<p>CVE-2026-10007</p>"),
        "<item><title><![CDATA[<b>Foxes</b>]]></title><category>a</category></item>",
    ),
    rdf('<item rdf:about="urn:1"><title>A</title><dc:date>2026-09-09</dc:date></item>'),
    atom(
        '<entry xml:base="https://owl.example/"><id>1</id><title>T</title><link href="a"/>'
        '<content type="xhtml"><div><p>x</p></div></content></entry>'
    ),
]
PIECES = [
    *["<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "<?", '"', "</item>", "<item>", "</rss>"],
    *["<!DOCTYPE rss>", "&#0;", "&nbsp;", "xml:base='//['", "xmlns=''", "<title type='xhtml'>"],
    *["\x00", "\ufeff", "\u202e", "\ud7ff", "\ufffe", "\U0010ffff", "CVE-2026-10008", "é" * 40],
    *[
        "<guid isPermaLink='x'>",
        "<link href='//[' rel=''/>",
        "<dc:date>",
        "<content mode='base64'>",
    ],
    *[
        "<x:a xmlns:x='a\u2003b\xa0c' x:b=''/>",
        "<source url='a'>",
        "<image>",
        "<textinput>",
        "<media:content url='x'/>",
        "<geo:point>",
    ],
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A feed with pieces cut out, put in twice, or put in from elsewhere, in some encoding."""
    text = draw(st.sampled_from(FEEDS))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=8) | st.just(text[start:end] * 2))
        text = text[:start] + piece + text[end:]
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "cp1252", "shift_jis"]))
    data = text.encode(encoding, "replace")
    cut = draw(st.integers(0, len(data)))
    return data[:cut] + draw(st.binary(max_size=3)) + data[cut:]


@settings(max_examples=500)
@given(mutated())
def test_every_mutated_feed_is_taken_or_refused_with_a_sentence(data: bytes) -> None:
    found = outcome(data)
    if isinstance(found, str):
        return
    assert outcome(data) == found
    known = {document.id for document in found.documents}
    assert all(document.url.lower().startswith("http") for document in found.documents)
    for record in found.records:
        assert record.value()
        for said in record.statements:
            assert set(said.documents) <= known
            assert without_controls(said.value) == said.value
    assert all(entry.reason.endswith(".") for entry in found.quarantined)


@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_bytes_are_read_or_refused_with_a_sentence(rubbish: bytes, cut: int) -> None:
    whole = FEEDS[0].encode()
    for data in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        outcome(data)
    assert isinstance(outcome(whole), ChangeSet)
