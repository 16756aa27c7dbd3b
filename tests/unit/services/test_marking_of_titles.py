"""What titles tell marks a briefing though every block that tells it is left out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from advisory_samples import CISA, HERON_NEWS, PLAIN_NEWS, PUMPS, advisory
from advisory_samples import database as sample_database
from case_samples import claim, subject
from digest_briefs import TODAY, digest
from kept_cases import keep
from relevance_samples import BEAR, add
from store_samples import actor, changes, take

from briefing.core.brief import Brief
from briefing.core.brief_filter import BriefFilter
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.tlp import Tlp
from briefing.exports import navigator
from briefing.exports.manifest import manifest
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.since import Since
from briefing.services.verify_manifest import parsed
from briefing.store.connection import KnowledgeFile, open_writer


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writer(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def composed(path: Path, kind: str, about: str, **more: Any) -> Brief:
    with closing(KnowledgeFile(path)) as knowledge:
        return compose_brief(knowledge, BriefRequest(kind, about, **more))


def test_an_incidents_title_marks_a_page_on_which_no_section_stands(
    writer: sqlite3.Connection, path: Path
) -> None:
    keep(writer, path, [replace(subject(), tlp=Tlp.GREEN), claim("a")])
    # Both are sections of the full version, of which the page holds none.
    more = {"ceiling": Tlp.AMBER, "one_page": True, "sections": ("told", "all-claims")}
    brief = composed(path, "incident", "raid-2023", **more)
    assert "Raid on the harbour" in brief.title
    assert not brief.statements()
    assert brief.tlp is Tlp.GREEN


def test_whom_a_delivered_briefing_was_about_marks_what_changed_since(path: Path) -> None:
    named = StatementDraft(BEAR, Predicate.NAMED, value="Bear", tlp="GREEN")
    told = StatementDraft(BEAR, Predicate.HAPPENED, value="It broke in", first_seen="2024-01")
    add(path, actor(1, said=(named, told), value="Bear"))
    before = composed(path, "actor", BEAR, ceiling=Tlp.AMBER, sections=("timeline",))
    since = Since(parsed(manifest(before), "before"), "2026-01-01T00:00:00+00:00")
    brief = composed(path, "changes", "", ceiling=Tlp.AMBER, since=since)
    assert brief.subject == "Bear"
    assert brief.tlp is Tlp.GREEN


def test_a_digest_of_one_page_is_a_layer_that_names_only_the_sources_it_lists(
    tmp_path: Path,
) -> None:
    path = sample_database(tmp_path / "knowledge.db")
    brief = digest(path, one_page=True, sections=("open",))
    listed = {source.key for source in brief.sources}
    assert all(set(one.sources) <= listed for one in brief.objects)
    assert any(one.attack_id.startswith("T") for one in brief.objects)
    assert json.loads(navigator.render(brief))["techniques"]


def test_the_words_of_chosen_technology_mark_a_digest_whose_rows_are_of_other_technology(
    path: Path,
) -> None:
    add_notice(path, PUMPS, "2024-03-01", affects(PUMPS, "fortinet:fortios", "FortiOS"))
    guarded = affects(HERON_NEWS, "pumpworks:panel", "Panel of Heron", "RED")
    add_notice(path, HERON_NEWS, "2020-01-01", guarded)
    brief = narrowed(path)
    assert "FortiOS or Panel of Heron" in brief.parts[0].subtitle
    assert brief.tlp is Tlp.RED
    add_notice(path, PLAIN_NEWS, "2020-01-02", affects(PLAIN_NEWS, "pumpworks:panel", "Panel"))
    brief = narrowed(path)
    # Of several ways to write it that of the least guarded source is taken.
    assert "FortiOS or Panel" in brief.parts[0].subtitle
    assert "Heron" not in brief.parts[0].subtitle
    assert brief.tlp is Tlp.CLEAR


def narrowed(path: Path) -> Brief:
    """The advisories of 2024 on two things, of which those of that year concern one."""
    chosen = BriefFilter(technology=("fortinet:fortios", "pumpworks:panel"))
    more = {"filter": chosen, "period": ("2024-01-01", "2024-12-31"), "today": TODAY}
    return composed(path, "advisories", "", ceiling=Tlp.RED, one_page=True, **more)


def affects(native: str, code: str, words: str, tlp: str = "") -> StatementDraft:
    return StatementDraft(native, Predicate.AFFECTS, code, words, tlp=tlp)


def add_notice(path: Path, native: str, published: str, said: StatementDraft) -> None:
    notice, page = advisory(native, "A notice", issuer="Agency", published=published)
    record = replace(notice, statements=(*notice.statements, said))
    with closing(open_writer(path)) as connection:
        take(connection, path, changes(record, of=CISA, full=False, documents=[page]))
