"""Attributions in EuRepoC: who says that whom did it, on what basis, and when.

The table of attributions has a row for each combination of what one attribution names; the table
of incidents holds the same rows, column by column, joined with "; ". Read back from either, an
attribution is the same statement, so a database that holds both says it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Any

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.eurepoc_cells import iso_date, joined, texts
from briefing.feeds.plain_text import one_line

_CLAIMANTS = {
    "attacker confirms": "actor",
    "attribution by receiver government / state entity": "government",
    "it-security community attributes attacker": "vendor",
    "media-based attribution": "media",
    "receiver attributes attacker": "victim",
}
"""Basis → who claims, where the basis alone tells."""

_LARGER = re.compile(r"\s*(?:<|-->)\s*")
_BEHIND = re.compile(r"\s\([^()]*(?:\([^()]*\)[^()]*)*\)\s*$")
_BETWEEN = re.compile(r"\s*/\s*|,\s+(?=Group G\d{4})")
_GROUP_ID = re.compile(r"^Group (?=G\d{4}$)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as written; "" where a column says nothing.

    The names of the fields are those of EuRepoC's columns, so that both tables are read alike.
    """

    attribution_date: str = ""
    attribution_type: str = ""
    attribution_basis: str = ""
    attributing_actor: str = ""
    attribution_it_company: str = ""
    attributing_country: str = ""
    attributed_initiator: str = ""
    attributed_initiator_country: str = ""
    attributed_initiator_category: str = ""


COLUMNS = tuple(field.name for field in fields(Attribution))


def attribution_of(cells: Mapping[str, str]) -> Attribution:
    """A row of the table of attributions."""
    return Attribution(*(cells.get(column, "") for column in COLUMNS))


def attributions_in(cells: Mapping[str, str]) -> tuple[Attribution, ...]:
    """The attributions of a row of the table of incidents.

    Columns that say nothing are empty; all others must hold equally many values. Where they do
    not, nobody can say which belong together, and what is left are the names of the initiators on
    which EuRepoC itself settled.
    """
    columns = [joined(cells.get(column, "")) for column in COLUMNS]
    count = max(len(column) for column in columns)
    if all(len(column) in (0, count) for column in columns):
        filled = [column or ("",) * count for column in columns]
        return tuple(Attribution(*values) for values in zip(*filled, strict=True))
    return tuple(
        Attribution(attributed_initiator=name) for name in texts(cells.get("initiator_name", ""))
    )


def names_of(initiator: str) -> list[str]:
    """The names of an initiator, as EuRepoC joins them.

    ``A/B/G0001 (unit) < C/D`` says that A, also called B and G0001, with a unit behind it, is part
    of C, also called D; ``person --> A`` likewise. Only the initiator's own names are given.
    """
    own = _BEHIND.sub("", _LARGER.split(initiator)[0])
    parts = (_GROUP_ID.sub("", part.strip()) for part in _BETWEEN.split(own))
    return list(dict.fromkeys(part for part in parts if part))


def claims(
    incident: str, attributions: Iterable[Attribution], vocabulary: Vocabulary
) -> Iterator[StatementDraft]:
    """A statement for each attribution that names somebody, or says what kind of actor it was.

    The object is the country where the initiator is a state, and "" otherwise: a group that sits
    in a country is not that country. The value is the initiator as written, or its country, or
    its category; ``names`` in the detail are the initiator's names, none where the value is none.
    """
    read = (Attribution(*(_stated(text, vocabulary) for text in astuple(a))) for a in attributions)
    for stated in dict.fromkeys(read):
        initiator, country = stated.attributed_initiator, stated.attributed_initiator_country
        value = initiator or country or stated.attributed_initiator_category
        if value:
            yield _claim(incident, value, stated, vocabulary)


def _claim(
    incident: str, value: str, stated: Attribution, vocabulary: Vocabulary
) -> StatementDraft:
    kind = vocabulary.kind_of(stated.attributed_initiator_category)
    country = _code(stated.attributed_initiator_country, vocabulary)
    is_state = kind is not None and kind.code == "state"
    actor, company = stated.attributing_actor, stated.attribution_it_company
    detail: dict[str, Any] = {
        "by": actor or company,
        "company": company if company != actor else "",
        "by_country": _code(stated.attributing_country, vocabulary),
        "by_country_as_written": stated.attributing_country,
        "claimant": _CLAIMANTS.get(stated.attribution_basis.casefold(), ""),
        "basis": stated.attribution_basis,
        "type": stated.attribution_type,
        "date": iso_date(stated.attribution_date),
        "category": stated.attributed_initiator_category,
        "kind": kind.code if kind else "",
        "country": country,
        "country_as_written": stated.attributed_initiator_country,
        "body": stated.attributed_initiator if is_state else "",
    }
    return StatementDraft(
        incident,
        Predicate.ATTRIBUTED_TO,
        object=country if is_state and country in vocabulary.countries else "",
        value=value,
        detail={
            **{name: text for name, text in detail.items() if text},
            "names": names_of(stated.attributed_initiator),
        },
    )


def initiator_kinds(
    incident: str, cells: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[StatementDraft]:
    """What kind of actor EuRepoC settled on, with the initiator where that can be told.

    A subcode says more than its category ("Hacktivist(s)" under "Non-state-group"); "unknown" says
    nothing.
    """
    columns = [
        texts(cells.get(f"initiator_{column}", ""))
        for column in ("name", "country", "category", "category_subcode")
    ]
    count = max(len(column) for column in columns)
    told = all(len(column) in (0, count) for column in columns)
    names, countries, categories, subcodes = [column or ("",) * count for column in columns]
    for place in range(max(len(categories), len(subcodes))):
        subcode = _at(subcodes, place, vocabulary)
        raw = subcode if vocabulary.kind_of(subcode) else _at(categories, place, vocabulary)
        kind = vocabulary.kind_of(raw)
        if kind and kind.code != "unknown":
            who = _at(names, place, vocabulary) or _at(countries, place, vocabulary)
            yield StatementDraft(
                incident,
                Predicate.OF_KIND,
                object=kind.code,
                value=raw,
                detail={"initiator": who} if told and who else {},
            )


def _at(values: tuple[str, ...], place: int, vocabulary: Vocabulary) -> str:
    return _stated(values[place], vocabulary) if place < len(values) else ""


def _code(raw: str, vocabulary: Vocabulary) -> str:
    target = vocabulary.target_of(raw) if raw else None
    return target.code if target else ""


def _stated(cell: str, vocabulary: Vocabulary) -> str:
    text = one_line(cell)
    return "" if vocabulary.is_unstated(text) else text
