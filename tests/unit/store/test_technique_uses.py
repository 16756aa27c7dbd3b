"""What several actors do, with who does it and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
from briefing.store.guidance import techniques_used
from briefing.store.labels import read_labels
from briefing.store.profiles import open_profile
from briefing.store.technique_uses import read_shared_uses


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(bundled_database)) as opened:
        yield opened


@pytest.fixture(scope="module")
def actors(knowledge: KnowledgeFile) -> list[str]:
    return [row.id for row in list_actors(knowledge.connection) if row.own_profile]


def test_each_actor_uses_what_its_profile_says(knowledge: KnowledgeFile, actors: list[str]) -> None:
    uses = read_shared_uses(knowledge.connection, actors)
    expected = techniques_used(knowledge.connection, actors)
    for actor, codes in zip(actors, expected, strict=True):
        assert {use.attack_id for use in uses if actor in use.actors} == codes
    assert max(len(use.actors) for use in uses) > 3


def test_what_most_of_them_do_comes_first_then_what_most_groups_do(
    knowledge: KnowledgeFile, actors: list[str]
) -> None:
    uses = read_shared_uses(knowledge.connection, actors)
    order = [(-len(use.actors), -use.groups, use.attack_id) for use in uses]
    assert order == sorted(order)


def test_of_one_actor_it_rests_on_the_statements_of_its_profile(
    knowledge: KnowledgeFile, actors: list[str]
) -> None:
    labels = read_labels(knowledge.connection)
    profile = open_profile(knowledge.connection, labels, actors[0])
    of_profile = {
        use.id: (set(use.basis.statements), set(use.basis.sources), use.groups)
        for stage in profile.stages
        for use in stage.techniques
    }
    uses = read_shared_uses(knowledge.connection, actors[:1])
    assert {
        use.id: (set(use.basis.statements), set(use.basis.sources), use.groups) for use in uses
    } == of_profile


def test_nobody_does_nothing(knowledge: KnowledgeFile) -> None:
    assert read_shared_uses(knowledge.connection, []) == ()
