"""Kinds of record, by what rests on them."""

from __future__ import annotations

REPORT_KINDS = frozenset(
    ("advisory", "report", "vulnerability", "incident", "attribution", "receiver", "claim")
)
"""Kinds on which nothing of the catalogue rests: an advisory that names an actor is listed with it,
but says nothing about it."""
