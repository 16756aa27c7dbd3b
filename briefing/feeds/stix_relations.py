"""What STIX relationships state, by the type of the relationship and of its target.

A relationship states something about its source even where one of its ends is not in the bundle:
another source may hold it. Relationships without a rule here are kept and state nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.json_fields import text_in
from briefing.feeds.stix_around import Around
from briefing.feeds.stix_fields import confidence, cve_of, day, label, texts, withdrawn

_Meant = tuple[Predicate, str, str]
"""Predicate, code or id, and the raw value."""

_ANY = ""
_DIRECT: dict[str, dict[str, Predicate]] = {
    "uses": {
        "attack-pattern": Predicate.USES_TECHNIQUE,
        "malware": Predicate.USES_SOFTWARE,
        "tool": Predicate.USES_SOFTWARE,
    },
    "mitigates": {_ANY: Predicate.MITIGATED_BY},
    "attributed-to": {_ANY: Predicate.ATTRIBUTED_TO},
    "revoked-by": {_ANY: Predicate.SAME_AS},
    "duplicate-of": {_ANY: Predicate.SAME_AS},
}
"""Relationship type → type of its target → what is said, with the target's id as object."""
_TURNED = frozenset(("mitigates",))
"""Relationships that are stated of their target."""


def relation_statements(
    value: dict[str, Any], tlp: str, around: Around
) -> tuple[StatementDraft, ...] | None:
    """What a relationship states.

    Returns:
        The statements; None where its target has to be looked up and cannot be yet.
    """
    relation = value.get("relationship_type")
    if type(relation) is not str or withdrawn(value):
        return ()
    source = around.reference(value.get("source_ref"))
    target = around.reference(value.get("target_ref"))
    if not source or not target:
        return ()
    kind = target[: target.index("--")]
    direct = _DIRECT.get(relation)
    if direct is not None:
        predicate = direct.get(kind) or direct.get(_ANY)
        if predicate is None:
            return ()
        if relation in _TURNED:
            source, target = target, source
        return (_statement(value, source, (predicate, target, relation), tlp, around),)
    looked_up = _LOOKED_UP.get((relation, kind))
    if looked_up is None:
        return ()
    if around.find is None:
        return None
    meant = dict.fromkeys(looked_up(around.other(target), target, around.vocabulary))
    return tuple(_statement(value, source, one, tlp, around) for one in meant)


def _statement(
    value: dict[str, Any], subject: str, meant: _Meant, tlp: str, around: Around
) -> StatementDraft:
    predicate, code, raw = meant
    started, ended = value.get("start_time"), value.get("stop_time")
    return StatementDraft(
        subject,
        predicate,
        code,
        raw,
        {},
        day(started) if started else "",
        day(ended) if ended else "",
        confidence(value) if "confidence" in value else "",
        tlp,
        around.documents.cited(value.get("external_references")),
    )


def _exploited(found: dict[str, Any], target: str, words: Vocabulary) -> Iterator[_Meant]:
    """A CVE id is itself the id of a vulnerability."""
    name = label(text_in(found, "name")) or target
    yield Predicate.EXPLOITS, cve_of(found) or target, name


def _where(found: dict[str, Any], target: str, words: Vocabulary) -> tuple[str, str]:
    """Code and raw value of a location."""
    country = words.country(text_in(found, "country"))
    written = list(texts(found, "name", "x_opencti_aliases", "country", "region"))
    if country:
        return country.code, label(written[0])
    for raw in written:
        place = words.target_of(raw) or words.target_of(raw.replace("-", " "))
        if place:
            return place.code, label(written[0])
    return "", label(written[0]) if written else target


def _located(found: dict[str, Any], target: str, words: Vocabulary) -> Iterator[_Meant]:
    yield Predicate.LOCATED_IN, *_where(found, target, words)


def _targeted_place(found: dict[str, Any], target: str, words: Vocabulary) -> Iterator[_Meant]:
    yield Predicate.TARGETS_COUNTRY, *_where(found, target, words)


def _targeted(found: dict[str, Any], target: str, words: Vocabulary) -> Iterator[_Meant]:
    """A sector where the identity is one; else the place it stands for, or its sectors.

    STIX writes a sector as an identity of the class ``class``. An organisation may state its
    sectors. What maps to nothing keeps its name.
    """
    name = label(text_in(found, "name")) or target
    for raw in texts(found, "name", "x_opencti_aliases"):
        sectors = words.sectors_of(raw)
        if sectors:
            for sector in sectors:
                yield Predicate.TARGETS_SECTOR, sector.code, name
            return
    place = words.target_of(name)
    if place:
        yield Predicate.TARGETS_COUNTRY, place.code, name
    stated = list(texts(found, "sectors"))
    for raw in stated:
        sector_or_none = words.sector_of_stix(raw)
        code = sector_or_none.code if sector_or_none else ""
        yield Predicate.TARGETS_SECTOR, code, label(raw)
    if not place and not stated:
        yield Predicate.TARGETS_SECTOR, "", name


_LOOKED_UP: dict[tuple[str, str], Callable[[dict[str, Any], str, Vocabulary], Iterator[_Meant]]] = {
    ("targets", "identity"): _targeted,
    ("targets", "location"): _targeted_place,
    ("targets", "vulnerability"): _exploited,
    ("exploits", "vulnerability"): _exploited,
    ("located-at", "location"): _located,
    ("originates-from", "location"): _located,
}
"""Relationship and type of its target → what it means, read from the target itself."""
