"""An actor's briefing is marked by its titles and the names in it too, not by its blocks alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from relevance_samples import BEAR, PANDA, add
from store_samples import actor

from briefing.core.brief import Brief
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.tlp import Tlp
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.connection import KnowledgeFile

TOLD = StatementDraft(BEAR, Predicate.HAPPENED, value="It broke in", first_seen="2024-01")


def named(subject: str, name: str, tlp: str = "") -> StatementDraft:
    return StatementDraft(subject, Predicate.NAMED, value=name, tlp=tlp)


def composed(path: Path, *sections: str, **more: Any) -> Brief:
    with closing(KnowledgeFile(path)) as knowledge:
        request = BriefRequest("actor", BEAR, Tlp.AMBER, sections=sections or None, **more)
        return compose_brief(knowledge, request)


def test_the_name_in_the_title_marks_a_briefing_that_leaves_names_out(path: Path) -> None:
    add(path, actor(1, said=(named(BEAR, "Bear", "GREEN"), TOLD), value="Bear"))
    brief = composed(path, "events")
    assert "Bear" in brief.title
    assert brief.tlp is Tlp.GREEN


def test_what_the_title_tells_marks_it_though_no_section_tells_it(path: Path) -> None:
    aims = StatementDraft(BEAR, Predicate.TARGETS_SECTOR, "energy", "energy", tlp="AMBER")
    placed = StatementDraft(BEAR, Predicate.LOCATED_IN, "RU", "Russia", tlp="GREEN")
    add(path, actor(1, "Bear", said=(placed, TOLD)))
    assert "Russia" in composed(path, "events").title
    assert composed(path, "events").tlp is Tlp.GREEN
    add(path, actor(1, "Bear", said=(placed, TOLD, aims), more="a second release"))
    assert "1 sector" in composed(path, "events").title
    assert composed(path, "events").tlp is Tlp.AMBER


def test_the_name_of_another_actor_marks_the_briefing_that_names_it(path: Path) -> None:
    overlaps = StatementDraft(BEAR, Predicate.OVERLAPS_WITH, PANDA, "similar")
    add(path, actor(1, "Bear", said=(overlaps, TOLD)))
    add(path, actor(2, said=(named(PANDA, "Panda", "GREEN"),), value="Panda"))
    assert composed(path, "related").tlp is Tlp.GREEN
    assert "Panda" not in repr(composed(path, "events"))
    assert composed(path, "events").tlp is Tlp.CLEAR


def test_only_what_was_printed_says_what_a_briefing_was_made_from(path: Path) -> None:
    add(path, actor(1, "Bear", said=(TOLD,)))
    aims = StatementDraft(BEAR, Predicate.HAS_GOAL, "exfiltration", "espionage")
    add(path, actor(1, "Bear", said=(aims,)), of="guarded", tlp="GREEN")
    brief = composed(path, "timeline")
    assert [one.title for one in brief.made_from] == ["Feed-A"]
    assert brief.tlp is Tlp.CLEAR


def test_a_name_that_somebody_gives_openly_is_open_though_others_guard_it(path: Path) -> None:
    add(path, actor(1, "Bear", said=(TOLD,)))
    add(path, actor(1, "Bear"), of="guarded", tlp="AMBER")
    assert composed(path, "events").tlp is Tlp.CLEAR


def test_who_coined_the_name_marks_the_line_under_the_title(path: Path) -> None:
    coined = StatementDraft(
        BEAR, Predicate.NAMED, value="Bear", detail={"coined_by": "Vendor"}, tlp="GREEN"
    )
    add(path, actor(1, "Bear", said=(TOLD, coined)))
    brief = composed(path, "events")
    assert "Vendor" in brief.parts[0].subtitle
    assert brief.tlp is Tlp.GREEN
