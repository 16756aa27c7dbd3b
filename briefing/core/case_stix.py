"""Rows of a case as STIX 2.1 objects, and back, without loss.

An incident is an ``incident``; a claim, a piece of evidence and a hypothesis are each a ``note``;
an assessment is a ``report`` and another analyst's view of it an ``opinion``. What STIX has a place
for stands there (the text, the references, the marking); everything else stands in one property
extension of ours, named by its fields. A claim is never a relationship: STIX knows only
``attributed-to``, and that is what we conclude, not what somebody says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, cast

from briefing.core.case import Assessment, Claim, Evidence, Hypothesis, Opinion, Row, Subject
from briefing.core.case_checks import check_row
from briefing.core.changes import stable_id
from briefing.core.estimates import Confidence
from briefing.core.row_fields import RowError, default, hints, read, written
from briefing.core.stix_tlp import TLP_MARKINGS
from briefing.core.tlp import Tlp

EXTENSION = stable_id("extension-definition", "case")
"""Id of our extension definition."""
VERSION = "1.0.0"
"""Of the schema of our extension."""
PROPERTY_EXTENSION = "property-extension"
"""What kind of extension ours is: it adds properties to objects of STIX."""
OWN_KEYS = ("extension_type", "row")
"""Keys of our extension beside the fields of a row."""
DERIVED = "derived"
"""What our extension calls an object that follows from rows, and is none itself."""
CLASSES: dict[str, type[Row]] = {
    "incident": Subject,
    "claim": Claim,
    "evidence": Evidence,
    "hypothesis": Hypothesis,
    "assessment": Assessment,
    "opinion": Opinion,
}
"""What our extension calls a row → its class."""
KINDS = {made: kind for kind, made in CLASSES.items()}
"""Class of a row → what our extension calls it."""
STIX_TYPES = {
    "incident": "incident",
    "claim": "note",
    "evidence": "note",
    "hypothesis": "note",
    "assessment": "report",
    "opinion": "opinion",
}
"""What our extension calls a row → the type of its STIX object."""
_PLACES = {
    "incident": {"name": "name", "description": "description"},
    "claim": {"text": "content"},
    "evidence": {"text": "content"},
    "hypothesis": {"text": "content"},
    "assessment": {"text": "description"},
    "opinion": {"text": "explanation", "stance": "opinion"},
}
"""Field → the property of STIX that holds it."""
_BESIDE = frozenset(("id", "created", "modified", "tlp", "withdrawn", "source"))
"""Fields of every row for which STIX has a place; ``source`` is told by who holds it."""
PROPERTIES = {"by": "claimed_by"}
"""Field → property of our extension, where STIX allows no such name: it has three letters at
least (section 3.1)."""
_FIELDS = {written: name for name, written in PROPERTIES.items()}
CONFIDENCE = {Confidence.LOW: 15, Confidence.MEDIUM: 50, Confidence.HIGH: 85}
"""STIX 2.1, appendix A: low, medium and high as numbers. They are written, and never read back."""
_LABELS = {mark: tlp for tlp, mark in TLP_MARKINGS.items()}


def is_ours(value: Mapping[str, Any]) -> bool:
    """Whether a STIX object bears our extension, be it well or badly filled."""
    extensions = value.get("extensions")
    return isinstance(extensions, dict) and EXTENSION in extensions


def kind_of(value: Mapping[str, Any]) -> str:
    """What our extension calls an object: a key of ``CLASSES``, ``derived``, or anything else."""
    own = value["extensions"][EXTENSION]
    kind = own.get("row") if isinstance(own, dict) else None
    return kind if isinstance(kind, str) else ""


def extension_fields(kind: str) -> tuple[Field[Any], ...]:
    """Fields of a row that stand in our extension."""
    return tuple(
        f
        for f in fields(cast("type", CLASSES[kind]))
        if f.name not in _BESIDE and f.name not in _PLACES[kind]
    )


def label_of(value: Mapping[str, Any]) -> Tlp:
    """The label of a STIX object of ours.

    Raises:
        RowError: where it bears none of TLP 2.0, or more than one.
    """
    marks = value.get("object_marking_refs")
    if "granular_markings" in value or not isinstance(marks, list) or len(marks) != 1:
        raise RowError("a row bears one label of TLP 2.0, and this does not.")
    (mark,) = marks
    if not isinstance(mark, str) or mark not in _LABELS:
        raise RowError("its marking is no label of TLP 2.0.")
    return _LABELS[mark]


def author_id(author: str) -> str:
    """STIX id of the identity of an author."""
    return stable_id("identity", "analyst", author)


def to_stix(row: Row) -> dict[str, Any]:
    """A row as the STIX object that is kept as its record and handed on."""
    kind = KINDS[type(row)]
    places = _PLACES[kind]
    extension = {
        "extension_type": PROPERTY_EXTENSION,
        "row": kind,
        **{
            PROPERTIES.get(f.name, f.name): written(getattr(row, f.name))
            for f in extension_fields(kind)
            if getattr(row, f.name) != default(f)
        },
    }
    value: dict[str, Any] = {
        "type": STIX_TYPES[kind],
        "spec_version": "2.1",
        "id": row.id,
        "created_by_ref": author_id(row.author),
        "created": row.created,
        "modified": row.modified,
        "object_marking_refs": [TLP_MARKINGS[row.tlp]],
        **{place: written(text) for name, place in places.items() if (text := getattr(row, name))},
        **_for_others(row),
        "extensions": {EXTENSION: extension},
    }
    if row.withdrawn:
        value["revoked"] = True
    references = [_reference(cited.title, cited.publisher, cited.url) for cited in row.documents]
    return {**value, "external_references": references} if references else value


def from_stix(value: Mapping[str, Any], source: str = "") -> Row:
    """The row of a STIX object that bears our extension.

    Args:
        value: The object.
        source: Id of the source by which it is held.

    Raises:
        RowError: for an object that is no such row: another type, a field that is missing, unknown
            or of another kind, a word outside its list, no TLP label of TLP 2.0, or a row that
            ``check_row`` refuses.
    """
    kind = kind_of(value)
    made = CLASSES.get(kind)
    if made is None:
        raise RowError(f"our extension calls it “{kind[:80]}”, and no row is called so.")
    if value["extensions"][EXTENSION].get("extension_type") != PROPERTY_EXTENSION:
        raise RowError(f"our extension is a {PROPERTY_EXTENSION}, and this calls it otherwise.")
    if value.get("type") != STIX_TYPES[kind]:
        raise RowError(f"a row “{kind}” is of the type {STIX_TYPES[kind]}, and this is not.")
    known = {f.name: f for f in fields(made)}
    given = _given(value, kind)
    for name, field in known.items():
        if field.default is MISSING and name not in given and name != "tlp":
            raise RowError(f"a row “{kind}” needs “{name}”, and this has none.")
    types = hints(cast("type", made))
    row = made(
        **{name: read(name, types[name], one) for name, one in given.items()},
        tlp=label_of(value),
        withdrawn=read("revoked", bool, value.get("revoked", False)),
        source=source,
    )
    check_row(row)
    return row


def _given(value: Mapping[str, Any], kind: str) -> dict[str, Any]:
    known = {PROPERTIES.get(f.name, f.name) for f in extension_fields(kind)}
    own = {}
    for name, one in value["extensions"][EXTENSION].items():
        if name in known:
            own[_FIELDS.get(name, name)] = one
        elif name not in OWN_KEYS:
            raise RowError(f"our extension has no “{name[:80]}” in a row “{kind}”.")
    for name, place in {
        **_PLACES[kind],
        "id": "id",
        "created": "created",
        "modified": "modified",
    }.items():
        if place in value:
            own[name] = value[place]
    return own


def _reference(title: str, publisher: str, url: str) -> dict[str, str]:
    found = {"source_name": publisher or title or url, "description": title, "url": url}
    return {name: text for name, text in found.items() if text}


def _for_others(row: Row) -> dict[str, Any]:
    """What programs that do not know our extension can use; it is not read back."""
    if isinstance(row, Claim):
        refs = [row.incident, *((row.actor,) if row.actor else ())]
        return {"abstract": f"Claim by {row.by}: {row.accused}", "object_refs": refs}
    if isinstance(row, Evidence):
        return {"abstract": f"Evidence: {row.kind}", "object_refs": [row.incident]}
    if isinstance(row, Hypothesis):
        refs = list(dict.fromkeys((row.incident, *row.actors)))
        return {"abstract": "Hypothesis", "object_refs": refs}
    if isinstance(row, Assessment):
        return {
            "name": "Assessment of attribution",
            "report_types": ["threat-report"],
            "published": f"{row.date}T00:00:00.000Z",
            "confidence": CONFIDENCE[row.confidence],
            "object_refs": [row.incident, row.hypothesis],
        }
    if isinstance(row, Opinion):
        return {"authors": [row.author], "object_refs": [row.assessment]}
    return {}
