"""What an actor briefing speaks of: the things on which its blocks rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.core.brief import Brief
from briefing.core.tlp import Tlp
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(bundled_database)
    yield opened
    opened.close()


def brief_on(knowledge: KnowledgeFile, name: str, sections: tuple[str, ...] | None = None) -> Brief:
    actor = next(row.id for row in list_actors(knowledge.connection) if row.name == name)
    return compose_brief(knowledge, BriefRequest("actor", actor, sections=sections))


def test_the_actor_comes_first_with_its_number_and_the_briefings_marking(
    knowledge: KnowledgeFile,
) -> None:
    brief = brief_on(knowledge, "APT28")
    first = brief.objects[0]
    assert (first.type, first.name, first.attack_id) == ("intrusion-set", "APT28", "G0007")
    assert first.tlp is brief.tlp


def test_techniques_and_software_are_those_on_which_blocks_rest(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, "APT28")
    assert {one.type for one in brief.objects} == {
        "intrusion-set",
        "attack-pattern",
        "malware",
        "tool",
    }
    techniques = {one.attack_id: one for one in brief.objects if one.type == "attack-pattern"}
    assert techniques["T1566.001"].groups > 1
    listed = {source.key for source in brief.sources}
    assert all(set(one.sources) <= listed for one in brief.objects)
    assert all(one.tlp <= brief.tlp for one in brief.objects)
    assert len({one.id for one in brief.objects}) == len(brief.objects)


def test_a_briefing_without_those_sections_does_not_speak_of_them(
    knowledge: KnowledgeFile,
) -> None:
    brief = brief_on(knowledge, "APT28", ("names",))
    assert [one.type for one in brief.objects] == ["intrusion-set"]
    assert brief.tlp is Tlp.CLEAR
