"""ATT&CK Navigator: the techniques of a briefing as a layer of format 4.5.

The score of a technique is how many groups of the catalogue use it, the colour its class in the
heat table of the documents; a technique of which that was not counted has a colour and no score.
Format: mitre-attack/attack-navigator, layers/spec/v4.5/layerformat.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.core.brief import Brief, BriefSource, HeatTable
from briefing.core.dates import long_date
from briefing.core.errors import BriefingError
from briefing.core.wording import counted
from briefing.exports.encoded import as_json
from briefing.exports.fonts import printable
from briefing.exports.links import safe_href
from briefing.exports.marks import Numbers
from briefing.exports.shades import heat_legend, heat_shade
from briefing.exports.world_svg import RAMP, classes

LAYER, NAVIGATOR = "4.5", "4.9.0"
"""Version of the format, and of the oldest Navigator that reads it."""
NOT_COUNTED = "#fdf4e3"
"""Colour of a technique of which nobody counted the groups; none of the ramp."""
_NUMBER = re.compile(r"T\d{4}(?:\.\d{3})?", re.ASCII)
_RELEASE = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
_HIGHEST_FIRST = 3
"""Sorting by score, descending."""


@dataclass(slots=True)
class _Use:
    """What the brief says of a technique."""

    name: str = ""
    groups: int = 0
    stages: list[str] = field(default_factory=list)
    sources: dict[str, None] = field(default_factory=dict)


def render(brief: Brief) -> bytes:
    """The layer as JSON.

    Raises:
        BriefingError: when the brief names no technique of ATT&CK, marks a source that it does not
            list, or holds a text that is not Unicode.
    """
    uses = _uses(brief)
    if not uses:
        raise BriefingError(
            "The briefing names no technique of ATT&CK, so there is no layer to write.",
            remedy="Choose another format, or add the section on how they work.",
        )
    bounds = _bounds(brief, uses)
    of = _groups_total(brief)
    writer = _Writer(brief, bounds, of)
    scores = [use.groups for use in uses.values() if use.groups]
    highest = max(of, 2, *scores) if scores else 2
    title = printable(brief.title) or printable(brief.kind_title) or "Briefing"
    release = _release(brief)
    return as_json(
        {
            "name": printable(brief.subject) or title,
            "versions": {
                **({"attack": release} if release else {}),
                "navigator": NAVIGATOR,
                "layer": LAYER,
            },
            "domain": "enterprise-attack",
            "description": writer.description(title),
            "sorting": _HIGHEST_FIRST,
            "layout": {
                "layout": "side",
                "showID": True,
                "showName": True,
                "expandedSubtechniques": "annotated",
            },
            "hideDisabled": False,
            "techniques": [writer.technique(number, uses[number]) for number in sorted(uses)],
            "gradient": {"colors": list(RAMP), "minValue": 1, "maxValue": highest},
            "legendItems": _legend(bounds, uses),
            "metadata": list(_metadata(brief)),
        }
    )


def _uses(brief: Brief) -> dict[str, _Use]:
    """ATT&CK number → what is said of the technique, from objects and heat tables."""
    found: dict[str, _Use] = {}
    for one in brief.objects:
        known = one.type == "attack-pattern" and _NUMBER.fullmatch(one.attack_id)
        if known and one.tlp <= brief.tlp:
            use = found.setdefault(one.attack_id, _Use())
            use.name = use.name or one.name
            use.groups = max(use.groups, one.groups)
            use.sources.update(dict.fromkeys(one.sources))
    for block in brief.blocks():
        for column in block.columns if isinstance(block, HeatTable) else ():
            for cell in column.cells:
                if _NUMBER.fullmatch(cell.attack_id):
                    use = found.setdefault(cell.attack_id, _Use())
                    use.name = use.name or cell.name
                    use.groups = max(use.groups, cell.groups)
                    stage = f"{column.number} {column.name}"
                    if stage not in use.stages:
                        use.stages.append(stage)
    return found


def _bounds(brief: Brief, uses: dict[str, _Use]) -> tuple[int, ...]:
    """Lower bounds of the classes: those of the brief's heat table, so that both look alike."""
    for block in brief.blocks():
        if isinstance(block, HeatTable):
            return block.bounds
    return classes(tuple(use.groups for use in uses.values() if use.groups))


