"""What stands on a cover, the same in every format."""

from __future__ import annotations

from briefing.core.brief import Brief, WorldMap
from briefing.core.dates import long_date

_SNAPSHOTS = 4
"""Snapshots that are named; further ones are counted."""


def cover_rows(brief: Brief) -> tuple[tuple[str, str], ...]:
    """Labels and values under the title; an empty value is not printed."""
    sender = brief.author or (brief.brand.name if brief.brand else "")
    return (
        ("Prepared for", brief.client),
        ("Audience", brief.audience),
        ("Prepared by", sender),
        ("Data as of", long_date(brief.data_as_of) or "a day not stated"),
        ("Made from", _made_from(brief)),
        ("Marking", f"{brief.tlp.label}. {brief.tlp.meaning}"),
    )


def _made_from(brief: Brief) -> str:
    named = [f"{it.title} {it.version}".strip() for it in brief.made_from[:_SNAPSHOTS]]
    more = len(brief.made_from) - len(named)
    return "; ".join([*named, f"{more:,} more"] if more > 0 else named)


def countries_of_map(brief: Brief) -> tuple[str, ...]:
    """The countries of the first map."""
    for block in brief.blocks():
        if isinstance(block, WorldMap):
            return tuple(code for code, number in block.countries if number > 0)
    return ()
