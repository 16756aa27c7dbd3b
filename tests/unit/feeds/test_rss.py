"""Feeds of authorities become advisories, whatever dialect of RSS or Atom they are written in."""

from __future__ import annotations

import pytest
from feed_samples import atom, context, item, known, payload, rdf, rss, said
from shared_data import needs_shared_data, read

from briefing.core.changes import ChangeSet, stable_id
from briefing.feeds.recognise import outline_of
from briefing.feeds.rss import FORMAT, parse_feed


def parsed(text: bytes | str, name: str = "feed.xml", url: str = "") -> ChangeSet:
    return parse_feed(payload(text, name, url), context())


FULL = item(
    title="Owls read mail",
    link="https://fox.example/owls?utm_source=rss&id=7",
    guid="fox-7",
    pubDate="Mon, 31 Aug 2026 14:00:00 +0200",
    description="<p>Owls read mail. Patch CVE-2026-10001.</p>",
    category="Mail",
)

RSS_091 = """<rss version="0.91"><channel><title>Old fox</title><link>https://fox.example/</link>
<description>Old</description><language>en</language><image><title>Logo</title>
<url>https://fox.example/logo.gif</url><link>https://fox.example/logo</link></image>
<item><title>A fox in a henhouse</title><link>https://fox.example/hens</link></item>
</channel></rss>"""
RSS_090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Older fox</title>
<link>https://fox.example/</link></channel>
<item><title>A fox in a henhouse</title><link>https://fox.example/hens</link></item></rdf:RDF>"""
RSS_100 = rdf(
    '<item rdf:about="https://fox.example/hens"><title>A fox in a henhouse</title>'
    "<link>https://fox.example/hens</link></item>"
)
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Fox</title>
<entry><title mode="escaped" type="text/html">A fox in a &lt;i&gt;henhouse&lt;/i&gt;</title>
<link rel="alternate" type="text/html" href="https://fox.example/hens"/></entry></feed>"""
ATOM_10 = atom(
    "<entry><id>urn:hens</id><title>A fox in a henhouse</title>"
    '<link href="https://fox.example/hens"/></entry>'
)
NO_NAMESPACE = ATOM_10.replace(' xmlns="http://www.w3.org/2005/Atom"', "")
ODD_NAMESPACE = RSS_091.replace("<rss ", '<rss xmlns="http://fox.example/feeds" ')


def test_an_item_becomes_one_advisory_with_everything_it_says() -> None:
    changes = parsed(rss(FULL, link="https://www.cisa.gov/"))
    (record,) = changes.records
    native = stable_id("advisory", "cisa-advisories", "fox-7")
    page = stable_id("document", "https://fox.example/owls?utm_source=rss&id=7")
    assert (record.native_id, record.kind) == (native, "advisory")
    assert record.edition == "2026-08-31T12:00:00.000000Z"
    assert [
        (s.subject, s.predicate.value, s.object, s.value, s.first_seen) for s in record.statements
    ] == [
        (native, "named", "", "Owls read mail", ""),
        (native, "issued-by", "", "Publisher of cisa-advisories", ""),
        (native, "happened", "published", "Mon, 31 Aug 2026 14:00:00 +0200", "2026-08-31"),
        (native, "described-as", "summary", "Owls read mail. Patch CVE-2026-10001.", ""),
        (native, "described-as", "tag", "Mail", ""),
        ("CVE-2026-10001", "mentioned-in", native, "CVE-2026-10001", ""),
    ]
    assert {s.documents for s in record.statements} == {(page,)}
    (document,) = changes.documents
    assert (document.id, document.url) == (page, "https://fox.example/owls?utm_source=rss&id=7")
    assert (document.title, document.published) == ("Owls read mail", "2026-08-31")
    assert document.publisher == "Publisher of cisa-advisories"


def test_a_record_keeps_what_was_received_as_plain_json() -> None:
    (record,) = parsed(rss(FULL)).records
    assert record.value() == {
        "guid": "fox-7",
        "link": "https://fox.example/owls?utm_source=rss&id=7",
        "title": "Owls read mail",
        "published": "Mon, 31 Aug 2026 14:00:00 +0200",
        "summary": "<p>Owls read mail. Patch CVE-2026-10001.</p>",
        "categories": [{"term": "Mail"}],
    }


def test_a_feed_is_a_window_of_the_day_it_was_made() -> None:
    changes = parsed(rss(FULL).replace("<item>", "<lastBuildDate>2026-09-02</lastBuildDate><item>"))
    assert (changes.full, changes.version, changes.edition) == (False, "2026-09-02", "")
    assert parsed(rss(FULL, item(title="Old", pubDate="2020-01-01"))).version == "2026-08-31"


def test_the_same_bytes_give_the_same_changes() -> None:
    assert parsed(rss(FULL)) == parsed(rss(FULL))


@pytest.mark.parametrize(
    "text",
    [RSS_090, RSS_091, RSS_100, ATOM_03, ATOM_10, NO_NAMESPACE, ODD_NAMESPACE],
    ids=["0.90", "0.91", "1.0", "Atom 0.3", "Atom 1.0", "no namespace", "an unknown namespace"],
)
def test_every_dialect_gives_title_and_page(text: str) -> None:
    changes = parsed(text)
    assert said(changes, "named") == ["A fox in a henhouse"]
    assert [document.url for document in changes.documents] == ["https://fox.example/hens"]
    assert FORMAT.matches(outline_of(payload(text)))


def test_what_is_no_feed_is_not_recognised() -> None:
    for text in ("<html><body/></html>", '{"rss": 1}', "rss,feed\n1,2", "", "<"):
        assert not FORMAT.matches(outline_of(payload(text)))


def test_an_atom_entry_gives_its_xhtml_as_text() -> None:
    entry = """<entry><id>urn:1</id><title type="html">Owls &amp;amp; mice</title>
    <published>2026-08-30T10:00:00Z</published><updated>2026-08-31T10:00:00+02:00</updated>
    <category term="mail" label="Mail servers"/><link rel="enclosure" href="https://owl.example/a"/>
    <link rel="alternate" type="application/pdf" href="https://owl.example/1.pdf"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Mice &lt; owls:</p>
    <ul><li>see <b>CVE-2026-10002</b></li></ul></div></content></entry>"""
    changes = parsed(atom(entry))
    (record,) = changes.records
    assert said(changes, "named") == ["Owls & mice"]
    assert said(changes, "described-as", "summary") == ["Mice < owls:\n\n• see CVE-2026-10002"]
    assert said(changes, "described-as", "tag") == ["Mail servers"]
    assert said(changes, "mentioned-in") == ["CVE-2026-10002"]
    assert said(changes, "happened", "published") == ["2026-08-30T10:00:00Z"]
    assert said(changes, "happened", "updated") == ["2026-08-31T10:00:00+02:00"]
    assert record.edition == "2026-08-31T08:00:00.000000Z"
    assert [document.url for document in changes.documents] == ["https://owl.example/1.pdf"]


def test_a_picture_within_an_entry_is_no_text() -> None:
    entry = '<entry><id>1</id><title>A</title><content type="image/png">aGVsbG8=</content></entry>'
    assert said(parsed(atom(entry)), "described-as") == []


def test_the_date_of_rss_1_0_is_when_an_item_was_issued() -> None:
    entry = (
        '<item rdf:about="urn:1"><title>A</title><dc:date>2026-09-09T11:36+09:00</dc:date></item>'
    )
    changes = parsed(rdf(entry))
    assert said(changes, "happened", "published") == ["2026-09-09T11:36+09:00"]
    assert said(changes, "happened", "updated") == []
    assert (changes.records[0].edition, changes.version) == (
        "2026-09-09T02:36:00.000000Z",
        "2026-09-09",
    )


@pytest.mark.parametrize(
    ("link", "source"),
    [
        ("https://www.cisa.gov/", "cisa-advisories"),
        ("https://WWW.NCSC.GOV.UK/section", "ncsc-uk"),
        ("https://cert.europa.eu/publications", "cert-eu"),
        ("https://www.cert.ssi.gouv.fr/", "cert-fr"),
        ("https://blogs.jpcert.or.jp/en/", "jpcert"),
        ("https://www.cyber.gov.au/", "acsc"),
        ("https://cisa.gov.fox.example/", "local-fox-news"),
        ("https://notcisa.gov/", "local-fox-news"),
        ("https://fox.example/?cisa.gov", "local-fox-news"),
        ("https://cisa.gov@fox.example/", "local-fox-news"),
    ],
)
def test_a_publisher_is_known_by_the_domain_of_its_feed(link: str, source: str) -> None:
    assert parsed(rss(FULL, link=link)).source.id == source


def test_where_a_feed_was_fetched_counts_and_not_what_it_says_of_itself() -> None:
    text = rss(FULL, link="https://www.cisa.gov/")
    assert parsed(text, url="https://fox.example/all.xml").source.id == "local-fox-news"
    assert parsed(text, url="https://www.ncsc.gov.uk/feed.xml").source.id == "ncsc-uk"


def test_the_address_of_the_feed_itself_counts_before_that_of_the_site() -> None:
    own = (
        '<link rel="self" href="https://www.cisa.gov/all.xml"/><link href="https://owl.example/"/>'
    )
    assert parsed(atom(head=own)).source.id == "cisa-advisories"
    in_rss = rss(FULL).replace(
        "<item>",
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self"'
        ' href="https://www.cyber.gov.au/rss/alerts"/><item>',
    )
    assert parsed(in_rss).source.id == "acsc"


def test_a_feed_that_nobody_knows_is_red_and_not_judged() -> None:
    source = parsed(rss(FULL, title="Fox &amp;amp; owl")).source
    assert (source.title, source.tlp, source.reliability) == ("Fox & owl", "RED", "F")
    nameless = rss(FULL, title="", link="")
    assert parsed(nameless, "stick/fox.xml").source.id == "local-fox"
    assert parsed(nameless, url="https://fox.example/x").source.id == "local-fox-example"


def test_the_source_that_a_person_names_is_taken() -> None:
    chosen = known("our-feed")
    text = payload(rss(FULL, link="https://www.cisa.gov/"))
    assert parse_feed(text, context(chosen)).source is chosen
    assert parse_feed(text, context(None, "acsc")).source.id == "local-fox-news"


def test_a_feed_without_items_says_nothing() -> None:
    changes = parsed(rss())
    assert (changes.records, changes.documents, changes.quarantined) == ((), (), ())


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "source", "items", "statements", "newest"),
    [
        ("cert-eu-security-advisories.xml", "cert-eu", 5, 27, "2026-08-19T16:13:47.000000Z"),
        ("cisa-all-first-item.xml", "cisa-advisories", 1, 6, "2026-08-31T12:00:00.000000Z"),
        ("ncsc-uk-news.xml", "ncsc-uk", 4, 16, "2026-08-04T12:00:00.000000Z"),
    ],
)
def test_real_feeds_are_read_whole(
    name: str, source: str, items: int, statements: int, newest: str
) -> None:
    changes = parsed(read(f"rss/{name}"), name)
    assert (changes.source.id, changes.quarantined) == (source, ())
    assert len(changes.records) == len(changes.documents) == items
    assert sum(len(record.statements) for record in changes.records) == statements
    assert max(record.edition for record in changes.records) == newest
    assert all(document.url.startswith("https://") for document in changes.documents)
    texts = said(changes, "named") + said(changes, "described-as")
    assert [text for text in texts if "<" in text or "&" in text.replace(" & ", "")] == []
