"""The delivered briefing that a briefing on changes goes back to, and which one a name means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.core.wording import first_of
from briefing.services.deliveries import level_of, manifest_of
from briefing.services.verify_manifest import Manifest, ManifestError
from briefing.store.workspace import Delivery

CHANGES = "changes"
"""The kind of briefing that tells what changed since another."""
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Since:
    """A delivered briefing to compare with.

    Attributes:
        manifest: What it rests on.
        delivered_at: When it was handed over, ISO 8601; "" where only its file is known.
        ceiling: Of those it was handed to; None where that was a client, whose level is kept with
            the client, and where only its file is known.
    """

    manifest: Manifest
    delivered_at: str = ""
    ceiling: Tlp | None = None

    @classmethod
    def of(cls, delivery: Delivery) -> Since:
        """From what the workspace keeps.

        Raises:
            ManifestError: when its manifest cannot be read.
        """
        return cls(manifest_of(delivery), delivery.delivered_at, level_of(delivery))


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
