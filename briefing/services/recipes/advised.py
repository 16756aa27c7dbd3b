"""Which advisories may concern somebody, with what each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from briefing.analysis.home import concerns
from briefing.core.actor import Basis
from briefing.core.changes import Predicate
from briefing.core.client import Client
from briefing.core.home import Concern
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.ceiling import Allowed
from briefing.store.advisories import list_advisories, product_words
from briefing.store.statement_bases import bases_about

SHOWN: Final = 10
_OF_ADVISORY: Final = (
    Predicate.NAMED,
    Predicate.ISSUED_BY,
    Predicate.HAPPENED,
    Predicate.AFFECTS,
    Predicate.DEPLOYED_IN,
    Predicate.CONCERNS,
    Predicate.MENTIONED_IN,
)
"""What the row of an advisory says: title, issuer, date, products, sectors, whom it names."""
_OF_VULNERABILITY: Final = (Predicate.HAPPENED, Predicate.ADVISED)
"""That CISA lists it as exploited, and until when it is to be dealt with."""


@dataclass(frozen=True, slots=True)
class AdvisedRow:
    """One advisory that may concern somebody, and what its row rests on."""

    concern: Concern
    basis: Basis


@dataclass(frozen=True, slots=True)
class Advised:
    """Advisories that may concern somebody.

    Attributes:
        held: How many advisories there are at all.
        concerning: How many of them may concern it.
        rows: The newest of these.
        words: Code of a product to its words.
    """

    held: int
    concerning: int
    rows: tuple[AdvisedRow, ...]
    words: Mapping[str, str]


def read_advised(
    allowed: Allowed, client: Client, actors: Mapping[str, str], *, most: int = SHOWN
) -> Advised:
    """The advisories that may concern a client, newest first.

    Args:
        allowed: What the audience may see.
        client: Whom they may concern.
        actors: Ids and names of the actors that matter to it.
        most: So many are given; all are counted.
    """
    connection = allowed.reader.connection
    everything = list_advisories(connection)
    words = product_words(connection, client.technology)
    found = list(
        concerns(
            client,
            everything,
            actors,
            product_words=lambda code: words.get(code, code),
            sector_label=lambda code: allowed.labels.label("sector", code),
        )
    )
    return Advised(
        held=len(everything),
        concerning=len(found),
        rows=tuple(_with_bases(allowed, found[:most])),
        words=words,
    )


def _with_bases(allowed: Allowed, found: Sequence[Concern]) -> Iterator[AdvisedRow]:
    connection = allowed.reader.connection
    said = bases_about(connection, [one.advisory.id for one in found], _OF_ADVISORY)
    due = {code for one in found if one.advisory.due for code in one.advisory.cves}
    exploited = bases_about(connection, sorted(due), _OF_VULNERABILITY)
    for one in found:
        own = said.get(one.advisory.id, Basis((), ()))
        codes = one.advisory.cves if one.advisory.due else ()
        whole = joined([own, *(exploited[code] for code in codes if code in exploited)])
        # Marked with its own document alone: that is where a reader looks it up.
        yield AdvisedRow(one, replace(whole, sources=own.sources))
