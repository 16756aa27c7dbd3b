"""Our STIX extension in words for other programs: a JSON Schema, made from the rows themselves."""

from __future__ import annotations

import json
import typing
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Literal, cast

from briefing.core.case_stix import (
    CLASSES,
    DERIVED,
    EXTENSION,
    PROPERTIES,
    PROPERTY_EXTENSION,
    STIX_TYPES,
    VERSION,
    extension_fields,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.row_fields import hints, written

EXTENSION_NAME = "Claim, evidence and assessment of an incident"
_ESTIMATES: dict[Any, type[Likelihood | Confidence]] = {
    Likelihood: Likelihood,
    Confidence: Confidence,
}
_ABOUT = (
    "Rows by which it is recorded who claims an incident, what speaks for or against it, and what"
    " is concluded. Each row is a property extension of one STIX object; “row” says which it is:"
)


def extension_schema() -> str:
    """What stands under the id of our extension, as a JSON Schema (draft 2020-12)."""
    listed = ", ".join(f"{kind} (of the type {STIX_TYPES[kind]})" for kind in CLASSES)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{EXTENSION_NAME}, version {VERSION}",
        "description": f"{_ABOUT} {listed}. “{DERIVED}” marks what follows from rows and is none.",
        "type": "object",
        "oneOf": [*(_row(kind) for kind in CLASSES), _derived()],
    }
    return json.dumps(schema, ensure_ascii=False)


def extension_value(kind: str, **fields_: Any) -> dict[str, Any]:
    """The ``extensions`` of an object that is no row but follows from rows."""
    return {EXTENSION: {"extension_type": PROPERTY_EXTENSION, "row": kind, **fields_}}


def _row(kind: str) -> dict[str, Any]:
    own = extension_fields(kind)
    types = hints(cast("type", CLASSES[kind]))
    return _object(
        {
            **_head(kind),
            **{PROPERTIES.get(f.name, f.name): _of(types[f.name]) for f in own},
        },
        (*_head(kind), *(PROPERTIES.get(f.name, f.name) for f in own if f.default is MISSING)),
    )


def _derived() -> dict[str, Any]:
    """A campaign, an actor or ``attributed-to``; only the last one has words of estimate."""
    known = {
        "assessment": _of(str),
        "likelihood": _of(Likelihood),
        "confidence": _of(Confidence),
    }
    return _object({**_head(DERIVED), **known}, tuple(_head(DERIVED)))


def _head(kind: str) -> dict[str, Any]:
    return {"extension_type": {"const": PROPERTY_EXTENSION}, "row": {"const": kind}}


def _object(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _of(hint: Any) -> dict[str, Any]:
    """What a field may hold, by its annotation."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0])}
    if origin is UnionType:
        return {"anyOf": [_of(inner[0]), {"type": "null"}]}
    if origin is Literal:
        return {"enum": list(inner)}
    if hint in _ESTIMATES:
        return {"enum": [written(word) for word in _ESTIMATES[hint]]}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [word.value for word in hint]}
    if is_dataclass(hint):
        types = hints(cast("type", hint))
        known = fields(hint)
        return _object(
            {f.name: _of(types[f.name]) for f in known},
            tuple(f.name for f in known if f.default is MISSING),
        )
    return {"type": {str: "string", int: "integer"}[hint]}
