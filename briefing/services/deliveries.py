"""Briefings that were handed over: what of them is kept, and which of them a name means.

What is kept is the manifest, as it lies in the file: with it one can tell later what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from briefing.core.brief import Brief
from briefing.core.errors import NotFoundError
from briefing.core.wording import first_of
from briefing.exports.manifest import manifest
from briefing.services.recipes.since import CHANGES
from briefing.services.verify_manifest import Manifest, ManifestError, parsed
from briefing.store.workspace import Delivery, Workspace

EVERY: Final = -1
"""As many deliveries as there are."""
_NAMED: Final = 5


def delivery_of(brief: Brief, subject: str, files: Iterable[Path], at: str) -> Delivery:
    """A briefing as it is remembered.

    Args:
        brief: What was handed over.
        subject: What the recipe was asked for, such as an actor's id; "" takes the brief's own.
        files: Where it was written to.
        at: The moment, ISO 8601.
    """
    return Delivery(
        kind=brief.kind,
        subject=subject or brief.subject,
        title=brief.title,
        audience=brief.ceiling.code,
        tlp=brief.tlp.code,
        delivered_at=at,
        manifest=manifest(brief).decode("utf-8"),
        files=tuple(str(path) for path in files),
    )


def record_delivery(workspace: Path, delivery: Delivery) -> None:
    """Remember what was handed over.

    Raises:
        DatabaseError: when the workspace cannot be written.
    """
    with closing(Workspace(workspace)) as opened:
        opened.record_delivery(delivery)


def read_deliveries(workspace: Path, most: int = EVERY) -> tuple[Delivery, ...]:
    """What was delivered, newest first.

    Args:
        workspace: The file.
        most: So many of them.

    Raises:
        DatabaseError: when the workspace cannot be read.
    """
    with closing(Workspace(workspace)) as opened:
        return opened.deliveries(most)


def manifest_of(delivery: Delivery) -> Manifest:
    """Its manifest.

    Raises:
        ManifestError: when what was kept cannot be read.
    """
    return parsed(delivery.manifest.encode("utf-8", "replace"), "the workspace")


def delivered_to(deliveries: Sequence[Delivery], name: str, others: Iterable[str] = ()) -> Delivery:
    """The newest delivery on a subject or to a client; lists of changes are none.

    Args:
        deliveries: Newest first.
        name: A subject or a client, as somebody types it; case does not count.
        others: Ids that the name may mean besides.

    Raises:
        NotFoundError: naming the subjects of those there are.
    """
    wanted = {name.casefold(), *(other.casefold() for other in others)}
    told: dict[str, None] = {}
    for one in deliveries:
        if one.kind == CHANGES:
            continue
        names = _names(one)
        if wanted & {found.casefold() for found in names}:
            return one
        told[names[-1]] = None
    held = f" Remembered are those on {first_of(list(told), _NAMED)}." if told else ""
    raise NotFoundError(
        f"No briefing on “{name}” or to a client of that name was delivered from here.",
        tuple(told),
        f"Give the file that was handed over, or write briefings with --deliver.{held}",
    )


def _names(delivery: Delivery) -> tuple[str, ...]:
    """What a delivery may be asked for by; the last is the one for people."""
    try:
        held = manifest_of(delivery)
    except ManifestError:
        return (delivery.subject,)
    return tuple(filter(None, (delivery.subject, held.client, held.subject or delivery.subject)))
