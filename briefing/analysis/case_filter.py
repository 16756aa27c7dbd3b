"""Which incidents a person wants to see, and what each further choice would leave.

An incident of which nothing is stated for what is filtered by is left out, so the numbers of
``stated`` belong beside every result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, Literal

from briefing.analysis.choosing import Choice as Choice
from briefing.analysis.choosing import Chosen, chosen_of, freeing, meeting
from briefing.analysis.choosing import Loosening as Loosening
from briefing.core.case_page import CaseRow

Field = Literal["basis", "work", "sector", "country"]
FIELDS: Final[tuple[Field, ...]] = ("basis", "work", "sector", "country")
"""What can be chosen from a list, in the order of the screen; ``text`` is typed."""
Part = Literal["basis", "work", "sector", "country", "text"]
"""A field, or the typed text."""

ONLY_ATTACKER: Final = "only-attacker"
"""To be chosen for ``basis``: incidents about which the attackers alone say who did it."""
NO_CLAIM: Final = "no-claim"
"""To be chosen for ``basis``: incidents about which nobody says who did it."""
WORKED: Final = "worked"
NOT_WORKED: Final = "not-worked"
ASSESSED: Final = "assessed"
"""To be chosen for ``work``: with evidence or hypotheses, without, and with an assessment."""

_STATED: Final[Mapping[Part, Callable[[CaseRow], object]]] = {
    "basis": attrgetter("bases"),
    "sector": attrgetter("sectors"),
    "country": attrgetter("countries"),
}


@dataclass(frozen=True, slots=True)
class CaseFilter(Chosen[Part]):
    """What has been chosen; "" is any.

    Attributes:
        basis: A basis in EuRepoC's terms, ``ONLY_ATTACKER`` or ``NO_CLAIM``.
        work: ``WORKED``, ``NOT_WORKED`` or ``ASSESSED``.
        sector: Code of a sector or scope that was hit.
        country: Code of a country, region or organisation that was hit.
        text: Part of the name, of the readable id or of an accused, in any case.
    """

    basis: str = ""
    work: str = ""
    sector: str = ""
    country: str = ""
    text: str = ""


def read_filter(values: Mapping[str, object]) -> CaseFilter:
    """A filter from what was kept; what it does not know is left out."""
    return chosen_of(CaseFilter, values)


def matching(rows: Iterable[CaseRow], chosen: CaseFilter) -> tuple[CaseRow, ...]:
    """The incidents that were asked for, in their order."""
    return meeting(rows, chosen, _test)


def counts(rows: Iterable[CaseRow], chosen: CaseFilter, field_: Field) -> tuple[Choice, ...]:
    """What can be chosen for a field while everything else stays as it is.

    Returns:
        Values with at least one incident, and the present value whatever its count: what is no
        term of a feed first, then by the number of incidents, then by code.
    """
    left = matching(rows, chosen.choosing(field_, ""))
    found = Counter(value for row in left for value in set(_of(row, field_)))
    present = chosen.value(field_)
    if present and present not in found:
        found[present] = 0
    first = (ONLY_ATTACKER, WORKED)
    last = (NO_CLAIM, NOT_WORKED)

    def place(code: str) -> tuple[bool, bool, int, str]:
        return code not in first, code in last, -found[code], code

    return tuple(Choice(code, found[code]) for code in sorted(found, key=place))


def stated(rows: Iterable[CaseRow], part: Part) -> int:
    """Of how many incidents anything is stated for a part; every one is worked or not."""
    said = _STATED.get(part)
    return sum(1 for row in rows if said is None or said(row))


def loosen(rows: Sequence[CaseRow], chosen: CaseFilter) -> Loosening[Part]:
    """Which single choice to take back so that something matches again: the one that frees most.

    Where several free as many, the first of the screen; where none does, none.
    """

    def without(part: Part) -> int:
        return len(matching(rows, chosen.choosing(part, "")))

    return freeing(chosen.chosen, without, len(rows))


def _test(part: Part, value: str) -> Callable[[CaseRow], bool]:
    """Whether an incident meets one choice."""
    if part == "text":
        wanted = value.casefold()
        return lambda row: wanted in "\n".join((row.name, row.slug, *row.accused)).casefold()
    return lambda row: value in _of(row, part)


def _of(row: CaseRow, field_: Field) -> Sequence[str]:
    """What is stated about an incident for a field, as codes to choose from."""
    if field_ == "sector":
        return row.sectors
    if field_ == "country":
        return row.countries
    if field_ == "work":
        work = WORKED if row.is_worked else NOT_WORKED
        return (work, ASSESSED) if row.assessed else (work,)
    if not row.claims:
        return (NO_CLAIM,)
    return (*row.bases, ONLY_ATTACKER) if row.only_attacker_says_so else row.bases
