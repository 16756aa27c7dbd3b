"""What feeds get wrong or write oddly: each is read the one way that was meant."""

from __future__ import annotations

import pytest
from feed_samples import atom, context, item, payload, rdf, rss, said

from briefing.core.changes import ChangeSet, stable_id
from briefing.feeds.rss import parse_feed


def parsed(text: bytes | str) -> ChangeSet:
    return parse_feed(payload(text), context())


def addresses(changes: ChangeSet) -> list[str]:
    return [document.url for document in changes.documents]


CISA = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xml:base="https://www.cisa.gov/"><channel><title>Everything</title>
<link>https://www.cisa.gov/</link><item>
<title>Two flaws in a &lt;em&gt;heron&lt;/em&gt; pump</title>
<link>/news/heron</link><pubDate>Mon, 31 Aug 26 12:00:00 +0000</pubDate>
<description>&lt;p&gt;Herons&amp;nbsp;use &lt;a href=&quot;https://www.cve.org/CVERecord?id=CVE-2026-10003&quot;&gt;
CVE-2026-10004&lt;/a&gt;.&amp;nbsp;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Patch&lt;/li&gt;&lt;/ul&gt;</description>
<guid isPermaLink="false">/node/17</guid></item></channel></rss>"""
NCSC = """<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"
xml:base="https://www.ncsc.gov.uk/"><channel><title>News</title><link>https://www.ncsc.gov.uk/</link>
<item><title>Partners name the “quiet” heron group</title><dc:creator/>
<link>https://www.ncsc.gov.uk/news/heron</link><description>They hunt at dusk.</description>
<pubDate>Thu, 23 Jul 2026 12:00:00 BST</pubDate>
<guid isPermaLink="true">https://www.ncsc.gov.uk/news/heron</guid></item></channel></rss>"""
CERT_EU = """<rss version="2.0"><channel><title>Latest</title>
<link>https://cert.europa.eu/publications/</link><ttl>1440</ttl><item>
<title>2026-099: A flaw in heron pumps (&#34;Dry Beak&#34;)</title><link>
   https://cert.europa.eu/publications/2026-099/
</link><description>Herons drain ponds.&lt;br&gt;
Patch them.&lt;br&gt;
</description><pubDate>Wed, 19 Aug 2026 01:13:47 CEST</pubDate>
<guid>security-advisories-99</guid></item></channel></rss>"""
CERT_FR = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel><title>CERT-FR</title>
<link>https://www.cert.ssi.gouv.fr/</link>
<atom:link href="https://www.cert.ssi.gouv.fr/feed/" rel="self"/>
<item><title>Vuln&#233;rabilit&#233; dans la pompe (29 juin 2026)</title>
<link>https://www.cert.ssi.gouv.fr/avis/A-1/</link><guid>https://www.cert.ssi.gouv.fr/avis/A-1/</guid>
<description><![CDATA[Le héron <b>vide</b> l'étang & part.]]></description>
<pubDate>Mon, 29 Jun 2026 00:00:00 +0000</pubDate></item></channel></rss>"""
JPCERT = rdf(
    '<item rdf:about="https://www.jpcert.or.jp/english/at/2026/at1.html">'
    "<title>Alert on heron pumps</title>"
    "<link>https://www.jpcert.or.jp/english/at/2026/at1.html</link>"
    "<dc:date>2026-09-09T08:36+09:00</dc:date></item>"
)
ACSC = rss(
    item(
        title="Herons in Australian ponds",
        link="https://www.cyber.gov.au/alerts/heron?utm_source=rss",
        guid="heron-2026",
        pubDate="Tue, 01 Sep 2026 09:15:00 AEST",
        description="Patch.",
    ),
    link="https://www.cyber.gov.au/",
)


@pytest.mark.parametrize(
    ("text", "key", "title", "summary", "edition", "page"),
    [
        (
            CISA,
            ("cisa-advisories", "/node/17"),
            "Two flaws in a heron pump",
            "Herons use CVE-2026-10004.\n\n• Patch",
            "2026-08-31T12:00:00.000000Z",
            "https://www.cisa.gov/news/heron",
        ),
        (
            NCSC,
            ("ncsc-uk", "https://www.ncsc.gov.uk/news/heron"),
            "Partners name the “quiet” heron group",
            "They hunt at dusk.",
            "2026-07-23T11:00:00.000000Z",
            "https://www.ncsc.gov.uk/news/heron",
        ),
        (
            CERT_EU,
            ("cert-eu", "security-advisories-99"),
            '2026-099: A flaw in heron pumps ("Dry Beak")',
            "Herons drain ponds.\nPatch them.",
            "2026-08-18T23:13:47.000000Z",
            "https://cert.europa.eu/publications/2026-099/",
        ),
        (
            CERT_FR,
            ("cert-fr", "https://www.cert.ssi.gouv.fr/avis/A-1/"),
            "Vulnérabilité dans la pompe (29 juin 2026)",
            "Le héron vide l'étang & part.",
            "2026-06-29T00:00:00.000000Z",
            "https://www.cert.ssi.gouv.fr/avis/A-1/",
        ),
        (
            JPCERT,
            ("jpcert", "https://www.jpcert.or.jp/english/at/2026/at1.html"),
            "Alert on heron pumps",
            None,
            "2026-09-08T23:36:00.000000Z",
            "https://www.jpcert.or.jp/english/at/2026/at1.html",
        ),
        (
            ACSC,
            ("acsc", "heron-2026"),
            "Herons in Australian ponds",
            "Patch.",
            "2026-08-31T23:15:00.000000Z",
            "https://www.cyber.gov.au/alerts/heron?utm_source=rss",
        ),
    ],
    ids=["CISA", "NCSC-UK", "CERT-EU", "CERT-FR", "JPCERT", "ACSC"],
)
def test_the_quirks_of_each_authority_are_read_as_meant(
    text: str, key: tuple[str, ...], title: str, summary: str | None, edition: str, page: str
) -> None:
    changes = parsed(text)
    (record,) = changes.records
    assert changes.source.id == key[0]
    assert record.native_id == stable_id("advisory", *key)
    assert said(changes, "named") == [title]
    assert said(changes, "described-as") == ([summary] if summary else [])
    assert record.edition == edition
    assert addresses(changes) == [page]


def test_a_day_is_the_day_that_was_written_and_not_that_of_greenwich() -> None:
    (record,) = parsed(CERT_EU).records
    assert [s.first_seen for s in record.statements if s.object == "published"] == ["2026-08-19"]


def test_an_id_in_the_address_of_a_link_is_mentioned_too() -> None:
    assert said(parsed(CISA), "mentioned-in") == ["CVE-2026-10003", "CVE-2026-10004"]


def test_an_item_edited_in_place_keeps_its_id_and_changes_its_content() -> None:
    before = item(title="Owls", guid="1", description="One flaw.")
    after = item(title="Owls, updated", guid="1", description="Two flaws.")
    (old,), (new,) = parsed(rss(before)).records, parsed(rss(after)).records
    assert old.native_id == new.native_id
    assert old.sha256() != new.sha256()


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"guid": "g", "link": "https://fox.example/1", "title": "T"}, "g"),
        ({"link": "https://fox.example/1", "title": "T"}, "https://fox.example/1"),
        ({"link": "javascript:alert(1)", "title": "T"}, "T"),
        ({"title": "T", "description": "D"}, "T"),
        ({"description": "D"}, "D"),
        ({"guid": "  g\n "}, "g"),
    ],
)
def test_an_item_is_known_by_the_first_of_identifier_link_title_and_text(
    fields: dict[str, str], key: str
) -> None:
    (record,) = parsed(rss(item(**fields))).records
    assert record.native_id == stable_id("advisory", "local-fox-news", key)


@pytest.mark.parametrize(
    ("fields", "name", "where_from"),
    [
        ({"description": "Herons <b>drain</b> ponds."}, "Herons drain ponds.", "text"),
        ({"link": "https://fox.example/1"}, "https://fox.example/1", "identifier"),
        ({"guid": "g-1"}, "g-1", "identifier"),
        ({"title": "Owls", "description": "Herons."}, "Owls", None),
    ],
)
def test_an_item_without_a_title_is_named_by_what_it_has(
    fields: dict[str, str], name: str, where_from: str | None
) -> None:
    (record,) = parsed(rss(item(**fields))).records
    named = record.statements[0]
    assert (named.value, named.detail.get("from")) == (name, where_from)


def test_an_item_without_a_date_has_no_edition_and_states_none() -> None:
    changes = parsed(rss(item(title="Owls")))
    assert changes.records[0].edition == ""
    assert said(changes, "happened") == []


def test_a_date_that_cannot_be_read_is_kept_as_written() -> None:
    (record,) = parsed(rss(item(title="Owls", pubDate="at dusk"))).records
    (date,) = [s for s in record.statements if s.predicate.value == "happened"]
    assert (date.value, date.first_seen, record.edition) == ("at dusk", "", "")


def test_an_item_that_says_nothing_is_put_aside() -> None:
    changes = parsed(rss(item(title="Owls"), item(category="Empty"), item(title=" ", guid="")))
    assert said(changes, "named") == ["Owls"]
    said_nothing = "it has no identifier, no link, no title and no text."
    assert [entry.reason for entry in changes.quarantined] == [
        f"Item 2: {said_nothing}",
        f"Item 3: {said_nothing}",
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_items_with_one_identifier_the_later_is_taken(turned: bool) -> None:
    old = item(title="Old", guid="1", pubDate="2026-08-01")
    new = item(title="New", guid="1", pubDate="2026-08-02")
    changes = parsed(rss(*([new, old] if turned else [old, new])))
    assert said(changes, "named") == ["New"]
    (put_aside,) = changes.quarantined
    assert put_aside.native_id == changes.records[0].native_id
    assert put_aside.reason.startswith("Item 2: “")


def test_of_two_equal_items_the_first_is_taken() -> None:
    changes = parsed(rss(item(title="First", guid="1"), item(title="Second", guid="1")))
    assert said(changes, "named") == ["First"]
    assert len(changes.quarantined) == 1


def test_two_items_about_one_page_cite_one_document() -> None:
    one = item(title="One", guid="1", link="https://fox.example/")
    two = item(title="Two", guid="2", link="https://fox.example/")
    changes = parsed(rss(one, two))
    assert [document.title for document in changes.documents] == ["One"]
    cited = {record.statements[0].documents for record in changes.records}
    assert cited == {(changes.documents[0].id,)}


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("../owls", ["https://fox.example/owls"]),
        ("//owl.example/1", ["https://owl.example/1"]),
        ("HTTP://Fox.example/A?utm_medium=rss#top", ["HTTP://Fox.example/A?utm_medium=rss#top"]),
        ("https://fox.example/?a=1&b=2", ["https://fox.example/?a=1&b=2"]),
        ("javascript:alert(1)", []),
        ("file:///etc/hostname", []),
        ("ftp://fox.example/", []),
        ("https://", []),
        ("https://[fox", []),
        ("//[fox", []),
        ("https://fox.example/a b", []),
        ("https://fox.example/" + "a" * 2000, []),
        ("", []),
    ],
)
def test_only_addresses_of_the_web_become_documents(link: str, page: list[str]) -> None:
    feed = rss(item(title="Owls", link=link), link="https://fox.example/news/")
    assert addresses(parsed(feed)) == page


@pytest.mark.parametrize(
    ("guid", "page"),
    [
        ("<guid>https://fox.example/1</guid>", ["https://fox.example/1"]),
        ('<guid isPermaLink="false">https://fox.example/1</guid>', []),
        ("<guid>fox-1</guid>", []),
    ],
)
def test_an_identifier_stands_in_for_a_link_where_it_says_so(guid: str, page: list[str]) -> None:
    feed = rss(f"<item><title>Owls</title>{guid}</item>")
    assert addresses(parsed(feed)) == page


def test_a_base_that_an_entry_names_counts_for_its_link() -> None:
    entry = '<entry xml:base="https://heron.example/a/"><title>T</title><link href="b"/></entry>'
    assert addresses(parsed(atom(entry))) == ["https://heron.example/a/b"]


def test_text_of_an_end_of_cdata_stays_text() -> None:
    feed = rss("<item><description>a ]]&gt; b ]]&gt;]]&gt; c</description></item>")
    (record,) = parsed(feed).records
    assert record.value()["summary"] == "a ]]> b ]]>]]> c"


def test_markup_that_is_not_escaped_is_read_as_markup() -> None:
    feed = rss("<item><description>Herons <b>drain</b><br/>ponds &lt;i&gt;</description></item>")
    assert said(parsed(feed), "described-as") == ["Herons drain\nponds"]


def test_what_belongs_to_others_is_not_taken_for_the_item() -> None:
    feed = rss(
        "<item><title>Owls</title><source url='https://heron.example/'>Heron</source>"
        "<media:group xmlns:media='http://search.yahoo.com/mrss/'><media:title>No</media:title>"
        "</media:group><author>a@heron.example</author><title>Second</title></item>"
    )
    (record,) = parsed(feed).records
    assert record.value() == {"title": "Owls"}


def test_long_texts_end_at_a_word_and_the_record_keeps_them_whole() -> None:
    text = "owl " * 2000
    changes = parsed(rss(item(title=text, description=text)))
    assert len(said(changes, "named")[0]) <= 500
    assert len(said(changes, "described-as")[0]) <= 4000
    assert said(changes, "described-as")[0].endswith("owl…")
    assert changes.records[0].value()["summary"] == text.strip()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("CVE-2026-10005, cve-2026-10006.", ["CVE-2026-10005", "CVE-2026-10006"]),
        ("(CVE-1999-0001)/CVE-2026-1234567-based", ["CVE-1999-0001", "CVE-2026-1234567"]),
        ("CVE-2026-10005 and CVE-2026-10005", ["CVE-2026-10005"]),
        ("XCVE-2026-10005 CVE-2026-123 CVE-26-10005 CVE-2026-10005-1 CVE-2026-10005x", []),
        ("CVE-2026-\u0661\u0662\u0663\u0664\u0665", []),
    ],
)
def test_only_exact_ids_of_vulnerabilities_are_mentioned(written: str, found: list[str]) -> None:
    assert said(parsed(rss(item(title=written))), "mentioned-in") == found
    in_content = (
        '<item><title>T</title><description>D</description><c:encoded xmlns:c="http://purl.org/'
        f'rss/1.0/modules/content/">{written}</c:encoded></item>'
    )
    changes = parsed(rss(in_content))
    assert (said(changes, "mentioned-in"), said(changes, "described-as")) == (found, ["D"])


def test_categories_are_tags_each_once() -> None:
    feed = rss(
        "<item><title>T</title><category>Mail &lt;b&gt;servers&lt;/b&gt;</category>"
        "<category domain='d'>Mail servers</category><category/><category>Owls</category>"
        '<s:subject xmlns:s="http://purl.org/dc/elements/1.1/">Ponds</s:subject></item>'
    )
    assert said(parsed(feed), "described-as", "tag") == ["Mail servers", "Owls", "Ponds"]
