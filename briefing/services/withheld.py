"""What a ceiling kept out of a briefing, in words: for its author, never for its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.core.brief import Withheld
from briefing.core.changes import Predicate
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.store.actors import Stated, statements_about
from briefing.store.connection import KnowledgeFile
from briefing.store.entities import open_entity
from briefing.store.labels import Labels, read_labels
from briefing.store.standing import Standing, read_standing

MOST = 12
"""Statements that are listed one by one."""

_LONGEST = 90
_GONE = "A statement that is no longer current"
_WORDS = {
    Predicate.NAMED: "Name",
    Predicate.SPONSORED_BY: "Sponsor",
    Predicate.LOCATED_IN: "Located in",
    Predicate.MOTIVATED_BY: "Motive",
    Predicate.HAS_GOAL: "Goal",
    Predicate.TARGETS_SECTOR: "Target sector",
    Predicate.TARGETS_COUNTRY: "Target country",
    Predicate.USES_TECHNIQUE: "Technique",
    Predicate.USES_SOFTWARE: "Software",
    Predicate.MENTIONED_IN: "Document",
    Predicate.OF_KIND: "Kind",
    Predicate.DESCRIBED_AS: "Description",
    Predicate.ACTIVE_SINCE: "Active since",
    Predicate.HAPPENED: "Event",
    Predicate.JUDGED: "Judgement",
    Predicate.ADVISED: "Action",
}
_ENTITIES = (Predicate.USES_TECHNIQUE, Predicate.USES_SOFTWARE)
_PLACES = (Predicate.SPONSORED_BY, Predicate.LOCATED_IN)


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """One statement that was left out: its level, and what it says ("Software: Pteranodon")."""

    tlp: Tlp
    words: str


def withheld_lines(
    knowledge: KnowledgeFile, subject: str, withheld: Sequence[Withheld]
) -> tuple[WithheldLine, ...]:
    """The most guarded first, at most ``MOST`` of them.

    Args:
        knowledge: The knowledge file.
        subject: What the briefing is about. Where it is an actor, the lines need not name it.
        withheld: What the briefing names as kept out.
    """
    wanted = withheld[:MOST]
    if not wanted:
        return ()
    said = {stated.key: stated for stated in statements_about(knowledge.connection, subject)}
    labels = read_labels(knowledge.connection)
    keys = [item.statement for item in wanted]
    others = [key for key in keys if key not in said]
    words = {one.key: _of_another(one) for one in _standing(knowledge, labels, others)}
    words |= {key: _words(knowledge, labels, said[key]) for key in keys if key in said}
    return tuple(WithheldLine(item.tlp, words.get(item.statement, _GONE)) for item in wanted)


def _standing(
    knowledge: KnowledgeFile, labels: Labels, keys: Sequence[int]
) -> tuple[Standing, ...]:
    return read_standing(knowledge.connection, labels, keys) if keys else ()


def _of_another(one: Standing) -> str:
    """``APT29, software: WellMess``; a row of a case, which is about no actor, by its kind."""
    if one.state != "stands" or one.before is None:
        return _GONE
    what = f"{one.about}, {one.heading.lower()}" if one.about else one.heading
    return _shortened(what, one.before.text)


def _words(knowledge: KnowledgeFile, labels: Labels, stated: Stated) -> str:
    what = _WORDS.get(Predicate(stated.predicate), stated.predicate)
    return _shortened(what, _value(knowledge, labels, stated))


def _shortened(what: str, said: str) -> str:
    text = " ".join(said.split())
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return f"{what}: {shown}" if shown else what


def _value(knowledge: KnowledgeFile, labels: Labels, stated: Stated) -> str:
    if stated.predicate in _ENTITIES:
        try:
            return open_entity(knowledge.connection, labels, stated.object).name
        except NotFoundError:
            return stated.object
    if stated.predicate in _PLACES:
        return labels.target(stated.object)
    return stated.value or stated.object
