"""Which advisories belong to a digest of a period, and what in it comes first.

An advisory is new where it was published in the period, and changed where it was published earlier
and updated in it. A date to the year or month belongs to every period that it touches.

A filter is met by what an advisory states: a sector in which its products are in use or which it is
about, a country or a region around it, a product. What states nothing on it is left out, and
counted. That a product is in use in a sector never means that anybody is attacked there.

What comes first, in this order: due dates that have not passed, the nearest first; then what CISA
lists as exploited with a due date that has passed, the latest listed first; then what ransomware is
known to use; then the highest score; then the newest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final, Literal, TypeAlias

from briefing.core.advisory import AdvisoryRow, Deadline, VulnerabilityRow, deadline
from briefing.core.brief_filter import BriefFilter

EVERYWHERE: Final = "region:world"
"""Code of a place that holds every country."""
Silent: TypeAlias = Literal["sector", "country", "product"]
Urgency: TypeAlias = tuple[int, str, int, bool, float, str]
_STATES: Final = (Deadline.DUE, Deadline.OVERDUE, Deadline.NONE)
_LISTED: Final = 1
"""Listed as exploited without a due date counts as one that has passed."""


def within(day: str, since: str, until: str) -> bool:
    """Whether a date lies in a period, both ends included, as far as it is known.

    Args:
        day: ISO 8601 to the year, month or day, or "".
        since: ISO 8601 day.
        until: Likewise.
    """
    return bool(day) and since[: len(day)] <= day <= until[: len(day)]


def is_new(row: AdvisoryRow, since: str, until: str) -> bool:
    """Whether an advisory was published in the period."""
    return within(row.published, since, until)


def is_changed(row: AdvisoryRow, since: str, until: str) -> bool:
    """Whether it was published before the period and updated in it."""
    return not is_new(row, since, until) and within(row.updated, since, until)


def meets(row: AdvisoryRow, wanted: BriefFilter, places: Collection[str]) -> bool:
    """Whether an advisory states what was chosen.

    Args:
        row: The advisory.
        wanted: The choice.
        places: Codes of the chosen countries, and of regions around them.
    """
    return (
        (not wanted.sectors or not set(wanted.sectors).isdisjoint(_sectors(row)))
        and (not wanted.countries or not set(places).isdisjoint(_countries(row)))
        and runs(row.products, wanted)
    )


def runs(products: Iterable[str], wanted: BriefFilter) -> bool:
    """Whether a product, or one of a maker, was chosen; with none chosen all are."""
    if not wanted.technology:
        return True
    codes = {code for product in products for code in (product, product.partition(":")[0])}
    return not codes.isdisjoint(wanted.technology)


def silent(row: AdvisoryRow, wanted: BriefFilter) -> Iterator[Silent]:
    """On what an advisory states nothing although it was chosen by."""
    if wanted.sectors and not _sectors(row):
        yield "sector"
    if wanted.countries and not _countries(row):
        yield "country"
    if wanted.technology and not row.products:
        yield "product"


def urgency(row: VulnerabilityRow, today: date) -> Urgency:
    """Sorts vulnerabilities: the smallest comes first."""
    state = deadline(row.due, today)
    return (
        _STATES.index(state) if state is not Deadline.NONE or not row.listed else _LISTED,
        row.due if state is Deadline.DUE else "",
        -_days(row.listed),
        not row.ransomware,
        -(row.cvss or 0.0),
        row.id,
    )


def order(row: AdvisoryRow, named: Iterable[VulnerabilityRow], today: date) -> tuple[object, ...]:
    """Sorts advisories: by the most urgent vulnerability that each names, then the newest.

    Args:
        row: The advisory.
        named: The vulnerabilities it names.
        today: The present day.
    """
    nothing: Urgency = (len(_STATES), "", 0, True, 0.0, "")
    first = min((urgency(one, today) for one in named), default=nothing)
    return (*first[:-1], -_days(row.published), row.id)


def _sectors(row: AdvisoryRow) -> tuple[str, ...]:
    return (*row.sectors, *row.about_sectors)


def _countries(row: AdvisoryRow) -> tuple[str, ...]:
    return (*row.countries, *row.about_countries)


def _days(day: str) -> int:
    """A date as a number that grows with it; 0 for none."""
    return int(day.replace("-", "").ljust(8, "0")[:8]) if day else 0
