"""The present time, as the window's screens are given it; tests give another."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Now, with its zone."""
    return datetime.now(UTC)
