"""One action a week for real clients over the bundled database."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.core.actor import ActorRow
from briefing.core.client import Client
from briefing.core.guidance import USES_MSP
from briefing.core.relevance import Relevance, RelevantActor
from briefing.services.guidance import ACTORS, first_actors, read_guidance
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile

MONDAY = date(2026, 11, 16)
PRACTICE = Client("A practice", sectors=("healthcare",), countries=("GB",), uses_msp=True)


@pytest.fixture(scope="module")
def real(bundled_database: Path) -> KnowledgeFile:
    return KnowledgeFile(bundled_database)


def relevance(*rows: ActorRow) -> Relevance:
    """A ranking of these actors, in their order."""
    return Relevance(
        ground="catalogue only",
        incidents=0,
        concerning=0,
        until="",
        data_as_of="2026-11-16",
        of=len(rows),
        actors=tuple(RelevantActor(row, 1.0, ()) for row in rows),
        supply_chain=(),
        technology=(),
        unmatched=(),
        missing=(),
        sources=(),
    )


@pytest.fixture(scope="module")
def known(real: KnowledgeFile) -> Relevance:
    """Six actors of which the most techniques are known."""
    ranked = sorted(list_actors(real.connection), key=lambda row: (-row.techniques, row.id))
    return relevance(*ranked[:6])


def test_only_the_first_actors_are_looked_at(known: Relevance) -> None:
    assert first_actors(known) == tuple(one.actor.id for one in known.actors[:ACTORS])
    assert first_actors(None) == first_actors(relevance()) == ()


def test_a_client_whose_computers_a_provider_runs_begins_with_that_provider(
    real: KnowledgeFile, known: Relevance
) -> None:
    found = read_guidance(real, known, PRACTICE, (), MONDAY)
    for one in found.actions:
        sys.stdout.write(f"\n{one.action.do}: {one.why_here}")
    first, second = found.actions[:2]
    assert first.action.helps == (USES_MSP,)
    assert first.of == second.of == ACTORS
    assert second.actors == ACTORS
    assert second.why_here.endswith("techniques; 5 of the 5 actors use at least one.")


def test_an_action_that_was_done_gives_way_to_the_next(
    real: KnowledgeFile, known: Relevance
) -> None:
    before = read_guidance(real, known, PRACTICE, (), MONDAY).actions
    after = read_guidance(real, known, PRACTICE, {before[0].action.id}, MONDAY).actions
    assert after[0] == before[1]
    assert (after[-1].action, after[-1].done) == (before[0].action, True)


def test_for_nobody_the_action_changes_every_monday(real: KnowledgeFile) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(7 * 12)]
    firsts = [read_guidance(real, None, None, (), day).actions[0].action.id for day in days[::1]]
    weeks = [firsts[start : start + 7] for start in range(0, len(firsts), 7)]
    assert all(len(set(week)) == 1 for week in weeks)
    assert len({week[0] for week in weeks}) == 12


def test_what_is_shown_lists_the_documents_it_rests_on(real: KnowledgeFile) -> None:
    found = read_guidance(real, None, None, (), MONDAY)
    keys = {entry.key for entry in found.sources}
    assert {key for one in found.actions for key in one.action.basis.sources} == keys
