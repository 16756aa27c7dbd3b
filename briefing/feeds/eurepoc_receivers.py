"""Receivers in EuRepoC: which countries, sectors and organisations an incident hit.

The table of receivers has a row for each country and category; the table of incidents holds the
same as lists, one for each country. Both become the same statements. The column of regions is not
read: it says to which blocs a country belongs (United States: NATO), and nobody attacked the bloc.
A bloc that was attacked stands among the countries ("NATO (region)") and becomes a region.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.eurepoc_cells import nested, texts
from briefing.feeds.plain_text import one_line

_LISTS = ("receiver_category", "receiver_category_subcode", "receiver_name")


@dataclass(frozen=True, slots=True)
class Receiver:
    """One receiver as written; "" where a column says nothing."""

    country: str = ""
    category: str = ""
    subcode: str = ""
    name: str = ""


def receiver_of(cells: Mapping[str, str]) -> Receiver:
    """A row of the table of receivers."""
    return Receiver(
        cells.get("receiver_country", ""), *(cells.get(column, "") for column in _LISTS)
    )


def receivers_in(cells: Mapping[str, str]) -> tuple[Receiver, ...]:
    """The receivers of a row of the table of incidents.

    For each country there is a list of categories, one of subcodes and one of names, equally long;
    a list of one goes with every category, and a country alone with every list. Lists that do not
    fit together are kept apart: then a sector has no country.
    """
    countries = texts(cells.get("receiver_country", ""))
    columns = [nested(cells.get(column, "")) for column in _LISTS]
    count = max(len(countries), *(len(column) for column in columns))
    if len(countries) < 2:
        countries = (*countries, "")[:1] * count
    if not all(len(column) in (0, count) for column in (countries, *columns)):
        return tuple(_apart(countries, columns))
    filled = [column or ((),) * count for column in columns]
    return tuple(
        receiver
        for country, *lists in zip(countries, *filled, strict=True)
        for receiver in _together(country, lists)
    )


def _together(country: str, lists: list[tuple[str, ...]]) -> Iterator[Receiver]:
    most = max(1, *(len(values) for values in lists))
    if all(len(values) in (0, 1, most) for values in lists):
        spread = [values * most if len(values) == 1 else values or ("",) * most for values in lists]
        for values in zip(*spread, strict=True):
            yield Receiver(country, *values)
    else:
        yield from _apart((country,), [(values,) for values in lists])


def _apart(
    countries: Iterable[str], columns: Iterable[tuple[tuple[str, ...], ...]]
) -> Iterator[Receiver]:
    categories, subcodes, _names = columns
    yield from (Receiver(country) for country in countries)
    yield from (Receiver(category=text) for values in categories for text in values)
    yield from (Receiver(subcode=text) for values in subcodes for text in values)


def targets(
    incident: str, receivers: Iterable[Receiver], vocabulary: Vocabulary
) -> Iterator[StatementDraft]:
    """A statement for each country with the organisations hit there, and for each sector likewise.

    A value without a code is kept with the object "".
    """
    stated = [_stated(receiver, vocabulary) for receiver in receivers]
    countries: dict[str, set[str]] = {}
    sectors: dict[tuple[str, str], list[Receiver]] = {}
    for receiver in stated:
        if receiver.country:
            countries.setdefault(receiver.country, set()).add(receiver.name)
        if receiver.category or receiver.subcode:
            sectors.setdefault((receiver.category, receiver.subcode), []).append(receiver)
    for raw, names in sorted(countries.items()):
        yield StatementDraft(
            incident,
            Predicate.TARGETS_COUNTRY,
            object=_code(raw, vocabulary),
            value=raw,
            detail=_filled(names=names),
        )
    for (category, subcode), hit in sorted(sectors.items()):
        yield from _sector(incident, category, subcode, hit, vocabulary)


def _sector(
    incident: str, category: str, subcode: str, hit: list[Receiver], vocabulary: Vocabulary
) -> Iterator[StatementDraft]:
    raw = subcode or category
    places = (_code(r.country, vocabulary) or r.country for r in hit)
    detail = _filled(
        category={category} if subcode else (),
        countries=places,
        names=(receiver.name for receiver in hit),
    )
    for code in [sector.code for sector in vocabulary.sectors_of(raw)] or [""]:
        yield StatementDraft(
            incident, Predicate.TARGETS_SECTOR, object=code, value=raw, detail=detail
        )


def _filled(**lists: Iterable[str]) -> dict[str, list[str]]:
    """The lists that hold something, sorted, each text once: the same from either table."""
    found = {key: sorted({value for value in values if value}) for key, values in lists.items()}
    return {key: values for key, values in found.items() if values}


def _stated(receiver: Receiver, vocabulary: Vocabulary) -> Receiver:
    return Receiver(
        *(
            "" if vocabulary.is_unstated(text) else text
            for text in map(
                one_line, (receiver.country, receiver.category, receiver.subcode, receiver.name)
            )
        )
    )


def _code(raw: str, vocabulary: Vocabulary) -> str:
    target = vocabulary.target_of(raw) if raw else None
    return target.code if target else ""
