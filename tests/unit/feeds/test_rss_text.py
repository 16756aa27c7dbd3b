"""Bytes of a feed as text: the encoding it is in, and what is HTML rather than XML put right."""

from __future__ import annotations

import pytest
from feed_samples import context, item, payload, rss, said

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError
from briefing.feeds.rss import parse_feed
from briefing.feeds.rss_text import MOST_REPAIRS


def parsed(text: bytes | str) -> ChangeSet:
    return parse_feed(payload(text), context())


UMLAUT = rss(item(title="Grüße – “Eule”", guid="1"))
JAPANESE = rss(item(title="注意喚起", guid="1"))


@pytest.mark.parametrize(
    ("text", "declared", "written"),
    [
        (UMLAUT, "utf-8", "utf-8"),
        (UMLAUT, "iso-8859-1", "utf-8"),
        (UMLAUT, "utf-8", "windows-1252"),
        (UMLAUT, "windows-1252", "windows-1252"),
        (UMLAUT, "iso-8859-1", "windows-1252"),
        (UMLAUT, "no-such-encoding", "utf-8"),
        (UMLAUT, "unicode_escape", "utf-8"),
        (UMLAUT, "utf-8", "utf-8-sig"),
        (UMLAUT, "utf-16", "utf-16"),
        (UMLAUT, "utf-16", "utf-16-be"),
        (UMLAUT, "utf-8", "utf-32"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "EUC-JP", "euc-jp"),
        (JAPANESE, "ISO-2022-JP", "iso-2022-jp"),
        (JAPANESE, "gb2312", "gb18030"),
    ],
)
def test_a_feed_is_read_in_the_encoding_it_is_written_in(
    text: str, declared: str, written: str
) -> None:
    data = text.replace('encoding="utf-8"', f'encoding="{declared}"').encode(written)
    assert said(parsed(data), "named") == said(parsed(text), "named")


def test_bytes_in_no_encoding_are_refused() -> None:
    with pytest.raises(BriefingError, match="is no text"):
        parsed(b"<rss>\x81\x8d\xff</rss>")


def test_space_and_line_breaks_before_the_declaration_do_no_harm() -> None:
    text = "\n\n " + rss(item(title="Owls")) + "<!-- made by hand -->\n"
    assert said(parsed(text), "named") == ["Owls"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fish & chips", "Fish & chips"),
        ("Fish&nbsp;chips &ndash; hot", "Fish chips – hot"),
        ("a &unheard-of; b", "a &unheard-of; b"),
        ("AT&T?a=1&b", "AT&T?a=1&b"),
        ("a\x00\x0b\x1fb", "ab"),
        ("a&#0;&#x1f;&#55296;&#1114112;b", "ab"),
        ("&#X41;&#66;", "AB"),
        ("1 &LT; 2 &amp; 3", "1 < 2 & 3"),
        ("<![CDATA[Fish & chips &copy; <b>hot</b>]]>", "Fish & chips © hot"),
        ("<![CDATA[a]]> & <![CDATA[b]]>", "a & b"),
        ("<![CDATA[ <![CDATA[ & ]]>", "&"),
    ],
)
def test_what_is_html_rather_than_xml_is_put_right(written: str, meant: str) -> None:
    feed = rss(f"<item><title>{written}</title></item>")
    assert said(parsed(feed), "named") == [meant]


def test_a_file_that_is_stray_signs_all_over_is_refused() -> None:
    with pytest.raises(BriefingError, match="stray “&”"):
        parsed(rss(f"<item><title>{'& ' * (MOST_REPAIRS + 1)}</title></item>"))
