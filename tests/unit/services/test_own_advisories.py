"""The government publications that come with the program: whole, sourced, coded, in our words."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from feed_samples import vocabulary
from shared_data import FOLDER, needs_shared_data
from shared_runs import NOTES, catalogued, noted, shared
from store_samples import rows, source

from briefing.core.advisory import IN_OUR_WORDS, LinkBasis
from briefing.core.profile import WORDS_MAX
from briefing.feeds.advisory_pages import numbered_id, page_key
from briefing.feeds.attack_names import AttackName
from briefing.feeds.guidance import parse_actions
from briefing.feeds.own_advisories import SOURCE, Known, advisory_changes
from briefing.feeds.payload import Payload
from briefing.paths import data_folder
from briefing.services.build_database import read_release
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.inspect_database import describe_database
from briefing.services.task import Task
from briefing.store.advisories import advisories_of, list_advisories, open_advisory
from briefing.store.apply import apply_changes
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild

FILES = sorted((data_folder() / "advisories").glob("*.toml"))
PUBLICATIONS = NOTES / "government-publications.json"
ENTRIES: dict[str, dict[str, Any]] = {
    entry["id"]: entry
    for path in FILES
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["advisory"]
}
WRITTEN = {name: entry for name, entry in ENTRIES.items() if "abstract" in entry}
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def texts(entry: dict[str, Any]) -> Iterator[str]:
    """Every sentence of ours about a publication; its title is its issuer's."""
    yield entry.get("abstract", "")
    yield entry.get("audience", "")
    yield from (step["text"] for step in entry.get("do", ()))


@pytest.fixture(scope="module")
def bundle(bundled_database: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(bundled_database)) as opened:
        yield opened


def test_as_many_are_there_as_were_promised(bundle: KnowledgeFile) -> None:
    counts = describe_database(bundle).counts
    assert counts["advisories"] == len(ENTRIES) >= 150
    assert counts["statements_without_source"] == 0
    assert len(WRITTEN) >= 40
    promised = {"aa22-131a", "nis-ncsc-dprk-supply-chain", "cisa-insights-msp-customers"}
    assert promised <= WRITTEN.keys()


@pytest.mark.skipif(not PUBLICATIONS.is_file(), reason="The notes (../shared/facts) are not here.")
def test_every_publication_that_was_listed_is_there_with_all_it_is_cited_for() -> None:
    held: dict[str, set[str]] = {}
    for entry in ENTRIES.values():
        for url in (entry["url"], *entry.get("other_urls", ())):
            held.setdefault(page_key(url), set()).update(entry.get("cited_for", ()))
    for one in orjson.loads(PUBLICATIONS.read_bytes()):
        assert set(one["cited_for"]) <= held[page_key(one["url"])], one["title"]


def test_everything_it_is_linked_to_leads_to_something_bundled_or_listed_beside_it(
    bundle: KnowledgeFile,
) -> None:
    listed = {
        entry["stix"]
        for entry in tomllib.loads((data_folder() / "attack.toml").read_text("utf-8"))["object"]
    }
    held = {native for (native,) in rows(bundle.connection, "SELECT native_id FROM record")}
    linked = rows(
        bundle.connection,
        "SELECT DISTINCT s.subject FROM statement s JOIN record r ON r.id = s.record"
        " WHERE r.source = 'threat-briefing-advisories' AND s.predicate = 'mentioned-in'",
    )
    assert len(linked) > 200
    for (native,) in linked:
        assert native.startswith("CVE-") or native in held | listed, native
    assert not listed & held


def test_no_address_leads_to_two_publications_and_all_are_https() -> None:
    pages: dict[str, str] = {}
    for name, entry in ENTRIES.items():
        for url in (entry["url"], *entry.get("other_urls", ())):
            parts = urlsplit(url)
            assert (parts.scheme, bool(parts.hostname)) == ("https", True), url
            assert pages.setdefault(page_key(url), name) == name, url


def test_nothing_lies_in_the_future_of_the_release() -> None:
    released = read_release((data_folder() / "sources.toml").read_bytes())["own_texts"][:10]
    for path in FILES:
        assert tomllib.loads(path.read_text(encoding="utf-8"))["recorded"] <= released
    for entry in ENTRIES.values():
        assert entry.get("published", "") <= entry.get("updated", "9") <= "9"
        assert max(entry.get("published", ""), entry.get("updated", "")) <= released


