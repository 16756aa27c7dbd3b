"""The command about relevance: who would attack a client; what that is worth is in Help."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli_common import CANNOT, as_json_option, open_database, print_json, say, with_files
from briefing.core.wording import counted, listed

if TYPE_CHECKING:
    from briefing.core.relevance import Reason, Relevance, RelevantActor, RelevantVulnerability
    from briefing.services.relevance import Explained


@click.command("relevance")
@click.option(
    "--client",
    "file",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="TOML file of the client, as “briefing clients export” writes it.",
)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option(
    "--why", default="", metavar="ACTOR", help="Why this actor is where it is, or absent."
)
@as_json_option
@with_files
def relevance_command(
    file: Path,
    limit: int,
    why: str,
    as_json: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Say who would attack a client, and why: every point is a sentence with its sources."""
    # lazy: 0.2 s, reading clients and incidents is for this command only.
    from briefing.services.clients import read_client_file  # noqa: PLC0415 - start time
    from briefing.services.relevance import RelevanceDesk  # noqa: PLC0415 - start time

    del workspace
    knowledge = open_database(database)
    desk = RelevanceDesk(knowledge)
    client = read_client_file(file, desk.memory.labels)
    today = datetime.now(UTC).date()
    if why:
        # lazy: 0.1 s.
        from briefing.services.look_up import the_actor  # noqa: PLC0415 - start time

        explained = desk.explain(client, the_actor(knowledge, why), today=today)
        if as_json:
            print_json(_explained_json(client.name, explained))
        else:
            say(_explained_text(client.name, explained))
        return 0
    found = desk.rank(client, today=today, limit=limit)
    if as_json:
        print_json(_relevance_json(client.name, found))
    else:
        say(_relevance_text(client.name, found))
    return 0 if found.actors else CANNOT


def _relevance_json(name: str, found: Relevance) -> dict[str, Any]:
    return {
        "client": name,
        "basis": found.ground,
        "data_as_of": found.data_as_of or None,
        "incidents": found.incidents,
        "concerning": found.concerning,
        "until": found.until or None,
        "of": found.of,
        "actors": [_actor_json(one) for one in found.actors],
        "supply_chain": [_actor_json(one) for one in found.supply_chain],
        "supply_chain_of": found.supply_chain_of,
        "technology": [_technology_json(one) for one in found.technology],
        "technology_of": found.technology_of,
        "unmatched": list(found.unmatched),
        "missing": list(found.missing),
        "sources": [
            {"id": one.key, "title": one.title, "url": one.url or None} for one in found.sources
        ],
    }


def _actor_json(one: RelevantActor) -> dict[str, Any]:
    return {
        "id": one.actor.id,
        "name": one.actor.name,
        "attack_id": one.actor.attack_id or None,
        "score": one.score,
        "reasons": [_reason_json(reason) for reason in one.reasons],
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {
        "term": reason.term,
        "points": reason.points,
        "text": reason.text,
        "sources": list(reason.basis.sources),
    }


def _technology_json(one: RelevantVulnerability) -> dict[str, Any]:
    return {
        "id": one.id,
        "technology": one.technology,
        "name": one.name,
        "listed": one.listed or None,
        "due": one.due or None,
        "ransomware": one.ransomware,
        "actors": [{"id": row.id, "name": row.name} for row in one.actors],
        "sources": list(one.basis.sources),
    }


def _explained_json(name: str, one: Explained) -> dict[str, Any]:
    return {
        "client": name,
        **_actor_json(one.found),
        "rank": one.rank or None,
        "of": one.of,
        "changes": list(one.changes),
    }


def _relevance_text(name: str, found: Relevance) -> str:
    lines = [f"{name}: data as of {found.data_as_of or 'no day'}.", _ground_text(found)]
    lines += found.missing
    numbers = {entry.key: number for number, entry in enumerate(found.sources, start=1)}
    for place, one in enumerate(found.actors, start=1):
        lines.append(f"{place}. {one.actor.name}: {one.score:.2f} points")
        lines += [f"     {r.points:.2f}  {r.text}{_marks(r, numbers)}" for r in one.reasons]
    lines.append("The order is not how likely an attack is.")
    if found.supply_chain:
        shown = _shown(len(found.supply_chain), found.supply_chain_of)
        lines.append(f"Through those you serve and who serve you (not validated{shown}):")
        for one in found.supply_chain:
            said = " ".join(f"{r.text}{_marks(r, numbers)}" for r in one.reasons)
            lines.append(f"  {one.actor.name}: {said}")
    if found.technology:
        shown = _shown(len(found.technology), found.technology_of)
        lines.append(f"Through what you run (not validated{shown}):")
        lines += map(_technology_text, found.technology)
    if found.unmatched:
        lines.append(f"Nothing is known here about: {', '.join(found.unmatched)}.")
    lines += [f"[{numbers[e.key]}] {e.title or 'No title'} {e.url}".rstrip() for e in found.sources]
    return "\n".join(lines)


def _ground_text(found: Relevance) -> str:
    if found.ground != "incident history":
        return (
            "Basis: catalogue only, since no dated incident concerns its countries or sectors."
            " Catalogue statements alone did no better in our test than how often an actor is"
            " reported."
        )
    return (
        f"Basis: incident history. {counted(found.concerning, 'incident')} in its countries or"
        f" sectors, of {counted(found.incidents, 'dated incident')} with a known actor, the newest"
        f" of {found.until}."
    )


def _shown(shown: int, of: int) -> str:
    return f"; the first {shown} of {of:,}" if shown < of else ""


def _technology_text(one: RelevantVulnerability) -> str:
    parts = [
        f"listed as exploited {one.listed}" if one.listed else "",
        f"due {one.due}" if one.due else "",
        "used by ransomware" if one.ransomware else "",
        f"named with {listed(row.name for row in one.actors)}" if one.actors else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"  {one.id} {one.name} ({one.technology}): {said}"


def _marks(reason: Reason, numbers: dict[str, int]) -> str:
    found = sorted(numbers[key] for key in reason.basis.sources if key in numbers)
    return f" [{', '.join(map(str, found))}]" if found else ""


def _explained_text(name: str, one: Explained) -> str:
    place = f"number {one.rank} of {one.of}" if one.rank else "not among them"
    lines = [f"{one.found.actor.name} for {name}: {place}, {one.found.score:.2f} points."]
    lines += [f"  {reason.points:.2f}  {reason.text}" for reason in one.found.reasons]
    return "\n".join([*lines, *one.changes])


RELEVANCE_COMMANDS = (relevance_command,)
