"""The command that says who targets which countries and sectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli_common import as_json_option, open_database, print_json, say, with_files
from briefing.core.errors import WrongCallError
from briefing.core.targeting import Targeting, TargetingFilter
from briefing.core.wording import counted

if TYPE_CHECKING:
    from briefing.core.targeting import TargetCount
    from briefing.services.client_words import Words
    from briefing.store.labels import Labels

_SHOWN = 20
"""Rows of each kind in a line of text; --json gives all."""
_FIRST_YEAR, _LAST_YEAR = 1970, 9999


@click.command("targeting")
@click.option("--sector", "sectors", multiple=True, metavar="CODE", help="Who targets this sector.")
@click.option("--origin", "origins", multiple=True, metavar="CC", help="Actors said to come from.")
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="An actor: id or name.")
@click.option(
    "--since",
    type=click.IntRange(_FIRST_YEAR, _LAST_YEAR),
    metavar="YEAR",
    help="Only what is dated from this year on; what bears no date is left out, and counted.",
)
@as_json_option
@with_files
def targeting_command(
    sectors: tuple[str, ...],
    origins: tuple[str, ...],
    actors: tuple[str, ...],
    since: int | None,
    as_json: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Count who is said to target which countries and sectors.

    Regions and organisations are targets of their own and are spread over no country.
    """
    # lazy: 0.2 s, counting is for this command only.
    from briefing.services.client_words import (  # noqa: PLC0415 - start time
        country_words,
        sector_words,
    )
    from briefing.services.look_up import the_actor  # noqa: PLC0415 - start time
    from briefing.services.targeting import TargetingIndex  # noqa: PLC0415 - start time
    from briefing.store.labels import read_labels  # noqa: PLC0415 - start time

    del workspace
    knowledge = open_database(database)
    labels = read_labels(knowledge.connection)
    wanted = TargetingFilter(
        sectors=_codes(sectors, sector_words(labels)),
        origins=_codes(origins, country_words(labels)),
        actors=frozenset(the_actor(knowledge, name) for name in actors),
        first_year=since,
        last_year=_LAST_YEAR if since is not None else None,
    )
    found = TargetingIndex.read(knowledge).count(wanted)
    if as_json:
        print_json(_json(found))
    else:
        say(_text(found, labels, since))
    return 0


def _codes(texts: Sequence[str], words: Words) -> frozenset[str]:
    """Codes of what was typed.

    Raises:
        WrongCallError: for a word that stands for nothing, with the nearest known.
    """
    found = set()
    for text in texts:
        code = words.code(text)
        if not code:
            raise WrongCallError(words.refusal(text))
        found.add(code)
    return frozenset(found)


def _json(found: Targeting) -> dict[str, Any]:
    known = found.known
    return {
        "countries": _rows(found.countries, "country"),
        "sectors": _rows(found.sectors, "sector"),
        "places": _rows(found.places, "place"),
        "scopes": _rows(found.scopes, "scope"),
        "known": {
            "actors_with_sector": known.with_sector,
            "actors_with_country": known.with_country,
            "actors": known.actors,
            "matching": found.matching,
            "undated": known.undated,
        },
    }


def _rows(counts: Sequence[TargetCount], name: str) -> list[dict[str, Any]]:
    return [{name: c.code, "actors": c.actors, "statements": c.statements} for c in counts]


def _text(found: Targeting, labels: Labels, since: int | None) -> str:
    known = found.known
    lines = [
        f"Victim countries known for {known.with_country:,} of {known.actors:,} actors, sectors"
        f" for {known.with_sector:,}."
    ]
    if found.matching < known.actors:
        lines.append(f"The choice fits {counted(found.matching, 'actor')} of them.")
    if since is not None:
        lines.append(
            f"Only what is dated from {since} on: {counted(known.undated, 'actor')} about whom"
            " nothing is dated are left out."
        )
    kinds = (
        ("Countries", found.countries, labels.target),
        ("Regions, organisations and companies", found.places, labels.target),
        ("Sectors", found.sectors, lambda code: labels.label("sector", code)),
        ("Scopes, which name no sector", found.scopes, lambda code: labels.label("scope", code)),
    )
    for title, counts, label in kinds:
        if counts:
            lines.append(f"{title} ({len(counts)} named):")
        for one in counts[:_SHOWN]:
            said = f"{counted(one.actors, 'actor')}, {counted(one.statements, 'statement')}"
            lines.append(f"  {label(one.code)}: {said}")
        if len(counts) > _SHOWN:
            lines.append(f"  and {len(counts) - _SHOWN:,} more; --json lists all.")
    if not (found.countries or found.places or found.sectors or found.scopes):
        lines.append("No target is stated.")
    return "\n".join(lines)


TARGETING_COMMANDS = (targeting_command,)
