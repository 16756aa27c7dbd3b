"""The delivered briefing that a briefing on changes is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.services.verify_manifest import Manifest, parsed
from briefing.store.workspace import Delivery

CHANGES = "changes"
"""The kind of briefing that tells what changed since another."""


@dataclass(frozen=True, slots=True)
class Since:
    """A delivered briefing to compare with.

    Attributes:
        manifest: What it rests on.
        delivered_at: When it was handed over, ISO 8601; "" where only its file is known.
        audience: Ceiling of those it was handed to, as stored; "" where only its file is known.
    """

    manifest: Manifest
    delivered_at: str = ""
    audience: str = ""

    @classmethod
    def of(cls, delivery: Delivery) -> Since:
        """From what the workspace keeps.

        Raises:
            ManifestError: when its manifest cannot be read.
        """
        content = delivery.manifest.encode("utf-8", "replace")
        return cls(parsed(content, "the workspace"), delivery.delivered_at, delivery.audience)


def last_delivery(deliveries: Sequence[Delivery], subject: str) -> Delivery | None:
    """The newest of deliveries (newest first) on a subject that is no list of changes itself."""
    found = (one for one in deliveries if one.subject == subject and one.kind != CHANGES)
    return next(found, None)
