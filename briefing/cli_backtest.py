"""The commands that measure a method on cases whose answer is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli_common import as_json_option, print_json, say, with_files
from briefing.core.wording import counted

if TYPE_CHECKING:
    from briefing.analysis.overlap_backtest import Band, Placed
    from briefing.analysis.relevance_backtest import Worth
    from briefing.services.backtest_attribution import Measured

_TOP = 10


@click.group("backtest")
def backtest_command() -> None:
    """Measure a method on cases whose answer is known."""


@backtest_command.command("relevance")
@click.argument("cases", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json_option
@with_files
def backtest_relevance_command(
    cases: Path, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Rank the actors of CASES with only what was known before each of them.

    CASES is JSON, plain or packed with gzip: actors (id to name), subregions (country to name),
    history (a list of id, date, actors, countries with the sectors hit there, sectors and
    initiator_countries) and cases (a list of incident, date, true_actor, countries and sponsors,
    actor to country).
    """
    # lazy: 0.1 s.
    from briefing.services.backtest_relevance import (  # noqa: PLC0415 - start time
        backtest_relevance,
    )

    del database, workspace
    found = backtest_relevance(cases)
    if as_json:
        popularity = _worth_json(found.popularity)
        print_json({"n": found.cases, **_worth_json(found.formula), "popularity": popularity})
    else:
        say(
            f"{counted(found.cases, 'case')}, each ranked with what was known before it:\n"
            f"  the formula     {_worth_text(found.formula)}\n"
            f"  how often seen  {_worth_text(found.popularity)}"
        )
    return 0


@backtest_command.command("attribution")
@click.argument("cases", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json_option
@with_files
def backtest_attribution_command(
    cases: Path, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Rank known groups by what they share with each of CASES, whose authors are known.

    CASES is JSON, plain or packed with gzip: group_names (ATT&CK group id to name) and cases (a
    list of id, name, true_groups, features and profiles, group id to ATT&CK ids known before). A
    case counts when it has true groups and features; ties count against the method; of several
    true groups the best placed counts.
    """
    # lazy: 0.1 s.
    from briefing.services.backtest_attribution import (  # noqa: PLC0415 - start time
        backtest_attribution,
    )

    del database, workspace
    measured = backtest_attribution(cases)
    if as_json:
        print_json(_attribution_json(measured))
    else:
        say(_attribution_text(measured))
    return 0


def _worth_json(worth: Worth) -> dict[str, float]:
    found = {f"recall{cut}": round(value, 3) for cut, value in worth.recall.items()}
    return {**found, "mrr": round(worth.mrr, 3)}


def _worth_text(worth: Worth) -> str:
    recall = "  ".join(f"recall@{cut} {value:.3f}" for cut, value in worth.recall.items())
    return f"{recall}  MRR {worth.mrr:.3f}"


def _attribution_json(measured: Measured) -> dict[str, Any]:
    found = measured.backtest
    return {
        "n": found.cases,
        "top1": found.within(1),
        "top3": found.within(3),
        "top10": found.within(_TOP),
        "mrr": round(found.mrr, 3),
        "left_out": measured.left_out,
        "margins": [
            {
                "least": band.least,
                "below": band.below,
                "right": band.right,
                "rankings": band.rankings,
            }
            for band in found.bands
        ],
        "cases": [_placed_json(one) for one in found.placed],
    }


def _placed_json(one: Placed) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "name": one.case.name,
        "features": len(one.case.features),
        "true_group": one.group or None,
        "rank": one.rank,
        "groups": len(one.case.profiles),
        "margin": None if one.margin is None else round(one.margin, 3),
    }


def _attribution_text(measured: Measured) -> str:
    found = measured.backtest
    lines = [
        f"{counted(found.cases, 'case')} whose authors are known, each compared with the profiles"
        " of the release before it:",
        f"  first {found.within(1)}   among the first 3 {found.within(3)}"
        f"   among the first {_TOP} {found.within(_TOP)}   MRR {found.mrr:.3f}",
        f"In {found.cases - found.within(_TOP)} of {found.cases} cases the true group is not in the"
        " top ten.",
        "By the margin of the first over the second:",
        *map(_band_text, found.bands),
        "Case by case:",
        *(_placed_text(one, measured) for one in found.placed),
    ]
    if measured.left_out:
        lines.append(
            f"{measured.left_out:,} more of the file are left out: no known author, or no features."
        )
    return "\n".join(lines)


def _band_text(band: Band) -> str:
    if band.below is None:
        margin = f"{band.least:g} or more"
    elif not band.least:
        margin = f"below {band.below:g}"
    else:
        margin = f"{band.least:g} to {band.below:g}"
    return f"  {margin:<11} right {band.right} of {band.rankings}"


def _placed_text(one: Placed, measured: Measured) -> str:
    rank = "no profile" if one.rank is None else f"rank {one.rank} of {len(one.case.profiles)}"
    name = measured.names.get(one.group, one.group)
    author = f": {name}" if name else ""
    return f"  {one.case.id} {one.case.name}{author}, {rank}"


BACKTEST_COMMANDS = (backtest_command,)