@pytest.mark.parametrize("entry", WRITTEN.values(), ids=WRITTEN.keys())
def test_sentences_are_short_whole_and_free_of_shouting(entry: dict[str, Any]) -> None:
    assert 3 <= len(entry["do"]) <= 7
    assert {step["action"] for step in entry["do"] if "action" in step}
    for text in texts(entry):
        assert not set(text) & set("!\"'"), text
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            assert len(sentence.split()) <= WORDS_MAX, sentence


def test_the_steps_point_at_actions_of_the_guidance_that_are_there(bundle: KnowledgeFile) -> None:
    name = "actions.toml"
    payload = (data_folder() / "guidance" / name).read_bytes()
    titles = {action.id: action.do for action in parse_actions(payload, name)}
    held = open_advisory(
        bundle.connection, read_labels(bundle.connection), numbered_id("AA22-131A")
    )
    written = WRITTEN["aa22-131a"]["do"]
    assert [row.text for row in held.advice] == [step["text"] for step in written]
    assert [row.action for row in held.advice] == [
        titles.get(step.get("action", ""), "") for step in written
    ]
    assert {row.kind for row in held.advice} == {IN_OUR_WORDS}


def test_an_advisory_says_who_issued_it_for_whom_it_is_and_that_the_words_are_ours(
    bundle: KnowledgeFile,
) -> None:
    held = open_advisory(
        bundle.connection, read_labels(bundle.connection), numbered_id("AA24-060A")
    )
    assert (held.row.issuer, held.row.number) == ("CISA", "AA24-060A")
    assert held.issuers == ("CISA", "FBI", "MS-ISAC")
    assert held.in_our_words
    assert held.audience == (WRITTEN["aa24-060a"]["audience"],)
    assert {one.place.code for one in held.concerned} == set(WRITTEN["aa24-060a"]["sectors"])
    assert set(held.row.about_sectors) == set(WRITTEN["aa24-060a"]["sectors"])
    # That the sectors are warned does not say that a product is in use there.
    assert (held.deployments, held.row.sectors) == ((), ())


def test_a_link_says_whether_it_is_stated_cited_or_our_reading(bundle: KnowledgeFile) -> None:
    connection = bundle.connection
    held = open_advisory(connection, read_labels(connection), numbered_id("AA23-320A"))
    bases = {link.attack_id: link.basis for link in held.links}
    assert bases["G1015"] is LinkBasis.STATED
    assert bases["T1566.004"] is LinkBasis.READING
    old = open_advisory(connection, read_labels(connection), numbered_id("TA18-106A"))
    assert {link.basis for link in old.links} == {LinkBasis.CITED}


def test_an_actor_has_what_names_it_and_what_is_cited_for_it(bundle: KnowledgeFile) -> None:
    ((actor,),) = rows(bundle.connection, "SELECT id FROM actor WHERE attack_id = 'G0032'")
    found = {one.id: one.basis for one in advisories_of(bundle.connection, actor)}
    assert found[numbered_id("AA22-108A")] is LinkBasis.STATED
    assert found[numbered_id("AR18-221A")] is LinkBasis.CITED


def test_what_is_cited_says_on_which_page_of_attack_it_is(bundle: KnowledgeFile) -> None:
    cited = rows(
        bundle.connection,
        "SELECT s.object, d.url FROM statement s JOIN citation c ON c.statement = s.id"
        " AND c.place = 1 JOIN document d ON d.id = c.document WHERE s.value = 'T1583.001'",
    )
    page = "https://attack.mitre.org/techniques/T1583/001/"
    assert (numbered_id("AA20-258A"), page) in cited


def test_no_run_of_words_is_that_of_a_catalogue(bundle: KnowledgeFile) -> None:
    ours = {name: tuple(texts(entry)) for name, entry in WRITTEN.items()}
    assert shared(ours, catalogued(bundle.connection)) == {}


@pytest.mark.skipif(not NOTES.is_dir(), reason="The notes (../shared/facts) are not here.")
def test_no_run_of_words_is_that_of_the_notes() -> None:
    ours = {name: tuple(texts(entry)) for name, entry in WRITTEN.items()}
    assert shared(ours, noted()) == {}
    assert shared(
        {"title": ["Protecting Against Cyber Threats to Managed Service Providers"]}, noted()
    )


