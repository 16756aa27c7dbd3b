"""Briefings that were handed over, as the workspace keeps them: made, recorded and read here alone.

What is kept is the manifest, as it lies in the file: with it one can tell later what changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from briefing.core.brief import Brief
from briefing.core.tlp import Tlp
from briefing.exports.manifest import manifest
from briefing.services.verify_manifest import Manifest, ManifestError, parsed
from briefing.store.workspace import Delivery, Workspace

EVERY: Final = -1
"""As many deliveries as there are."""
_LEVELS: Final = {level.code: level for level in Tlp}


def delivery_of(brief: Brief, subject: str, files: Iterable[Path], at: str) -> Delivery:
    """A briefing as it is remembered; its audience is its client, or else its ceiling.

    Args:
        brief: What was handed over.
        subject: What the recipe was asked for, such as an actor's id; "" takes the brief's own.
        files: Where it was written to.
        at: The moment, ISO 8601.

    Raises:
        BriefingError: when a text of the brief cannot be kept.
    """
    return Delivery(
        kind=brief.kind,
        subject=subject or brief.subject,
        title=brief.title,
        audience=brief.client or brief.ceiling.code,
        tlp=brief.tlp.code,
        delivered_at=at,
        manifest=manifest(brief).decode("utf-8"),
        files=kept_paths(files),
    )


def kept_paths(files: Iterable[Path]) -> tuple[str, ...]:
    """Where files are found again, from wherever the program is started then."""
    return tuple(str(path.absolute()) for path in files)


def record_deliveries(workspace: Path, deliveries: Iterable[Delivery]) -> None:
    """Remember what was handed over, in this order.

    Raises:
        DatabaseError: when the workspace cannot be written.
    """
    with closing(Workspace(workspace)) as opened:
        for delivery in deliveries:
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


def level_of(delivery: Delivery) -> Tlp | None:
    """The ceiling of those it was made for; None where they are known by a client's name.

    A client may be called what a level is, so the manifest is asked who it was.
    """
    level = _LEVELS.get(delivery.audience)
    try:
        return None if level is None or manifest_of(delivery).client else level
    except ManifestError:
        return level
