"""A briefing in which every text of every field is a canary, told by the field it stands in."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from canary_mint import Mint
from canary_plant import Planted
from canary_scan import Watch
from sample_brief import gamaredon

from briefing.core.brief import Brief, BriefObject
from briefing.core.tlp import Tlp

_AS_THEY_ARE = frozenset(
    (
        *("key", "published", "date", "kind", "language", "data_as_of", "edge", "countries"),
        *("sha256", "reliability", "primary", "secondary", "logo", "id", "attack_id", "stage"),
        *("withheld", "own"),
    )
)
"""Fields that are codes and dates, or of which no format prints the words."""


def told(mint: Mint, level: int = Tlp.RED) -> Brief:
    """The sample briefing, every text of it a canary of a level and with objects it speaks of."""
    sample = gamaredon()
    technique = "attack-pattern--00290ac5-551e-44aa-bbd8-c4b913488a6d"
    spoken = BriefObject(technique, "A technique", Tlp.CLEAR, "T1566.001", groups=3)
    objects = (*sample.objects, spoken)
    found: Brief = _walked(replace(sample, objects=objects), mint, level, "", "")
    return found


def planted_in(mint: Mint) -> Counter[str]:
    """How many canaries there are by field."""
    return Counter(canary.where for canary in mint.made.values())


def found_by(render: Callable[[Brief], bytes], seed: int) -> tuple[Counter[str], Counter[str]]:
    """What is found in a format of such a briefing, and what was planted, by field."""
    mint = Mint(random.Random(seed))  # noqa: S311 - chance, not secrets
    brief = told(mint)
    scanned = Watch(Planted(Path(), mint), Tlp.AMBER_STRICT, Tlp.AMBER_STRICT).scan(render(brief))
    return Counter(leak.planted for leak in scanned.leaks), planted_in(mint)


def _walked(value: Any, mint: Mint, level: int, name: str, owner: str) -> Any:
    if name in _AS_THEY_ARE or isinstance(value, Enum | int | float | bytes) or not value:
        return value
    if isinstance(value, str):
        if name == "sources":
            return value
        word = mint.word(level, f"{owner}.{name}")
        return f"https://{word}.example/x" if value.startswith("https") else word.capitalize()
    if isinstance(value, tuple):
        return tuple(_walked(one, mint, level, name, owner) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        owner = type(value).__name__
        made = {
            f.name: _walked(getattr(value, f.name), mint, level, f.name, owner)
            for f in fields(value)
        }
        return replace(value, **made)
    return value
