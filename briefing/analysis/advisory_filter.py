"""Which advisories a person wants to see, and what each further choice would leave.

Sector means where a product is in use, or whom the advisory warns, as it says; that a product is in
use never means that anybody is attacked. An
advisory that says nothing about what is filtered by is left out, so the numbers of ``stated``
belong beside every result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Final, Literal

from briefing.analysis.choosing import Choice as Choice
from briefing.analysis.choosing import Chosen, by_year, chosen_of, freeing, meeting
from briefing.analysis.choosing import Loosening as Loosening
from briefing.core.advisory import AdvisoryRow, Deadline, deadline

Field = Literal["issuer", "sector", "technology", "since", "actor", "kev", "mark"]
FIELDS: Final[tuple[Field, ...]] = (
    "issuer",
    "sector",
    "technology",
    "since",
    "actor",
    "kev",
    "mark",
)
"""What can be chosen from a list, in the order of the screen; ``text`` is typed."""
Part = Literal["issuer", "sector", "technology", "since", "actor", "kev", "mark", "text"]
"""A field, or the typed text."""

ANY_ACTOR: Final = "any"
"""To be chosen for ``actor``: advisories that name one at all."""
LISTED: Final = "listed"
"""To be chosen for ``kev``: advisories with a vulnerability that CISA wants fixed by some day."""
DUE: Final = "due"
"""The same, whose due date has not passed."""
OVERDUE: Final = "overdue"
"""The same, whose due date has passed."""
UNREAD: Final = "unread"
READ: Final = "read"
KEPT: Final = "kept"
"""To be chosen for ``mark``: what was not read yet, what was, what is kept for briefings."""


_STATED: Final[Mapping[Part, Callable[[AdvisoryRow], object]]] = {
    "issuer": attrgetter("issuer"),
    "sector": lambda row: row.sectors or row.about_sectors,
    "technology": attrgetter("products"),
    "since": attrgetter("published"),
    "actor": attrgetter("actors"),
    "kev": attrgetter("due"),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person has done with advisories, and the day on which it is asked.

    Attributes:
        read: Id of each that was read → the content key it had then.
        kept: Ids of those that are kept for briefings.
        today: By which due dates are judged.
    """

    today: date
    read: Mapping[str, str] = field(default_factory=dict)
    kept: Collection[str] = ()

    def is_read(self, row: AdvisoryRow) -> bool:
        """Whether it was read, and its source has not changed it since."""
        return self.read.get(row.id) == row.content_key

    def has_changed(self, row: AdvisoryRow) -> bool:
        """Whether it was read, and its source has changed it since."""
        return row.id in self.read and not self.is_read(row)


@dataclass(frozen=True, slots=True)
class AdvisoryFilter(Chosen[Part]):
    """What has been chosen; "" is any.

    Attributes:
        issuer: Name of who issued it.
        sector: Code of a sector in which its products are in use, or which it is about.
        technology: ``vendor`` or ``vendor:product``.
        since: A year: it was published in this year or later.
        actor: Id of an actor it names, or ``ANY_ACTOR``.
        kev: ``LISTED``, ``DUE`` or ``OVERDUE``.
        mark: ``UNREAD``, ``READ`` or ``KEPT``.
        text: Part of the title, number, issuer, a CVE id or a product, in any case.
    """

    issuer: str = ""
    sector: str = ""
    technology: str = ""
    since: str = ""
    actor: str = ""
    kev: str = ""
    mark: str = ""
    text: str = ""


def read_filter(values: Mapping[str, object]) -> AdvisoryFilter:
    """A filter from what was kept; what it does not know is left out."""
    return chosen_of(AdvisoryFilter, values)


def matching(
    rows: Iterable[AdvisoryRow], chosen: AdvisoryFilter, marks: Marks
) -> tuple[AdvisoryRow, ...]:
    """The advisories that were asked for, in their order."""
    return meeting(rows, chosen, partial(_test, marks))


def counts(
    rows: Iterable[AdvisoryRow], chosen: AdvisoryFilter, field_: Field, marks: Marks
) -> tuple[Choice, ...]:
    """What can be chosen for a field while everything else stays as it is.

    Returns:
        Values with at least one advisory, and the present value whatever its count. Most
        advisories first, then by code; of technology each maker before its products. Years run
        backwards, and each counts the advisories of that year or later.
    """
    left = matching(rows, chosen.choosing(field_, ""), marks)
    found = Counter(value for row in left for value in set(_of(row, field_, marks)))
    present = chosen.value(field_)
    if field_ == "since":
        return by_year(found, present)
    if present and present not in found:
        found[present] = 0
    if field_ == "technology":
        return tuple(Choice(code, found[code]) for code in _by_maker(found))
    first = (ANY_ACTOR, LISTED, UNREAD)

    def place(code: str) -> tuple[bool, int, str]:
        return code not in first, -found[code], code

    return tuple(Choice(code, found[code]) for code in sorted(found, key=place))


def stated(rows: Iterable[AdvisoryRow], part: Part) -> int:
    """Of how many advisories anything is stated for a part; every one can be read or kept."""
    said = _STATED.get(part)
    return sum(1 for row in rows if said is None or said(row))


def loosen(rows: Sequence[AdvisoryRow], chosen: AdvisoryFilter, marks: Marks) -> Loosening[Part]:
    """Which single choice to take back so that something matches again: the one that frees most.

    Where several free as many, the first of the screen; where none does, none.
    """

    def without(part: Part) -> int:
        return len(matching(rows, chosen.choosing(part, ""), marks))

    return freeing(chosen.chosen, without, len(rows))


def _test(marks: Marks, part: Part, value: str) -> Callable[[AdvisoryRow], bool]:
    """Whether an advisory meets one choice."""
    if part == "text":
        wanted = value.casefold()
        return lambda row: wanted in _words(row)
    if part == "since":
        return lambda row: row.published[:4] >= value
    return lambda row: value in _of(row, part, marks)


def _words(row: AdvisoryRow) -> str:
    products = " ".join(row.products).replace("_", " ").replace(":", " ")
    return "\n".join((row.title, row.number, row.issuer, *row.cves, products)).casefold()


def _of(row: AdvisoryRow, field_: Field, marks: Marks) -> Sequence[str]:
    """What is stated about an advisory for a field, as codes to choose from."""
    if field_ == "issuer":
        return (row.issuer,) if row.issuer else ()
    if field_ == "sector":
        return (*row.sectors, *row.about_sectors)
    if field_ == "technology":
        return [code for p in row.products for code in (p.partition(":")[0], p)]
    if field_ == "since":
        return (row.published[:4],) if row.published else ()
    if field_ == "actor":
        return (ANY_ACTOR, *row.actors) if row.actors else ()
    if field_ == "kev":
        state = deadline(row.due, marks.today)
        return () if state is Deadline.NONE else (LISTED, state.value)
    return (READ if marks.is_read(row) else UNREAD, *((KEPT,) if row.id in marks.kept else ()))


def _by_maker(found: Counter[str]) -> list[str]:
    """Makers by their number of advisories, each followed by its products in the same order."""

    def place(code: str) -> tuple[int, str, bool, int, str]:
        maker = code.partition(":")[0]
        return -found[maker], maker, ":" in code, -found[code], code

    return sorted(found, key=place)
