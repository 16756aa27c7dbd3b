"""The ``verify`` command: what of a briefing that was handed over still stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from briefing.cli_common import as_json_option, open_database, print_json, say, with_files
from briefing.core.changes import printed_key
from briefing.core.wording import counted
from briefing.services.verify_brief import Verified, verify_file
from briefing.store.standing import Standing, Words


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json_option
@with_files
def verify(file: Path, as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """Say which statements behind FILE, a briefing, still stand, changed or were withdrawn."""
    del workspace
    found = verify_file(open_database(database), file)
    if as_json:
        print_json(verified_json(found))
    else:
        say("\n".join(_lines(found, file.name)))
    return 0


def verified_json(found: Verified) -> dict[str, Any]:
    """``{made_from, still_stands, changed, withdrawn, unknown, …}``."""
    manifest = found.manifest
    return {
        "kind": manifest.kind,
        "subject": manifest.subject,
        "title": manifest.title,
        "tlp": manifest.tlp,
        "data_as_of": manifest.data_as_of,
        "made_from": list(manifest.made_from),
        "statements": len(found.statements),
        "still_stands": len(found.of("stands")),
        "changed": [_as_json(found, one) for one in found.of("changed")],
        "withdrawn": [_as_json(found, one) for one in found.of("withdrawn")],
        "unknown": [one.key for one in found.of("unknown")],
    }


def _as_json(found: Verified, one: Standing) -> dict[str, Any]:
    return {
        "statement": one.key,
        "about": one.about,
        "says": one.heading,
        "source": one.source,
        "before": _words(one.before),
        "now": _words(one.now),
        "differs": list(one.differs),
        "closed_by": one.closed,
        "places": [
            {"part": place.part, "section": place.section, "block": place.block}
            for place in found.places(one.key)
        ],
    }


def _words(words: Words | None) -> dict[str, Any] | None:
    if words is None:
        return None
    return {"statement": words.key, "text": words.text, "tlp": words.level.code}


def _lines(found: Verified, name: str) -> Iterator[str]:
    manifest = found.manifest
    yield f"{name}: {manifest.title}, {manifest.tlp}, data as of {manifest.data_as_of}"
    stand = len(found.of("stands"))
    yield f"{stand:,} of {counted(len(found.statements), 'statement')} still stand."
    if changed := found.of("changed"):
        yield f"Changed: {len(changed):,}"
        for one in changed:
            yield f"  {_head(one)}: “{_said(one.before)}” is now “{_said(one.now)}”"
            yield from (f"    {words}" for words in one.differs)
            yield from _where(found, one)
    if withdrawn := found.of("withdrawn"):
        yield f"Withdrawn: {len(withdrawn):,}"
        for one in withdrawn:
            yield f"  {_head(one)}: “{_said(one.before)}”"
            yield from _where(found, one)
    if unknown := found.of("unknown"):
        yield f"Not known to this database: {len(unknown):,}"
        yield from (f"  {printed_key(one.key)}" for one in unknown)


def _head(one: Standing) -> str:
    return ", ".join(filter(None, (one.about, one.heading.lower(), f"says {one.title}")))


def _said(words: Words | None) -> str:
    return words.text if words else ""


def _where(found: Verified, one: Standing) -> Iterator[str]:
    named = dict.fromkeys(f"{place.part}, {place.section}" for place in found.places(one.key))
    if named:
        yield f"    In: {'; '.join(named)}"


VERIFY_COMMANDS: tuple[click.Command, ...] = (verify,)
