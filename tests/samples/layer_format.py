"""ATT&CK Navigator's layer format 4.5 as a check, by its published definition.

Source: mitre-attack/attack-navigator, layers/spec/v4.5/layerformat.md (property tables).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")
Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _colour(value: Any) -> bool:
    return isinstance(value, str) and bool(_COLOUR.fullmatch(value) or not value)


def _one_of(*words: Any) -> Check:
    return lambda value: value in words


def _list(value: Any) -> bool:
    return isinstance(value, list)


def _newer(value: Any) -> bool:
    return _text(value) and tuple(map(int, value.split("."))) >= (4, 9, 0)


_LAYER: dict[str, Check] = {
    "versions": lambda value: isinstance(value, dict),
    "name": _text,
    "description": _text,
    "domain": _one_of("enterprise-attack", "mobile-attack", "ics-attack"),
    "customDataURL": _text,
    "filters": lambda value: isinstance(value, dict),
    "sorting": _one_of(0, 1, 2, 3),
    "layout": lambda value: isinstance(value, dict),
    "hideDisabled": _flag,
    "techniques": _list,
    "gradient": lambda value: isinstance(value, dict),
    "legendItems": _list,
    "showTacticRowBackground": _flag,
    "tacticRowBackground": _colour,
    "selectTechniquesAcrossTactics": _flag,
    "selectSubtechniquesWithParent": _flag,
    "selectVisibleTechniques": _flag,
    "metadata": _list,
    "links": _list,
}
_VERSIONS: dict[str, Check] = {"attack": _text, "navigator": _newer, "layer": _one_of("4.5")}
_USE: dict[str, Check] = {
    "techniqueID": lambda value: _text(value) and bool(_TECHNIQUE.fullmatch(value)),
    "tactic": _text,
    "comment": _text,
    "enabled": _flag,
    "score": _number,
    "color": _colour,
    "metadata": _list,
    "links": _list,
    "showSubtechniques": _flag,
}
_GRADIENT: dict[str, Check] = {
    "colors": lambda value: _list(value) and len(value) >= 2 and all(map(_colour, value)),
    "minValue": _number,
    "maxValue": _number,
}
_LEGEND: dict[str, Check] = {"label": _text, "color": _colour}
_METADATA: dict[str, Check] = {"name": _text, "value": _text}
_LINK: dict[str, Check] = {
    "label": _text,
    "url": lambda value: _text(value) and bool(re.match(r"[a-z]+:", value)),
}
_LAYOUT: dict[str, Check] = {
    "layout": _one_of("side", "flat", "mini"),
    "showID": _flag,
    "showName": _flag,
    "showAggregateScores": _flag,
    "countUnscored": _flag,
    "aggregateFunction": _one_of("average", "min", "max", "sum"),
    "expandedSubtechniques": _one_of("none", "all", "annotated"),
}


def faults(layer: Any) -> list[str]:
    """Where a layer is not as the format has it."""
    return list(_faults(layer))


def _faults(layer: Any) -> Iterator[str]:
    yield from _checked("layer", layer, _LAYER, {"name", "domain"})
    yield from _checked("versions", layer.get("versions"), _VERSIONS, {"navigator", "layer"})
    yield from _checked("layout", layer.get("layout", {}), _LAYOUT, set())
    gradient = layer.get("gradient")
    if gradient is not None:
        yield from _checked("gradient", gradient, _GRADIENT, set(_GRADIENT))
        if gradient["maxValue"] <= gradient["minValue"]:
            yield "gradient: maxValue is not above minValue"
    for item in layer.get("legendItems", ()):
        yield from _checked("legend", item, _LEGEND, set(_LEGEND))
    for item in layer.get("metadata", ()):
        yield from _checked("metadata", item, _METADATA, set(_METADATA))
    for use in layer.get("techniques", ()):
        yield from _checked("technique", use, _USE, {"techniqueID"})
        for link in use.get("links", ()):
            yield from _checked("link", link, _LINK, set(_LINK))


def _checked(what: str, value: Any, known: dict[str, Check], needed: set[str]) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{what} is no object"
        return
    yield from (f"{what} has no {name}" for name in sorted(needed - value.keys()))
    for name, content in value.items():
        if name not in known:
            yield f"{what}: {name} is not in the format"
        elif not known[name](content):
            yield f"{what}: {name} may not be {content!r}"
