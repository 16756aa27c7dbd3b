"""What the Home screen shows, read in one go so that it may be read beside the window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.analysis.home import concerns, shared_techniques
from briefing.core.actor import ActorRow
from briefing.core.advisory import AdvisoryRow
from briefing.core.client import Client
from briefing.core.home import ActorNews, Concern, SharedTechnique
from briefing.core.relevance import Relevance
from briefing.core.targeting import Targeting, TargetingFilter
from briefing.core.tlp import Tlp
from briefing.services.guidance import Guidance, read_guidance
from briefing.services.relevance import RelevanceDesk
from briefing.services.targeting import TargetingIndex
from briefing.store.action_marks import NOBODY, ActionMarks
from briefing.store.actor_changes import changes_since
from briefing.store.actors import list_actors
from briefing.store.advisories import list_advisories, product_words
from briefing.store.ceilings import open_below
from briefing.store.connection import Connection, KnowledgeFile
from briefing.store.labels import Labels, read_labels
from briefing.store.profiles import open_profile
from briefing.store.targeting import read_targets

SHOWN_ACTORS = 5
SHOWN_ADVISORIES = 6
SHOWN_TECHNIQUES = 10
MOST_SHARE = 0.8
"""A technique that this share of the actors uses is one that they have in common."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the screen shows.

    Attributes:
        client: Through whose eyes; None for nobody's.
        relevance: Who would attack it; None for nobody.
        actors: The actors that matter, the first of ``relevance``; for nobody those of which most
            is said.
        of: How many actors there are.
        since: The day of the last visit, ISO 8601.
        news: What changed for these actors since then.
        advisories: How many advisories are held.
        concerns: For a client those that may concern it, the newest first.
        concerning: How many there are of them.
        newest: For nobody the newest advisories.
        shared: Techniques that the actors have in common.
        sharing: How many of them must use one for that.
        guidance: What to do, the first thing first.
        targeting: For nobody: who targets which countries, counted as on the Map screen.
        labels: Words of codes.
    """

    client: Client | None
    relevance: Relevance | None
    actors: tuple[ActorRow, ...]
    of: int
    since: str
    news: tuple[ActorNews, ...]
    advisories: int
    concerns: tuple[Concern, ...]
    concerning: int
    newest: tuple[AdvisoryRow, ...]
    shared: tuple[SharedTechnique, ...]
    sharing: int
    guidance: Guidance
    targeting: Targeting | None
    labels: Labels


def read_home(
    knowledge: KnowledgeFile,
    workspace: Path,
    desk: RelevanceDesk,
    client: Client | None,
    since: str,
    today: date,
    *,
    ceiling: Tlp,
) -> Home:
    """Read everything for a client, or for nobody in particular.

    Args:
        knowledge: The file that is read.
        workspace: Path of workspace.db: which actions were done.
        desk: Who ranks actors.
        client: Through whose eyes.
        since: Day of the last visit, ISO 8601.
        today: The present day.
        ceiling: The audience's: what is above it is not there.

    Raises:
        BriefingError: when the database cannot be read.
    """
    reader = open_below(knowledge.path, ceiling)
    try:
        return _read(reader.connection, (knowledge, workspace, desk), client, since, today)
    finally:
        reader.close()


def _read(
    connection: Connection,
    files: tuple[KnowledgeFile, Path, RelevanceDesk],
    client: Client | None,
    since: str,
    today: date,
) -> Home:
    knowledge, workspace, desk = files
    labels = read_labels(connection)
    everybody = list_actors(connection)
    relevance = desk.rank(client, today=today) if client is not None else None
    actors = _first(everybody, relevance)
    profiles = [open_profile(connection, labels, row.id) for row in actors]
    sharing = max(2, -int(-MOST_SHARE * len(profiles) // 1))
    advisories = list_advisories(connection)
    found: tuple[Concern, ...] = ()
    if client is not None:
        words = product_words(connection, client.technology)
        found = tuple(
            concerns(
                client,
                advisories,
                {row.id: row.name for row in actors},
                product_words=lambda code: words.get(code, code),
                sector_label=lambda code: labels.label("sector", code),
            )
        )
    return Home(
        client=client,
        relevance=relevance,
        actors=actors,
        of=len(everybody),
        since=since,
        news=tuple(
            ActorNews(row, changes_since(connection, labels, row.id, since)) for row in actors
        ),
        advisories=len(advisories),
        concerns=found[:SHOWN_ADVISORIES],
        concerning=len(found),
        newest=advisories[:SHOWN_ADVISORIES] if client is None else (),
        shared=shared_techniques(profiles, sharing)[:SHOWN_TECHNIQUES],
        sharing=sharing,
        guidance=read_guidance(knowledge, relevance, client, _done(workspace, client), today),
        targeting=_glance(connection, everybody, labels) if client is None else None,
        labels=labels,
    )


def mark_action(workspace: Path, client: Client | None, action: str, day: str) -> None:
    """Note that an action was done on a day; "" forgets it.

    Raises:
        BriefingError: when the workspace cannot be written.
    """
    with closing(ActionMarks(workspace)) as marks:
        if day:
            marks.mark(_whose(client), action, day)
        else:
            marks.unmark(_whose(client), action)


def _done(workspace: Path, client: Client | None) -> Collection[str]:
    with closing(ActionMarks(workspace)) as marks:
        return marks.done(_whose(client))


def _whose(client: Client | None) -> str:
    return client.id if client is not None else NOBODY


def _glance(connection: Connection, everybody: Sequence[ActorRow], labels: Labels) -> Targeting:
    return TargetingIndex(read_targets(connection), everybody, labels).count(TargetingFilter())


def _first(everybody: Sequence[ActorRow], relevance: Relevance | None) -> tuple[ActorRow, ...]:
    if relevance is not None:
        return tuple(found.actor for found in relevance.actors[:SHOWN_ACTORS])
    ranked = sorted(everybody, key=lambda row: (-row.documents, row.name.casefold()))
    return tuple(ranked[:SHOWN_ACTORS])
