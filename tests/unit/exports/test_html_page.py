"""HTML: one file that asks for nothing and says all that the briefing says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from brief_words import words_of
from html_reading import Page, squeezed
from sample_brief import WITHHELD_CANARY, appendix, full, gamaredon, one_page, unbranded
from sample_brief_parts import incident_part

from briefing.analysis.contrast import FOR_GRAPHICS, FOR_TEXT, contrast
from briefing.core.brief import (
    Block,
    Brand,
    Brief,
    Mark,
    Note,
    Paragraph,
    Part,
    Section,
    Table,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import html
from briefing.exports.html_section import kept_together
from briefing.exports.html_style import css_string, readable
from briefing.exports.manifest import manifest
from briefing.paths import resources_folder

FONT = re.compile(r"data:font/woff;base64,[A-Za-z0-9+/=]+")
MEDIA = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]+")


class Odd(Block):
    """A block that nobody knows."""


@pytest.fixture(scope="module")
def content() -> bytes:
    return html.render(gamaredon())


@pytest.fixture(scope="module")
def page(content: bytes) -> Page:
    return Page(content)


def style(content: bytes) -> str:
    (found,) = re.findall(r"<style>(.*?)</style>", content.decode("utf-8"), re.DOTALL)
    return str(found)


def brief_of(*blocks: Any, sources: Any = ()) -> Brief:
    parts = (Part("Part", "", (Section("s", "Section", blocks),)),)
    return replace(unbranded(), parts=parts, sources=sources)


def test_it_is_one_well_formed_document(page: Page) -> None:
    assert page.open == []
    assert page.odd == []
    assert [tag for tag, _ in page.tags[:2]] == ["html", "head"]
    assert page.named("html")[0]["lang"] == "en-GB"
    assert page.named("meta")[0] == {"charset": "utf-8"}


def test_its_policy_forbids_everything_that_is_not_inside_it(page: Page) -> None:
    (policy,) = (
        meta["content"] for meta in page.named("meta") if meta.get("http-equiv") is not None
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert page.tags.index(("meta", page.named("meta")[1])) < len(page.tags)
    assert page.tags[3][1].get("http-equiv") == "Content-Security-Policy"


def test_nothing_in_it_runs_or_is_fetched(page: Page, content: bytes) -> None:
    forbidden = {"script", "iframe", "object", "embed", "link", "base", "form", "audio", "video"}
    assert not page.names & forbidden
    assert not [name for _, found in page.tags for name in found if name.startswith("on")]
    assert all(MEDIA.fullmatch(source) for source in page.values("src"))
    addresses = re.findall(r"url\((.*?)\)", style(content))
    assert len(addresses) == 1
    assert all(FONT.fullmatch(address.strip("\"'")) for address in addresses)
    assert "@import" not in style(content)


def test_links_lead_into_the_file_or_to_https(page: Page) -> None:
    targets = page.values("href")
    inside = [target for target in targets if target.startswith("#")]
    outside = [target for target in targets if not target.startswith("#")]
    assert inside
    assert outside
    assert all(target.startswith("https://") for target in outside)
    assert {target[1:] for target in inside} <= set(page.values("id"))


def test_no_id_is_given_twice(page: Page) -> None:
    ids = page.values("id")
    assert len(set(ids)) == len(ids)


def test_every_word_of_the_briefing_is_on_the_page(page: Page) -> None:
    shown = squeezed(page.words)
    missing = [words for words in words_of(gamaredon()) if squeezed(words) not in shown]
    assert missing == []


def test_a_mark_leads_to_its_source_and_the_source_back(page: Page) -> None:
    brief = gamaredon()
    marks = [found for found in page.named("a") if found.get("role") == "doc-noteref"]
    assert marks
    ids = set(page.values("id"))
    assert {f"source-{number}" for number in range(1, len(brief.sources) + 1)} <= ids
    back = [found["href"] for found in page.named("a") if found["href"].startswith("#mark-")]
    first = {found["id"] for found in marks if "id" in found}
    assert {target[1:] for target in back} <= first
    assert len(back) > len(brief.sources)


def test_sources_are_added_where_no_part_lists_them() -> None:
    page = Page(html.render(replace(unbranded(), parts=(full(),))))
    assert "source-12" in page.values("id")


def test_the_marking_stands_first_and_last(content: bytes) -> None:
    for brief in (gamaredon(), unbranded()):
        words = Page(html.render(replace(brief, tlp=Tlp.AMBER_STRICT))).words
        assert words.count("TLP:AMBER+STRICT") >= 3
        assert words.rstrip().endswith("TLP:AMBER+STRICT")
        assert "TLP:AMBER+STRICT" in words[:400]
    assert Tlp.CLEAR.meaning in Page(content).words


def test_every_printed_page_bears_the_marking(content: bytes) -> None:
    found = style(content)
    assert f"content: {css_string('TLP:CLEAR')}" in found
    assert "counter(page)" in found
    printed = found[found.index("@media print {\n  :root") :]
    assert ".running { display: table-header-group" in printed


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_heads_for_columns_and_rows(page: Page) -> None:
    scopes = [found.get("scope") for found in page.named("th")]
    assert set(scopes) == {"col", "row"}
    assert len(page.named("thead")) == len(page.named("table"))


def test_pictures_say_in_words_what_they_show(page: Page) -> None:
    (shown,) = (found for _, found in page.tags if found.get("role") == "img")
    assert shown["aria-label"].startswith("World map: Ukraine is named in 41 statements")
    assert all(found["alt"] for found in page.named("img"))


def test_contents_name_every_part_and_section(page: Page) -> None:
    brief = gamaredon()
    targets = page.values("href")
    for number, part in enumerate(brief.parts, start=1):
        assert f"#part-{number}" in targets
        for place, _ in enumerate(part.sections, start=1):
            assert f"#section-{number}-{place}" in targets


def test_likelihood_and_confidence_are_two_lines(content: bytes) -> None:
    markup = content.decode("utf-8")
    lines = re.findall(r"<div><dt>(Likelihood|Confidence)</dt>.*?</div>", markup)
    assert lines == ["Likelihood", "Confidence"] * 4


def test_the_manifest_can_be_read_back_exactly(content: bytes) -> None:
    assert html.embedded_manifest(content) == manifest(gamaredon())
    hostile = replace(unbranded(), title="</template><script>alert(1)</script>&amp;&lt;\u2028")
    assert html.embedded_manifest(html.render(hostile)) == manifest(hostile)
    found = html.embedded_manifest(content)
    assert found is not None
    assert json.loads(found)["subject"] == "Gamaredon Group"


def test_another_file_has_no_manifest() -> None:
    assert html.embedded_manifest(b"<p>template id=brief-json</p>") is None
    assert html.embedded_manifest(b"%PDF-1.7 \xff\xfe") is None


def test_nothing_withheld_is_in_it(content: bytes) -> None:
    assert WITHHELD_CANARY.encode() not in content


def test_what_a_presenter_may_be_asked_is_not_printed(content: bytes) -> None:
    assert b"Is the order a likelihood?" not in content


def test_the_same_brief_gives_the_same_bytes(content: bytes) -> None:
    assert html.render(gamaredon()) == content


def test_the_brand_replaces_the_accent_and_nothing_else() -> None:
    branded, plain = style(html.render(gamaredon())), style(html.render(unbranded()))
    assert "--accent: #7a1f5c" in branded
    assert "#7a1f5c" not in plain
    sheet = (resources_folder() / "html" / "brief.css").read_text("utf-8")
    assert sheet in branded
    assert sheet in plain
    for token in ("--claim", "--evidence", "--ink", "--seq-4", "--cc"):
        assert branded.count(f"{token}:") == plain.count(f"{token}:")


def test_a_logo_stands_on_the_cover_or_else_at_the_head() -> None:
    with_cover = Page(html.render(gamaredon()))
    assert [found["alt"] for found in with_cover.named("img")] == ["Example Consulting"]
    without = Page(html.render(replace(gamaredon(), cover=False)))
    assert len(without.named("img")) == 1
    assert not Page(html.render(unbranded())).named("img")


def test_a_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(BriefingError, match="logo"):
        html.render(replace(gamaredon(), brand=Brand("X", b"<script>alert(1)</script>")))


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(BriefingError, match="not a colour"):
        html.render(replace(gamaredon(), brand=Brand("X", primary="red;}body{")))


def test_a_document_in_the_programs_own_look_has_no_cover() -> None:
    assert "cover" not in Page(html.render(unbranded())).values("class")


def test_a_part_alone_is_a_document() -> None:
    for part in (one_page(), full(), incident_part(), appendix()):
        page = Page(html.render(replace(unbranded(), parts=(part,), made_from=())))
        assert page.open == []
    assert Page(html.render(replace(unbranded(), parts=(), sources=()))).open == []


def test_a_block_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(TypeError, match="HTML does not know the block Odd"):
        html.render(brief_of(Odd()))


def test_a_node_of_a_note_that_nobody_knows_is_an_error() -> None:
    odd: Any = Odd()
    with pytest.raises(TypeError, match="HTML does not know the node Odd"):
        html.render(brief_of(Note((odd,))))


def test_a_source_that_is_not_listed_is_refused() -> None:
    with pytest.raises(BriefingError, match="does not list"):
        html.render(brief_of(Paragraph((Mark(("nobody",)),))))


def test_half_a_character_is_refused_in_a_sentence() -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        html.render(brief_of(Paragraph(spans("\ud800"))))


def test_a_long_table_may_break_on_paper_and_short_blocks_stay_together() -> None:
    row = (spans("a"),)
    table = Table((), ())
    short, long = replace(table, rows=(row,) * 5), replace(table, rows=(row,) * 50)
    kept = list(kept_together(Section("s", "S", (short, short, long, short))))
    assert [(len(blocks), is_long) for blocks, is_long in kept] == [
        (2, False),
        (1, True),
        (1, False),
    ]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


def themes() -> Iterator[dict[str, str]]:
    sheet = (resources_folder() / "html" / "brief.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\n *\}", sheet, re.DOTALL)[:2]
    yield tokens(light)
    yield {**tokens(light), **tokens(dark)}


@pytest.mark.parametrize("theme", list(themes()), ids=("light", "dark"))
def test_text_can_be_read_on_its_ground(theme: dict[str, str]) -> None:
    pairs = [(text, "paper") for text in ("ink", "ink-2", "ink-3", "accent", "claim", "evidence")]
    pairs += [("ink", f"{mark}") for mark in ("cc", "c", "n", "i", "ii")]
    pairs += [(f"on-{step}", f"seq-{step}") for step in range(1, 6)]
    pairs += [("claim", "claim-ground"), ("ink-3", "mist-2"), ("on-band", "band")]
    low = {pair: contrast(theme[pair[0]], theme[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < FOR_TEXT} == {}
    assert contrast(theme["control"], theme["paper"]) >= FOR_GRAPHICS


@pytest.mark.parametrize("colour", ["#000000", "#0b3c78", "#7a1f5c", "#ffffff", "#182029"])
def test_a_brands_colour_can_be_read_in_the_dark(colour: str) -> None:
    assert contrast(readable(colour, "#182029"), "#182029") >= FOR_TEXT


def test_a_string_of_css_ends_where_it_should() -> None:
    assert css_string('a"b\\c</style>') == r'"a\22 b\5c c\3c \2f style\3e "'
    assert css_string("é 1") == r'"\e9  1"'
