"""Who may see an object: its marking definitions as labels of TLP 2.0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from briefing.core.stix_tlp import TLP_EXTENSION, TLP_MARKINGS
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.feeds.json_fields import object_in, objects_in, text_in

_NO_LABEL = ""
_PREFIX = "marking-definition--"
_FIXED = {
    # STIX 2.0, part 1, section 4.1.4 and STIX 2.1, section 7.2.1.4: TLP 1.0.
    "613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
    "34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
    # OpenCTI's own, from before there was an extension.
    "826578e1-40ad-459f-bc73-ede076f81f37": "AMBER+STRICT",
    # ATT&CK's copyright statement: no label.
    "fa42a846-8d90-4e51-bc29-71d5b4802168": _NO_LABEL,
}
"""Markings whose ids are constants: UUID → label."""
_KNOWN = {
    **{_PREFIX + uuid: code for uuid, code in _FIXED.items()},
    # The examples of the extension are its only instances: TLP 2.0.
    **{mark: tlp.code for tlp, mark in TLP_MARKINGS.items()},
}

Find = Callable[[str], dict[str, Any] | None]
"""Looks up an object of the bundle by id."""


def tlp_of(value: dict[str, Any], find: Find | None) -> str | None:
    """The label of an object: the highest of its markings; "" where none of them is a label.

    Markings of single fields count for the whole object, since a statement may come of any field.
    A marking that nobody defines may be anything, so it is RED.

    Args:
        value: The object.
        find: Looks up markings; None while the bundle is being read.

    Returns:
        A code such as ``AMBER+STRICT``, or ""; None where a marking has to be looked up and cannot
        be yet.
    """
    marks = value.get("object_marking_refs")
    if type(marks) is list and len(marks) == 1 and "granular_markings" not in value:
        # Nearly every object: one marking, and a constant one.
        mark = marks[0]
        if type(mark) is str and mark in _KNOWN:
            return _KNOWN[mark]
    elif marks is None and "granular_markings" not in value:
        return _NO_LABEL
    return _highest(_marks(value), find)


def _marks(value: dict[str, Any]) -> Iterator[object]:
    marks = value.get("object_marking_refs")
    yield from marks if isinstance(marks, list) else () if marks is None else (marks,)
    for part in objects_in(value, "granular_markings"):
        if "marking_ref" in part:
            yield part["marking_ref"]


def _highest(marks: Iterable[object], find: Find | None) -> str | None:
    codes = set()
    for mark in marks:
        code = _KNOWN.get(mark) if isinstance(mark, str) else Tlp.RED.code
        if code is None:
            if find is None:
                return None
            code = _defined(find(str(mark)))
        codes.add(code)
    codes.discard(_NO_LABEL)
    return highest(parse_tlp(code) for code in codes).code if codes else _NO_LABEL


def _defined(definition: dict[str, Any] | None) -> str:
    """The label that a marking definition gives; "" for a statement of copyright or terms."""
    if definition is None or definition.get("type") != "marking-definition":
        return Tlp.RED.code
    extension = object_in(object_in(definition, "extensions"), TLP_EXTENSION)
    if extension:
        return parse_tlp(text_in(extension, "tlp_2_0")).code
    if text_in(definition, "x_opencti_definition_type").upper() == "TLP":
        return parse_tlp(text_in(definition, "x_opencti_definition")).code
    kind = text_in(definition, "definition_type").lower()
    if kind == "tlp":
        return parse_tlp(text_in(object_in(definition, "definition"), "tlp")).code
    for written in (kind, text_in(definition, "name")):
        if written.upper().startswith("TLP:"):
            return parse_tlp(written).code
    return _NO_LABEL if kind == "statement" else Tlp.RED.code
