"""A pasted report read with the catalogue at hand, and an incident with what was chosen of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from briefing.analysis.extraction import Dictionary, Entry, extract
from briefing.analysis.indicators import normal
from briefing.core.case import Cited, Subject
from briefing.core.proposal import Extraction, Kind, Proposal
from briefing.services.task import Task
from briefing.store.connection import Connection
from briefing.store.extract_names import Nameable, read_nameable

_TELEPHONES: Final = frozenset(("Android", "iOS"))
"""Platforms of ATT&CK for Mobile."""
_FIELDS: Final = {
    Kind.TECHNIQUE: "techniques",
    Kind.SOFTWARE: "software",
    Kind.VULNERABILITY: "infrastructure",
    Kind.HASH: "infrastructure",
    Kind.DOMAIN: "infrastructure",
    Kind.ADDRESS: "infrastructure",
}
"""Where an incident holds what was chosen. A group is no part of what happened: who did it is for
claims and hypotheses."""


def read_dictionary(connection: Connection) -> Dictionary:
    """What a report can name: techniques, software and groups of ATT&CK, and vulnerabilities.

    Args:
        connection: A reader; below a ceiling it gives what that audience may see.
    """
    return Dictionary(_entry(one) for one in read_nameable(connection))


def read_report(text: str, known: Dictionary, task: Task) -> Extraction:
    """Everything that a report names.

    Args:
        text: As it was pasted.
        known: What it can name.
        task: Is asked now and then whether anybody still waits.

    Raises:
        CancelledError: when nobody does.
    """
    return extract(text, known, go_on=task.check)


def can_be_added(proposal: Proposal) -> bool:
    """Whether an incident has a place for it."""
    return proposal.kind in _FIELDS


def is_recorded(incident: Subject, proposal: Proposal) -> bool:
    """Whether an incident holds it already, however it was typed there."""
    return can_be_added(proposal) and proposal.value in _spellings(incident, proposal.kind)


def with_chosen(
    incident: Subject, chosen: Iterable[Proposal], documents: Iterable[Cited] = ()
) -> Subject:
    """An incident with what was chosen of a report, and with the documents that it was read in.

    What it holds already stays as it is. Domains and addresses are recorded in their one spelling,
    so that two reports which defang them differently name one thing.
    """
    fields: dict[str, tuple[str, ...]] = {}
    for proposal in chosen:
        if can_be_added(proposal) and not is_recorded(incident, proposal):
            name = _FIELDS[proposal.kind]
            before = fields.get(name, getattr(incident, name))
            fields[name] = tuple(dict.fromkeys((*before, proposal.value)))
    cited = (*incident.documents, *documents)
    once = {document.url or document: document for document in reversed(cited)}
    return replace(incident, **fields, documents=tuple(reversed(once.values())))  # type: ignore[arg-type]  # all three are tuples of texts


def _spellings(incident: Subject, kind: Kind) -> frozenset[str]:
    held: tuple[str, ...] = getattr(incident, _FIELDS[kind])
    return frozenset(normal(kind, one.strip()) for one in held)


def _entry(one: Nameable) -> Entry:
    return Entry(
        kind=one.kind,
        id=one.id,
        name=one.name,
        names=one.names if _counts_by_name(one) else (),
        is_current=not one.is_withdrawn,
        is_enterprise=not set(one.platforms) <= _TELEPHONES,
    )


def _counts_by_name(one: Nameable) -> bool:
    """Whether a name in a report may mean it.

    A technique without platforms is one of the former PRE-ATT&CK: nobody means it any more.
    """
    if one.is_withdrawn:
        return False
    return one.kind != "technique" or bool(one.platforms)
