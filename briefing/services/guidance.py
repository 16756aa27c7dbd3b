"""One action a week: what a client does next, in an order that follows from its actors."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from briefing.analysis.guidance_order import order_actions
from briefing.core.actor import SourceEntry
from briefing.core.client import Client
from briefing.core.guidance import Action, RankedAction
from briefing.core.relevance import Relevance
from briefing.store.connection import KnowledgeFile
from briefing.store.guidance import action_sources, read_actions, techniques_used
from briefing.store.labels import read_labels

ACTORS: Final = 5
"""So many of a client's actors are looked at: those that the Home screen shows."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to do.

    Attributes:
        actions: The one to begin with first, what was done last; empty where none are bundled.
        sources: What they rest on.
    """

    actions: tuple[RankedAction, ...]
    sources: tuple[SourceEntry, ...]


def read_guidance(
    knowledge: KnowledgeFile,
    relevance: Relevance | None,
    client: Client | None,
    done: Collection[str],
    today: date,
) -> Guidance:
    """Read the actions and put them in order.

    Args:
        knowledge: The file that is read, on the thread that asks.
        relevance: Who would attack the client; None for nobody in particular.
        client: Whom the actions are for.
        done: Ids of the actions that were marked as done.
        today: The present day; its week decides between equals.

    Raises:
        BriefingError: when the database cannot be read.
    """
    connection = knowledge.connection
    actions = read_actions(connection, read_labels(connection))
    used = techniques_used(connection, first_actors(relevance))
    return Guidance(
        actions=action_of_the_week(actions, used, client, done, today),
        sources=action_sources(connection, actions),
    )


def action_of_the_week(
    actions: Sequence[Action],
    used: Sequence[Set[str]],
    client: Client | None,
    done: Collection[str],
    today: date,
) -> tuple[RankedAction, ...]:
    """The actions in the order of ``order_actions``; a week begins on Monday (ISO 8601)."""
    return order_actions(actions, used, client, done, (today.toordinal() - 1) // 7)


def first_actors(relevance: Relevance | None) -> tuple[str, ...]:
    """Ids of the actors that are looked at."""
    return tuple(one.actor.id for one in relevance.actors[:ACTORS]) if relevance else ()
