"""What has changed since briefings were handed over: counted from the manifests that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from briefing.core.errors import BriefingError
from briefing.services.deliveries import manifest_of
from briefing.services.task import Task
from briefing.services.verify_brief import verify
from briefing.store.connection import KnowledgeFile
from briefing.store.data_version import data_version
from briefing.store.workspace import Delivery


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """What became of the statements of one delivered briefing.

    Attributes:
        statements: How many it rests on.
        changed: Of how many another says something else now.
        withdrawn: How many nobody states any more.
        unknown: How many this database never held.
        problem: Why nothing is known of them, or "".
    """

    statements: int = 0
    changed: int = 0
    withdrawn: int = 0
    unknown: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted while the database was as it was then.

    Attributes:
        version: Of the database, as the connection that counted saw it.
        found: What became of each briefing.
    """

    version: int = -1
    found: Mapping[Delivery, ChangedSince] = field(default_factory=dict)


def count_changes(
    knowledge: KnowledgeFile, deliveries: Iterable[Delivery], before: Counted, task: Task
) -> Counted:
    """Count for each briefing; what was counted before holds until the database changes.

    Always called on the same thread: what it sees of the database is that thread's connection.

    Args:
        knowledge: The knowledge file.
        deliveries: The briefings.
        before: What was counted before.
        task: Cancel.

    Raises:
        DatabaseError: when the database cannot be read.
    """
    version = data_version(knowledge.connection)
    held = before.found if before.version == version else {}
    found: dict[Delivery, ChangedSince] = {}
    for delivery in deliveries:
        task.check()
        found[delivery] = held[delivery] if delivery in held else _count(knowledge, delivery)
    return Counted(version, {**held, **found})


def _count(knowledge: KnowledgeFile, delivery: Delivery) -> ChangedSince:
    try:
        manifest = manifest_of(delivery)
    except BriefingError as error:
        return ChangedSince(problem=error.message)
    verified = verify(knowledge, manifest)
    return ChangedSince(
        statements=len(verified.statements),
        changed=len(verified.of("changed")),
        withdrawn=len(verified.of("withdrawn")),
        unknown=len(verified.of("unknown")),
    )
