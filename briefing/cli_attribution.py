"""The command about attribution that needs no recorded incident: overlap with known groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli_common import (
    CANNOT,
    as_json_option,
    open_database,
    print_json,
    say,
    with_files,
)
from briefing.core.dates import long_date
from briefing.core.errors import WrongCallError
from briefing.core.wording import counted, first_of, listed

if TYPE_CHECKING:
    from briefing.core.weighing import Matched, Overlap, Ranked

_SHOWN = 10
"""Groups in a line of text; --json gives all that share anything."""
_FEATURES = 6
"""Shared features that are named in a line of text."""
_BETWEEN = re.compile(r"[\s,;]+")


@click.command("overlap")
@click.option(
    "--features",
    required=True,
    metavar="IDS",
    help="ATT&CK ids of techniques and software, with commas: T1059,T1566.001,S0002.",
)
@click.option(
    "--as-of", default="", metavar="DATE", help="Compare with what was known on that day."
)
@as_json_option
@with_files
def overlap_command(
    features: str, as_of: str, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Rank known groups by the techniques and software they share with an incident.

    It ranks and names what is shared; it gives no probability. Fewer than five features are not
    ranked. A sub-technique is a feature of its own. Exit code 1 when nothing was ranked.
    """
    # lazy: 0.1 s, comparing is for this command only.
    from briefing.services.overlap import overlap_with_groups  # noqa: PLC0415 - start time

    del workspace
    wanted, day = _wanted(features), _day(as_of)
    overlap = overlap_with_groups(open_database(database).connection, wanted, day)
    if as_json:
        print_json(_json(overlap))
    else:
        say("\n".join(_lines(overlap)))
    return 0 if overlap.ranked else CANNOT


def _wanted(text: str) -> tuple[str, ...]:
    """The ids in a text.

    Raises:
        WrongCallError: where there is none, or one that is no id of a feature.
    """
    # lazy: it is small, and goes with the service.
    from briefing.analysis.overlap import is_feature  # noqa: PLC0415 - start time

    words = dict.fromkeys(word for word in _BETWEEN.split(text) if word)
    other = [f"“{word[:40]}”" for word in words if not is_feature(word.upper())]
    if other:
        raise WrongCallError(
            f"{first_of(other, 5)} {'is no ATT&CK id' if len(other) == 1 else 'are no ATT&CK ids'}"
            " of a technique (T1059, T1059.001) or a piece of software (S0002)."
        )
    if not words:
        raise WrongCallError("--features names no ATT&CK id, such as T1059 or S0002.")
    return tuple(words)


def _day(text: str) -> str:
    """The day that was typed, or "".

    Raises:
        WrongCallError: for what is no day.
    """
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise WrongCallError(f"“{text[:40]}” is no day such as 2025-05-31.") from None


def _json(overlap: Overlap) -> dict[str, Any]:
    # lazy: as in the command.
    from briefing.services import overlap_words as words  # noqa: PLC0415 - start time

    return {
        "ranked": [_ranked_json(group) for group in overlap.ranked],
        "margin": overlap.margin,
        "discriminates": overlap.discriminates,
        "refused": overlap.refused or None,
        "groups": overlap.groups,
        "as_of": overlap.as_of or None,
        "features": list(overlap.features),
        "unknown": list(overlap.unknown),
        "absent": list(overlap.absent),
        "replaced": dict(overlap.replaced),
        "not_in_the_catalogue": words.ALWAYS_POSSIBLE,
        "backtest": words.BACKTEST_LINE,
    }


def _ranked_json(group: Ranked) -> dict[str, Any]:
    return {
        "rank": group.rank,
        "id": group.actor,
        "name": group.name,
        "attack_id": group.attack_id or None,
        "score": group.score,
        "matched": [
            {"feature": one.feature, "share": one.share, "name": one.name, "groups": one.groups}
            for one in group.matched
        ],
    }


def _lines(overlap: Overlap) -> Iterator[str]:
    # lazy: as in the command.
    from briefing.services import overlap_words as words  # noqa: PLC0415 - start time

    as_of = f", as of {long_date(overlap.as_of)}" if overlap.as_of else ""
    shown = overlap.ranked[:_SHOWN]
    yield overlap.refused or (
        f"{counted(len(overlap.features), 'feature')} compared with"
        f" {counted(overlap.groups, 'known group')} of ATT&CK{as_of}."
    )
    for group in shown:
        shared = first_of([_feature(one) for one in group.matched], _FEATURES)
        yield (
            f"{group.rank:>3}  {group.name} ({group.attack_id}):"
            f" {words.shares(overlap, group)} features: {shared}"
        )
    if len(overlap.ranked) > len(shown):
        yield f"     {len(overlap.ranked) - len(shown):,} more share something; --json lists all."
    yield f"  –  {words.NOT_LISTED}: {words.ALWAYS_POSSIBLE}"
    yield from _not_compared(overlap)
    if len({group.rank for group in shown}) < len(shown):
        yield words.TIES
    if overlap.ranked:
        yield words.margin_line(overlap)
    yield words.BACKTEST_LINE
    yield words.NO_PROBABILITY


def _feature(one: Matched) -> str:
    """``Mimikatz S0002 (38 groups)``."""
    return f"{one.name} {one.feature} ({counted(one.groups, 'group')})"


def _not_compared(overlap: Overlap) -> Iterator[str]:
    for given, now in overlap.replaced:
        yield f"{given} was withdrawn from ATT&CK; {now} was compared in its place."
    if overlap.absent:
        are, were = ("is", "was") if len(overlap.absent) == 1 else ("are", "were")
        yield f"{listed(overlap.absent)} {are} in no catalogue here and {were} not compared."
    if overlap.unknown and overlap.groups:
        yield f"No known group is said to use {listed(overlap.unknown)}."


OVERLAP_COMMANDS = (overlap_command,)
