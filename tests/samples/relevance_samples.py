"""A small database of actors, statements and dated incidents, to rank for a client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from incident_samples import incident, says
from store_samples import actor, changes, document, native, source, take

from briefing import paths
from briefing.core.changes import DocumentDraft, Predicate, RecordDraft, StatementDraft
from briefing.core.client import Client
from briefing.core.relevance import Relevance, RelevantActor
from briefing.core.tlp import Tlp
from briefing.services.build_database import build_database
from briefing.services.relevance import RelevanceDesk
from briefing.services.task import Task
from briefing.store.connection import open_writer

TODAY = date(2026, 1, 1)
DENTIST = Client("Harbour Dental Group", ("healthcare",), ("US",))
BEAR, PANDA, WOLF = native(1), native(2), native(3)
TOLD = document("https://example.org/2025/raid", title="A raid")


def empty_database(path: Path) -> Path:
    """Schema and the real vocabularies, and nothing else."""
    return build_database(paths.data_folder(), path, Task.silent(), empty=True).path


def add(path: Path, *records: RecordDraft, of: str = "feed-a", tlp: str = "CLEAR") -> None:
    """Take records in from a source, in one snapshot of theirs."""
    documents: tuple[DocumentDraft, ...] = (TOLD,)
    with closing(open_writer(path)) as connection:
        found = changes(*records, of=source(of, tlp=tlp), full=False, documents=documents)
        take(connection, path, found)


def bear(*said: StatementDraft) -> RecordDraft:
    """An actor of whom only what is given is said."""
    return actor(1, "Bear", said=said)


def sponsored_by(*countries: str) -> list[StatementDraft]:
    """Statements about who is behind Bear."""
    return [
        StatementDraft(BEAR, Predicate.SPONSORED_BY, object=code, value=code) for code in countries
    ]


def panda(*said: StatementDraft) -> RecordDraft:
    """Another one."""
    return actor(2, "Panda", said=said)


def wolf(*said: StatementDraft) -> RecordDraft:
    """One said to be criminal and in Russia."""
    placed = StatementDraft(WOLF, Predicate.LOCATED_IN, object="RU", value="Russia")
    kind = StatementDraft(WOLF, Predicate.OF_KIND, object="criminal", value="criminal")
    return actor(3, "Wolf", said=(placed, kind, *said))


def raid(
    number: int,
    *,
    by: str = BEAR,
    began: str = "2025-06-01",
    countries: tuple[str, ...] = ("US",),
    sectors: tuple[str, ...] = ("healthcare",),
    tlp: str = "",
    initiator: str = "",
) -> RecordDraft:
    """A dated incident laid to an actor, in a document that tells of it."""
    return incident(number, *_said(by, began, countries, sectors, tlp, initiator), name="Raid")


def targets(subject: str, *codes: str, tlp: str = "") -> Iterator[StatementDraft]:
    """Statements that an actor targets countries (two capitals) and sectors."""
    for code in codes:
        predicate = Predicate.TARGETS_COUNTRY if len(code) == 2 else Predicate.TARGETS_SECTOR
        yield StatementDraft(subject, predicate, object=code, value=code, tlp=tlp)


def seen_by(client: Client, ceiling: Tlp) -> Client:
    """The same client with another audience."""
    return Client(client.name, client.sectors, client.countries, tlp=ceiling)


def ranked(desk: RelevanceDesk, client: Client = DENTIST) -> Relevance:
    """The ranking for a client."""
    return desk.rank(client, today=TODAY)


def told(found: RelevantActor) -> dict[str, tuple[float, str]]:
    """Term → points and sentence."""
    return {reason.term: (reason.points, reason.text) for reason in found.reasons}


def names(found: Relevance) -> list[str]:
    """Who is named, in order."""
    return [one.actor.name for one in found.actors]


def _said(
    by: str,
    began: str,
    countries: tuple[str, ...],
    sectors: tuple[str, ...],
    tlp: str,
    initiator: str,
) -> Iterator[StatementDraft]:
    yield says(Predicate.NAMED, value="Raid")
    yield says(Predicate.HAPPENED, "incident", value=began, first_seen=began)
    for code in countries:
        yield says(Predicate.TARGETS_COUNTRY, code, code)
    for code in sectors:
        yield says(Predicate.TARGETS_SECTOR, code, code)
    detail = {"country": initiator} if initiator else {}
    yield says(
        Predicate.ATTRIBUTED_TO, by, "somebody", detail=detail, tlp=tlp, documents=(TOLD.id,)
    )