def _groups_total(brief: Brief) -> int:
    return next((block.groups_total for block in brief.blocks() if isinstance(block, HeatTable)), 0)


def _legend(bounds: tuple[int, ...], uses: dict[str, _Use]) -> list[dict[str, str]]:
    items = [
        {"label": f"{label} groups use it", "color": RAMP[step - 1]}
        for label, step in (
            heat_legend(bounds, max(use.groups for use in uses.values())) if bounds else ()
        )
    ]
    if any(not use.groups for use in uses.values()):
        items.append({"label": "named; groups not counted", "color": NOT_COUNTED})
    return items


def _metadata(brief: Brief) -> Iterator[dict[str, Any]]:
    as_of = long_date(brief.data_as_of) or "a day not stated"
    rows = (
        ("Marking", f"{brief.tlp.label}. {brief.tlp.meaning}"),
        ("Briefing", brief.title),
        ("Prepared for", brief.client),
        ("Author", brief.author),
        ("Data as of", as_of),
        *(("Made from", f"{it.title} {it.version}. {it.notice}") for it in brief.made_from),
    )
    for name, value in rows:
        words = printable(value).strip()
        if words:
            yield {"name": name, "value": words}


def _release(brief: Brief) -> str:
    """The release of ATT&CK behind the brief; "" where it is not known."""
    for snapshot in brief.made_from:
        if "ATT&CK" in snapshot.title and _RELEASE.fullmatch(snapshot.version):
            return snapshot.version.partition(".")[0]
    return ""


class _Writer:
    """Writes what people read of a layer."""

    def __init__(self, brief: Brief, bounds: tuple[int, ...], of: int) -> None:
        self._brief = brief
        self._bounds = bounds
        self._of = of
        self._numbers = Numbers(brief)
        self._sources = {source.key: source for source in brief.sources}

    def description(self, title: str) -> str:
        """The marking first: it is what a reader must see."""
        brief = self._brief
        as_of = printable(long_date(brief.data_as_of) or "a day not stated")
        of = f" of {self._of:,}" if self._of else ""
        return (
            f"{brief.tlp.label}. {brief.tlp.meaning} {title}. Data as of {as_of}. "
            f"Score: how many groups{of} in ATT&CK use the technique; a high score is common, "
            "not dangerous."
        )

    def technique(self, number: str, use: _Use) -> dict[str, Any]:
        """One technique with its score, its class and its sources."""
        if use.groups:
            shown = {
                "score": use.groups,
                "color": RAMP[heat_shade(use.groups, self._bounds) - 1],
            }
        else:
            shown = {"color": NOT_COUNTED}
        links = list(self._links(use))
        return {
            "techniqueID": number,
            **shown,
            "comment": self._comment(use),
            "enabled": True,
            **({"links": links} if links else {}),
        }

    def _comment(self, use: _Use) -> str:
        sentences = [printable(use.name)] if use.name else []
        if use.stages:
            sentences.append(f"Stage {', '.join(map(printable, use.stages))}")
        if use.groups:
            groups = (
                f"{use.groups:,} of {counted(self._of, 'group')}"
                if self._of
                else counted(use.groups, "group")
            )
            sentences.append(f"Used by {groups} in ATT&CK")
        if use.sources:
            named = (self._source(key) for key in use.sources)
            sentences.append(f"Sources: {'; '.join(named)}")
        return "".join(f"{sentence.rstrip('.')}. " for sentence in sentences).rstrip()

    def _source(self, key: str) -> str:
        (number,) = self._numbers.of((key,))
        return f"[{number}] {_short(self._sources[key])}"

    def _links(self, use: _Use) -> Iterator[dict[str, str]]:
        for key in use.sources:
            source = self._sources[key]
            href = safe_href(source.url)
            if href:
                yield {"label": self._source(key), "url": href}


def _short(source: BriefSource) -> str:
    return printable(source.short or source.publisher or source.title) or "Untitled"
