"""Kinds of record, by what rests on them."""

from __future__ import annotations

CASE_KINDS = ("incident", "claim-row", "evidence", "hypothesis", "assessment", "opinion")
"""Kinds of the rows of a case; an ``incident`` may also be one of a feed, which is no row."""
JUDGEMENT_KINDS = frozenset(("evidence", "hypothesis", "assessment", "opinion"))
"""Kinds on which no read model rests: what is recorded about an incident is read as it stands."""
INCIDENT_KINDS = frozenset(
    ("incident", "attribution", "receiver", "claim", "claim-row", *JUDGEMENT_KINDS)
)
"""Kinds on which nothing but the lists of incidents and of claims rests."""
REPORT_KINDS = INCIDENT_KINDS | {"advisory", "report", "vulnerability"}
"""Kinds on which nothing of the catalogue rests: an advisory that names an actor is listed with it,
but says nothing about it."""