OWN = """
recorded = "2026-11-24"
tlp = "CLEAR"
credibility = 2

[[advisory]]
id = "the-same"
{number}
kind = "advisory"
title = "Known here already"
issuers = ["agency"]
url = "{url}"
"""


def taken(path: Path, own: str, feed: Path) -> KnowledgeFile:
    """A database with one publication of ours, into which a real file of a feed is brought."""
    known = Known(vocabulary(), {"agency": "Agency"}, {"G0001": AttackName("x", "Fox")}, ())
    payload = Payload("one.toml", own.encode())
    changes = advisory_changes([payload], source(SOURCE, kind="own-text"), known)
    with closing(open_knowledge(path)) as connection, connection:
        apply_changes(connection, changes, taken_at="2026-11-24", applied_at="2026-11-24")
        rebuild(connection)
    knowledge = KnowledgeFile(path)
    context = feed_context(knowledge, data_folder())
    reading = read_paths([feed], context, Task.silent())
    done = apply_import(path, reading.incoming, Leave(), NOW, Task.silent())
    assert [one.error for one in done if one.error] == []
    return knowledge


@needs_shared_data
@pytest.mark.parametrize(
    ("number", "url", "feed", "title"),
    [
        (
            "",
            "https://www.cisa.gov/news-events/alerts/2026/08/31/"
            "cisa-adds-two-known-exploited-vulnerabilities-catalog",
            "rss/cisa-all-first-item.xml",
            "CISA Adds Two Known Exploited Vulnerabilities to Catalog",
        ),
        (
            "ICSA-17-012-02",
            "https://us-cert.cisa.gov/ics/advisories/ICSA-17-012-02",
            "csaf/OT/white/2017/icsa-17-012-02.json",
            "",
        ),
    ],
)
def test_what_a_feed_brings_of_the_same_page_or_number_is_one_advisory_of_two_sources(
    tmp_path: Path, number: str, url: str, feed: str, title: str
) -> None:
    own = OWN.format(number=f'number = "{number}"' if number else "", url=url)
    knowledge = taken(tmp_path / "knowledge.db", own, FOLDER / feed)
    with closing(knowledge):
        connection = knowledge.connection
        (row,) = list_advisories(connection)
        held = open_advisory(connection, read_labels(connection), row.id)
        told = rows(
            connection,
            "SELECT DISTINCT r.source FROM statement s JOIN record r ON r.id = s.record"
            " WHERE s.predicate = 'named' ORDER BY r.source",
        )
        assert len(told) == 2
        assert (SOURCE,) in told
        assert {entry.key for entry in held.sources} >= {name for (name,) in told}
        # What the feed calls it goes first: it is newer.
        assert row.title == title or not title
        assert "Agency" in held.issuers


@needs_shared_data
def test_an_item_of_a_feed_about_another_page_stays_another_advisory(tmp_path: Path) -> None:
    own = OWN.format(number="", url="https://www.cisa.gov/news-events/alerts/2026/08/30/other")
    feed = FOLDER / "rss/cisa-all-first-item.xml"
    with closing(taken(tmp_path / "knowledge.db", own, feed)) as knowledge:
        assert len(list_advisories(knowledge.connection)) == 2


@needs_shared_data
def test_the_campaigns_that_the_bundle_lacks_are_linked_once_attack_is_there(
    bundled_database: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))
    with closing(KnowledgeFile(path)) as knowledge:
        files = [FOLDER / "attack-enterprise-18.1-stix20.json.gz"]
        reading = read_paths(files, feed_context(knowledge, data_folder()), Task.silent())
        apply_import(path, reading.incoming, Leave(), NOW, Task.silent())
        connection = knowledge.connection
        held = open_advisory(connection, read_labels(connection), numbered_id("AA24-190A"))
        assert {link.name for link in held.linked("campaign")} == {
            "Leviathan Australian Intrusions"
        }
        medusa = open_advisory(connection, read_labels(connection), numbered_id("AA25-071A"))
        assert "G1051" in {link.attack_id for link in medusa.linked("actor")}
